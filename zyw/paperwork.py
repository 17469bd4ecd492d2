"""Papers as files: which templates there are, zyw's own or the office's, and what is written under which name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from zyw.filenames import unique_names
from zyw.library import HERE, is_there, read_template
from zyw.office import Office
from zyw.options import did_you_mean
from zyw.papers.forms import FORMS, PAPERS, Form, Paper
from zyw.privacy import Level
from zyw.problems import Problem, Severity, Verbatim, ZywError, problem
from zyw.shown.templates import CheckedTemplate
from zyw.templating.engines import ENGINES, compile_named
from zyw.templating.names import unused

if TYPE_CHECKING:
    from zyw.facts import Facts
    from zyw.workspace import Workspace

OWN: Final = "模板"
"""The folder of a workspace in which its own templates lie, unless zyw.yaml names another."""


@dataclass(frozen=True, slots=True)
class Stationery:
    """With what papers are written: the office's own fields and templates by file name (`督查通报.docx`).

    `shown` names the templates that were given on the command line as the clerk knows them; `own` are those that are
    not zyw's.
    """

    office: Office
    templates: Mapping[str, bytes]
    shown: Mapping[str, str] = field(default_factory=dict)
    own: frozenset[str] = frozenset()

    def of(self, form: Form) -> dict[str, tuple[str, bytes]]:
        """Return the templates of a form by ending, each with its name in messages."""
        found = {}
        for ending in ENGINES:
            name = f"{form.name}{ending}"
            if name in self.templates:
                found[ending] = (self.shown.get(name, name), self.templates[name])
        return found


def folder_of(place: "Workspace | None") -> Path | None:
    """Return the folder of a workspace's own templates, None when it has none.

    Raises `ZywError` G028 (exit 2) when the one that zyw.yaml names is not there: a paper in another form than was
    asked for is wrong.
    """
    if place is None:
        return None
    if place.templates is not None:
        if not place.templates.is_dir():
            raise ZywError(problem("G028", 文件=Verbatim(place.templates)))
        return place.templates
    usual = place.root / OWN
    return usual if usual.is_dir() else None


def stationery(place: "Workspace | None", paper: Paper | None = None, given: str | None = None) -> Stationery:
    """Return the stationery of a workspace; `given` is a template for `paper` named on the command line.

    Raises `ZywError` G028 (exit 2) when that template is no file.
    """
    own = folder_of(place)
    templates: dict[str, bytes] = {}
    mine = set()
    for form in FORMS.values():
        for ending in ENGINES:
            name = f"{form.name}{ending}"
            path = own / name if own else None
            if path is not None and is_there(path):
                templates[name] = read_template(path)
                mine.add(name)
            elif ending in form.endings:
                templates[name] = read_template(built_in(name))
    shown = {}
    if paper is not None and given is not None:
        path = Path(given)
        name = _meant(paper, path)
        templates[name] = read_template(path)
        shown[name] = path.name
        mine.add(name)
    return Stationery(place.office if place else Office(), templates, shown, frozenset(mine))


def built_in(name: str) -> Path:
    """Return zyw's own template of that name."""
    return HERE / "templates" / name


def _meant(paper: Paper, path: Path) -> str:
    """Return for which template of a paper a file stands: by its name, its ending, else the first."""
    ending = path.suffix.lower()
    form = next((form for form in paper.forms if form.name == path.stem), None)
    form = form or next((form for form in paper.forms if ending in form.endings), paper.forms[0])
    return f"{form.name}{ending if ending in ENGINES else form.endings[0]}"


