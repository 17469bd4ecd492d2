"""A sealed month: what is in its bundle, that every touch of it is found, and what a later correction changes."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.small_office import SANCTIONS, Run
from tests.test_month import edited, tree
from zyw.evidence.cells import cell_differences
from zyw.evidence.figures import changes, unequal
from zyw.evidence.manifest import digest
from zyw.evidence.seal import NAME, Seal, breaches, parse_seal
from zyw.sheets import Book, Cell, Grid

MONTH = ("--month", "2012-05")


@pytest.fixture
def sealed(office: Path, run: Run) -> Path:
    """The small office's month, sealed; returns the bundle."""
    (office / "zyw.yaml").write_text("方案: dayuan-2011\n", encoding="utf-8")
    assert run("run", "台账", *MONTH).code == 0
    ended = run("close", "2012-05", "台账", "--by", "管存档的人")
    assert ended.code == 0, ended.err
    return office / "存档" / "2012-05"


def touch(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.chmod(0o600)
    path.write_bytes(change(path.read_bytes()))


def seal_anew(bundle: Path) -> None:
    """Make the seal fit what was changed, as somebody would who knows the format."""
    whole = json.loads((bundle / NAME).read_text(encoding="utf-8"))
    whole["files"] = {name: digest((bundle / name).read_bytes()) for name in whole["files"]}
    (bundle / NAME).chmod(0o600)
    (bundle / NAME).write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def test_the_bundle_holds_inputs_scheme_results_and_who_sealed_it(sealed: Path, office: Path) -> None:
    files = tree(sealed)
    assert files["工作区/追责台账.csv"] == (office / "追责台账.csv").read_bytes()
    assert {"工作区/zyw.yaml", "方案/dayuan-2011.yaml", "输出/排名.xlsx", "输出/清单.json", "数字.json"} <= set(files)
    seal = parse_seal(files[NAME])
    assert (seal.label, seal.who) == ("2012-05", "管存档的人")
    assert all((sealed / name).stat().st_mode & 0o077 == 0 for name in files)
    assert sealed.stat().st_mode & 0o077 == 0


def test_a_sealed_month_is_proved_byte_by_byte(sealed: Path, run: Run) -> None:
    for named in ("台账/存档/2012-05", "台账/输出/2012-05"):
        ended = run("verify", named)
        assert (ended.code, "一致（逐字节核对）" in ended.out) == (0, True), ended.out


def test_in_the_workspace_the_month_is_name_enough(
    sealed: Path, office: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office)
    assert run("verify", "2012-05").code == 0


def test_a_bundle_is_proved_wherever_it_is_taken(sealed: Path, run: Run, tmp_path: Path) -> None:
    shutil.copytree(sealed, tmp_path / "U盘" / "五月")
    shutil.rmtree(tmp_path / "台账")
    assert run("verify", "U盘/五月").code == 0


def test_one_changed_byte_of_any_file_is_found(sealed: Path, run: Run) -> None:
    before = tree(sealed)
    for name in before:
        if name == NAME:
            continue
        touch(sealed / name, lambda data: bytes([data[0] ^ 1]) + data[1:])
        ended = run("verify", "台账/存档/2012-05")
        assert ended.code in (1, 3), name
        assert name in ended.out or "F034" in ended.err, name
        touch(sealed / name, lambda _, name=name: before[name])  # type: ignore[misc]
    assert run("verify", "台账/存档/2012-05").code == 0


def test_a_missing_and_an_added_file_are_found(sealed: Path, run: Run) -> None:
    (sealed / "工作区" / "又一份.csv").write_text("单位\n", encoding="utf-8")
    (sealed / "输出" / "得分.json").unlink()
    ended = run("verify", "台账/存档/2012-05")
    assert ended.code == 1
    assert "多出来：工作区/又一份.csv" in ended.out
    assert "没有了：输出/得分.json" in ended.out


def test_one_changed_cell_of_an_input_is_found_even_with_the_seal_made_anew(sealed: Path, run: Run) -> None:
    number = parse_seal((sealed / NAME).read_bytes()).number
    touch(sealed / "工作区" / "追责台账.csv", lambda data: data.replace("2,黄歇中学".encode(), "2,大垸小学".encode()))
    seal_anew(sealed)
    ended = run("verify", "台账/存档/2012-05")
    assert ended.code == 1
    assert "不是清单里的那一份：工作区/追责台账.csv" in ended.out
    assert "黄歇中学：得分 98 → 100" in ended.out
    assert "排名.xlsx ▸ 排名!" in ended.out
    assert number not in ended.out


def test_one_changed_cell_of_a_result_is_found(sealed: Path, run: Run) -> None:
    ranking = sealed / "输出" / "排名.xlsx"
    with zipfile.ZipFile(ranking) as archive:
        parts = {info: archive.read(info) for info in archive.infolist()}
    ranking.chmod(0o600)
    with zipfile.ZipFile(ranking, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, data in parts.items():
            archive.writestr(info.filename, data.replace("大垸中学".encode(), "大院中学".encode()))
    ended = run("verify", "台账/存档/2012-05")
    assert (ended.code, "改过：输出/排名.xlsx" in ended.out) == (1, True)


def test_a_result_changed_after_publication_is_found_from_its_own_folder(sealed: Path, office: Path, run: Run) -> None:
    edited(office / "输出" / "2012-05" / "督查通报.docx")
    assert run("verify", "台账/存档/2012-05").code == 0
    ended = run("verify", "台账/输出/2012-05")
    assert (ended.code, "改过：2012-05/督查通报.docx" in ended.out) == (1, True)


def test_with_other_versions_the_figures_are_proved(sealed: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zyw.month.making.__version__", "9.9")
    ended = run("verify", "台账/存档/2012-05")
    assert (ended.code, "版本不同，只核对数字" in ended.out) == (0, True)


def test_a_result_that_the_clerk_had_edited_is_sealed_as_it_was_signed(office: Path, run: Run) -> None:
    (office / "zyw.yaml").write_text("方案: dayuan-2011\n", encoding="utf-8")
    run("run", "台账", *MONTH)
    mine = edited(office / "输出" / "2012-05" / "督查通报.docx")
    assert run("close", "2012-05", "台账").code == 0
    assert (office / "存档" / "2012-05" / "输出" / "督查通报.docx").read_bytes() == mine
    ended = run("verify", "台账/存档/2012-05")
    assert (ended.code, "封存前由人改过：督查通报.docx" in ended.err) == (0, True)


def test_a_sealed_month_is_never_written_again(sealed: Path, office: Path, run: Run) -> None:
    before = tree(office / "输出"), tree(office / "存档")
    (office / "追责台账.csv").write_text(SANCTIONS.replace("2,黄歇中学", "2,大垸小学"), encoding="utf-8")
    for words in (
        ("run", "台账", *MONTH), ("run", "台账", *MONTH, "--overwrite"), ("run", "台账", *MONTH, "--dry-run"),
        ("close", "2012-05", "台账"), ("restate", "2012-05", "台账"),
    ):  # fmt: skip
        assert run(*words).code == (0 if words[0] == "restate" else 4), words
    assert (tree(office / "输出"), tree(office / "存档")) == before
    assert run("run", "台账", "--month", "2012-04").code == 0


def test_what_was_not_run_or_is_no_longer_so_is_not_sealed(office: Path, run: Run) -> None:
    (office / "zyw.yaml").write_text("方案: dayuan-2011\n", encoding="utf-8")
    assert run("close", "2012-05", "台账").code == 2
    run("run", "台账", *MONTH)
    (office / "追责台账.csv").write_text(SANCTIONS.replace("2,黄歇中学", "2,大垸小学"), encoding="utf-8")
    ended = run("close", "2012-05", "台账")
    assert (ended.code, "G043" in ended.err, "追责台账.csv" in ended.err) == (2, True, True)
    run("run", "台账", *MONTH, "--only", "排名")
    assert "G042" in run("close", "2012-05", "台账").err
    assert not (office / "存档").exists()
    run("run", "台账", *MONTH)
    assert run("close", "2012-05", "台账").code == 0


def test_inputs_outside_the_workspace_are_not_sealed(office: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "别处").mkdir()
    shutil.move(office / "追责台账.csv", tmp_path / "别处" / "追责台账.csv")
    (office / "zyw.yaml").write_text("方案: dayuan-2011\n输入: [名册.csv, ../别处]\n", encoding="utf-8")
    assert run("run", "台账", *MONTH).code == 0
    ended = run("close", "2012-05", "台账")
    assert (ended.code, "G044" in ended.err) == (2, True)
    assert run("run", "台账", *MONTH).code == 0


def test_other_files_among_the_inputs_do_not_spoil_the_proof(office: Path, run: Run) -> None:
    (office / "zyw.yaml").write_text("方案: dayuan-2011\n", encoding="utf-8")
    (office / "说明.pdf").write_bytes(b"%PDF-1.7")
    (office / "~$追责台账.csv").write_bytes(b"x")
    run("run", "台账", *MONTH)
    assert run("close", "2012-05", "台账").code == 0
    assert run("verify", "台账/存档/2012-05").code == 0


def test_a_revocation_shows_old_new_and_why(sealed: Path, office: Path, run: Run) -> None:
    added = (",撤销日期", ",2012-08-01", ",", ",")
    revoked = [row + more for row, more in zip(SANCTIONS.splitlines(), added, strict=True)]
    (office / "追责台账.csv").write_text("\n".join(revoked) + "\n", encoding="utf-8")
    same = run("restate", "2012-05", "台账", "--as-of", "2012-07-31")
    assert "没有变化" in same.out
    ended = run("restate", "2012-05", "台账", "--as-of", "2012-08-01", "--json")
    told = ended.json
    units = {each["unit"]: each for each in told["units"]}
    assert (units["大垸中学"]["old"]["score"], units["大垸中学"]["new"]["score"]) == ("95", "100")
    assert any("已撤销 2012-08-01" in why and "追责台账.csv 第 2 行" in why for why in units["大垸中学"]["why"])
    assert not [name for name in ("周全", "吴用") if name in json.dumps(told["units"], ensure_ascii=False)]


def test_a_late_return_shows_what_it_adds_and_is_written_down(
    sealed: Path, office: Path, run: Run, tmp_path: Path
) -> None:
    (office / "补报.csv").write_text(
        SANCTIONS.splitlines()[0] + "\n7,大垸小学,郑和,校长,通报批评,2012-05-20,督查暗访,\n", encoding="utf-8"
    )
    ended = run("restate", "2012-05", "台账", "-o", "更正.xlsx")
    assert "大垸小学：多了 主要领导追责 -5 分" in ended.out
    assert (tmp_path / "更正.xlsx").is_file()
    assert run("restate", "2012-05", "台账", "-o", "更正.doc").code == 2


def test_what_was_never_sealed_cannot_be_restated_or_proved(office: Path, run: Run) -> None:
    (office / "zyw.yaml").write_text("方案: dayuan-2011\n", encoding="utf-8")
    assert run("restate", "2012-05", "台账").code == 2
    assert run("verify", "台账").code == 3
    assert run("verify", "没有").code == 3


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"version": 1, "files": {}}', '{"version": 9}'])
def test_a_torn_seal_is_told_and_nothing_is_guessed(text: str, sealed: Path, run: Run) -> None:
    touch(sealed / NAME, lambda _: text.encode())
    assert run("verify", "台账/存档/2012-05").code == 3


def test_a_hostile_seal_leads_to_no_file_outside(sealed: Path, run: Run, tmp_path: Path) -> None:
    whole = json.loads((sealed / NAME).read_text(encoding="utf-8"))
    whole["beside"] = ["../../../外面.csv", str(tmp_path / "外面.csv")]
    whole["root"] = "../逃"
    touch(sealed / NAME, lambda _: json.dumps(whole, ensure_ascii=False).encode())
    run("verify", "台账/存档/2012-05")
    assert not (tmp_path / "外面.csv").exists()


def test_the_office_s_own_templates_and_house_style_are_sealed_with_it(office: Path, run: Run) -> None:
    (office / "zyw.yaml").write_text("方案: dayuan-2011\n", encoding="utf-8")
    (office / "版式.yaml").write_text("红头: 试验教育局文件\n", encoding="utf-8")
    (office / "模板").mkdir()
    run("template", "new", "督查通报", "-o", "台账/模板")
    (office / "模板" / "标志.png").write_bytes(b"no template")
    assert run("run", "台账", *MONTH).code == 0
    assert run("close", "2012-05", "台账").code == 0
    sealed = tree(office / "存档" / "2012-05")
    assert {"工作区/版式.yaml", "工作区/模板/督查通报.docx"} <= set(sealed)
    assert "工作区/模板/标志.png" not in sealed
    assert run("verify", "台账/存档/2012-05").code == 0


def test_a_result_that_lies_open_in_word_is_no_result(office: Path, run: Run) -> None:
    (office / "zyw.yaml").write_text("方案: dayuan-2011\n", encoding="utf-8")
    run("run", "台账", *MONTH)
    (office / "输出" / "2012-05" / "~$查通报.docx").write_bytes(b"somebody")
    run("close", "2012-05", "台账")
    (office / "输出" / "2012-05" / "~$查通报.docx").unlink()
    assert run("verify", "台账/输出/2012-05").code == 0


def test_a_bundle_whose_manifest_lost_its_options_is_no_bundle(sealed: Path, run: Run) -> None:
    def without_options(data: bytes) -> bytes:
        whole = json.loads(data)
        del whole["options"]["limit"]
        return json.dumps(whole, ensure_ascii=False).encode()

    touch(sealed / "输出" / "清单.json", without_options)
    ended = run("verify", "台账/存档/2012-05")
    assert (ended.code, "F034" in ended.err) == (3, True)


def test_cells_are_compared_whole_and_told_short() -> None:
    def book(*cells: Cell) -> Book:
        return Book("排名.xlsx", (Grid("排名.xlsx", "排名", [list(cells)]),))

    long = "一二三四五六七八九十" * 2
    assert cell_differences(book(1234567.25, long + "甲"), book(1234567.25, long + "甲")) == ()
    told = cell_differences(book(1234567.25, long + "甲"), book(1234568.25, long + "乙"))
    assert [line.split("：", 1)[0] for line in told] == ["排名.xlsx ▸ 排名!A1", "排名.xlsx ▸ 排名!B1"]


def test_every_figure_of_a_month_is_compared() -> None:
    unit = {"unit": "甲", "score": "98", "rank": 1, "of": 2, "consequences": []}
    one: dict[str, Any] = {
        "scheme": "s", "period": {}, "reporting": None, "as_of": "d", "persons": [], "not_counted": [],
        "journal": [], "units": [unit], "missing_inputs": [],
    }  # fmt: skip
    assert unequal(one, one) == ()
    assert unequal(one, one | {"units": [unit | {"of": 3}]}) == ("甲：组别、参加数或别的数不同",)
    assert unequal(one, one | {"missing_inputs": ["坏.xlsx"]}) == ("缺的文件不同",)


def test_every_kind_of_breach_is_told() -> None:
    seal = Seal("x", "", "", "", "", {}, (), (), {"甲": "1", "乙": "2"})
    assert [(b.file, b.what) for b in breaches(seal, {"甲": "3", "丙": "4"})] == [
        ("丙", "多出来"), ("乙", "没有了"), ("甲", "改过"),
    ]  # fmt: skip


def test_rows_that_only_moved_are_no_change_and_equal_ones_are_counted() -> None:
    row: dict[str, Any] = {"unit": "甲", "person": "某", "rule": "r", "clause": "c", "date": "2012-01-01", "quantity": "1",
           "points": "-2", "consequence": None, "origins": [{"file": "f", "sheet": None, "row": 2, "cells": []}]}  # fmt: skip
    moved = row | {"origins": [{"file": "f", "sheet": None, "row": 9, "cells": []}]}
    unit = {"unit": "甲", "score": "98", "rank": 1, "consequences": []}
    base: dict[str, Any] = {
        "scheme": "s",
        "period": {},
        "reporting": None,
        "as_of": "d",
        "persons": [],
        "not_counted": [],
    }
    one = base | {"units": [unit], "journal": [row]}
    assert changes(one, base | {"units": [unit], "journal": [moved]}) == ()
    twice = base | {"units": [unit | {"score": "96"}], "journal": [row, moved]}
    assert unequal(one, twice) == ("甲：得分 98 → 96", "甲：多了 r -2 分（c，2012-01-01，f 第 9 行）")
