"""Each code of the catalogue has a folder under tests/errors/ that brings it forth, or a reason why none can.

The command is `zyw check .` inside a copy of the folder, or what its `command.txt` says. `skipped.txt` lists, one a
line, the codes without a folder and why; those are shown by the tests of the module that reports them.
"""

import re

import pytest

from tests.docgen import ERRORS, command_of, copied, run
from zyw.problems import codes

FOLDERS = sorted(path.name for path in ERRORS.iterdir() if re.fullmatch(r"[A-Z]\d{3}", path.name))
SKIPPED = dict(
    line.split(maxsplit=1) for line in (ERRORS / "skipped.txt").read_text(encoding="utf-8").splitlines() if line.strip()
)


@pytest.mark.parametrize("code", FOLDERS)
def test_a_folder_brings_forth_its_code(code: str) -> None:
    with copied(code) as folder:
        exit_code, printed = run(command_of(code), folder)
    assert f" {code}  " in printed, printed
    assert exit_code not in (70, 130)
    assert "Traceback" not in printed


def test_every_code_has_a_folder_or_a_reason() -> None:
    assert set(FOLDERS) | set(SKIPPED) == set(codes())
    assert set(FOLDERS) & set(SKIPPED) == set()
