"""Sealing a month: a bundle from which it can be made again, and a mark on its folder that ends all writing there.

存档/2012-05/ holds 工作区/ (zyw.yaml, what people decided, the inputs at their places), 方案/, 输出/ (the results as
they lie there, a clerk's signed ones too), 数字.json (the figures) and 封存.json. It is for the office only: the inputs
are in it as they came. The mark is set first; a kill after it leaves a month that is closed once more and then whole.
"""

import contextlib
import getpass
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from zyw import clock, outputs, paperwork, pipeline, workspace
from zyw.evidence.figures import figures
from zyw.evidence.manifest import NAME as MANIFEST
from zyw.evidence.manifest import Manifest, digest
from zyw.evidence.seal import NAME, Seal
from zyw.files import SKIPPED_FOLDERS
from zyw.library import read_bytes, scheme_file
from zyw.month.doing import results_of
from zyw.month.lock import locked
from zyw.month.making import Computed, compute, settings_files
from zyw.month.placing import SEALED, former_manifest
from zyw.options import Asked, did_you_mean, line
from zyw.problems import Place, Verbatim, ZywError, problem
from zyw.writing import clear_stale, fail, make_folder, move_over, place_bytes, sync_folder, temporary_name

ARCHIVE: Final = "存档"
WORK: Final = "工作区"
SCHEME: Final = "方案"
FIGURES: Final = "数字.json"


@dataclass(frozen=True, slots=True)
class Closed:
    """A month that was sealed: where its bundle lies, and its seal."""

    bundle: Path
    seal: Seal


def close_month(root: Path, label: str, who: str | None = None, scheme: str | None = None) -> Closed:
    """Seal the month `label` of the folder `root`.

    The month is made once more first. Raises `ZywError`: it was not run, or not to its end (G042), it would be another
    today (G043), its inputs lie outside (G044; all exit 2), it is sealed already (W007, exit 4), another run (exit 5).
    """
    place = workspace.load(root)
    with locked(root):
        base = month_folder(root, place, label)
        bundle = root / ARCHIVE / label
        if (base / SEALED).exists() and bundle.exists():
            raise ZywError(problem("W007", Place(label)))
        manifest = _whole_manifest(base, root, label)
        computed = _made_again(root, place, manifest, scheme)
        contents = _contents(root, place, base, computed, scheme)
        seal = _seal(root, label, who, manifest, contents)
        place_bytes(base / SEALED, _mark(bundle, base, seal))
        _write_bundle(bundle, {**contents, NAME: seal.dumped()})
    return Closed(bundle, seal)


def month_folder(root: Path, place: workspace.Workspace | None, label: str) -> Path:
    """Return the folder of the month `label`; raises `ZywError` G042 (exit 2) with those that there are."""
    results = results_of(root, place)
    known = sorted(path.parent.name for path in results.glob(f"*/{MANIFEST}"))
    if label not in known:
        near = Verbatim(f"{did_you_mean(label, known)}" if known else "")
        again = Verbatim(line(["zyw", "run", str(root), "--month", label]))
        raise ZywError(problem("G042", 时段=label, 说明=Verbatim("还没有运行过"), 相近=near, 照抄=again))
    return results / label


def asked_of(manifest: Manifest) -> Asked:
    """Return the period and the day of a month as it was run."""
    shown = manifest.made_from.period["shown"]
    return Asked(from_=shown["from"], to=shown["to"], as_of=manifest.made_from.as_of)


def steps_of(manifest: Manifest) -> tuple[str, ...]:
    """Return the steps that a month holds."""
    return tuple(dict.fromkeys(output.step for output in manifest.outputs))


def _whole_manifest(base: Path, root: Path, label: str) -> Manifest:
    """Return the manifest of a month whose files were all made together, to the end."""
    manifest = former_manifest(base)
    assert manifest is not None, "its folder was found by it"
    of = manifest.made_from.fingerprint
    if not manifest.complete or any(output.of != of for output in manifest.outputs):
        again = Verbatim(line(["zyw", "run", str(root), "--month", label]))
        what = Verbatim("上次没有做完，或者只重做了几样")
        raise ZywError(problem("G042", 时段=label, 说明=what, 相近="", 照抄=again))
    return manifest


def _made_again(root: Path, place: workspace.Workspace | None, manifest: Manifest, scheme: str | None) -> Computed:
    """Make the month again from what lies there now; raises `ZywError` G043 (exit 2) when it is another."""
    computed = compute(wanted_again(root, scheme, asked_of(manifest), manifest), place, steps_of(manifest))
    if changed := changed_since(manifest, computed):
        again = Verbatim(line(["zyw", "run", str(root)]))
        raise ZywError(problem("G043", 内容=Verbatim("、".join(changed)), 照抄=again))
    return computed


