"""Results as files: the ranked workbook, the papers, the JSON, the list of findings, each as bytes."""

import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from zyw import __version__
from zyw.pipeline import Result
from zyw.privacy import Level
from zyw.problems import Verbatim, ZywError, problem
from zyw.survey import rates

if TYPE_CHECKING:
    from zyw.rankedbook import RankedBook

RANKING_LEVEL: Final = Level.NOTICE
RANKING_SUFFIXES: Final = (".xlsx", ".csv", ".json")


def json_bytes(content: Mapping[str, Any]) -> bytes:
    """Return JSON as it is written into a file: UTF-8, one key a line for the eye."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def ranking(result: Result, name: str, level: Level = RANKING_LEVEL) -> bytes:
    """Return the ranked table in the form that the ending of `name` asks for; raises `ZywError` G026 for another."""
    from zyw import payload, tables

    suffix = checked_suffix(name, RANKING_SUFFIXES)
    if suffix == ".json":
        return json_bytes(payload.ranked(result.ledger, result.scores, result.standings, result.problems))
    book = _book(result, level)
    return tables.ranked_csv(book) if suffix == ".csv" else tables.ranked_workbook(book)


def checked_suffix(name: str, known: tuple[str, ...]) -> str:
    """Return the ending of a file name in small letters; raises `ZywError` G026 (exit 2) when it is not `known`."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in known:
        raise ZywError(problem("G026", 后缀=suffix or "没有后缀", 可用=Verbatim("、".join(known))))
    return suffix


def _book(result: Result, level: Level) -> "RankedBook":
    from zyw.rankedbook import RankedBook

    ledger = result.ledger
    return RankedBook(
        result.scores,
        result.standings,
        ledger.origins,
        rates(ledger.tallies, ledger.ballots),
        ledger.missing_inputs,
        level=level,
        version=__version__,
    )
