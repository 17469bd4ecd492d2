"""What zyw carries with it: schemes, templates and the example office, and where a scheme named by a clerk lies."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from zyw.options import did_you_mean
from zyw.problems import Problem, Verbatim, ZywError, problem

if TYPE_CHECKING:
    from zyw.scheme import Scheme

HERE: Final = Path(__file__).resolve().parent
EXAMPLE: Final = "dayuan-2011"


def scheme_ids() -> tuple[str, ...]:
    """Return the ids of the schemes that come with zyw, in order."""
    return tuple(sorted(p.stem for p in (HERE / "schemes").glob("*.yaml") if not p.stem.endswith(".cases")))


def is_there(path: Path) -> bool:
    """Tell whether a regular file is at `path`; a path that no file system holds (too long) has none."""
    try:
        return path.is_file()
    except OSError:
        return False


def scheme_file(name: str) -> Path:
    """Return the file of the scheme `name`: an id of zyw's own, else a path.

    Raises `ZywError` G021 (exit 2) with the three nearest ids when it is neither.
    """
    if name in scheme_ids():
        return HERE / "schemes" / f"{name}.yaml"
    path = Path(name)
    if is_there(path):
        return path
    raise ZywError(problem("G021", 名称=name, 相近=did_you_mean(name, scheme_ids())))


def cases_file(name: str) -> Path:
    """Return the worked cases beside the scheme `name`; raises `ZywError` G027 (exit 2) when there are none."""
    path = scheme_file(name)
    cases = path.with_name(f"{path.stem}.cases.yaml")
    if not cases.is_file():
        raise ZywError(problem("G027", 文件=Verbatim(cases.name)))
    return cases


def read_scheme(name: str) -> tuple["Scheme", tuple[Problem, ...]]:
    """Return the scheme `name` and its warnings; raises `ZywError` (exit 2) with every fault when it has any."""
    from zyw.scheme import load_scheme

    path = scheme_file(name)
    scheme, problems = load_scheme(read_text(path), path.name)
    if scheme is None:
        raise ZywError(problems, 2)
    return scheme, problems


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file that was read before; raises `ZywError` G034 (exit 2) when that is no longer so."""
    try:
        return path.read_bytes()
    except OSError:
        raise ZywError(problem("G034", 文件=path.name)) from None


def read_text(path: Path) -> str:
    """Return a text file written by a person: UTF-8 with or without a mark, else GB18030 as older editors save it.

    Raises `ZywError` G034 (exit 2) for other encodings, and where there is no right to read it.
    """
    try:
        content = path.read_bytes()
    except OSError:
        content = b"\xff"  # in none of the encodings
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ZywError(problem("G034", 文件=path.name))


def example_office(scheme: str = EXAMPLE) -> Path:
    """Return the folder of a scheme's example office: in the installed package, else in the checkout beside it."""
    inside = HERE / "examples" / scheme
    return inside if inside.is_dir() else HERE.parent / "examples" / scheme


def template(name: str, own: Path | None = None) -> bytes:
    """Return the template `name` (`督查通报.docx`): the one in the folder `own` where it is there, else zyw's.

    Raises `ZywError` G028 (exit 2) when there is no such folder: a paper in another form than was asked for is wrong.
    """
    if own is not None and not own.is_dir():
        raise ZywError(problem("G028", 文件=Verbatim(own)))
    mine = own / name if own else None
    return read_template(mine if mine and is_there(mine) else HERE / "templates" / name)


def read_template(path: Path) -> bytes:
    """Return the bytes of a template; raises `ZywError` G028 (exit 2) when there is none or no right to read it."""
    try:
        return path.read_bytes()
    except (OSError, ValueError):
        raise ZywError(problem("G028", 文件=Verbatim(path))) from None
