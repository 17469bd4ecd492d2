"""Write the example office of zhuanxiang-2020, or check it: `python examples/zhuanxiang-2020/make.py [DIR] [--check]`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import rows_bureau
import rows_school
import rows_units
from generating import Office, main

OFFICE = Office(
    rows_units.OFFICE,
    {
        "名册.xlsx": rows_units.roster,
        "监察室/专项整治问题台账.xlsx": rows_bureau.ledger,
        "监察室/2020年3—4月举报投诉登记.xlsx": rows_bureau.complaints,
        "监察室/查处通报登记表.xlsx": rows_bureau.punished,
        "学校报来/云麓学校问题清单.xlsx": rows_school.own_list,
        "材料报送/专项整治材料报送情况.xlsx": rows_units.papers,
        "活动/警示教育和信息报送登记.xlsx": rows_units.activities,
        "测评/整治前/2020年4月家长满意度测评汇总.xlsx": rows_units.survey_before,
        "测评/整治后/2020年6月家长满意度测评汇总.xlsx": rows_units.survey_after,
    },
    made=datetime(2020, 6, 1, 9, 0),
)

if __name__ == "__main__":
    sys.exit(main(OFFICE, HERE))
