"""How much it is worth: 每次、按列取值、按数量、斜率、分档、次第、区间待定, and 倍数."""

from fractions import Fraction
from itertools import combinations
from typing import Any, Final

from zyw.decoding import NUMBER, NUMBERS, TEXT, Fields, Key, Kind, Part, built, choice, list_of, words_by_name
from zyw.grammar.basics import INTERVAL_KEYS, TERM, dated, interval
from zyw.located import Table
from zyw.problems import Problem, Verbatim, problem
from zyw.rules.intervals import common, number_text
from zyw.rules.values import (
    ABOVE,
    BELOW,
    DROP,
    JOINT,
    REMAINDERS,
    AsWritten,
    Bands,
    ByAmount,
    Fixed,
    Multiplier,
    Range,
    Slope,
)

_REMAINDER: Final = Key("余数", choice(*REMAINDERS), "不足一份的怎么算；不写为舍去")
AS_WRITTEN: Final = Part(
    "按列取值",
    "分值由台账的一列写明",
    (
        Key("列", TEXT, "哪一列", required=True),
        Key("方向", choice("扣分", "加分"), "这一列的正数是扣分还是加分", required=True),
        Key("最低", NUMBER, "低于它的不收"),
        Key("最高", NUMBER, "高于它的不收"),
    ),
    "按列取值: {列: 扣分, 方向: 扣分, 最高: 5}：扣分一列写 2.5 → −2.5 分；写 8 → 报错，不计。",
)
BY_AMOUNT: Final = Part(
    "按数量",
    "每多少计多少分",
    (Key("每", NUMBER, "一份是多少", required=True), Key("分", NUMBER, "一份的分值", required=True), _REMAINDER),
    "按数量: {每: 2, 分: -1}：晚 7 天 → 3 份，−3 分；余数“按比例”→ −3.5，“进一”→ −4。",
)
SLOPE: Final = Part(
    "斜率",
    "到了线以后，每多一份计多少分",
    (
        Key("低于", NUMBER, "线；低于它才计"),
        Key("高于", NUMBER, "线；高于它才计"),
        Key("每", NUMBER, "一份是多少", required=True),
        Key("分", NUMBER, "一份的分值", required=True),
        Key("起", NUMBER, "线上（及线的另一边）的分值；不写为 0"),
        _REMAINDER,
    ),
    "斜率: {低于: 90%, 每: 1%, 分: -0.5}：87.5% 差 2.5 个百分点 → 舍去 −1，按比例 −1.25，进一 −1.5；95% → 0。",
)
BAND: Final = Part("一档", "一段数和它的分值", (*INTERVAL_KEYS, Key("分", NUMBER, "这一档的分值", required=True)))


def _band(fields: Fields, problems: list[Problem]) -> Any:
    held = interval(fields, problems)
    return None if held is None else (held, fields.get("分"))


_BAND: Final = built(BAND, _band)
BANDS: Final = Part(
    "分档",
    "数量落在哪一档，就是哪一档的分值；各档相接，不留空、不重叠",
    (
        Key("档", list_of(_BAND), "各档", required=True),
        Key("其余", NUMBER, "哪一档也不在的分值；不写，则不计并提醒"),
    ),
    "分档: {档: [{至少: 90%, 分: 10}, {至少: 80%, 低于: 90%, 分: 8}, {低于: 80%, 分: 0}]}：80% → 8 分，79.9% → 0 分。",
)
LADDER: Final = Part(
    "次第",
    "期限内第几次就是第几个分值，再往后都按最后一个",
    (
        Key("对象", choice("单位", "个人"), "谁的第几次", required=True),
        Key("期限", TERM, "多久以内算在一起"),
        Key("分", dated(NUMBERS), "第一次、第二次……的分值", required=True),
    ),
    "次第: {对象: 单位, 期限: 当年, 分: [-1, -2, -3]}：一年四次 → −1 −2 −3 −3 = −9 分。",
)
RANGE: Final = Part(
    "区间待定",
    "文件只写了范围，由有名有姓的人认定；没有认定的不计，并列出",
    (
        Key("最低", NUMBER, "最小的分值（扣分写负数）", required=True),
        Key("最高", NUMBER, "最大的分值", required=True),
        Key("列", TEXT, "认定写在台账的哪一列（认定人写在“认定人”一列）；不写，则写在“认定”表里"),
    ),
    "区间待定: {最低: -3, 最高: -1}：认定表写“张局长，−2”→ −2 分；写 −5 → 报错，不计；没有认定 → 待定，不计。",
)
_INNER: Final = words_by_name("词: 倍数", NUMBER)
FACTORS: Final = Kind(
    "倍数，或 {词: 倍数}",
    lambda node, problems: (_INNER if isinstance(node, Table) else NUMBER).read(node, problems),
)
MULTIPLIER: Final = Part(
    "倍数",
    "分值再乘几；几个倍数相乘",
    (
        Key("列", TEXT, "看哪一列", required=True),
        Key("再按", TEXT, "再看哪一列：“取”里每个词下面再分词"),
        Key("取", words_by_name("词: 倍数；有“再按”的，词: {词: 倍数}", FACTORS), "哪个词乘几", required=True),
        Key("其他", NUMBER, "没有列出的词乘几；不写为 1；有“再按”的必须写"),
    ),
    "每次 −2，倍数: [{列: 职责, 取: {主办: 1, 协办: 0.5}}, {列: 领导点名, 取: {是: 2}}]：协办又被点名 → −2 × 0.5 × 2 = −2 分。"
    "每次: 1，倍数: {列: 级别, 再按: 等第, 取: {省: {一等奖: 6, 二等奖: 4}, 县: {一等奖: 2}}, 其他: 0}：省级二等奖 4 分，县级二等奖 0 分。",
)


