"""Makes the two Word templates beside it: `python -m zyw.templates.make`. What a clerk edits is the docx, not this.

The prose is whole when a number is 0 and when a list is empty; every number is a name of `zyw.papers` or `zyw.notices`.
"""

import zipfile
from pathlib import Path
from typing import Final

from zyw.templates.wordxml import MM, TITLE, WIDTH, fonts, lead, p, package, run, table, tag

HERE: Final = Path(__file__).parent
KEEP: Final = "<w:keepNext/>"


def annex(number: str, title: str) -> str:
    """Open an annex on a new page: its number flush left, its title centred."""
    return p(f"附件{{{{ 附件号.{number} }}}}", "附件号") + p("", "空行") + p(title, "公文标题") + p("", "空行")


def imprint() -> str:
    """Return the 版记: at the foot of the type area of the last page, thick rules outside and a thin one between."""
    frame = (
        f'<w:framePr w:w="{round(WIDTH * MM)}" w:hSpace="0" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" '
        'w:xAlign="center" w:yAlign="bottom"/>'
    )

    def edges(top: str, bottom: str) -> str:
        sides = (("top", top), ("bottom", bottom))
        made = "".join(
            f'<w:{side} w:val="single" w:sz="{size}" w:space="1" w:color="000000"/>' for side, size in sides if size
        )
        return frame + f"<w:pBdr>{made}</w:pBdr>"

    tab = f'<w:tabs><w:tab w:val="right" w:pos="{round(WIDTH * MM) - 280}"/></w:tabs>'
    printed = run("{{ 机关.印发机关 }}") + "<w:r><w:tab/></w:r>" + run("{{ 机关.印发日期 }}印发")
    return (
        tag("if 机关.抄送")
        + p("抄送：{{ 机关.抄送 }}。", "版记", edges("8", ""))
        + p(printed, "版记", edges("6", "8") + tab)
        + tag("else")
        + p(printed, "版记", edges("8", "8") + tab)
        + tag("endif")
    )


def letterhead() -> str:
    """Return the red 发文机关标志 (smaller when long), the number and the red rule."""
    sizes = ((" if 机关.标志|length <= 10 ", 80), (" elif 机关.标志|length <= 15 ", 56), (" else ", 40))
    red = '<w:color w:val="FF0000"/>'
    marks = "".join(
        run(f"{{%{when}%}}")
        + run("{{ 机关.标志 }}", f'{fonts(TITLE)}{red}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>')
        for when, size in sizes
    )
    rule = '<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="8" w:color="FF0000"/></w:pBdr>'
    return (
        p(marks + run("{% endif %}"), "机关标志")
        + p("", "空行")
        + p("{{ 机关.文号 }}", "文号", rule)
        + p("", "空行") * 2
    )


def signature() -> str:
    """Return office and date at the right."""
    return p("", "空行") + p("{{ 机关.名称 }}", "落款") + p("{{ 机关.成文日期 }}", "落款").replace("<w:keepNext/>", "")


def missing(subject: str) -> str:
    """Name the files that could not be read, if any."""
    return (
        tag("if 缺")
        + p(
            f"缺：下列文件未能读取，{subject}各项数字不含其内容：{{% for 件 in 缺 %}}{{{{ 件 }}}}{{% if not loop.last %}}、{{% endif %}}{{% endfor %}}。"
        )
        + tag("endif")
    )


def listed(loop: str, item: str) -> str:
    """Join the items of a loop with 、."""
    return f"{{% for {loop} %}}{item}{{% if not loop.last %}}、{{% endif %}}{{% endfor %}}"


def monthly() -> str:
    """Return the 督查通报."""
    return "".join(
        (
            letterhead(),
            p(run("关于{{ 期.名称 }}{{ 工作 }}") + "<w:r><w:br/></w:r>" + run("督查情况的通报"), "公文标题"),
            p("", "空行"),
            p("{{ 机关.主送 }}：", "顶格"),
            p(
                "根据《{{ 方案.名称 }}》（以下简称《方案》），现将{{ 期.名称 }}{{ 工作 }}督查情况通报如下。"
                "督查范围为名册所列各单位，数据截至{{ 期.截至日 }}"
                "{% if 期.是部分 %}；“本期”指{{ 期.起 }}至{{ 期.止 }}，“累计”自{{ 期.累计起 }}起计算{% endif %}。"
            ),
            missing("本通报"),
            p("一、总体情况", "一级标题"),
            *_overview(),
            p("二、追责情况", "一级标题"),
            *_measures(),
            p("三、得分排名", "一级标题"),
            *_ranking(),
            p("四、存在问题", "一级标题"),
            *_faults(),
            p("五、下步要求", "一级标题"),
            *_demands(),
            tag("if 附件"),
            p("", "空行"),
            tag("for 件 in 附件"),
            p("{% if loop.first %}附件：{% else %}　　　{% endif %}{{ 件.号 }}.{{ 件.名称 }}", "附件名"),
            tag("endfor"),
            tag("endif"),
            p("", "空行"),
            signature(),
            *_annexes(),
            imprint(),
        )
    )


