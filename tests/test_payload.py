"""Results as JSON: exact texts, nulls, places, and what holds for every score."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import Office
from zyw import payload
from zyw.ledger import SheetReport
from zyw.library import read_scheme
from zyw.naming.units import Unit
from zyw.periods import Period, Span
from zyw.problems import Place, Problem, Severity
from zyw.ranking import rank
from zyw.rowset import RowSet
from zyw.scores import Scores, Standing
from zyw.scoring import score

YEAR = Span(Period(date(2012, 1, 1), date(2012, 12, 31)), None, date(2012, 12, 31))
SCHEME = read_scheme("dayuan-2011")[0]
UNITS = [Unit("大垸中学", "初中"), Unit("黄歇中学", "初中"), Unit("分局机关")]
ROW = {"案号": "1", "处理方式": "通报批评", "处理时间": "2012-04-02"}


def office() -> Office:
    return Office(units=UNITS).sanctions(
        ROW | {"单位": "大垸中学", "姓名": "周全", "职务": "校长", "撤销时间": ""},
        ROW | {"单位": "黄歇中学", "姓名": "吴用", "职务": "教师", "撤销时间": "2012-06-01"},
    )


def scored(span: Span = YEAR) -> tuple[Scores, dict[str, Any]]:
    ledger = office().ledger()
    scores, problems = score(ledger, SCHEME, span)
    return scores, payload.scored(ledger, scores, problems)


def test_a_problem_has_every_key_and_null_for_what_is_unknown() -> None:
    fault = Problem("L012", Severity.ERROR, Place("a.xlsx", "s", "C7"), "话", "改")
    assert payload.entry(fault) == {
        "code": "L012", "severity": "error", "file": "a.xlsx", "sheet": "s", "cell": "C7", "message": "话", "hint": "改",
    }  # fmt: skip
    nowhere = payload.entry(Problem("L012", Severity.NOTE, None, "话", ""))
    assert (nowhere["file"], nowhere["sheet"], nowhere["cell"]) == (None, None, None)
    assert payload.entry(Problem("F001", Severity.WARNING, Place("a.csv", "", "C7"), "", ""))["sheet"] is None


def test_a_place_in_a_scheme_keeps_its_line() -> None:
    fault = payload.entry(Problem("P001", Severity.ERROR, Place("方案.yaml", line=12, column=5), "话", "改"))
    assert (fault["line"], fault["column"], fault["cell"]) == (12, 5, None)


def test_points_are_texts_and_places_are_cells() -> None:
    _, made = scored()
    move = next(row for row in made["journal"] if row["consequence"] is None)
    assert (move["points"], move["quantity"], move["date"]) == ("-5", "1", "2012-04-02")
    assert move["origins"][0]["file"] == "追责台账.xlsx"
    assert move["origins"][0]["row"] == 2
    assert all(cell.endswith("2") for cell in move["origins"][0]["cells"])


def test_what_did_not_count_is_given_with_the_reason_and_the_cells() -> None:
    _, made = scored()
    assert [(row["unit"], row["person"]) for row in made["not_counted"]] == [("黄歇中学", "吴用")]
    assert "已撤销 2012-06-01" in made["not_counted"][0]["reason"]
    assert made["not_counted"][0]["origins"][0]["row"] == 3


def test_a_unit_without_a_kind_has_null() -> None:
    _, made = scored()
    assert [unit["kind"] for unit in made["units"]] == ["初中", "初中", None]


def test_a_reporting_period_is_told_beside_the_scored_one() -> None:
    april = Span(
        Period(date(2012, 1, 1), date(2012, 4, 30)), Period(date(2012, 4, 1), date(2012, 4, 30)), date(2012, 4, 30)
    )
    _, made = scored(april)
    assert made["period"] == {"from": "2012-01-01", "to": "2012-04-30"}
    assert made["reporting"] == {"from": "2012-04-01", "to": "2012-04-30"}


def test_places_are_added_to_the_units_and_a_unit_without_one_has_nulls() -> None:
    ledger = office().ledger()
    scores, _ = score(ledger, SCHEME, YEAR)
    standings = (*rank(ledger, scores)[0][:2], Standing("分局机关", "机关", None, 0, False, "没有测评数据"))
    units = {unit["unit"]: unit for unit in payload.ranked(ledger, scores, standings, ())["units"]}
    assert (units["黄歇中学"]["rank"], units["黄歇中学"]["of"]) == (1, 2)
    assert (units["分局机关"]["rank"], units["分局机关"]["excluded"]) == (None, "没有测评数据")
    unplaced = payload.ranked(ledger, scores, (), ())["units"]
    assert all(unit["rank"] is None and {"group", "of", "tied", "excluded"} <= set(unit) for unit in unplaced)


def test_everything_can_be_written_as_json() -> None:
    _, made = scored()
    assert json.loads(json.dumps(made)) == made


def test_a_checked_sheet_keeps_what_was_decided() -> None:
    ledger = office().ledger()
    report = SheetReport("a.xlsx", "s", None, reason="空表")
    made = payload.checked(type(ledger)(sheets=(report,)), ())
    assert made == {
        "version": 1,
        "sheets": [
            {
                "file": "a.xlsx",
                "sheet": "s",
                "table": None,
                "header_rows": [],
                "rows": 0,
                "columns": [],
                "how": {},
                "left_out": [],
                "filled_in": {"unit": None, "by": None, "when": None},
                "score": None,
                "rivals": [],
                "reason": "空表",
            }
        ],
        "problems": [],
    }


@given(st.lists(st.integers(-10_000_000, 10_000_000), min_size=1, max_size=6))
def test_texts_add_up_exactly_whatever_the_points(points: list[int]) -> None:
    scores, _ = scored()
    journal = pd.DataFrame({
        "unit": "大垸中学", "person": "", "rule": "规", "clause": "一", "date": np.datetime64("2012-04-02", "s"),
        "quantity": 1_000_000, "points": points, "consequence": "", "start": np.datetime64("NaT", "s"),
        "end": np.datetime64("NaT", "s"), "origins": [()] * len(points),
    })  # fmt: skip
    changed = Scores(SCHEME, YEAR, scores.unit_rows, RowSet.of(journal), scores.left_out_rows, (), ())
    made = payload.scored(office().ledger(), changed, ())
    assert sum(Decimal(row["points"]) for row in made["journal"]) == Decimal(sum(points)) / 1_000_000
