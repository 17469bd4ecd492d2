"""Measure zyw beside its two yardsticks in one go and write `benchmarks/RESULTS.md`: `python -m benchmarks.run`.

Each job is a process of its own; they take turns, so that a busy machine slows all of them alike. Ratios are
medians of the ratios of runs that followed each other. `--only` names the parts to
measure, `--rounds` sets how often.
"""

import argparse
import csv
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks import county, returns
from benchmarks.measure import Cost, medians, paired, ratio

ROOT: Final = Path(__file__).parent.parent
HEAD: Final = "# Results\n\nWritten by `python -m benchmarks.run`; what it means: [README.md](README.md).\n"
PERIOD: Final = ("--scheme", "dayuan-2011", "--year", "2012")
LIBRARIES: Final = ("pandas", "python-calamine", "XlsxWriter", "openpyxl", "docxtpl", "typer")
SEED: Final = 1


@dataclass(frozen=True, slots=True)
class Size:
    """One size of the job, with the goal for wall time over the bare cost."""

    rows: int
    sheets: int
    goal: float
    rounds: int
    plain_rounds: int

    def __str__(self) -> str:
        return f"{self.rows // 1000}k rows + {self.sheets // 1000}k sheets"


SIZES: Final = (
    Size(10_000, 10_000, 2.0, 9, 3),
    Size(10_000, 100_000, 1.7, 5, 2),
    Size(100_000, 100_000, 2.4, 5, 2),
)


def zyw(*arguments: str | Path) -> list[str]:
    """Return the command line of zyw in this interpreter."""
    return [sys.executable, "-m", "zyw", *map(str, arguments)]


def rank(files: county.Files, output: Path, survey: Path | None = None) -> list[str]:
    """Return the command that does the whole job: read, score, rank, write the ranked workbook."""
    inputs = (files.roster, files.ledger, survey or files.survey)
    return zyw("rank", *inputs, *PERIOD, "-o", output, "--overwrite", "--quiet")


def script(name: str, files: county.Files, output: Path) -> list[str]:
    """Return the command of a yardstick."""
    inputs = (files.roster, files.ledger, files.survey)
    return [sys.executable, "-m", f"benchmarks.{name}", *map(str, inputs), "-o", str(output)]


def same_scores(files: county.Files, output: Path) -> int:
    """Return how many units score the same by zyw and by the plain script; raises `SystemExit` if one differs."""
    told = output / "plain.json"
    subprocess.run([*script("plain", files, output / "plain.xlsx"), "--scores", str(told)], cwd=ROOT, check=True)
    inputs = (files.roster, files.ledger, files.survey)
    table = output / "zyw.csv"
    subprocess.run(zyw("rank", *inputs, *PERIOD, "-o", table, "--overwrite", "--quiet"), cwd=ROOT, check=False)
    with table.open(encoding="utf-8-sig", newline="") as stream:
        ours = {line["单位"]: line["得分"] for line in csv.DictReader(stream)}
    theirs = json.loads(told.read_text(encoding="utf-8"))
    if ours != theirs:
        differing = [name for name in theirs if theirs[name] != ours.get(name)]
        raise SystemExit(f"{len(differing)} scores differ, first {differing[:3]}")
    return len(ours)


def row(name: str, cost: Cost, *cells: str) -> str:
    """Return a line of a table: name, wall, CPU, peak, then `cells`."""
    return f"| {name} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.peak:.0f} | {' | '.join(cells)} |"


def jobs(cache: Path, factor: float) -> list[str]:
    """Measure the whole job in its three sizes."""
    lines = []
    for size in SIZES:
        files = county.build(cache, seed=SEED, rows=size.rows, sheets=size.sheets)
        equal = same_scores(files, cache)
        commands = {
            "zyw": rank(files, cache / "zyw.xlsx"),
            "zyw, survey as csv": rank(files, cache / "zyw-csv.xlsx", files.survey_csv),
            "bare": script("bare", files, cache / "bare.xlsx"),
            "plain": script("plain", files, cache / "plain.xlsx"),
        }
        many, few = max(1, round(size.rounds * factor)), max(1, round(size.plain_rounds * factor))
        rounds = {"zyw": many, "bare": many, "zyw, survey as csv": few, "plain": few}
        costs = paired(commands, rounds, ROOT)
        lines += _job_table(size, costs, equal)
    return lines


