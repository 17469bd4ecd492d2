"""封存.json: the seal over a month, which names every file of its bundle by its hash, and how it was made.

The number of the seal is the sha256 of that file: whoever has written it down on paper can tell a bundle whose seal was
made anew from the one that was closed.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from zyw.evidence.manifest import NotOneError, digest

NAME: Final = "封存.json"
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Seal:
    """What is sealed: `asked` and the manifest's options make the month again, `files` are all but the seal.

    `root` is the workspace folder's own name (messages carry it), `beside` the files that lay among the inputs and were
    not read: their names are told in the list of findings. `scheme` is the scheme's file in the bundle.
    """

    label: str
    who: str
    on: str
    root: str
    scheme: str
    asked: Mapping[str, str]
    steps: tuple[str, ...]
    beside: tuple[str, ...]
    files: Mapping[str, str]

    def dumped(self) -> bytes:
        """Return the file's bytes."""
        whole = {"version": VERSION, **asdict(self)}
        return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()

    @property
    def number(self) -> str:
        """The seal's number: 16 digits, for the register on paper."""
        return digest(self.dumped())[:16]


def parse_seal(data: bytes) -> Seal:
    """Return the seal written in `data`; raises `NotOneError` where it is none."""
    try:
        whole: dict[str, Any] = json.loads(data)
        if whole.pop("version") != VERSION:
            raise NotOneError
        lists = {name: tuple(whole[name]) for name in ("steps", "beside")}
        return Seal(**whole | lists)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotOneError from error


@dataclass(frozen=True, slots=True)
class Breach:
    """A file that is not as it was sealed: 改过, 没有了 or 多出来."""

    file: str
    what: str


def breaches(seal: Seal, there: Mapping[str, str]) -> tuple[Breach, ...]:
    """Return what of a bundle is not as it was sealed; `there` maps its files, the seal apart, to their hashes."""
    found = []
    for file in sorted({*seal.files, *there}):
        if file not in there:
            found.append(Breach(file, "没有了"))
        elif file not in seal.files:
            found.append(Breach(file, "多出来"))
        elif seal.files[file] != there[file]:
            found.append(Breach(file, "改过"))
    return tuple(found)
