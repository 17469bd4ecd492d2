"""`zyw template`: the templates of the papers, zyw's own and the office's."""

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from zyw.commands.parameters import Bad, Caps, Output, Rules, Talk
from zyw.commands.shape import group
from zyw.options import Asked

if TYPE_CHECKING:
    from zyw.pipeline import Result

Form = Annotated[str, typer.Argument(metavar="文书", help="哪种文书，如 督查通报；名称见 zyw template list")]
Files = Annotated[list[str], typer.Argument(metavar="模板", help="模板文件，或者放模板的文件夹")]
OptionalInputs = Annotated[
    list[str] | None, typer.Argument(metavar="输入", help="台账文件或文件夹；写了就列出每个名称现在的值")
]
COMMANDS: Final = {
    "list": ("template:listed", "列出每种文书的模板，是自带的还是本单位的"),
    "vars": ("template:names", "一种文书的模板里可以用的名称；给了台账，现在的值是多少"),
    "check": ("template:check", "检查模板：不认识的名称、写错的标记，在哪一段哪一格"),
    "new": ("template:new", "把自带的模板复制一份，放进工作文件夹的“模板”里改"),
}


def listed(talk: Talk) -> None:
    """列出每种文书的模板，是自带的还是本单位的（工作文件夹的“模板”里同名的文件）。"""
    from zyw import console, paperwork
    from zyw.shown import templates as shown

    desk = paperwork.stationery(paperwork.here())
    found = list(paperwork.listed(desk))
    if talk.json:
        console.document(shown.list_payload(found))
        return
    console.show_table(shown.HEADS, [shown.row(each) for each in found])


def names(
    form: Form, inputs: OptionalInputs = None, *, rules: Rules, asked: Asked, bad: Bad, caps: Caps, talk: Talk
) -> None:  # fmt: skip
    """一种文书的模板里可以用的名称，每个名称是什么；给了台账（和时段），现在的值是多少。

    甲.乙 是甲的一项；甲[].乙 是甲这张表的一列，要在 {%tr for 行 in 甲 %} 里用 {{ 行.乙 }}。
    """
    from zyw import console, given, outputs, paperwork, pipeline
    from zyw.commands import finish
    from zyw.shown import templates as shown

    found = paperwork.known_form(form)
    context, result = None, None
    if inputs:
        wanted = pipeline.Wanted(
            f"template vars {form}", tuple(inputs), rules.scheme, asked, bad.skip_bad, talk.quiet, caps.limit or (),
            outputs.load_papers,
        )  # fmt: skip
        with finish.incomplete_as_json(talk):
            result = pipeline.ranked(wanted, "列出现在的值")
        context = paperwork.sample(found, outputs.facts_of(result), given.place_of(inputs))
    if talk.json:
        console.document(shown.names_payload(found, context) | _ending(result))
    else:
        console.show_table(*shown.names_table(found, context))
    if result is not None:
        finish.talk_and_leave(result, talk)


def _ending(result: "Result | None") -> dict[str, Any]:
    from zyw import payload

    if result is None:
        return {}
    return payload.ending(result.ledger.missing_inputs, result.problems, result.waived)


def check(files: Files, talk: Talk) -> None:
    """检查模板，不需要数据：不认识的名称（给出最接近的）、写错的标记、不允许的写法，各在哪一段、哪一格。

    按文件名认是哪种文书（督查通报.docx）；认不出时，按用到的名称认，并说明认作哪种。有错误时退出码是 2。
    """
    from zyw import console, paperwork
    from zyw.commands.finish import leave
    from zyw.problems import Severity, ZywError
    from zyw.shown import templates as shown

    checked = [paperwork.check(path) for path in paperwork.template_files(files)]
    problems = tuple(problem for each in checked for problem in each.problems)
    wrong = any(problem.severity is Severity.ERROR for problem in problems)
    if talk.json:
        console.document(shown.checks_payload(checked))
    else:
        console.all_problems(problems)
        for line in shown.check_lines(checked):
            console.say(line, quiet=talk.quiet)
    if wrong:
        raise typer.Exit(ZywError(problems, 2).exit_code)
    leave(problems, strict=talk.strict)


def new(form: Form, *, out: Output, talk: Talk) -> None:
    """把一种文书自带的模板复制一份来改：写进工作文件夹的“模板”，或 -o 指定的文件夹。

    改好以后照旧运行，“模板”里的会自动用上；先用 zyw template check 检查。
    """
    from zyw import console, paperwork

    for path in paperwork.copy_templates(paperwork.known_form(form), out.output, overwrite=out.overwrite):
        console.out(str(path))
    console.say("改好以后：zyw template check 模板", quiet=talk.quiet)


template = group("template", "文书的模板：看名称、检查、复制一份来改。", COMMANDS)
