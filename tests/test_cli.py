"""The app as a clerk and as cron meet it: exit codes, streams, JSON, help, and what is never shown."""

import itertools
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from xlsxwriter import Workbook

import zyw
from tests.small_office import SANCTIONS, Run, broken
from tests.word_files import texts
from zyw import cli, errorlog
from zyw.exits import Exit
from zyw.library import scheme_ids

YEAR = ("--scheme", "dayuan-2011", "--year", "2012")


def faulty(office: Path) -> None:
    (office / "追责台账.csv").write_text(
        SANCTIONS + "4,大垸小学,王五,教师,通报批评,2012-06-31,督查暗访,\n", encoding="utf-8"
    )


def doubtful(office: Path) -> None:
    (office / "问题台账.csv").write_text("单位,问题,完成期限\n大垸小学,通道堵塞,2012年5月底\n", encoding="utf-8")
    (office / "~$追责台账.csv").write_bytes(b"x")


def without_roster(office: Path) -> None:
    (office / "名册.csv").unlink()


def foreign(office: Path) -> None:
    (office.parent / "排名.xlsx").write_bytes(b"mine")


SITUATIONS: list[tuple[str, Callable[[Path], None] | None, tuple[str, ...], int]] = [
    ("all sound", None, ("check", "台账"), 0),
    ("scored", None, ("score", "台账", *YEAR), 0),
    ("ranked", None, ("rank", "台账", *YEAR), 0),
    ("explained", None, ("explain", "大垸中学", "台账", *YEAR), 0),
    ("a fault in the data, checked", faulty, ("check", "台账"), 1),
    ("a fault in the data, ranked all the same", faulty, ("rank", "台账", *YEAR), 1),
    ("a doubt only", doubtful, ("check", "台账"), 0),
    ("a doubt, strictly", doubtful, ("check", "台账", "--strict"), 1),
    ("no such command", None, ("ranks", "台账"), 2),
    ("no such option", None, ("rank", "台账", "--moth", "2012-05"), 2),
    ("nothing to do it with", None, ("rank",), 2),
    ("no period", None, ("score", "台账", "--scheme", "dayuan-2011"), 2),
    ("no scheme", None, ("score", "台账", "--year", "2012"), 2),
    ("unknown scheme", None, ("score", "台账", "--scheme", "dayuan2011", "--year", "2012"), 2),
    ("two periods", None, ("score", "台账", *YEAR, "--month", "2012-05"), 2),
    ("across two years", None, ("score", "台账", *YEAR[:2], "--from", "2011-12-01", "--to", "2012-01-31"), 2),
    ("nobody of that name", None, ("explain", "大院中学", "台账", *YEAR), 2),
    ("no such paper", None, ("report", "montly", "台账", *YEAR, "-o", "文书"), 2),
    ("an empty word", None, ("rank", "", *YEAR), 2),
    ("an empty place for the result", None, ("rank", "台账", *YEAR, "-o", ""), 2),
    ("an example among real ledgers", None, ("demo", "台账"), 4),
    ("no such level", None, ("rank", "台账", *YEAR, "--level", "公开"), 2),
    ("a form that is not written", None, ("rank", "台账", *YEAR, "-o", "排名.doc"), 2),
    ("no roster to rank", without_roster, ("rank", "台账", *YEAR), 2),
    ("no roster to score", without_roster, ("score", "台账", *YEAR), 0),
    ("no such input", None, ("check", "没有"), 3),
    ("an unreadable input, checked", broken, ("check", "台账"), 3),
    ("an unreadable input, scored", broken, ("score", "台账", *YEAR), 3),
    ("an unreadable input, not ranked", broken, ("rank", "台账", *YEAR, "-o", "排名.xlsx"), 3),
    ("an unreadable input, ranked without it", broken, ("rank", "台账", *YEAR, "--skip-bad"), 3),
    ("a foreign file in the way", foreign, ("rank", "台账", *YEAR, "-o", "排名.xlsx"), 4),
    ("no such folder to run", None, ("run", "没有", *YEAR), 3),
    ("unknown code", None, ("rule", "X999"), 2),
]


