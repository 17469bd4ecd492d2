"""Many workspaces at once, what a machine lacks, and the lines by which a system runs the month."""

import shlex
import shutil
from pathlib import Path

import pytest

from tests.small_office import Run, broken
from zyw.agenda.schedule import Timing, cron, service, timer, windows
from zyw.month.batch import Ended, verdict

MONTH = ("--month", "2012-05")


@pytest.fixture
def three(office: Path) -> Path:
    """Three workspaces in one folder: a sound one, one with an input that cannot be read, one without its scheme."""
    (office / "zyw.yaml").write_text("方案: dayuan-2011\n", encoding="utf-8")
    above = office.parent / "各分局"
    for name in ("东", "西", "南"):
        shutil.copytree(office, above / name)
    broken(above / "西")
    (above / "南" / "zyw.yaml").write_text("方案: 没有\n", encoding="utf-8")
    return above


def test_one_that_fails_stops_no_other_and_each_is_told(three: Path, run: Run) -> None:
    ended = run("batch", "各分局", *MONTH, "--jobs", "2", "--json")
    codes = {each["folder"]: each["exit_code"] for each in ended.json["workspaces"]}
    assert codes == {"各分局/东": 0, "各分局/南": 2, "各分局/西": 3}
    assert ended.code == 3
    assert "各分局/西" in ended.err
    assert (three / "东" / "输出" / "2012-05" / "排名.xlsx").is_file()
    assert not (three / "西" / "输出").exists()


def test_a_folder_without_workspaces_and_a_wrong_period_are_refused_before_any_is_run(three: Path, run: Run) -> None:
    (three.parent / "空").mkdir()
    assert run("batch", "空", *MONTH).code == 3
    assert run("batch", "各分局", "--month", "2012-13").code == 2
    assert run("batch", "各分局", "--jobs", "0").code == 2
    assert not (three / "东" / "输出").exists()


@pytest.mark.parametrize(
    ("codes", "whole"), [([0, 0], 0), ([0, 1], 1), ([1, 2], 3), ([5, 0], 3), ([70, 1], 3), ([130, 3], 130)]
)
def test_the_gravest_of_many_is_told(codes: list[int], whole: int) -> None:
    assert verdict([Ended("x", code, "") for code in codes]) == whole


def test_a_line_for_cron_runs_as_a_shell_reads_it() -> None:
    folder = "/srv/50% 台账's"
    line = cron("/opt/z y/zyw", folder, Timing(5, 7, 30))
    assert line.startswith("30 7 5 * * ")
    assert "\\%" in line
    words = shlex.split(line.removeprefix("30 7 5 * * ").replace("\\%", "%"))
    assert words == ["/opt/z y/zyw", "run", folder, "--quiet", "--summary", f"{folder}/.zyw/小结.txt"]


def test_the_unit_and_the_timer_say_when_and_what() -> None:
    assert 'ExecStart="/opt/zyw" run "/srv/5%% $$x" --quiet' in service("/opt/zyw", "/srv/5% $x")
    assert "OnCalendar=*-*-05 07:30:00" in timer(Timing(5, 7, 30))
    assert "Persistent=true" in timer(Timing())


def test_the_windows_task_quotes_a_folder_with_blanks() -> None:
    made = windows(r"C:\Program Files\zyw.exe", r"D:\治庸 问责", Timing(1, 6, 0))
    assert made.endswith(r'/TR "\"C:\Program Files\zyw.exe\" run \"D:\治庸 问责\" --quiet"')
    assert '/TN "zyw 治庸 问责"' in made


def test_the_lines_are_printed_for_this_workspace(three: Path, run: Run) -> None:
    ended = run("schedule", "各分局/东", "--print", "--day", "5", "--time", "7:30")
    assert ended.code == 0
    assert f"'{three / '东'}'" in ended.out
    for words in (("--day", "31"), ("--day", "0"), ("--time", "25:00"), ("--time", "六点")):
        assert run("schedule", "各分局/东", *words).code == 2
    assert run("schedule", "没有").code == 3
    assert set(run("schedule", "各分局/东", "--json").json) >= {"cron", "systemd_service", "systemd_timer", "windows"}


def test_a_doctor_says_what_is_lacking_and_where(three: Path, run: Run) -> None:
    sound = run("doctor", "各分局/东", "--json")
    states = {each["what"]: each["state"] for each in sound.json["checks"]}
    assert (sound.code, states["zyw.yaml"], states["写入权限"], states["锁"], states["台账"]) == (0, *["好"] * 4)
    faulty = run("doctor", "各分局/南")
    assert (faulty.code, "没有叫“没有”的方案" in faulty.out) == (1, True)
    assert run("doctor").code in (0, 1)


def test_a_doctor_sees_who_holds_the_lock(three: Path, run: Run) -> None:
    from zyw.month.lock import locked

    with locked(three / "东"):
        ended = run("doctor", "各分局/东")
    assert "另一次运行正在写" in ended.out
