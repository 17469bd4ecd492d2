"""What the child runs: a question in, an answer out, until the host is gone."""

import os
import signal
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, BinaryIO, Final

from zyw.apart import wire
from zyw.problems import ZywError

TASKS: Final[Mapping[str, tuple[str, str]]] = {
    "xlsx": ("zyw.formats.ooxml", "parse"),
    "xls": ("zyw.formats.xls", "parse"),
    "xlsb": ("zyw.formats.xlsb", "parse"),
    "ods": ("zyw.formats.ods", "parse"),
    "xml": ("zyw.formats.xml2003", "parse"),
    "web": ("zyw.formats.web", "parse"),
    "unlock": ("zyw.formats.locked", "unlock"),
}
"""What can be asked for: the function that answers."""
GRACE_SECONDS: Final = 10


def main(memory: int, seconds: int) -> None:
    """Answer until the host closes the pipe. `memory` is in bytes; beside the host's clock there is one of our own."""
    limit_memory(memory)
    questions, answers = sys.stdin.buffer, _own_output()
    while True:
        try:
            task, arguments = wire.take_trusted(questions)
        except EOFError:
            return
        if hasattr(signal, "alarm"):
            signal.alarm(seconds + GRACE_SECONDS)  # for the day when the host is killed while we work
        wire.put(answers, answer(task, arguments))


def _own_output() -> BinaryIO:
    """Return the pipe to the host; what a library prints goes nowhere."""
    pipe = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, not a path of ours
        os.dup2(nowhere.fileno(), 1)
    return pipe


def answer(task: str, arguments: tuple[Any, ...]) -> tuple[str, Any]:
    """Return ("done", result), ("refused", problems), ("memory", None) or ("failed", None)."""
    module, name = TASKS[task]
    function: Callable[..., Any] = getattr(import_module(module), name)
    try:
        return "done", function(*arguments)
    except ZywError as refused:
        return "refused", refused.problems
    except MemoryError:
        return "memory", None
    except Exception:  # a fault in a parser is a file that cannot be read, not the end of the run
        return "failed", None


def limit_memory(size: int) -> None:
    """Limit what this process may allocate, where the system can."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
