"""The ranked workbook as a reader of it sees it: cells, looks, formulas, print set-up, and what it must not show."""

import csv
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

import zyw
from tests.ranked_books import CLAUSE, Entry, School, Share, county, ranked_book, twelve_schools
from zyw import tables
from zyw.periods import Period
from zyw.points import to_decimal
from zyw.privacy import Level
from zyw.ranked import details
from zyw.ranked.book import RankedBook
from zyw.rowset import RowSet
from zyw.scheme import load_scheme
from zyw.scores import Standing
from zyw.shown.schemes import frame
from zyw.tables import OUTPUT_MARK, ranked_csv, ranked_workbook, scored_csv, scored_workbook

GOLDEN = Path(__file__).parent / "golden" / "ranked_workbook.txt"
SHEETS = ["排名", "得分明细", "未计入", "规则", "说明"]
ODD_NAMES = (
    "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "{=1}", "http://x/", "＝1+1", "A*", "A", "a", "AB", "一中?", "一中", "~", "~*",
    "<>", "<5", ">=3", "*", "?", "一中二", "'一中", "<r><t>x</t></r>", "A&B<C>\"D\"中学", "_x000B_中学", "1", "1.0", "TRUE",
)  # fmt: skip


def opened(data: bytes, values: bool = True) -> Any:
    return openpyxl.load_workbook(BytesIO(data), data_only=values)


def table(data: bytes, sheet: str, key: str = "单位", values: bool = True) -> list[dict[str, Any]]:
    """Return a sheet's body as dicts by label: from the row whose cells hold `key` to the first without rules."""
    rows = list(opened(data, values)[sheet].iter_rows())
    head = next(i for i, row in enumerate(rows) if key in [cell.value for cell in row])
    labels = [str(cell.value).replace("\n", "") for cell in rows[head]]
    body = [row for row in rows[head + 1 :] if row[-1].border.left.style]
    return [dict(zip(labels, [cell.value for cell in row], strict=True)) for row in body]


def by_unit(data: bytes, column: str) -> dict[str, Any]:
    return {row["单位"]: row[column] for row in table(data, "排名")}


