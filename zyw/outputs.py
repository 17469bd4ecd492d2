"""Results as files: the ranked workbook, the papers, the JSON, the list of findings, each as bytes."""

import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from zyw import __version__, console, payload
from zyw.filenames import unique_names
from zyw.library import template
from zyw.pipeline import Result
from zyw.privacy import Level
from zyw.problems import Verbatim, ZywError, problem
from zyw.survey import rates

if TYPE_CHECKING:
    from zyw.facts import Facts
    from zyw.rankedbook import RankedBook

RANKING_LEVEL: Final = Level.NOTICE
RANKING_SUFFIXES: Final = (".xlsx", ".csv", ".json")
PAPER_LEVELS: Final = {"monthly": Level.NOTICE, "unit": Level.INTERNAL}
NOTICES: Final = "得分告知单"
BULLETIN: Final = "督查通报"


def json_bytes(content: Mapping[str, Any]) -> bytes:
    """Return JSON as it is written into a file: UTF-8, one key a line for the eye."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def ranking(result: Result, name: str, level: Level = RANKING_LEVEL) -> bytes:
    """Return the ranked table in the form that the ending of `name` asks for; raises `ZywError` G026 for another."""
    from zyw import tables

    suffix = checked_suffix(name, RANKING_SUFFIXES)
    if suffix == ".json":
        return json_bytes(ranked_payload(result))
    book = _book(result, level)
    return tables.ranked_csv(book) if suffix == ".csv" else tables.ranked_workbook(book)


def ranked_payload(result: Result) -> dict[str, Any]:
    """Return the JSON of a ranking."""
    return payload.ranked(result.ledger, result.scores, result.standings, result.problems)


def checked_suffix(name: str, known: tuple[str, ...]) -> str:
    """Return the ending of a file name in small letters; raises `ZywError` G026 (exit 2) when it is not `known`."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in known:
        raise ZywError(problem("G026", 后缀=suffix or "没有后缀", 可用=Verbatim("、".join(known))))
    return suffix


def papers(name: str, result: Result, level: Level, issuer: str) -> dict[str, bytes]:
    """Return the files of one paper, `monthly` or `unit`: file name → docx."""
    return (
        _bulletin(facts_of(result), level, issuer) if name == "monthly" else _notices(facts_of(result), level, issuer)
    )


def whole_month(result: Result, issuer: str) -> dict[str, bytes]:
    """Return every file of a month, in the order in which a clerk reads them."""
    from zyw.findings import findings_workbook

    facts = facts_of(result)
    notices = _notices(facts, PAPER_LEVELS["unit"], issuer)
    return {
        "排名.xlsx": ranking(result, "排名.xlsx"),
        **_bulletin(facts, PAPER_LEVELS["monthly"], issuer),
        **{f"{NOTICES}/{name}": content for name, content in notices.items()},
        "得分.json": json_bytes(ranked_payload(result)),
        "问题清单.xlsx": findings_workbook(result.problems, result.span.as_of, console.tally(result.problems)),
    }


def facts_of(result: Result) -> "Facts":
    """Return the facts that papers state."""
    from zyw.facts import compute

    ledger = result.ledger
    known = rates(ledger.tallies, ledger.ballots)
    return compute(ledger, result.scheme, result.scores, result.standings, known, ledger.missing_inputs)


def _bulletin(facts: "Facts", level: Level, issuer: str) -> dict[str, bytes]:
    from zyw import report
    from zyw.office import Office

    name = f"{BULLETIN}.docx"
    content, _ = report.monthly(facts, template(name), level=level, office=Office(issuer), file=name)
    return {name: content}


def _notices(facts: "Facts", level: Level, issuer: str) -> dict[str, bytes]:
    """Return a notice for each unit; the unit stands in the file's name, made safe and unique."""
    from zyw import report
    from zyw.office import Office

    name = f"{NOTICES}.docx"
    made = dict(report.units(facts, template(name), level=level, office=Office(issuer), file=name))
    names = unique_names(f"{unit}{NOTICES}" for unit in made)
    return {f"{names[f'{unit}{NOTICES}']}.docx": content for unit, content in made.items()}


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
