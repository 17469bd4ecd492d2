"""`zyw form`: a blank form of one table."""

from typing import Annotated

import typer

from zyw.commands.parameters import Names, Output, Rules, Talk

Name = Annotated[str, typer.Argument(metavar="表名", help="名册、问题台账、追责台账等，全部表名见 docs/列名.md")]


def form(name: Name, *, rules: Rules, names: Names, out: Output, talk: Talk) -> None:
    """一张空白的台账，写到 -o 指定的工作簿：下拉选项、日期格式、填表说明都有，表头锁住（没有密码）。

    --scheme 让类别、来源、处理方式等按方案的词选；--roster 让单位从名册里选。填好以后交回来就能读。
    """
    from zyw import console, desk
    from zyw.commands import finish

    target = finish.needs_target(out, "form", f"{name}.xlsx")
    table = desk.known_table(name)
    content = desk.form(table, desk.scheme_for_form(rules.scheme), desk.units_for_form(names.roster))
    finish.save(content, out)
    console.say(f"打开 {target}，从表头下面一行填起；填好用 zyw check {target} 查一遍。", quiet=talk.quiet)
