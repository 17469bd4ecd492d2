"""Giving returns back: `zyw check 报送/ --return 退回/` writes each sender's own workbook, marked.

Where a workbook may not or cannot be marked, the units concerned get a workbook 核对结果 of places and reasons instead.
All files are written to one folder at once, or none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from zyw.container import outline
from zyw.container.parts import Container, open_container
from zyw.container.prescan import ForbiddenXml, OddXml
from zyw.filenames import unique_paths
from zyw.files import SKIPPED_FOLDERS, staging
from zyw.formats.sniff import Kind, inside_zip, sniff
from zyw.ledger import Ledger
from zyw.limits import Limits
from zyw.marking.marks import Marked, mark
from zyw.marking.removal import unmark
from zyw.marking.resultsheet import NAME
from zyw.marking.rounds import Earlier, Finding
from zyw.marking.senders import SECRET, Sender, senders
from zyw.marking.slip import slip_workbook
from zyw.marking.strangers import names_complainants
from zyw.marking.surgery import Unmarkable
from zyw.problems import Place, Problem, Severity, Verbatim, ZywError, problem

_NO_WORKBOOK: Final[Mapping[Kind, str]] = {
    Kind.TEXT: "是文本文件（csv），不能标颜色",
    Kind.ENCRYPTED: "文件加密了",
    Kind.XLS: "是旧的 .xls 格式",
}


@dataclass(frozen=True, slots=True)
class Given:
    """One file that was written: for which unit, from which inputs, and whether it is the sender's own workbook."""

    unit: str
    name: str
    inputs: tuple[str, ...]
    marked: bool
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Returns:
    """What was given back, and what there is to say of it."""

    given: tuple[Given, ...]
    problems: tuple[Problem, ...]


def refuse_folder(folder: Path, inputs: Sequence[Path]) -> None:
    """Raise `ZywError` M004 (exit 2) for a folder whose files would be read as input by the next run."""
    where = folder.resolve()
    for given in inputs:
        root = given.resolve() if given.is_dir() else given.resolve().parent
        below = where.relative_to(root).parts if where.is_relative_to(root) else None
        skipped = below and any(part in SKIPPED_FOLDERS or part.startswith((".", "~")) for part in below)
        if below is not None and not skipped and (given.is_dir() or not below):
            raise ZywError(problem("M004", Place(folder.name or str(folder)), 输入=Verbatim(given.name or str(given))))


def give_back(
    ledger: Ledger,
    problems: Sequence[Problem],
    paths: Mapping[str, Path],
    folder: Path,
    as_of: date,
    *,
    overwrite: bool = False,
    limits: Limits | None = None,
) -> Returns:
    """Write the returns into `folder`; `paths` says where each file lies that the problems name.

    Raises `ZywError` (exit 4) as `zyw.writing.staging` does; then nothing has changed.
    """
    names = unique_paths(paths)
    made: list[Given] = []
    told: list[Problem] = []
    slips: dict[str, list[tuple[str, Finding]]] = {}
    with staging(folder, overwrite=overwrite) as stage:
        for sender in senders(ledger, problems, paths):
            each = _one(sender, paths[sender.file], limits or Limits())
            if isinstance(each, Marked):
                name = f"{names[sender.file]}.xlsx"
                _write(stage / name, each.data)
                made.append(_given(sender.whole, name, [(sender.file, f) for f in sender.findings], marked=True))
                told += _told(sender, each)
            elif sender.findings:
                told += _kept(sender, each)
                for unit, found in sender.by_unit.items():
                    slips.setdefault(unit, []).extend((sender.file, finding) for finding in found)
        made += _write_slips(stage, slips, as_of, [each.name for each in made])
    return Returns(tuple(made), tuple(told))


def _one(sender: Sender, path: Path, limits: Limits) -> Marked | str:
    """Return the sender's workbook marked, or why it is not given back ("": there is nothing to say)."""
    if sender.reason:
        return sender.reason
    try:
        container = _workbook(path, limits)
        return _marked(container, sender, limits) if sender.findings or outline.is_returned(container) else ""
    except Unmarkable as caught:
        return str(caught)
    except (OSError, ZywError, ForbiddenXml, OddXml):
        return "文件读不出来"


def _marked(container: Container, sender: Sender, limits: Limits) -> Marked:
    if names_complainants(container, sender.strangers):
        raise Unmarkable(SECRET)
    earlier: tuple[Earlier, ...] | None = None
    data = container.data
    if outline.is_returned(container):
        cleaned = unmark(container)
        if cleaned is not None:
            data, earlier = cleaned.data, cleaned.earlier
    return mark(data, sender.findings, sender.tables, earlier, limits)


def _workbook(path: Path, limits: Limits) -> Container:
    """Open a workbook that can be marked. Raises `Unmarkable` for any other file, `ZywError` for a damaged one."""
    data = path.read_bytes()
    kind = sniff(data)
    if kind is not Kind.ZIP:
        raise Unmarkable(_NO_WORKBOOK.get(kind, f"是{kind.value}"))
    container = open_container(data, path.name, limits)
    kind = inside_zip(container, container.read("mimetype") if "mimetype" in container else b"")
    if kind is not Kind.XLSX:
        raise Unmarkable(f"是{kind.value}")
    return container


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _write_slips(
    stage: Path, slips: Mapping[str, list[tuple[str, Finding]]], as_of: date, taken: Sequence[str]
) -> list[Given]:
    wanted = [f"{unit.replace('/', '_')}{NAME}.xlsx" for unit in slips]
    names = unique_paths([*taken, *wanted])
    made = []
    for unit, wish in zip(slips, wanted, strict=True):
        name = f"{names[wish]}.xlsx"
        _write(stage / name, slip_workbook(unit, slips[unit], as_of))
        made.append(_given(unit, name, slips[unit], marked=False))
    return made


def _given(unit: str, name: str, found: Sequence[tuple[str, Finding]], *, marked: bool) -> Given:
    counts = [sum(f.severity is severity for _, f in found) for severity in (Severity.ERROR, Severity.WARNING)]
    return Given(unit, name, tuple(dict.fromkeys(file for file, _ in found)), marked, *counts)


def _told(sender: Sender, marked: Marked) -> list[Problem]:
    """Say what became of the round before, and which cells got no comment."""
    place, compared = Place(sender.file), marked.compared
    told = []
    if marked.again:
        mended = len(compared.mended)
        told.append(problem("M003", place, 已改=mended, 仍在=compared.still, 新增=compared.new))
    if marked.unnoted:
        told.append(problem("M005", place, 个数=marked.unnoted))
    return told


def _kept(sender: Sender, reason: str) -> list[Problem]:
    """Say why a workbook was not given back, and which problems are nobody's."""
    place = Place(sender.file)
    told = []
    if sender.by_unit:
        units = Verbatim("、".join(list(sender.by_unit)[:5]) + (" 等" if len(sender.by_unit) > 5 else ""))
        told.append(problem("M002", place, 原因=Verbatim(reason), 单位=units))
    if sender.homeless:
        told.append(problem("M001", place, 个数=len(sender.homeless)))
    return told
