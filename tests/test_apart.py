"""Reading in a process of its own: whatever ends it is one problem of one file."""

import io
import os
import pickle
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests import old_formats as old
from tests.errors.make_files import HEAD, ROWS, SHEET, patched, sheet_xml, workbook
from zyw.apart import guest, host, wire
from zyw.limits import MIB, Limits
from zyw.problems import Place, Problem, ZywError, problem
from zyw.sheets import Fill, Grid, Merge
from zyw.workbook import read_book

TEXTS = [HEAD, *ROWS]
GOOD = old.xls({"台账": old.table(TEXTS)})


def codes(folder: Path, data: bytes, limits: Limits | None = None, name: str = "a.xls") -> list[str]:
    path = folder / name
    path.write_bytes(data)
    return [p.code for p in read_book(path, name, limits)[1]]


def running() -> Any:
    return host._RUNNING[0]._process


def test_one_process_reads_every_file(tmp_path: Path) -> None:
    assert codes(tmp_path, GOOD) == []
    first = running().pid
    assert codes(tmp_path, GOOD) == []
    assert running().pid == first != os.getpid()


def test_an_odd_xlsx_is_read_there_too(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(patched(workbook(), {SHEET: sheet_xml("<row><c><v>1</v></c><c><v>2</v></c></row>")}))
    host._close()
    book, problems = read_book(path, "a.xlsx")
    assert book is not None
    assert (book.grids[0].rows, problems) == ([[1.0, 2.0]], ())
    assert host._RUNNING
    host._close()
    path.write_bytes(workbook())
    assert read_book(path, "a.xlsx")[0] is not None
    assert not host._RUNNING


def test_a_process_that_was_killed_is_one_problem_and_the_next_file_is_read(tmp_path: Path) -> None:
    codes(tmp_path, GOOD)
    running().kill()
    running().wait()
    assert codes(tmp_path, GOOD) == []  # it was seen to be gone
    real, first = host._Child.ask, [True]

    def killed(self: Any, task: str, arguments: tuple[object, ...]) -> tuple[str, Any]:
        if first.pop() if first else False:
            self._process.kill()
        return real(self, task, arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(host._Child, "ask", killed)
        path = tmp_path / "b.xls"
        path.write_bytes(GOOD)
        _, problems = read_book(path, "b.xls")
        assert [p.code for p in problems] == ["F029"]
        assert "损坏" in problems[0].message
        assert codes(tmp_path, GOOD) == []


def test_a_file_that_takes_too_long_is_stopped_by_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "_START", "import time; time.sleep(60); {root!r}, {memory}, {seconds}")
    host._close()
    path = tmp_path / "a.xls"
    path.write_bytes(GOOD)
    began = time.monotonic()
    _, problems = read_book(path, "a.xls", Limits(seconds=1))
    assert [p.code for p in problems] == ["F029"]
    assert "1 秒" in problems[0].message
    assert "--limit 秒数=5" in problems[0].hint
    assert time.monotonic() - began < 20
    host._close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of memory for a process")
def test_a_process_without_memory_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(GOOD)
    _, problems = read_book(path, "a.xls", Limits(memory=MIB))
    assert [p.code for p in problems] == ["F029"]
    assert "--limit 内存=2" in problems[0].hint


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of memory for a process")
def test_what_needs_more_memory_than_allowed_is_refused_while_this_process_stays_small(tmp_path: Path) -> None:
    wide = "".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c><c t="n" r="ALL{n}"><v>1</v></c></row>' for n in range(1, 9000)
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(patched(workbook(), {SHEET: sheet_xml(wide)}))
    _, problems = read_book(path, "a.xlsx", Limits(memory=200 * MIB))
    assert [p.code for p in problems] == ["F029"]
    assert read_book(path, "a.xlsx")[0] is not None


def test_a_fault_in_a_parser_is_a_file_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a bug")

    def starve(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("zyw.formats.xls.parse", fail)
    assert guest.answer("xls", (b"", "a", Limits())) == ("failed", None)
    monkeypatch.setattr("zyw.formats.xls.parse", starve)
    assert guest.answer("xls", (b"", "a", Limits())) == ("memory", None)


def test_what_the_guest_refuses_comes_back_as_it_was() -> None:
    with pytest.raises(ZywError) as refused:
        host.ask("xls", "a.xls", Limits(), b"nothing", "a.xls", Limits())
    assert [(p.code, p.place) for p in refused.value.problems] == [("F006", Place("a.xls"))]


def through(message: object) -> Any:
    pipe = io.BytesIO()
    wire.put(pipe, message)
    pipe.seek(0)
    return wire.take_guarded(pipe)


def test_grids_and_problems_go_over_the_wire_whole() -> None:
    one = Grid("a", "台账", [["x", 1.5, True]], merges=(Merge(1, 0, 2, 0),), errors={"A1": "#REF!"},
               uncalculated=frozenset({"B2"}), fills=(Fill(1, 0, "FF0000"),))  # fmt: skip
    told: Problem = problem("F010", Place("a", "台账", "A1"))
    assert through(("done", ((one,), (told,)))) == ("done", ((one,), (told,)))


class Trap:
    """What a guest that was taken over might send."""

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return os.system, ("true",)


def test_the_host_builds_nothing_but_plain_values_and_its_own_records() -> None:
    for message in (Trap(), pickle.Unpickler, Path("x")):
        with pytest.raises(pickle.UnpicklingError):
            through(message)


def test_a_cut_off_answer_is_a_dead_guest() -> None:
    pipe = io.BytesIO()
    wire.put(pipe, ("done", ["x" * 1000]))
    with pytest.raises((EOFError, pickle.UnpicklingError)):
        wire.take_guarded(io.BytesIO(pipe.getvalue()[:500]))
