"""Write the example office of zhuanzuofeng-2013, or check it: `python examples/zhuanzuofeng-2013/make.py [DIR] [--check]`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import rows_inspections
import rows_issues
import rows_tasks
import rows_units
from generating import Office, main

OFFICE = Office(
    rows_units.OFFICE,
    {
        "名册.xlsx": rows_units.roster,
        "任务台账/2013年专项活动任务分解表.xlsx": rows_tasks.tasks,
        "教学常规月查/2013年上半年教学常规月查记录.xlsx": rows_inspections.months,
        "问题台账/督查和月查问题台账.xlsx": rows_issues.found,
        "问题台账/重点信访事项台账.xlsx": rows_issues.matters,
        "追责台账/督查通报批评登记表.xlsx": rows_issues.criticised,
        "活动台账/演练学习宣传登记表.xlsx": rows_units.activities,
        "材料报送/月查小结报送登记表.xlsx": rows_units.papers,
    },
    made=datetime(2013, 6, 3, 9, 0),
)

if __name__ == "__main__":
    sys.exit(main(OFFICE, HERE))
