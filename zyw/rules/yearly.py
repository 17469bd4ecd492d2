"""年度: how a year comes of the quarters or months that a scheme scores one by one."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from zyw.points import number_text

SUM, MEAN, WEIGHTED = "之和", "平均", "加权"
COMBINED: Final = (SUM, MEAN, WEIGHTED)


@dataclass(frozen=True, slots=True)
class Yearly:
    """The year's score of its parts' scores: their sum, their mean, or the mean by `weights` (in their order).

    Four quarters of 96, 100, 98, 100: sum 394, mean 98.5; by 10, 20, 30, 40 % 99. What has not begun is left out: the
    mean is of those that have, weights are shared out among them.
    """

    clause: str
    how: str
    weights: tuple[Fraction, ...] = ()
    places: int | None = None

    def factors(self, begun: tuple[int, ...]) -> list[Fraction]:
        """Return the factor of each part that has begun, by its place in the year (0 the first).

        >>> Yearly("六", "加权", (Fraction(1, 4), Fraction(3, 4))).factors((0,))
        [Fraction(1, 1)]
        """
        if self.how == SUM:
            return [Fraction(1)] * len(begun)
        if self.how == MEAN:
            return [Fraction(1, len(begun))] * len(begun)
        whole = sum((self.weights[at] for at in begun), Fraction(0))
        return [self.weights[at] / whole for at in begun]

    def __str__(self) -> str:
        if self.how != WEIGHTED:
            return f"年度为各期得分{self.how}"
        return f"年度按 {'、'.join(f'{number_text(each * 100)}%' for each in self.weights)} 合成"
