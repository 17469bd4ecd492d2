"""The generated pages are fresh, and no page names a command, an option or a code that does not exist."""

import re
from pathlib import Path

import pytest

from tests import docgen
from zyw import cli
from zyw.catalogue import CODES
from zyw.commands.parameters import OPTIONS
from zyw.commands.scheme import COMMANDS as SCHEME_COMMANDS
from zyw.commands.template import COMMANDS as TEMPLATE_COMMANDS

PAGES = sorted([docgen.ROOT / "README.md", *(docgen.ROOT / "docs").glob("*.md")])
WRITTEN = [page for page in PAGES if docgen.GENERATED not in page.read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", ["docs/命令.md", "docs/问题代码.md"])
def test_a_generated_page_is_what_make_docs_writes(name: str) -> None:
    text = docgen.commands_page() if "命令" in name else docgen.codes_page()
    assert (docgen.ROOT / name).read_text(encoding="utf-8") == text, "run `make docs`"


def test_every_command_and_option_is_in_the_reference() -> None:
    text = (docgen.ROOT / "docs" / "命令.md").read_text(encoding="utf-8")
    own = [f"scheme {name}" for name in SCHEME_COMMANDS] + [f"template {name}" for name in TEMPLATE_COMMANDS]
    for name in [*cli.COMMANDS, *own]:
        assert f"## zyw {name}\n" in text
    for option in OPTIONS.values():
        assert all(name in text for name in (option.default, *(option.param_decls or ())) if isinstance(name, str))


@pytest.mark.parametrize("page", WRITTEN, ids=[p.name for p in WRITTEN])
def test_a_page_names_only_what_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    commands = set(re.findall(r"`zyw ([a-z]+)", text)) | set(re.findall(r"^\$ zyw ([a-z]+)", text, re.MULTILINE))
    assert commands <= set(cli.COMMANDS)
    named = set(re.findall(r"zyw rule ([A-Z]\d{3})", text))
    assert named <= {code.code for code in CODES} | {"X999"}


@pytest.mark.parametrize("page", PAGES, ids=[p.name for p in PAGES])
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_code_is_told_completely_and_once() -> None:
    assert len({code.code for code in CODES}) == len(CODES)
    for code in CODES:
        assert re.fullmatch(r"[A-Z]\d{3}", code.code)
        assert all((code.title, code.message, code.why, code.example)), code.code
        assert code.code[0] in docgen.FAMILIES
        advised = re.findall(r"zyw ([a-z]+)", code.hint + code.message)
        assert set(advised) <= {*cli.COMMANDS, "check"}, code.code
