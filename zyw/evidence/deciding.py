"""What becomes of each file of a month where one of that name lies already: a clerk's work is never replaced."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath

from zyw.evidence.manifest import Manifest


class Fate(Enum):
    """What is done with a made file; the words are those of `--dry-run`."""

    NEW = "新写"
    SAME = "不变"
    REPLACED = "替换"
    BESIDE = "放在旁边"
    FOREIGN = "不是 zyw 写的，不替换"


@dataclass(frozen=True, slots=True)
class Placed:
    """A made file: `name` as it was made, `file` where it goes (another name when it is laid beside), and how."""

    name: str
    file: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class Lying:
    """What lies in the folder: `digest(name)` gives a file's sha256, None where there is none.

    `is_own(name)` says whether a file that no manifest knows carries zyw's mark.
    """

    digest: Callable[[str], str | None]
    is_own: Callable[[str], bool]


def decide(made: Mapping[str, str], former: Manifest | None, lying: Lying, *, overwrite: bool) -> tuple[Placed, ...]:
    """Return what becomes of the files `made` (name → sha256), in their order.

    A file whose hash is no longer that of `former` was changed by somebody: it stays, and the new one is laid beside it
    as 名称（新）; so is the next one when that has been changed too. With `overwrite` it is replaced.
    """
    return tuple(_one(name, sha256, former, lying, overwrite=overwrite) for name, sha256 in made.items())


def _one(name: str, sha256: str, former: Manifest | None, lying: Lying, *, overwrite: bool) -> Placed:
    number = 0
    while True:
        file = name if number == 0 else beside(name, number)
        there = lying.digest(file)
        known = former.known(file) if former else frozenset[str]()
        if there is None:
            return Placed(name, file, Fate.BESIDE if number else Fate.NEW)
        if there == sha256:
            return Placed(name, file, Fate.BESIDE if number else Fate.SAME)
        if overwrite or there in known or (not known and lying.is_own(file)):
            return Placed(name, file, Fate.BESIDE if number else Fate.REPLACED)
        if not known and number == 0:
            return Placed(name, file, Fate.FOREIGN)
        number += 1


def beside(name: str, number: int = 1) -> str:
    """Return the name of what is laid beside a changed file.

    >>> beside("得分告知单/大垸中学.docx"), beside("排名.xlsx", 2)
    ('得分告知单/大垸中学（新）.docx', '排名（新2）.xlsx')
    """
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}（新{number if number > 1 else ''}）{path.suffix}"))


def gone(former: Manifest | None, placed: Iterable[Placed], steps: Iterable[str], lying: Lying) -> tuple[str, ...]:
    """Return the files of `steps` that the last run made and this one did not, as far as nobody has changed them."""
    if former is None:
        return ()
    still, redone = {each.file for each in placed}, set(steps)
    listed = (o.file for o in former.outputs if o.step in redone and o.file not in still)
    return tuple(file for file in listed if lying.digest(file) in former.known(file))
