"""A small sound office on disk, and command lines run in its folder: fixtures of the tests of commands."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from zyw import cli

ROSTER = "单位名称,学段,主要负责人\n大垸中学,初中,周全\n黄歇中学,初中,吴起\n大垸小学,小学,郑和\n"
SANCTIONS = (
    "案号,单位,姓名,职务,处理方式,处理时间,来源,是否核实\n"
    "1,大垸中学,周全,校长,通报批评,2012-04-02,督查暗访,\n"
    "2,黄歇中学,吴用,教师,诫勉谈话,2012-05-11,督查暗访,\n"
    "3,黄歇中学,李明,教师,通报批评,2012-06-01,群众举报,否\n"
)


class Ended:
    """What one command line gave."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run: TypeAlias = Callable[..., Ended]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run command lines in an empty folder, with a state folder of their own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def one(*words: str) -> Ended:
        code = cli.run(list(words))
        captured = capsys.readouterr()
        return Ended(code, captured.out, captured.err)

    return one


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A small sound office."""
    folder = tmp_path / "台账"
    folder.mkdir()
    (folder / "名册.csv").write_text(ROSTER, encoding="utf-8")
    (folder / "追责台账.csv").write_text(SANCTIONS, encoding="utf-8")
    return folder


def broken(office: Path) -> None:
    (office / "大垸小学.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
