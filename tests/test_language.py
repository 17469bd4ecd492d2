"""The two demonstration schemes with their cases: each of the 26 capabilities has one that a clerk can read."""

import re
from pathlib import Path
from typing import Final

import pytest

from tests.builders import scheme
from zyw.cases import Case, load_cases, run_case
from zyw.ledger import Ledger
from zyw.scheme import load_scheme

HERE: Final = Path(__file__).parent / "data" / "schemes"
FILES: Final = sorted(HERE.glob("*.cases.yaml"))
ALL: Final = [(path, case) for path in FILES for case in load_cases(path.read_text(encoding="utf-8"), path.name)[0]]
CAPABILITIES: Final = 26


def text_of(path: Path) -> str:
    return (HERE / path.name.replace(".cases", "")).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_the_demonstration_schemes_and_their_cases_load_without_any_problem(path: Path) -> None:
    assert load_scheme(text_of(path), path.name)[1] == ()
    assert load_cases(path.read_text(encoding="utf-8"), path.name)[1] == ()


@pytest.mark.parametrize(("path", "case"), ALL, ids=[case.sentence for _, case in ALL])
def test_a_case_of_a_capability_comes_out_as_written(path: Path, case: Case) -> None:
    assert run_case(case, scheme(text_of(path), path.name)) == ()


def test_every_capability_of_real_schemes_has_a_case() -> None:
    shown = {int(number) for _, case in ALL for number in re.findall(r"\[(\d+)\]", case.sentence)}
    assert shown == set(range(1, CAPABILITIES + 1))


def test_a_table_that_nobody_gave_is_told_and_its_rules_move_nothing() -> None:
    from zyw.periods import Span, year_of
    from zyw.scoring import score

    period = year_of("2012")
    assert period is not None
    by = scheme(text_of(HERE / "points.yaml"), "points.yaml")
    scores, problems = score(Ledger(), by, Span(period, None, period.end))
    assert not len(scores.journal_rows)
    assert {each.code for each in problems} == {"C028"}
