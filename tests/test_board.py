"""The board: its numbers are the facts', its levels name nobody too many, and it works as a person uses it."""

import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests import chromium
from tests.chromium import FOUND, Page, page
from tests.paper_office import MAY, MILLION, YEAR, empty_facts, scores, small_facts, small_ledger, small_standings
from zyw.board.charts import MOST_BARS, Bar, Curve, bars, curves, sparkline
from zyw.board.content import MOST_ROWS, board
from zyw.board.months import by_month, running_scores
from zyw.board.page import filled
from zyw.facts import Facts, compute
from zyw.library import template
from zyw.office import Office
from zyw.points import to_decimal
from zyw.privacy import Level
from zyw.scores import Standing

needs_browser = pytest.mark.skipif(FOUND is None, reason="needs chromium")


def html(facts: Facts, level: Level = Level.INTERNAL) -> str:
    return filled(template("看板.html").decode(), board(facts, level, Office())).decode()


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def texts(page_text: str) -> str:
    reader = _Texts()
    reader.feed(page_text)
    return "".join(reader.found)


def many(count: int, name: str = "小学") -> Facts:
    """Return facts of `count` units that lost 1, 2, 3 … points."""
    units = [(f"{name}{i}", "小学") for i in range(1, count + 1)]
    moves = [
        (unit, "", "干部教师追责", "五", "2012-03-05", MILLION, -i * MILLION, "", "", "", (0,))
        for i, (unit, _) in enumerate(units, 1)
    ]
    places = [Standing(unit, "小学", i, count, False, None) for i, (unit, _) in enumerate(units, 1)]
    return compute(small_ledger(), small_facts().scheme, scores(YEAR, units, moves), places, {})


def test_every_page_s_rules_add_up_to_the_score() -> None:
    told = board(small_facts(YEAR), Level.INTERNAL, Office())
    for each in told["单位"]:
        total = Decimal(each["基础分"]) + sum(Decimal(rule["分值"]) for rule in each["规则"])
        assert total == Decimal(each["得分"])
        assert sum(Decimal(rule["分值"]) for rule in each["规则"]) == sum(Decimal(row["分值"]) for row in each["明细"])


def test_the_months_add_up_to_the_facts() -> None:
    facts = small_facts()
    months = by_month(facts)
    assert [month.label for month in months] == ["2012-01", "2012-02", "2012-03", "2012-04", "2012-05"]
    assert sum(month.found for month in months) == facts.issues.found.total == 5
    assert sum(month.done for month in months) == facts.issues.done_in.total
    assert sum(month.lost for month in months) == facts.lost.total == 7 * MILLION


def test_a_running_score_ends_at_the_score() -> None:
    facts = small_facts()
    runs = running_scores(facts, [month.last for month in by_month(facts)])
    assert [to_decimal(value) for value in runs["大垸中学"]] == [100, 98, 98, 98, 93]
    assert set(runs["幼儿园"]) == {100 * MILLION}


def test_a_movement_without_a_day_shows_in_the_last_month_only() -> None:
    moves = [("一小", "", "封顶", "五", None, 0, 3 * MILLION, "", "", "", ())]
    facts = compute(small_ledger(), small_facts().scheme, scores(MAY, [("一小", "小学")], moves), (), {})
    runs = running_scores(facts, [month.last for month in by_month(facts)])
    assert [to_decimal(value) for value in runs["一小"]] == [100, 100, 100, 100, 103]


@pytest.mark.parametrize("level", list(Level))
def test_who_is_named_depends_on_the_level(level: Level) -> None:
    told = texts(html(small_facts(YEAR), level))
    whole = [name in told for name in ("张三", "张四", "欧阳修文", "李五")]
    assert all(whole) if level is Level.INTERNAL else not any(whole)
    assert ("张某" in told) is (level is Level.NOTICE)
    assert ("追责台账.xlsx" in told) is (level is not Level.PUBLIC)
    assert "取消评先资格" in told
    assert ("不得晋职晋级" in told) is (level is not Level.PUBLIC)


