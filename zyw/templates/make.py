"""Makes the templates beside it: `python -m zyw.templates.make`. What a clerk edits is the docx or xlsx, not this.

The prose is whole when a number is 0 and when a list is empty; every number is a name of `zyw.papers`.
"""

import zipfile
from pathlib import Path
from typing import Final

from zyw.templates import pressing, rectifying
from zyw.templates.books import books
from zyw.templates.bulletin import monthly, ranked
from zyw.templates.wordxml import KEEP, missing, p, package, signature, table, tag

HERE: Final = Path(__file__).parent


def unit() -> str:
    """Return the 得分告知单."""
    return "".join((*_opening(), *_score(), *_movements(), *_left_out(), *_proposals(), *_closing()))


def _opening() -> list[str]:
    return [
        p("得分告知单", "公文标题"),
        p("（{{ 期.名称 }}）", "文号"),
        p("", "空行"),
        p("{{ 单位 }}：", "顶格"),
        p(
            "根据《{{ 方案.名称 }}》（以下简称《方案》），现将你单位自{{ 期.累计起 }}至{{ 期.截至日 }}的"
            "{{ 工作 }}得分告知如下。"
        ),
        missing("本告知单"),
    ]


def _score() -> list[str]:
    columns = [("组别", 26, "中"), ("基础分", 22, "中"), ("加扣分", 22, "中"), ("得分", 22, "中"), ("名次", 64, "中")]
    place = "{% if 名次 %}第{{ 名次 }}名{% if 并列 %}（并列）{% endif %}，共{{ 参加数 }}个单位{% else %}不排名：{{ 不排名原因 }}{% endif %}"
    return [
        p("一、得分和名次", "一级标题"),
        table(columns, ("", ["{{ 组别 }}", "{{ 基础分 }}", "{{ 加扣分 }}", "{{ 得分 }}", place])),
        p("", "表后"),
        tag("if 未计入行数"),
        p("报送的台账中，你单位有{{ 未计入行数 }}行填写有误，没有计入得分，请核对更正。"),
        tag("endif"),
        tag("if 满意率"),
        p("群众满意率{{ 满意率 }}，收回测评表{{ 测评份数 }}份{% if not 满意率计分 %}，不计入得分{% endif %}。"),
        tag("endif"),
    ]


def _movements() -> list[str]:
    columns = [
        ("序号", 10, "中"), ("日期", 29, "中"), ("当事人", 16, "中"), ("规则", 25, "文"), ("依据", 26, "中"),
        ("分值", 11, "中"), ("出处", 39, "文"),
    ]  # fmt: skip
    return [
        p("二、得分明细", "一级标题"),
        tag("if 明细"),
        p("共{{ 明细|length }}笔加扣分，合计{{ 加扣分 }}分。", properties=KEEP),
        table(columns, ("for 项 in 明细", _fields("序号 日期 当事人 规则 依据 分值 出处"))),
        p("", "表后"),
        tag("else"),
        p("没有加扣分，得分为基础分{{ 基础分 }}分。"),
        tag("endif"),
    ]


def _left_out() -> list[str]:
    columns = [
        ("序号", 10, "中"), ("当事人", 16, "中"), ("规则", 25, "文"), ("没有计入的原因", 59, "文"), ("出处", 46, "文"),
    ]  # fmt: skip
    return [
        tag("if 未计入"),
        p("下列{{ 未计入|length }}项没有计入得分。", properties=KEEP),
        table(columns, ("for 项 in 未计入", _fields("序号 当事人 规则 原因 出处"))),
        p("", "表后"),
        tag("endif"),
    ]


def _proposals() -> list[str]:
    columns = [("序号", 10, "中"), ("对象", 18, "中"), ("建议", 42, "文"), ("影响期", 60, "文"), ("依据", 26, "中")]
    lead_in = "下列{{ 后果|length }}条是依据《方案》提出的建议，由有权机关按照权限和程序研究后作出处理。"
    return [
        p("三、后果建议", "一级标题"),
        tag("if 后果"),
        p(lead_in, properties=KEEP),
        table(columns, ("for 项 in 后果", _fields("序号 对象 内容 影响期 依据"))),
        p("", "表后"),
        tag("else"),
        p("没有后果建议。"),
        tag("endif"),
    ]


def _fields(names: str) -> list[str]:
    return [f"{{{{ 项.{name} or '—' }}}}" for name in names.split()]


def _closing() -> list[str]:
    """Return whom to write to, the signature on the same page, the receipt, and the readings as a note."""
    return [
        p("四、异议和复核", "一级标题"),
        p(
            "对以上内容有异议的，请于{{ 复核.期限 }}前向{{ 复核.受理机关 }}书面提出，写明哪一项、理由，并附证明材料"
            "{% if 复核.联系方式 %}；联系方式：{{ 复核.联系方式 }}{% endif %}。处理经复核撤销的，自撤销之日起不再计分。",
            properties=KEEP,
        ),
        signature(),
        p("单位签收：　　　　　　　　　　　　年　　月　　日", "顶格"),
        tag("if 说明"),
        p("附：《方案》没有写明、按下列理解计分的地方（方案未定）", "表题"),
        tag("for 注 in 说明"),
        p("{{ 注.序号 }}.{{ 注.内容 }}{% if 注.依据 %}（{{ 注.依据 }}）{% endif %}", "小字"),
        tag("endfor"),
        tag("endif"),
    ]


def _word(name: str, body: str, *, sideways: bool = False) -> None:
    with zipfile.ZipFile(HERE / f"{name}.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in package(body, sideways=sideways).items():
            archive.writestr(zipfile.ZipInfo(part, (2012, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)


def main() -> None:
    """Write all templates."""
    _word("督查通报", monthly())
    _word("得分告知单", unit())
    _word("排名附件", ranked(), sideways=True)
    _word("整改台账", rectifying.ledger(), sideways=True)
    _word("销号清单", rectifying.closed(), sideways=True)
    _word("整改报告", rectifying.report())
    _word("单位整改报告", rectifying.own_report())
    _word("督办通知单", pressing.notice())
    _word("催办清单", pressing.urged(), sideways=True)
    for name, content in books().items():
        (HERE / f"{name}.xlsx").write_bytes(content)


if __name__ == "__main__":
    main()
