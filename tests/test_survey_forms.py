"""Exports of form tools: those that zyw knows, and one that a person tells it in zyw.yaml."""

from pathlib import Path
from typing import Any

import pytest

from tests.small_office import Run
from tests.survey_exports import office, written
from zyw.survey.headings import TOOLS

YAML = """方案: dayuan-2011
问卷:
  - 文件: 小程序*.csv
    序号: 流水
    提交时间: 填报时刻
    用时: 耗时
    网络: 登录地址
    不读: [头像]
    单位: 就读校区
    对象: 角色
    题目: [食堂, 校车, 最想改的]
    分隔: "/"
    代码: {9: 没有问到, "--": 空白}
    各题代码:
      食堂: {3: 满意, 2: 基本满意, 1: 不满意}
      校车: {1: 满意, 2: 基本满意, 3: 不满意}
"""
HEAD = ["流水", "填报时刻", "耗时", "登录地址", "头像", "就读校区", "角色", "食堂", "校车", "最想改的", "班级"]


def sheet(number: int, unit: str, role: str, canteen: str, bus: str, *, wish: str = "食堂/校车") -> list[str]:
    stamp = f"2024/3/8 9:{number:02}:00"
    return [str(number), stamp, "95", f"198.51.100.{number}", "头", unit, role, canteen, bus, wish, f"三（{number}）班"]


ROWS = [
    sheet(1, "第一小学", "孩子的家长", "3", "1"),
    sheet(2, "第一小学", "孩子的家长", "3", "3", wish="校车"),
    sheet(3, "第一小学", "任课教师", "1", "9"),
    sheet(4, "第二小学", "孩子的家长", "--", "2"),
    sheet(5, "第二小学", "孩子的家长", "2", "1"),
]


def told(folder: Path, name: str = "小程序导出__csv", yaml: str = YAML) -> Path:
    office(folder, **{name: written([HEAD, *ROWS])})
    (folder / "zyw.yaml").write_text(yaml, encoding="utf-8")
    return folder


def line(document: Any, unit: str, group: str | None = None) -> Any:
    return next(x for x in document["units"] if (x["unit"], x["group"]) == (unit, group))


def test_a_form_of_ones_own_is_read_as_it_is_told(run: Run, tmp_path: Path) -> None:
    document = run("survey", str(told(tmp_path / "局")), "--json").json
    first, second = line(document, "第一小学"), line(document, "第二小学")
    assert (first["n"], first["satisfied"], first["knowing"]) == (
        3,
        3,
        5,
    )  # 满意 3, 满意 1 + 不满意 3, 不满意; 9 not asked
    assert (second["n"], second["satisfied"], second["knowing"]) == (2, 1, 3)
    assert line(document, "第一小学", "教师")["satisfied_rate"] == "0"
    assert [q["question"] for q in document["questions"] if q["unit"] is None] == ["食堂", "校车"]
    assert {o["question"]: o["answers"] for o in document["others"]} == {"最想改的": {"食堂": 4, "校车": 5}}
    assert "198.51.100" not in str(document)


def test_its_files_are_no_survey_without_being_told(run: Run, tmp_path: Path) -> None:
    ended = run("survey", str(told(tmp_path / "局", "别的__csv")), "--json")
    assert not [x for x in ended.json["units"] if x["n"]]
    assert {"S014", "V012"} <= {p["code"] for p in ended.json["problems"]}


@pytest.mark.parametrize("wrong", ["代碼: {3: 满意}", "表头: 上面", "文件: [a, b]"])
def test_a_form_told_wrong_is_refused_with_its_place(run: Run, tmp_path: Path, wrong: str) -> None:
    yaml = "方案: dayuan-2011\n问卷:\n  - 文件: 小程序*.csv\n    " + wrong + "\n"
    ended = run("survey", str(told(tmp_path / "局", yaml=yaml)))
    assert ended.code == 2
    assert "zyw.yaml" in ended.err


EXPORTS: dict[str, tuple[list[str], list[str]]] = {
    "问卷星": (["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"], ["1", "{}", "95秒", "微信", "N/A", "198.51.100.1"]),
    "腾讯问卷": (
        ["编号", "开始答题时间", "结束答题时间", "答题时长", "语言", "清洗数据结果", "地理位置省", "用户标识", "昵称", "IP", "UA", "Referrer"],
        ["1", "{}", "{}", "95", "zh", "有效", "湖北", "u1", "风", "198.51.100.1", "ua", ""],
    ),
    "腾讯文档收集表": (["提交者（自动）", "提交时间（自动）"], ["湖边的风", "{}"]),
    "金数据": (
        ["序号", "提交人", "提交时间", "修改时间", "填写设备", "操作系统", "浏览器", "IP", "微信昵称"],
        ["1", "湖边的风", "{}", "{}", "手机", "iOS", "微信", "198.51.100.1", "风"],
    ),
    "钉钉或WPS表单": (["提交人工号", "提交人部门", "提交时间", "实例ID"], ["0001", "一年级组", "{}", "a-b-c"]),
}  # fmt: skip


def test_every_known_tool_has_an_export_here() -> None:
    assert set(EXPORTS) == {tool.name for tool in TOOLS}


@pytest.mark.parametrize("tool", EXPORTS)
def test_the_columns_a_tool_adds_are_no_questions_and_do_not_leave(run: Run, tmp_path: Path, tool: str) -> None:
    head, row = EXPORTS[tool]
    asked = ["1、您的孩子所在学校（必填）", "2、您对食堂是否满意（必填）", "3、您对校车是否满意（必填）"]
    body = [
        [*(cell.format(f"2024/3/8 9:{i:02}:00") for cell in row), "第一小学", "满意" if i % 4 else "不满意", "满意"]
        for i in range(8)
    ]
    folder = office(tmp_path / "局", 导出__csv=written([[*head, *asked], *body]))
    ended = run("survey", str(folder), "--json")
    found = line(ended.json, "第一小学")
    assert (found["n"], found["satisfied"], found["knowing"]) == (8, 14, 16)
    assert len([q for q in ended.json["questions"] if q["unit"] is None]) == 2
    assert [o["question"] for o in ended.json["others"]] == []
    for secret in ("湖边的风", "198.51.100", "0001", "a-b-c", "一年级组"):
        assert secret not in ended.out + ended.err


def test_where_a_tool_was_verified_is_told_on_the_page() -> None:
    page = (Path(__file__).parents[1] / "docs" / "测评.md").read_text(encoding="utf-8")
    for tool in TOOLS:
        row = next(x for x in page.splitlines() if x.startswith(f"| {tool.name} |"))
        assert ("未核对" in row) is not bool(tool.seen)
