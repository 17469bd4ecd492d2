"""Results as files: the ranked workbook, the papers, the JSON, the list of findings, each as bytes."""

import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from zyw import __version__
from zyw.privacy import Level
from zyw.problems import Verbatim, ZywError, problem

if TYPE_CHECKING:
    from zyw.facts import Facts
    from zyw.office import Office
    from zyw.pipeline import Result
    from zyw.ranked.book import RankedBook
    from zyw.tallies.all import Tallies

RANKING_LEVEL: Final = Level.NOTICE
RANKING_SUFFIXES: Final = (".xlsx", ".csv", ".json")
BOARD: Final = "看板"


def load_tables() -> None:
    """Load what the ranked workbook needs."""
    import zyw.tables  # noqa: F401 - loaded for later


def load_papers() -> None:
    """Load what papers need."""
    import pandas  # noqa: F401 - loaded for later

    import zyw.papers.filling  # noqa: F401 - loaded for later


def load_month() -> None:
    """Load what the whole month needs."""
    load_tables()
    load_papers()


def json_bytes(content: Mapping[str, Any]) -> bytes:
    """Return JSON as it is written into a file: UTF-8, one key a line for the eye."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def scored(result: "Result", name: str) -> bytes:
    """Return the scores without places in the form that the ending of `name` asks for, for use inside the office."""
    from zyw import payload, tables

    suffix = checked_suffix(name, RANKING_SUFFIXES)
    if suffix == ".json":
        return json_bytes(payload.scored(result.ledger, result.scores, result.problems, result.waived))
    book = _book(result, Level.INTERNAL)
    return tables.scored_csv(book) if suffix == ".csv" else tables.scored_workbook(book)


def ranking(result: "Result", name: str, level: Level = RANKING_LEVEL) -> bytes:
    """Return the ranked table in the form that the ending of `name` asks for; raises `ZywError` G026 for another."""
    from zyw import tables

    suffix = checked_suffix(name, RANKING_SUFFIXES)
    if suffix == ".json":
        return json_bytes(ranked_payload(result))
    book = _book(result, level)
    return tables.ranked_csv(book) if suffix == ".csv" else tables.ranked_workbook(book)


def ranked_payload(result: "Result") -> dict[str, Any]:
    """Return the JSON of a ranking."""
    from zyw import payload

    return payload.ranked(result.ledger, result.scores, result.standings, result.problems, result.waived)


def checked_suffix(name: str, known: tuple[str, ...]) -> str:
    """Return the ending of a file name in small letters; raises `ZywError` G026 (exit 2) when it is not `known`."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in known:
        raise ZywError(problem("G026", 后缀=suffix or "没有后缀", 可用=Verbatim("、".join(known))))
    return suffix


Files: TypeAlias = dict[str, bytes]


def tallies_of(result: "Result") -> "Tallies":
    """Return the tables beyond scores: tasks, submissions, activities and the like."""
    from zyw.tallies.all import tally_all

    return tally_all(result.ledger, result.scheme, result.span)


def tally_files(result: "Result", tallies: "Tallies", level: Level) -> Files:
    """Return 统计表.xlsx for `level` and 统计.json, for the office's own use; nothing where no table was given."""
    from zyw.tallies.all import tables_of
    from zyw.tallies.book import NAME
    from zyw.tallies.document import tallied

    if not tables_of(tallies):
        return {}
    ledger = result.ledger
    return {
        f"{NAME}.xlsx": tally_book(result, tallies, level),
        "统计.json": json_bytes(tallied(tallies, ledger, result.scheme.id, ledger.missing_inputs)),
    }


def tally_book(
    result: "Result", tallies: "Tallies", level: Level, only: tuple[str, ...] = (), title: str = ""
) -> bytes:
    """Return the workbook of the tables, all of them or those whose names begin with one of `only`."""
    from zyw.tallies.book import NAME, TallyBook, tally_workbook

    missing = result.ledger.missing_inputs
    return tally_workbook(
        TallyBook(tallies, result.ledger, result.scheme, level, missing, only=only, title=title or NAME)
    )


def facts_of(result: "Result") -> "Facts":
    """Return the facts that papers state."""
    from zyw.facts import compute
    from zyw.survey.rates import rates

    ledger = result.ledger
    known = rates(ledger.tallies, ledger.ballots)
    return compute(ledger, result.scheme, result.scores, result.standings, known, ledger.missing_inputs)


def board(facts: "Facts", level: Level, office: "Office") -> Files:
    """Return the board, one html file."""
    from zyw.board.content import board as content
    from zyw.board.page import filled
    from zyw.library import template

    name = f"{BOARD}.html"
    return {name: filled(template(name).decode(), content(facts, level, office))}


def _book(result: "Result", level: Level) -> "RankedBook":
    from zyw.pipeline import lacking_tables
    from zyw.ranked.book import RankedBook
    from zyw.survey.rates import rates

    ledger = result.ledger
    return RankedBook(
        result.scores,
        result.standings,
        ledger.origins,
        rates(ledger.tallies, ledger.ballots),
        ledger.missing_inputs,
        lacking_tables(ledger, result.scheme),
        level=level,
        version=__version__,
    )
