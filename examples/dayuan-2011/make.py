"""Write the example office of dayuan-2011, or check it: `python examples/dayuan-2011/make.py [DIR] [--check]`."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import rows_issues
import rows_papers
import rows_roster
import rows_sanctions
import rows_survey
from generating import Office, main

OFFICE = Office(
    rows_roster.OFFICE,
    {
        "名册.xlsx": rows_roster.sheets,
        "追责台账/2011年问责情况登记表.xlsx": rows_sanctions.year_2011,
        "追责台账/2012年责任追究登记台账.xlsx": rows_sanctions.year_2012,
        "追责台账/鹭垸中学追责备案表.xlsx": rows_sanctions.own_return,
        "问题台账/2012年治庸问责问题台账.xlsx": rows_issues.office_ledger,
        "问题台账/热线转办件导出.xlsx": rows_issues.hotline_export,
        "问题台账/三湖学校自查台账.xlsx": rows_issues.own_ledger,
        "材料报送/治庸问责材料报送登记表.xlsx": rows_papers.sheets,
        "测评/2012年上半年幼儿园行风测评汇总表.xlsx": rows_survey.tally,
    },
    {
        "问题台账/5月明察暗访记录.csv": ([rows_issues.VISIT_HEAD, *rows_issues.VISIT_ROWS], "utf-8"),
        "测评/286640117_按文本_2012年春季学生家长满意度测评_200_200.csv": (rows_survey.answers(), "gb18030"),
    },
)

if __name__ == "__main__":
    sys.exit(main(OFFICE, HERE))
