"""Proving a sealed month from its own contents: no file of it was touched, and it comes out again as it was published.

With the versions that it was made with every byte must be the same; with others every figure. What lies in the bundle
is copied to a folder of its own for that, and nothing is written anywhere else.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from zyw import outputs, workspace
from zyw.evidence.cells import cell_differences
from zyw.evidence.figures import figures, unequal
from zyw.evidence.manifest import NAME as MANIFEST
from zyw.evidence.manifest import Manifest, NotOneError, digest, parse_manifest
from zyw.evidence.seal import NAME, Breach, Seal, breaches, parse_seal
from zyw.month.closing import ARCHIVE, FIGURES, WORK, results_in, wanted_again
from zyw.month.making import Computed, compute
from zyw.month.placing import SEALED
from zyw.options import Asked
from zyw.problems import Place, ZywError, problem
from zyw.workbook import read_book


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of it: `breaches` are files that were touched, `differences` say in words what did not come out again.

    `bytes_compared` is false where other versions made it necessary to compare the figures alone; `edited` are results
    that somebody had worked in before the month was closed.
    """

    bundle: Path
    seal: Seal
    bytes_compared: bool
    breaches: tuple[Breach, ...]
    differences: tuple[str, ...]
    edited: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was touched and everything came out again."""
        return not self.breaches and not self.differences


def prove(named: str) -> Proof:
    """Prove the bundle `named`: its folder, the month's folder whose mark leads to it, or a month of this workspace.

    Raises `ZywError` F034 (exit 3) where there is no bundle.
    """
    bundle, published = _bundle_of(named)
    try:
        seal = parse_seal((bundle / NAME).read_bytes())
        contents = {path: (bundle / path).read_bytes() for path in _files(bundle)}
        manifest = parse_manifest(contents[f"输出/{MANIFEST}"])
        wanted_again(bundle, "", _asked(seal), manifest)
    except (OSError, NotOneError, KeyError):
        raise ZywError(problem("F034", Place(named))) from None
    touched = list(breaches(seal, {name: digest(data) for name, data in contents.items()}))
    touched += _other_inputs(manifest, contents, {each.file for each in touched})
    if published is not None:
        touched += _published(published, contents, seal)
    differences, same = _made_again(seal, manifest, contents)
    return Proof(bundle, seal, same, tuple(touched), differences, _edited(manifest, contents))


def _bundle_of(named: str) -> tuple[Path, Path | None]:
    """Return the bundle, and the month's folder where it was named by that."""
    path = Path(named)
    if (path / NAME).is_file():
        return path, None
    if (path / SEALED).is_file():
        try:
            mark = json.loads((path / SEALED).read_text("utf-8"))
            return path / str(mark["bundle"]), path
        except (ValueError, KeyError, TypeError, OSError):
            raise ZywError(problem("F034", Place(named))) from None
    root = workspace.above(Path())
    if root is not None and not path.exists() and (root / ARCHIVE / named / NAME).is_file():
        return root / ARCHIVE / named, None
    raise ZywError(problem("F034", Place(named)))


def _files(bundle: Path) -> list[str]:
    found = (path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file())
    return sorted(name for name in found if name != NAME)


def _other_inputs(manifest: Manifest, contents: Mapping[str, bytes], known: set[str]) -> Iterator[Breach]:
    """Yield the inputs that are not those of the manifest: also where somebody has made the seal anew."""
    hashes = {each.sha256 for each in manifest.made_from.inputs}
    own = {each.sha256 for each in (*manifest.made_from.settings, *manifest.made_from.templates)}
    for name, data in contents.items():
        if name.startswith(f"{WORK}/") and name not in known and digest(data) not in hashes | own:
            yield Breach(name, "不是清单里的那一份")


def _published(folder: Path, contents: Mapping[str, bytes], seal: Seal) -> Iterator[Breach]:
    """Yield the results that are no longer as they were published."""
    sealed = {name.removeprefix("输出/"): digest(data) for name, data in contents.items() if name.startswith("输出/")}
    there = {path.relative_to(folder).as_posix(): digest(path.read_bytes()) for path in results_in(folder)}
    found = breaches(Seal(seal.label, "", "", "", "", {}, (), (), sealed), there)
    yield from (Breach(f"{folder.name}/{each.file}", each.what) for each in found)


