"""A unit of the roster (名册): a school, kindergarten or office that is scored."""

from dataclasses import dataclass

from zyw.naming.formers import Former


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the roster (名册)."""

    name: str
    kind: str = ""
    code: str = ""
    short: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    formers: tuple[Former, ...] = ()
    """The names in `former` of which the roster says when they were right."""
    staff: int | None = None
    head: str = ""
    linked_leader: str = ""
    linked_office: str = ""
    parent: str = ""
    """The unit that manages this one (主管单位), as the roster writes it."""
    origin: int = -1
