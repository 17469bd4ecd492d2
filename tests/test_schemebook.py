"""A scheme as a workbook and back: the same tree, whatever it says; faults at their cells; nothing becomes a formula."""

import re
import zipfile
from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from tests.docgen import run
from zyw import grammar
from zyw.decoding import Kind, Part
from zyw.located import Items, Node, Scalar, Table, parse_located
from zyw.problems import Place, Problem
from zyw.scheme import Scheme, load_scheme, read_scheme_node
from zyw.schemebook.columns import columns_of, found_column, items_of
from zyw.schemebook.notation import document
from zyw.schemebook.reading import scheme_tree
from zyw.schemebook.writing import scheme_workbook
from zyw.workbook import read_book

ROOT: Final = Path(__file__).parents[1]
WRITTEN: Final = [
    ROOT / "zyw" / "schemes" / "dayuan-2011.yaml",
    *sorted(p for p in (Path(__file__).parent / "data" / "schemes").glob("*.yaml") if "cases" not in p.name),
]
HERE: Final = Place("x")


def tree(path: Path) -> Table:
    found, problems = parse_located(path.read_text(encoding="utf-8"), path.name)
    assert isinstance(found, Table), problems
    return found


def back(content: bytes, folder: Path) -> tuple[Table | None, tuple[Problem, ...]]:
    path = folder / "方案.xlsx"
    path.write_bytes(content)
    book, problems = read_book(path, path.name)
    assert book is not None, problems
    return scheme_tree(book)


def nowhere(value: Any) -> Any:
    """Return records without their places, which is all that may differ."""
    if isinstance(value, Place):
        return None
    if isinstance(value, tuple):
        return tuple(map(nowhere, value))
    if is_dataclass(value) and not isinstance(value, type):
        return (type(value), *(nowhere(getattr(value, each.name)) for each in fields(value)))
    return value


def loaded(found: tuple[Scheme | None, tuple[Problem, ...]]) -> Scheme:
    assert found[0] is not None, found[1]
    return found[0]


@pytest.mark.parametrize("path", WRITTEN, ids=[path.stem for path in WRITTEN])
def test_a_real_scheme_comes_back_the_same_from_the_workbook_and_from_the_file_written_of_it(
    path: Path, tmp_path: Path
) -> None:
    first = loaded(load_scheme(path.read_text(encoding="utf-8"), path.name))
    content, problems = scheme_workbook(tree(path), path.stem)
    assert problems == ()
    found, problems = back(content, tmp_path)
    assert found is not None, problems
    assert nowhere(loaded(read_scheme_node(found))) == nowhere(first)
    assert nowhere(loaded(load_scheme(document(found), "x.yaml"))) == nowhere(first)
    assert content == scheme_workbook(tree(path), path.stem)[0]


SIGNS: Final = "甲乙丙领导 a1:#-*&!%@`'\"{}[],?|>=+（）、，。\\~_/²㈠\u3000\U00020000"
WORDS: Final = st.one_of(
    st.text(SIGNS, min_size=1, max_size=8),
    st.sampled_from(
        ["=1+1", "+2", "-", "@x", "null", "~", "否", "0021", "1e5", "2012-01-31", "- 甲", "甲: 乙", "_x0041_"]
    ),
).filter(lambda text: text.strip() == text)


def scalars(kind: Kind) -> st.SearchStrategy[Node]:
    return (st.sampled_from(kind.words) if kind.words else WORDS).map(lambda text: Scalar(text, HERE))


def of(kind: Kind) -> st.SearchStrategy[Node]:
    """Return values of a kind, by what its declaration says of it."""
    if kind.part is not None:
        return of_part(kind.part)
    if kind.element is not None:
        return st.lists(of(kind.element), max_size=3).map(lambda items: Items(tuple(items), HERE))
    if kind.names is not None:
        return tables(st.lists(WORDS, min_size=1, max_size=3, unique=True), lambda _: of(kind.names or kind))
    if kind.plain:
        return scalars(kind)
    deep = st.recursive(
        WORDS.map(lambda text: Scalar(text, HERE)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=2).map(lambda items: Items(tuple(items), HERE)),
            tables(st.lists(WORDS, max_size=2, unique=True), lambda _: inner),
        ),
        max_leaves=4,
    )
    return deep.map(lambda node: node)


