"""The prose of the 督查通报; every number in it is a name of `zyw.papers.bulletin`, and it is whole when that number is 0."""

from zyw.templates.wordxml import (
    KEEP,
    MM,
    TITLE,
    WIDE,
    WIDTH,
    fonts,
    lead,
    listed,
    missing,
    p,
    run,
    signature,
    table,
    tag,
)


def annex(number: str, title: str) -> str:
    """Open an annex on a new page: its number flush left, its title centred."""
    return p(f"附件{{{{ 附件号.{number} }}}}", "附件号") + p("", "空行") + p(title, "公文标题") + p("", "空行")


def imprint() -> str:
    """Return the 版记: framed at the foot of the last page, thick rules outside and a thin one between its lines.

    Paragraphs join in one frame only when their borders are exactly alike, in LibreOffice also without `between`: so
    the thin rule is an underlined tab.
    """
    width = round(WIDTH * MM)
    frame = (
        f'<w:framePr w:w="{width}" w:hSpace="0" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" '
        'w:xAlign="center" w:yAlign="bottom"/>'
    )
    rules = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="1" w:color="000000"/>' for side in ("top", "bottom"))

    def line(runs: str, tab: int, more: str = "") -> str:
        stop = f'<w:tabs><w:tab w:val="right" w:pos="{tab}"/></w:tabs>'
        return p(runs, "版记", f"{frame}<w:pBdr>{rules}</w:pBdr>{stop}{more}")

    printed = run("　{{ 机关.印发机关 }}") + "<w:r><w:tab/></w:r>" + run("{{ 机关.印发日期 }}印发")
    thin = '<w:r><w:rPr><w:sz w:val="4"/><w:u w:val="single"/></w:rPr><w:tab/></w:r>'
    copied = line(run("　抄送：{{ 机关.抄送 }}。"), width) + line(
        thin, width, '<w:spacing w:line="120" w:lineRule="exact"/>'
    )
    return tag("if 机关.抄送") + copied + tag("endif") + line(printed, width - 280) + p("", "页尾")


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
            tag("if 没有收到"),
            p(f"没有收到{listed('表 in 没有收到', '{{ 表 }}')}，有关情况不在本通报内。"),
            tag("endif"),
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
            p("", "空行", KEEP),
            tag("for 件 in 附件"),
            p("{% if loop.first %}附件：{% else %}　　　{% endif %}{{ 件.号 }}.{{ 件.名称 }}", "附件名"),
            tag("endfor"),
            tag("endif"),
            p("", "空行", KEEP),
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
            + "。{{ 句.发现变化 }}{{ 句.发现同比 }}截至{{ 期.截至日 }}，问题台账在列{{ 问题.在列 }}件"
            + earlier
            + "，整改完成{{ 问题.完成 }}件{% if 问题.完成 %}（其中已销号{{ 问题.销号 }}件）{% endif %}，"
            "正在整改{{ 问题.在办 }}件，逾期未完成{{ 问题.逾期 }}件。"
            "本期整改完成{{ 问题.本期完成 }}件，销号{{ 问题.本期销号 }}件。{{ 句.完成变化 }}"
            "{% if 问题.无期限 %}未完成的问题中，有{{ 问题.无期限 }}件没有明确的整改期限。{% endif %}",
        ),
        tag("elif '问题台账' in 没有收到"),
        p("没有收到问题台账，问题的发现和整改情况不在本通报内。"),
        tag("else"),
        p("截至{{ 期.截至日 }}，问题台账没有在列问题。"),
        tag("endif"),
        tag("if 问题.未计入"),
        p("问题台账有{{ 问题.未计入 }}行因单位或日期填写有误，没有计入以上数字。"),
        tag("endif"),
        tag("if 问题.累计发现"),
        lead(
            "（二）分类情况。",
            "{% if 问题.本期发现 %}"
            + "".join(by)
            + "{% else %}本期没有新发现问题，累计数见表{{ 表号.问题 }}。{% endif %}",
        ),
        p("表{{ 表号.问题 }}　问题分类统计", "表题"),
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
            "{% else %}本期没有作出追责处理{% endif %}"
            + running
            + "。{{ 句.处理变化 }}{% if 追责.本期处理 %}本期按职务层级分，"
            + listed("级 in 追责.层级 if 级.本期", "{{ 级.名称 }}{{ 级.本期 }}次")
            + "。{% endif %}处理方式由轻到重见表{{ 表号.追责 }}。"
        ),
        p("表{{ 表号.追责 }}　追责处理统计", "表题"),
        table(
            form,
            ("for 式 in 追责.方式", ["{{ 式.名称 }}", "{{ 式.依据 }}", "{{ 式.本期 }}", "{{ 式.累计 }}"]),
            ("", ["合计", "", "{{ 追责.本期处理 }}", "{{ 追责.累计处理 }}"]),
        ),
        p("", "表后"),
        tag("elif '追责台账' in 没有收到"),
        p("没有收到追责台账，追责处理和由此而来的扣分不在本通报内。"),
        tag("else"),
        p("截至{{ 期.截至日 }}，考核期内没有作出追责处理。"),
        tag("endif"),
        tag("if 追责.累计单位数"),
        p(
            "按照《方案》，{% if 追责.本期单位数 %}本期{{ 追责.本期单位数 }}个单位共扣{{ 追责.本期扣分 }}分"
            "{% else %}本期没有单位被扣分{% endif %}"
            "{% if 期.是部分 %}；累计{{ 追责.累计单位数 }}个单位共扣{{ 追责.累计扣分 }}分{% endif %}。各规则的扣分见表{{ 表号.规则 }}。"
        ),
        p("表{{ 表号.规则 }}　加扣分统计", "表题"),
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
        tag("elif '追责台账' not in 没有收到"),
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
            "{% if 有满意率 %}满意率与得分并列公布{% if not 满意率计分 %}，不计入得分{% endif %}。{% endif %}"
            "{% if '追责台账' in 没有收到 %}没有收到追责台账，得分里没有追责的扣分。{% endif %}"
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
        p("", "表后"),
        tag("endfor"),
        tag("else"),
        p("没有可排名的单位。"),
        tag("endif"),
    ]


