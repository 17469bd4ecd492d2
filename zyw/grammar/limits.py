"""How far and what follows: 封顶, 限额, 后果, 累计, 转为, 连带."""

from typing import Final

from zyw.decoding import COUNT, NUMBER, TEXT, TEXTS, Fields, Key, Part, built, choice, list_of
from zyw.grammar.basics import CLAUSE, NAME, OPEN, TERM, YES, dated
from zyw.points import number_text
from zyw.problems import Problem, Verbatim, problem
from zyw.rules.consequences import CEILING, CHAIN, EFFECTS, FORCE, PERSON, STATED, UNIT
from zyw.rules.limits import PER, Limit

LONGEST_STANDS, ADDED_UP = "取长", "相加"
LIMIT: Final = Part(
    "封顶",
    "一个范围里合计最多扣多少、加多少；“最少扣”就是保底：扣了，就至少扣这么多。超出的部分另记一行，不外溢",
    (
        Key("每", choice(*PER), "在什么范围里合计；都在一个单位、一个考核期以内", required=True),
        Key("最多扣", NUMBER, "扣分的上限，写正数"),
        Key("最多加", NUMBER, "加分的上限，写正数"),
        Key("最少扣", NUMBER, "有扣分时的下限，写正数"),
    ),
    "三次各 −2，封顶: {每: 单位, 最多扣: 5}：−2 −2 −2，另记“封顶 +1”，合计 −5 分。",
)


def _limit(fields: Fields, problems: list[Problem]) -> Limit | None:
    numbers = [fields.get(name) for name in ("最多扣", "最多加", "最少扣")]
    written = [each for each in numbers if each is not None]
    if not written or any(each < 0 for each in written):
        told = Verbatim("“最多扣”“最多加”“最少扣”中至少一个，写 0 或正数")
        problems.append(problem("P007", fields.place, 应为=told, 值="、".join(map(str, written)) or "没有写"))
        return None
    off, _, least = numbers
    if off is not None and least is not None and least > off:
        problems.append(
            problem("P007", fields.at("最少扣"), 应为=Verbatim("不大于“最多扣”的数"), 值=number_text(least))
        )
        return None
    return Limit(fields.get("每"), *numbers)


LIMITS: Final = list_of(built(LIMIT, _limit))
HIGHEST_OF: Final = Key("取最高", choice(*PER), "同一个范围里有几次，只计分值最大的一次")
TOGETHER: Final = Part(
    "限额",
    "几条规则放在一起的上限，或一件事符合几条时只计最高的一条",
    (
        NAME,
        CLAUSE,
        Key("规则", TEXTS, "哪几条规则", required=True),
        Key("封顶", dated(LIMITS), "合计的上限"),
        HIGHEST_OF,
        OPEN,
    ),
    "加分三条分别得 2、3、1 分，限额: {封顶: {每: 单位, 最多加: 5}}：另记一行 −1，合计 5 分。",
)
CONSEQUENCE: Final = Part(
    "后果",
    "分值以外的结果",
    (
        Key("对象", choice(PERSON, UNIT), "落在谁身上", required=True),
        Key("内容", TEXT, "结果本身", required=True),
        Key("期限", TERM, "影响期；不写，则只在产生当日列出一次"),
        Key(
            "重叠",
            choice(LONGEST_STANDS, ADDED_UP),
            "同样的后果还没有满、又有一次：取最长的，还是剩余的加新的；不写为取长",
        ),
        Key("最长", TERM, "重叠为相加时，从最后一次决定起最长多久，如 48个月"),
        Key("依据", TEXT, "与所在规则或处理方式的条款不同时才写"),
        Key("种类", choice(*EFFECTS), "对单位等次的作用；不写只是列出。一票否决：最末等次；取消资格：不占有名额的等次"),
        Key("等次", TEXT, "种类为定等次、限等次时，定为、或至多到哪一等"),
    ),
    "后果: [{对象: 单位, 内容: 取消评先资格, 期限: 当年, 种类: 取消资格}]：2012-04-02 的决定，影响期是 2012-01-01 至 2012-12-31；"
    "期限 12个月 则是 2012-04-02 至 2013-04-01。",
)
CUMULATION: Final = Part(
    "累计",
    "若干次在期限内累积，由凑满次数的那一次触发",
    (
        Key("对象", choice(PERSON, UNIT), "同一个人，还是同一单位", required=True),
        Key("至少", dated(COUNT), "凑满几次；以凑满的那一次当日有效的为准", required=True),
        Key("期限", TERM, "前后相隔多久以内；恰好满期仍算在内"),
        Key("满后重计", YES, "凑满一次以后从头再数；不写为否：后面每多一次都再触发"),
    ),
    "累计: {对象: 个人, 至少: 2, 期限: 12个月}：2012-03-05 与 2013-03-05 凑满两次，2013-03-06 就不算。",
)
STEP: Final = Part(
    "连带",
    "连带责任的一环：每发生一次，这一环也计分或承担后果",
    (
        Key(
            "对象", choice(*CHAIN), "单位、主要负责人，或名册里与单位挂钩的主管单位、包保股室、联系领导", required=True
        ),
        Key("依据", TEXT, "与所在规则的条款不同时才写"),
        Key("分", NUMBER, "每次的分值；主要负责人的计在单位上，主管单位、包保股室的计在它们自己身上，联系领导不计分"),
        Key("后果", list_of(built(CONSEQUENCE, lambda fields, _: fields)), "这一环的后果"),
    ),
    "教师一案 −2，连带: [{对象: 主要负责人, 分: -1}, {对象: 主管单位, 分: -0.5}]：学校 −2 −1，中心校 −0.5。",
)


def check_effect(fields: Fields, problems: list[Problem]) -> bool:
    """Say whether a consequence is whole: 定等次 and 限等次 name a 等次, only a unit has grades."""
    kind = fields.get("种类", STATED)
    if (kind in (FORCE, CEILING)) != ("等次" in fields.values):
        problems.append(
            problem("P006", fields.place, 部分="后果", 键="等次", 含义=Verbatim("与种类 定等次、限等次 同写"))
        )
        return False
    if kind != STATED and fields.get("对象") != UNIT:
        problems.append(problem("P007", fields.at("种类"), 应为=Verbatim("“结果”（只有单位有等次）"), 值=kind))
        return False
    return _may_add(fields, problems)


def _may_add(fields: Fields, problems: list[Problem]) -> bool:
    """Say whether 重叠 and 最长 go together: only periods of months add up, and only those of persons."""
    adds = fields.get("重叠") == ADDED_UP
    if "最长" in fields.values and not adds:
        problems.append(problem("P006", fields.place, 部分="后果", 键="重叠", 含义=Verbatim("与“最长”同写，写“相加”")))
        return False
    if adds and fields.get("对象") != PERSON:
        problems.append(problem("P007", fields.at("重叠"), 应为=Verbatim("取长（只有个人的后果能相加）"), 值=ADDED_UP))
        return False
    for name in ("期限", "最长") if adds else ():
        term = fields.get(name)
        if not (term.months if term else name == "最长"):
            wanted = Verbatim("若干个月（如 12个月），才能相加")
            problems.append(problem("P007", fields.at(name), 应为=wanted, 值=str(term or "空白")))
            return False
    return True


PARTS: Final = (LIMIT, TOGETHER, CUMULATION, CONSEQUENCE, STEP)
