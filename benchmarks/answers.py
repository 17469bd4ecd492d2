"""Large surveys beside the bare read and pandas: `python -m benchmarks.answers [SHEETS …]`.

A csv of so many answer sheets (15 questions of satisfaction, 23 columns) and a roster of 300 schools; `zyw survey`
reads, counts, weighs and looks for made-up sheets; `bare` makes lists of the cells; `pandas` reads categories.
"""

import argparse
import csv
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from benchmarks.measure import medians, paired, ratio

SCHOOLS: Final = 300
ASKED: Final = 15
WORDS: Final = ("非常满意", "满意", "一般", "不满意", "不了解")
WEIGHTS: Final = (30, 40, 15, 10, 5)
REMARKS: Final = ("", "", "", "无", "食堂的菜有点凉", "希望校门口安排人", "作业太多")
BARE: Final = "import csv,sys; list(csv.reader(open(sys.argv[1],encoding='utf-8-sig',newline='')))"
PANDAS: Final = "import pandas,sys; pandas.read_csv(sys.argv[1],dtype='category',na_filter=False,encoding='utf-8-sig')"


def rows(sheets: int, seed: int = 5) -> Iterator[list[str]]:
    """Yield header and answer sheets; the same seed, the same rows."""
    draw = random.Random(seed)
    head = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、您的孩子所在学校"]
    yield [*head, *(f"{n}、您对第{n}项是否满意" for n in range(2, ASKED + 2)), f"{ASKED + 2}、您的意见和建议"]
    start = datetime(2024, 3, 8, 7)
    for number in range(1, sheets + 1):
        at = start + timedelta(seconds=number * 3)
        address = ".".join(str(draw.randint(1, 250)) for _ in range(4))
        remark = draw.choice(REMARKS) + (str(number % 1000) if number % 7 == 0 else "")
        yield [
            str(number), f"{at:%Y/}{at.month}/{at.day} {at.hour}:{at:%M:%S}", f"{draw.randint(40, 300)}秒", "微信",
            "N/A", f"{address}(湖北-荆州)", f"第{draw.randrange(SCHOOLS)}小学",
            *draw.choices(WORDS, WEIGHTS, k=ASKED), remark,
        ]  # fmt: skip


def build(folder: Path, sheets: int) -> Path:
    """Write roster and export; return the export."""
    folder.mkdir()
    roster = "".join(f"第{i}小学,小学,{20 + i}\n" for i in range(SCHOOLS))
    (folder / "名册.csv").write_text(f"单位名称,学段,在职人数\n{roster}", encoding="utf-8")
    export = folder / "测评.csv"
    with export.open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target).writerows(rows(sheets))
    return export


def measured(folder: Path, sheets: int, rounds: int) -> str:
    """Return a row of the table."""
    export = build(folder / str(sheets), sheets)
    cells = f"格数={(sheets + 1) * (ASKED + 8)}"
    caps = ["--limit", cells, "--limit", f"文本={export.stat().st_size // 2**20 + 1}"]
    commands = {
        "zyw": [sys.executable, "-m", "zyw", "survey", str(export.parent), "--json", *caps],
        "bare": [sys.executable, "-c", BARE, str(export)],
        "pandas": [sys.executable, "-c", PANDAS, str(export)],
    }
    costs = paired(commands, dict.fromkeys(commands, rounds), folder)
    told = {name: medians(each) for name, each in costs.items()}
    if told["zyw"].exit_code:
        raise SystemExit(f"zyw ended with {told['zyw'].exit_code}")
    figures = [f"{told[name].cpu:.1f} / {told[name].peak:.0f}" for name in commands]
    shares = [f"{ratio(costs['zyw'], costs[name], 'cpu'):.2f}" for name in ("bare", "pandas")]
    return "| " + " | ".join([f"{sheets:,}", *figures, *shares]) + " |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="large surveys beside the bare read and pandas")
    parser.add_argument("sheets", nargs="*", type=int, default=[300_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print("| sheets | zyw, CPU s / MiB | bare | pandas | CPU ÷ bare | CPU ÷ pandas |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for sheets in options.sheets:
            print(measured(Path(folder), sheets, options.rounds), flush=True)


if __name__ == "__main__":
    main()