def tables(names: st.SearchStrategy[list[str]], value: Any) -> st.SearchStrategy[Node]:
    pairs = names.flatmap(lambda found: st.tuples(*(st.tuples(st.just(name), value(name)) for name in found)))
    return pairs.map(lambda found: Table(tuple((Scalar(name, HERE), node) for name, node in found), HERE))


def of_part(part: Part) -> st.SearchStrategy[Node]:
    kinds = {key.name: key.kind for key in part.keys}
    names = st.lists(st.sampled_from(list(kinds)), min_size=1, max_size=3, unique=True)
    return tables(names, lambda name: of(kinds[name]))


TREES: Final = of_part(replace(grammar.SCHEME, keys=tuple(k for k in grammar.SCHEME.keys if k.name != "规则"))).flatmap(
    lambda top: (
        st.lists(of_part(grammar.RULE), min_size=1, max_size=3).map(
            lambda rules: Table((*top.entries, (Scalar("规则", HERE), Items(tuple(rules), HERE))), HERE)
        )
        if isinstance(top, Table)
        else st.nothing()
    )
)


def normal(node: Node, kind: Kind) -> Any:
    """Return what a value says: a list of one is its item, an empty list at the top of a sheet is none, no places."""
    if kind.part is not None and isinstance(node, Table):
        kinds = {key.name: key.kind for key in kind.part.keys}
        return {key.text: normal(value, kinds[key.text]) for key, value in node.entries}
    if kind.element is not None:
        return [normal(item, kind.element) for item in items_of(node)]
    if kind.names is not None and isinstance(node, Table):
        return {key.text: normal(value, kind.names) for key, value in node.entries}
    return nowhere(node)


def said(found: Table) -> dict[str, Any]:
    kinds = {key.name: key.kind for key in grammar.SCHEME.keys}
    told = {key.text: normal(value, kinds[key.text]) for key, value in found.entries}
    return {name: value for name, value in told.items() if value != []}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(TREES)
def test_any_tree_of_declared_keys_comes_back_from_its_workbook(tmp_path_factory: Any, found: Table) -> None:
    content, problems = scheme_workbook(found, "甲")
    assert problems == ()
    read, problems = back(content, tmp_path_factory.mktemp("书"))
    assert read is not None, problems
    assert said(read) == said(found)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(TREES)
def test_any_tree_comes_back_from_the_file_written_of_it(found: Table) -> None:
    read, problems = parse_located(document(found), "x.yaml")
    assert problems == ()
    assert nowhere(read) == nowhere(found)


def test_a_single_wide_key_inside_another_takes_lines_of_its_own() -> None:
    inner = Table(((Scalar("说明", HERE), Scalar("长" * 60, HERE)),), HERE)
    found = Table(((Scalar("分档", HERE), Table(((Scalar("档", HERE), inner),), HERE)),), HERE)
    read, problems = parse_located(document(found), "x.yaml")
    assert (nowhere(read), problems) == (nowhere(found), ())


def test_every_key_has_a_column_and_every_closed_choice_fits_a_dropdown() -> None:
    for part in grammar.PARTS:
        for column in columns_of(part, ()):
            again = found_column(column.heading, part)
            assert again is not None
            assert again.path == column.path
            assert len(",".join(column.kind.words)) <= 255


def test_closed_choices_are_dropdowns_and_nothing_is_a_formula(tmp_path: Path) -> None:
    text = WRITTEN[0].read_text(encoding="utf-8").replace("说明: 主要领导以外的人被追责一次", '说明: "=HYPERLINK(1)"')
    source = tmp_path / "a.yaml"
    source.write_text(text, encoding="utf-8")
    content, _ = scheme_workbook(tree(source), "甲")
    sheets = zipfile.ZipFile(BytesIO(content))
    parts = [sheets.read(name).decode() for name in sheets.namelist() if "worksheets/sheet" in name]
    assert not any(re.search(r"<f[ >]", part) for part in parts)
    rules = openpyxl.load_workbook(BytesIO(content))["规则"]
    heads = {each.value: each.coordinate for each in rules[1]}
    offered = {
        str(rule.sqref).split(":")[0]: rule.formula1
        for rule in rules.data_validations.dataValidation
        if rule.type == "list"
    }
    assert "案件" in offered[heads["计数"].replace("1", "2")]
    assert offered[heads["累计·对象"].replace("1", "2")] == '"个人,单位"'
    assert offered[heads["后果1·种类"].replace("1", "2")]


