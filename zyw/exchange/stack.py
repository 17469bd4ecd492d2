"""Tables of one kind under one another, column by column: what merging, splitting and comparing work on.

Each distinct cell of a column is looked at once; rows are numbers. Two codes a column and row: which value is
written there, and what it means (0 for a blank), so that a date typed in two ways is one date.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from zyw.asread import AsRead
from zyw.cells import clean, key
from zyw.coded import coded
from zyw.columns import (
    EARLIER_NUMBER,
    PASSED_ON,
    ROW_NUMBERS,
    SOURCE_FILE,
    SOURCE_ROW,
    Field,
    Table,
    header_key,
    lexicon,
    table,
)
from zyw.exchange.cellvalue import Passed, passed, text_of
from zyw.finding.headers import Column
from zyw.printed.listing import Value
from zyw.problems import Place
from zyw.rowset import Ints, Mask, paired

BLANK: Final = Value(None, "text")


class Heading(NamedTuple):
    """One column of a stack: `name` tells it from the others (a field's name, else `=` and its label's key)."""

    name: str
    label: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """The cells of one column: `values[codes[i]]` is written in row i; equal `meanings` are equal content, 0 a blank.

    `changes` says for each kind of change how many rows it met and which was the first.
    """

    values: tuple[Value, ...]
    codes: Ints
    meanings: Ints
    meant: tuple[Hashable, ...] = ("",)
    """What each meaning is: a `date`, a `Decimal`, else text for comparing."""
    changes: tuple[tuple[str, int, int], ...] = ()

    def text(self, i: int) -> str:
        """Return what stands in row `i`, for people."""
        return text_of(self.values[int(self.codes[i])])


class Stack:
    """The rows of `parts`, all of one table, in their order."""

    def __init__(self, name: str, parts: Sequence[AsRead]) -> None:
        self.table: Final[Table] = table(name)
        self.parts: Final = tuple(parts)
        counts = [len(part.block.rows) for part in parts]
        self.starts: Final = np.cumsum([0, *counts])
        self.part_of: Final[Ints] = np.repeat(np.arange(len(parts), dtype=np.int64), counts)
        self._filled: dict[str, Filled] = {}

    def __len__(self) -> int:
        return int(self.starts[-1])

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The columns of all parts: the unit, known fields in the table's order, then unknown ones as they come."""
        found = {heading.name: heading for part in self.parts for heading, _ in named_columns(part)}
        known = [Heading(each.name, each.name, each) for each in self.table.fields if each.name in found]
        unit = self.table.unit
        if unit not in found and any((part.units != "").any() for part in self.parts):
            known.append(Heading(unit, unit, self.table.field(unit)))
        known.sort(key=lambda heading: heading.name != unit)
        return (*known, *_labelled([h for h in found.values() if h.field is None], known, self.table))

    def headings_as_written(self) -> tuple[Heading, ...]:
        """Return the columns of the one part of this stack in its own order and under its own labels.

        A label that would not be read as its field again (it was pinned) gives way to the field's name.
        """
        (part,) = self.parts
        labels = {heading.name: column.label for heading, column in named_columns(part)}
        words, order = lexicon(self.table), list(labels)
        made = []
        for heading in self.headings:
            label = labels.get(heading.name, heading.label)
            known = heading.field is None or {header_key(label), header_key(label.rpartition("/")[2])} & (
                words.strong.keys() | words.weak.keys()
            )
            made.append(heading._replace(label=label) if heading.field and known else heading)
        return tuple(sorted(made, key=lambda each: order.index(each.name) if each.name in order else -1))

    @cached_property
    def units(self) -> tuple[Ints, list[str]]:
        """The unit of each row as a number into the distinct names: official, else as written; "" is nobody's."""
        names: dict[str, int] = {"": 0}
        codes: list[int] = []
        for part in self.parts:
            found = part.units.tolist()
            if "" in found and (column := part.column(self.table.unit)) is not None:
                found = [name or clean(row[column.index]) for name, row in zip(found, part.rows, strict=True)]
            codes += [names.setdefault(name, len(names)) for name in found]
        return np.array(codes, dtype=np.int64), list(names)

    def filled(self, heading: Heading) -> Filled:
        """Return the cells of one column, blank where a part does not have it."""
        if heading.name not in self._filled:
            self._filled[heading.name] = self._fill(heading)
        return self._filled[heading.name]

    def _fill(self, heading: Heading) -> Filled:
        into = _Distinct()
        for part in self.parts:
            column = next((c for h, c in named_columns(part) if h.name == heading.name), None)
            if column is None:
                by_sheet = part.units.tolist() if heading.name == self.table.unit else ()
                into.add_texts(by_sheet, len(part.block.rows))
            else:
                data = coded(part.rows, column.index)
                into.add([passed(cell, heading.field, part.year) for cell in data.values], data.codes)
        return into.filled()

    def has(self, heading: Heading, i: int) -> bool:
        """Say whether the sheet of row `i` has the column."""
        return self.letter(heading, i) != ""

    @cached_property
    def _letters(self) -> list[dict[str, str]]:
        """The letters of the columns of each part, by their names."""
        return [{heading.name: column.letter for heading, column in named_columns(part)} for part in self.parts]

    def letter(self, heading: Heading, i: int) -> str:
        """Return the letter of a column on the sheet of row `i`, "" where that has none."""
        return self._letters[int(self.part_of[i])].get(heading.name, "")

    def place(self, i: int, heading: Heading | None = None) -> Place:
        """Return where row `i` stands: the cell of a column where its sheet has it, else the row."""
        which = int(self.part_of[i])
        letter = self.letter(heading, i) if heading else ""
        return self.parts[which].place(i - int(self.starts[which]), letter)

    def heading(self, name: str) -> Heading | None:
        """Return the column of that name, None when no part has it."""
        return next((heading for heading in self.headings if heading.name == name), None)

    def text(self, name: str, i: int) -> str:
        """Return what row `i` says in a field, "" where there is no such column."""
        heading = self.heading(name)
        return self.filled(heading).text(i) if heading else ""

    def meaning(self, name: str) -> Ints:
        """Return the meanings of a field, all blank where no part has it; a unit is its official name."""
        if name == self.table.unit:
            return self.units[0]
        heading = self.heading(name)
        return np.zeros(len(self), dtype=np.int64) if heading is None else self.filled(heading).meanings

    def day(self, name: str, i: int) -> date | None:
        """Return the day that row `i` says in a field, None where it says none."""
        heading = self.heading(name)
        if heading is None:
            return None
        filled = self.filled(heading)
        found = filled.meant[int(filled.meanings[i])]
        return found if isinstance(found, date) else None

    def having(self, heading: Heading) -> Mask:
        """Say for each row whether its sheet has the column."""
        with_it = [any(h.name == heading.name for h, _ in named_columns(part)) for part in self.parts]
        found: Mask = np.array(with_it, dtype=np.bool_)[self.part_of] if with_it else np.zeros(0, dtype=np.bool_)
        return found

    def same_rows(self) -> Ints:
        """Return a number for each row, equal for rows that say the same in every column."""
        total = self.units[0]
        for heading in self.headings:
            if heading.name != self.table.unit:
                total = paired(total, self.filled(heading).meanings)
        return total

    def extra(self, label: str) -> list[str]:
        """Return a column by which rows passed on before say where they came from; "" where they do not."""
        found: list[str] = []
        for part in self.parts:
            column = next((c for c in part.columns if header_key(c.label) == label), None)
            data = coded(part.rows, column.index) if column else None
            if data is None:
                found += [""] * len(part.block.rows)
            else:
                texts = [text_of(passed(cell, None, None).value) for cell in data.values]
                found += [texts[code] for code in data.codes.tolist()]
        return found

    @cached_property
    def numbers(self) -> list[str]:
        """The 序号 that each row had: the one it had first, where it was passed on before."""
        first = self.extra(EARLIER_NUMBER)
        passed_on = [EARLIER_NUMBER in {header_key(c.label) for c in part.columns} for part in self.parts]
        written: list[str] = []
        for part, before in zip(self.parts, passed_on, strict=True):
            label = next((k for c in part.columns if (k := header_key(c.label)) in ROW_NUMBERS), "")
            one = Stack(self.table.name, (part,)).extra(label) if label and not before else None
            written += one or [""] * len(part.block.rows)
        return [a or b for a, b in zip(first, written, strict=True)]

    @cached_property
    def sources(self) -> tuple[list[str], list[str]]:
        """File (with its sheet) and row of each row: where it stood first."""
        files, rows = self.extra(SOURCE_FILE), self.extra(SOURCE_ROW)
        own_files = [source_of(part) for part in self.parts]
        own_rows = [str(row) for part in self.parts for row in part.block.rows]
        which = self.part_of.tolist()
        return (
            [file or own_files[part] for file, part in zip(files, which, strict=True)],
            [row if file else own for file, row, own in zip(files, rows, own_rows, strict=True)],
        )


