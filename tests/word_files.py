"""Word files made for one test, and what one can read back from a filled one."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from zyw.templates.wordxml import p, package


def word(*paragraphs: str, raw: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return a docx whose body is these paragraphs, then the raw XML."""
    parts: dict[str, str | bytes] = {**package("".join(p(text) for text in paragraphs) + raw), **(more or {})}
    return zipped(parts)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def opened(content: bytes) -> Any:
    import docx

    return docx.Document(io.BytesIO(content))


def texts(content: bytes) -> list[str]:
    """Return the paragraphs outside tables, blank ones left out."""
    return [paragraph.text for paragraph in opened(content).paragraphs if paragraph.text.strip()]


def tables(content: bytes) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in opened(content).tables]


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()