def recalculated(data: bytes, folder: Path) -> bytes:
    """Return the workbook as LibreOffice saves it after calculating every formula anew."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("soffice (LibreOffice) is not installed: formulas not recalculated")
    blank = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", sheet_xml(data, 1))
    source = folder / "in" / "book.xlsx"
    source.parent.mkdir()
    source.write_bytes(with_part(data, "xl/worksheets/sheet1.xml", blank))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "book.xlsx").read_bytes()


def sheet_xml(data: bytes, number: int) -> bytes:
    return ZipFile(BytesIO(data)).read(f"xl/worksheets/sheet{number}.xml")


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(target, "w") as archive:
        for part in source.namelist():
            archive.writestr(part, content if part == name else source.read(part))
    return target.getvalue()


def odd_book() -> RankedBook:
    schools = [School(name) for name in ODD_NAMES]
    entries = [Entry(name, points=-1_000_000 * i - 100_000) for i, name in enumerate(ODD_NAMES, start=1)]
    return ranked_book(schools, entries)


def described(data: bytes) -> str:
    """Return every cell with its look, every merge, width and print setting, a line each."""
    lines = []
    for sheet in opened(data, values=False):
        page, frame = sheet.page_setup, sheet.sheet_properties.pageSetUpPr
        lines.append(f"== {sheet.title} 冻结 {sheet.freeze_panes} 筛选 {sheet.auto_filter.ref} 打印 {sheet.print_area}")
        lines.append(
            f"   纸 {page.paperSize} {page.orientation} 宽 {frame.fitToPage} {page.fitToHeight} 表头 {sheet.print_title_rows}"
        )
        lines.append(f"   合并 {sorted(str(merged) for merged in sheet.merged_cells.ranges)}")
        lines.append(f"   列宽 {[round(sheet.column_dimensions[c].width, 2) for c in sorted(sheet.column_dimensions)]}")
        lines += [_described(cell) for row in sheet.iter_rows() for cell in row if cell.has_style]
    return "\n".join(lines) + "\n"


def _described(cell: Any) -> str:
    font, rules = cell.font, cell.border
    sides = "".join(
        {"thin": "-", "medium": "=", None: " "}[s.style] for s in (rules.left, rules.top, rules.right, rules.bottom)
    )
    fill = cell.fill.fgColor.rgb if cell.fill.fill_type else "无"
    colour = font.color.rgb if font.color and font.color.type == "rgb" else "黑"
    bold = "粗" if font.b else ""
    look = f"{font.name}{font.sz:g}{bold} {colour} {fill} [{sides}] {cell.alignment.horizontal} {cell.number_format}"
    return f"{cell.coordinate}\t{cell.value!r}\t{look}"


def test_the_workbook_is_the_golden_one_in_cells_and_looks(update_golden: bool) -> None:
    found = described(ranked_workbook(replace(twelve_schools(), level=Level.INTERNAL)))
    if update_golden:
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_five_sheets_in_order_each_fits_an_a4_page_in_width_and_repeats_its_header() -> None:
    book = opened(ranked_workbook(twelve_schools()))
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows and sheet.freeze_panes and sheet.auto_filter.ref
        assert "&P" in sheet.oddFooter.center.text and "&N" in sheet.oddFooter.center.text


@pytest.mark.parametrize(
    ("first", "last", "heading"),
    [
        (date(2012, 1, 1), date(2012, 12, 31), "2012年度"),
        (date(2012, 1, 1), date(2012, 5, 31), "2012年1月至5月"),
        (date(2012, 3, 1), date(2012, 3, 31), "2012年3月"),
        (date(2011, 9, 1), date(2012, 8, 31), "2011—2012学年"),
        (date(2012, 3, 2), date(2012, 3, 31), "2012年3月2日至2012年3月31日"),
    ],
)
def test_without_a_title_the_heading_names_the_period(first: date, last: date, heading: str) -> None:
    book = ranked_book([School("一中")])
    span = replace(book.scores.span, period=Period(first, last))
    data = ranked_workbook(replace(book, scores=replace(book.scores, span=span)))
    assert opened(data)["排名"]["A1"].value == f"{heading}各单位考核得分排名表"


def test_a_wide_sheet_lies_across_and_a_narrow_one_stands() -> None:
    book = opened(ranked_workbook(twelve_schools()))
    assert book["排名"].page_setup.orientation == "landscape"
    assert book["说明"].page_setup.orientation == "portrait"
    plain = opened(ranked_workbook(ranked_book([School("一中"), School("二中")])))
    assert plain["排名"].page_setup.orientation == "portrait"


def test_each_group_is_in_order_of_place_and_units_without_a_place_come_last_with_the_reason() -> None:
    rows = table(ranked_workbook(twelve_schools()), "排名")
    assert [row["学段"] for row in rows] == ["初中"] * 4 + ["小学"] * 4 + ["幼儿园"] * 3 + ["小学"]
    assert [row["名次"] for row in rows] == [1, 1, 3, 4, 1, 2, 2, 4, 1, 1, 3, "不排名"]
    assert rows[-1]["备注"] == "不排名：没有测评数据，满意率规则无从计算"


def test_ties_and_unusable_rows_are_said_in_words_beside_the_place() -> None:
    remarks = by_unit(ranked_workbook(twelve_schools()), "备注")
    assert remarks["大垸管理区柳关初级中学"] == "并列；有 2 行未计入"
    assert remarks["大垸管理区红太阳幼儿园"] == "有 1 行未计入"
    assert remarks["大垸管理区沙洋小学"] is None


def test_a_consequence_is_worded_and_coloured() -> None:
    sheet = opened(ranked_workbook(twelve_schools()))["排名"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "取消2012年度评先资格"]
    assert len(cells) == 2
    assert {cell.fill.fgColor.rgb for cell in cells} == {"FFFFE1D6"}


def test_the_satisfied_rate_stands_beside_the_score_and_says_that_it_gives_no_points() -> None:
    book = ranked_book([School("一中"), School("二中")])
    rated = replace(book, rates={"一中": Share(Fraction(2, 3)), "二中": Share(None)})
    assert by_unit(ranked_workbook(rated), "满意率（不计分）") == {"一中": 0.6667, "二中": "—"}
    assert "满意率（不计分）" not in table(ranked_workbook(book), "排名")[0]


def test_missing_inputs_are_named_on_every_table_and_in_the_guide() -> None:
    data = ranked_workbook(replace(twelve_schools(), missing_inputs=("三中.xlsx",)))
    texts = {sheet.title: [str(c.value) for row in sheet.iter_rows() for c in row] for sheet in opened(data)}
    for name in ("排名", "得分明细", "未计入"):
        assert any(text.startswith("缺：三中.xlsx") for text in texts[name])
    assert any("三中.xlsx 未能读取" in text for text in texts["说明"])


def test_scores_without_places_add_up_on_their_own_sheets() -> None:
    book = replace(twelve_schools(), level=Level.INTERNAL)
    data = scored_workbook(book)
    assert [sheet.title for sheet in opened(data)] == ["得分", "得分明细", "未计入", "规则"]
    moved: dict[int, Decimal] = {}
    for row in table(data, "得分明细"):
        moved[row["单位序号"]] = moved.get(row["单位序号"], Decimal(0)) + Decimal(str(row["分值"]))
    lines = [row for row in table(data, "得分") if isinstance(row["序号"], int)]
    assert len(lines) == len(book.scores.unit_rows)
    for row in lines:
        assert Decimal(str(row["基础分"])) + moved.get(row["序号"], Decimal(0)) == Decimal(str(row["得分"])), row
    told = list(csv.DictReader(StringIO(scored_csv(book).decode("utf-8-sig"))))
    assert [(row["单位"], Decimal(row["得分"])) for row in told] == [
        (row["单位"], Decimal(str(row["得分"]))) for row in lines
    ]
    whole = "".join(str(cell.value) for sheet in opened(data) for row in sheet.iter_rows() for cell in row)
    assert "“排名”" not in whole
    assert "“说明”" not in whole


def test_a_ledger_that_nobody_gave_is_named_on_the_ranking_and_in_the_csv() -> None:
    book = replace(twelve_schools(), lacking=("追责台账",))
    texts = [str(c.value) for row in opened(ranked_workbook(book))["排名"].iter_rows() for c in row]
    assert "缺：没有收到追责台账，依据它的规则没有计分" in texts
    rows = list(csv.DictReader(StringIO(ranked_csv(book).decode("utf-8-sig"))))
    assert {row["缺"] for row in rows} == {"没有收到追责台账"}


def test_the_journal_leads_back_to_file_sheet_row_and_cell() -> None:
    rows = table(ranked_workbook(replace(twelve_schools(), level=Level.INTERNAL)), "得分明细")
    first = rows[0]
    assert (first["单位"], first["姓名"], first["日期"], first["分值"]) == (
        "大垸管理区第一初级中学", "周建国", datetime(2012, 3, 14), -5,
    )  # fmt: skip
    assert (first["文件"], first["工作表"], first["行"], first["单元格"]) == (
        "追责台账.xlsx",
        "追责",
        "4、5",
        "D4、G4、D5、G5",
    )
    two = next(row for row in rows if row["规则"] == "主要领导两次追责")
    assert (two["文件"], two["工作表"]) == ("追责台账.xlsx；分校/一季度问题台账.xlsx", "追责；Sheet1")
    assert (two["影响期起"], two["影响期止"]) == (datetime(2012, 11, 20), "无期限")


def test_every_rule_of_the_scheme_stands_in_the_rules_with_its_clause_and_the_open_readings() -> None:
    rows = table(ranked_workbook(twelve_schools()), "规则", key="名称")
    assert [row["名称"] for row in rows][:3] == ["干部教师追责", "主要领导追责", "主要领导两次追责"]
    assert {row["依据（条款）"] for row in rows} == {CLAUSE}
    assert "算一次追责" in rows[0]["方案未定处的读法"]


def test_the_rules_of_the_built_in_scheme_are_listed_whole() -> None:
    text = (Path(zyw.__file__).parent / "schemes" / "dayuan-2011.yaml").read_text(encoding="utf-8")
    scheme, _ = load_scheme(text, "dayuan-2011.yaml")
    assert scheme is not None
    book = twelve_schools()
    scores = replace(book.scores, scheme=scheme, notes=scheme.notes)
    data = ranked_workbook(replace(book, scores=scores))
    rows = table(data, "规则", key="名称")
    framed = [name for _, parts in frame(scheme) for name, _, _ in parts]
    assert [row["名称"] for row in rows] == [r.id for r in scheme.rules] + framed + [m.name for m in scheme.measures]
    assert all(row["内容"] and row["依据（条款）"] for row in rows)
    told = [row["内容"] for row in table(data, "说明", key="项目") if row["项目"] == "方案未定"]
    assert len(told) == len(scheme.notes)


def test_cached_values_equal_the_scores_for_two_readers_without_a_formula_engine() -> None:
    book = twelve_schools()
    data = ranked_workbook(book)
    scores = dict(zip(book.scores.units["unit"], map(to_decimal, book.scores.units["score"]), strict=True))
    assert by_unit(data, "得分") == scores
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("排名").to_python()
    assert {str(row[2]): row[5] for row in rows if row[2] in scores} == scores


def test_scores_and_places_are_formulas() -> None:
    for row in table(ranked_workbook(twelve_schools()), "排名", values=False):
        assert str(row["加减分"]).startswith("=ROUND(SUMIFS(")
        assert str(row["得分"]).startswith("=ROUND(")
        assert row["名次"] == "不排名" or str(row["名次"]).startswith("=COUNTIFS(")


@pytest.mark.parametrize("book", [twelve_schools(), odd_book()], ids=["twelve schools", "odd names"])
def test_libreoffice_calculates_the_same_numbers(book: RankedBook, tmp_path: Path) -> None:
    data = ranked_workbook(book)
    fresh = table(recalculated(data, tmp_path), "排名")
    kept = table(data, "排名")
    for column in ("加减分", "得分", "名次", "参评数"):
        assert [row[column] for row in fresh] == [row[column] for row in kept]


def test_libreoffice_adds_up_a_long_journal_of_hundredths_to_the_same_scores(tmp_path: Path) -> None:
    data = ranked_workbook(county(40, 6000))
    fresh = table(recalculated(data, tmp_path), "排名")
    assert [(row["得分"], row["名次"]) for row in fresh] == [(row["得分"], row["名次"]) for row in table(data, "排名")]


def test_a_changed_point_in_the_journal_changes_score_and_place(tmp_path: Path) -> None:
    data = ranked_workbook(twelve_schools())
    changed = sheet_xml(data, 2).replace(b"<v>-5</v>", b"<v>-0.5</v>")
    fresh = table(recalculated(with_part(data, "xl/worksheets/sheet2.xml", changed), tmp_path), "排名")
    assert {row["单位"]: row["得分"] for row in fresh}["大垸管理区第三初级中学"] == 99
    assert {row["单位"]: row["名次"] for row in fresh}["大垸管理区第三初级中学"] == 3


def test_places_that_do_not_follow_from_scores_alone_are_written_as_numbers() -> None:
    book = ranked_book([School("一中"), School("二中")])
    parted = (Standing("一中", "初中", 1, 2, False, None), Standing("二中", "初中", 2, 2, False, None))
    rows = table(ranked_workbook(replace(book, standings=parted)), "排名", values=False)
    assert [row["名次"] for row in rows] == [1, 2]


def test_a_journal_longer_than_a_sheet_is_cut_and_the_scores_are_then_written_as_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (tables, details):
        monkeypatch.setattr(module, "SHEET_ROWS", 3)
    data = ranked_workbook(ranked_book([School("一中")], [Entry("一中", points=-1_000_000)] * 5))
    assert len(table(data, "得分明细")) == 3
    assert [row["得分"] for row in table(data, "排名", values=False)] == [95]
    assert "超过一张工作表的行数" in str(table(data, "说明", key="项目"))


def test_odd_names_stay_text_and_each_gets_its_own_points() -> None:
    book = odd_book()
    data = ranked_workbook(book)
    found = {row["单位"].rstrip(" "): row["得分"] for row in table(data, "排名")}
    assert found == dict(
        zip(ODD_NAMES, (float(to_decimal(score)) for score in book.scores.units["score"]), strict=True)
    )


def test_no_text_becomes_a_formula_or_a_link() -> None:
    data = ranked_workbook(replace(odd_book(), title="=1+1", missing_inputs=("=2+2", "http://x/")))
    parts = ZipFile(BytesIO(data))
    formulas = [f for name in parts.namelist() for f in re.findall(rb"<f>([^<]*)", parts.read(name))]
    assert all(f.startswith((b"ROUND(", b"COUNTIF")) for f in formulas)
    assert not any(b"<hyperlink" in parts.read(name) for name in parts.namelist())


@pytest.mark.parametrize("name", ["一中\x0b二中", "一中\ud800", "一中\x00", "一中\uffff", "一中\r\n二中"])
def test_characters_that_a_cell_cannot_hold_do_no_harm(name: str) -> None:
    data = ranked_workbook(ranked_book([School(name)], [Entry(name, points=-1_000_000)]))
    (score,) = (row["得分"] for row in table(data, "排名"))
    assert score == 99
    assert ranked_csv(ranked_book([School(name)]))


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    long = "长" * 40_000
    omitted = [("一中", "", "规则", CLAUSE, long, (0,))]
    (row,) = table(ranked_workbook(ranked_book([School("一中")], (), omitted)), "未计入")
    assert len(row["原因"]) <= 32_767
    assert row["原因"].endswith("（原文共40000字，以下略）")


def test_an_internal_workbook_names_persons_whole() -> None:
    data = ranked_workbook(replace(twelve_schools(), level=Level.INTERNAL))
    assert "周建国" in [row["姓名"] for row in table(data, "得分明细")]
    assert "冯唐" in str(table(data, "未计入"))


def test_a_circular_masks_persons_also_in_reasons_and_in_names_of_files() -> None:
    entries = [Entry("一中", "周建国", -1_000_000)]
    omitted = [("一中", "冯唐", "规则", CLAUSE, "冯唐一行有误", (0,))]
    book = ranked_book([School("一中")], entries, omitted)
    blocks = tuple(replace(block, file="周建国处理决定.xlsx") for block in book.origins.blocks)
    data = ranked_workbook(replace(book, origins=replace(book.origins, blocks=blocks), level=Level.NOTICE))
    assert "周建国" not in all_text(data)
    assert "冯唐" not in all_text(data)
    assert "周某某处理决定.xlsx" in all_text(data)


def test_a_public_workbook_shows_no_person_no_file_and_no_measure_against_a_person() -> None:
    text = all_text(ranked_workbook(replace(twelve_schools(), level=Level.PUBLIC)))
    for hidden in ("姓名", "周建国", "周某", "欧阳", "冯唐", "未经核实", "追责台账.xlsx", "不得晋职晋级", "责令辞职"):
        assert hidden not in text
    assert "取消2012年度评先资格" in text


@pytest.mark.parametrize("level", list(Level))
def test_scores_are_the_same_at_every_level(level: Level, tmp_path: Path) -> None:
    data = ranked_workbook(replace(twelve_schools(), level=level))
    assert by_unit(data, "得分") == by_unit(ranked_workbook(twelve_schools()), "得分")
    if level is Level.PUBLIC:
        assert by_unit(recalculated(data, tmp_path), "得分") == by_unit(data, "得分")


def all_text(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist())


def test_the_same_input_gives_the_same_bytes() -> None:
    assert ranked_workbook(twelve_schools()) == ranked_workbook(twelve_schools())
    assert ranked_workbook(county(20, 3000)) == ranked_workbook(county(20, 3000))


def test_the_workbook_is_marked_as_an_output() -> None:
    for book in (twelve_schools(), county(20, 3000)):
        marks = {mark.name for mark in opened(ranked_workbook(book)).custom_doc_props.props}
        assert marks == {OUTPUT_MARK}


def test_an_empty_journal_says_so_and_the_units_keep_their_base(tmp_path: Path) -> None:
    data = ranked_workbook(ranked_book([School("一中")]))
    assert table(data, "得分明细")[0]["单位"] == "（无）"
    assert table(data, "未计入")[0]["单位"] == "（无）"
    assert by_unit(recalculated(data, tmp_path), "得分") == {"一中": 100}


def test_no_unit_at_all_still_gives_a_workbook() -> None:
    assert opened(ranked_workbook(ranked_book([]))).sheetnames == SHEETS


def test_three_hundred_units_with_names_of_forty_characters() -> None:
    names = ["长" * 37 + f"{i:03}" for i in range(300)]
    data = ranked_workbook(ranked_book([School(name) for name in names], [Entry(names[7], points=-500_000)]))
    scores = by_unit(data, "得分")
    assert len(scores) == 300
    assert scores[names[7]] == 99.5
    assert opened(data)["排名"].row_dimensions[5].height > 40


def test_points_finer_than_hundredths_are_shown_in_full() -> None:
    book = ranked_book([School("一中")], [Entry("一中", points=-333_333)])
    data = ranked_workbook(book)
    cell = next(c for row in opened(data)["排名"].iter_rows() for c in row if c.value == 99.666667)
    assert cell.number_format == "0.000000"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(-50_000_000, 50_000_000), min_size=1, max_size=30))
def test_base_and_points_as_written_add_up_to_the_score_as_written(points: list[int]) -> None:
    data = ranked_workbook(ranked_book([School("一中")], [Entry("一中", points=micro) for micro in points]))
    (line,) = table(data, "排名")
    parts = [Decimal(repr(row["分值"])) for row in table(data, "得分明细")]
    assert Decimal(repr(line["基础分"])) + sum(parts) == Decimal(repr(line["得分"]))


def test_the_csv_opens_in_excel_and_holds_the_same_table() -> None:
    data = ranked_csv(twelve_schools())
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))
    assert [row["名次"] for row in rows] == ["1", "1", "3", "4", "1", "2", "2", "4", "1", "1", "3", "不排名"]
    assert rows[2]["加减分"] == "-7"
    assert rows[2]["满意率（不计分）"] == "0.8700"


def test_the_csv_names_missing_inputs() -> None:
    data = ranked_csv(replace(twelve_schools(), missing_inputs=("三中.xlsx", "四中.xls")))
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))
    assert {row["缺"] for row in rows} == {"三中.xlsx、四中.xls"}


def test_points_of_six_decimals_and_large_bases_have_room_in_their_column() -> None:
    data = ranked_workbook(ranked_book([School("一中")], [Entry("一中", points=-1_234_333_333)], base=99_999_000_000))
    width = opened(data)["排名"].column_dimensions["D"].width
    assert width >= len("-98764.666667") + 1


def test_text_in_the_csv_that_looks_like_a_formula_gets_a_quote_and_true_numbers_do_not() -> None:
    rows = list(csv.DictReader(StringIO(ranked_csv(odd_book()).decode("utf-8-sig"))))
    names = {row["单位"] for row in rows}
    assert {"'=1+1", "'+1", "'-1", "'@SUM(1)", "'\t=1", "{=1}", "http://x/"} <= names
    assert all(row["加减分"].startswith("-") for row in rows)


def test_a_day_before_excel_counts_days_is_written_as_text() -> None:
    data = ranked_workbook(ranked_book([School("一中")], [Entry("一中", day="1899-10-01")]))
    assert table(data, "得分明细")[0]["日期"] == "1899-10-01"


def test_a_frame_without_rows_but_with_typed_columns_is_no_trouble() -> None:
    book = ranked_book([School("一中")])
    empty = pd.DataFrame({name: book.scores.journal[name] for name in book.scores.journal})
    assert ranked_workbook(replace(book, scores=replace(book.scores, journal_rows=RowSet.of(empty))))
