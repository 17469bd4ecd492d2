"""What a workbook hides from the eye, and zyw reads all the same: rows, filtered rows, columns of the table."""

from collections.abc import Iterator, Mapping, Sequence

from zyw.intake.body import runs
from zyw.problems import Place, Problem, Verbatim, problem
from zyw.sheets import Grid, letter


def concealed(grid: Grid, rows: Sequence[int], labels: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a warning for each kind of hiding in the table's `rows` (the sheet's numbers) and columns.

    `labels` are the table's columns that zyw uses: letter → label.
    """
    filtered = set(grid.filtered_rows)
    hidden = set(grid.hidden_rows).intersection(rows)
    for code, found in (("S009", sorted(hidden - filtered)), ("F033", sorted(hidden & filtered))):
        if found:
            yield problem(code, Place(grid.file, grid.sheet, str(found[0])), rows=Verbatim(runs(found)))
    columns = [at for at in map(letter, grid.hidden_columns) if at in labels]
    if columns:
        named = Verbatim("、".join(f"{at}列“{labels[at]}”" for at in columns))
        yield problem("F032", Place(grid.file, grid.sheet, columns[0]), 列=named)
