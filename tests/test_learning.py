import json
from datetime import date
from pathlib import Path

import pytest

from zyw import cli, console, workspace
from zyw.naming.aliases import parse_pair, proposals, refusal, usable_aliases
from zyw.naming.aliasfile import Alias, aliases_text, parse_aliases
from zyw.naming.roster import Roster
from zyw.naming.units import Unit

ROSTER = Roster((Unit("大垸中学", short=("大中",)), Unit("第一中学"), Unit("第二中学", code="0102")))
LINE = "{},王某,教师,通报批评,2012-04-02,是\r\n"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "zyw.yaml").write_text("方案: dayuan-2011\n", encoding="utf-8")
    (tmp_path / "名册.csv").write_text(
        "学校名称,学段,简称\r\n大垸中学,初中,大中\r\n第一中学,初中,\r\n", encoding="utf-8-sig"
    )
    head = "单位,姓名,职务,处理方式,处理时间,是否核实\r\n"
    (tmp_path / "追责.csv").write_text(head + LINE.format("大院中学") + LINE.format("XX"), encoding="utf-8-sig")
    return tmp_path


def unknown(office: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return the cells of which `zyw check --json` says that their unit is not known."""
    capsys.readouterr()
    cli.run(["check", str(office), "--json"])
    found = json.loads(capsys.readouterr().out)["problems"]
    return [each["cell"] for each in found if each["code"] == "U001"]


def test_a_typed_pair_is_remembered_with_who_and_when(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert unknown(office, capsys) == ["A2", "A3"]
    assert cli.run(["check", str(office), "--learn", "大院中学=大中", "--by", "王科长"]) == 1
    aliases = workspace.load_aliases(office)
    assert [(each.written, each.unit, each.who) for each in aliases] == [("大院中学", "大垸中学", "王科长")]
    assert unknown(office, capsys) == ["A3"]
    assert "已确认的写法" in run(office, capsys)


def run(office: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    cli.run(["check", str(office), *words])
    printed = capsys.readouterr()
    return printed.out + printed.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--learn", "第一中学=大垸中学"], "U017"),
        (["--learn", "大中=第一中学"], "U017"),
        (["--learn", "大院中学=大完中学"], "U017"),
        (["--learn", "=大垸中学"], "U015"),
        (["--learn=大院中学"], "U015"),
    ],
)
def test_a_pair_that_cannot_be_is_refused_and_nothing_is_remembered(
    words: list[str], code: str, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["check", str(office), *words, "--learn", "XX=第一中学"]) == 2
    assert f" {code}  " in capsys.readouterr().err
    assert not (office / workspace.ALIASES).exists()


def test_without_a_workspace_or_a_roster_there_is_nothing_to_learn(office: Path) -> None:
    assert cli.run(["check", str(office / "追责.csv"), "--learn", "大院中学=大垸中学"]) == 2
    (office / "名册.csv").unlink()
    assert cli.run(["check", str(office), "--learn", "大院中学=大垸中学"]) == 2


def test_where_nobody_can_be_asked_the_line_to_type_is_printed(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(office, capsys, "--learn")
    assert f"zyw check {office} --learn 大院中学=大垸中学" in told
    assert "XX=" not in told
    assert not (office / workspace.ALIASES).exists()


@pytest.mark.parametrize(("answer", "remembered"), [(True, 1), (False, 0), (None, 0)])
def test_at_a_terminal_each_clear_candidate_is_asked_about(
    answer: bool | None, remembered: int, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(console, "can_ask", lambda: True)

    def ask(question: str) -> bool | None:
        asked.append(question)
        return answer

    monkeypatch.setattr(console, "ask", ask)
    cli.run(["check", str(office), "--learn", "-q"])
    assert asked == ["“大院中学”就是 大垸中学 吗？"]
    assert len(workspace.load_aliases(office)) == remembered


def test_what_was_learnt_counts_in_every_command(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["check", str(office), "--learn", "大院中学=大垸中学", "-q"])
    capsys.readouterr()
    cli.run(["score", str(office), "--year", "2012", "--json"])
    units = {each["unit"]: each["score"] for each in json.loads(capsys.readouterr().out)["units"]}
    assert units["大垸中学"] == "98"


def test_the_file_reads_back_and_is_the_same_for_the_same_aliases() -> None:
    aliases = (
        Alias('大"院"中学', "大垸中学", "王\\某", date(2012, 6, 1)),
        Alias("一 中：", "第一中学", "李某", date(2012, 6, 2)),
    )
    assert parse_aliases(aliases_text(aliases)) == (tuple(sorted(aliases, key=lambda a: a.written)), ())
    assert aliases_text(aliases) == aliases_text(aliases[::-1])
    assert parse_aliases(aliases_text(())) == ((), ())


def test_a_fault_in_the_file_is_told_with_its_line() -> None:
    _, problems = parse_aliases("别名:\n  - 写法: 甲\n    单位: 乙\n    谁: 丙\n    日期: 2012-13-01\n")
    assert [(p.code, str(p.place)) for p in problems] == [
        ("P005", "别名.yaml:4:5"),
        ("P007", "别名.yaml:5:9"),
        ("P006", "别名.yaml:2:5"),
    ]


def test_an_alias_that_the_roster_contradicts_by_now_is_told_and_not_used() -> None:
    usable, problems = usable_aliases({"大中": "第一中学", "旧校": "没有的学校", "大院": "大垸中学"}, ROSTER.units)
    assert usable == {"大院": "大垸中学"}
    assert [p.code for p in problems] == ["U016", "U016"]


def test_a_confirmed_name_decides_before_rules_do_and_never_over_the_roster() -> None:
    assert Roster(ROSTER.units, {"一中": "大垸中学"}).match("一中").unit == "大垸中学"
    assert Roster(ROSTER.units, {"第一中学": "大垸中学"}).match("第一中学").unit == "第一中学"
    assert refusal("0102", "第一中学", ROSTER) is not None


def test_only_what_one_unit_alone_resembles_is_proposed() -> None:
    assert list(proposals(("大院中学", "第三中学", "教育局"), ROSTER)) == [("大院中学", "大垸中学")]


def test_a_pair_is_written_with_either_sign() -> None:
    assert parse_pair("甲 ＝ 乙校") == ("甲", "乙校")
    assert parse_pair("甲") is None
    assert parse_pair("甲=") is None