def wanted_again(root: Path, scheme: str | None, asked: Asked, manifest: Manifest) -> pipeline.Wanted:
    """Return what makes the month of a manifest again; raises `KeyError` where its options are not there."""
    options = manifest.made_from.options
    return pipeline.Wanted("run", (str(root),), scheme, asked, options["skip_bad"], True, tuple(options["limit"]))


def changed_since(manifest: Manifest, computed: Computed) -> list[str]:
    """Return what is no longer as the manifest has it: files by their names, else the part of it."""
    old, new = manifest.made_from, computed.made_from
    changed = []
    for was, now in ((old.inputs, new.inputs), (old.settings, new.settings), (old.templates, new.templates)):
        before, after = {(e.file, e.sha256) for e in was}, {(e.file, e.sha256) for e in now}
        changed += sorted({file for file, _ in before ^ after})
    if old.scheme != new.scheme:
        changed.append(f"方案 {old.scheme['id']}")
    if (old.zyw, dict(old.packages)) != (new.zyw, dict(new.packages)):
        changed.append("zyw 或部件的版本")
    if not changed and old.fingerprint != new.fingerprint:
        changed.append("设置")
    made = {name: digest(content) for name, content in computed.files.items()}
    recorded = {output.file: output.sha256 for output in manifest.outputs if not output.beside}
    if not changed and made != recorded:
        changed.append("写出的文件")
    return changed


def _contents(
    root: Path, place: workspace.Workspace | None, base: Path, computed: Computed, scheme: str | None
) -> dict[str, bytes]:
    """Return every file of the bundle but the seal."""
    file = scheme_file(scheme or (place.scheme if place else ""))
    files = {f"{SCHEME}/{file.name}": read_bytes(file)}
    for source in computed.month.result.sources:
        files[f"{WORK}/{_inside(root, source.path)}"] = read_bytes(source.path)
    own = settings_files(root)
    if (folder := paperwork.folder_of(place)) is not None:
        own += [folder / name for name in sorted(computed.month.desk.own)]
    for path in own:
        files[f"{WORK}/{_inside(root, path)}"] = read_bytes(path)
    for path in results_in(base):
        files[f"输出/{path.relative_to(base).as_posix()}"] = read_bytes(path)
    numbers = figures(outputs.ranked_payload(computed.month.result))
    return {**files, FIGURES: outputs.json_bytes(numbers)}


def results_in(folder: Path) -> list[Path]:
    """Return the results that lie in a month's folder: not its mark, nor what Word lays beside an open one."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != SEALED)
    return sorted(path for path in found if not path.name.startswith((".~", "~$")))


def _inside(root: Path, path: Path) -> str:
    """Return a file's path in the workspace; raises `ZywError` G044 (exit 2) where it lies outside."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        raise ZywError(problem("G044", 文件=Verbatim(path.name))) from None


def _seal(root: Path, label: str, who: str | None, manifest: Manifest, contents: Mapping[str, bytes]) -> Seal:
    asked = asked_of(manifest)
    listed = {name: digest(content) for name, content in sorted(contents.items())}
    return Seal(
        label=label,
        who=who or _user(),
        on=clock.today().isoformat(),
        root=root.resolve().name,
        scheme=next(name for name in listed if name.startswith(f"{SCHEME}/")),
        asked={"from": asked.from_ or "", "to": asked.to or "", "as_of": asked.as_of or ""},
        steps=steps_of(manifest),
        beside=tuple(_unread(root, listed)),
        files=listed,
    )


def _unread(root: Path, listed: Mapping[str, str]) -> Iterator[str]:
    """Yield the files of the workspace that are not in the bundle but are looked at by name: temporary ones, others."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS and not name.startswith("."))
        for name in sorted(names):
            inside = (Path(folder) / name).relative_to(root).as_posix()
            if f"{WORK}/{inside}" not in listed:
                yield inside


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "不知道是谁"


def _mark(bundle: Path, base: Path, seal: Seal) -> bytes:
    """Return what is laid into the month's folder: where its bundle is, seen from there, and the seal's number."""
    there = Path(os.path.relpath(bundle.absolute(), base.absolute())).as_posix()
    whole = {"version": 1, "bundle": there, "seal": seal.number, "who": seal.who, "on": seal.on}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _write_bundle(bundle: Path, contents: Mapping[str, bytes]) -> None:
    """Write the bundle aside and put it in place by one rename; its files are for their owner to read."""
    make_folder(bundle.parent)
    clear_stale(bundle.parent)
    stage = bundle.parent / f"{temporary_name()}.d"
    try:
        stage.mkdir(mode=0o700)
        for name, content in contents.items():
            path = stage / name
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o400)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        move_over(stage, bundle)
        sync_folder(bundle.parent)
    except OSError as caught:
        fail(bundle, caught)
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(stage, ignore_errors=True)
