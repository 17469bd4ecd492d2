"""Files with a password: from the environment or asked for, never written anywhere."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from tests import old_formats as old
from tests.errors.make_files import HEAD, ROWS, patched, workbook
from zyw.files import Found
from zyw.formats import locked
from zyw.limits import Limits
from zyw.problems import Problem, ZywError
from zyw.sheets import Book
from zyw.unlocking import VARIABLE, Reader
from zyw.workbook import read_book

TEXTS = [HEAD, *ROWS]
WORD = "钥匙Schlüssel9"


def encrypted(password: str = WORD, data: bytes | None = None) -> bytes:
    from msoffcrypto.format import ooxml

    out = io.BytesIO()
    ooxml.OOXMLFile(io.BytesIO(data or workbook())).encrypt(password, out)
    return out.getvalue()


ENCRYPTED = encrypted()


def lay(folder: Path, data: bytes = ENCRYPTED, name: str = "台账.xlsx") -> Found:
    (folder / name).write_bytes(data)
    return Found(folder / name, name)


def rows(book: Book | None) -> list[list[object]]:
    assert book is not None
    return [list(row) for row in book.grids[0].rows]


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [p.code for p in problems]


def test_a_password_of_the_environment_opens_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, WORD)
    book, problems = Reader(Limits(), None).read(lay(tmp_path))
    assert (rows(book), problems) == (TEXTS, ())


def test_without_a_password_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    book, problems = Reader(Limits(), None).read(lay(tmp_path))
    assert book is None
    assert codes(problems) == ["F005"]
    assert "密码" in problems[0].message
    assert VARIABLE in problems[0].hint
    assert "不加密" in problems[0].hint


def test_a_wrong_password_is_told_from_none_and_never_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "falsch7")
    _, problems = Reader(Limits(), None).read(lay(tmp_path))
    assert codes(problems) == ["F028"]
    assert "falsch7" not in problems[0].message + problems[0].hint


def test_a_person_is_asked_and_the_answer_opens_the_files_that_follow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    answers, questions = ["nein", WORD], []

    def ask(question: str) -> str:
        questions.append(question)
        return answers.pop(0)

    reader = Reader(Limits(), ask)
    one, two = lay(tmp_path), lay(tmp_path, encrypted(), "二.xlsx")
    begun = reader.read(two)  # before anybody was asked
    assert rows(reader.settled(one, reader.read(one))[0]) == TEXTS
    assert rows(reader.settled(two, begun)[0]) == TEXTS
    assert len(questions) == 2
    assert all("台账.xlsx" in question for question in questions)


def test_nobody_is_asked_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    asked: list[str] = []

    def wrong(question: str) -> str:
        asked.append(question)
        return "nein"

    reader, found = Reader(Limits(), wrong), lay(tmp_path)
    assert codes(reader.settled(found, reader.read(found))[1]) == ["F028"]
    assert len(asked) == 3
    reader = Reader(Limits(), lambda _: "")
    assert codes(reader.settled(found, reader.read(found))[1]) == ["F005"]


def test_only_a_file_with_a_password_makes_anybody_ask(tmp_path: Path) -> None:
    def never(_: str) -> str:
        raise AssertionError

    reader, found = Reader(Limits(), never), lay(tmp_path, b"%PDF-1.7")
    assert codes(reader.settled(found, reader.read(found))[1]) == ["F004"]


def test_a_read_only_recommended_workbook_opens_without_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    book, problems = Reader(Limits(), None).read(lay(tmp_path, encrypted(locked.KNOWN_TO_ALL)))
    assert (rows(book), problems) == (TEXTS, ())


def test_an_old_workbook_loses_its_password_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, WORD)
    _, problems = Reader(Limits(), None).read(
        lay(tmp_path, old.xls({"台账": old.table(TEXTS)}, extra=old.LOCKED), "a.xls")
    )
    assert codes(problems) == ["F028"]


def test_what_is_inside_must_be_a_workbook_and_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, WORD)
    inner = patched(workbook(), {"xl/workbook.xml": None, "word/document.xml": b"<w/>"})
    assert codes(Reader(Limits(), None).read(lay(tmp_path, encrypted(data=inner)))[1]) == ["F004"]
    assert codes(Reader(Limits(), None).read(lay(tmp_path, ENCRYPTED[: len(ENCRYPTED) - 3000]))[1]) in (
        ["F005"],
        ["F028"],
    )


def test_without_the_library_the_remedy_is_to_save_it_or_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locked, "can_unlock", lambda: False)
    with pytest.raises(ZywError) as refused:
        locked.unlock(b"", "a.xlsx", (), Limits())
    assert codes(refused.value.problems) == ["F005"]
    assert "zyw[encrypted]" in refused.value.problems[0].hint


def test_a_password_on_the_command_line_is_no_option(tmp_path: Path) -> None:
    from zyw.commands.parameters import OPTIONS

    assert not any("密码" in option.help or "password" in name for name, option in OPTIONS.items())


def test_the_password_stands_in_no_command_line_of_the_reading_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zyw.apart import host

    read_book(lay(tmp_path).path, "a", passwords=(WORD,))
    assert WORD not in " ".join(map(str, host._RUNNING[0]._process.args))  # type: ignore[arg-type]


def test_a_run_without_a_terminal_does_not_wait_for_a_password(tmp_path: Path) -> None:
    lay(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "zyw", "check", str(tmp_path / "台账.xlsx")],
        input="",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        encoding="utf-8",
    )
    assert done.returncode == 3
    assert "F005" in done.stdout
