"""What every school had to hand in, and when it did."""

from __future__ import annotations

from datetime import date

from sheetart import LEFT, Row, Sheet

PLAN, REPORT, CLOSING = "治庸问责工作方案", "整改报告", "工作总结"
PLAN_DUE, REPORT_DUE, CLOSING_DUE = date(2011, 12, 31), date(2012, 3, 12), date(2012, 12, 15)

HEAD: tuple[Row, ...] = (("序号", "单位", "材料名称", "份数", "应报日", "报送日", "备注"),)
HANDED_IN: tuple[tuple[str, str, date, str | date], ...] = (
    ("鹭垸管理区中心小学", PLAN, PLAN_DUE, "2011.12.29"),
    ("鹭垸管理区中心小学", REPORT, REPORT_DUE, "2012.3.9"),
    ("二小", PLAN, PLAN_DUE, "2012.1.5"),
    ("二小", REPORT, REPORT_DUE, "2012.3.12"),
    ("二小", CLOSING, CLOSING_DUE, ""),
    ("新洲小学", PLAN, PLAN_DUE, date(2011, 12, 30)),
    ("新洲小学", REPORT, REPORT_DUE, date(2012, 3, 14)),
    ("柳港小学", PLAN, PLAN_DUE, date(2011, 12, 31)),
    ("柳港小学", REPORT, REPORT_DUE, date(2012, 3, 12)),
    ("鹭垸中学", PLAN, PLAN_DUE, "2011年12月28日"),
    ("鹭垸中学", REPORT, REPORT_DUE, "2012年3月12日"),
    ("鹭垸中学", CLOSING, CLOSING_DUE, "2012年12月11日"),
    ("新洲中学", PLAN, PLAN_DUE, date(2011, 12, 31)),
    ("新洲中学", REPORT, REPORT_DUE, date(2012, 3, 20)),
    ("柳港中学", PLAN, PLAN_DUE, date(2011, 12, 31)),
    ("柳港中学", REPORT, REPORT_DUE, ""),
    ("北闸中学", PLAN, PLAN_DUE, date(2011, 12, 30)),
    ("北闸中学", REPORT, REPORT_DUE, date(2012, 3, 11)),
    ("三湖学校", PLAN, PLAN_DUE, date(2011, 12, 27)),
    ("三湖学校", REPORT, REPORT_DUE, date(2012, 3, 12)),
    ("中心幼儿园", PLAN, PLAN_DUE, date(2011, 12, 31)),
    ("中心幼儿园", REPORT, REPORT_DUE, date(2012, 3, 13)),
    ("新洲幼儿园", PLAN, PLAN_DUE, date(2012, 1, 4)),
    ("小太阳幼儿园", PLAN, PLAN_DUE, date(2011, 12, 31)),
)


def sheets() -> list[Sheet]:
    """Return the register of papers handed in."""
    rows: list[Row] = [
        (number, unit, paper, 1 if handed else "", due, handed, "" if handed else "未报")
        for number, (unit, paper, due, handed) in enumerate(HANDED_IN, 1)
    ]
    copies = sum(1 for *_, handed in HANDED_IN if handed)
    rows.append(("合计", LEFT, LEFT, copies, LEFT, LEFT, LEFT))
    above = ("治庸问责工作材料报送登记表", "登记单位：鹭垸教育分局治庸问责办")
    widths = (6, 24, 24, 8, 14, 16, 14)
    return [Sheet("材料报送", above, HEAD, rows, ("登记人：梅一清",), widths, portrait=True)]