def _faults() -> list[str]:
    late = listed("迟 in 材料.迟报", "{{ 迟.单位 }}《{{ 迟.材料 }}》（迟{{ 迟.天数 }}天）")
    absent = listed("缺报 in 材料.未报", "{{ 缺报.单位 }}《{{ 缺报.材料 }}》")
    more = "{{% if {0} > {1}|length %}}等{{% endif %}}"
    return [
        tag("if 问题.逾期"),
        lead(
            "整改逾期。",
            "{{ 问题.逾期单位数 }}个单位有{{ 问题.逾期 }}件问题逾期未完成："
            + listed("位 in 问题.逾期单位", "{{ 位.单位 }}{{ 位.件数 }}件")
            + more.format("问题.逾期单位数", "问题.逾期单位")
            + "。清单见附件{{ 附件号.逾期 }}。",
        ),
        tag("endif"),
        tag("if 材料.清单"),
        lead(
            "材料报送不及时。",
            "{% if 材料.迟报数 %}迟报{{ 材料.迟报数 }}份："
            + late
            + more.format("材料.迟报数", "材料.迟报")
            + "。{% endif %}"
            "{% if 材料.未报数 %}到期未报{{ 材料.未报数 }}份："
            + absent
            + more.format("材料.未报数", "材料.未报")
            + "。{% endif %}"
            "清单见附件{{ 附件号.材料 }}。",
        ),
        tag("endif"),
        tag("if 材料.未计入"),
        p("材料报送有{{ 材料.未计入 }}行因单位或日期填写有误，没有计入以上数字。"),
        tag("endif"),
        tag("if 追责.待核实"),
        lead("核实不及时。", "有{{ 追责.待核实 }}条反映尚未核实，暂不计分。"),
        tag("endif"),
        tag("if 连带.单位"),
        lead(
            "连带责任待研究。",
            "下列单位有情节{{ 连带.情节 }}的问题，考核期内没有对领导班子成员作出处理："
            + listed("位 in 连带.单位", "{{ 位 }}")
            + "。相关领导是否负连带责任，由有权机关研究（{{ 连带.依据 }}）；此项不计分。",
        ),
        tag("endif"),
        tag("if not (问题.逾期 or 材料.清单 or 追责.待核实)"),
        tag("if 没有发现"),
        p(f"截至{{{{ 期.截至日 }}}}，没有发现{listed('事 in 没有发现', '{{ 事 }}')}的情形。"),
        tag("else"),
        p("没有收到可以据以检查的台账。"),
        tag("endif"),
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
            "{% if 材料.未报数 %}到期未报的{{ 材料.未报数 }}份材料，责任单位务必于{{ 整改期限 }}前补报。{% endif %}"
            "{% if 未计入行数 %}各台账中填写有误、未计入得分的{{ 未计入行数 }}行，有关单位要尽快更正。{% endif %}"
            "各单位要按时、如实填报台账。",
        ),
        lead(
            "（四）研究落实建议。",
            "{% if 建议 %}附件{{ 附件号.建议 }}所列{{ 建议|length }}条均为依据《方案》提出的建议，由有权机关按照权限和程序研究后作出处理。"
            "{% else %}本期没有需要提请研究的后果建议。{% endif %}",
            KEEP,
        ),
    ]


