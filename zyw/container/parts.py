"""The parts of a zip container, inflated under limits: a workbook cannot cost more memory than it is allowed.

Declared sizes are checked before anything is inflated, and each part is counted again while it is, because the
declaration may lie. Checksums are verified: a part with one flipped byte is not read at all.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NoReturn

from zyw.limits import Limits, too_large
from zyw.problems import Place, Verbatim, ZywError, problem


@dataclass(frozen=True, slots=True)
class Container:
    """A zip file whose directory was checked; names are as stored, `find` ignores case and back-slashes."""

    data: bytes
    shown: str
    limits: Limits
    names: Mapping[str, zipfile.ZipInfo] = field(default_factory=dict)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self.names

    def read(self, name: str) -> bytes:
        """Return a part, inflated and verified. Raises `KeyError` when it is missing, `ZywError` F006 or F007."""
        info = self.names[name.lower()]
        offset = info.header_offset
        header = self.data[offset : offset + 30]
        if len(header) < 30 or header[:4] != b"PK\x03\x04":
            broken(self.shown, "内容不完整")
        name_size, extra_size = struct.unpack("<HH", header[26:30])
        begin = offset + 30 + name_size + extra_size
        packed = memoryview(self.data)[begin : begin + info.compress_size]
        part = _inflate(packed, info, self.shown)
        if len(part) != info.file_size or zlib.crc32(part) != info.CRC:
            broken(self.shown, "内容校验不符")
        return part


def open_container(data: bytes, shown: str, limits: Limits) -> Container:
    """Check a zip file's directory against the limits. Raises `ZywError` F005, F006 or F007."""
    try:
        infos = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, struct.error, IndexError, NotImplementedError):
        broken(shown, "压缩结构不完整，可能没有传完")
    place = Place(shown)
    if len(infos) > limits.parts:
        raise too_large(place, "部件数", len(infos), limits.parts)
    total = sum(info.file_size for info in infos)
    if total > limits.total:
        raise too_large(place, "解压", total, limits.total)
    for info in infos:
        _check_entry(info, place, limits)
    names = {info.filename.replace("\\", "/").lower(): info for info in infos}
    if len(names) < len(infos):
        broken(shown, "有重名的部件")
    return Container(data, shown, limits, names)


def _check_entry(info: zipfile.ZipInfo, place: Place, limits: Limits) -> None:
    if info.flag_bits & 1:
        raise ZywError(problem("F005", place, 原因=Verbatim("压缩包设了密码，读不了"), 办法=REPACK))
    if info.file_size > limits.entry:
        raise too_large(place, "部件", info.file_size, limits.entry)
    packed = max(info.compress_size, 1)
    if info.file_size > limits.ratio_from and info.file_size > limits.ratio * packed:
        raise too_large(place, "压缩比", -(-info.file_size // packed), limits.ratio)


REPACK: Final = Verbatim("解压后，用 Excel/WPS 打开，另存为不加密的 .xlsx")


def _inflate(packed: memoryview, info: zipfile.ZipInfo, shown: str) -> bytes:
    """Return the part's bytes, at most one more than declared, so that a lie is seen and not paid for."""
    if info.compress_type == zipfile.ZIP_STORED:
        return bytes(packed)
    if info.compress_type != zipfile.ZIP_DEFLATED:
        broken(shown, "压缩方法不常见")
    machine = zlib.decompressobj(-15)
    try:
        part = machine.decompress(packed, info.file_size + 1)
    except zlib.error:
        broken(shown, "压缩内容不完整")
    return part


def broken(shown: str, reason: str) -> NoReturn:
    """Refuse a damaged file."""
    raise ZywError(problem("F006", Place(shown), 原因=Verbatim(reason)))
