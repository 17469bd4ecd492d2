"""Templates, their names and what is wrong in them, as tables, lines and JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zyw.payload import entry
from zyw.problems import Problem
from zyw.shown.widths import wrap
from zyw.templating.names import flatten

if TYPE_CHECKING:
    from zyw.papers.forms import Form, Paper

HEADS: Final = ("命令", "文书", "模板", "来自", "密级", "份数")
WIDTH: Final = 80
SHOWN: Final = 30
"""So many characters of a value are shown."""
NEVER: Final = 12
"""So many unused names are named."""


@dataclass(frozen=True, slots=True)
class CheckedTemplate:
    """A template that was looked at: its name, for which form it was taken and why, what is wrong, what it never uses.

    `form` is None for a file that is no template of any paper.
    """

    file: str
    form: "Form | None"
    guessed: bool
    problems: tuple[Problem, ...]
    unused: tuple[str, ...] = ()


def row(each: "tuple[Paper, Form, str, bool]") -> list[str]:
    """Return a template as a row of the list."""
    paper, form, name, own = each
    made = "每单位一份" if form.by_unit else "一份"
    return [f"report {paper.key}", form.name, name, "本单位" if own else "自带", form.level.value, made]


def list_payload(found: "Sequence[tuple[Paper, Form, str, bool]]") -> dict[str, Any]:
    """Return the list as JSON."""
    templates = [
        {
            "paper": paper.key, "form": form.name, "file": name, "own": own, "level": form.level.value,
            "by_unit": form.by_unit, "meaning": form.meaning,
        }
        for paper, form, name, own in found
    ]  # fmt: skip
    return {"version": 1, "templates": templates}


def names_table(form: "Form", context: Mapping[str, Any] | None) -> tuple[tuple[str, ...], list[list[str]]]:
    """Return heads and rows: every name, what it is, and its value where there is data."""
    if context is None:
        return ("名称", "是什么"), [[name, meaning] for name, meaning in flatten(form.names)]
    return ("名称", "现在的值", "是什么"), [
        [name, _short(_value(context, name)), meaning] for name, meaning in flatten(form.names)
    ]


def names_payload(form: "Form", context: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the names as JSON; `value` of a table's column is that of its first row, null without data."""
    names = [
        {"name": name, "meaning": meaning, "value": None if context is None else _value(context, name)}
        for name, meaning in flatten(form.names)
    ]
    return {"version": 1, "form": form.name, "names": names, "problems": []}


def _value(context: Mapping[str, Any], name: str) -> Any:
    """Return the value of a name; of a column that in its table's first row, None where there is none."""
    found: Any = context
    for step in name.split("."):
        key, listed, _ = step.partition("[]")
        if not isinstance(found, Mapping) or (key and key not in found):
            return None
        found = found[key] if key else found
        for _ in range(step.count("[]") if listed else 0):
            if not isinstance(found, list | tuple) or not found:
                return None
            found = found[0]
    return found


def _short(value: Any) -> str:
    if value is None:
        return "（没有行）"
    text = {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)
    text = text.replace("\n", " ")
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def check_lines(checked: Sequence[CheckedTemplate]) -> Iterator[str]:
    """Yield what is said of each template: what it was taken for, and what it never uses."""
    for each in checked:
        taken = f"（按用到的名称认作“{each.form.name}”）" if each.form and each.guessed else ""
        wrong = sum(problem.severity.word == "error" for problem in each.problems)
        yield f"{each.file}{taken}：" + (f"{wrong} 处错误" if wrong else "没有错误")
        if each.unused:
            more = f" 等 {len(each.unused)} 个" if len(each.unused) > NEVER else ""
            yield "\n".join(wrap(f"  没有用到的名称：{'、'.join(each.unused[:NEVER])}{more}", WIDTH, "  "))


def checks_payload(checked: Sequence[CheckedTemplate]) -> dict[str, Any]:
    """Return what was found as JSON."""
    templates = [
        {"file": each.file, "form": each.form.name if each.form else None, "unused": list(each.unused)}
        for each in checked
    ]
    problems = [entry(problem) for each in checked for problem in each.problems]
    return {"version": 1, "templates": templates, "problems": problems}
