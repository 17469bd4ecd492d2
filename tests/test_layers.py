"""Imports run one way (design §3): commands → shell → core, and the core touches nothing outside itself.

A module that is not named here is core, so that a new one meets the strictest rules until somebody decides otherwise.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import zyw

SHELL: Final = {
    "workbook", "apart", "unlocking", "reading", "files", "writing",
    "console", "workspace", "run", "demo", "checklist", "outputs", "pipeline", "library", "errorlog", "given", "clock", "excusing", "checking",
    "month", "learning", "surveying", "desk", "handout", "returns", "paperwork",
}  # fmt: skip
COMMANDS: Final = {"cli", "__main__", "commands", "usage"}
OUTSIDE: Final = {  # what the core may not import: the disk, the clock, the environment, the terminal, the network
    "os", "sys", "time", "shutil", "tempfile", "subprocess", "socket", "urllib", "http", "logging", "glob", "locale",
    "random", "secrets", "filelock", "rich", "typer", "importlib.resources", "getpass", "platform", "signal",
}  # fmt: skip
CALLS: Final = {"open", "print", "input", "exec", "eval", "breakpoint"}
METHODS: Final = {"now", "today", "utcnow", "read_text", "write_text", "read_bytes", "write_bytes", "getenv"}


def floor(module: str) -> int:
    """0 core, 1 shell, 2 commands."""
    head = module.split(".", maxsplit=1)[0]
    return 2 if head in COMMANDS else 1 if head in SHELL else 0


def modules(root: Path) -> dict[str, ast.Module]:
    found = {}
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        if parts[0] in {"examples", "schemes", "templates"}:
            continue
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name or "__init__"] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def imported(tree: ast.Module, package: str, known: set[str]) -> Iterator[tuple[str, int]]:
    """Yield the dotted name of every import, wherever it stands, with its line; own modules without the package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.removeprefix(f"{package}."), node.lineno
        elif isinstance(node, ast.ImportFrom):
            base = (node.module or "").removeprefix(package).removeprefix(".")
            own = node.level > 0 or (node.module or "").split(".")[0] == package
            for alias in node.names:
                full = f"{base}.{alias.name}".strip(".")
                yield (full if (own and full in known) or not own else base or "__init__"), node.lineno


def without_type_imports(tree: ast.Module) -> ast.Module:
    """Drop what stands under `if TYPE_CHECKING:`, which never runs."""
    body = [n for n in tree.body if not (isinstance(n, ast.If) and "TYPE_CHECKING" in ast.unparse(n.test))]
    return ast.Module(body=body, type_ignores=[])


def outside(name: str) -> bool:
    return any(name == bad or name.startswith(f"{bad}.") for bad in OUTSIDE) or name == "pathlib.Path"


