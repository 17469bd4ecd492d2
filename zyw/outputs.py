"""Results as files: the ranked workbook, the papers, the JSON, the list of findings, each as bytes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from zyw import __version__
from zyw.filenames import unique_names
from zyw.library import read_template, template
from zyw.office import Office
from zyw.privacy import Level
from zyw.problems import Problem, Verbatim, ZywError, problem

if TYPE_CHECKING:
    from zyw.facts import Facts
    from zyw.pipeline import Checked, Result
    from zyw.ranked.book import RankedBook
    from zyw.tallies.all import Tallies
    from zyw.workspace import Workspace

RANKING_LEVEL: Final = Level.NOTICE
RANKING_SUFFIXES: Final = (".xlsx", ".csv", ".json")
NOTICES: Final = "得分告知单"
BULLETIN: Final = "督查通报"
BOARD: Final = "看板"
PAPERS: Final = {"monthly": BULLETIN, "unit": NOTICES, "board": BOARD}
PAPER_LEVELS: Final = {"monthly": Level.NOTICE, "unit": Level.INTERNAL, "board": Level.PUBLIC}


def load_tables() -> None:
    """Load what the ranked workbook needs."""
    import zyw.tables  # noqa: F401 - loaded for later


def load_papers() -> None:
    """Load what papers need."""
    import pandas  # noqa: F401 - loaded for later

    import zyw.report  # noqa: F401 - loaded for later


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


@dataclass(frozen=True, slots=True)
class Stationery:
    """With what papers are written: the office's own fields and templates by the paper's file name.

    `shown` names the templates that were given on the command line as the clerk knows them.
    """

    office: Office
    templates: Mapping[str, bytes]
    shown: Mapping[str, str] = field(default_factory=dict)

    def file(self, name: str) -> str:
        """Return how messages name the template of the paper `name`."""
        return self.shown.get(name, name)


def stationery(place: "Workspace | None", given: Mapping[str, Path] | None = None) -> Stationery:
    """Return the stationery of a workspace; `given` are templates named on the command line, by paper's file name.

    Raises `ZywError` G028 (exit 2) when such a template is no file.
    """
    own = place.templates if place else None
    templates = {name: template(name, own) for name in (f"{BULLETIN}.docx", f"{NOTICES}.docx")}
    for name, path in (given or {}).items():
        templates[name] = read_template(path)
    shown = {name: path.name for name, path in (given or {}).items()}
    return Stationery(place.office if place else Office(), templates, shown)


def papers(name: str, result: "Result", level: Level, desk: Stationery) -> tuple[Files, tuple[Problem, ...]]:
    """Return the files of one paper, `monthly`, `unit` or `board`, and what is doubtful in its template."""
    facts = facts_of(result)
    if name == "board":
        return board(facts, level, desk.office), ()
    return _bulletin(facts, level, desk) if name == "monthly" else (_notices(facts, level, desk), ())


def whole_month(result: "Result", checks: "Checked", desk: Stationery) -> tuple[Files, tuple[Problem, ...]]:
    """Return every file of a month, in the order in which a clerk reads them, and all problems of the run.

    `checks` has the problems of `result` and those that the checks found besides.
    """
    from zyw import checklist

    facts = facts_of(result)
    bulletin, doubts = _bulletin(facts, PAPER_LEVELS["monthly"], desk)
    notices = _notices(facts, PAPER_LEVELS["unit"], desk)
    problems = (*checks.problems, *doubts)
    tallies = tallies_of(result)
    files = {
        "排名.xlsx": ranking(result, "排名.xlsx"),
        **tally_files(result, tallies),
        **bulletin,
        **{f"{NOTICES}/{name}": content for name, content in notices.items()},
        "得分.json": json_bytes(ranked_payload(result)),
        "问题清单.xlsx": checklist.findings(replace(checks, problems=problems), result.span.as_of),
    }
    return files, problems


def tallies_of(result: "Result") -> "Tallies":
    """Return the tables beyond scores: tasks, submissions, activities and the like."""
    from zyw.tallies.all import tally_all

    return tally_all(result.ledger, result.scheme, result.span)


def tally_files(result: "Result", tallies: "Tallies") -> Files:
    """Return 统计表.xlsx and 统计.json, for use inside the office; nothing where no table was given to count."""
    from zyw.tallies.all import tables_of
    from zyw.tallies.book import NAME
    from zyw.tallies.document import tallied

    if not tables_of(tallies):
        return {}
    ledger = result.ledger
    return {
        f"{NAME}.xlsx": tally_book(result, tallies, Level.INTERNAL),
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


def board(facts: "Facts", level: Level, office: Office) -> Files:
    """Return the board, one html file."""
    from zyw.board.content import board as content
    from zyw.board.page import filled

    name = f"{BOARD}.html"
    return {name: filled(template(name).decode(), content(facts, level, office))}


def _bulletin(facts: "Facts", level: Level, desk: Stationery) -> tuple[Files, tuple[Problem, ...]]:
    from zyw import report

    name = f"{BULLETIN}.docx"
    content, doubts = report.monthly(facts, desk.templates[name], level=level, office=desk.office, file=desk.file(name))
    return {name: content}, doubts


def _notices(facts: "Facts", level: Level, desk: Stationery) -> Files:
    """Return a notice for each unit; the unit stands in the file's name, made safe and unique."""
    from zyw import report

    name = f"{NOTICES}.docx"
    made = dict(report.units(facts, desk.templates[name], level=level, office=desk.office, file=desk.file(name)))
    names = unique_names(f"{unit}{NOTICES}" for unit in made)
    return {f"{names[f'{unit}{NOTICES}']}.docx": content for unit, content in made.items()}


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
