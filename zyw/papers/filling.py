"""Facts + templates → filled papers, as bytes; a paper whose facts are missing is left out, the others go on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from zyw.facts import Facts
from zyw.office import Office
from zyw.papers.forms import FORMS, MONTHLY, UNIT, Document, Form, named_for
from zyw.privacy import Level
from zyw.problems import Problem, ZywError
from zyw.templating.engines import Template, compile_named
from zyw.templating.names import Names

NAMES: Final[dict[str, Mapping[str, Names]]] = {form.name: form.names for form in FORMS.values()}
"""The names that the templates of each form may use."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The templates of one form, compiled: ending → template."""

    form: Form
    templates: Mapping[str, Template]

    def fill(self, document: Document, as_of: date) -> Iterator[tuple[str, bytes]]:
        """Yield (ending, file) of one document."""
        for ending, template in self.templates.items():
            yield ending, template.fill(document.context, document.title, as_of)


def check_template(template: bytes, names: Mapping[str, Names], file: str = "模板.docx") -> tuple[Problem, ...]:
    """Return what is wrong with a template, without filling it (codes R001–R008)."""
    return compile_named(template, names, file)[1]


def ready(form: Form, templates: Mapping[str, tuple[str, bytes]]) -> tuple[Ready, tuple[Problem, ...]]:
    """Return the templates of a form (ending → name in messages, bytes) ready to be filled, and what is doubtful.

    Raises `ZywError` (exit 2) with the faults of all of them.
    """
    compiled: dict[str, Template] = {}
    faults: list[Problem] = []
    doubts: list[Problem] = []
    for ending, (file, data) in templates.items():
        template, problems = compile_named(data, form.names, file)
        if template is None:
            faults += problems
        else:
            compiled[ending] = template
            doubts += problems
    if faults:
        raise ZywError(faults)
    return Ready(form, compiled), tuple(doubts)


def documents(form: Form, facts: Facts, level: Level, office: Office) -> Iterator[Document]:
    """Yield what fills the files of a form for readers of `level`."""
    return form.documents(named_for(facts, level), level, office)


def monthly(
    facts: Facts,
    template: bytes,
    *,
    level: Level = Level.NOTICE,
    office: Office | None = None,
    file: str = "督查通报.docx",
) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the county's 督查通报 as docx; raises `ZywError` (exit 2) when the template is at fault.

    `file` is the template's name in messages. At 通报 people are named 张某某, at 公示 not at all.
    """
    made, problems = ready(MONTHLY, {".docx": (file, template)})
    (document,) = documents(MONTHLY, facts, level, office or Office())
    return dict(made.fill(document, facts.span.as_of))[".docx"], problems


def units(
    facts: Facts,
    template: bytes,
    units: Iterable[str] | None = None,
    *,
    level: Level = Level.INTERNAL,
    office: Office | None = None,
    file: str = "得分告知单.docx",
) -> Iterator[tuple[str, bytes]]:
    """Yield (unit, docx) for each of `units`, all units when None; a notice holds its own unit's line only.

    The template is checked before the first is filled: `ZywError` (exit 2) when it is at fault. Raises `KeyError` for
    a unit without a score.
    """
    made, _ = ready(UNIT, {".docx": (file, template)})
    wanted = None if units is None else list(units)
    if wanted is not None:
        unknown = set(wanted) - {line.unit for line in facts.lines}
        if unknown:
            raise KeyError(min(unknown))

    def filled() -> Iterator[tuple[str, bytes]]:
        for document in documents(UNIT, facts, level, office or Office()):
            if wanted is None or document.unit in wanted:
                yield document.unit, dict(made.fill(document, facts.span.as_of))[".docx"]

    return filled()