def _overview() -> list[str]:
    count = "{% if 期.是部分 %}，累计发现{{ 问题.累计发现 }}件{% endif %}"
    earlier = (
        "{% if 问题.往期 or 问题.未注明 %}（其中{% if 问题.往期 %}考核期以前发现{{ 问题.往期 }}件{% endif %}"
        "{% if 问题.往期 and 问题.未注明 %}，{% endif %}{% if 问题.未注明 %}未注明发现日期{{ 问题.未注明 }}件{% endif %}）{% endif %}"
    )
    columns = [("分类", 24, "中"), ("名称", 72, "文"), ("本期（件）", 30, "中"), ("累计（件）", 30, "中")]
    kinds = [
        (f"for 类 in 问题.{kind}", [f"按{kind}{{% vm %}}", "{{ 类.名称 }}", "{{ 类.本期 }}", "{{ 类.累计 }}"])
        for kind in ("类别", "来源", "学段")
    ]
    by = [
        f"按{kind}分，{listed(f'类 in 问题.{kind} if 类.本期', '{{ 类.名称 }}{{ 类.本期 }}件')}。"
        for kind in ("类别", "来源", "学段")
    ]
    return [
        tag("if 问题.在列"),
        lead(
            "（一）发现和整改。",
            "{% if 问题.本期发现 %}本期新发现问题{{ 问题.本期发现 }}件{% else %}本期没有新发现问题{% endif %}"
            + count
            + "。截至{{ 期.截至日 }}，问题台账在列{{ 问题.在列 }}件"
            + earlier
            + "，整改完成{{ 问题.完成 }}件{% if 问题.完成 %}（其中已销号{{ 问题.销号 }}件）{% endif %}，"
            "正在整改{{ 问题.在办 }}件，逾期未完成{{ 问题.逾期 }}件。"
            "本期整改完成{{ 问题.本期完成 }}件，销号{{ 问题.本期销号 }}件。"
            "{% if 问题.无期限 %}未完成的问题中，有{{ 问题.无期限 }}件没有明确的整改期限。{% endif %}",
        ),
        tag("else"),
        p("截至{{ 期.截至日 }}，问题台账没有在列问题。"),
        tag("endif"),
        tag("if 问题.未计入"),
        p("问题台账有{{ 问题.未计入 }}行因单位或日期填写有误，没有计入以上数字。"),
        tag("endif"),
        tag("if 问题.累计发现"),
        lead(
            "（二）分类情况。",
            "{% if 问题.本期发现 %}" + "".join(by) + "{% else %}本期没有新发现问题，累计数见表1。{% endif %}",
        ),
        p("表1　问题分类统计", "表题"),
        table(columns, *kinds, ("", ["合计", "发现问题", "{{ 问题.本期发现 }}", "{{ 问题.累计发现 }}"])),
        tag("endif"),
    ]