def test_a_file_that_was_not_read_is_said_and_at_the_public_level_not_named() -> None:
    facts = small_facts(YEAR, missing=("张三举报.xlsx",))
    assert "张三举报.xlsx（未能读取" in texts(html(facts))
    public = texts(html(facts, Level.PUBLIC))
    assert "1 个文件未能读取" in public
    assert "张三" not in public


HOSTILE = "</script><script>alert(1)</script>\"'&<img src=x onerror=alert(1)>{{ 7*7 }}"


def test_a_hostile_name_is_text_wherever_it_stands() -> None:
    facts = many(2, HOSTILE)
    made = html(facts)
    reader = _Texts()
    reader.feed(made)
    assert "".join(reader.found).count(HOSTILE + "1") >= 3
    assert sum(tag == "script" for tag, _ in reader.tags) == 2
    assert not [tag for tag, attrs in reader.tags if tag == "img" or any(name.startswith("on") for name in attrs)]


def test_nothing_is_loaded_from_anywhere() -> None:
    made = html(small_facts(YEAR))
    assert not re.search(r"(?:src|href)=(?![\"']?#)", made)
    assert "url(" not in made
    assert "@import" not in made
    assert "default-src 'none'" in made


def test_an_empty_office_has_a_board_too() -> None:
    told = texts(html(empty_facts()))
    assert "没有数据" in told
    assert "None" not in told
    assert "nan" not in told


def test_equal_facts_give_equal_boards() -> None:
    assert html(small_facts(YEAR)) == html(small_facts(YEAR))


def test_two_hundred_units_make_a_chart_of_the_worst_and_a_page_each() -> None:
    made = html(many(200))
    assert f"另有 {200 - MOST_BARS} 项，见表" in made
    assert made.count('<section class="unit"') == 200


def test_more_rows_than_a_page_shows_are_counted_and_still_add_up() -> None:
    moves = [("一小", "", "干部教师追责", "五", "2012-03-05", MILLION, -1000, "", "", "", (0,))] * (MOST_ROWS + 7)
    facts = compute(small_ledger(), small_facts().scheme, scores(YEAR, [("一小", "小学")], moves), (), {})
    (one,) = board(facts, Level.INTERNAL, Office())["单位"]
    assert len(one["明细"]) == MOST_ROWS
    assert one["另有"] == 7
    assert Decimal(one["规则"][0]["分值"]) * MILLION == -1000 * (MOST_ROWS + 7)


def test_a_chart_says_every_number_beside_its_mark() -> None:
    drawn = bars("类别", [Bar("精神状态不佳", 3, "3"), Bar("没有的", 0, "0")])
    assert re.findall(r"<text[^>]*>([^<]+)</text>", drawn) == ["精神状态不佳", "3", "没有的", "0"]
    assert drawn.count("<rect") == 1


def test_a_long_label_is_cut_and_stands_whole_in_the_title() -> None:
    name = "名" * 40
    drawn = bars("单位", [Bar(name, 1, "1")])
    assert f"<title>{name}：1</title>" in drawn
    assert f">{name}<" not in drawn


@pytest.mark.parametrize(
    "drawn", [bars("x", []), curves("x", [], []), curves("x", ["2012-01"], [Curve("a", [0], ["0"])])]
)
def test_a_chart_without_data_says_so(drawn: str) -> None:
    assert "x：没有数据" in drawn
    assert "<svg" not in drawn


def test_lines_differ_without_colour() -> None:
    drawn = curves("x", ["2012-01", "2012-02"], [Curve("a", [1, 2], ["1", "2"]), Curve("b", [2, 1], ["2", "1"])])
    assert drawn.count("stroke-dasharray") == 1
    assert {"●", "▲"} <= set(drawn)


def test_one_month_has_no_line() -> None:
    assert sparkline([1]) == ""
    assert "9" in sparkline([5, 5])


# --- as a person uses it ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Any:
    if FOUND is None:
        pytest.skip("needs chromium")
    path = tmp_path_factory.mktemp("看 板") / "看板.html"
    path.write_text(html(small_facts(YEAR)), encoding="utf-8")
    with page() as found:
        yield found, path


