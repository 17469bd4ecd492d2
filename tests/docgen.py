"""The generated pages of docs/: `python -m tests.docgen` writes them anew, test_docs.py says when they are stale.

docs/命令.md is the help of the app itself; docs/问题代码.md is the catalogue, each code with what its folder under
tests/errors/ really prints; 列名, 方案语言 and 文书字段 are the declarations that the reader, the scheme loader and the papers
work by.
"""

import contextlib
import io
import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tests.systempage import systems_page
from zyw import cli
from zyw.agenda.steps import STEPS
from zyw.cases import PARTS as CASE_PARTS
from zyw.cases import load_cases
from zyw.catalogue import CODES
from zyw.columns import TABLES
from zyw.commands.scheme import COMMANDS as SCHEME_COMMANDS
from zyw.commands.template import COMMANDS as TEMPLATE_COMMANDS
from zyw.decoding import Part
from zyw.exits import Exit
from zyw.finding.said import PIN
from zyw.grammar import PARTS
from zyw.lints.norms import NORMS
from zyw.naming.aliasfile import ALIASES
from zyw.papers.filling import NAMES as PAPER_NAMES
from zyw.papers.sentences import BANK
from zyw.problems import Code
from zyw.rules.fields import DERIVED, OWN_DAY
from zyw.shown.rulepage import blanks
from zyw.survey.declared import SURVEY as SURVEY_RULES
from zyw.templating.names import Names
from zyw.waivers import WAIVERS
from zyw.workspace import SETTINGS

ROOT: Final = Path(__file__).resolve().parent.parent
ERRORS: Final = ROOT / "tests" / "errors"
GENERATED: Final = "<!-- 由 make docs 写出，改这里没有用 -->"
FAMILIES: Final = {
    "F": "文件", "S": "工作表和表头", "L": "单元格和行", "U": "单位名称", "K": "核对", "P": "方案文件", "V": "测评", "C": "计分",
    "R": "文书和模板",
    "D": "办理和期限", "G": "命令和选项", "W": "写结果", "X": "合并和对账", "M": "退回",
}  # fmt: skip
LINES: Final = 12


def pages() -> dict[str, str]:
    """Return each generated page by its path."""
    return {
        "docs/命令.md": commands_page(),
        "docs/问题代码.md": codes_page(),
        "docs/列名.md": columns_page(),
        "docs/方案语言.md": language_page(),
        "docs/文书字段.md": names_page(),
        "docs/五个方案.md": systems_page(GENERATED),
        "docs/工作区.md": workspace_page(),
    }


def columns_page() -> str:
    """Return every table with its columns and their other names."""
    lines = ["# 列名", "", GENERATED, ""]
    lines += [
        "表头写哪个叫法都认。“次选”只在没有更好的列时才算，写在前面的先算；同一个叫法是几列的次选时，归还空着的第一列。"
        "比较时不管空格、换行、括号里的说明、全角半角和繁体。",
        "",
    ]
    for table in TABLES:
        needed = "；".join("、".join(group[:4]) + (" 之一" if len(group) > 1 else "") for group in table.required)
        instead = "；".join("、".join(group) + (" 之一" if len(group) > 1 else "") for group in table.otherwise)
        lines += [
            f"## {table.name}",
            "",
            f"至少要有：{needed}。" + (f"或者认得三列以上，其中有：{instead}。" if instead else ""),
            "",
            "| 列 | 内容 | 其他叫法 | 次选 |",
            "|---|---|---|---|",
        ]
        lines += [f"| {f.name} | {f.kind.value} | {'、'.join(f.names)} | {'、'.join(f.weak)} |" for f in table.fields]
        lines.append("")
    return "\n".join(lines)


def language_page() -> str:
    """Return the reference of the scheme language: every part, every key, a worked number, and where each is shown."""
    lines = ["# 方案语言", "", GENERATED, "", *LANGUAGE_INTRODUCTION, "", *_parts(PARTS)]
    cases = [*CASES_INTRODUCTION, "", *_parts(CASE_PARTS, "###")]
    return "\n".join([*lines, *_derived_fields(), *cases, *_known_norms(), *_capabilities()])


def _parts(parts: Iterable[Part], level: str = "##") -> list[str]:
    lines: list[str] = []
    for part in parts:
        lines += [f"{level} {part.name}", "", f"{part.meaning}。", ""]
        if part.keys:
            lines += ["| 键 | 必填 | 写什么 | 意思 |", "|---|---|---|---|"]
            lines += [
                f"| {key.name} | {'是' if key.required else ''} | {key.kind.label} | {key.meaning} |"
                for key in part.keys
            ]
            lines.append("")
        if part.example:
            lines += [f"例：{part.example}", ""]
    return lines


