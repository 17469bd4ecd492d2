"""Working days: not a weekend, not a legal holiday, and the make-up Saturdays and Sundays (全国年节及纪念日放假办法).

`calendar.shipped` holds the State Council's yearly notices of 2004 to 2026. A year beyond them is counted by weekends
alone, and whoever asks is told which year that was; an office adds such a year in a 节假日.csv of its own
(`table.parse_holidays`).
"""