def source_of(part: AsRead) -> str:
    """Return the file and sheet of a part, as places are printed."""
    return str(Place(part.block.file, part.block.sheet or None))


class _Distinct:
    """Gathers the cells of a column from several parts, each distinct value and meaning once."""

    def __init__(self) -> None:
        self._values: dict[tuple[type, Value], int] = {(type(None), BLANK): 0}
        self._meanings: dict[Hashable, int] = {"": 0}
        self._codes: list[Ints] = []
        self._meant: list[Ints] = []
        self._changes: dict[str, tuple[int, int]] = {}
        self._size = 0

    def add(self, cells: Sequence[Passed], codes: "np.typing.NDArray[np.intp]") -> None:
        """Add the rows of one part, `cells[codes[i]]` each."""
        values, meant = self._values, self._meanings
        value_of = [values.setdefault((type(p.value.content), p.value), len(values)) for p in cells]
        meaning_of = [meant.setdefault(p.meaning, len(meant)) for p in cells]
        self._codes.append(np.array(value_of, dtype=np.int64)[codes])
        self._meant.append(np.array(meaning_of, dtype=np.int64)[codes])
        for at, cell in enumerate(cells):
            if cell.change:
                rows = np.flatnonzero(codes == at)
                count, first = self._changes.get(cell.change, (0, self._size + int(rows[0])))
                self._changes[cell.change] = (count + len(rows), min(first, self._size + int(rows[0])))
        self._size += len(codes)

    def add_texts(self, texts: Sequence[str], size: int) -> None:
        """Add rows that hold `texts`, or nothing."""
        distinct = list(dict.fromkeys(texts)) or [""]
        place = {text: at for at, text in enumerate(distinct)}
        codes = np.array([place[text] for text in texts] or [0] * size, dtype=np.intp)
        self.add([Passed(Value(text or None, "text"), key(text)) for text in distinct], codes)

    def filled(self) -> Filled:
        nothing = np.empty(0, dtype=np.int64)
        return Filled(
            tuple(value for _, value in self._values),
            np.concatenate(self._codes) if self._codes else nothing,
            np.concatenate(self._meant) if self._meant else nothing,
            tuple(self._meanings),
            tuple((kind, count, first) for kind, (count, first) in sorted(self._changes.items())),
        )