WORKSPACE_INTRODUCTION: Final = (
    "工作区是一个文件夹，里面有 `zyw.yaml`。在这个文件夹或它下面任何一层运行 `zyw run`，都能找到它；`zyw init 文件夹 --scheme 方案` 写一个新的，"
    "每一项都有说明。",
    "",
    "写错了键、写了没有的产出或密级，`zyw` 指出哪一行哪一列，什么也不做（退出码 2）。里面的路径都相对于 `zyw.yaml`。",
)


def workspace_page() -> str:
    """Return what a workspace is made of: every key of its files, what a month gives, what lies in its folders."""
    lines = ["# 工作区", "", GENERATED, "", *WORKSPACE_INTRODUCTION, ""]
    lines += _parts((SETTINGS, PIN, SURVEY_RULES))
    lines += ["## 产出", "", "“产出”和 `--only` 里的名称，“密级”是不写时的密级。", ""]
    lines += ["| 名称 | 写出什么 | 密级 |", "|---|---|---|"]
    lines += [f"| {step.name} | {step.meaning} | {step.level.value if step.level else ''} |" for step in STEPS]
    lines += ["", "## 旁边的文件", ""]
    lines += _parts([part for file in (WAIVERS, ALIASES) for part in _inside(file)], "###")
    return "\n".join([*lines, *WORKSPACE_FOLDERS]).rstrip() + "\n"


def _inside(file: Part) -> Iterable[Part]:
    """Return the parts that a file lists."""
    return (key.kind.element.part for key in file.keys if key.kind.element and key.kind.element.part)


WORKSPACE_FOLDERS: Final = (
    "## 文件夹里还有什么",
    "",
    "| 位置 | 内容 |",
    "|---|---|",
    "| 输出/年-月 | 这个月的结果和 `清单.json`：用了哪些文件、哪个方案、哪些模板、zyw 和各部件的版本、人作的决定，各文件的指纹（sha256） |",
    "| 存档/年-月 | `zyw close` 封存的月份，见 [每月自动运行](每月自动运行.md) |",
    "| 退回 | `zyw check --return` 写的 |",
    "| .zyw | 锁、运行记录、内部错误的记录；只有本人能读，没有台账内容 |",
    "",
    "读台账时不读 `输出`、`存档`、`退回`、`.zyw`，也不读 zyw 自己写的工作簿。",
    "",
)


def _derived_fields() -> list[str]:
    lines = [
        "## 推算列",
        "",
        "“条件”“倍数”“数量”里，除了表的列名，还可以用下面这些（每张表都可以用学段、在职人数）。",
        "",
    ]
    lines += ["| 数据 | 列 | 内容 | 意思 | 只能是 |", "|---|---|---|---|---|"]
    for table, fields in DERIVED.items():
        lines += [f"| {table} | {f.name} | {f.kind} | {f.meaning} | {'、'.join(f.words)} |" for f in fields]
    days = "；".join(f"{table}按{day}" for table, day in OWN_DAY.items())
    return [*lines, "", f"没有写“日期”的规则：{days}；名册、测评、名次按考核期最后一天。", ""]


def _known_norms() -> list[str]:
    lines = ["## 规定的现状", "", "方案的“引用文件”里写到这些，检查时会说明。写了“现状”的不再说。", ""]
    lines += ["| 规定 | 现状 | 说明 | 出处 | 核实 |", "|---|---|---|---|---|"]
    lines += [f"| {n.name} | {n.status} | {n.told} | {n.source} | {'' if n.verified else '未核实'} |" for n in NORMS]
    return [*lines, ""]


def _capabilities() -> list[str]:
    """List what real schemes say, each with the worked cases that show it."""
    found: dict[int, list[str]] = {}
    for path in sorted((ROOT / "tests" / "data" / "schemes").glob("*.cases.yaml")):
        for case in load_cases(path.read_text(encoding="utf-8"), path.name)[0]:
            told = f"{_NUMBER.sub('', case.sentence).strip()}（{path.name}）"
            for number in _NUMBER.findall(case.sentence):
                found.setdefault(int(number), []).append(told)
    lines = ["## 各地方案里的说法，怎样写", "", "每一种都有算例，在 `tests/data/schemes/`，逐条写明算式。", ""]
    lines += ["| 说法 | 用什么写 | 算例 |", "|---|---|---|"]
    for number, (told, how) in enumerate(CAPABILITIES, start=1):
        lines.append(f"| {told} | {how} | {'；'.join(found.get(number, ()))} |")
    return [*lines, ""]


