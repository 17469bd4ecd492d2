"""Computing a month: everything is made as bytes before the first file is written."""

import platform
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from zyw import __version__, checking, clock, outputs, paperwork, pipeline, workspace
from zyw.agenda.rule import LAST_MONTH, last_period
from zyw.agenda.steps import NAMES, STEPS, Step
from zyw.evidence.manifest import Hashed, Ingredients, digest
from zyw.library import read_bytes, scheme_file, scheme_ids
from zyw.month.materials import Month
from zyw.month.materials import made as made_by
from zyw.options import Asked, did_you_mean, period
from zyw.papers.house import NAME as HOUSE_FILE
from zyw.periods import Period
from zyw.problems import Problem, Verbatim, ZywError, problem
from zyw.workdays.table import NAME as HOLIDAYS

PACKAGES: Final = (
    "docxtpl", "jinja2", "lxml", "numpy", "pandas", "python-calamine", "python-docx", "xlsxwriter",
)  # fmt: skip
"""What may change a byte of a result; python and zlib besides."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A month as it was computed: `files` are (name → bytes) with the step of each in `step_of`."""

    month: Month
    steps: tuple[str, ...]
    files: Mapping[str, bytes]
    step_of: Mapping[str, str]
    problems: tuple[Problem, ...]
    made_from: Ingredients

    @property
    def result(self) -> pipeline.Result:
        """The result with all problems of the run."""
        return replace(self.month.result, problems=self.problems, waived=self.month.checks.waived)


def chosen_steps(only: Sequence[str], place: workspace.Workspace | None) -> tuple[str, ...]:
    """Return the steps to take: those of `--only`, else the workspace's 产出, else all.

    Raises `ZywError` G005 (exit 2) for a step that there is not.
    """
    asked = [name.strip() for text in only for name in text.replace("，", ",").replace("、", ",").split(",")]
    for name in filter(None, asked):
        if name not in NAMES:
            offered = Verbatim(f"{'、'.join(NAMES)}。{did_you_mean(name, NAMES)}")
            raise ZywError(problem("G005", 选项="--only", 值=name, 可用=offered))
    wanted = set(filter(None, asked)) or set(place.steps if place else NAMES)
    return tuple(name for name in NAMES if name in wanted)


def with_period(wanted: pipeline.Wanted, place: workspace.Workspace | None) -> pipeline.Wanted:
    """Return `wanted` with a period: without one it is that of the workspace's rule before the day one stands on."""
    from zyw.options import day

    asked = wanted.asked
    if period(asked) is not None:
        return wanted
    stands = day("--as-of", asked.as_of) if asked.as_of else clock.today()
    found = last_period(place.rule if place else LAST_MONTH, stands)
    return replace(wanted, asked=replace(found, as_of=asked.as_of))


def compute(
    wanted: pipeline.Wanted,
    place: workspace.Workspace | None,
    steps: tuple[str, ...],
    tell: Callable[[Step], None] = lambda step: None,
) -> Computed:
    """Read, score, rank and make every file of `steps`; `tell` hears of each step before it is taken.

    Raises `ZywError`: no scheme, roster or template (exit 2), an input that could not be read (G030, exit 3); and
    `ProofError`, a fault of the program, when papers contradict the facts or one another.
    """
    result = pipeline.ranked(replace(wanted, ahead=outputs.load_month), "排名和写通报")
    desk = paperwork.stationery(place)
    month = Month(wanted, place, result, checking.with_checks(wanted, result), desk, place.levels if place else {})
    files: dict[str, bytes] = {}
    step_of: dict[str, str] = {}
    told: tuple[Problem, ...] = ()
    for step in (step for step in STEPS if step.name in steps):
        tell(step)
        made, doubts = made_by(step, month, told)
        files |= made
        step_of |= dict.fromkeys(made, step.name)
        told = (*told, *doubts)
    if month.printed:
        paperwork.proven(month.printed, month.facts, files.get("排名.xlsx"))
    return Computed(month, steps, files, step_of, (*month.checks.problems, *told), _made_from(month))


