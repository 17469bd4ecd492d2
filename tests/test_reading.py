from pathlib import Path
from threading import Event
from typing import Any

import pytest

from zyw import reading
from zyw.problems import ZywError, problem
from zyw.unlocking import Reader


def test_a_mistake_on_the_line_is_told_without_waiting_for_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "台账.csv").write_text("单位,问题\n一小,甲\n", encoding="utf-8")
    told = Event()

    def slow(*_: Any, **__: Any) -> tuple[None, tuple[()]]:
        assert told.wait(30), "the body waited for the file"
        return None, ()

    monkeypatch.setattr(Reader, "read", slow)
    with pytest.raises(ZywError), reading.begun([tmp_path]):
        raise ZywError(problem("G010", 照抄="zyw"))
    told.set()


def test_settling_ends_where_no_file_reaches_the_native_reader(tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 no zip")
    (tmp_path / "空.csv").write_bytes(b"")
    (tmp_path / "台账.csv").write_text("单位,问题\n一小,甲\n", encoding="utf-8")
    with reading.begun([tmp_path]) as begun:
        begun.settle()
        ledger, problems = begun.finish()
    assert {"坏.xlsx", "空.csv"} <= set(ledger.missing_inputs)
    assert len(ledger.rows["问题台账"]) == 1
    assert {"F003"} <= {found.code for found in problems}
