"""A workbook as a package of parts that can be changed: what is not written keeps its compressed bytes.

Relationships and content types are added and taken away as text too, so that what else they hold stays as it was.
"""

from collections.abc import Callable, Iterator
from datetime import date
from posixpath import join, normpath, relpath
from typing import Final, NamedTuple

from zyw.container.packing import Part, raw_part, zipped
from zyw.container.parts import Container
from zyw.container.prescan import ForbiddenXml, OddXml, check_prolog
from zyw.marking.surgery import (
    ODD,
    Edit,
    Element,
    Unmarkable,
    appended,
    attribute_xml,
    attributes,
    elements,
    quiet,
    root,
    spliced,
)

CONTENT_TYPES: Final = "[Content_Types].xml"
_EPOCH: Final = date(1980, 1, 1)
_LEVEL: Final = 3
"""Of deflate: level 6 takes twice as long on a sheet of 10 000 rows for a tenth less."""
_RELS_TYPE: Final = "application/vnd.openxmlformats-package.relationships+xml"
_HEAD: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_RELATIONS: Final = (
    _HEAD + b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


class Relation(NamedTuple):
    """One relationship of a part: `part` is the name of the part it leads to, "" when it leads outside."""

    id: str
    kind: str
    part: str


class Package:
    """The parts of one workbook; `write` and `drop` change it, `data` gives it as bytes."""

    def __init__(self, container: Container) -> None:
        self.container = container
        self._changed: dict[str, bytes | None] = {}
        self._names = {name: info.filename for name, info in container.names.items() if not info.is_dir()}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts in lower case, in the order of the package."""
        return tuple(self._names)

    def read(self, name: str) -> bytes:
        """Return a part as it is now. Raises `KeyError`, `ZywError` (damaged) or `Unmarkable` (not UTF-8, a DTD)."""
        low = name.lower()
        changed = self._changed.get(low)
        if changed is not None:
            return changed
        if low not in self._names:
            raise KeyError(name)
        content = self.container.read(low)
        if low.endswith((".xml", ".rels")):
            try:
                check_prolog(content)
            except (ForbiddenXml, OddXml) as caught:
                raise Unmarkable(ODD) from caught
        return content

    def write(self, name: str, content: bytes) -> None:
        """Put a part in its place, or at the end when it is new."""
        self._names.setdefault(name.lower(), name)
        self._changed[name.lower()] = content

    def drop(self, name: str) -> None:
        """Take a part away, with its relationships and its content type."""
        for each in (name, _relations_of(name)):
            if self._names.pop(each.lower(), None) is not None:
                self._changed.pop(each.lower(), None)
        self.forget(name)
        if not any(each.endswith(".vml") for each in self._names):
            self._forget(lambda found: found.get("Extension", "").lower() == "vml")

    def free_name(self, stem: str, suffix: str) -> str:
        """Return the first name `stem` number `suffix` that no part has."""
        number = next(n for n in range(1, len(self._names) + 2) if f"{stem}{n}{suffix}".lower() not in self._names)
        return f"{stem}{number}{suffix}"

    # --- relationships -------------------------------------------------------------------------------------------

    def relations(self, name: str) -> Iterator[Relation]:
        """Yield the relationships of a part; a kind is the last word of its type (`comments`)."""
        where = _relations_of(name)
        if where not in self:
            return
        xml = quiet(self.read(where))
        for element in _children(xml):
            found = attributes(element.of(xml))
            outside = found.get("TargetMode", "") == "External"
            target = found.get("Target", "").replace("\\", "/")
            part = "" if outside else target[1:] if target.startswith("/") else _joined(name, target)
            yield Relation(found.get("Id", ""), found.get("Type", "").rpartition("/")[2], part)

    def relate(self, name: str, kind: str, part: str) -> str:
        """Lead from part `name` to `part`; return the new relationship's id. `kind` is the whole type."""
        where = _relations_of(name)
        xml = self.read(where) if where in self else _NO_RELATIONS
        if where not in self:
            self._declare_default("rels", _RELS_TYPE)
        taken = {relation.id for relation in self.relations(name)}
        new = next(f"rIdZyw{n}" for n in range(1, len(taken) + 2) if f"rIdZyw{n}" not in taken)
        top, prefix = root(quiet(xml))
        target = relpath(part, name.rpartition("/")[0] or ".") if name else part
        item = f'<{prefix.decode()}Relationship Id="{new}" Type="{kind}" Target="{attribute_xml(target)}"/>'
        self.write(where, spliced(xml, [appended(xml, top, [item.encode()], counted=False)]))
        return new

    def unrelate(self, name: str, ids: set[str]) -> None:
        """Take relationships of a part away; a list that is empty then goes too."""
        where = _relations_of(name)
        if where not in self:
            return
        xml = self.read(where)
        every = list(_children(quiet(xml)))
        gone = [e for e in every if attributes(e.of(xml)).get("Id") in ids]
        if len(gone) == len(every):
            self._names.pop(where.lower())
            self._changed.pop(where.lower(), None)
        elif gone:
            self.write(where, spliced(xml, [Edit(e.start, e.end, b"") for e in gone]))

    # --- content types -------------------------------------------------------------------------------------------

    def content_type(self, name: str) -> str:
        """Return what kind of part `name` is declared to be, "" when nothing says it."""
        xml, by_ending = quiet(self.read(CONTENT_TYPES)), ""
        for element in _children(xml):
            found = attributes(element.of(xml))
            if found.get("PartName", "").lower().lstrip("/") == name.lower():
                return found.get("ContentType", "")
            if found.get("Extension", "").lower() == name.rpartition(".")[2].lower():
                by_ending = found.get("ContentType", "")
        return by_ending

    def declare(self, name: str, content_type: str) -> None:
        """Say what kind of part a new one is."""
        if self.content_type(name) != content_type:
            self._add_type(f'Override PartName="/{attribute_xml(name)}" ContentType="{content_type}"')

    def declare_ending(self, ending: str, content_type: str, name: str) -> None:
        """Say what parts with this ending are; where the ending means something else already, what `name` is."""
        if not self._declare_default(ending, content_type):
            self.declare(name, content_type)

    def _declare_default(self, ending: str, content_type: str) -> bool:
        known = self.content_type(f"x.{ending}")
        if not known:
            xml = quiet(self.read(CONTENT_TYPES))
            top, prefix = root(xml)
            item = f'<{prefix.decode()}Default Extension="{ending}" ContentType="{content_type}"/>'.encode()
            self.write(CONTENT_TYPES, spliced(self.read(CONTENT_TYPES), [Edit(top.inside, top.inside, item)]))
        return known in {"", content_type}

    def _add_type(self, tag: str) -> None:
        xml = self.read(CONTENT_TYPES)
        top, prefix = root(quiet(xml))
        item = f"<{prefix.decode()}{tag}/>".encode()
        self.write(CONTENT_TYPES, spliced(xml, [appended(xml, top, [item], counted=False)]))

    def forget(self, name: str) -> None:
        """Take the declaration of one part away."""
        self._forget(lambda found: found.get("PartName", "").lower().lstrip("/") == name.lower())

    def _forget(self, is_meant: Callable[[dict[str, str]], bool]) -> None:
        xml = self.read(CONTENT_TYPES)
        gone = [e for e in _children(quiet(xml)) if is_meant(attributes(e.of(xml)))]
        if gone:
            self.write(CONTENT_TYPES, spliced(xml, [Edit(e.start, e.end, b"") for e in gone]))

    # --- bytes ---------------------------------------------------------------------------------------------------

    def data(self) -> bytes:
        """Return the package as bytes, the same for the same parts."""
        return zipped((self._part(low, name) for low, name in self._names.items()), _EPOCH)

    def _part(self, low: str, name: str) -> Part:
        content = self._changed.get(low)
        if content is not None:
            return Part.of(name, content, _LEVEL)
        return raw_part(self.container.data, self.container.names[low])


def _children(xml: bytes) -> Iterator[Element]:
    top, _ = root(xml)
    return elements(xml, top.inside, top.close)


def _relations_of(name: str) -> str:
    folder, slash, base = name.rpartition("/")
    return f"{folder}{slash}_rels/{base}.rels"


def _joined(name: str, target: str) -> str:
    """Return the part that a target names, as seen from part `name`."""
    return normpath(join(name.rpartition("/")[0], target)).lstrip("/")
