"""docs/五个方案.md: for each founding document clause → command → output, from the scheme and the table beside it."""

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

import zyw
from zyw.library import read_scheme, scheme_ids

SCHEMES: Final = Path(zyw.__file__).parent / "schemes"
RUN: Final = "run"
SCREEN: Final = "屏幕"
OFFICE: Final = "示例"


@dataclass(frozen=True)
class Line:
    """One clause: what it holds in our own words, the command as typed, the file it writes and the sheet in it."""

    clause: str
    holds: str
    command: str
    output: str
    sheet: str = ""


def lines(scheme: str) -> list[Line]:
    """Return the table beside a scheme; `run` stands for the month of its office."""
    found = yaml.safe_load((SCHEMES / f"{scheme}.clauses.yaml").read_text(encoding="utf-8"))
    return [
        Line(
            str(each["条款"]),
            each["内容"],
            found["运行"] if each["命令"] == RUN else each["命令"],
            each["输出"],
            each.get("表", ""),
        )
        for each in found["条款"]
    ]


def words(line: Line) -> list[str]:
    """Return the command's words without `zyw`."""
    return shlex.split(line.command)[1:]


def systems_page(generated: str) -> str:
    """Return the page."""
    text = [
        "# 五个方案：条款 → 命令 → 输出",
        "",
        generated,
        "",
        "每份文件的每一条，对应哪条命令、结果在哪里看。“示例”是 `zyw demo 示例 --scheme 编号` 写出的文件夹，人名、校名都是虚构的。"
        "内容是转述，以原文件为准；原文没有写明的理解，见 `zyw scheme show 编号`。",
        "",
    ]
    for scheme in scheme_ids():
        made, _ = read_scheme(scheme)
        text += [f"## {scheme}　{made.name}", "", f"示例：`zyw demo 示例 --scheme {scheme}`", ""]
        text += ["| 条款 | 说什么 | 命令 | 在哪里看 |", "|---|---|---|---|"]
        text += [
            f"| {each.clause} | {each.holds} | `{each.command}` | {each.output}{f'：{each.sheet}' if each.sheet else ''} |"
            for each in lines(scheme)
        ]
        text += ["", "规则：", ""]
        text += [f"- {rule.id}（{rule.clause}）：{rule.summary()}" for rule in made.rules]
        text += ["", f"没有写明、按一种理解做的 {len(made.notes)} 处。", ""]
    return "\n".join(text)
