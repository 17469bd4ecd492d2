"""The prose and tables of 整改台账, 销号清单 and 整改报告; every number is a name of `zyw.papers.rectifying`."""

from collections.abc import Sequence
from typing import Final

from zyw.templates.wordxml import KEEP, WIDE, lead, missing, p, signature, table, tag

_COUNTED: Final = (
    ("件数", 22, "中"), ("完成", 22, "中"), ("其中销号", 22, "中"), ("在办", 22, "中"), ("逾期", 18, "中"),
)  # fmt: skip
_COUNTS: Final = ["{{ 类.名称 }}", "{{ 类.总数 }}", "{{ 类.完成 }}", "{{ 类.销号 }}", "{{ 类.在办 }}", "{{ 类.逾期 }}"]
_TOTAL: Final = [
    "合计", "{{ 整改.总数 }}", "{{ 整改.完成 }}", "{{ 整改.销号 }}", "{{ 整改.在办 }}", "{{ 整改.逾期 }}",
]  # fmt: skip
_ABSENT: Final = tag("if 没有收到") + p("没有收到问题台账。") + tag("endif")


def _fields(names: str) -> list[str]:
    return [f"{{{{ 项.{name} or '—' }}}}" for name in names.split()]


def _listed(columns: Sequence[tuple[str, float, str]], loop: str, names: str, nothing: str) -> list[str]:
    """Return a wide table of issues, or one line that says that there is none."""
    return [
        tag(f"if {loop}"),
        table(columns, (f"for 项 in {loop}", _fields(names)), total=WIDE),
        tag("else"),
        p(nothing),
        tag("endif"),
    ]


def ledger() -> str:
    """Return the 整改台账."""
    columns = [
        ("序号", 11, "中"), ("单位", 27, "文"), ("问题", 38, "文"), ("类别", 20, "文"), ("责任人", 18, "中"),
        ("整改措施", 37, "文"), ("期限", 28, "中"), ("状态", 18, "中"), ("销号日", 28, "中"),
    ]  # fmt: skip
    names = "序号 单位 问题 类别 责任人 措施 期限 状态 销号日"
    summary = (
        "共{{ 整改.总数 }}件：整改完成{{ 整改.完成 }}件（其中销号{{ 整改.销号 }}件），正在整改{{ 整改.在办 }}件，"
        "逾期{{ 整改.逾期 }}件{% if 整改.整改率 %}，整改率{{ 整改.整改率 }}{% endif %}"
    )
    return "".join(
        (
            p("{{ 工作 }}问题整改台账", "公文标题"),
            p("填报单位：{{ 机关.名称 }}　　截至{{ 期.截至日 }}", "表注"),
            missing("本台账"),
            tag("if 整改.总数"),
            p(summary, "表注"),
            tag("endif"),
            *_listed(
                columns, "清单", names, "{% if 没有收到 %}没有收到问题台账{% else %}台账没有在列问题{% endif %}。"
            ),
        )
    )


def closed() -> str:
    """Return the 销号清单: what was closed, and what is done and waits for it."""
    done = [
        ("序号", 12, "中"), ("单位", 30, "文"), ("编号", 22, "中"), ("问题", 52, "文"), ("完成日", 28, "中"), ("销号日", 28, "中"),
        ("复查人", 25, "中"), ("期限", 28, "中"),
    ]  # fmt: skip
    waiting = [
        ("序号", 12, "中"), ("单位", 34, "文"), ("编号", 26, "中"), ("问题", 73, "文"), ("期限", 28, "中"), ("完成日", 28, "中"),
        ("责任人", 24, "中"),
    ]  # fmt: skip
    return "".join(
        (
            p("{{ 工作 }}问题销号清单", "公文标题"),
            p("填报单位：{{ 机关.名称 }}　　截至{{ 期.截至日 }}", "表注"),
            missing("本清单"),
            p("一、已销号（{{ 整改.销号 }}件）", "一级标题"),
            *_listed(done, "已销号", "序号 单位 编号 问题 完成日 销号日 复查人 期限", "没有已销号的问题。"),
            p("", "表后"),
            p("二、已完成、待销号（{{ 整改.待销号 }}件）", "一级标题"),
            *_listed(waiting, "待销号", "序号 单位 编号 问题 期限 完成日 责任人", "没有待销号的问题。"),
        )
    )


def report() -> str:
    """Return the county's 整改报告."""
    return "".join(
        (
            p("关于{{ 工作 }}问题整改情况的报告", "公文标题"),
            p("", "空行"),
            p("{{ 机关.主送 }}：", "顶格"),
            p("根据《{{ 方案.名称 }}》，现将截至{{ 期.截至日 }}的问题整改情况报告如下。"),
            missing("本报告"),
            *_overview(),
            *_by("二、分类整改情况", "类别", "按类别"),
            *_by("三、各单位整改情况", "单位", "按单位"),
            p("四、追责情况", "一级标题"),
            tag("if 追责.累计处理"),
            p("考核期内作出追责处理{{ 追责.累计处理 }}次，涉及{{ 追责.累计案件 }}案、{{ 追责.累计人数 }}人。"),
            tag("else"),
            p(
                "{% if 追责.没有收到 %}没有收到追责台账，追责情况不在本报告内。{% else %}考核期内没有作出追责处理。{% endif %}"
            ),
            tag("endif"),
            p("五、下一步工作", "一级标题"),
            *_next_steps(),
            *_unfinished("{{ 项.单位 }}：", "附：未完成问题清单"),
            signature(),
        )
    )


