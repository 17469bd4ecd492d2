"""清单.json: from what a month was made, what people had decided, and what came out, each file with its sha256.

It holds no clock, no path of a machine and nothing from a cell but what people signed (who waived what, who awarded
which points), so that the same month gives the same bytes. `fingerprint` stands for everything that went in: outputs
with one fingerprint were made from the same inputs by the same rules and programs.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

NAME: Final = "清单.json"
VERSION: Final = 1


class NotOneError(ValueError):
    """The text is no manifest, or one of a later form."""


@dataclass(frozen=True, slots=True)
class Hashed:
    """A file and its sha256; `used` tells whether it went into the result (a second copy of a ledger does not)."""

    file: str
    sha256: str
    used: bool = True


@dataclass(frozen=True, slots=True)
class Output:
    """A file that was made by a step, as zyw made it: a clerk's own later version has another sha256.

    `beside` names the file in whose stead it was laid beside ("" for most); `of` is the fingerprint it was made from.
    """

    file: str
    sha256: str
    step: str
    of: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Ingredients:
    """Everything that went into a month; lists are sorted by file name."""

    zyw: str
    packages: Mapping[str, str]
    scheme: Mapping[str, str]
    period: Mapping[str, Mapping[str, str]]
    as_of: str
    options: Mapping[str, Any]
    inputs: tuple[Hashed, ...]
    settings: tuple[Hashed, ...]
    templates: tuple[Hashed, ...]
    decisions: Mapping[str, Any]
    missing: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The first 16 digits of the sha256 over everything here."""
        return hashlib.sha256(_text(asdict(self)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What went in and what came out.

    `complete` is false while the files are being put in place; `before` are then the hashes that they had, so that a
    run after a kill knows old results for zyw's own.
    """

    made_from: Ingredients
    outputs: tuple[Output, ...]
    complete: bool = True
    before: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def known(self, file: str) -> frozenset[str]:
        """Return the hashes under which zyw has put `file` in place."""
        listed = {output.sha256 for output in self.outputs if output.file == file}
        return frozenset(listed | set(self.before.get(file, ())))

    def interim(self, former: "Manifest | None") -> "Manifest":
        """Return what is written down while files are moved over those of `former`."""
        files = {*former.before, *(output.file for output in former.outputs)} if former else set()
        before = {file: tuple(sorted(former.known(file))) for file in sorted(files)} if former else {}
        return replace(self, complete=False, before=before)

    def dumped(self) -> bytes:
        """Return the file's bytes."""
        whole = {"version": VERSION, "fingerprint": self.made_from.fingerprint, **asdict(self.made_from)}
        whole["outputs"] = [asdict(output) for output in self.outputs]
        if not self.complete:
            whole |= {"complete": False, "before": {file: list(hashes) for file, hashes in self.before.items()}}
        return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def digest(data: bytes) -> str:
    """Return the sha256 of a file's content."""
    return hashlib.sha256(data).hexdigest()


def parse_manifest(data: bytes) -> Manifest:
    """Return the manifest written in `data`; raises `NotOneError` where it is none."""
    try:
        whole = json.loads(data)
        if whole["version"] != VERSION:
            raise NotOneError(str(whole["version"]))
        names = Ingredients.__dataclass_fields__
        values = {name: whole[name] for name in names}
        for name in ("inputs", "settings", "templates"):
            values[name] = tuple(Hashed(**each) for each in values[name])
        made_from = Ingredients(**values | {"missing": tuple(values["missing"])})
        outputs = tuple(Output(**each) for each in whole["outputs"])
        before = {file: tuple(hashes) for file, hashes in whole.get("before", {}).items()}
        return Manifest(made_from, outputs, whole.get("complete", True), before)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotOneError from error


def merged(new: Iterable[Output], former: Manifest | None, steps: Iterable[str]) -> tuple[Output, ...]:
    """Return the outputs after only `steps` were done: `new`, and those of the other steps as they were."""
    redone = set(steps)
    kept = [output for output in former.outputs if output.step not in redone] if former else []
    return tuple(sorted((*kept, *new), key=lambda output: output.file))


def _text(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
