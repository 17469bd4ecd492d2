"""Write the example office of jiayu-2010, or check it: `python examples/jiayu-2010/make.py [DIR] [--check]`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import rows_activities
import rows_measures
import rows_opinions
import rows_schools
import rows_units
from generating import Office, main

OFFICE = Office(
    rows_units.OFFICE,
    {
        "名册.xlsx": rows_units.roster,
        "征求意见/征求意见表发放回收和测评汇总.xlsx": rows_opinions.survey,
        "征求意见/各渠道意见汇总.xlsx": rows_opinions.opinions,
        "整改台账/县教育局行评整改台账.xlsx": rows_measures.ledger,
        "整改台账/各校行评整改台账汇总.xlsx": rows_schools.ledger,
        "活动台账/行评会议学习活动登记.xlsx": rows_activities.meetings,
        "活动台账/宣传稿件和简报登记.xlsx": rows_activities.press,
        "活动台账/征求意见活动登记.xlsx": rows_activities.listening,
        "材料报送/方案承诺制度报送登记.xlsx": rows_units.papers,
        "追责台账/治理三乱查处登记.xlsx": rows_units.punished,
    },
    made=datetime(2010, 12, 1, 9, 0),
)

if __name__ == "__main__":
    sys.exit(main(OFFICE, HERE))
