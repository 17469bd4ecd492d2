"""What people have decided about reading, for every step of it: where a table is, what its columns mean, who is who.

The reader decides by itself what it can; a decision of a person wins. The shell reads them from the workspace.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from zyw.problems import Place
from zyw.workdays.table import NONE, Holidays

if TYPE_CHECKING:
    from zyw.survey.headings import Tool

NOT_READ: Final = "不读"
"""Said of a sheet or a column: it is left alone."""


@dataclass(frozen=True, slots=True, eq=False)
class Pin:
    """What a sheet is, said by a person: `file` and `sheet` are patterns with `*` over the shown path and the name.

    `table` is a table's name or 不读. `columns` maps a column's letter, or its label, to a field or 不读. What a pin
    leaves out the reader decides. `place` is where it stands in zyw.yaml.
    """

    file: str
    sheet: str = "*"
    table: str = ""
    header_rows: tuple[int, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = None
    form: "Tool | None" = None
    """The form tool whose export it is, told by a person."""

    def covers(self, file: str, sheet: str) -> bool:
        """Say whether the pin is about this sheet; a pattern without `/` is also held against the file's bare name."""
        bare = file.rpartition("/")[2]
        named = fnmatchcase(file, self.file) or ("/" not in self.file and fnmatchcase(bare, self.file))
        return named and fnmatchcase(sheet, self.sheet)


@dataclass(frozen=True, slots=True)
class Guidance:
    """Pins of sheets, and names of units as ledgers write them → as the roster does.

    `answer_sheets` keeps a survey's answer sheets one by one: counts are enough for all but `zyw survey`. `as_written`
    keeps the other tables as their sheets have them, for whoever passes them on or compares them.
    """

    pins: tuple[Pin, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    answer_sheets: bool = False
    as_written: bool = False
    holidays: Holidays = NONE
    """The office's own days off and made-up working days, put over those that zyw carries."""
