"""The prose and tables of 督办通知单 and 催办清单; every number is a name of `zyw.papers.pressing`."""

from typing import Final

from zyw.templates.wordxml import KEEP, TITLE, WIDE, fonts, missing, p, run, signature, table, tag

COLOURS: Final = {"红": "C00000", "橙": "C55A11", "黄": "9C6500", "蓝": "1F4E79"}
"""Inks that stay legible in print, by the colour's word; the word itself always stands beside."""


def _level() -> str:
    """Return the title with its level: the word, in the ink of its colour."""
    size = '<w:sz w:val="44"/><w:szCs w:val="44"/>'
    pieces = []
    for place, (word, ink) in enumerate(COLOURS.items()):
        pieces.append(run(f"{{% {'elif' if place else 'if'} 预警.颜色 == '{word}' %}}"))
        pieces.append(run("（{{ 预警.名称 }}）", f'{fonts(TITLE)}<w:color w:val="{ink}"/>{size}'))
    pieces.append(run("{% else %}（{{ 预警.名称 }}）{% endif %}"))
    return p(run("督办通知单") + "".join(pieces), "公文标题")


def notice() -> str:
    """Return the 督办通知单 of one unit."""
    late = [
        ("序号", 10, "中"), ("编号", 24, "中"), ("督办事项", 48, "文"), ("期限", 28, "中"), ("逾期（天）", 16, "中"), ("预警", 30, "中"),
    ]  # fmt: skip
    soon = [
        ("序号", 10, "中"), ("编号", 24, "中"), ("事项", 62, "文"), ("期限", 30, "中"), ("还剩（天）", 30, "中"),
    ]  # fmt: skip
    item = "{{ 项.事项 or 项.类别 or '（未写明）' }}"
    receipt = [("签收人", 40, "中"), ("签收时间", 50, "中"), ("办理结果", 66, "中")]
    return "".join(
        (
            _level(),
            p("督办〔　　〕　　号", "文号"),
            p("", "空行"),
            p("{{ 单位 }}：", "顶格"),
            p(
                "截至{{ 期.截至日 }}，你单位{% if 逾期数 %}有{{ 逾期数 }}件事项逾期未办结"
                "{% if 快到期数 %}，另有{{ 快到期数 }}件将在{{ 快到期 }}天内到期{% endif %}"
                "{% else %}有{{ 快到期数 }}件事项将在{{ 快到期 }}天内到期{% endif %}（按{{ 日 }}计算）。现予督办。"
            ),
            missing("本通知单"),
            tag("if 逾期"),
            p("一、逾期事项", "一级标题"),
            table(late, ("for 项 in 逾期", [
                "{{ 项.序号 }}", "{{ 项.编号 or '—' }}", item, "{{ 项.期限 }}", "{{ 项.天数 }}", "{{ 项.预警 }}",
            ])),
            p("", "表后"),
            tag("endif"),
            tag("if 将到期"),
            p("{% if 逾期 %}二{% else %}一{% endif %}、快到期事项", "一级标题"),
            table(soon, ("for 项 in 将到期", [
                "{{ 项.序号 }}", "{{ 项.编号 or '—' }}", item, "{{ 项.期限 }}", "{{ 项.剩余 }}",
            ])),
            p("", "表后"),
            tag("endif"),
            p("{% if 逾期 and 将到期 %}三{% else %}二{% endif %}、办理要求", "一级标题"),
            tag("if 逾期"),
            p("逾期的{{ 逾期数 }}件，请于{{ 整改期限 }}前办结，书面反馈办理结果，并附佐证材料；确需延期的，书面说明理由，报经批准。"),
            tag("endif"),
            tag("if 将到期"),
            p("快到期的{{ 快到期数 }}件，请按期办结。"),
            tag("endif"),
            p("{% if 机关.联系方式 %}联系方式：{{ 机关.联系方式 }}。{% endif %}对所列事项有异议的，请在办结期限内书面提出。", properties=KEEP),
            signature(),
            p("", "表后"),
            table(receipt, ("", ["", "", ""])),
            tag("if 说明"),
            p("附：《方案》没有写明、按下列理解办理的地方（方案未定）", "表题"),
            tag("for 条 in 说明"),
            p("{{ loop.index }}.{{ 条 }}。", "小字"),
            tag("endfor"),
            tag("endif"),
        )
    )  # fmt: skip


