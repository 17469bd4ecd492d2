"""Two schemes compared: what differs is named once, how it is laid out is no difference, and scores follow."""

import json
from pathlib import Path
from typing import Final

import pytest

from tests.builders import SCHEMES
from tests.docgen import run
from zyw.changes.revisions import Revision, lines, revisions
from zyw.located import Table, parse_located
from zyw.schemebook.notation import document

TEXT: Final = (SCHEMES / "dayuan-2011.yaml").read_text(encoding="utf-8")


def tree(text: str) -> Table:
    found, problems = parse_located(text, "x.yaml")
    assert isinstance(found, Table), problems
    return found


def told(text: str) -> list[tuple[str, str, str, list[str]]]:
    return [(e.what, e.part, e.name, [key for key, _, _ in e.keys]) for e in revisions(tree(TEXT), tree(text))]


def test_how_a_scheme_is_laid_out_is_no_difference() -> None:
    assert told(document(tree(TEXT))) == []
    assert told(TEXT.replace("说明: 主要领导以外的人被追责一次", '说明: "主要领导以外的人被追责一次"')) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("每次: -5", "每次: -6", [("改动", "规则", "主要领导追责", ["每次"])]),
        ("基础分: 100", "基础分: 90", [("改动", "方案", "", ["基础分"])]),
        ("其他: 教师", "其他: 干部", [("改动", "职务层级", "", ["其他"])]),
        ("    说明: 主要领导以外的人被追责一次\n", "", [("改动", "规则", "干部教师追责", ["说明"])]),
        ("  - {名称: 直办, 依据: 五(三)3, 说明: 领导小组办公室自己查办}\n", "", [("删去", "办理方式", "直办", [])]),
        (
            "编号: 主要领导两次追责",
            "编号: 两次",
            [("删去", "规则", "主要领导两次追责", []), ("增加", "规则", "两次", [])],
        ),
        ("    依据: 三4\n", "    依据: 三5\n", [("改动", "类别", "履职能力不够", ["依据"])]),
    ],
)
def test_a_change_is_named_with_its_part_name_and_key(
    old: str, new: str, expected: list[tuple[str, str, str, list[str]]]
) -> None:
    assert TEXT.count(old) == 1
    found = [
        (what, part, name, keys if what == "改动" else []) for what, part, name, keys in told(TEXT.replace(old, new))
    ]
    assert found == expected


def test_the_order_of_rules_is_a_change() -> None:
    head, first, second = (
        "方案: {编号: 甲}\n",
        "- {编号: 一, 计数: 行}\n",
        "- {编号: 二, 计数: 行}\n",
    )
    one, two = tree(f"{head}规则:\n{first}{second}"), tree(f"{head}规则:\n{second}{first}")
    assert revisions(one, two) == (Revision("规则", "", "次序"),)
    assert lines(revisions(one, two)) == ["规则：次序变了"]


def test_with_inputs_it_tells_whose_score_and_place_change(tmp_path: Path) -> None:
    (tmp_path / "新.yaml").write_text(TEXT.replace("每次: -5", "每次: -1"), encoding="utf-8")
    office = tmp_path / "台账"
    office.mkdir()
    (office / "名册.csv").write_text("单位名称,学段\n甲小学,小学\n乙小学,小学\n", encoding="utf-8")
    (office / "追责台账.csv").write_text(
        "案号,单位,姓名,职务,处理方式,处理时间,是否核实\n"
        "A1,甲小学,王某,校长,通报批评,2012-04-02,是\nA2,乙小学,张某,教师,通报批评,2012-05-02,是\n",
        encoding="utf-8",
    )
    words = ["scheme", "diff", "dayuan-2011", "新.yaml", "台账", "--year", "2012"]
    code, printed = run(words, tmp_path)
    assert code == 0, printed
    assert "→ -1" in printed
    _, text = run([*words, "--json"], tmp_path)
    found = json.loads(text[text.index("{") : text.rindex("}") + 1])
    moved = {
        u["unit"]: (u["before"]["score"], u["after"]["score"], u["before"]["rank"], u["after"]["rank"])
        for u in found["units"]
    }
    assert moved == {"甲小学": ("95", "99", 2, 1), "乙小学": ("98", "98", 1, 2)}
    code, printed = run(words[:5], tmp_path)
    assert code == 2
    assert "zyw scheme diff dayuan-2011 新.yaml 台账 --year 2012" in printed