@pytest.mark.parametrize(("situation", "change", "words", "code"), SITUATIONS, ids=[s[0] for s in SITUATIONS])
def test_each_situation_has_its_exit_code(
    situation: str,
    change: Callable[[Path], None] | None,
    words: tuple[str, ...],
    code: int,
    request: pytest.FixtureRequest,
) -> None:
    office, run = request.getfixturevalue("office"), request.getfixturevalue("run")
    if change:
        change(office)
    ended = run(*words)
    assert ended.code == code, ended.err
    assert "Traceback" not in ended.out + ended.err
    assert not re.search(r"\b(Error|Usage|Missing|Invalid)\b", ended.out + ended.err)
    if code in (2, 3, 4):
        assert re.search("[\u4e00-\u9fff]", ended.out + ended.err)


def test_another_run_that_holds_the_lock_gives_five(office: Path, run: Run) -> None:
    from zyw.month.lock import locked

    with locked(office):
        ended = run("run", "台账", *YEAR)
    assert (ended.code, "G040" in ended.err) == (5, True)


def test_a_lock_file_left_behind_blocks_nobody(office: Path) -> None:
    from zyw.month.lock import LOCK, locked

    with locked(office):
        pass
    (office / LOCK).touch()
    with locked(office):
        pass


def test_a_bug_gives_seventy_and_a_log_without_data(
    office: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object, **__: object) -> None:
        secret = "13800138000 周全"
        raise RuntimeError(secret)

    monkeypatch.setattr("zyw.pipeline.scored", fail)
    ended = run("score", "台账", *YEAR)
    log = next((tmp_path / "state" / "zyw").iterdir())
    text = log.read_text(encoding="utf-8")
    assert ended.code == 70
    assert "内部错误，编号" in ended.err
    assert str(log) in ended.err
    assert log.stat().st_mode & 0o777 == 0o600
    assert "builtins.RuntimeError" in text
    assert re.search(r"commands/score\.py:\d+ score", text)
    for words in (ended.out, ended.err, text):
        assert "13800138000" not in words
        assert "周全" not in words


