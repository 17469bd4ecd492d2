"""The host's side: one child, started when it is first needed, asked for one file after the other."""

import atexit
import pickle
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO, Final

import zyw
from zyw.apart import wire
from zyw.limits import MIB, Limits
from zyw.problems import Place, Verbatim, ZywError, problem

_START: Final = "import sys; sys.path.insert(0, {root!r}); from zyw.apart.guest import main; main({memory}, {seconds})"


def ask(task: str, shown: str, limits: Limits, *arguments: object) -> Any:
    """Return what `zyw.apart.guest.TASKS[task]` makes of the arguments.

    Raises `ZywError`: what the task refuses; F010 when its parser fails; F029 when it takes too long, needs too much
    memory, or the child dies. Threads wait for each other.
    """
    with _LOCK:
        child = _child(limits)
        state, result = child.ask(task, arguments)
        if state not in {"done", "refused"}:
            _close()
    if state == "done":
        return result
    raise ZywError(result if state == "refused" else _told(state, shown, limits))


def _told(state: str, shown: str, limits: Limits) -> Any:
    place = Place(shown)
    if state == "failed":
        return problem("F010", place)
    if state == "late":
        reason, option = f"{limits.seconds} 秒还没有读完", f"--limit 秒数={limits.seconds * 5}"
    else:
        memory = limits.memory // MIB
        reason = f"要用的内存超过 {memory:,} MB" + ("" if state == "memory" else "，或内容损坏")
        option = f"--limit 内存={memory * 2}"
    return problem("F029", place, 原因=Verbatim(reason), 选项=Verbatim(option))


class _Child:
    """A running guest."""

    def __init__(self, limits: Limits) -> None:
        root = str(Path(zyw.__file__).parent.parent)
        code = _START.format(root=root, memory=limits.memory, seconds=limits.seconds)
        command = [sys.executable, "-P", "-c", code]
        self.limits = limits
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=quiet)

    def ask(self, task: str, arguments: tuple[object, ...]) -> tuple[str, Any]:
        """Return (state, result); state is `late` or `dead` when no answer came."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        clock = threading.Timer(self.limits.seconds, stop)
        clock.daemon = True
        clock.start()
        try:
            wire.put(_pipe(self._process.stdin), (task, arguments))
            state, result = wire.take_guarded(_pipe(self._process.stdout))
        except (OSError, EOFError, pickle.UnpicklingError, ValueError, TypeError, AttributeError, IndexError):
            return ("late" if late.is_set() else "dead"), None
        finally:
            clock.cancel()
        return state, result

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return self._process.poll() is None

    def close(self) -> None:
        """End it."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                _pipe(pipe).close()
            except OSError:  # what was still to be sent to a process that is gone
                continue
        self._process.wait()


def _pipe(stream: Any) -> BinaryIO:
    pipe: BinaryIO = stream
    return pipe


_LOCK: Final = threading.Lock()
_RUNNING: Final[list[_Child]] = []
"""The one child, or none."""


def _child(limits: Limits) -> _Child:
    if _RUNNING and not (_RUNNING[0].alive and _RUNNING[0].limits == limits):
        _close()
    if not _RUNNING:
        _RUNNING.append(_Child(limits))
    return _RUNNING[0]


@atexit.register
def _close() -> None:
    while _RUNNING:
        _RUNNING.pop().close()
