"""What a column and a table are: the records that `zyw.declared` fills in."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache


class Kind(Enum):
    """What the cells of a column hold; decides how they are read and what a fault in them means."""

    TEXT = "文字"
    FREE = "长文字"  # people write sentences: numbers of persons are masked as it is read
    UNIT = "单位"
    PERSON = "人名"
    CODE = "编号"
    DATE = "日期"
    DEADLINE = "期限"
    NUMBER = "数字"
    YES_NO = "是否"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table: `names` are its other names, `weak` those that count only for want of a better one.

    Of several weak names the first listed wins; a name that another field has as its own is never weak there.
    """

    name: str
    kind: Kind = Kind.TEXT
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One kind of table. It is recognised when every group of `required` has a column; `unit` names its unit field.

    There is one of each, so tables are the same only when they are one (and quick to look up by).
    """

    name: str
    fields: tuple[Field, ...]
    required: tuple[tuple[str, ...], ...]
    unit: str = "单位"
    marks: tuple[str, ...] = ()
    """Fields that hardly occur elsewhere: they weigh more when two tables fit."""
    otherwise: tuple[tuple[str, ...], ...] = ()
    """Groups that will do instead of `required`, with three fields at least: an export without the text of the case."""
    unitless: bool = False
    """A row may have no unit: what the office itself does or owes stands there too."""

    def field(self, name: str) -> Field:
        """Return the field of that name; raises `KeyError`."""
        return _by_name(self)[name]


@cache
def _by_name(table: Table) -> Mapping[str, Field]:
    return {f.name: f for f in table.fields}
