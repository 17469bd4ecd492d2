"""Due process: which steps a sanction needs before it counts, what frees from one, how long one may ask for 复核."""

from dataclasses import dataclass
from typing import Final

from zyw.deadlines import Within

REFUSE, ACCEPT, BY_SOURCE, DOUBT = "不计", "照计", "看来源", "提醒"
BLANKS: Final = (REFUSE, ACCEPT, BY_SOURCE, DOUBT)
"""What a blank cell of a step means for its row."""
VERIFIED: Final = "是否核实"
DECIDED: Final = "处理时间"
BEFORE, AFTER = "不晚于决定", "不早于决定"
STANDS, RESTS = "照计", "不计"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the column of 追责台账 that tells of it, what a blank there means, its order with the decision.

    A cell that says no keeps the row from counting, a blank one as `blank` says; a sheet without the column is told and
    counts. `tracks`: only for measures of these kinds (() all).
    """

    name: str
    clause: str
    column: str
    blank: str = REFUSE
    order: str = ""
    tracks: tuple[str, ...] = ()

    def __str__(self) -> str:
        only = f"{'、'.join(self.tracks)}，" if self.tracks else ""
        return f"{only}看“{self.column}”，写“否”不计，空白{self.blank}{f'，{self.order}' if self.order else ''}"


@dataclass(frozen=True, slots=True)
class Review:
    """复核（申诉）: within what time of `start` one may ask, and within what time of that it is decided.

    `meanwhile`: 照计, or 不计 while it is pending.
    """

    clause: str
    ask: Within | None = None
    answer: Within | None = None
    start: str = DECIDED
    meanwhile: str = STANDS


@dataclass(frozen=True, slots=True)
class Exemption:
    """An outcome that is no sanction (容错免责): it costs nothing and is listed; `needs_reason`: 事由 or 备注 tells."""

    name: str
    clause: str
    aliases: tuple[str, ...] = ()
    needs_reason: bool = False


_OTHERS: Final = (
    "容错", "容错纠错", "免责", "免予追责", "免于追责", "免予问责", "免于问责", "不予追责", "不予问责",
)  # fmt: skip
USUAL_EXEMPTIONS: Final = (Exemption("容错免责", "", _OTHERS),)


@dataclass(frozen=True, slots=True)
class Process:
    """The way of a sanction by a scheme."""

    steps: tuple[Step, ...] = ()
    exemptions: tuple[Exemption, ...] = USUAL_EXEMPTIONS
    review: Review | None = None

    @property
    def verification(self) -> Step | None:
        """The step of verification, where the scheme states it."""
        return next((each for each in self.steps if each.column == VERIFIED), None)

    @property
    def further(self) -> tuple[Step, ...]:
        """The other steps."""
        return tuple(each for each in self.steps if each.column != VERIFIED)


PLAIN: Final = Process()