def _edited(manifest: Manifest, contents: Mapping[str, bytes]) -> tuple[str, ...]:
    lying = {name.removeprefix("输出/"): digest(data) for name, data in contents.items()}
    return tuple(o.file for o in manifest.outputs if lying.get(o.file) not in (None, o.sha256))


def _made_again(seal: Seal, manifest: Manifest, contents: Mapping[str, bytes]) -> tuple[tuple[str, ...], bool]:
    """Make the month from the bundle; return what is not as it was, and whether bytes could be compared."""
    with tempfile.TemporaryDirectory(prefix="zyw-") as above:
        try:
            computed = _computed(Path(above), seal, manifest, contents)
        except ZywError as error:
            reasons = "；".join(f"{p.code} {p.message}" for p in error.problems[:3])
            return (f"算不出来：{reasons}",), False
        old, new = manifest.made_from, computed.made_from
        same = (old.zyw, dict(old.packages)) == (new.zyw, dict(new.packages))
        try:
            sealed = json.loads(contents[FIGURES])
            told = list(unequal(sealed, figures(outputs.ranked_payload(computed.month.result))))
        except (KeyError, ValueError, TypeError):
            told = [f"{FIGURES} 读不出来"]
        if same:
            told += _unequal_files(manifest, computed, contents, Path(above))
    return tuple(told), same


def _computed(above: Path, seal: Seal, manifest: Manifest, contents: Mapping[str, bytes]) -> Computed:
    """Lay the workspace out as it lay, and make the month."""
    root = above / (seal.root or "工作区")
    for name, data in contents.items():
        if name.startswith(f"{WORK}/"):
            _lay(root / name.removeprefix(f"{WORK}/"), data, root)
    for name in seal.beside:
        _lay(root / name, b"", root)
    scheme = above / "方案" / Path(seal.scheme).name
    _lay(scheme, contents.get(seal.scheme, b""), above)
    return compute(wanted_again(root, str(scheme), _asked(seal), manifest), workspace.load(root), seal.steps)


def _asked(seal: Seal) -> Asked:
    return Asked(from_=seal.asked["from"], to=seal.asked["to"], as_of=seal.asked["as_of"])


def _lay(path: Path, data: bytes, inside: Path) -> None:
    """Write a file of the bundle; a name that would lead out of the folder is left out (it was never zyw's)."""
    if not path.resolve().is_relative_to(inside.resolve()):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(data)


def _unequal_files(manifest: Manifest, computed: Computed, contents: Mapping[str, bytes], above: Path) -> Iterator[str]:
    recorded = {output.file: output.sha256 for output in manifest.outputs if not output.beside}
    for name in sorted({*recorded, *computed.files}):
        data = computed.files.get(name)
        if data is None:
            yield f"{name}：这次没有写出"
        elif name not in recorded:
            yield f"{name}：封存时没有"
        elif digest(data) != recorded[name]:
            yield from _inside(name, contents.get(f"输出/{name}", b""), data, above)


def _inside(name: str, sealed: bytes, made: bytes, above: Path) -> Iterator[str]:
    """Yield where a file differs: by cells for a workbook, else that it does."""
    if not name.endswith(".xlsx") or not sealed:
        yield f"{name}：重新写出的与封存的不同"
        return
    books = []
    for which, data in (("封存", sealed), ("重算", made)):
        path = above / f"{which}.xlsx"
        path.write_bytes(data)
        books.append(read_book(path, name)[0])
    if books[0] is None or books[1] is None:
        yield f"{name}：封存的读不出来"
        return
    told = cell_differences(books[0], books[1])
    yield from told or (f"{name}：格子都一样，样式或属性不同",)


def check_line(proof: Proof) -> str:
    """Return in one line whether the month is proved, and by what."""
    how = "逐字节核对" if proof.bytes_compared else "版本不同，只核对数字"
    if proof.holds:
        return f"{proof.seal.label} 与封存时一致（{how}），封存号 {proof.seal.number}"
    count = len(proof.breaches) + len(proof.differences)
    return f"{proof.seal.label} 与封存时不一致：{count} 处（{how}），封存号 {proof.seal.number}"
