"""Which words a column may hold: from a scheme's vocabulary, from the roster, from the column itself."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from zyw.columns import Kind, Table

if TYPE_CHECKING:
    from zyw.scheme import Scheme

Words: TypeAlias = Mapping[str, tuple[str, ...]]
"""Column (a field's name, or a label) → the words its dropdown offers."""

YES_NO: Final = ("是", "否")
_ALWAYS: Final[dict[str, tuple[str, ...]]] = {
    "发现方式": ("主动上报", "被动发现"),
    "是否销号": YES_NO,
    "状态": ("正在整改", "已整改", "已销号"),
    "学段": ("幼儿园", "小学", "初中", "九年一贯制学校", "高中", "职业学校", "特殊教育学校", "机关"),
}  # fmt: skip
"""Offered by zyw itself: suggestions, other words are let through."""


def words_for(table: Table, scheme: "Scheme | None" = None, units: Sequence[str] = ()) -> Words:
    """Return the dropdowns of a table's columns; `units` are the roster's, in its order."""
    found = dict(_ALWAYS)
    found |= {field.name: YES_NO for field in table.fields if field.kind is Kind.YES_NO}
    if scheme is not None:
        found |= _of_scheme(scheme)
    if units and table.name != "名册":
        found[table.unit] = tuple(units)
    return {field.name: found[field.name] for field in table.fields if found.get(field.name)}


def _of_scheme(scheme: "Scheme") -> dict[str, tuple[str, ...]]:
    freed = tuple(each.name for each in scheme.process.exemptions if each.clause)
    measures = (*(measure.name for measure in scheme.measures), *freed)
    behaviours = tuple(dict.fromkeys(text for each in scheme.categories for text in each.behaviours))
    found = {
        "类别": tuple(each.name for each in scheme.categories),
        "具体表现": behaviours,
        "来源": tuple(each.name for each in scheme.channels),
        "处理方式": measures,
        "处理结果": measures,
        "职务层级": scheme.levels.order,
        "情节": tuple(each.name for each in scheme.gravities),
        "办理方式": tuple(each.name for each in scheme.handlings),
        "材料名称": tuple(each.name for each in scheme.documents),
        "工作方面": tuple(each.name for each in scheme.areas),
        "状态": tuple(each.name for each in scheme.handling.states),
        "活动": tuple(each.name for each in scheme.activities),
    }
    return {name: words for name, words in found.items() if words}
