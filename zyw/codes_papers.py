"""Problems of templates and papers (R…)."""

from typing import Final

from zyw.problems import Code, Severity

CODES: Final[tuple[Code, ...]] = (
    Code(
        "R001",
        Severity.ERROR,
        "模板无法使用",
        "模板{原因}",
        "用 WPS 或 Word 打开模板，另存为 .docx 再试；或用 zyw template new 取一份自带的模板来改",
        "模板来自各处，损坏的、带宏的、带外部定义的文件一律不用，以免带出别的内容",
        "把 .doc 改名为 .docx，或者模板里带有宏",
        exit=2,
    ),
    Code(
        "R002",
        Severity.ERROR,
        "模板里的名称不认识",
        "第 {段} 段的“{名称}”不是这种文书可用的名称",
        "最接近的名称：{近似}；全部名称见 zyw template vars",
        "写错的名称如果当作空白，文书就会缺一个数而没有人发现",
        "{{ 学校名 }}，应为 {{ 单位 }}",
        exit=2,
    ),
    Code(
        "R003",
        Severity.ERROR,
        "模板写法有误",
        "第 {段} 段的模板标记写法有误：{原因}",
        "检查这一段的 {{{{ }}}} 和 {{% %}} 是否成对、是否漏字，每个 if、for 是否有 endif、endfor",
        "标记不成对时，文书会缺段或无法打开",
        "{% if 逾期 %} 之后没有 {% endif %}",
        exit=2,
    ),
    Code(
        "R004",
        Severity.ERROR,
        "模板用了不允许的写法",
        "第 {段} 段用了不允许的写法：{写法}",
        "模板里只能填名称、判断（if）、循环（for）和少数过滤器；其余写法请删去",
        "模板常在邮件里传来传去，能执行程序或读别的文件的写法一律不许",
        "{{ cycler.__init__ }}、{% include %}",
        exit=2,
    ),
    Code(
        "R005",
        Severity.ERROR,
        "名称的用法不对",
        "第 {段} 段的“{名称}”{原因}",
        "一张表要用 {{%tr for 行 in 表名 %}} 逐行填；单个的值直接写 {{{{ 名称 }}}}",
        "把整张表填进一句话里，或把一个数当作表来循环，得不到想要的文书",
        "{{ 排名 }}（排名是一张表）",
        exit=2,
    ),
    Code(
        "R006",
        Severity.ERROR,
        "文书生成失败",
        "用这个模板生成文书失败：{原因}",
        "for、if 和它们的 endfor、endif 要在同一段、同一行表格的层次上；表格行用 {{%tr %}}，整段用 {{%p %}}",
        "判断或循环跨过段落和表格的边界，得到的文件打不开",
        "{% for %} 写在表格里，{% endfor %} 写在表格外",
        exit=2,
    ),
    Code(
        "R007",
        Severity.WARNING,
        "模板里没有可填的名称",
        "模板里没有一个 {{{{ 名称 }}}}，生成的文书每份都一样",
        "看看是不是拿错了文件；可用的名称见 zyw template vars",
        "把成品当模板用，发出去的是旧数",
        "把上个月的通报当作模板",
    ),
)