def _job_table(size: Size, costs: dict[str, list[Cost]], equal: int) -> list[str]:
    over = ratio(costs["zyw"], costs["bare"], "wall")
    share = ratio(costs["zyw"], costs["plain"], "wall")
    peak = medians(costs["zyw"]).peak
    told = (
        f"{equal} scores equal to the plain script's. Wall over bare **{over:.2f}** (goal ≤ {size.goal}), "
        f"over plain **{share:.2f}** (goal ≤ 0.25 at 100k + 100k), peak **{peak:.0f} MiB** (goal < 500)."
    )
    lines = [f"### {size}", "", told, "", "| | wall s | CPU s | peak MiB | wall ÷ bare | CPU ÷ bare | runs |"]
    lines.append("|---|---|---|---|---|---|---|")
    for name, found in costs.items():
        ratios = (f"{ratio(found, costs['bare'], measure):.2f}" for measure in ("wall", "cpu"))
        lines.append(row(name, medians(found), *ratios, str(len(found))))
    return [*lines, ""]


def startup(cache: Path, factor: float) -> list[str]:
    """Measure `zyw --help` beside the import of typer."""
    del cache
    commands = {"zyw --help": zyw("--help"), "import typer": [sys.executable, "-c", "import typer"]}
    costs = paired(commands, dict.fromkeys(commands, max(1, round(21 * factor))), ROOT)
    over = ratio(costs["zyw --help"], costs["import typer"], "wall")
    lines = [f"Wall over `import typer` **{over:.2f}** (goal ≤ 2.5).", ""]
    lines += ["| | wall s | CPU s | peak MiB | runs |", "|---|---|---|---|---|"]
    return [*lines, *(row(name, medians(found), str(len(found))) for name, found in costs.items()), ""]


def linear(cache: Path, factor: float) -> list[str]:
    """Measure growth with the rows of the ledger, the survey staying at 10 000 sheets."""
    lines = ["| ledger rows | wall s | CPU s | peak MiB | CPU s a further 10k rows |"]
    lines.append("|---|---|---|---|---|")
    before: tuple[int, float] | None = None
    for rows in (10_000, 20_000, 50_000, 100_000):
        files = county.build(cache, seed=SEED, rows=rows, sheets=10_000)
        command = {"zyw": rank(files, cache / "zyw.xlsx")}
        cost = medians(paired(command, {"zyw": max(1, round(3 * factor))}, ROOT)["zyw"])
        slope = f"{(cost.cpu - before[1]) / (rows - before[0]) * 10_000:.2f}" if before else ""
        lines.append(row(f"{rows:,}", cost, slope))
        before = (rows, cost.cpu)
    return [*lines, ""]


def notices(cache: Path, factor: float) -> list[str]:
    """Measure 300 得分告知单 beside plain docxtpl on the same template and the same values."""
    files = county.build(cache, seed=SEED, rows=10_000, sheets=10_000)
    commands = {
        name: [
            sys.executable,
            "-m",
            "benchmarks.notices",
            name,
            str(files.roster),
            str(files.ledger),
            str(cache / name),
        ]
        for name in ("zyw", "docxtpl", "values")
    }
    costs = paired(commands, dict.fromkeys(commands, max(1, round(5 * factor))), ROOT)
    ours, theirs, base = (medians(costs[name]) for name in commands)
    wall, cpu = ((ours.wall - base.wall) / (theirs.wall - base.wall), (ours.cpu - base.cpu) / (theirs.cpu - base.cpu))
    told = (
        f"Share of plain docxtpl: wall **{wall:.2f}**, CPU **{cpu:.2f}** (goal ≤ 0.125), when the reading and scoring "
        "that both need (`values`) is taken off."
    )
    lines = [told, "", "| | wall s | CPU s | peak MiB | runs |", "|---|---|---|---|---|"]
    return [*lines, *(row(name, medians(found), str(len(found))) for name, found in costs.items()), ""]


