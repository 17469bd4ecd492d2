"""What a clerk is given to begin with: blank forms, and a whole folder to work in."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from zyw.columns import ON_REQUEST, TABLES, Table
from zyw.library import read_scheme, read_text, scheme_file, scheme_ids
from zyw.options import did_you_mean
from zyw.problems import Problem, Verbatim, ZywError, problem

if TYPE_CHECKING:
    from zyw.located import Table as Tree
    from zyw.scheme import Scheme

LEDGERS: Final = "台账"
"""The folder of a workspace in which its ledgers lie."""


def known_table(name: str) -> Table:
    """Return the table called `name`; raises `ZywError` X030 (exit 2) with the nearest names."""
    names = [table.name for table in TABLES]
    if name not in names:
        raise ZywError(problem("X030", 名称=name, 相近=did_you_mean(name, names), 可用=Verbatim("、".join(names))))
    return next(table for table in TABLES if table.name == name)


def scheme_for_form(name: str | None) -> "Scheme | None":
    """Return the scheme whose words the dropdowns offer, None without one."""
    return read_scheme(name)[0] if name else None


def units_for_form(roster: str | None) -> tuple[str, ...]:
    """Return the units that a roster lists, in its order.

    Raises `ZywError`: X031 (exit 2) when there is no roster in it, exit 3 when it cannot be read.
    """
    if roster is None:
        return ()
    from zyw.given import read

    ledger, problems = read((roster,), quiet=True)
    if ledger.missing_inputs:
        raise ZywError(problems, 3)
    if not ledger.has_roster:
        raise ZywError(problem("X031", 文件=Verbatim(roster)))
    return tuple(unit.name for unit in ledger.units)


def form(table: Table, scheme: "Scheme | None", units: tuple[str, ...]) -> bytes:
    """Return the blank form of a table."""
    from zyw.exchange.words import words_for
    from zyw.forms.blank import blank_form

    return blank_form(table, words_for(table, scheme, units))


def scheme_tree_of(name: str) -> "Tree":
    """Return the tree of the scheme `name` (an id or a file).

    Raises `ZywError` (exit 2) with every fault: what is no scheme is neither laid out nor compared.
    """
    from zyw.located import Table as Mapped
    from zyw.located import parse_located

    read_scheme(name)
    path = scheme_file(name)
    tree, problems = parse_located(read_text(path), path.name)
    if not isinstance(tree, Mapped):
        raise ZywError(problems, 2)
    return tree


def scheme_of_workbook(name: str) -> tuple[str | None, tuple[Problem, ...], Path]:
    """Return the scheme that a workbook of `zyw scheme export` says, as YAML; None with an error among the problems.

    Raises `ZywError` (exit 3) when the workbook cannot be read.
    """
    from zyw.scheme import read_scheme_node
    from zyw.schemebook.notation import document
    from zyw.schemebook.reading import scheme_tree
    from zyw.workbook import read_book

    path = Path(name)
    book, told = read_book(path, path.name)
    if book is None:
        raise ZywError(told, 3)
    tree, problems = scheme_tree(book)
    if tree is None:
        return None, problems, path.resolve()
    scheme, found = read_scheme_node(tree)
    return (document(tree) if scheme else None), (*problems, *found), path.resolve()


def workspace_files(name: str, units: tuple[str, ...]) -> dict[str, bytes]:
    """Return the files of a new workspace for the scheme `name` (an id or a file), by their paths in it.

    A scheme of one's own is copied beside `zyw.yaml`, so that the folder stays whole when it is moved.
    """
    from zyw.forms.guide import guide, settings_text
    from zyw.workspace import NAME, SETTINGS

    scheme, _ = read_scheme(name)
    source = scheme_file(name)
    own = name not in scheme_ids()
    tables = [table for table in TABLES if table.name not in ON_REQUEST]
    written = source.name if own else name
    files = {
        NAME: settings_text(SETTINGS, {"方案": written, "输入": LEDGERS}).encode(),
        "使用说明.txt": guide(scheme.name, [table.name for table in tables], LEDGERS).encode("utf-8-sig"),
    }
    for table in tables:
        files[f"{LEDGERS}/{table.name}.xlsx"] = form(table, scheme, units)
    if own:
        files[source.name] = source.read_bytes()
    return files


def write_workspace(folder: Path, files: dict[str, bytes]) -> None:
    """Write a new workspace; what a clerk has filled in there is never replaced.

    Raises `ZywError` W002 (exit 4) for the first file that is there already: then nothing is written.
    """
    from zyw.problems import Place
    from zyw.run import write_all

    for name in files:
        if (folder / name).exists():
            raise ZywError(problem("W002", Place(str(folder / name))))
    write_all(folder, files)
