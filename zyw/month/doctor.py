"""What a machine and a workspace lack, each thing looked at in one small function."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from zyw import __version__, clock, given, workspace
from zyw.library import read_scheme
from zyw.month.lock import holder, locked
from zyw.problems import ZywError
from zyw.workdays.calendar import shipped
from zyw.workdays.table import NAME as HOLIDAYS

HEADS: Final = ("看什么", "怎样", "说明")
FONTS: Final = ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体")
"""What a 公文 is set in; Office replaces a font that is missing, and the lines break elsewhere."""
LEAST_FREE: Final = 200 * 1024 * 1024


class State(Enum):
    """How a thing is."""

    GOOD = "好"
    NOTE = "留意"
    BAD = "缺"


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing that was looked at."""

    what: str
    state: State
    told: str


def examine(root: Path | None) -> list[Seen]:
    """Return everything that was looked at: the machine, and the workspace where there is one."""
    seen = [*(found for look in MACHINE for found in look()), *_holidays(root)]
    if root is None:
        return [*seen, Seen("工作文件夹", State.NOTE, "当前文件夹和它的上级里没有 zyw.yaml，只看了这台电脑")]
    return [*seen, *(found for look in PLACE for found in look(root))]


def _program() -> Iterator[Seen]:
    yield Seen("zyw", State.GOOD, f"{__version__}，Python {sys.version.split()[0]}")


def _clock() -> Iterator[Seen]:
    today = clock.today()
    sound = 2020 <= today.year <= 2100
    yield Seen("时钟", State.GOOD if sound else State.BAD, f"今天是 {today}（北京时间）" + ("" if sound else "，不对"))


def _holidays(root: Path | None) -> Iterator[Seen]:
    try:
        own = workspace.holidays([root] if root else [])
    except ZywError as error:
        yield Seen("节假日表", State.BAD, error.problems[0].message)
        return
    year, years = clock.today().year, shipped().known | own.years
    lacking = [each for each in (year, year + 1) if each not in years]
    if not lacking:
        yield Seen("节假日表", State.GOOD, f"到 {max(years)} 年")
    else:
        told = f"没有 {'、'.join(map(str, lacking))} 年，只除去双休日；通知发布后写进 {HOLIDAYS}"
        yield Seen("节假日表", State.NOTE, told)


def _office() -> Iterator[Seen]:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    yield Seen("LibreOffice", State.GOOD if found else State.NOTE, "找到了" if found else "没有；只有转 PDF 时才用")


def _fonts() -> Iterator[Seen]:
    names = _installed_fonts()
    if names is None:
        yield Seen("公文字体", State.NOTE, "查不到装了哪些字体")
        return
    lacking = [font for font in FONTS if not any(font.lower() in name for name in names)]
    told = f"没有 {'、'.join(lacking)}；在没有的电脑上打开，会换成别的字体" if lacking else "都有"
    yield Seen("公文字体", State.NOTE if lacking else State.GOOD, told)


def _installed_fonts() -> str | None:
    """Return the names of the fonts in small letters, None where nothing tells them."""
    if sys.platform == "win32":
        return _windows_fonts()
    if not shutil.which("fc-list"):
        return None
    with suppress(OSError, subprocess.TimeoutExpired):
        listed = subprocess.run(["fc-list", ":", "family"], capture_output=True, timeout=20, check=False)
        return listed.stdout.decode("utf-8", "replace").lower()
    return None


def _windows_fonts() -> str | None:
    files = {"方正小标宋简体": "fzxbsjw", "仿宋_gb2312": "simfang", "楷体_gb2312": "simkai", "黑体": "simhei"}
    try:
        folder = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        there = " ".join(path.name.lower() for path in folder.iterdir())
    except OSError:
        return None
    return " ".join(font for font, file in files.items() if file in there)


def _settings(root: Path) -> Iterator[Seen]:
    try:
        place = workspace.load(root)
        if place is None:
            yield Seen("zyw.yaml", State.BAD, f"没有；新写一个：zyw init {root.name} --scheme 方案")
            return
        workspace.waivers(root)
        scheme, _ = read_scheme(place.scheme)
        yield Seen("zyw.yaml", State.GOOD, f"方案 {scheme.id}，{len(place.pins)} 条读法，{len(place.aliases)} 个别名")
    except ZywError as error:
        for each in error.problems:
            yield Seen("zyw.yaml", State.BAD, f"{each.place or ''} {each.message}".strip())
        return
    if place.templates and not place.templates.is_dir():
        yield Seen("模板", State.BAD, "zyw.yaml 写的模板文件夹不存在")


def _inputs(root: Path) -> Iterator[Seen]:
    try:
        files = given.files_of((str(root),))
    except ZywError:
        return  # told with zyw.yaml
    yield Seen("台账", State.GOOD if files else State.BAD, f"{len(files)} 个文件" if files else "一个文件也没有")


def _writing(root: Path) -> Iterator[Seen]:
    try:
        with tempfile.TemporaryDirectory(dir=root, prefix=".~zyw-"):
            free = shutil.disk_usage(root).free
    except OSError:
        yield Seen("写入权限", State.BAD, "这个文件夹写不进去")
        return
    yield Seen("写入权限", State.GOOD, "可以写")
    mebibytes = free // (1024 * 1024)
    yield Seen("磁盘空间", State.GOOD if free > LEAST_FREE else State.BAD, f"还有 {mebibytes} MB")


def _lock(root: Path) -> Iterator[Seen]:
    try:
        with locked(root):
            pass
    except ZywError as error:
        busy = error.problems[0].code == "G040"
        told = f"另一次运行正在写：{holder(root) or '不知道是谁'}" if busy else "加不了锁；网络盘上两次运行要错开"
        yield Seen("锁", State.NOTE, told)
        return
    yield Seen("锁", State.GOOD, "没有人占着")


MACHINE: Final[tuple[Callable[[], Iterator[Seen]], ...]] = (_program, _clock, _office, _fonts)
PLACE: Final[tuple[Callable[[Path], Iterator[Seen]], ...]] = (_settings, _inputs, _writing, _lock)