def _annexes() -> list[str]:
    proposals = [
        ("序号", 10, "中"), ("单位", 28, "文"), ("对象", 15, "中"), ("建议", 33, "文"), ("影响期", 44, "文"), ("依据", 26, "中"),
    ]  # fmt: skip
    late = [
        ("序号", 12, "中"), ("单位", 38, "文"), ("编号", 26, "中"), ("类别", 30, "文"), ("期限", 30, "中"), ("逾期（天）", 20, "中"),
    ]  # fmt: skip
    papers = [
        ("序号", 12, "中"), ("单位", 39, "文"), ("材料", 27, "文"), ("应报日", 30, "中"), ("报送日", 30, "中"), ("迟（天）", 18, "中"),
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
        p("", "表后"),
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
        tag("if 材料.清单"),
        annex("材料", "材料迟报未报清单"),
        table(
            papers,
            (
                "for 报 in 材料.清单",
                ["{{ 报.序号 }}", "{{ 报.单位 }}", "{{ 报.材料 }}", "{{ 报.应报日 }}", "{{ 报.报送日 or '未报' }}", "{{ 报.天数 }}"],
            ),
        ),
        tag("endif"),
        tag("if 说明"),
        annex("说明", "计分口径说明"),
        p("《方案》没有写明的地方，本通报采用以下理解："),
        tag("for 注 in 说明"),
        p("{{ 注.序号 }}.{{ 注.内容 }}{% if 注.依据 %}（{{ 注.依据 }}）{% endif %}", "小字"),
        tag("endfor"),
        tag("endif"),
    ]  # fmt: skip


def ranked() -> str:
    """Return the ranked tables as an annex on its side."""
    columns = [
        ("名次", 16, "中"), ("单位", 66, "文"), ("得分", 24, "中"), ("加扣分", 24, "中"), ("满意率", 25, "中"), ("备注", 70, "文"),
    ]  # fmt: skip
    line = [
        "{{ 行.名次 }}",
        "{{ 行.单位 }}",
        "{{ 行.得分 }}",
        "{{ 行.加扣分 }}",
        "{{ 行.满意率 or '—' }}",
        "{{ 行.备注 }}",
    ]
    return "".join(
        (
            p("附件", "附件号"),
            p("{{ 期.名称 }}{{ 工作 }}得分排名", "公文标题"),
            p("{{ 机关.名称 }}　　得分自{{ 期.累计起 }}至{{ 期.截至日 }}　　分值单位：分", "表注"),
            missing("本表"),
            tag("for 组 in 排名"),
            p("{{ 组.组别 }}组（{{ 组.单位数 }}个单位）", "表题"),
            table(columns, ("for 行 in 组.行", line), total=WIDE),
            p("", "表后"),
            tag("else"),
            p("没有可排名的单位。"),
            tag("endfor"),
            p("同分的名次相同，其后名次顺延跳过；满意率少于5份答卷的不列。备注中的后果均为建议。", "小字"),
        )
    )
