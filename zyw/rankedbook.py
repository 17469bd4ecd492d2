"""What a ranked workbook is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from zyw.origins import Origins
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
    read: the ranking says 缺 and names them. `version` is zyw's own.
    """

    scores: Scores
    standings: tuple[Standing, ...]
    origins: Origins = field(default_factory=Origins)
    rates: Mapping[str, Rated] = field(default_factory=dict)
    missing_inputs: tuple[str, ...] = ()
    title: str = "治庸问责考核得分排名表"
    level: Level = Level.NOTICE
    version: str = ""
