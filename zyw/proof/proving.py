"""Finished papers against their facts: what was changed, what does not add up, where two papers differ.

A paper is printed a second time with its facts marked; the finished file has to say the same words, block by block. The
facts are then taken from the *finished* file, at the places of the marks, and these are what must add up and agree.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from zyw.proof.balance import known_as, unbalanced
from zyw.proof.marks import MARKED, bare, marked
from zyw.proof.ranking import ranked_values
from zyw.proof.reading import Block, blocks
from zyw.templating.engines import Template

SHOWN: Final = 5
"""So many mismatches are told of one run."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished paper, and from what it was made: `file` its name, `unit` whom it is for ("" the county's)."""

    file: str
    ending: str
    unit: str
    template: Template
    context: Mapping[str, Any]
    title: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A number, or a text, that is not what it should be."""

    file: str
    where: str
    name: str
    read: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file} {self.where}：{self.name} 是 {self.read}，应为 {self.expected}"


class ProofError(Exception):
    """Papers of one run contradict their facts or one another: a fault of the program, never of the data."""

    def __init__(self, found: "Iterable[Mismatch]") -> None:
        self.found = tuple(found)
        super().__init__("; ".join(f"{each.file} {each.where}: {each.name}" for each in self.found[:SHOWN]))


def prove(papers: Iterable[Printed], as_of: date, ranking: bytes | None = None) -> tuple[Mismatch, ...]:
    """Return what does not hold in the papers of one run, nothing when all of it does.

    `ranking` is the ranked workbook of the run: no paper may contradict it.
    """
    found: list[Mismatch] = []
    ranked = ranked_values(ranking) if ranking else {}
    said = {name: (value, "排名.xlsx") for name, value in ranked.items()}
    for paper in papers:
        values, wrong = read_back(paper, as_of)
        found += wrong
        found += [Mismatch(paper.file, "合计", what, read, right) for what, read, right in unbalanced(values)]
        for common, value, _ in known_as(values, paper.unit):
            first, where = said.setdefault(common, (value, paper.file))
            if not _same(first, value):
                found.append(Mismatch(paper.file, f"与 {where} 比", common, value, first))
    return tuple(found)


def _same(one: str, other: str) -> bool:
    """Say whether two texts are one value: `98.50` in a cell is `98.5` in a sentence."""
    try:
        return one == other or Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False


def read_back(paper: Printed, as_of: date) -> tuple[dict[str, str], list[Mismatch]]:
    """Return the facts as the finished file prints them, by name, and where it is not what its facts make of it."""
    again = paper.template.fill(marked(paper.context), paper.title, as_of)
    meant, finished = blocks(again, paper.ending), blocks(paper.content, paper.ending)
    if len(meant) != len(finished):
        return {}, [Mismatch(paper.file, "全文", "段数", str(len(finished)), str(len(meant)))]
    values: dict[str, str] = {}
    wrong: list[Mismatch] = []
    for model, block in zip(meant, finished, strict=True):
        if bare(model.text) == block.text:
            values.update(MARKED.findall(model.text))
        else:
            wrong += _differing(paper.file, model, block, values)
    return values, wrong


def _differing(file: str, model: Block, block: Block, values: dict[str, str]) -> Iterator[Mismatch]:
    """Yield which facts of a block differ; the words between them where these are other ones too."""
    pieces = MARKED.split(model.text)
    words, names, meant = pieces[::3], pieces[1::3], pieces[2::3]
    pattern = "(.*?)".join(re.escape(each) for each in words)
    found = re.fullmatch(pattern, block.text, re.DOTALL)
    if not found:
        yield Mismatch(file, block.where, "文字", block.text, bare(model.text))
        return
    for name, expected, read in zip(names, meant, found.groups(), strict=True):
        values[name] = read
        if read != expected:
            yield Mismatch(file, block.where, name, read, expected)
