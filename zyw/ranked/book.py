"""What a ranked workbook is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from typing import Protocol

from zyw.origins import Origins
from zyw.periods import Period
from zyw.privacy import Level
from zyw.scores import Scores, Standing


class Rated(Protocol):
    """A satisfied rate as `zyw.survey` gives it: a fraction of 1 over the valid answers."""

    @property
    def rate(self) -> Fraction | None:
        """Satisfied answers ÷ valid answers, None without an answer."""


@dataclass(frozen=True, slots=True)
class RankedBook:
    """Scores, places and the way back to the cells, for one reader's `level`.

    `rates` (by unit) are shown beside the score and give no points. `missing_inputs` are files that could not be
    read: the ranking says 缺 and names them; `lacking` are tables that the rules count from and nobody gave.
    `version` is zyw's own. Without a `title` the heading names the period.
    """

    scores: Scores
    standings: tuple[Standing, ...]
    origins: Origins = field(default_factory=Origins)
    rates: Mapping[str, Rated] = field(default_factory=dict)
    missing_inputs: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    title: str = ""
    level: Level = Level.NOTICE
    version: str = ""

    @property
    def heading(self) -> str:
        """The title printed above the ranking.

        `2012年度各单位考核得分排名表` for a whole year, `2012年1月至5月…` for whole months of one, else days.
        """
        return self.title or f"{_period_name(self.scores.span.period)}各单位考核得分排名表"


def _period_name(period: Period) -> str:
    start, end = period.start, period.end
    whole = start.day == 1 and (end + timedelta(days=1)).day == 1
    if whole and start.year == end.year:
        if end.month - start.month == 11:
            return f"{start.year}年度"
        return f"{start.year}年{start.month}月" + (f"至{end.month}月" if end.month > start.month else "")
    if whole and (start.month, end.month, end.year) == (9, 8, start.year + 1):
        return f"{start.year}—{end.year}学年"
    return f"{start.year}年{start.month}月{start.day}日至{end.year}年{end.month}月{end.day}日"
