"""Which exit code a command that went to its end leaves with."""

import pytest

from zyw.exits import Exit, verdict
from zyw.problems import Problem, Severity


def of(*severities: Severity) -> list[Problem]:
    return [Problem("L001", severity, None, "", "") for severity in severities]


@pytest.mark.parametrize(
    ("severities", "missing", "strict", "code"),
    [
        ((), (), False, Exit.DONE),
        ((Severity.NOTE,), (), True, Exit.DONE),
        ((Severity.WARNING,), (), False, Exit.DONE),
        ((Severity.WARNING, Severity.NOTE), (), True, Exit.DATA),
        ((Severity.WARNING, Severity.ERROR), (), False, Exit.DATA),
        ((), ("a.xlsx",), False, Exit.INPUT),
        ((Severity.ERROR,), ("a.xlsx",), True, Exit.INPUT),
    ],
)
def test_a_missing_input_outweighs_an_error_and_an_error_a_doubt(
    severities: tuple[Severity, ...], missing: tuple[str, ...], strict: bool, code: Exit
) -> None:
    assert verdict(of(*severities), missing, strict=strict) is code