def _measures() -> list[str]:
    form = [("处理方式", 48, "文"), ("依据", 48, "中"), ("本期（次）", 30, "中"), ("累计（次）", 30, "中")]
    rule = [
        ("规则", 42, "文"), ("依据", 30, "中"), ("本期（次）", 21, "中"), ("累计（次）", 21, "中"),
        ("本期加扣分", 21, "中"), ("累计加扣分", 21, "中"),
    ]  # fmt: skip
    running = (
        "{% if 期.是部分 %}；累计{{ 追责.累计处理 }}次，涉及{{ 追责.累计案件 }}案、{{ 追责.累计人数 }}人{% endif %}"
    )
    return [
        tag("if 追责.累计处理"),
        p(
            "{% if 追责.本期处理 %}本期作出追责处理{{ 追责.本期处理 }}次，涉及{{ 追责.本期案件 }}案、{{ 追责.本期人数 }}人"
            "{% else %}本期没有作出追责处理{% endif %}" + running + "。处理方式由轻到重见表2。"
        ),
        p("表2　追责处理统计", "表题"),
        table(
            form,
            ("for 式 in 追责.方式", ["{{ 式.名称 }}", "{{ 式.依据 }}", "{{ 式.本期 }}", "{{ 式.累计 }}"]),
            ("", ["合计", "", "{{ 追责.本期处理 }}", "{{ 追责.累计处理 }}"]),
        ),
        p("", "空行"),
        tag("else"),
        p("截至{{ 期.截至日 }}，考核期内没有作出追责处理。"),
        tag("endif"),
        tag("if 追责.累计单位数"),
        p(
            "按照《方案》，{% if 追责.本期单位数 %}本期{{ 追责.本期单位数 }}个单位共扣{{ 追责.本期扣分 }}分"
            "{% else %}本期没有单位被扣分{% endif %}"
            "{% if 期.是部分 %}；累计{{ 追责.累计单位数 }}个单位共扣{{ 追责.累计扣分 }}分{% endif %}。各规则的扣分见表3。"
        ),
        p("表3　加扣分统计", "表题"),
        table(
            rule,
            (
                "for 规 in 追责.规则",
                [
                    "{{ 规.名称 }}",
                    "{{ 规.依据 }}",
                    "{{ 规.本期 }}",
                    "{{ 规.累计 }}",
                    "{{ 规.本期分 }}",
                    "{{ 规.累计分 }}",
                ],
            ),
        ),
        tag("else"),
        p("考核期内没有单位被扣分。"),
        tag("endif"),
    ]


def _ranking() -> list[str]:
    columns = [("名次", 14, "中"), ("单位", 50, "文"), ("得分", 16, "中"), ("加扣分", 16, "中"), ("备注", 60, "文")]
    rated = [
        ("名次", 14, "中"), ("单位", 46, "文"), ("得分", 16, "中"), ("加扣分", 16, "中"), ("满意率", 18, "中"), ("备注", 46, "文"),
    ]  # fmt: skip
    line = ["{{ 行.名次 }}", "{{ 行.单位 }}", "{{ 行.得分 }}", "{{ 行.加扣分 }}"]
    return [
        tag("if 排名"),
        p(
            "得分自{{ 期.累计起 }}起累计，按学段分组排名；同分的名次相同，其后名次顺延跳过。"
            "{% if 有满意率 %}满意率与得分并列公布，不计入得分。{% endif %}"
        ),
        tag("for 组 in 排名"),
        lead(
            "（{{ 组.序 }}）{{ 组.组别 }}组。",
            "共{{ 组.单位数 }}个单位，{% if 组.参加数 %}参加排名{{ 组.参加数 }}个，"
            "{% if 组.最高分 == 组.最低分 %}得分{% if 组.参加数 > 1 %}均{% endif %}为{{ 组.最高分 }}分{% else %}最高{{ 组.最高分 }}分，最低{{ 组.最低分 }}分{% endif %}，"
            "{% if 组.未扣分数 %}没有扣分的{{ 组.未扣分数 }}个{% else %}各单位均有扣分{% endif %}"
            "{% else %}没有单位参加排名{% endif %}。",
            KEEP,
        ),
        p("{{ 组.组别 }}组得分排名", "表题"),
        tag("if 有满意率"),
        table(rated, ("for 行 in 组.行", [*line, "{{ 行.满意率 or '—' }}", "{{ 行.备注 }}"])),
        tag("else"),
        table(columns, ("for 行 in 组.行", [*line, "{{ 行.备注 }}"])),
        tag("endif"),
        p("", "空行"),
        tag("endfor"),
        tag("else"),
        p("没有可排名的单位。"),
        tag("endif"),
    ]


def _faults() -> list[str]:
    late = listed("迟 in 材料.迟报", "{{ 迟.单位 }}《{{ 迟.材料 }}》（迟{{ 迟.天数 }}天）")
    absent = listed("缺报 in 材料.未报", "{{ 缺报.单位 }}《{{ 缺报.材料 }}》")
    return [
        tag("if 问题.逾期"),
        lead(
            "整改逾期。",
            "{{ 问题.逾期单位|length }}个单位有{{ 问题.逾期 }}件问题逾期未完成："
            + listed("位 in 问题.逾期单位", "{{ 位.单位 }}{{ 位.件数 }}件")
            + "。清单见附件{{ 附件号.逾期 }}。",
        ),
        tag("endif"),
        tag("if 材料.迟报 or 材料.未报"),
        lead(
            "材料报送不及时。",
            "{% if 材料.迟报 %}迟报{{ 材料.迟报|length }}份：" + late + "。{% endif %}"
            "{% if 材料.未报 %}到期未报{{ 材料.未报|length }}份：" + absent + "。{% endif %}",
        ),
        tag("endif"),
        tag("if 追责.待核实"),
        lead("核实不及时。", "有{{ 追责.待核实 }}条反映尚未核实，暂不计分。"),
        tag("endif"),
        tag("if not (问题.逾期 or 材料.迟报 or 材料.未报 or 追责.待核实)"),
        p("截至{{ 期.截至日 }}，没有发现整改逾期、材料迟报漏报、反映未核实的情形。"),
        tag("endif"),
    ]


