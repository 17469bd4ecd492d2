"""A folder with a zyw.yaml."""

from pathlib import Path

import pytest

from zyw.problems import ZywError
from zyw.workspace import load


def place(tmp_path: Path, text: str) -> Path:
    (tmp_path / "zyw.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_without_the_file_is_no_workspace(tmp_path: Path) -> None:
    assert load(tmp_path) is None


def test_only_the_scheme_must_be_said(tmp_path: Path) -> None:
    found = load(place(tmp_path, "方案: dayuan-2011\n"))
    assert found
    assert (found.scheme, found.inputs, found.results) == ("dayuan-2011", (tmp_path,), tmp_path / "输出")
    assert (found.templates, found.office.issuer) == (None, "")


def test_paths_stand_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "本局.yaml").write_text("", encoding="utf-8")
    found = load(
        place(
            tmp_path, "方案: 本局.yaml\n输入: [名册.xlsx, 台账]\n输出: 结果\n模板: 模板\n发文机关: 某局\n主送: 各校\n"
        )
    )
    assert found
    assert found.scheme == str(tmp_path / "本局.yaml")
    assert found.inputs == (tmp_path / "名册.xlsx", tmp_path / "台账")
    assert (found.results, found.templates) == (tmp_path / "结果", tmp_path / "模板")
    assert (found.office.issuer, found.office.to) == ("某局", "各校")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("方安: x\n", "P005"),
        ("输入: [a]\n", "P006"),
        ("方案: [\n", "P001"),
        ("方案: a\n方案: b\n", "P003"),
        ("", "P001"),
    ],
)
def test_a_fault_is_refused_with_its_line(text: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(ZywError) as caught:
        load(place(tmp_path, text))
    assert caught.value.exit_code == 2
    assert code in [problem.code for problem in caught.value.problems]
    assert all(problem.place and problem.place.file == "zyw.yaml" for problem in caught.value.problems)
