"""Writing the example office where a clerk can try things, without touching what is already there."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from zyw.library import EXAMPLE, example_office
from zyw.options import did_you_mean
from zyw.problems import Place, ZywError, problem
from zyw.workspace import NAME
from zyw.writing import write_bytes

LEFT_OUT: Final = {".py", ".pyc"}
"""The generator lives beside the office in a checkout; a clerk gets the workbooks only."""


@dataclass(frozen=True, slots=True)
class Tour:
    """What is shown of one example office: the month that is run, a unit to ask about, one thing it alone shows."""

    month: str
    unit: str
    own: str = ""

    def next_steps(self, folder: str) -> str:
        """Return lines to copy."""
        lines = [
            f"check {folder}",
            f"rank {folder} --month {self.month} -o 排名.xlsx",
            f"explain {self.unit} {folder} --month {self.month}",
            *([self.own.format(folder=folder)] if self.own else []),
        ]
        return "\n".join(["下一步可以试：", *(f"  zyw {line}" for line in lines)])


TOURS: Final = {
    EXAMPLE: Tour("2012-05", "鹭垸中学"),
    "zhuanxiang-2020": Tour("2020-05", "云麓学校", "reconcile {folder}/学校报来 {folder}/监察室/专项整治问题台账.xlsx"),
    "jiayu-2010": Tour("2010-11", "江畔中学", "overdue {folder} --as-of 2010-11-30"),
    "zhuanzuofeng-2013": Tour("2013-05", "松坪中心小学", "overdue {folder} --as-of 2013-05-31"),
    "tangping-2023": Tour("2023-06", "县三中", "overdue {folder} --as-of 2023-06-30"),
}
"""By scheme."""


def tour_of(scheme: str) -> Tour:
    """Return the tour of a scheme's office; raises `ZywError` G021 (exit 2) with the three nearest ids."""
    if scheme not in TOURS:
        raise ZywError(problem("G021", 名称=scheme, 相近=did_you_mean(scheme, tuple(TOURS))))
    return TOURS[scheme]


def write_office(folder: str, scheme: str = EXAMPLE) -> tuple[str, ...]:
    """Copy a scheme's example office into `folder`; files already there with the same content are left alone.

    Raises `ZywError` (exit 4): W002 when a file of that name has another content, for somebody has worked in it; W006
    when the folder holds files but no example office, for its ledgers would be read with the example's.
    """
    source, target = example_office(scheme), Path(folder)
    if target.is_dir() and any(target.iterdir()) and not (target / NAME).exists():
        raise ZywError(problem("W006", Place(target.name or folder)))
    files = sorted(
        p for p in source.rglob("*") if p.is_file() and p.suffix not in LEFT_OUT and "__pycache__" not in p.parts
    )
    names = [path.relative_to(source) for path in files]
    contents = [path.read_bytes() for path in files]
    for name, content in zip(names, contents, strict=True):
        there = target / name
        if there.exists() and (there.is_dir() or there.read_bytes() != content):
            raise ZywError(problem("W002", Place(str(there))))
    for name, content in zip(names, contents, strict=True):
        if not (target / name).exists():
            write_bytes(target / name, content, recorded=False)
    return tuple(name.as_posix() for name in names)
