import pytest

from zyw import located
from zyw.located import MAX_CHARACTERS, MAX_DEPTH, Items, Scalar, Table, parse_located
from zyw.problems import Place


def codes(text: str) -> list[str]:
    return [found.code for found in parse_located(text, "方案.yaml")[1]]


def test_scalars_stay_the_text_that_was_written() -> None:
    node, problems = parse_located("a: 0123\nb: no\nc: 7:30\nd: 2012-02-31\ne: ~\nf: 1e3\n", "x")
    assert not problems
    assert isinstance(node, Table)
    assert [value.text for _, value in node.entries if isinstance(value, Scalar)] == [
        "0123", "no", "7:30", "2012-02-31", "~", "1e3",
    ]  # fmt: skip


def test_every_value_knows_its_line_and_column() -> None:
    node, _ = parse_located("规则:\n  - 编号: 甲\n    每次: -2\n", "方案.yaml")
    assert isinstance(node, Table)
    rules = node.get("规则")
    assert isinstance(rules, Items)
    rule = rules.items[0]
    assert isinstance(rule, Table)
    points = rule.get("每次")
    assert isinstance(points, Scalar)
    assert points.place == Place("方案.yaml", line=3, column=9)
    assert str(points.place) == "方案.yaml:3:9"


def test_a_duplicate_key_is_refused_at_the_second_with_the_line_of_the_first() -> None:
    node, problems = parse_located("甲: 1\n乙: 2\n甲: 3\n", "x")
    assert node is None
    assert [(found.code, found.place) for found in problems] == [("P003", Place("x", line=3, column=1))]
    assert "第 1 行" in problems[0].message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("甲: &a [1]\n乙: *a\n", "P004"),
        ("甲: *a\n", "P004"),
        ("甲: !!python/object:os.system x\n", "P004"),
        ("甲: 1\n---\n乙: 2\n", "P004"),
        ("? [甲]\n: 1\n", "P004"),
        ("[" * (MAX_DEPTH + 1), "P004"),
        ("[" * 100_000, "P004"),
        ("a" * (MAX_CHARACTERS + 1), "P002"),
        ("", "P001"),
        ("# 只有注释\n", "P001"),
        ("甲: [1, 2\n", "P001"),
        ("甲:\n\t乙: 1\n", "P001"),
        ('甲: "没有写完\n', "P001"),
        ("甲: 乙: 丙\n", "P001"),
        ("甲: \x00\n", "P001"),
        ('甲: "一\\0二"\n', "P001"),
    ],
)
def test_what_cannot_be_trusted_is_refused(text: str, code: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize("parser", ["SafeLoader", "CSafeLoader"])
@pytest.mark.parametrize("bracket", ["[", "{", "[甲, "])
def test_depth_is_ours_whatever_depth_a_parser_has(monkeypatch: pytest.MonkeyPatch, parser: str, bracket: str) -> None:
    monkeypatch.setattr(located, "_LOADERS", (parser,))
    _, problems = parse_located(bracket * 3_000, "x")
    place = Place("x", line=1, column=len(bracket) * MAX_DEPTH + 1)
    assert [(found.code, found.place) for found in problems] == [("P004", place)]


def test_a_bomb_of_aliases_is_refused_before_it_grows() -> None:
    bomb = "a: &a [x, x, x]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert codes(bomb) == ["P004"]


def test_a_fault_of_layout_has_a_place_and_a_chinese_reason() -> None:
    _, problems = parse_located("甲:\n\t乙: 1\n", "x")
    assert problems[0].place == Place("x", line=2, column=1)
    assert "制表符" in problems[0].message


def test_control_characters_are_placed() -> None:
    _, problems = parse_located("甲: 1\n乙: \x07\n", "x")
    assert problems[0].place is not None
    assert problems[0].place.line == 2
