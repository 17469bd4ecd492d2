"""Writing the example office where a clerk can try things, without touching what is already there."""

from pathlib import Path
from typing import Final

from zyw.library import example_office
from zyw.problems import Place, ZywError, problem
from zyw.workspace import NAME
from zyw.writing import write_bytes

LEFT_OUT: Final = {".py", ".pyc"}
"""The generator lives beside the office in a checkout; a clerk gets the workbooks only."""
NEXT: Final = """
下一步可以试：
  zyw check {folder}
  zyw rank {folder} --month {month} -o 排名.xlsx
  zyw explain 鹭垸中学 {folder} --month {month}"""


def write_office(folder: str) -> tuple[str, ...]:
    """Copy the example office into `folder`; files already there with the same content are left alone.

    Raises `ZywError` (exit 4): W002 when a file of that name has another content, for somebody has worked in it; W006
    when the folder holds files but no example office, for its ledgers would be read with the example's.
    """
    source, target = example_office(), Path(folder)
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