def _as_written(fields: Fields, problems: list[Problem]) -> tuple[str, AsWritten] | None:
    least, most = fields.get("最低"), fields.get("最高")
    if least is not None and most is not None and least > most:
        problems.append(_backwards(fields))
        return None
    return fields.get("列"), AsWritten(-1 if fields.get("方向") == "扣分" else 1, least, most)


def _by_amount(fields: Fields, problems: list[Problem]) -> ByAmount | None:
    if not _positive(fields, "每", problems):
        return None
    return ByAmount(fields.get("每"), fields.get("分"), fields.get("余数", DROP))


def _slope(fields: Fields, problems: list[Problem]) -> Slope | None:
    sides = [name for name in (BELOW, ABOVE) if name in fields.values]
    if len(sides) != 1:
        told = Verbatim("、".join(sides) or "（没有写）")
        problems.append(problem("P024", fields.place, 什么=Verbatim("斜率的线（低于、高于）"), 写了=told))
        return None
    if not _positive(fields, "每", problems):
        return None
    side = sides[0]
    return Slope(
        fields.get(side), side, fields.get("每"), fields.get("分"), fields.get("余数", DROP),
        fields.get("起", Fraction(0)),
    )  # fmt: skip


def _positive(fields: Fields, name: str, problems: list[Problem]) -> bool:
    if fields.get(name) > 0:
        return True
    problems.append(problem("P007", fields.at(name), 应为=Verbatim("大于 0 的数"), 值=number_text(fields.get(name))))
    return False


def _backwards(fields: Fields) -> Problem:
    told = f"{number_text(fields.get('最低'))} 至 {number_text(fields.get('最高'))}"
    return problem("P007", fields.place, 应为=Verbatim("“最低”不大于“最高”（扣分写负数，如 -3 至 -1）"), 值=told)


def _bands(fields: Fields, problems: list[Problem]) -> Bands | None:
    bands = fields.get("档")
    for (one, _), (two, _) in combinations(bands, 2):
        shared = common(one, two)
        if shared is not None:
            problems.append(problem("P027", fields.place, 一=str(one), 二=str(two), 例=number_text(shared)))
            return None
    return Bands(bands, fields.get("其余"))


def _range(fields: Fields, problems: list[Problem]) -> Range | None:
    if fields.get("最低") > fields.get("最高"):
        problems.append(_backwards(fields))
        return None
    return Range(fields.get("最低"), fields.get("最高"), fields.get("列", ""))


def _fixed(node: Any, problems: list[Problem]) -> Fixed | None:
    found = NUMBER.read(node, problems)
    return None if found is None else Fixed(found)


VALUE_KEYS: Final = (
    Key("每次", dated(Kind("分值，如 -2", _fixed)), "每次的分值，扣分写负数；以事情当日有效的为准"),
    Key("按列取值", built(AS_WRITTEN, _as_written), "分值写在台账的一列里"),
    Key("按数量", dated(built(BY_AMOUNT, _by_amount)), "每多少计多少分"),
    Key("斜率", dated(built(SLOPE, _slope)), "过了线，每多一份计多少分"),
    Key("分档", dated(built(BANDS, _bands)), "按数量所在的档"),
    Key("次第", built(LADDER, lambda fields, _: fields), "第几次计多少分"),
    Key("区间待定", dated(built(RANGE, _range)), "在范围内由人认定"),
)


def _multiplier(fields: Fields, problems: list[Problem]) -> Multiplier | None:
    """Build a multiplier: of one field words with a number, of two words with words of their own, and 其他 written."""
    second, taken = fields.get("再按", ""), fields.get("取")
    if any(isinstance(factor, tuple) != bool(second) for _, factor, _ in taken):
        told = "词: {词: 倍数}" if second else "词: 倍数（要看两列的，写“再按”）"
        problems.append(problem("P007", fields.at("取"), 应为=Verbatim(told), 值="别的写法"))
        return None
    if second and "其他" not in fields.values:
        problems.append(problem("P006", fields.place, 部分="倍数", 键="其他", 含义=Verbatim("没有列出的乘几，如 0")))
        return None
    pairs = tuple((word, factor) for word, factor, _ in taken)
    if second:
        pairs = tuple((f"{word}{JOINT}{inner}", factor) for word, found in pairs for inner, factor, _ in found)
    return Multiplier(fields.get("列"), pairs, fields.get("其他", Fraction(1)), second)


MULTIPLIERS: Final = list_of(built(MULTIPLIER, _multiplier))
PARTS: Final = (AS_WRITTEN, BY_AMOUNT, SLOPE, BANDS, BAND, LADDER, RANGE, MULTIPLIER)