def _made_from(month: Month) -> Ingredients:
    result, place, span = month.result, month.place, month.result.span
    return Ingredients(
        zyw=__version__,
        packages=packages(),
        scheme=_scheme(month),
        period={"scored": _days(span.period), "shown": _days(span.shown)},
        as_of=span.as_of.isoformat(),
        options={
            "skip_bad": month.wanted.skip_bad,
            "limit": sorted(month.wanted.limit),
            "levels": {name: level.value for name, level in sorted(month.levels.items())},
        },
        inputs=tuple(Hashed(each.shown, each.digest, each.used) for each in result.sources),
        settings=tuple(
            Hashed(path.name, digest(read_bytes(path)))
            for path in settings_files(place.root if place else Path(month.wanted.inputs[0]))
        ),
        templates=tuple(Hashed(name, digest(data)) for name, data in sorted(month.desk.templates.items())),
        decisions=_decisions(month),
        missing=tuple(result.ledger.missing_inputs),
    )


def packages() -> dict[str, str]:
    """Return the versions of everything that may change a byte of a result."""
    found = {"python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "没有安装"
    return found


def _scheme(month: Month) -> dict[str, str]:
    name = month.wanted.scheme or (month.place.scheme if month.place else "")
    file = scheme_file(name)
    own = "" if name in scheme_ids() else file.name
    return {"id": month.result.scheme.id, "file": own, "sha256": digest(read_bytes(file))}


def _days(days: Period) -> dict[str, str]:
    return {"from": days.start.isoformat(), "to": days.end.isoformat()}


def settings_files(root: Path) -> list[Path]:
    """Return the files of a folder, beside the inputs and the templates, on which its month rests."""
    found = [root / name for name in (workspace.NAME, workspace.ALIASES, HOLIDAYS, HOUSE_FILE)]
    waivers = workspace.waivers_file(root)
    if waivers is not None:
        found.append(waivers)
    return [path for path in found if path.is_file()]


def _decisions(month: Month) -> dict[str, Any]:
    """Return what people decided, as they wrote it down: how sheets are read, names, waivers, awarded points."""
    place = month.place
    root = place.root if place else Path(month.wanted.inputs[0])
    pins = place.pins if place else ()
    return {
        "读法": [
            {"文件": p.file, "工作表": p.sheet, "表": p.table, "表头": list(p.header_rows), "列": dict(p.columns)}
            for p in pins
        ],
        "别名": [
            {"写法": a.written, "单位": a.unit, "确认人": a.who, "日期": a.day.isoformat()}
            for a in (place.aliases if place else ())
        ],
        "豁免": [
            {"代码": w.code, "针对": w.key, "理由": w.reason, "批准人": w.who, "有效期至": w.until.isoformat()}
            for w in workspace.waivers(root)
        ],
        "认定": _awarded(month.result.ledger.rows.get("认定")),
    }


def _awarded(rows: Any) -> list[dict[str, str]]:
    """Return who awarded which points to which unit for what; reasons and names of people stay in the ledger."""
    if rows is None:
        return []
    names = [name for name in ("单位", "规则", "编号", "案号", "分值", "认定人", "认定日") if name in rows.columns]
    listed = (dict(zip(names, map(_written, each), strict=True)) for each in rows.rows(*names))
    return sorted(listed, key=lambda entry: tuple(entry.values()))


def _written(value: Any) -> str:
    if value is None:
        return ""
    return str(value.date()) if hasattr(value, "date") else str(value)


def asked_words(asked: Asked) -> list[str]:
    """Return the options that say the period, ready to be put behind a command."""
    options = {
        "--month": asked.month, "--quarter": asked.quarter, "--year": asked.year, "--school-year": asked.school_year,
        "--from": asked.from_, "--to": asked.to, "--as-of": asked.as_of,
    }  # fmt: skip
    return [word for name, value in options.items() if value is not None for word in (name, value)]