def papers(
    key: str, facts: "Facts", desk: Stationery, level: Level | None = None
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Return the files of a paper by name and what is doubtful in its templates; `level` None: each form's own.

    Every template is checked before the first is filled. Files of units stand in a folder of their own where the
    paper has other files beside them.
    """
    from zyw.papers.filling import Ready, documents, ready

    paper = PAPERS[key]
    made: list[tuple[Form, Ready]] = []
    doubts: list[Problem] = []
    for form in paper.forms:
        compiled, found = ready(form, desk.of(form))
        made.append((form, compiled))
        doubts += found
    files: dict[str, bytes] = {}
    for form, compiled in made:
        each = documents(form, facts, level or form.level, desk.office)
        filled = [
            (document.unit, ending, content)
            for document in each
            for ending, content in compiled.fill(document, facts.span.as_of)
        ]
        files |= _named(form, filled, alone=len(paper.forms) == 1)
    return files, tuple(doubts)


def _named(form: Form, filled: list[tuple[str, str, bytes]], *, alone: bool) -> dict[str, bytes]:
    """Return the files of a form under their names; a unit stands in its file's name, made safe and unique."""
    if not form.by_unit:
        return {f"{form.name}{ending}": content for _, ending, content in filled}
    plain = form.name.removeprefix("单位")
    names = unique_names(f"{unit}{plain}" for unit in dict.fromkeys(unit for unit, _, _ in filled))
    folder = "" if alone else f"{form.name}/"
    return {f"{folder}{names[f'{unit}{plain}']}{ending}": content for unit, ending, content in filled}


def listed(desk: Stationery) -> Iterator[tuple[Paper, Form, str, bool]]:
    """Yield each template: its paper, its form, its file name, and whether it is the office's own."""
    for paper in PAPERS.values():
        for form in paper.forms:
            for ending in desk.of(form):
                name = f"{form.name}{ending}"
                yield paper, form, name, name in desk.own


def here() -> "Workspace | None":
    """Return the workspace of the present folder, if it is one."""
    from zyw.workspace import load

    return load(Path())


def known_form(name: str) -> Form:
    """Return the form called `name`, or the first of the paper with that key; raises `ZywError` G024 (exit 2)."""
    stem = name.rpartition(".")[0] if name.endswith(tuple(ENGINES)) else name
    if stem in FORMS:
        return FORMS[stem]
    if stem in PAPERS:
        return PAPERS[stem].forms[0]
    raise ZywError(problem("G024", 名称=name, 相近=did_you_mean(stem, list(FORMS)), 可用=Verbatim("、".join(FORMS))))


def template_files(names: list[str]) -> list[Path]:
    """Return the templates named, those of a folder in name order; raises `ZywError` G028 (exit 2) when one is none."""
    found: list[Path] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            inside = sorted(each for each in path.iterdir() if each.suffix.lower() in ENGINES and each.is_file())
            found += [each for each in inside if not each.name.startswith(("~$", "."))]
        elif is_there(path):
            found.append(path)
        else:
            raise ZywError(problem("G028", 文件=Verbatim(name)))
    return found


def check(path: Path) -> CheckedTemplate:
    """Look at a template without data: it is of the form of its name, else of the form whose names it knows best."""
    data = read_template(path)
    named = FORMS.get(path.stem)
    if named is not None:
        return _checked(path.name, data, named, guessed=False)
    tried = [_checked(path.name, data, form, guessed=True) for form in FORMS.values()]
    return min(tried, key=lambda each: sum(problem.severity is Severity.ERROR for problem in each.problems))


def _checked(file: str, data: bytes, form: Form, *, guessed: bool) -> CheckedTemplate:
    template, problems = compile_named(data, form.names, file)
    never = tuple(unused(form.names, template.used)) if template else ()
    return CheckedTemplate(file, form, guessed, problems, never)


def sample(form: Form, facts: "Facts", place: "Workspace | None") -> Mapping[str, Any]:
    """Return what fills the first file of a form now; empty when this data makes none."""
    from zyw.papers.filling import documents

    office = place.office if place else Office()
    first = next(iter(documents(form, facts, form.level, office)), None)
    return first.context if first else {}


def copy_templates(form: Form, target: str | None, *, overwrite: bool) -> list[Path]:
    """Write zyw's own templates of a form into a folder: `target`, else the 模板 of the present workspace.

    Raises `ZywError`: G004 (exit 2) where there is neither, W002 (exit 4) where one lies there already.
    """
    from zyw.writing import write_bytes

    place = here()
    folder = Path(target) if target else (place.templates or place.root / OWN) if place else None
    if folder is None:
        raise ZywError(problem("G004", 名称=Verbatim("“-o 文件夹”"), 命令=Verbatim("zyw template new")))
    written = []
    for ending in form.endings:
        name = f"{form.name}{ending}"
        write_bytes(folder / name, built_in(name).read_bytes(), overwrite=overwrite)
        written.append(folder / name)
    return written
