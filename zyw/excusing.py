"""Problems that people have looked at and let pass, set apart from those that are open."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from zyw import workspace
from zyw.given import deciding
from zyw.ledger import Ledger
from zyw.problems import Problem

if TYPE_CHECKING:
    from zyw.waivers import Waived, Waiver


def excused(
    waivers: "Sequence[Waiver]", ledger: Ledger, problems: tuple[Problem, ...], as_of: date
) -> "tuple[tuple[Problem, ...], tuple[Waived, ...]]":
    """Set apart the problems that people have waived."""
    if not waivers:
        return problems, ()
    from zyw.subjects import Subjects
    from zyw.waivers import waive

    return waive(problems, waivers, Subjects(ledger), as_of)


def waivers_of(inputs: Sequence[str]) -> "tuple[Waiver, ...]":
    """Return the waivers beside the folders that are read, and of the workspace that they lie in."""
    folders = dict.fromkeys([*(Path(text) for text in inputs), *(place.root for place in deciding(inputs))])
    return tuple(waiver for folder in folders for waiver in workspace.waivers(folder))