def edited(folder: Path, change: Any) -> None:
    content, _ = scheme_workbook(tree(WRITTEN[0]), "甲")
    book = openpyxl.load_workbook(BytesIO(content))
    change(book)
    book.save(folder / "方案.xlsx")


def cell(sheet: Worksheet, heading: str, row: int) -> Any:
    return next(sheet.cell(row, each.column) for each in sheet[1] if each.value == heading)


@pytest.mark.parametrize(
    ("where", "value", "told"),
    [
        (("规则", "每次", 2), "两分", "P007"),
        (("规则", "", 2), None, "P009"),
        (("规则", "计数", 3), "一案", "P008"),
        (("规则", "累计·至少", 4), "0", "P007"),
        (("规则", "后果1·对象", 3), "学校", "P008"),
        (("规则", "条件", 2), "职务层级: {不是", "P001"),
        (("规则", "条件", 2), "职务层极: 主要领导", "P005"),
        (("规则", "计数", 1), "记数", "P005"),
        (("规则", "说明", 1), "计数", "P071"),
        (("规则", "每次", 2), "#REF!", "P073"),
        (("规则", "每次", 2), "=1+1", "P073"),
        (("方案", "内容", 8), "年度", "P008"),
        (("处理方式", "后果1·期限", 2), "一阵子", "P007"),
    ],
)
def test_a_fault_is_named_by_sheet_and_cell(where: tuple[str, str, int], value: Any, told: str, tmp_path: Path) -> None:
    sheet, heading, row = where
    places = []

    def change(book: Any) -> None:
        target = cell(book[sheet], heading or "依据", row)
        target.value = value
        places.append(target.coordinate if heading else str(row))

    edited(tmp_path, change)
    code, printed = run(["scheme", "import", "方案.xlsx", "-o", "方案.yaml"], tmp_path)
    assert code == 2
    assert f"错误 {told}  方案.xlsx ▸ {sheet}!{places[0]} " in printed
    assert not (tmp_path / "方案.yaml").exists()


def test_what_a_clerk_types_as_number_or_day_is_read_as_written(tmp_path: Path) -> None:
    from datetime import datetime

    def change(book: Any) -> None:
        cell(book["规则"], "每次", 2).value = -2.5
        cell(book["材料"], "应报日", 2).value = datetime(2012, 1, 5)

    edited(tmp_path, change)
    code, printed = run(["scheme", "import", "方案.xlsx", "-o", "方案.yaml"], tmp_path)
    assert code == 0, printed
    text = (tmp_path / "方案.yaml").read_text(encoding="utf-8")
    assert "每次: -2.5" in text
    assert "2012-01-05" in text


def test_a_rule_more_and_a_column_more_are_read(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["规则"]
        for heading, value in {
            "编号": "问题扣分",
            "依据": "五",
            "数据": "问题台账",
            "计数": "行",
            "每次": "-1",
        }.items():
            cell(sheet, heading, 5).value = value
        for heading, value in {"后果3·对象": "单位", "后果3·内容": "约谈主要负责人", "后果3·期限": "当年"}.items():
            column = next((c.column for c in sheet[1] if c.value == heading), sheet.max_column + 1)
            sheet.cell(1, column).value = heading
            sheet.cell(4, column).value = value

    edited(tmp_path, change)
    code, printed = run(["scheme", "import", "方案.xlsx", "-o", "方案.yaml"], tmp_path)
    assert code == 0, printed
    found = loaded(load_scheme((tmp_path / "方案.yaml").read_text(encoding="utf-8"), "方案.yaml"))
    assert [rule.id for rule in found.rules][-1] == "问题扣分"
    assert [each.text for each in found.rules[2].consequences][-1] == "约谈主要负责人"