def names(found: Page) -> list[str]:
    rows = "[].filter.call(document.querySelectorAll('#ranking tbody tr'), function(r){return !r.hidden})"
    shown: list[str] = found.run(f"{rows}.map(function(r){{return r.cells[2].textContent}})")
    return shown


def head(found: Page, column: int) -> None:
    found.run(f"document.querySelectorAll('#ranking th button')[{column}].click()")


@needs_browser
def test_a_click_on_a_heading_sorts_and_a_second_turns_it_round(opened: tuple[Page, Path]) -> None:
    found, path = opened
    found.open(path)
    assert names(found) == ["大垸中学", "中心小学", "一小", "幼儿园"]
    head(found, 3)
    assert names(found)[0] == "大垸中学"
    head(found, 3)
    assert names(found)[-1] == "大垸中学"
    head(found, 1)
    assert names(found)[-1] == "幼儿园"  # not ranked: last, whichever way
    head(found, 1)
    assert names(found)[-1] == "幼儿园"


@needs_browser
def test_filters_by_name_and_group_and_says_how_many(opened: tuple[Page, Path]) -> None:
    found, path = opened
    found.open(path)
    found.press("/")
    found.type("小")
    assert names(found) == ["中心小学", "一小"]
    assert found.run("document.getElementById('shown').textContent") == "显示 2 个单位，共 4 个"
    found.press("Escape")
    assert len(names(found)) == 4
    found.run(
        "(function(){var g=document.getElementById('group');g.value='初中';g.dispatchEvent(new Event('change'))})()"
    )
    assert names(found) == ["大垸中学"]


SHOWN = "[].filter.call(document.querySelectorAll('.unit'), function(u){return u.offsetParent}).map(function(u){return u.id})"


@needs_browser
def test_a_unit_s_page_opens_turns_and_closes_by_keyboard(opened: tuple[Page, Path]) -> None:
    found, path = opened
    found.open(path)
    assert found.run(SHOWN) == []
    found.run("document.querySelector('#ranking a').focus()")
    found.press("Enter", "\r")
    settled = "new Promise(function(done){setTimeout(function(){done(1)}, 50)})"
    found.run(settled)
    assert found.run(SHOWN) == ["u1"]
    assert found.run("document.querySelector('.whole').offsetParent") is None
    for key, expected in (("ArrowRight", ["u2"]), ("ArrowLeft", ["u1"]), ("ArrowLeft", ["u1"]), ("Escape", [])):
        found.press(key)
        found.run(settled)
        assert found.run(SHOWN) == expected


@needs_browser
def test_fits_a_phone_and_prints_and_asks_nobody(opened: tuple[Page, Path]) -> None:
    found, path = opened
    found.open(path, wide=390, high=800)
    assert found.run("document.documentElement.scrollWidth <= innerWidth")
    assert found.printed().startswith(b"%PDF")
    assert {address.split(":")[0] for address in found.asked} == {"file"}
    assert set(found.asked) == {path.as_uri()}


@needs_browser
def test_without_scripts_everything_is_there(opened: tuple[Page, Path]) -> None:
    _, path = opened
    with chromium.page() as plain:
        plain.open(path, scripts=False)
        assert plain.shown("section.unit") == 4
        assert plain.shown("#filter") == 0


@needs_browser
def test_a_hostile_name_runs_nothing(tmp_path: Path, opened: tuple[Page, Path]) -> None:
    found, _ = opened
    path = tmp_path / "看板.html"
    path.write_text(html(many(2, HOSTILE)), encoding="utf-8")
    found.open(path)
    assert found.run("document.querySelectorAll('script').length") == 2
    assert names(found) == [HOSTILE + "1", HOSTILE + "2"]


def test_the_small_office_s_places_are_those_of_the_standings() -> None:
    told = board(replace(small_facts(YEAR)), Level.PUBLIC, Office())
    assert [line["名次"] for group in told["组"] for line in group["行"]] == [
        str(each.rank) if each.rank else "" for each in small_standings()
    ]
