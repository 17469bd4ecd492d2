"""What people have decided about reading, for every step of it: where a table is, what its columns mean, who is who.

The reader decides by itself what it can; a decision of a person wins. The shell reads them from the workspace.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Pin:
    """What a sheet is, said by a person: `file` and `sheet` are patterns with `*` over the shown path and the name.

    `columns` maps letters to fields. What a pin leaves out the reader decides.
    """

    file: str
    sheet: str = "*"
    table: str = ""
    header_rows: tuple[int, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Guidance:
    """Pins of sheets, and names of units as ledgers write them → as the roster does.

    `answer_sheets` keeps a survey's answer sheets one by one: counts are enough for all but `zyw survey`.
    """

    pins: tuple[Pin, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    answer_sheets: bool = False
