"""意见汇总 → how many opinions came through which channel on which area (jiayu-2010 一(五), 一(七)).

A row is so many opinions of one channel on one area; a blank count is none. 2 300 through ten channels on ten areas.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from zyw.exact import fraction
from zyw.ledger import Ledger
from zyw.tallies.table import TOTAL, Content, Head, Holds, Row, Table
from zyw.tallies.words import UNSTATED, faultless, reading_order

TABLE: Final = "意见汇总"


@dataclass(frozen=True, slots=True)
class Opinions:
    """The opinions of one word, with those on each area in the order of `OpinionTally.areas`."""

    name: str
    count: Fraction
    by_area: tuple[Fraction, ...] = ()
    origins: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class OpinionTally:
    """Opinions by channel; `left_out` rows had a fault."""

    total: Opinions
    channels: tuple[Opinions, ...]
    areas: tuple[str, ...]
    left_out: int = 0


def tally_opinions(ledger: Ledger) -> OpinionTally | None:
    """Return the opinions; None without such a table."""
    rows = ledger.rows.get(TABLE)
    if rows is None:
        return None
    kept = rows.take(faultless(ledger, rows, ("渠道", "条数"))).once()
    areas_of = kept["方面"].tolist() if "方面" in kept else [""] * len(kept)
    found: dict[str, dict[str, Fraction]] = {}
    origins: dict[str, list[int]] = {}
    told = zip(kept["渠道"].tolist(), areas_of, kept["条数"].tolist(), kept["origin"].tolist(), strict=True)
    for channel, area, count, origin in told:
        counts = found.setdefault(channel or UNSTATED, {})
        counts[area or UNSTATED] = counts.get(area or UNSTATED, Fraction(0)) + (fraction(count) or Fraction(0))
        origins.setdefault(channel or UNSTATED, []).append(origin)
    areas = tuple(sorted({area for counts in found.values() for area in counts}, key=reading_order))
    channels = tuple(_one(name, found[name], areas, origins[name]) for name in sorted(found, key=reading_order))
    sums = {area: sum((counts.get(area, Fraction(0)) for counts in found.values()), Fraction(0)) for area in areas}
    everything = [origin for each in origins.values() for origin in each]
    return OpinionTally(_one(TOTAL, sums, areas, everything), channels, areas, len(rows.once()) - len(kept))


def _one(name: str, counts: dict[str, Fraction], areas: Sequence[str], origins: Sequence[int]) -> Opinions:
    by_area = tuple(counts.get(area, Fraction(0)) for area in areas)
    return Opinions(name, sum(by_area, Fraction(0)), by_area, tuple(sorted(origins)))


def opinion_tables(found: OpinionTally) -> Iterator[Table]:
    """Yield channel × area."""
    heads = (Head("渠道", Holds.LABEL, 30), Head("合计", Holds.NUMBER), *(Head(a, Holds.NUMBER) for a in found.areas))
    rows = [_row(each) for each in found.channels]
    notes = (f"有 {found.left_out} 行因单元格有错误，没有计入。",) if found.left_out else ()
    yield Table("意见-分渠道", "征求意见情况（按渠道、方面）", heads, (*rows, _row(found.total, total=True)), notes)


def _row(each: Opinions, *, total: bool = False) -> Row:
    cells: list[Content] = [n.numerator if n.denominator == 1 else n for n in (each.count, *each.by_area)]
    return Row((each.name, *cells), each.origins, total)
