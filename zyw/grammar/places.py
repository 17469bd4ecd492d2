"""Where a unit stands: 项目, 排名, 等次, 测评."""

import re
from datetime import date
from fractions import Fraction
from typing import Final

from zyw.decoding import (
    COUNT,
    NUMBER,
    TEXT,
    TEXTS,
    WHOLE,
    Fields,
    Key,
    Kind,
    Part,
    built,
    choice,
    list_of,
    words_by_name,
    wrong,
)
from zyw.grammar.basics import CLAUSE, KINDS, NAME, OPEN, PLACES, YES, dated, places_of
from zyw.located import Items, Node, Scalar, Table
from zyw.problems import Problem, Verbatim, problem
from zyw.rules.items import ABSENT, NOTHING, Item
from zyw.rules.ranking import (
    BY_AMOUNT,
    BY_POINTS,
    FEWER,
    HIGH_FIRST,
    HIGHER_GAIN,
    ITEM,
    LOW_FIRST,
    SATISFIED,
    SINGLE_NOT,
    SINGLE_RANKED,
    TIES,
    Criterion,
    Grade,
    PlacedBy,
)
from zyw.rules.surveys import MISSING_PARTS, VOID, Survey
from zyw.rules.terms import Dated, always
from zyw.survey.words import UNKNOWN

DATA: Final = ("测评", "追责台账", "问题台账", "材料报送", "任务台账", "活动台账", "认定", "巡查记录")
NEEDED: Final = list_of(choice(*DATA))
ITEM_PART: Final = Part(
    "项目",
    "计分的一个项目；项目可以有上级，像树一样",
    (
        NAME,
        CLAUSE,
        Key("上级", TEXT, "属于哪个项目；不写，直接进总分"),
        Key("满分", dated(NUMBER), "满分；写了，就是封顶为满分、保底为 0"),
        Key("基础分", NUMBER, "从几分起算", required=True),
        Key("封顶", dated(NUMBER), "最高几分；以考核期最后一天（没有满的，截至日）有效的为准"),
        Key("保底", dated(NUMBER), "最低几分；同上"),
        Key("权重", NUMBER, "乘以多少进上级；不写为 100%。同一上级下，写了权重的各项合计须为 100%"),
        Key("外溢", YES, "超出封顶、低于保底的部分，算到上级；不写为否，不再计算"),
        Key("考核期", choice("自然年", "学年"), "与方案的考核期不同时才写"),
        KINDS,
        Key("须有", NEEDED, "没有这些数据的单位，这个项目算没有"),
        Key("缺数据", choice(*ABSENT), "不适用、没有数据时：重分权重（给同级各项）、记零、不排名；不写为记零"),
        PLACES,
        OPEN,
    ),
    "项目: {名称: 日常, 依据: 二, 满分: 100, 基础分: 100, 权重: 30%}：扣 15 → 85 × 30% = 25.5 分；扣 120 → 保底 0 分。",
)


def item(fields: Fields, problems: list[Problem]) -> Item | None:
    """Build one item; 满分 stands for a cap and, where none is written, a floor of 0."""
    full, floor = fields.get("满分"), fields.get("保底")
    cap = fields.get("封顶") if fields.get("封顶") is not None else full
    floor = always(Fraction(0)) if floor is None and full is not None else floor
    if crossing(floor, cap):
        problems.append(problem("P007", fields.place, 应为=Verbatim("保底不高于封顶"), 值=fields.get("名称")))
        return None
    return Item(
        name=fields.get("名称"), clause=fields.get("依据"), parent=fields.get("上级", ""), base=fields.get("基础分"),
        floor=floor, cap=cap, weight=fields.get("权重", Fraction(1)), spill=bool(fields.get("外溢")),
        cycle=fields.get("考核期", ""), kinds=fields.get("适用学段", ()), needed=fields.get("须有", ()),
        absent=fields.get("缺数据", NOTHING), places=places_of(fields),
    )  # fmt: skip


def crossing(floor: Dated[Fraction] | None, cap: Dated[Fraction] | None) -> bool:
    """Say whether on some day a floor lies above its cap."""
    if floor is None or cap is None:
        return False
    days = {start or date.min for start in (*floor.starts, *cap.starts)}
    pairs = ((floor.on(day), cap.on(day)) for day in days)
    return any(low is not None and high is not None and low > high for low, high in pairs)