def own_report() -> str:
    """Return one unit's 整改报告."""
    return "".join(
        (
            p("{{ 单位 }}", "公文标题"),
            p("{{ 工作 }}问题整改报告", "公文标题"),
            p("", "空行"),
            p("{{ 机关.名称 }}：", "顶格"),
            p("根据《{{ 方案.名称 }}》，现将截至{{ 期.截至日 }}的问题整改情况报告如下。"),
            missing("本报告"),
            *_overview(),
            p("二、逐条整改情况", "一级标题"),
            tag("for 项 in 清单"),
            p("问题{{ 项.序号 }}：{{ 项.问题 or 项.类别 or '（未写明问题）' }}", properties=KEEP),
            p(
                "{% if 项.措施 %}整改措施：{{ 项.措施 }}。{% endif %}{% if 项.进展 %}整改情况：{{ 项.进展 }}。{% endif %}"
                "{% if 项.责任人 %}责任人：{{ 项.责任人 }}。{% endif %}"
                "整改期限：{{ 项.期限 or '未明确' }}；状态：{{ 项.状态 }}{% if 项.天数 %}{{ 项.天数 }}天{% endif %}"
                "{% if 项.完成日 %}，{{ 项.完成日 }}完成{% endif %}{% if 项.销号日 %}，{{ 项.销号日 }}销号{% endif %}。"
            ),
            tag("endfor"),
            p("三、下一步工作", "一级标题"),
            *_next_steps(),
            p("", "空行", KEEP),
            p("{{ 单位 }}", "落款"),
            p("{{ 机关.成文日期 }}", "落款").replace("<w:keepNext/>", ""),
            p("主要负责人（签字）：{{ 负责人 }}", "顶格"),
        )
    )


def _overview() -> list[str]:
    return [
        p("一、整改总体情况", "一级标题"),
        tag("if 没有收到"),
        p("没有收到问题台账，整改情况不在本报告内。"),
        tag("else"),
        p("{{ 句.整改进度 }}{{ 句.整改逾期 }}{{ 句.待销号 }}"
          "{% if 整改.无期限 %}未完成的问题中，有{{ 整改.无期限 }}件没有明确的整改期限。{% endif %}"),
        tag("endif"),
        tag("if 整改.未计入 and not 单位"),
        p("问题台账有{{ 整改.未计入 }}行因单位或日期填写有误，没有计入以上数字。"),
        tag("endif"),
    ]  # fmt: skip


def _by(title: str, column: str, loop: str) -> list[str]:
    columns = [(column, 50, "文"), *_COUNTED]
    note = (
        "涉及几个单位的问题，在每个单位各列一次，合计只计一次。" if column == "单位" else "按问题台账的“类别”一栏统计。"
    )
    return [
        p(title, "一级标题"),
        tag(f"if {loop}"),
        p(note, properties=KEEP),
        table(columns, (f"for 类 in {loop}", _COUNTS), ("", _TOTAL)),
        p("", "表后"),
        tag("else"),
        p("{% if 没有收到 %}没有收到问题台账。{% else %}没有在列问题。{% endif %}"),
        tag("endif"),
    ]


def _next_steps() -> list[str]:
    return [
        tag("if 整改.逾期"),
        p("逾期的{{ 整改.逾期 }}件，于{{ 整改期限 }}前整改完成，并报送佐证材料。"),
        tag("endif"),
        tag("if 整改.在办"),
        p("在办的{{ 整改.在办 }}件，按台账所列期限完成，完成一件、销号一件。"),
        tag("endif"),
        tag("if 整改.待销号"),
        p("待销号的{{ 整改.待销号 }}件，经复查符合条件的及时销号。"),
        tag("endif"),
        tag("if not 整改.总数"),
        p("继续开展检查，发现问题及时登记、交办、整改。"),
        tag("elif not 整改.未完成 and not 整改.待销号"),
        p("对已整改的问题适时回头看，防止反弹。"),
        tag("endif"),
    ]


def _unfinished(opening: str, title: str) -> list[str]:
    """Return the issues that are not done, each a paragraph: 问题—期限—状态."""
    return [
        tag("if 未完成"),
        p(title, "表题"),
        tag("for 项 in 未完成"),
        lead(
            "问题{{ 项.序号 }}：" + opening,
            "{{ 项.问题 or 项.类别 or '（未写明问题）' }}；期限{{ 项.期限 or '未明确' }}，{{ 项.状态 }}{% if 项.天数 %}{{ 项.天数 }}天{% endif %}。",
        ),
        tag("endfor"),
        tag("endif"),
    ]
