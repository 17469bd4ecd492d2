"""What a statistician asks of a survey, answered line by line: the method sheet."""

from collections.abc import Iterator, Sequence
from typing import Final

from zyw.points import number_text
from zyw.survey import suspicion
from zyw.survey.result import Result
from zyw.survey.rules import SHARED, VOID, ZERO, SurveyRules

_DIVIDED: Final = {
    "全部答卷": "全部答卷份数（没有答的、不了解的都在分母里，得 0 分）",
    "已答": "答了这道题的份数（不了解在分母里，没有分值的得 0 分）",
    "除不了解": "答了这道题、又不是“不了解”的份数",
}


_LACKING: Final = {SHARED: "缺的由其余按比例分摊", ZERO: "缺的计零", VOID: "缺一样就没有结果"}


def method_lines(result: Result, decisions: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield (what, how) for everything that a figure of the result rests on."""
    rules = result.rules
    yield (
        "满意率",
        f"（{'＋'.join(rules.satisfied)}）÷（作答数－{'、'.join(rules.unknown)}），各量表题合在一起；空白和跳过不算作答",
    )
    yield "测评得分", _score(rules)
    yield from _weights(rules)
    yield "有效答卷", "至少答了一道量表题的答卷；纸质汇总表写明“有效”的，按它写的"
    yield "回收率", "回收÷发放；教师是答卷份数÷名册的在职人数；没有写发放多少的、家长和学生，不知道问了多少人，不算"
    yield "95%区间", "Wilson 区间（1927）。几道题合在一起时，按答卷份数算，不按题数算：一个人答五道题不等于五个人"
    yield "加权后的份数", "1÷Σ（权重²÷份数）（Kish）；不加权就是有效份数"
    yield (
        "名次可在",
        (
            "同一学段内两两比较满意率之差的 95% 区间（Newcombe 1998，方法10）：确实比它高的有几个，它最好排在其后；"
            "确实比它低的有几个，它最差排在其前。比较没有按次数校正，单位多时个别结论可能出于偶然"
        ),
    )
    yield "与上次相比", "两次满意率之差的 95% 区间，0 在区间里就写“无显著变化”"
    yield "不单独公布", f"少于 {rules.few} 份的不公布；只有一类对象不公布时，再不公布份数最少的一类，免得由总数减出来"
    yield "样本代表谁", "答卷的人是自己愿意答的，不是抽样抽到的；区间只反映份数多少，不反映谁没有答"
    yield from _suspicion(result, decisions)
    yield (
        "其他题",
        "单选、多选数每个选项有几份；排序题数排在第一的；打分题给平均，五分制给 4、5 分的比例；"
        "推荐度是 9、10 分的比例减 0–6 分的比例",
    )
    yield "四舍五入", f"只在印出来时四舍五入：满意率到 0.1%，测评得分到小数 {rules.shown_places} 位"


def _score(rules: SurveyRules) -> str:
    if not rules.scale:
        return "没有写明分值，不算得分"
    values = "，".join(f"{word} {number_text(value)}" for word, value in rules.scale.items())
    return f"{values}；除以{_DIVIDED[rules.divisor]}；各题先算，再按题目权重平均；没有分值的答案得 0 分"


def _weights(rules: SurveyRules) -> Iterator[tuple[str, str]]:
    for name, weights in (("对象权重", rules.groups), ("渠道权重", rules.channels), ("题目权重", rules.items)):
        if weights:
            yield (
                name,
                "，".join(f"{word} {number_text(value)}" for word, value in weights.items())
                + f"；{_LACKING[rules.empty]}",
            )
    if rules.respondents:
        yield "对象", f"只算{'、'.join(rules.respondents)}的答卷"
    if rules.questions:
        yield "题目", f"只算{'、'.join(rules.questions)}"
    if not rules.groups:
        yield "对象权重", "没有写明，各类对象的答卷一样对待"


def _suspicion(result: Result, decisions: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield (
        "可疑答卷",
        (
            f"共 {len(result.suspects)} 份。四类迹象中有两类才算可疑："
            f"用时不到这份问卷中位数的 {suspicion.FAST_SHARE:.0%}；"
            f"答法（{suspicion.ENOUGH_ITEMS} 题以上全选一项，或 {suspicion.BURST_SECONDS // 60} 分钟内"
            f" {suspicion.ALIKE} 份以上完全相同，或同一网络上 3 份以上完全相同）；"
            f"网络（同一网络上 {suspicion.CHAIN} 份以上答案相同，而且上一份交了才开始下一份）；"
            f"{suspicion.NIGHT[0]}–{suspicion.NIGHT[1]} 点成批提交。"
            "学校的家长、学生常在同一网络上填，同一网络本身不算迹象"
        ),
    )
    yield "剔除", "；".join(decisions) if decisions else "没有剔除任何答卷"
