"""A workspace: a folder with a `zyw.yaml` that says which scheme, which inputs, where the results go, who signs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from zyw.agenda.rule import LAST_MONTH, RULES
from zyw.agenda.steps import NAMES, STEPS
from zyw.decoding import TEXT, TEXTS, Key, Part, choice, list_of, nearest, part_of, parts_of, read_part, words_by_name
from zyw.finding.guidance import Pin
from zyw.finding.said import PIN, pins_said
from zyw.library import is_there, read_text
from zyw.limits import Limits, raised
from zyw.located import parse_located
from zyw.office import Office
from zyw.privacy import Level
from zyw.problems import Place, Problem, Verbatim, ZywError, problem
from zyw.survey.declared import SURVEY, survey_rules
from zyw.survey.forms import FORM, forms_said
from zyw.survey.rules import SurveyRules
from zyw.workdays.table import NAME as HOLIDAYS
from zyw.workdays.table import NONE, Holidays, parse_holidays

if TYPE_CHECKING:
    from zyw.naming.aliasfile import Alias

if TYPE_CHECKING:
    from zyw.waivers import Waiver

NAME: Final = "zyw.yaml"
RESULTS: Final = "输出"
ALIASES: Final = "别名.yaml"
WILD: Final = frozenset("*?")
LEVELS: Final = tuple(level.value for level in Level)
SETTINGS: Final = Part(
    "zyw.yaml",
    "每个月怎么做",
    (
        Key("方案", TEXT, "内置方案的编号或方案文件", required=True),
        Key(
            "输入",
            TEXTS,
            "台账的文件或文件夹，相对于 zyw.yaml；* 和 ? 代表文件名里的字，** 代表几层文件夹；不写就是整个文件夹",
        ),
        Key("输出", TEXT, "结果写到哪里，相对于 zyw.yaml；不写就是 输出"),
        Key("时段", choice(*RULES), f"zyw run 不写时段时算哪一段；不写就是{LAST_MONTH}"),
        Key("产出", list_of(choice(*NAMES)), "zyw run 写出哪些；不写就是全部"),
        Key("密级", words_by_name("产出: 密级", choice(*LEVELS)), "哪一样产出按什么密级写，如 督查通报: 内部"),
        Key("模板", TEXT, "自己改过的 Word 模板放在哪个文件夹，文件名与自带的相同；没有的用自带的"),
        Key("豁免", TEXT, "看过、放过的问题写在哪个文件，相对于 zyw.yaml；不写就是 豁免.yaml"),
        Key("发文机关", TEXT, "文书落款的机关"),
        Key("发文字号", TEXT, "通报的发文字号，不写就留空待填"),
        Key("主送", TEXT, "通报的主送机关"),
        Key("抄送", TEXT, "通报的抄送机关"),
        Key("联系方式", TEXT, "联系人和电话"),
        Key("上限", words_by_name("名称: 整数", TEXT), "一个文件最多花多少，如 行数: 2000000；名称同 --limit"),
        Key("测评", part_of(SURVEY), "zyw survey 怎样折算问卷和测评票，方案里也有的以这里为准；计分只看方案"),
        Key("意见主题", words_by_name("主题: 关键词的列表", TEXTS), "意见按哪些主题数，每个主题有哪些关键词"),
        Key("问卷", parts_of(FORM), "程序不认识的问卷导出，哪一列是什么"),
        Key("读法", parts_of(PIN), "程序认错或认不出的表，在这里写明"),
    ),
)


@dataclass(frozen=True, slots=True)
class Workspace:
    """What `zyw.yaml` says; paths are resolved against its folder."""

    root: Path
    scheme: str
    inputs: tuple[Path, ...]
    results: Path
    templates: Path | None
    office: Office
    limits: Limits = field(default_factory=Limits)
    waivers: Path | None = None
    survey: SurveyRules | None = None
    themes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pins: tuple[Pin, ...] = ()
    aliases: tuple["Alias", ...] = ()
    """How ledgers write units, confirmed by somebody (别名.yaml beside zyw.yaml)."""
    rule: str = LAST_MONTH
    steps: tuple[str, ...] = NAMES
    levels: Mapping[str, Level] = field(default_factory=dict)


def load(folder: Path) -> Workspace | None:
    """Return the workspace in `folder`, None when it has no `zyw.yaml`.

    Raises `ZywError` (exit 2) with every fault of the file: unknown keys, a missing 方案, broken YAML.
    """
    file = folder / NAME
    if not is_there(file):
        return None
    problems: list[Problem] = []
    node, refused = parse_located(read_text(file), NAME)
    fields = None if node is None else read_part(SETTINGS, node, problems)
    pins = (*pins_said(fields.get("读法", ()), problems), *forms_said(fields.get("问卷", ()))) if fields else ()
    levels = _levels(fields.get("密级", ()), problems) if fields else {}
    if fields is None or refused or problems:
        raise ZywError((*refused, *problems), 2)
    scheme = fields.get("方案")
    beside = folder / scheme
    return Workspace(
        root=folder,
        scheme=str(beside) if is_there(beside) else scheme,
        inputs=tuple(path for name in fields.get("输入", ()) for path in _matching(folder, name)) or (folder,),
        results=folder / fields.get("输出", RESULTS),
        templates=folder / fields.get("模板") if fields.get("模板") else None,
        office=Office(
            issuer=fields.get("发文机关", ""),
            number=fields.get("发文字号", ""),
            to=fields.get("主送", ""),
            copy=fields.get("抄送", ""),
            contact=fields.get("联系方式", ""),
        ),
        limits=raised(fields.get("上限", ()), Limits()),
        waivers=folder / fields.get("豁免") if fields.get("豁免") else None,
        survey=survey_rules(fields.get("测评")) if fields.get("测评") else None,
        themes={name: words for name, words, _ in fields.get("意见主题", ())},
        pins=pins,
        aliases=load_aliases(folder),
        rule=fields.get("时段", LAST_MONTH),
        steps=tuple(dict.fromkeys(fields.get("产出", NAMES))),
        levels=levels,
    )


def above(start: Path) -> Path | None:
    """Return the nearest folder, `start` or one that holds it, with a `zyw.yaml`; None when there is none."""
    here = start.resolve()
    return next((folder for folder in (here, *here.parents) if is_there(folder / NAME)), None)


def _matching(folder: Path, pattern: str) -> tuple[Path, ...]:
    """Return what `pattern` names, in name order; one that nothing matches names itself, and is told as missing."""
    if not WILD & set(pattern) or Path(pattern).is_absolute():
        return (folder / pattern,)
    return tuple(sorted(folder.glob(pattern))) or (folder / pattern,)


def _levels(said: Iterable[tuple[str, str, Place]], problems: list[Problem]) -> dict[str, Level]:
    """Return the levels by step; a step that has none to choose is refused with its place (P008)."""
    known = [step.name for step in STEPS if step.level]
    levels = {}
    for name, level, place in said:
        if name in known:
            levels[name] = Level(level)
        else:
            offered = nearest(name, known, 1)
            problems.append(problem("P008", place, 值=name, 可选=Verbatim("、".join(known)), 近似=offered))
    return levels


def waivers(folder: Path) -> "tuple[Waiver, ...]":
    """Return the waivers of a folder: those of the file that its `zyw.yaml` names, else of 豁免.yaml, if there is one.

    Raises `ZywError` (exit 2) with every fault of the file, and where a file that was named is not there.
    """
    from zyw.waivers import load_waivers

    file = waivers_file(folder)
    if file is None:
        return ()
    found, problems = load_waivers(read_text(file), file.name)
    if problems:
        raise ZywError(problems, 2)
    return found


def waivers_file(folder: Path) -> Path | None:
    """Return the file of a folder's waivers: the one that its `zyw.yaml` names, else 豁免.yaml if it is there."""
    from zyw.waivers import NAME as USUAL

    place = load(folder)
    if place and place.waivers:
        return place.waivers
    return folder / USUAL if is_there(folder / USUAL) else None


def holidays(folders: Iterable[Path]) -> Holidays:
    """Return the office's own days off and made-up working days: those of the 节假日.csv in each folder.

    Raises `ZywError` (exit 2) with every line that cannot be used.
    """
    found = NONE
    problems: list[Problem] = []
    for folder in folders:
        if is_there(folder / HOLIDAYS):
            own, told = parse_holidays(read_text(folder / HOLIDAYS), HOLIDAYS)
            found = found.with_own(own)
            problems += told
    if problems:
        raise ZywError(problems, 2)
    return found


def load_aliases(folder: Path) -> tuple["Alias", ...]:
    """Return what 别名.yaml in `folder` holds, nothing without one; raises `ZywError` (exit 2) with every fault."""
    file = folder / ALIASES
    if not is_there(file):
        return ()
    from zyw.naming.aliasfile import parse_aliases

    aliases, problems = parse_aliases(read_text(file))
    if problems:
        raise ZywError(problems, 2)
    return aliases