_NUMBER: Final = re.compile(r"\[(\d+)\]")
LANGUAGE_INTRODUCTION: Final = (
    "方案是一个 YAML 文件，键用中文。没有列在这里的键不收；`zyw scheme check 文件` 指出哪一行哪一列有误。",
    "",
    "一条规则由几部分拼成，每部分只有一个意思：**数据、条件**（哪些行）× **计数**（什么算一次）× **数量**（一次有多少）× "
    "**每次 / 按列取值 / 按数量 / 斜率 / 分档 / 次第 / 区间待定**（值多少分，只写一样）× **倍数** → **封顶、取最高、同案不重计** → "
    "**后果、连带、转为**。规则的分先进**项目**，项目有基础分、封顶保底和权重，逐级进总分。",
    "",
    "每一步动了分数，得分明细里就有一行：规则本身、“封顶：”“限额：”“外溢：”“折算：”“四舍五入：”“连带…：”。基础分加全部明细，恒等于得分。",
    "",
    "分值、按数量、斜率、分档、次第的分、区间、倍数、触发都可以按日期写（`自 2012-01-01: …`，不再适用写 `废止`），以事情当日有效的为准；"
    "累计的次数看凑满的那一次，封顶看范围里最后一次，项目和总分的封顶、保底、等次的分数看考核期最后一天。",
    "",
    "各个词值几分的，写成 `每次: 1`，词的分值写在“倍数”里：区级 10 分、市级 15 分，就是 "
    "`每次: 1, 倍数: [{列: 采用级别, 取: {区级: 10, 市级: 15}, 其他: 0}]`。没有哪张表记着、由人查看打分的（“制度健全得 2 分，否则酌情扣分”），"
    "用 `数据: 认定`，写明 `条件: {规则: 制度健全}` 和“区间待定”。平台已经算好的率，记在任务台账里："
    "完成写达到的数，目标写应当的数，用“比率”的分子列、分母列。",
    "",
    "写完以后，先 `zyw scheme check 文件`，再在旁边写几个算例，`zyw scheme test 文件`（见下面“算例”）。",
    "",
    "完整的例子：`zyw scheme show dayuan-2011`，以及程序里的 `schemes/dayuan-2011.yaml`。",
)
CASES_INTRODUCTION: Final = (
    "## 算例",
    "",
    "方案 `某县.yaml` 的算例写在旁边的 `某县.cases.yaml`；`zyw scheme test 某县.yaml` 逐个试算，与写明的不一致就说出两个数。",
)
CAPABILITIES: Final = (
    ("基础分（整个方案或各项目）", "方案.基础分；项目.基础分"),
    ("按件、人、批、百分点、日、篇计分", "计数；数量；按数量"),
    ("按规则、项目、几条合计、总分封顶保底，外溢或不外溢", "封顶；限额；项目；总分"),
    ("加分封顶或不封顶", "封顶.最多加"),
    ("主办 1、协办 0.5，点名加倍", "倍数"),
    ("扣 1—3 分，由人认定", "区间待定；认定表"),
    ("比率：分子、分母、剔除、分母为零", "数量.比率"),
    ("过线后逐点计、分档、按量加档", "斜率；分档；按数量"),
    ("期限内第几次加重；几次转为更高一级", "次第；累计；转为"),
    ("连带责任逐级", "连带"),
    ("一票否决、取消资格、定等次、限等次", "后果.种类"),
    ("只计最高、同一件事不重计", "取最高；限额.取最高；同案不重计；关系"),
    ("名额、强制分布（只对单位）", "等次.名额"),
    ("看名次、看名次升降", "数据: 名次"),
    ("分组比、合组、一组一个单位", "排名"),
    ("同分怎么排", "排名.并列、同分先后"),
    ("按人数折算", "数量.人均"),
    ("几部分加权，缺一部分怎么办", "项目.权重、缺数据；测评.组成、缺少的"),
    ("票数不够、收回多于发出，作废", "测评.有效份数、发出份数、最低回收率"),
    ("迟报、逾期：期限从哪来、工作日、默认期限、逐级加重、封顶", "数量.天数；分档；封顶"),
    ("不适用的单位不算", "适用学段；项目.缺数据"),
    ("领导评分，单独的权重", "认定表；数量.平均；项目"),
    ("主动上报从轻、群众举报须核实", "倍数；来源.须核实"),
    ("与上月、上季比", "数量.环比"),
    ("在哪一步四舍五入、几位，两个数都看得到", "舍入位数"),
    ("每一行结果都带条款", "依据"),
)


