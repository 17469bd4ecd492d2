"""Same input, same bytes: over runs, hash seeds, locales, time zones, and the order in which files came to be."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.small_office import SANCTIONS
from zyw import clock

ENVIRONMENTS = (
    {"PYTHONHASHSEED": "0", "LANG": "C", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "1", "LANG": "zh_CN.UTF-8", "TZ": "Asia/Shanghai", "SOURCE_DATE_EPOCH": "1"},
    {"PYTHONHASHSEED": "random", "TZ": "America/New_York", "PYTHONUTF8": "0", "PYTHONIOENCODING": "gbk"},
)


def month(folder: Path, environment: dict[str, str]) -> dict[str, bytes]:
    words = [sys.executable, "-m", "zyw", "run", "台账", "--month", "2012-05", "--quiet"]
    ended = subprocess.run(words, cwd=folder, env=os.environ | environment, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr.decode("utf-8", "replace")
    made = folder / "台账" / "输出" / "2012-05"
    return {path.relative_to(made).as_posix(): path.read_bytes() for path in sorted(made.rglob("*")) if path.is_file()}


def lay(folder: Path, names: list[str]) -> None:
    """Write the office, its files in the order of `names`."""
    head, *rows = SANCTIONS.splitlines()
    contents = {
        "zyw.yaml": "方案: dayuan-2011\n发文机关: 试验局\n",
        "名册.csv": "单位名称,学段,主要负责人\n大垸中学,初中,周全\n黄歇中学,初中,吴起\n大垸小学,小学,郑和\n",
        "甲.csv": "\n".join([head, rows[0]]) + "\n",
        "乙.csv": "\n".join([head, rows[1], rows[2]]) + "\n",
        "问题台账.csv": "单位,问题,发现时间,完成期限\n大垸小学,通道堵塞,2012-05-02,2012-05-20\n",
    }
    (folder / "台账").mkdir(parents=True)
    for name in names:
        (folder / "台账" / name).write_text(contents[name], encoding="utf-8")


def test_the_same_month_has_the_same_bytes_under_any_environment(tmp_path: Path) -> None:
    names = ["zyw.yaml", "名册.csv", "甲.csv", "乙.csv", "问题台账.csv"]
    found = []
    for i, environment in enumerate(ENVIRONMENTS):
        lay(tmp_path / str(i), names if i % 2 else names[::-1])
        found.append(month(tmp_path / str(i), environment))
    assert {Path(name).suffix for name in found[0]} >= {".xlsx", ".docx", ".json"}
    for other in found[1:]:
        assert [name for name in found[0] if found[0][name] != other.get(name)] == []
        assert set(other) == set(found[0])


@pytest.mark.parametrize(
    ("epoch", "day"),
    [("1711900799", date(2024, 3, 31)), ("1711900800", date(2024, 4, 1)), ("1709164799", date(2024, 2, 29))],
)
def test_the_day_is_that_of_the_office_in_any_zone(epoch: str, day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """1711900800 is 2024-03-31T16:00:00Z, midnight in Shanghai."""
    for zone in ("UTC", "Asia/Shanghai", "America/New_York"):
        monkeypatch.setenv("TZ", zone)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        assert clock.today() == day


@pytest.mark.parametrize("epoch", ["", "x", "-1", "99999999999999999999"])
def test_an_epoch_that_is_none_is_not_heeded(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert clock.today().year >= 2024
