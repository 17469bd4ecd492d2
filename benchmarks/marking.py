"""One ledger marked, beside openpyxl loading and saving it: `python -m benchmarks.marking ENGINE LEDGER OUT`.

`zyw` marks a cell in every twentieth row (fill, comment, remark, list with links), `unmark` takes the marks off what it
wrote. `openpyxl` only loads the workbook and saves it, and loses pictures in cells, sparklines and results of formulas.
"""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

EVERY: Final = 20
HEADER: Final = 4
LAST: Final = 15
COLUMNS: Final = "BEHKN"


def by_zyw(source: Path, target: Path) -> None:
    """Mark some cells of the first sheet."""
    from zyw.container import outline
    from zyw.container.parts import open_container
    from zyw.limits import Limits
    from zyw.marking.marks import Table, mark
    from zyw.marking.rounds import Finding
    from zyw.problems import Severity

    data = source.read_bytes()
    sheet = outline.sheets(open_container(data, source.name, Limits()))[0].name
    rows = range(HEADER + 1, HEADER + 1 + 10_000, EVERY)
    told = "处理时间", "“处理时间”读不懂日期“24/3/1”", "改正确。"
    cells = [f"{COLUMNS[i % 5]}{row}" for i, row in enumerate(rows)]
    found = [Finding("L001", Severity.ERROR, sheet, cell, *told) for cell in cells]
    target.write_bytes(mark(data, found, [Table(sheet, HEADER, LAST)]).data)


def clean(source: Path, target: Path) -> None:
    """Take the marks off what `zyw` marked."""
    from zyw.container.parts import open_container
    from zyw.limits import Limits
    from zyw.marking.removal import unmark

    found = unmark(open_container(source.read_bytes(), source.name, Limits()))
    assert found is not None
    target.write_bytes(found.data)


def by_openpyxl(source: Path, target: Path) -> None:
    """Load and save."""
    import openpyxl

    openpyxl.load_workbook(source).save(target)


ENGINES: Final[Mapping[str, Callable[[Path, Path], None]]] = {"zyw": by_zyw, "unmark": clean, "openpyxl": by_openpyxl}


def main() -> None:
    """Do one of them."""
    parser = argparse.ArgumentParser(description="mark one ledger, or load and save it")
    parser.add_argument("engine", choices=ENGINES)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    options = parser.parse_args()
    ENGINES[options.engine](options.source, options.target)


if __name__ == "__main__":
    main()
