"""The results of one run, written together."""

from collections.abc import Collection
from pathlib import Path


def write_all(folder: Path, files: dict[str, bytes], *, overwrite: bool = False, spared: Collection[Path] = ()) -> None:
    """Write many results: all are made first, then all are moved; nothing is left half done."""
    from zyw.writing import staging

    with staging(folder, overwrite=overwrite, spared=spared) as stage:
        for name, content in files.items():
            path = stage / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
