"""What a command says by its exit code (design §6); cron and CI read nothing else."""

from collections.abc import Sequence
from enum import IntEnum

from zyw.problems import Problem, Severity, worst


class Exit(IntEnum):
    """The exit codes; `meaning` is what the docs and `zyw --help` print."""

    DONE = 0
    DATA = 1
    USAGE = 2
    INPUT = 3
    OUTPUT = 4
    LOCKED = 5
    BUG = 70
    INTERRUPTED = 130

    @property
    def meaning(self) -> str:
        """What the code says, in one line."""
        return MEANINGS[self]


MEANINGS = {
    Exit.DONE: "完成",
    Exit.DATA: "完成，但数据里至少有一个错误（加 --strict 时，有警告也算）",
    Exit.USAGE: "用法、配置、方案或模板有误，什么也没有做",
    Exit.INPUT: "有输入不存在或读不了，或者部分结果没有写成（屏幕上写明是哪些）",
    Exit.OUTPUT: "结果写不进去，或会覆盖不是 zyw 写的文件（确要覆盖加 --overwrite）",
    Exit.LOCKED: "同一处另有一次运行还没有结束",
    Exit.BUG: "程序内部错误（屏幕上写明记录在哪里）",
    Exit.INTERRUPTED: "被中断",
}


def verdict(problems: Sequence[Problem], missing_inputs: Sequence[str] = (), *, strict: bool = False) -> Exit:
    """Return the exit code of a command that went to its end: 3 before 1 before 0."""
    if missing_inputs:
        return Exit.INPUT
    gravest = worst(problems)
    if gravest is Severity.ERROR or (strict and gravest is Severity.WARNING):
        return Exit.DATA
    return Exit.DONE