def named_columns(part: AsRead) -> list[tuple[Heading, Column]]:
    """Return the columns of a part that are passed on; unknown ones of one label are numbered."""
    found: list[tuple[Heading, Column]] = []
    seen: dict[str, int] = {}
    for column in part.columns:
        label = header_key(column.label)
        if column.secret or label in PASSED_ON or (label in ROW_NUMBERS and column.field is None):
            continue
        if column.field:
            found.append((Heading(column.field.name, column.field.name, column.field), column))
            continue
        seen[label] = seen.get(label, 0) + 1
        again = f"·{seen[label]}" if seen[label] > 1 else ""
        found.append((Heading(f"={label}{again}", " ".join(column.label.split()) + again), column))
    return found


def _labelled(unknown: Iterable[Heading], known: Sequence[Heading], of: Table) -> list[Heading]:
    """Give unknown columns labels that no reader takes for a field: those of a field that two columns claimed."""
    words, taken = lexicon(of), {heading.name for heading in known}
    free = {name for name, fields in words.weak.items() if fields.keys() <= taken}
    made = []
    for heading in unknown:
        spellings = {header_key(heading.label), header_key(heading.label.replace("/", ""))}
        spellings.add(header_key(heading.label.rpartition("/")[2]))
        meant = bool(spellings & words.strong.keys()) or bool((spellings & words.weak.keys()) - free)
        made.append(heading._replace(label=f"未用的“{heading.label}”列") if meant else heading)
    return made
