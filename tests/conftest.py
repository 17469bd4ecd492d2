"""Flags of the test run."""

import pytest
from hypothesis import settings

from tests.small_office import office, run

__all__ = ["office", "run"]

# No test looks at the clock: a busy machine is no fault of the code. The same examples each time, so that what passes
# here passes elsewhere; `make search` draws new ones (`--hypothesis-profile=search`).
settings.register_profile("zyw", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None)
settings.load_profile("zyw")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files instead of comparing")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Say whether golden files are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))
