"""The commands that a clerk copies from the pages work, and print what the pages show."""

from __future__ import annotations

import pytest

from tests.walkthrough import PAGES, ROOT, commands, fresh


@pytest.mark.parametrize("name", PAGES)
def test_page_has_commands_of_zyw(name: str) -> None:
    page = (ROOT / name).read_text(encoding="utf-8")
    assert [line for line in commands(page) if line.startswith("zyw ")]


@pytest.mark.parametrize("name", PAGES)
def test_commands_of_a_page_print_what_it_shows(name: str) -> None:
    """When this fails after a change that was meant: `python -m tests.walkthrough` writes the pages anew."""
    page = (ROOT / name).read_text(encoding="utf-8")
    assert fresh(page) == page