def names_page() -> str:
    """Return the names that Word templates may use."""
    lines = ["# 文书字段", "", GENERATED, ""]
    lines += [
        "模板里用 `{{ 名称 }}` 写值，用 `{% for 行 in 表 %}` 逐行写表（见 [模板](模板.md)）。写了这里没有的名称，不出文书，并给出最接近的。",
        "",
    ]
    for paper, names in PAPER_NAMES.items():
        lines += [f"## {paper}", "", "| 名称 | 意思 |", "|---|---|"]
        lines += [f"| {name} | {meaning} |" for name, meaning in flat(names)]
        lines.append("")
    return "\n".join([*lines, *_sentence_bank()])


def flat(names: Names, path: str = "") -> list[tuple[str, str]]:
    """Return (dotted name, meaning) of a tree of names; a table's columns follow it with `[]`."""
    if isinstance(names, str):
        return [(path, names)]
    if isinstance(names, list):
        return [pair for each in names for pair in flat(each, f"{path}[]")]
    return [pair for key, each in names.items() for pair in flat(each, f"{path}.{key}" if path else key)]


def run(words: list[str], folder: Path) -> tuple[int, str]:
    """Run one command line in `folder`; return its exit code and what it printed, stdout first."""
    out, err = io.StringIO(), io.StringIO()
    before = Path.cwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.run(words)
    finally:
        os.chdir(before)
    return code, out.getvalue() + err.getvalue()


def _sentence_bank() -> list[str]:
    """List every sentence of the bank with its trigger."""
    lines = [
        "## 句库",
        "",
        "模板里写 `{{ 句.名称 }}`。同一个名称的句子从上到下试，第一句合条件的写出来；都不合就是空的。",
        "",
    ]
    lines += ["| 名称 | 什么时候 | 写什么 |", "|---|---|---|"]
    return [*lines, *(f"| {each.slot} | {each.when} | {each.text or '（不写）'} |" for each in BANK), ""]


def commands_page() -> str:
    """Return the reference of the commands."""
    lines = ["# 命令", "", GENERATED, "", "每个命令后面加 `--help` 也能看到同样的内容。", ""]
    lines += ["## 退出码", "", "| 退出码 | 意思 |", "|---|---|"]
    lines += [f"| {int(code)} | {code.meaning} |" for code in Exit]
    names = [[], *([name] for name in cli.COMMANDS), *(["scheme", name] for name in SCHEME_COMMANDS)]
    names += [["template", name] for name in TEMPLATE_COMMANDS]
    for words in names:
        _, text = run([*words, "--help"], ROOT)
        lines += ["", f"## zyw {' '.join(words)}".rstrip(), "", "```text", text.rstrip(), "```"]
    return "\n".join(lines) + "\n"


def codes_page() -> str:
    """Return the catalogue, family by family."""
    lines = ["# 问题代码", "", GENERATED, ""]
    lines += ["屏幕上每个问题都有一个代码，`zyw rule 代码` 显示同样的说明。错误要改；警告要看一眼；提示不用改。", ""]
    for letter, title in FAMILIES.items():
        family = [code for code in CODES if code.code.startswith(letter)]
        if family:
            lines += [f"## {letter}　{title}", ""]
            lines += [line for code in sorted(family, key=lambda c: c.code) for line in code_lines(code)]
    return "\n".join(lines).rstrip() + "\n"


def code_lines(code: Code) -> list[str]:
    """Return the entry of one code."""
    lines = [f"### {code.code}　{code.title}（{code.severity.value}）", ""]
    lines += [f"{blanks(code.message)}。", "", f"- 怎么改：{blanks(code.hint)}", f"- 为什么要查：{code.why}"]
    lines += [f"- 例子：{code.example}", ""]
    printed = reproduced(code.code)
    return [*lines, "```text", *printed, "```", ""] if printed else lines


def command_of(code: str) -> list[str]:
    """Return the words of the command that shows `code`: its command.txt, else a check of the folder."""
    stated = ERRORS / code / "command.txt"
    if not stated.is_file():
        return ["check", "."]
    return shlex.split(stated.read_text(encoding="utf-8"))[1:]


@contextlib.contextmanager
def copied(code: str):  # type: ignore[no-untyped-def]
    """Give a copy of the folder of `code`: a command may write beside what it reads."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / code
        shutil.copytree(ERRORS / code, folder, ignore=shutil.ignore_patterns("command.txt"))
        yield folder


def reproduced(code: str) -> list[str]:
    """Return what the folder of `code` prints of that code, the command first; empty when there is no folder."""
    if not (ERRORS / code).is_dir():
        return []
    words = command_of(code)
    with copied(code) as folder:
        _, text = run(words, folder)
    found = re.search(rf"^(错误|警告|提示) {code}  .*?说明：zyw rule {code}$", text, re.MULTILINE | re.DOTALL)
    shown = found[0].splitlines() if found else []
    return [f"$ zyw {' '.join(words)}", *shown[:LINES]]


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        path = ROOT / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
