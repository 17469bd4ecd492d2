"""300 得分告知单 three ways, each in a process of its own: `python -m benchmarks.notices ENGINE ROSTER LEDGER FOLDER`.

`values` reads, scores and makes the values of every notice, and stops there; `zyw` and `docxtpl` do the same and fill
the same template with the same values: zyw by `compile_template` and `fill`, plain docxtpl as its manual has it, a
`DocxTemplate` made, rendered (`autoescape=True`, or a `&` cuts the text) and saved for each notice.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from docxtpl import DocxTemplate

from zyw import outputs, pipeline
from zyw.facts import Facts
from zyw.library import template
from zyw.office import Office
from zyw.options import Asked
from zyw.papers.slips import UNIT_NAMES, Notices
from zyw.privacy import Level
from zyw.templating.word import compile_template

NAME: Final = f"{outputs.NOTICES}.docx"
Values: TypeAlias = Iterator[tuple[str, Mapping[str, Any]]]


def values(facts: Facts, count: int) -> Values:
    """Yield each of the first `count` units with what fills its notice."""
    notices = Notices(facts, Level.INTERNAL, Office())
    for line in facts.lines[:count]:
        yield line.unit, notices.context(line.unit)


def only_values(facts: Facts, folder: Path, count: int) -> None:
    """Make the values and nothing of them."""
    del folder
    assert sum(1 for _ in values(facts, count))


def by_zyw(facts: Facts, folder: Path, count: int) -> None:
    """Compile the template once, fill it for each unit."""
    ready, _ = compile_template(template(NAME), UNIT_NAMES, NAME)
    assert ready is not None
    for unit, context in values(facts, count):
        (folder / f"{unit}.docx").write_bytes(ready.fill(context, unit, facts.span.as_of))


def by_docxtpl(facts: Facts, folder: Path, count: int) -> None:
    """Open, render and save the template for each unit."""
    source = folder / NAME
    source.write_bytes(template(NAME))
    for unit, context in values(facts, count):
        document = DocxTemplate(source)
        document.render(dict(context), autoescape=True)
        document.save(folder / f"{unit}.docx")


ENGINES: Final[Mapping[str, Callable[[Facts, Path, int], None]]] = {
    "zyw": by_zyw,
    "docxtpl": by_docxtpl,
    "values": only_values,
}


def main() -> None:
    """Fill all notices by one engine."""
    parser = argparse.ArgumentParser(description="300 unit notices")
    parser.add_argument("engine", choices=ENGINES)
    parser.add_argument("files", nargs=2, help="roster, ledger")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--first", type=int, default=300, help="how many units")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    asked = Asked(year="2012")
    result = pipeline.ranked(pipeline.Wanted("rank", tuple(options.files), "dayuan-2011", asked, quiet=True))
    ENGINES[options.engine](outputs.facts_of(result), options.folder, options.first)


if __name__ == "__main__":
    main()
