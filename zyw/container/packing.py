"""The parts of a zip as they stand in it, and a zip written from parts: untouched ones keep their compressed bytes.

Every time in the zip is the same, so that equal parts give equal bytes (failures.md T17).
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Part:
    """One part as it stands in a zip: `data` compressed by `method` (0 stored, 8 deflated)."""

    name: str
    data: bytes
    method: int
    crc: int
    size: int

    @classmethod
    def of(cls, name: str, content: bytes, level: int = 6) -> "Part":
        """Compress `content` under `name`."""
        packer = zlib.compressobj(level, zlib.DEFLATED, -15)
        return cls(
            name, packer.compress(content) + packer.flush(), zipfile.ZIP_DEFLATED, zlib.crc32(content), len(content)
        )

    def content(self) -> bytes:
        """Return the part's bytes."""
        return zlib.decompress(self.data, -15) if self.method == zipfile.ZIP_DEFLATED else self.data


def raw_part(data: bytes, info: zipfile.ZipInfo) -> Part:
    """Return the part that `info` describes in the zip `data`, still compressed."""
    name_length, extra_length = struct.unpack_from("<HH", data, info.header_offset + 26)
    start = info.header_offset + 30 + name_length + extra_length
    packed = data[start : start + info.compress_size]
    return Part(info.filename, packed, info.compress_type, info.CRC, info.file_size)


def zipped(parts: Iterable[Part], as_of: date) -> bytes:
    """Return a zip of `parts` in their order, every time being midnight of `as_of` (1980-01-01 at the earliest)."""
    day = max(as_of.year - 1980, 0) << 9 | as_of.month << 5 | as_of.day
    out, directory = io.BytesIO(), io.BytesIO()
    written = list(parts)
    for part in written:
        name, offset = part.name.encode(), out.tell()
        common = struct.pack(
            "<HHHHHIIIHH", 20, 0x800, part.method, 0, day, part.crc, len(part.data), part.size, len(name), 0
        )
        out.write(b"PK\x03\x04" + common + name + part.data)
        directory.write(
            b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, offset) + name
        )
    table = directory.getvalue()
    count = len(written)
    out.write(table + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(table), out.tell(), 0))
    return out.getvalue()
