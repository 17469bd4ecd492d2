"""`zyw scheme`: the schemes that come with zyw, and one's own."""

from typing import Annotated, Final

import typer

from zyw.commands.parameters import Output, Talk
from zyw.commands.shape import group

Name = Annotated[str, typer.Argument(metavar="方案", help="内置方案的编号或方案文件")]
Tried = Annotated[str, typer.Argument(metavar="方案", help="内置方案的编号或方案文件；不写就试算全部内置方案")]
Edited = Annotated[str, typer.Argument(metavar="方案表", help="zyw scheme export 写出、改好的工作簿")]
COMMANDS: Final = {
    "list": ("scheme:listed", "列出内置的方案"),
    "show": ("scheme:show", "一个方案的规则、处理方式和没有写明之处，每条带条款"),
    "check": ("scheme:check", "检查方案文件，错在第几行第几列"),
    "test": ("scheme:test", "试算方案的每个例子，看结果与写明的一致"),
    "diff": ("scheme_diff:diff", "两个方案哪里不同；给了台账，谁的得分和名次会变"),
    "export": ("scheme:export", "把方案写成可以修改的工作簿，一条规则一行"),
    "import": ("scheme:imported", "把改好的工作簿读回方案，错在哪张表哪一格"),
}


def listed(talk: Talk) -> None:
    """列出内置的方案。"""
    from zyw import console, library
    from zyw.shown import schemes as schemes_shown

    found = [library.read_scheme(name)[0] for name in library.scheme_ids()]
    if talk.json:
        console.document(schemes_shown.list_payload(found))
        return
    console.show_table(schemes_shown.HEADS, [schemes_shown.row(one) for one in found])


def show(name: Name, talk: Talk) -> None:
    """一个方案的规则、处理方式和没有写明之处，每条带条款。"""
    from zyw import console, library
    from zyw.shown import schemes as schemes_shown

    scheme, _ = library.read_scheme(name)
    if talk.json:
        console.document(schemes_shown.scheme_payload(scheme))
        return
    console.out("\n".join(schemes_shown.lines(scheme)))


def check(name: Name, talk: Talk) -> None:
    """检查方案文件：认不得的键、缺条款的规则、重叠的规则，错在第几行第几列。"""
    from zyw import console, library, payload
    from zyw.commands.finish import leave
    from zyw.problems import ZywError
    from zyw.scheme import load_scheme

    path = library.scheme_file(name)
    scheme, problems = load_scheme(library.read_text(path), path.name)
    if scheme is None and talk.json:
        raise ZywError(problems, 2)
    if talk.json:
        console.document({"version": 1, "problems": [payload.entry(p) for p in problems]})
    else:
        console.all_problems(problems)
        console.say(f"{path.name}：{console.tally(problems)}", quiet=talk.quiet)
    if scheme is None:
        raise typer.Exit(2)
    leave(problems, strict=talk.strict)


def test(name: Tried = "", *, talk: Talk) -> None:
    """试算方案的每个例子（方案旁边的 .cases.yaml），看结果与写明的是否一致。

    有一个例子对不上，退出码就是 1。没有例子用到的规则、每个例子都用到的规则，列在后面。
    """
    from zyw import console, library
    from zyw.cases import Report, run_cases
    from zyw.problems import ZywError
    from zyw.shown import schemes as schemes_shown

    tried: list[tuple[str, Report]] = []
    for each in (name,) if name else library.scheme_ids():
        scheme, _ = library.read_scheme(each)
        path = library.cases_file(each)
        found, problems = run_cases(library.read_text(path), path.name, scheme)
        if problems:
            raise ZywError(problems, 2)
        tried.append((scheme.id, found))
    report = Report(tuple(outcome for _, found in tried for outcome in found.outcomes))
    if talk.json:
        console.document(schemes_shown.cases_payload(tried))
    else:
        covered = [line for scheme_id, found in tried for line in schemes_shown.coverage_lines(scheme_id, found)]
        console.out("\n".join([*covered, *schemes_shown.case_lines(report, quiet=talk.quiet)]))
    raise typer.Exit(1 if report.failed else 0)


def export(name: Name, *, out: Output, talk: Talk) -> None:
    """把方案写成工作簿，写到 -o 指定的 .xlsx：一条规则一行，有下拉选项，“说明”一表讲每一栏怎么写。

    改好以后用 zyw scheme import 读回。方案文件里的注释（# 后面的话）不带过去。
    """
    from zyw import console, library
    from zyw.commands import finish
    from zyw.desk import scheme_tree_of
    from zyw.problems import ZywError
    from zyw.schemebook.writing import scheme_workbook

    target = finish.needs_target(out, "scheme export", "方案.xlsx")
    tree, path = scheme_tree_of(name), library.scheme_file(name)
    content, problems = scheme_workbook(tree, path.stem)
    if problems:
        raise ZywError(problems, 2)
    finish.save(content, out, (path.resolve(),))
    console.say(f"改好以后：zyw scheme import {target} -o 方案.yaml", quiet=talk.quiet)


def imported(book: Edited, *, out: Output, talk: Talk) -> None:
    """把改好的方案工作簿读回方案，写到 -o 指定的 .yaml。错在哪张表哪一格，一次列出；有错误就不写。"""
    from zyw import console, payload
    from zyw.commands import finish
    from zyw.desk import scheme_of_workbook
    from zyw.problems import ZywError

    target = finish.needs_target(out, "scheme import", "方案.yaml", (".yaml", ".yml"))
    text, problems, path = scheme_of_workbook(book)
    if text is None and talk.json:
        raise ZywError(problems, 2)
    if not talk.json:
        console.all_problems(problems)
    if text is None:
        console.say(f"{book}：{console.tally(problems)}，没有写出方案", quiet=talk.quiet)
        raise typer.Exit(2)
    finish.save(text.encode(), out, (path,))
    if talk.json:
        console.document({"version": 1, "problems": [payload.entry(p) for p in problems]})
    console.say(f"接着核对：zyw scheme show {target}", quiet=talk.quiet)
    finish.leave(problems, strict=talk.strict)


scheme = group("scheme", "方案：规则写成带条款的数据，可以看、可以查、可以试算。", COMMANDS)
