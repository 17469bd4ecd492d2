"""What changed: a count of the period beside the one before and a year ago, as papers name it."""

from typing import Any, Final

from zyw.issue_lines import Change
from zyw.templating.names import Names

_CHANGE: Final[Names] = {
    "本期": "本期数",
    "前期": "上一期的数；台账没有那么早的行时为空",
    "增": "比上一期多几，不多时为空",
    "减": "比上一期少几，不少时为空",
    "去年同期": "去年同期的数；台账没有那么早的行时为空",
}
CHANGE_NAMES: Final[dict[str, Names]] = {"发现": _CHANGE, "完成": _CHANGE, "处理": _CHANGE}


def change_fields(change: Change) -> dict[str, Any]:
    """Return one change as `CHANGE_NAMES` names it."""
    more = 0 if change.before is None else change.now - change.before
    return {
        "本期": change.now,
        "前期": "" if change.before is None else change.before,
        "增": more if more > 0 else "",
        "减": -more if more < 0 else "",
        "去年同期": "" if change.year_ago is None else change.year_ago,
    }