def _demands() -> list[str]:
    return [
        lead(
            "（一）抓紧整改。",
            "{% if 问题.逾期 %}逾期未完成的{{ 问题.逾期 }}件问题，责任单位务必于{{ 整改期限 }}前整改完成，并报送佐证材料。{% endif %}"
            "各单位要对照台账逐件落实责任人和时限，完成一件、销号一件。",
        ),
        lead(
            "（二）抓实核查。",
            "{% if 追责.待核实 %}尚未核实的{{ 追责.待核实 }}条反映，承办单位务必于{{ 整改期限 }}前查清并填报核实结果。"
            "{% else %}对收到的反映要及时核实，查实的依规处理，不实的及时澄清。{% endif %}",
        ),
        lead(
            "（三）如实报送。",
            "{% if 材料.未报 %}到期未报的{{ 材料.未报|length }}份材料，责任单位务必于{{ 整改期限 }}前补报。{% endif %}"
            "{% if 未计入行数 %}各台账中填写有误、未计入得分的{{ 未计入行数 }}行，有关单位要尽快更正。{% endif %}"
            "各单位要按时、如实填报台账。",
        ),
        lead(
            "（四）研究落实建议。",
            "{% if 建议 %}附件{{ 附件号.建议 }}所列{{ 建议|length }}条均为依据《方案》提出的建议，由有权机关按照权限和程序研究后作出处理。"
            "{% else %}本期没有需要提请研究的后果建议。{% endif %}",
        ),
    ]


def _annexes() -> list[str]:
    proposals = [
        ("序号", 11, "中"), ("单位", 34, "文"), ("对象", 17, "中"), ("建议", 30, "文"), ("影响期", 39, "文"), ("依据", 25, "中"),
    ]  # fmt: skip
    late = [
        ("序号", 12, "中"), ("单位", 38, "文"), ("编号", 22, "中"), ("类别", 30, "文"), ("期限", 32, "中"), ("逾期（天）", 22, "中"),
    ]  # fmt: skip
    return [
        tag("if 建议"),
        annex("建议", "处理后果建议清单"),
        table(
            proposals,
            (
                "for 议 in 建议",
                ["{{ 议.序号 }}", "{{ 议.单位 }}", "{{ 议.对象 }}", "{{ 议.内容 }}", "{{ 议.影响期 }}", "{{ 议.依据 }}"],
            ),
        ),
        p("", "空行"),
        p("以上各条均为建议，由有权机关按照权限和程序研究后作出处理。"
          "{% if 权限 %}《方案》载明的权限：{% for 权 in 权限 %}{{ 权.事项 }}，{{ 权.由谁 }}（{{ 权.依据 }}）{% if not loop.last %}；{% endif %}{% endfor %}。{% endif %}"),
        tag("endif"),
        tag("if 问题.逾期"),
        annex("逾期", "逾期未整改问题清单"),
        table(
            late,
            (
                "for 迟 in 问题.逾期清单",
                ["{{ 迟.序号 }}", "{{ 迟.单位 }}", "{{ 迟.编号 or '—' }}", "{{ 迟.类别 or '—' }}", "{{ 迟.期限 }}", "{{ 迟.天数 }}"],
            ),
        ),
        tag("endif"),
        tag("if 说明"),
        annex("说明", "计分口径说明"),
        p("《方案》没有写明的地方，本通报采用以下理解："),
        tag("for 注 in 说明"),
        p("{{ 注.序号 }}.{{ 注.内容 }}（{{ 注.依据 }}）"),
        tag("endfor"),
        tag("endif"),
    ]  # fmt: skip