def touches(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield every call by which the core would reach the disk, the clock or the terminal."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in CALLS:
            yield f"{node.func.id}()", node.lineno
        if isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
            yield f".{node.func.attr}()", node.lineno


def faults(root: Path, package: str = "zyw") -> list[str]:
    """Return one line for each import or call that runs against the floors."""
    trees = modules(root)
    known = set(trees)
    found = []
    for module, tree in trees.items():
        for name, line in imported(tree, package, known):
            if name in known and floor(name) > floor(module):
                found.append(f"{module}:{line} imports {name} from a floor above")
            if floor(module) == 0 and name not in known and outside(name):
                found.append(f"{module}:{line} imports {name}; the core reaches nothing outside itself")
        if floor(module) == 0:
            found += [
                f"{module}:{line} calls {call}; the core is given text, bytes and days" for call, line in touches(tree)
            ]
    return found


def cycles(root: Path, package: str = "zyw") -> set[tuple[str, str]]:
    """Return the pairs of modules that import each other when they run, also inside functions."""
    trees = {name: without_type_imports(tree) for name, tree in modules(root).items()}
    edges = {
        (m, n) for m, tree in trees.items() for n, _ in imported(tree, package, set(trees)) if n in trees and n != m
    }
    return {(a, b) for a, b in edges if a < b and (b, a) in edges}


def package_cycles(root: Path, package: str = "zyw") -> set[tuple[str, str]]:
    """Return the pairs of packages, or of a package and a module beside it, that import each other when they run."""
    trees = {name: without_type_imports(tree) for name, tree in modules(root).items()}
    heads = {
        (m.split(".")[0], n.split(".")[0])
        for m, tree in trees.items()
        for n, _ in imported(tree, package, set(trees))
        if n in trees
    }
    return {(a, b) for a, b in heads if a < b and (b, a) in heads}


def test_imports_run_one_way_and_the_core_touches_nothing() -> None:
    assert faults(Path(zyw.__file__).parent) == []


def test_no_two_modules_import_each_other() -> None:
    assert cycles(Path(zyw.__file__).parent) == set()


def test_no_two_packages_import_each_other() -> None:
    assert package_cycles(Path(zyw.__file__).parent) == set()


PLANTED = {
    "core imports shell": ("scoring.py", "from zyw.console import show\n", "scoring:1 imports console"),
    "core imports shell in a function": (
        "scoring.py",
        "def f():\n    import zyw.console\n",
        "scoring:2 imports console",
    ),
    "core imports a command": ("facts.py", "from zyw.commands import rank\n", "facts:1 imports commands.rank"),
    "shell imports the app": ("console.py", "from zyw import cli\n", "console:1 imports cli"),
    "core imports os": ("cells.py", "import os.path\n", "cells:1 imports os.path"),
    "core imports Path": ("cells.py", "from pathlib import Path\n", "cells:1 imports pathlib.Path"),
    "core imports time": ("workdays.py", "from time import time\n", "workdays:1 imports time.time"),
    "core writes to stdout": ("tables.py", "from sys import stdout\n", "tables:1 imports sys.stdout"),
    "core opens": ("scheme.py", "x = open('a')\n", "scheme:1 calls open()"),
    "core prints": ("scheme.py", "print('a')\n", "scheme:1 calls print()"),
    "core asks the clock": ("ledger.py", "import datetime as d\nx = d.datetime.now()\n", "ledger:2 calls .now()"),
    "core asks the day": ("ledger.py", "from datetime import date\nx = date.today()\n", "ledger:2 calls .today()"),
}


@pytest.mark.parametrize("case", PLANTED)
def test_a_planted_fault_is_found(case: str, tmp_path: Path) -> None:
    name, text, expected = PLANTED[case]
    (tmp_path / "commands").mkdir()
    for other in ("console.py", "cli.py", "commands/rank.py", "commands/__init__.py", "problems.py"):
        (tmp_path / other).write_text("", encoding="utf-8")
    assert faults(tmp_path) == []
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = faults(tmp_path)
    assert len(found) == 1
    assert found[0].startswith(expected)


def test_what_the_floors_allow_is_let_through(tmp_path: Path) -> None:
    (tmp_path / "problems.py").write_text("from pathlib import PurePosixPath\nimport io\n", encoding="utf-8")
    (tmp_path / "console.py").write_text("import sys\nfrom zyw.problems import Place\nprint(1)\n", encoding="utf-8")
    (tmp_path / "cli.py").write_text("from zyw.console import show\nimport os\n", encoding="utf-8")
    assert faults(tmp_path) == []


def test_a_planted_cycle_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("from zyw.b import x\n", encoding="utf-8")
    (tmp_path / "b.py").write_text("def f():\n    from zyw import a\n", encoding="utf-8")
    assert cycles(tmp_path) == {("a", "b")}


def test_a_planted_cycle_of_packages_is_found(tmp_path: Path) -> None:
    for name in ("a/__init__.py", "a/one.py", "b/__init__.py", "b/two.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "a/one.py").write_text("from zyw.b.two import x\n", encoding="utf-8")
    assert package_cycles(tmp_path) == set()
    (tmp_path / "b/two.py").write_text("from zyw.a import y\n", encoding="utf-8")
    assert package_cycles(tmp_path) == {("a", "b")}
    assert cycles(tmp_path) == set()
