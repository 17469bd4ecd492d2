"""What is built carries all that zyw needs: schemes, templates and the example office."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import zyw
from zyw.library import example_office, scheme_ids

ROOT = Path(zyw.__file__).parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build wheel and sdist from this checkout, without the network."""
    target = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(target)], cwd=ROOT, check=True, capture_output=True
    )
    return target


def test_the_wheel_carries_schemes_templates_and_the_office_once(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    office = example_office()
    workbooks = {p.relative_to(office).as_posix() for p in office.rglob("*") if p.suffix in {".xlsx", ".csv", ".yaml"}}
    assert {f"zyw/examples/dayuan-2011/{name}" for name in workbooks} <= names
    assert {f"zyw/schemes/{name}.yaml" for name in scheme_ids()} <= names
    assert {"zyw/templates/督查通报.docx", "zyw/templates/得分告知单.docx", "zyw/py.typed"} <= names
    assert not [name for name in names if name.startswith(("examples/", "tests/"))]
    assert not [name for name in names if name.endswith(".py") and ("/examples/" in name or "/templates/" in name)]


def test_the_sdist_can_build_the_same_wheel(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {"pyproject.toml", "LICENSE", "README.md", "examples/dayuan-2011/名册.xlsx", "zyw/cli.py"} <= names


def test_the_command_is_declared() -> None:
    from importlib.metadata import entry_points

    assert [e.value for e in entry_points(group="console_scripts", name="zyw")] in ([], ["zyw.cli:main"])