def unit() -> str:
    """Return the 得分告知单."""
    summary = [("组别", 26, "中"), ("基础分", 26, "中"), ("加扣分", 26, "中"), ("得分", 26, "中"), ("名次", 52, "中")]
    place = "{% if 名次 %}第{{ 名次 }}名{% if 并列 %}（并列）{% endif %}，共{{ 参加数 }}个单位{% else %}不排名：{{ 不排名原因 }}{% endif %}"
    moved = [
        ("序号", 10, "中"), ("日期", 30, "中"), ("当事人", 17, "中"), ("规则", 27, "文"), ("依据", 25, "中"), ("分值", 11, "中"), ("出处", 36, "文"),
    ]  # fmt: skip
    left = [
        ("序号", 11, "中"),
        ("当事人", 18, "中"),
        ("规则", 28, "文"),
        ("没有计入的原因", 61, "文"),
        ("出处", 38, "文"),
    ]
    stated = [("序号", 11, "中"), ("对象", 20, "中"), ("建议", 40, "文"), ("影响期", 50, "文"), ("依据", 35, "中")]
    return "".join(
        (
            p("得分告知单", "公文标题"),
            p("（{{ 期.名称 }}）", "文号"),
            p("", "空行"),
            p("{{ 单位 }}：", "顶格"),
            p(
                "根据《{{ 方案.名称 }}》（以下简称《方案》），现将你单位自{{ 期.累计起 }}至{{ 期.截至日 }}的"
                "{{ 工作 }}得分告知如下。"
            ),
            missing("本告知单"),
            p("一、得分和名次", "一级标题"),
            table(summary, ("", ["{{ 组别 }}", "{{ 基础分 }}", "{{ 加扣分 }}", "{{ 得分 }}", place])),
            p("", "空行"),
            tag("if 未计入行数"),
            p("报送的台账中，你单位有{{ 未计入行数 }}行填写有误，没有计入得分，请核对更正。"),
            tag("endif"),
            tag("if 满意率"),
            p("群众满意率{{ 满意率 }}（收回测评表{{ 测评份数 }}份），不计入得分。"),
            tag("endif"),
            p("二、得分明细", "一级标题"),
            tag("if 明细"),
            p("共{{ 明细|length }}笔加扣分，合计{{ 加扣分 }}分。", properties=KEEP),
            table(
                moved,
                (
                    "for 项 in 明细",
                    [
                        "{{ 项.序号 }}",
                        "{{ 项.日期 }}",
                        "{{ 项.当事人 }}",
                        "{{ 项.规则 }}",
                        "{{ 项.依据 }}",
                        "{{ 项.分值 }}",
                        "{{ 项.出处 }}",
                    ],
                ),
            ),
            p("", "空行"),
            tag("else"),
            p("没有加扣分，得分为基础分{{ 基础分 }}分。"),
            tag("endif"),
            tag("if 未计入"),
            p("下列{{ 未计入|length }}项没有计入得分。", properties=KEEP),
            table(
                left,
                (
                    "for 项 in 未计入",
                    ["{{ 项.序号 }}", "{{ 项.当事人 }}", "{{ 项.规则 or '—' }}", "{{ 项.原因 }}", "{{ 项.出处 }}"],
                ),
            ),
            p("", "空行"),
            tag("endif"),
            p("三、后果建议", "一级标题"),
            tag("if 后果"),
            p(
                "下列{{ 后果|length }}条是依据《方案》提出的建议，由有权机关按照权限和程序研究后作出处理。",
                properties=KEEP,
            ),
            table(
                stated,
                (
                    "for 项 in 后果",
                    ["{{ 项.序号 }}", "{{ 项.对象 }}", "{{ 项.内容 }}", "{{ 项.影响期 }}", "{{ 项.依据 }}"],
                ),
            ),
            p("", "空行"),
            tag("else"),
            p("没有后果建议。"),
            tag("endif"),
            p("四、异议和复核", "一级标题"),
            p(
                "对以上内容有异议的，请于{{ 复核.期限 }}前向{{ 复核.受理机关 }}书面提出，写明哪一项、理由，并附证明材料"
                "{% if 复核.联系方式 %}；联系方式：{{ 复核.联系方式 }}{% endif %}。处理经复核撤销的，自撤销之日起不再计分。"
            ),
            tag("if 说明"),
            p("五、口径说明", "一级标题"),
            tag("for 注 in 说明"),
            p("{{ 注.序号 }}.{{ 注.内容 }}（{{ 注.依据 }}）"),
            tag("endfor"),
            tag("endif"),
            signature(),
            p("", "空行"),
            p("单位签收：　　　　　　　　　　　　年　　月　　日", "顶格"),
        )
    )


def main() -> None:
    """Write both templates."""
    for name, body in (("督查通报", monthly()), ("得分告知单", unit())):
        with zipfile.ZipFile(HERE / f"{name}.docx", "w", zipfile.ZIP_DEFLATED) as archive:
            for part, text in package(body).items():
                archive.writestr(zipfile.ZipInfo(part, (2012, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
