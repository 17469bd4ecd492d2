"""Faults that a month must survive, as many of each as are asked for: `python -m tests.soak` at full size.

Kills at random moments, a disk that fills at random points, runs in a row without growth of memory, files or handles.
`make test` does a few of each (test_soak.py).
"""

import gc
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.small_office import ROSTER, SANCTIONS

WORDS: Final = ("run", "台账", "--month", "2012-05", "--quiet")
LIMITED: Final = (
    "import resource, signal, sys; from zyw import cli; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2); cli.main(sys.argv[2:])"
)


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def lay(above: Path, sanctions: str = SANCTIONS) -> Path:
    """Write the small office as a workspace; return the folder of its month."""
    office = above / "台账"
    office.mkdir(parents=True, exist_ok=True)
    (office / "名册.csv").write_text(ROSTER, encoding="utf-8")
    (office / "追责台账.csv").write_text(sanctions, encoding="utf-8")
    (office / "zyw.yaml").write_text("方案: dayuan-2011\n", encoding="utf-8")
    return office / "输出" / "2012-05"


OTHER: Final = SANCTIONS.replace("2,黄歇中学", "2,大垸小学")


def start(above: Path, *before: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, *(before or ("-m", "zyw")), *WORDS]
    return subprocess.Popen(command, cwd=above, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def whole(above: Path) -> float:
    """Run the month to its end; return the seconds it took."""
    began = time.monotonic()
    process = start(above)
    _, said = process.communicate()
    assert process.returncode == 0, said.decode()
    return time.monotonic() - began


def disturbed(times: int, disturb: Callable[[Path, float], None], seed: int) -> None:
    """Disturb a run `times` over a finished month of other ledgers; each time every file is whole and the next run mends.

    Raises `AssertionError` with what was neither old nor new.
    """
    del seed
    with tempfile.TemporaryDirectory() as folder:
        above = Path(folder)
        place = lay(above)
        whole(above)
        old = tree(place)
        lay(above, OTHER)
        seconds = whole(above)
        new = tree(place)
        for _ in range(times):
            shutil.rmtree(place.parent)
            lay(above)
            whole(above)
            assert tree(place) == old
            lay(above, OTHER)
            disturb(above, seconds)
            found = {name: data for name, data in tree(place).items() if not name.startswith(".~")}
            torn = [
                name
                for name, data in found.items()
                if name != "清单.json" and data not in (old.get(name), new.get(name))
            ]
            assert torn == []
            whole(above)
            assert tree(place) == new
            assert not list(place.parent.glob(".~*"))


def kills(times: int, seed: int = 1) -> None:
    """Kill the run at random moments."""
    chance = random.Random(seed)

    def kill(above: Path, seconds: float) -> None:
        process = start(above)
        time.sleep(chance.uniform(0.2, 1.0) * seconds)
        process.send_signal(signal.SIGKILL)
        process.communicate()

    disturbed(times, kill, seed)


def full_disks(times: int, seed: int = 2) -> None:
    """Let the disk fill at random points: no file may grow past so many bytes."""
    chance = random.Random(seed)

    def fill(above: Path, seconds: float) -> None:
        del seconds
        place = above / "台账" / "输出" / "2012-05"
        before = tree(place)
        process = start(above, "-c", LIMITED, str(chance.randrange(200, 12_000)))
        _, said = process.communicate()
        assert process.returncode in (0, 4), said.decode()
        if process.returncode == 4 and "清单.json" not in said.decode():
            after = tree(place)
            assert [name for name in before if name not in after] == []

    disturbed(times, fill, seed)


def in_a_row(times: int) -> tuple[int, int]:
    """Run the month `times` in this process; return by how many KiB and handles it grew after the first fifth."""
    from zyw import cli

    with tempfile.TemporaryDirectory() as folder:
        above, here = Path(folder), Path.cwd()
        lay(above)
        os.chdir(above)
        try:
            begun = (0, 0)
            for number in range(times):
                assert cli.run(list(WORDS)) == 0
                if number == max(times // 5, 1):
                    gc.collect()
                    begun = _size()
                    files = len(list(above.rglob("*")))
            gc.collect()
            assert len(list(above.rglob("*"))) == files
            ended = _size()
        finally:
            os.chdir(here)
    return ended[0] - begun[0], ended[1] - begun[1]


def _size() -> tuple[int, int]:
    """Return the resident KiB of this process and how many files it has open."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 1024, len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - a device folder


def main() -> None:
    """Do all of it at full size, or as many times as the first word says."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    for name, fault in (("SIGKILL", kills), ("disk full", full_disks)):
        began = time.monotonic()
        fault(times)
        print(f"{name}: {times} times, all files whole, each mended by the next run ({time.monotonic() - began:.0f} s)")
    runs = times * 50
    grown, handles = in_a_row(runs)
    print(f"{runs} runs in a row: {grown:+} KiB, {handles:+} handles")


if __name__ == "__main__":
    main()
