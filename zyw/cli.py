"""The app: which commands there are, and the one boundary where every error becomes a message and an exit code.

Nothing heavy is imported here: a command's module is loaded when it is used, and that loads pandas when it needs it.
"""

import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn

import typer
from typer.exceptions import TyperException

from zyw import __version__, console
from zyw.commands.shape import Verbs, group
from zyw.exits import Exit
from zyw.problems import Verbatim, ZywError, problem

COMMANDS: Final = {
    "demo": ("demo", "写出示例教育局的台账，并跑完它的一个月"),
    "check": ("check", "一次列出全部问题：哪个文件、哪张表、哪一格"),
    "score": ("score", "按方案算每个单位的得分和每一笔明细"),
    "rank": ("rank", "学段内排名，写成可打印的工作簿"),
    "explain": ("explain", "一个单位或一个人：每一分来自哪一格、哪条规则、哪一款"),
    "report": ("report", "填好的文书：督查通报、得分告知单、督办通知单、整改台账等"),
    "survey": ("survey", "测评：满意率、区间、得分、可疑答卷"),
    "overdue": ("overdue", "快到期、逾期、可以销号、不该销号的，按责任人"),
    "run": ("run", "一个月的全部工作：检查、算分、排名、文书"),
    "batch": ("batch", "许多工作文件夹，一个一个运行，一张汇总表"),
    "close": ("close", "封存一个月：台账、方案、结果一起存档"),
    "verify": ("verify", "核对封存的月份：动过没有，重算是不是一样"),
    "restate": ("restate", "封存以后台账有更正，改变了什么"),
    "schedule": ("schedule", "每月自动运行：cron、systemd、任务计划程序怎么写"),
    "doctor": ("doctor", "这台电脑和这个工作文件夹缺什么"),
    "init": ("init", "一个新的工作文件夹：zyw.yaml、空白台账、使用说明"),
    "form": ("form", "一张空白的台账，带下拉选项和填表说明"),
    "merge": ("merge", "许多单位报来的表合成一本总台账"),
    "split": ("split", "一本总台账按单位拆成许多文件"),
    "reconcile": ("reconcile", "对账：两方台账哪些只在一方、哪些不一致"),
    "diff": ("diff", "上月和本月的台账有什么不同，哪些旧行被改过"),
    "scheme": ("scheme", "方案：list 列出，show 显示，check 检查，test 试算"),
    "template": ("template", "文书的模板：list 列出，vars 可用的名称，check 检查，new 复制一份来改"),
    "rule": ("rule", "一个问题代码是什么意思、怎么改"),
}
HELP: Final = """治庸问责：台账和测评表进，学校排名表、督查通报和得分告知单出。每一分都能查到格子、规则和条款。

程序只提建议，由人决定。第一次用先运行 zyw demo。"""


def app() -> Verbs:
    """Return the whole app."""
    return group("zyw", HELP, COMMANDS)


def main(words: Sequence[str] | None = None) -> None:
    """Run `zyw` with the words of the command line and leave with its exit code."""
    typed = list(sys.argv[1:] if words is None else words)
    console.prepare()
    _hurry()
    _leave(run(typed))


def _hurry() -> None:
    """Spare a process that lives a second what is meant for longer ones: one in ten of `zyw rank` on 20 000 rows.

    numpy's linear algebra, which nothing here uses, would start a thread a core; the collector would walk all cells
    several times to find next to no cycles (references free the rest).
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.disable()


def _leave(code: int) -> NoReturn:
    """End the process at once: all results are closed, and taking down a million cells one by one takes 0.05 s."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # a reader that went away, a stream that was closed
            stream.flush()
    os._exit(code)


def run(typed: list[str]) -> int:
    """Run one command line; every way it can end becomes an exit code here, and nowhere else."""
    if typed in (["--version"], ["-V"]):
        console.out(f"zyw {__version__}")
        return Exit.DONE
    try:
        _refuse_blank(typed)
        code = app().main(args=typed, prog_name="zyw", standalone_mode=False)
    except TyperException as error:
        return _usage(error, typed)
    except ZywError as error:
        return _refused(error, typed)
    except (KeyboardInterrupt, typer.Abort):
        code = Exit.INTERRUPTED
    except Exception as error:  # the one boundary: a bug must not print what stood in a cell
        return _failed(error, typed)
    if code == Exit.INTERRUPTED:
        return _refused(ZywError(problem("G071")), typed)
    return int(code or 0)


def _refuse_blank(typed: Sequence[str]) -> None:
    """Refuse an empty word (G001): `zyw rank "$FOLDER"` of a variable that is not set would mean the present folder."""
    if any(not word.strip() for word in typed):
        what = Verbatim("有一个参数是空的，多半是变量没有赋值")
        raise ZywError(problem("G001", 说明=what, 命令=Verbatim(f"zyw {typed[0]}".strip())))


def _usage(error: TyperException, typed: Sequence[str]) -> int:
    if type(error).__name__ == "NoArgsIsHelpError":
        console.say(error.message)
        return Exit.USAGE
    from zyw.usage import explain

    return _refused(ZywError(explain(error)), typed)


def _refused(error: ZywError, typed: Sequence[str]) -> int:
    """Say why nothing was done; with `--json` the problems are the document."""
    if "--json" in typed:
        from zyw.payload import entry

        console.document({"version": 1, "problems": [entry(p) for p in error.problems]})
    console.some_problems(error.problems, error.recheck)
    return error.exit_code


def _failed(error: Exception, typed: Sequence[str]) -> int:
    from zyw.errorlog import record

    number, log = record(error, workspace(typed))
    where = Verbatim(log) if log else "没有写成"
    return _refused(ZywError(problem("G070", 编号=Verbatim(number), 记录=where)), typed)


def workspace(typed: Sequence[str]) -> Path | None:
    """Return the first folder named on the line, or the present one, that has a `zyw.yaml`."""
    from zyw.library import is_there

    folders = [Path(word) for word in typed if not word.startswith("-")]
    return next((folder for folder in [*folders, Path()] if is_there(folder / "zyw.yaml")), None)
