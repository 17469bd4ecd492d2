"""A large text read by columns says what the character-by-character reader says, cell for cell and problem for problem."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zyw.coded import cells_of, coded
from zyw.columnwise import texts
from zyw.columnwise.columns import Few, Many
from zyw.columnwise.fields import last_line
from zyw.columnwise.table import Columnwise
from zyw.formats import separated
from zyw.formats.separated import parse_separated
from zyw.limits import Limits
from zyw.problems import Problem
from zyw.sheets import Cell

HEAD = ["序号", "学校", "满意吗", "意见"]


def both(
    data: bytes, monkeypatch: pytest.MonkeyPatch, block: int = 300
) -> tuple[list[list[Cell]], tuple[Problem, ...], bool]:
    """Return what the fast reader gives, after making sure that the slow one gives the same; last: was it the fast one."""
    monkeypatch.setattr(texts, "BLOCK", block)
    monkeypatch.setattr(separated, "LARGE", 0)
    fast, told = parse_separated(data, "a.csv")
    monkeypatch.setattr(separated, "LARGE", 10**12)
    slow, said = parse_separated(data, "a.csv")
    assert told == said
    assert (fast is None) == (slow is None)
    if fast is None or slow is None:
        return [], told, False
    width = max(map(len, slow.rows))
    squared = [[*row, *[""] * (width - len(row))] for row in slow.rows]
    assert [[*row, *[""] * (width - len(row))] for row in fast.rows] == squared
    for j in range(width):
        mine, theirs = coded(fast.rows, j), coded(slow.rows, j)
        assert list(mine.values) == list(theirs.values)
        assert mine.codes.tolist() == theirs.codes.tolist()
    return squared, told, isinstance(fast.rows, Columnwise)


def written(rows: list[list[str]], delimiter: str = ",", end: str = "\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def sheets(count: int) -> list[list[str]]:
    words = ("非常满意", "满意", "一般", "")
    return [HEAD, *([str(i), f"第{i % 7}小学", words[i % 4], f"食堂{i}" * (i % 3)] for i in range(count))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_plain_table_is_read_by_its_bytes(
    monkeypatch: pytest.MonkeyPatch, encoding: str, end: str, delimiter: str
) -> None:
    rows, told, quick = both(written(sheets(500), delimiter, end).encode(encoding), monkeypatch)
    assert quick
    assert rows == sheets(500)
    assert told == ()


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "满意",
            "不满意",
            "非常满意",
            "a,b",
            '说"好"',
            "两\n行",
            "\r\n",
            " ",
            "𠮷",
            "第一小学",
            "??",
            "锟斤拷",
            "x" * 70,
        ]
    ),
    st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=12),
)


@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=3, max_size=40),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    cut=st.integers(0, 3),
    block=st.sampled_from([40, 200, 10**6]),
)
def test_whatever_the_table_both_readers_say_the_same(
    rows: list[list[str]], end: str, encoding: str, cut: int, block: int
) -> None:
    data = written(rows, end=end).encode(encoding)
    with pytest.MonkeyPatch.context() as patch:
        both(data[: len(data) - cut], patch, block)


@given(st.binary(min_size=1, max_size=200).filter(lambda data: data.strip(b"\x00 \t\r\n,;")))
def test_whatever_the_bytes_both_readers_say_the_same(data: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        both(data, patch, 50)


def test_quotes_titles_ragged_and_blank_lines_are_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    table = sheets(60)
    table[5][3], table[6][3] = 'a,"b"\n三', "，"
    text = "二〇二四年测评\n填报单位：,教育局\n" + written(table) + "1,2\n\n合计\n" + "9,一小,满意,好,多\n"
    rows, told, quick = both(text.encode(), monkeypatch)
    assert quick
    assert rows[7][3] == 'a,"b"\n三'
    assert rows[0] == ["二〇二四年测评", "", "", ""]
    assert [(p.code, p.place and p.place.line) for p in told] == [("F017", 65), ("F017", 68)]


@pytest.mark.parametrize("text", ['1,a"b,满意,\n', '1,"a"b,满意,\n', "1,a\rb,满意,\n", '1,"没有完,满意,\n'])
def test_what_bytes_alone_do_not_tell_is_left_to_the_other_reader(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    assert not both((written(sheets(60)) + text + written(sheets(9)[1:])).encode(), monkeypatch)[2]


def test_a_column_that_turns_out_to_differ_is_kept_as_its_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_MANY", 100)
    table = [HEAD, *([str(i), "一小", "满意", "" if i < 400 else f"意见{i}"] for i in range(1200))]
    assert both(written(table).encode(), monkeypatch, 4000)[0] == table


def test_too_many_cells_are_refused_with_the_limit_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(separated, "LARGE", 0)
    found, told = parse_separated(written(sheets(50)).encode(), "a.csv", Limits(cells=100))
    assert (found, [p.code for p in told]) == (None, ["F007"])


def test_a_slice_a_mask_and_a_row_are_those_of_the_list() -> None:
    values = ("满意", "一般", "")
    few = Few(np.array([0, 1, 0, 2, 1], dtype=np.uint8), values)
    many = Many(["甲\0乙".encode(), "丙\0\0戊".encode()], [2, 3], "utf-8")
    rows = Columnwise([few, many], np.arange(5))
    listed = list(rows)
    assert listed == [["满意", "甲"], ["一般", "乙"], ["满意", "丙"], ["", ""], ["一般", "戊"]]
    assert rows[-1] == listed[-1]
    assert rows[3] == listed[3]
    assert rows[1:4] == listed[1:4]
    with pytest.raises(IndexError):
        rows[5]
    part = rows.kept([True, False, False, True, True])
    assert list(part) == [listed[0], listed[3], listed[4]]
    assert coded(part, 0).values == ["满意", "", "一般"]
    assert cells_of(part, 1) == ["甲", "", "戊"]
    assert part.where(1, lambda cell: cell == "戊") == [2]
    assert part.filled(1).tolist() == [True, False, True]
    assert cells_of(rows, 7) == [""] * 5


def test_an_unpaired_quote_is_stepped_over_line_by_line() -> None:
    block = b'"' + b"x\n" * 60_000  # a square of it would take minutes
    assert last_line(memoryview(block), last=False) == 0
    assert last_line(memoryview(b'a,b\n"c\nd'), last=False) == 4


def test_a_cell_beyond_what_csv_takes_is_left_to_the_other_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    ragged = "2," + "长" * 140_000 + "\n"
    assert not both((written(sheets(60)) + ragged + written(sheets(9)[1:])).encode(), monkeypatch, 10**7)[2]
