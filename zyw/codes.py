"""What a kind of problem is: its code, how much it matters, its texts. `zyw.catalogue` holds the kinds themselves."""

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How much a problem matters; the Chinese word is what a clerk reads, `word` what JSON says."""

    ERROR = "错误"
    WARNING = "警告"
    NOTE = "提示"

    @property
    def word(self) -> str:
        """The name used in JSON: error, warning or note."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem, as the catalogue declares it.

    `message` and `hint` are templates over named facts; `why` says what the check protects,
    `example` shows what triggers it. `exit` is the exit code when the problem stops a run.
    """

    code: str
    severity: Severity
    title: str
    message: str
    hint: str
    why: str
    example: str
    exit: int = 1
