"""Write the example survey, or check it: `python examples/ceping/make.py [DIR] [--check]`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import rows
from generating import Office, main

OFFICE = Office(
    rows.OFFICE,
    {"名册.xlsx": rows.roster},
    {"286640118_按文本_2024年春季学校满意度测评_226_226.csv": (rows.answers(), "utf-8-sig")},
    made=datetime(2024, 5, 20, 9, 0),
)

if __name__ == "__main__":
    sys.exit(main(OFFICE, HERE))