PLACED: Final = Part(
    "名次按",
    "名次不按总分，按一个项目的得分，或一条规则（一项指标）的分或数量排；“项目”“规则”只写一样",
    (
        Key("项目", TEXT, "哪个项目的得分"),
        Key("规则", TEXT, "哪条规则"),
        Key("看", choice(BY_POINTS, BY_AMOUNT), "看这条规则的分，还是它量出的数量；不写为数量"),
        Key("先后", choice(HIGH_FIRST, LOW_FIRST), "谁在前；不写为高者在前"),
    ),
    "数据: 名次，名次按: {规则: 信息报送}，数量: {列: 名次}，分档: {档: [{至多: 1, 分: 3}, {高于: 1, 至多: 2, 分: 2}], 其余: 0}："
    "各校报 5、3、3、0 篇，第 1 名加 3，并列第 2 的各加 2，第 4 名不加。没有量出数量的单位不排。",
)


def _placed_by(fields: Fields, problems: list[Problem]) -> PlacedBy | None:
    if ("项目" in fields.values) == ("规则" in fields.values):
        told = Verbatim("两样或一样也没有")
        problems.append(problem("P024", fields.place, 什么=Verbatim("名次按（项目、规则）"), 写了=told))
        return None
    return PlacedBy(
        fields.get("项目", ""), fields.get("规则", ""), fields.get("看", BY_AMOUNT), fields.get("先后") == LOW_FIRST
    )


PLACED_BY: Final = built(PLACED, _placed_by)
GRADE: Final = Part(
    "等次",
    "一个等次，先高后低；单位按名次先后取得第一个够得上、还有名额的等次",
    (
        NAME,
        CLAUSE,
        Key("至少", dated(NUMBER), "至少几分；不写，不看分数"),
        Key("名额", TEXT, "占同组排名单位的百分之几（20%），或几个（3）；不写，不限"),
        Key("至少占", TEXT, "本等次及以下，至少占同组排名单位的百分之几（5%），或几个（1）；不足的从末位往上补"),
        Key("余数", choice("舍去", "进一"), "名额、至少占算出小数时；不写为舍去"),
        Key("同分", choice("都不占", "一并占"), "名额、至少占的边上同分的几个单位；不写为都不占（都不往下补）"),
    ),
    "等次: [{名称: 优秀, 依据: 七, 至少: 90, 名额: 20%}, {名称: 合格, 依据: 七}]：12 个单位，2 个优秀；第 2、3 名同分，就只有 1 个。"
    "{名称: 不合格, 依据: 七, 至少占: 10%}：20 个单位，末 2 名不合格；已有 1 个因一票否决不合格的，再补末名 1 个。",
)


def _grade(fields: Fields, problems: list[Problem]) -> Grade | None:
    before = len(problems)
    room, fewest = (_quota(fields, name, problems) for name in ("名额", "至少占"))
    if len(problems) > before:
        return None
    return Grade(
        fields.get("名称"), fields.get("依据"), fields.get("至少"), room if isinstance(room, Fraction) else None,
        room if isinstance(room, int) else None, fields.get("余数", "舍去"), fields.get("同分") == "一并占", fewest or 0,
    )  # fmt: skip


def _quota(fields: Fields, name: str, problems: list[Problem]) -> Fraction | int | None:
    """Read a share (20%) or a number of units (3)."""
    written = fields.get(name, "")
    found = re.fullmatch(r"(\d{1,4}(?:\.\d{1,2})?)\s*([%％]?)", written)
    if written and (found is None or (not found[2] and "." in found[1])):
        problems.append(problem("P007", fields.at(name), 应为=Verbatim("百分数（20%）或个数（3）"), 值=written))
    if found is None:
        return None
    return Fraction(found[1]) / 100 if found[2] else int(found[1]) if "." not in found[1] else None


_WORDS: Final = (FEWER, HIGHER_GAIN, SATISFIED)


def _order(node: Node, problems: list[Problem]) -> tuple[Criterion, ...]:
    if not isinstance(node, Items):
        wrong(node, ORDER.label, problems)
        return ()
    found = (_criterion(each, problems) for each in node.items)
    return tuple(each for each in found if each is not None)


