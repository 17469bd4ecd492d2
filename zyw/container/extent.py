"""The rectangle from A1 to the furthest value of a sheet, and which cell to name when it is too large.

The native reader allocates that whole rectangle, so it is measured before the reader is called.
"""

from zyw.sheets import letter


class Extent:
    """Grows with each cell that holds a value; rows count from 1, columns from 0."""

    def __init__(self) -> None:
        self.height = self.width = 0
        self.lowest = self.rightmost = (1, 0)

    def take(self, row: int, column: int) -> None:
        """Make the rectangle hold a cell."""
        if row > self.height:
            self.height, self.lowest = row, (row, column)
        if column >= self.width:
            self.width, self.rightmost = column + 1, (row, column)

    def far(self, max_cells: int) -> str | None:
        """Return the cell that stretches the rectangle beyond `max_cells`, None when none does.

        The lowest when the sheet is too long, else the rightmost.
        """
        if self.height * self.width <= max_cells:
            return None
        row, column = self.lowest if self.height > max_cells // 100 else self.rightmost
        return f"{letter(column)}{row}"
