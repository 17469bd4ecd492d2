"""The list of findings as a file: whose each problem is, and links from the desk to the cells."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from zyw import console
from zyw.checking import Checked
from zyw.findings import Findings, findings_workbook
from zyw.problems import Place
from zyw.subjects import Subjects

LONGEST: Final = 2000
"""Excel takes addresses of 2 079 characters."""


@dataclass(frozen=True, slots=True)
class Links:
    """Leads places to the files behind their shown names (`paths`), as seen from the folder the list is written to."""

    folder: Path = field(default_factory=Path)
    paths: Mapping[str, Path] = field(default_factory=dict)

    def __call__(self, place: Place) -> str:
        """Return `../报送/3月台账.xlsx#'台账'!C7`, "" where no link can lead there (a # in the name, another drive)."""
        path = self.paths.get(place.file)
        target = _seen_from(self.folder, path) if path else ""
        if not target or "#" in target or len(target) > LONGEST:
            return ""
        if not place.sheet:
            return target
        cell = place.cell or "A1"
        quoted = place.sheet.replace("'", "''")
        return f"{target}#'{quoted}'!{'A' if cell.isdigit() else ''}{cell}"


def _seen_from(folder: Path, path: Path) -> str:
    try:
        return Path(os.path.relpath(path.absolute(), folder.absolute())).as_posix()
    except ValueError:  # two drives of Windows have nothing in common
        return ""


def findings(checks: Checked, as_of: date, links: Links | None = None) -> bytes:
    """Return the list of findings as xlsx bytes; without `links` it leads nowhere and may be sent away."""
    subjects = Subjects(checks.ledger)
    found = Findings(
        problems=checks.problems,
        waived=checks.waived,
        unit_of=lambda place: subjects.of(place).unit,
        units=tuple(unit.name for unit in checks.ledger.units),
        link_to=links or (lambda place: ""),
    )
    return findings_workbook(found, as_of, console.tally(checks.problems, checks.waived))