def _criterion(node: Node, problems: list[Problem]) -> Criterion | None:
    if isinstance(node, Scalar) and node.text.strip() in _WORDS:
        return Criterion(node.text.strip())
    if isinstance(node, Table) and node.keys() == (ITEM,) and isinstance(node.entries[0][1], Scalar):
        return Criterion(ITEM, node.entries[0][1].text.strip())
    wrong(node, ORDER.label, problems)
    return None


ORDER: Final = Kind("列表：扣分少、加分多、满意率、{项目: 项目名称}；空列表 []：同分就是同名次", _order)
RANKING: Final = Part(
    "排名",
    "怎么排名",
    (
        Key("分组", choice("学段", "全部"), "在什么范围内比；不写为学段"),
        Key("合组", words_by_name("组名: 学段的列表", TEXTS), "几个学段合成一组比"),
        Key("单个成组", choice(SINGLE_RANKED, SINGLE_NOT), "一组只有一个单位时；不写为照排"),
        Key("并列", choice(*TIES), "同分怎么排：1、2、2、4；1、2、2、3；不写为并列占位"),
        Key("同分先后", ORDER, "同分再按什么分先后，一项分不出再看下一项"),
        Key("须有", NEEDED, "没有这些数据的单位不排名"),
        Key("不排名", TEXT, "文件没有排名办法的写明原因：各单位照列，都不排名"),
        Key("等次", list_of(built(GRADE, _grade)), "各等次，先高后低"),
        OPEN,
    ),
    "98、95、95、90 分：并列占位 1、2、2、4；并列不占位 1、2、2、3；同分先后: [扣分少]：扣分少的第 2，另一个第 3。",
)
SURVEY: Final = Part(
    "测评",
    "测评怎样折成分数：∑（答案的分值 × 份数）÷ 除不了解以外的份数",
    (
        NAME,
        CLAUSE,
        Key("分值", words_by_name("答案: 分值", NUMBER), "每种答案值几分"),
        Key("不了解的", TEXTS, f"不算在内的答案（分子、分母都不算）；不写是{'、'.join(UNKNOWN)}"),
        Key("题目", TEXTS, "只用哪些题；不写为全部"),
        Key("题目权重", words_by_name("题目: 权重", NUMBER), "各题的权重；不写为各题一样"),
        Key("组成", words_by_name("测评名称: 权重", NUMBER), "由几种测评合成；写了它就不写分值"),
        Key("缺少的", choice(*MISSING_PARTS), "有的题或有的测评没有结果时：其余分摊、计零，或整个不计；不写为不计"),
        Key("有效份数", COUNT, "少于几份，测评无效"),
        Key("发出份数", words_by_name("单位: 份数", WHOLE), "发出多少份；收回多于发出的，测评无效"),
        Key("最低回收率", NUMBER, "收回 ÷ 发出，低于它的无效"),
        OPEN,
    ),
    "分值: {满意: 100, 基本满意: 80, 不满意: 30}，不了解的: [不了解]：45、10、5、3 张 → (4500 + 800 + 150) ÷ 60 = 90.83 分。",
)


def survey(fields: Fields, problems: list[Problem]) -> Survey | None:
    """Build one survey: either a scale of its own or parts."""
    if ("分值" in fields.values) == ("组成" in fields.values):
        problems.append(
            problem("P024", fields.place, 什么=Verbatim("测评（分值、组成）"), 写了=Verbatim("两样或一样也没有"))
        )
        return None
    return Survey(
        name=fields.get("名称"), clause=fields.get("依据"), scale=_pairs(fields, "分值"),
        left_out=fields.get("不了解的", UNKNOWN), questions=fields.get("题目", ()), weights=_pairs(fields, "题目权重"),
        parts=_pairs(fields, "组成"), missing=fields.get("缺少的", VOID), least=fields.get("有效份数", 0),
        issued=tuple((name, count) for name, count, _ in fields.get("发出份数", ())), turnout=fields.get("最低回收率"),
    )  # fmt: skip


def _pairs(fields: Fields, name: str) -> tuple[tuple[str, Fraction], ...]:
    return tuple((word, value) for word, value, _ in fields.get(name, ()))


PARTS: Final = (ITEM_PART, RANKING, PLACED, GRADE, SURVEY)
__all__ = ["DATA", "GRADE", "ITEM_PART", "NEEDED", "PARTS", "RANKING", "SURVEY", "item", "survey"]