def marking(cache: Path, factor: float) -> list[str]:
    """Measure marking a workbook of 10 000 rows beside openpyxl loading and saving it."""
    files = county.build(cache, seed=SEED, rows=10_000, sheets=10_000)
    module, marked = [sys.executable, "-m", "benchmarks.marking"], cache / "marked.xlsx"
    commands = {
        "zyw": [*module, "zyw", str(files.ledger), str(marked)],
        "openpyxl": [*module, "openpyxl", str(files.ledger), str(cache / "saved.xlsx")],
        "unmark": [*module, "unmark", str(marked), str(cache / "unmarked.xlsx")],
    }
    costs = paired(commands, dict.fromkeys(commands, max(1, round(5 * factor))), ROOT)
    shares = [f"**{ratio(costs[name], costs['openpyxl'], 'cpu'):.3f}**" for name in ("zyw", "unmark")]
    told = f"500 cells marked. CPU over openpyxl: marking {shares[0]} (goal ≤ 0.15), taking marks off {shares[1]}."
    lines = [told, "", "| | wall s | CPU s | peak MiB | runs |", "|---|---|---|---|---|"]
    return [*lines, *(row(name, medians(found), str(len(found))) for name, found in costs.items()), ""]


def returned(cache: Path, factor: float) -> list[str]:
    """Measure reading 300 small returns beside the bare read of the same files."""
    folder = returns.build(cache)
    commands = {way: [sys.executable, "-m", "benchmarks.returns", way, str(folder)] for way in returns.WAYS}
    costs = paired(commands, dict.fromkeys(commands, max(1, round(7 * factor))), ROOT)
    read, taken = (ratio(costs[way], costs["bare"], "cpu") for way in ("read", "taken"))
    lines = [
        f"CPU over the bare read: the files read **{read:.2f}**, taken into a ledger **{taken:.2f}** (goal ≤ 6).",
        "",
    ]
    lines += ["| | wall s | CPU s | peak MiB | runs |", "|---|---|---|---|---|"]
    return [*lines, *(row(name, medians(found), str(len(found))) for name, found in costs.items()), ""]


PARTS: Final = {
    "jobs": ("The whole job: `zyw rank … -o 排名.xlsx`", jobs),
    "startup": ("Start-up", startup),
    "notices": ("300 unit notices", notices),
    "marking": ("A return marked: 10 000 rows", marking),
    "returns": ("300 returns of 30 rows", returned),
    "linear": ("Growth with the rows of the ledger (10k sheets)", linear),
}


def circumstances() -> str:
    """Return what the numbers of a part depend on."""
    kept = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.split(":")[1].strip() for line in info if line.startswith("model name")), "?")
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · Python {platform.python_version()} · {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} cores ({model}) · {kept} · load at the start {os.getloadavg()[0]:.1f}"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what was asked for, keep each part below the cache, and put all that is there into `RESULTS.md`."""
    parser = argparse.ArgumentParser(description="zyw beside its yardsticks")
    parser.add_argument("--only", default=",".join(PARTS), help="parts, joined by commas: " + ", ".join(PARTS))
    parser.add_argument("--rounds", type=float, default=1.0, help="times the usual number of runs (0.4: quicker)")
    parser.add_argument("--cache", type=Path, default=ROOT / county.CACHE)
    parser.add_argument("-o", dest="output", type=Path, default=Path(__file__).with_name("RESULTS.md"))
    options = parser.parse_args(arguments)
    options.cache.mkdir(parents=True, exist_ok=True)
    for name in options.only.split(","):
        title, measured = PARTS[name]
        lines = [f"## {title}", "", circumstances(), "", *measured(options.cache, options.rounds)]
        (options.cache / f"{name}.md").write_text("\n".join(lines), encoding="utf-8")
    kept = [options.cache / f"{name}.md" for name in PARTS]
    parts = [HEAD, *(path.read_text(encoding="utf-8") for path in kept if path.exists())]
    options.output.write_text("\n".join(parts).rstrip() + "\n", encoding="utf-8")
    print(options.output)


if __name__ == "__main__":
    main()
