"""The tables beyond scores: tasks, submissions, activities, issues by whom and what, inspections, people, lists.

Each is worked out once, by a pure function of ledger, scheme and span, with exact numbers, and every count keeps the
rows it was counted from. `zyw.tallies.book` and `zyw.tallies.document` put all of them into one workbook, one JSON.
"""