def test_in_a_workspace_the_log_lies_beside_it(office: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (office / "zyw.yaml").write_text("方案: dayuan-2011\n", encoding="utf-8")
    monkeypatch.setattr("zyw.pipeline.scored", lambda *_: 1 / 0)
    run("score", "台账", "--year", "2012")
    assert list((office / ".zyw").glob("*.log"))


def test_where_no_log_can_be_written_the_number_is_said_all_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "state").write_text("a file", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    number, log = errorlog.record(ValueError("x"), None)
    assert log is None
    assert re.fullmatch(r"\d{8}-\d{6}-[0-9a-f]{4}", number)


def test_an_interruption_gives_a_hundred_and_thirty(office: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("zyw.pipeline.scored", interrupt)
    ended = run("score", "台账", *YEAR)
    assert (ended.code, "被中断" in ended.err or "Ctrl+C" in ended.err) == (130, True)


def test_data_is_on_stdout_and_talk_on_stderr(office: Path, run: Run) -> None:
    faulty(office)
    checked, scored = run("check", "台账"), run("score", "台账", *YEAR)
    assert "错误 L002" in checked.out
    assert "L002" not in checked.err
    assert "L002" not in scored.out
    assert "错误 L002" in scored.err
    assert "大垸中学" in scored.out


def test_quiet_leaves_only_the_result(office: Path, run: Run) -> None:
    faulty(office)
    ended = run("score", "台账", *YEAR, "--quiet")
    assert (ended.err, ended.code) == ("", 1)
    assert "大垸中学" in ended.out


def test_check_writes_nothing(office: Path, run: Run, tmp_path: Path) -> None:
    faulty(office)
    before = sorted(tmp_path.rglob("*"))
    run("check", "台账")
    assert sorted(tmp_path.rglob("*")) == before


SCORE_KEYS = {
    "version", "scheme", "period", "reporting", "as_of", "units", "journal", "persons", "not_counted", "notes",
    "missing_inputs", "problems",
}  # fmt: skip


def test_the_json_of_a_score_has_every_key_of_the_contract(office: Path, run: Run) -> None:
    made = run("score", "台账", *YEAR, "--json").json
    assert set(made) == SCORE_KEYS
    assert (made["version"], made["scheme"], made["reporting"]) == (1, "dayuan-2011", None)
    assert made["period"] == {"from": "2012-01-01", "to": "2012-12-31"}
    first = made["units"][0]
    assert first == {
        "unit": "大垸中学", "kind": "初中", "base": "100", "score": "95", "consequences": ["取消评先资格"],
        "rows_not_used": 0,
    }  # fmt: skip
    moves = [row for row in made["journal"] if row["unit"] == "大垸中学" and row["consequence"] is None]
    assert moves == [
        {
            "unit": "大垸中学", "person": "周全", "rule": "主要领导追责", "clause": "五(三)4办法2", "date": "2012-04-02",
            "quantity": "1", "points": "-5", "consequence": None,
            "origins": [{"file": "追责台账.csv", "sheet": None, "row": 2, "cells": ["C2", "D2", "E2", "F2"]}],
        }
    ]  # fmt: skip
    assert made["not_counted"][0]["person"] == "李明"
    assert {"unit", "person", "consequence", "from", "to", "clause"} == set(made["persons"][0])
    assert all(row["points"] == "0" for row in made["journal"] if row["consequence"] is not None)


def test_every_score_is_its_base_and_its_journal(office: Path, run: Run) -> None:
    from decimal import Decimal

    made = run("score", "台账", *YEAR, "--json").json
    for unit in made["units"]:
        points = sum(Decimal(row["points"]) for row in made["journal"] if row["unit"] == unit["unit"])
        assert Decimal(unit["base"]) + points == Decimal(unit["score"])


def test_the_json_of_a_ranking_adds_the_places(office: Path, run: Run) -> None:
    made = run("rank", "台账", *YEAR, "--json").json
    assert set(made) == SCORE_KEYS
    places = {u["unit"]: (u["group"], u["rank"], u["of"], u["tied"], u["excluded"]) for u in made["units"]}
    assert places == {
        "黄歇中学": ("初中", 1, 2, False, None),
        "大垸中学": ("初中", 2, 2, False, None),
        "大垸小学": ("小学", 1, 1, False, None),
    }


def test_the_json_of_a_check_says_what_each_sheet_was_taken_for(office: Path, run: Run) -> None:
    made = run("check", "台账", "--json").json
    assert set(made) == {"version", "sheets", "problems"}
    roster = next(sheet for sheet in made["sheets"] if sheet["file"] == "名册.csv")
    assert (roster["table"], roster["header_rows"], roster["rows"]) == ("名册", [1], 3)
    assert roster["columns"][0] == {"column": "A", "label": "单位名称", "field": "单位名称"}


@pytest.mark.parametrize(
    ("words", "code"),
    [(("ranks",), 2), (("score", "台账", "--year", "2012"), 2), (("rank", "台账", *YEAR, "-o", "排名.xlsx"), 4)],
)
def test_on_two_and_four_the_json_holds_only_the_problems(
    words: tuple[str, ...], code: int, office: Path, run: Run
) -> None:
    foreign(office)
    ended = run(*words, "--json")
    assert ended.code == code
    assert set(ended.json) == {"version", "problems"}
    assert set(ended.json["problems"][0]) == {"code", "severity", "file", "sheet", "cell", "message", "hint"}


def test_on_one_and_three_the_json_is_complete(office: Path, run: Run) -> None:
    broken(office)
    scored, ranked = run("score", "台账", *YEAR, "--json"), run("rank", "台账", *YEAR, "--json")
    assert scored.code == ranked.code == 3
    assert set(scored.json) == set(ranked.json) == SCORE_KEYS
    assert scored.json["missing_inputs"] == ranked.json["missing_inputs"] == ["大垸小学.xlsx"]
    assert {unit["rank"] for unit in ranked.json["units"]} == {None}
    assert ranked.json["problems"][0]["code"] == "G030"


def test_an_unreadable_roster_is_an_unreadable_input(office: Path, run: Run) -> None:
    (office / "名册.csv").write_bytes(b"")
    (office / "名册.xlsx").write_bytes(b"PK\x03\x04")
    assert run("rank", "台账", *YEAR).code == 3
    assert run("rank", "台账", *YEAR, "--skip-bad").code == 2
    assert run("rank", "没有这里", *YEAR).code == 3


def test_with_skip_bad_places_are_given_and_the_file_is_named(office: Path, run: Run) -> None:
    broken(office)
    ended = run("rank", "台账", *YEAR, "--skip-bad")
    assert "黄歇中学" in ended.out
    assert "缺：大垸小学.xlsx" in ended.out
    assert "大垸小学.xlsx" in ended.err


def test_an_unreadable_input_leaves_nothing_written(office: Path, run: Run, tmp_path: Path) -> None:
    broken(office)
    for words in (("rank", "台账", "-o", "排名.xlsx"), ("report", "monthly", "台账", "-o", "文书"), ("run", "台账")):
        assert run(*words, *YEAR).code == 3
    assert not (tmp_path / "排名.xlsx").exists()
    assert not (tmp_path / "文书").exists()
    assert not (office / "输出").exists()


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_scores_are_written_beside_the_ledgers_and_not_read_again(office: Path, run: Run, ending: str) -> None:
    before = run("score", "台账", *YEAR, "--json").json
    assert run("score", "台账", *YEAR, "-o", f"台账/得分.{ending}").code == 0
    after = run("score", "台账", *YEAR, "--json").json
    assert after["units"] == before["units"]
    assert after["journal"] == before["journal"]
    assert run("score", "台账", *YEAR, "-o", f"台账/得分.{ending}").code == 0


def test_a_ranking_says_how_many_rows_counted_for_nobody(office: Path, run: Run, tmp_path: Path) -> None:
    rows = "7,大院中学,吴起,校长,通报批评,2012-06-01,督查暗访,\n8,,李明,教师,通报批评、诫勉谈话,2012-06-02,督查暗访,\n"
    (office / "追责台账.csv").write_text(SANCTIONS + rows, encoding="utf-8")
    assert "缺：台账有 2 行没有写明单位，或单位不在名册里，没有计入任何单位" in run("rank", "台账", *YEAR).out
    run("report", "monthly", "台账", *YEAR, "-o", "文书")
    text = "\n".join(texts((tmp_path / "文书" / "督查通报.docx").read_bytes()))
    assert "未计入得分的2行" in text
    (office / "追责台账.csv").write_text(SANCTIONS, encoding="utf-8")
    assert "缺：" not in run("rank", "台账", *YEAR).out


def test_a_title_that_only_looks_like_a_heads_is_asked_about_and_not_taken_for_one(office: Path, run: Run) -> None:
    rows = "7,黄歇中学,吴起,代理校长,通报批评,2012-06-01,督查暗访,\n8,黄歇中学,李明,片区专干,通报批评,2012-06-02,督查暗访,\n"
    (office / "追责台账.csv").write_text(SANCTIONS + rows, encoding="utf-8")
    told = run("score", "台账", *YEAR, "--json").json
    hints = {each["message"][3:7]: each["hint"] for each in told["problems"] if each["code"] == "C006"}
    assert "里面有“校长”" in hints["代理校长"]
    assert "里面有" not in hints["片区专干"]
    assert [row["points"] for row in told["journal"] if row["person"] == "吴起" and not row["consequence"]] == ["-2"]


def test_the_order_of_the_inputs_changes_nothing(office: Path, run: Run) -> None:
    more = "4,大垸小学,郑和,校长,通报批评,2012-06-31,督查暗访,\n5,大垸小学,郑和,校长,通报批评,2012-06-30,督查暗访,\n"
    (office.parent / "追责.csv").write_text(SANCTIONS + more, encoding="utf-8")
    files = ["台账", "追责.csv", "没有.xlsx", "台账/追责台账.csv"]
    first, *others = (run("score", *order, *YEAR, "--json") for order in itertools.permutations(files))
    assert first.json["journal"]
    assert len(first.json["problems"]) > 1
    assert all(other.out == first.out for other in others)


@pytest.mark.parametrize(
    "words",
    [
        ("rank", "台账", "-o", "台账/名册.csv"),
        ("rank", "链接.csv", "台账/追责台账.csv", "-o", "台账/名册.csv"),
        ("run", "台账", "-o", "台账"),
    ],
)
def test_an_input_is_not_replaced_by_a_result_even_if_asked(
    office: Path, run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "链接.csv").symlink_to(office / "名册.csv")
    made_by_hand = office / "排名.xlsx"
    if words[0] == "run":
        with Workbook(made_by_hand) as book:
            book.add_worksheet().write_row(0, 0, ["说明"])
    before = {path: path.read_bytes() for path in office.iterdir() if path.is_file()}
    ended = run(*words, *YEAR, "--overwrite")
    assert ended.code == 4
    assert "W005" in ended.err
    assert {path: path.read_bytes() for path in office.iterdir() if path.is_file()} == before


def test_a_ledger_of_the_rules_that_was_not_given_is_told_and_an_issue_ledger_with_measures_stands_for_it(
    office: Path, run: Run
) -> None:
    (office / "追责台账.csv").unlink()
    assert "G035" in [each["code"] for each in run("rank", "台账", *YEAR, "--json").json["problems"]]
    assert "G035" not in [each["code"] for each in run("check", "台账", *YEAR, "--json").json["problems"]]
    (office / "问题台账.csv").write_text("单位,问题,当事人,处理结果\n大垸中学,迟到,周全,已整改\n", encoding="utf-8")
    assert "G035" not in [each["code"] for each in run("rank", "台账", *YEAR, "--json").json["problems"]]


def test_a_missing_period_or_scheme_gives_a_line_to_copy(office: Path, run: Run) -> None:
    no_period, no_scheme = run("rank", "台账", "--scheme", "dayuan-2011"), run("rank", "台账", "--month", "2012-05")
    assert re.search(r"zyw rank 台账 --scheme dayuan-2011 --month \d{4}-\d\d", no_period.err)
    assert "zyw rank 台账 --scheme dayuan-2011 --month 2012-05" in no_scheme.err


def test_the_line_to_copy_runs(office: Path, run: Run) -> None:
    line = re.search(r"zyw (rank .*?)。", run("rank", "台账", "--month", "2012-05").err)
    assert line
    assert run(*line[1].split()).code == 0


def test_suggestions_for_what_was_mistyped(office: Path, run: Run) -> None:
    assert "rank" in run("rnak").err
    assert "--month" in run("rank", "台账", "--moth", "2012-05").err
    assert "dayuan-2011" in run("score", "台账", "--scheme", "dayuan2011", "--year", "2012").err
    assert "monthly" in run("report", "montly", "台账", *YEAR, "-o", "x").err
    assert "大垸中学" in run("explain", "大院中学", "台账", *YEAR).err


def test_what_a_ranking_without_a_roster_says_makes_a_roster(office: Path, run: Run) -> None:
    without_roster(office)
    ended = run("rank", "台账", *YEAR)
    assert "zyw form 名册 -o 名册.xlsx" in ended.err
    assert run("form", "名册", "-o", "名册.xlsx").code == 0


def test_a_workspace_gives_the_scheme_and_the_inputs(office: Path, run: Run) -> None:
    (office / "zyw.yaml").write_text("方案: dayuan-2011\n输入: [名册.csv]\n", encoding="utf-8")
    made = run("score", "台账", "--year", "2012", "--json").json
    assert made["scheme"] == "dayuan-2011"
    assert {unit["score"] for unit in made["units"]} == {"100"}


@pytest.mark.parametrize("text", ["方安: dayuan-2011\n", "输入: [a]\n", "方案: [\n", "方案: dayuan-2011\n方案: x\n"])
def test_a_faulty_workspace_file_is_refused_with_its_place(text: str, office: Path, run: Run) -> None:
    (office / "zyw.yaml").write_text(text, encoding="utf-8")
    ended = run("score", "台账", "--year", "2012")
    assert ended.code == 2
    assert "zyw.yaml" in ended.err


def test_persons_of_one_name_in_two_units_are_told_apart(office: Path, run: Run) -> None:
    (office / "追责台账.csv").write_text(
        SANCTIONS + "9,大垸小学,吴用,教师,通报批评,2012-07-01,督查暗访,\n", encoding="utf-8"
    )
    ended = run("explain", "吴用", "台账", *YEAR)
    assert "黄歇中学　吴用" in ended.out
    assert "大垸小学　吴用" in ended.out
    both = run("explain", "吴用", "台账", *YEAR, "--json").json
    assert {row["unit"] for row in both["journal"]} == {"黄歇中学", "大垸小学"}


def test_an_explanation_adds_up_and_names_cell_rule_and_clause(office: Path, run: Run) -> None:
    out = run("explain", "黄歇中学", "台账", *YEAR).out
    assert "得分：100 - 2 = 98" in out
    assert "追责台账.csv ▸ C3" in out
    assert "规则 干部教师追责（依据 五(三)4办法2）" in out
    assert "未计入" in out
    assert "李明" in out


def test_help_is_chinese_in_every_command(run: Run) -> None:
    for words in (
        [],
        *([name] for name in cli.COMMANDS),
        *(["scheme", name] for name in ("list", "show", "check", "test")),
    ):
        ended = run(*words, "--help")
        assert ended.code == 0
        assert ended.out.startswith("用法：zyw")
        assert not re.search(r"Usage|Options|Commands|Show this|Arguments|required|default", ended.out)
        assert all(len(line.encode("gb18030", "replace")) <= 80 for line in ended.out.splitlines())


def test_each_command_says_in_the_list_what_its_own_help_says(run: Run) -> None:
    listed = run("--help").out
    for name, (_, text) in cli.COMMANDS.items():
        assert name in listed
        assert text in listed.replace("\n" + " " * 28, "")


def test_nothing_at_all_shows_the_help_and_is_a_usage_fault(run: Run) -> None:
    ended = run()
    assert (ended.code, ended.out) == (2, "")
    assert "用法：zyw" in ended.err


HEAVY = ("pandas", "numpy", "openpyxl", "xlsxwriter", "docx", "docxtpl", "rich", "yaml", "rapidfuzz")


@pytest.mark.parametrize(
    "code",
    ["import zyw.cli", "from zyw import cli; cli.run(['--help'])", "from zyw import cli; cli.run(['rank', '--help'])"],
)
def test_help_loads_nothing_heavy(code: str) -> None:
    asked = f"import sys\n{code}\nprint([m for m in {HEAVY!r} if m in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "[]"


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").out == f"zyw {zyw.__version__}\n"


def test_exit_codes_are_the_contracts() -> None:
    assert [int(code) for code in Exit] == [0, 1, 2, 3, 4, 5, 70, 130]
    assert all(code.meaning for code in Exit)


@pytest.fixture(scope="module")
def started() -> Iterator["subprocess.Popen[bytes]"]:
    """A whole process that has begun to wait for its input."""
    with tempfile.TemporaryDirectory() as folder:
        pipe = Path(folder) / "台账.csv"
        os.mkfifo(pipe)
        code = (
            "import signal, time\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a background job has none
            "from zyw import cli, given\n"
            "def wait(*a, **k):\n    print('x', flush=True)\n    time.sleep(60)\n"
            "given.read = wait\ncli.main(['check', 'a'])\n"
        )
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        yield process
        process.kill()
        process.wait()


def test_ctrl_c_ends_a_real_process_with_one_hundred_and_thirty(started: "subprocess.Popen[bytes]") -> None:
    import signal

    assert started.stdout
    assert started.stderr
    started.stdout.readline()
    started.send_signal(signal.SIGINT)
    begun = time.monotonic()
    assert started.wait(timeout=20) == 130
    assert time.monotonic() - begun < 20
    assert "Traceback" not in started.stderr.read().decode()


def test_schemes_are_listed_and_shown_as_json_too(run: Run) -> None:
    listed, shown = run("scheme", "list", "--json"), run("scheme", "show", "dayuan-2011", "--json")
    assert listed.code == shown.code == 0
    assert [one["scheme"] for one in listed.json["schemes"]] == list(scheme_ids())
    assert (shown.json["base"], shown.json["issued"]) == ("100", "2011-12-24")
    assert [rule["clause"] for rule in shown.json["rules"]] == ["五(三)4办法2"] * 3
    assert {note["clause"] for note in shown.json["notes"]} >= {None, "六(三)"}


def test_without_a_name_the_cases_of_every_built_in_scheme_are_tried(run: Run) -> None:
    ended = run("scheme", "test", "--json")
    assert ended.code == 0
    assert len(ended.json["cases"]) > 20


def test_a_ranked_table_saved_as_csv_among_the_ledgers_is_not_read_again(office: Path, run: Run) -> None:
    assert run("rank", "台账", *YEAR, "-o", "台账/排名.csv").code == 0
    made = run("rank", "台账", *YEAR, "--json").json
    assert "S011" in {problem["code"] for problem in made["problems"]}
    assert "U004" not in {problem["code"] for problem in made["problems"]}


def test_a_check_without_a_scheme_says_what_it_did_not_look_at(office: Path, run: Run) -> None:
    assert "U008" in run("check", "台账").out
    assert "U008" not in run("check", "台账", "--scheme", "dayuan-2011").out


def test_ranking_loads_no_frames(tmp_path: Path) -> None:
    """Loading pandas takes longer than scoring ten thousand rows; only papers and explanations need it."""
    office = str(Path(__file__).parents[1] / "examples" / "dayuan-2011")
    words = ["rank", office, "--scheme", "dayuan-2011", "--year", "2012", "-o", str(tmp_path / "排名.xlsx")]
    code = f"import sys; from zyw import cli; cli.run({words!r}); sys.exit('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, check=False)
    assert (tmp_path / "排名.xlsx").exists()
    assert done.returncode == 0
