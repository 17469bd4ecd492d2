"""What a later correction changes in a month that was sealed: the sealed figures against those of today's ledgers.

The sealed month is read and never written. A revocation counts from its own day on, so that one stands on today unless
another day is named; late rows of the period count as if they had been there.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from zyw import clock, outputs, pipeline
from zyw.evidence.figures import UnitChange, changes, figures
from zyw.evidence.manifest import NotOneError, digest
from zyw.evidence.seal import NAME, Seal, parse_seal
from zyw.month.closing import ARCHIVE, FIGURES
from zyw.options import Asked, did_you_mean, line
from zyw.problems import Place, Verbatim, ZywError, problem

HEADS: Final = ("单位", "原得分", "现得分", "原名次", "现名次")


@dataclass(frozen=True, slots=True)
class Restated:
    """What changed of a sealed month as of a day, with today's result."""

    seal: Seal
    changes: tuple[UnitChange, ...]
    result: pipeline.Result

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The table: a unit a row, old and new beside each other."""
        return [
            (c.unit, c.old_score or "", c.new_score or "", _place(c.old_rank), _place(c.new_rank)) for c in self.changes
        ]

    @property
    def lines(self) -> list[str]:
        """Why, a line a journal row or consequence; nobody is named."""
        told = []
        for change in self.changes:
            told += [f"{change.unit}：{why}" for why in change.why]
            lost = [c for c in change.old_consequences if c not in change.new_consequences]
            gained = [c for c in change.new_consequences if c not in change.old_consequences]
            told += [f"{change.unit}：不再有 {name}" for name in lost]
            told += [f"{change.unit}：新有 {name}" for name in gained]
        return told

    def document(self) -> dict[str, Any]:
        """Return what `zyw restate --json` prints."""
        return {
            "version": 1,
            "label": self.seal.label,
            "seal": self.seal.number,
            "sealed_as_of": self.seal.asked["as_of"],
            "as_of": self.result.span.as_of.isoformat(),
            "units": [
                {
                    "unit": c.unit,
                    "old": {"score": c.old_score, "rank": c.old_rank, "consequences": list(c.old_consequences)},
                    "new": {"score": c.new_score, "rank": c.new_rank, "consequences": list(c.new_consequences)},
                    "why": list(c.why),
                }
                for c in self.changes
            ],
        }


def restate(root: Path, label: str, as_of: str | None, scheme: str | None = None, *, quiet: bool = False) -> Restated:
    """Compute the sealed month `label` again from today's ledgers, as of today or of the day named.

    Raises `ZywError`: never sealed (G045, exit 2), the seal or figures were touched (F034, exit 3), and all that a
    ranking raises.
    """
    seal, sealed = _sealed(root, label)
    day = as_of or max(clock.today().isoformat(), seal.asked["as_of"])
    asked = Asked(from_=seal.asked["from"], to=seal.asked["to"], as_of=day)
    result = pipeline.ranked(pipeline.Wanted("restate", (str(root),), scheme, asked, quiet=quiet))
    found = changes(sealed, figures(outputs.ranked_payload(result)))
    return Restated(seal, found, result)


def _sealed(root: Path, label: str) -> tuple[Seal, Mapping[str, Any]]:
    archive = root / ARCHIVE
    known = sorted(path.parent.name for path in archive.glob(f"*/{NAME}"))
    if label not in known:
        near = Verbatim(did_you_mean(label, known) if known else "")
        raise ZywError(problem("G045", 时段=label, 相近=near, 照抄=Verbatim(line(["zyw", "close", label, str(root)]))))
    try:
        seal = parse_seal((archive / label / NAME).read_bytes())
        data = (archive / label / FIGURES).read_bytes()
        if digest(data) != seal.files[FIGURES]:
            raise NotOneError
        return seal, json.loads(data)
    except (OSError, NotOneError, KeyError, ValueError):
        raise ZywError(problem("F034", Place(f"{ARCHIVE}/{label}"))) from None


def _place(rank: int | None) -> str:
    return "" if rank is None else str(rank)


def workbook(restated: Restated) -> bytes:
    """Return the comparison as a workbook: old and new side by side, and why; from it the 更正通知 is filled."""
    from zyw.exchange.books import OUTPUT_MARK, Book, made_workbook, texts_column, told_listing

    found, widths = restated.changes, ((12.0, 26.0), (8.0, 8.0), (8.0, 8.0), (8.0, 8.0), (8.0, 8.0))
    columns = [
        texts_column(head, bounds, [row[i] for row in restated.rows])
        for i, (head, bounds) in enumerate(zip(HEADS, widths, strict=True))
    ]
    columns += [
        texts_column("原后果", (10, 24), ["；".join(c.old_consequences) for c in found]),
        texts_column("现后果", (10, 24), ["；".join(c.new_consequences) for c in found]),
        texts_column("为什么", (20, 60), ["；".join(c.why) for c in found]),
    ]
    day = restated.result.span.as_of
    note = f"封存时截至 {restated.seal.asked['as_of']}，现在截至 {day}；封存号 {restated.seal.number}"
    listing = told_listing("更正对照", f"{restated.seal.label} 更正对照", [note], columns)
    return made_workbook(Book("更正对照", OUTPUT_MARK, [listing]))
