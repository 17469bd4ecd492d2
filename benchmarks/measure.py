"""What one process costs: wall and CPU seconds, and the peak of memory summed over it and its children (Linux)."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

SAMPLE_SECONDS: Final = 0.02
KIB_PER_MIB: Final = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """One run, or the medians of several: seconds, seconds of CPU (user + system, children included), MiB."""

    wall: float
    cpu: float
    peak: float
    exit_code: int = 0


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run `command` in `folder` with its output thrown away; a program that cannot be started raises `OSError`."""
    silent = subprocess.DEVNULL
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, env=installed(), stdout=silent, stderr=silent) as process:
        sampler = _Sampler(process.pid)
        sampler.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        sampler.stop()
    return Cost(wall, usage.ru_utime + usage.ru_stime, sampler.peak, process.returncode)


def installed() -> dict[str, str]:
    """Return the environment without what keeps compiled modules from being used: an installed zyw has them."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def medians(costs: Sequence[Cost]) -> Cost:
    """Return the median of each measure; the exit code is the worst."""
    return Cost(
        median(cost.wall for cost in costs),
        median(cost.cpu for cost in costs),
        median(cost.peak for cost in costs),
        max(cost.exit_code for cost in costs),
    )


def paired(commands: Mapping[str, Sequence[str]], rounds: Mapping[str, int], folder: Path) -> dict[str, list[Cost]]:
    """Run the commands in turn, `rounds` times each; every second round goes backwards.

    So no command always comes first. A command with fewer rounds sits out the later ones; `ratio` compares run by run.
    """
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for turn in range(max(rounds.values())):
        for name in list(commands)[:: -1 if turn % 2 else 1]:
            if turn < rounds[name]:
                costs[name].append(run(commands[name], folder))
                last = costs[name][-1]
                print(
                    f"  {name} {turn + 1}: {last.wall:.2f} s, CPU {last.cpu:.2f} s, {last.peak:.0f} MiB",
                    file=sys.stderr,
                )
    return costs


def ratio(costs: Sequence[Cost], base: Sequence[Cost], measure: str) -> float:
    """Return the median over the rounds both took of `costs` ÷ `base` in `measure` (wall, cpu or peak)."""
    return median(
        float(getattr(one, measure) / getattr(other, measure)) for one, other in zip(costs, base, strict=False)
    )


class _Sampler(threading.Thread):
    """Looks every 20 ms at the resident memory of a process and all below it; pages they share count twice.

    Of the process itself the system's own high-water mark is taken, so that nothing between two looks is missed;
    `ru_maxrss` would do for that, but it begins with what the measuring process held when it forked.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self._pid = pid
        self._done = threading.Event()

    def run(self) -> None:
        waiting = True
        while waiting:
            waiting = not self._done.wait(SAMPLE_SECONDS if self.peak else 0.001)
            self.peak = max(self.peak, _highest(self._pid), sum(map(_resident, _family(self._pid))))

    def stop(self) -> None:
        self._done.set()
        self.join()


def _family(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        for task in Path(f"/proc/{found[-1]}/task").glob("*/children"):
            try:
                waiting += [int(child) for child in task.read_text().split()]
            except OSError:  # the process ended between the listing and the reading
                continue
    return found


def _highest(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / KIB_PER_MIB for line in lines if line.startswith("VmHWM")), 0.0)


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / KIB_PER_MIB**2
