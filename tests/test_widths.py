"""Layout on a terminal: widths, wrapping, plain tables."""

from hypothesis import given
from hypothesis import strategies as st

from zyw.shown.widths import pad, table, width, wrap

WORDS = st.text(st.sampled_from("大垸中学，。“”abc 12-/x"), max_size=60)


@given(WORDS, st.integers(8, 40))
def test_a_wrapped_text_keeps_every_character_and_stays_within_the_columns(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= columns + 2 for line in lines)  # a closing mark may hang


def test_later_lines_are_indented_and_none_starts_with_a_closing_mark() -> None:
    lines = wrap("迟到次数应为整数，读到两次，请改成数字，没有记录就留空。", 20, "      ")
    assert all(line.startswith("      ") for line in lines[1:])
    assert not any(line.strip()[0] in "，。" for line in lines)


def test_a_command_line_is_not_broken_where_it_fits_on_one_line() -> None:
    lines = wrap("照抄这一行：zyw-rank-one", 22)
    assert "zyw-rank-one" in " ".join(lines)


def test_columns_of_chinese_and_latin_stand_straight() -> None:
    lines = table(["单位", "得分"], [["大垸中学", "93"], ["abc", "100"]], numbers=[1])
    assert lines == ["单位      得分", "大垸中学    93", "abc        100"]
    assert pad("校", 4) == "校  "
    assert pad("校", 4, right=True) == "  校"
