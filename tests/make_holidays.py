"""Write zyw/workdays/notices.py: the State Council's yearly notices on holidays, as `chinesecalendar` has them.

Run `python -m tests.make_holidays` when a new release of that library brings a new year (each November).
test_workdays.py says when the two differ.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Final

import zyw

TARGET: Final = Path(zyw.__file__).parent / "workdays" / "notices.py"
NAMES: Final = {
    "Anti-Fascist 70th Day": "抗战胜利七十周年", "Dragon Boat Festival": "端午", "Labour Day": "劳动节",
    "Mid-autumn Festival": "中秋", "National Day": "国庆", "New Year's Day": "元旦", "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明",
}  # fmt: skip
HEAD: Final = '''"""Days off and make-up working days by the State Council's yearly notices (国务院办公厅关于部分节假日安排的通知).

Written by `python -m tests.make_holidays` from `chinesecalendar` {version}; in the form of a 节假日.csv.
"""

from typing import Final

NOTICES: Final = """起,止,安排,名称
'''


def lines() -> list[str]:
    """Return a line for each run of days off or made up, by date."""
    from chinese_calendar.constants import holidays, workdays

    found = [(run, kind) for days, kind in ((holidays, "放假"), (workdays, "上班")) for run in _runs(days)]
    return [f"{a},{'' if a == b else b},{kind},{name}" for (a, b, name), kind in sorted(found)]


def _runs(days: dict[date, str]) -> list[tuple[date, date, str]]:
    runs: list[tuple[date, date, str]] = []
    for day, english in sorted(days.items()):
        name = NAMES[str(english)]
        if runs and runs[-1][1] + timedelta(days=1) == day and (runs[-1][0].year, runs[-1][2]) == (day.year, name):
            runs[-1] = (runs[-1][0], day, name)
        else:
            runs.append((day, day, name))
    return runs


def text() -> str:
    """Return the module's text."""
    from importlib.metadata import version

    return HEAD.format(version=version("chinesecalendar")) + "\n".join(lines()) + '\n"""\n'


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