_LATE: Final = [
    ("序号", 12, "中"), ("单位", 36, "文"), ("编号", 24, "中"), ("事项", 61, "文"), ("期限", 28, "中"), ("逾期（天）", 18, "中"),
    ("预警", 24, "中"), ("责任股室", 22, "中"),
]  # fmt: skip
_SOON: Final = [*_LATE[:5], ("还剩（天）", 18, "中"), ("期限依据", 24, "中"), ("责任股室", 22, "中")]
_UNITS: Final = [
    ("单位", 85, "文"),
    ("件数", 30, "中"),
    ("逾期", 30, "中"),
    ("快到期", 30, "中"),
    ("最重的预警", 50, "中"),
]
_PAPERS: Final = [
    ("序号", 15, "中"),
    ("单位", 80, "文"),
    ("材料", 70, "文"),
    ("应报日", 30, "中"),
    ("超过（天）", 30, "中"),
]


def urged() -> str:
    """Return the 催办清单 of the county."""
    item = "{{ 项.事项 or 项.类别 or '—' }}"
    levels = (
        "逾期{{ 逾期数 }}件{% if 逾期数 and 各级 %}（{% for 级 in 各级 %}{{ 级.名称 }}{{ 级.件数 }}件"
        "{% if not loop.last %}、{% endif %}{% endfor %}）{% endif %}，"
        "{{ 快到期 }}天内到期{{ 快到期数 }}件，到期未报材料{{ 未报数 }}份"
    )
    return "".join(
        (
            p("{{ 工作 }}催办清单", "公文标题"),
            p("{{ 机关.名称 }}　　截至{{ 期.截至日 }}　　按{{ 日 }}计算", "表注"),
            p(levels, "表注"),
            missing("本清单"),
            tag("if 没有收到|length == 2"),
            p("没有收到问题台账和任务台账，到期情况不在本清单内。"),
            tag("endif"),
            tag("if 按单位"),
            p("各单位件数", "表题"),
            table(_UNITS, ("for 位 in 按单位", [
                "{{ 位.单位 }}", "{{ 位.件数 }}", "{{ 位.逾期 }}", "{{ 位.快到期 }}", "{{ 位.最重 }}",
            ]), total=WIDE),
            p("", "表后"),
            tag("else"),
            p("没有逾期和快到期的事项。"),
            tag("endif"),
            tag("if 逾期"),
            p("逾期事项", "表题"),
            table(_LATE, ("for 项 in 逾期", [
                "{{ 项.序号 }}", "{{ 项.单位 }}", "{{ 项.编号 or '—' }}", item, "{{ 项.期限 }}", "{{ 项.天数 }}",
                "{{ 项.预警 }}", "{{ 项.股室 or '—' }}",
            ]), total=WIDE),
            p("", "表后"),
            tag("endif"),
            tag("if 将到期"),
            p("快到期事项", "表题"),
            table(_SOON, ("for 项 in 将到期", [
                "{{ 项.序号 }}", "{{ 项.单位 }}", "{{ 项.编号 or '—' }}", item, "{{ 项.期限 }}", "{{ 项.剩余 }}",
                "{{ 项.期限依据 }}", "{{ 项.股室 or '—' }}",
            ]), total=WIDE),
            p("", "表后"),
            tag("endif"),
            tag("if 未报"),
            p("到期未报的材料", "表题"),
            table(_PAPERS, ("for 报 in 未报", [
                "{{ 报.序号 }}", "{{ 报.单位 }}", "{{ 报.材料 }}", "{{ 报.应报日 }}", "{{ 报.天数 }}",
            ]), total=WIDE),
            tag("endif"),
        )
    )  # fmt: skip
