"""Write the example office of tangping-2023, or check it: `python examples/tangping-2023/make.py [DIR] [--check]`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import rows_followed
import rows_found
import rows_units
from generating import Office, main

OFFICE = Office(
    rows_units.OFFICE,
    {
        "名册.xlsx": rows_units.roster,
        "人员/干部教师名单.xlsx": rows_units.staff,
        "查找/调研发现问题台账.xlsx": rows_found.issues,
        "查找/线索登记（主动上报、被动发现）.xlsx": rows_found.clues,
        "教育转化/谈心谈话登记.xlsx": rows_followed.talks,
        "教育转化/2023年动态档案.xlsx": rows_followed.standing,
        "惩戒/处分登记表.xlsx": rows_found.punished,
        "用人/表彰登记.xlsx": rows_followed.praised,
        "用人/轮岗交流登记.xlsx": rows_followed.rotations,
        "用人/一线岗位和重点人员跟踪培养.xlsx": rows_followed.trained,
    },
    made=datetime(2023, 7, 3, 9, 0),
)

if __name__ == "__main__":
    sys.exit(main(OFFICE, HERE))
