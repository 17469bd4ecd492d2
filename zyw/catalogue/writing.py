"""Codes of writing: an output that could not be put where it belongs. All of them leave the old file as it was."""

from typing import Final

from zyw.codes import Code, Severity

_ERROR = Severity.ERROR

CODES: Final[tuple[Code, ...]] = (
    Code(
        "W001",
        _ERROR,
        "文件正被打开",
        "文件正被 Excel/WPS 占用，请关闭后重试；原来的文件没有动",
        "关闭正打开着它的 Excel/WPS 窗口，再运行一次；或用 -o 换一个名字",
        "打开着的文件不能替换；硬写会写坏。",
        "排名.xlsx 正开着，又运行 zyw rank -o 排名.xlsx",
        exit=4,
    ),
    Code(
        "W002",
        _ERROR,
        "不是 zyw 写的文件",
        "这里已有一个文件，它不是 zyw 写的（或写后被改过），没有替换",
        "用 -o 换一个名字；确实要替换就加 --overwrite",
        "不能在无意中覆盖别人的文件。",
        "zyw rank -o 名册.xlsx（名册.xlsx 是手工做的）",
        exit=4,
    ),
    Code(
        "W003",
        _ERROR,
        "写不进去",
        "写不进去：{原因}",
        "换一个有权限、有空间的文件夹：-o 文件夹/文件名",
        "结果没有写成，原来的文件还在。",
        "磁盘已满，或文件夹是只读的",
        exit=4,
    ),
    Code(
        "W004",
        _ERROR,
        "同名的文件夹",
        "这里已有一个同名的文件夹，不能写成文件",
        "用 -o 写明文件名，例如 -o 文件夹/排名.xlsx",
        "文件夹不能被文件替换。",
        "zyw rank -o 输出（输出 是文件夹）",
        exit=4,
    ),
    Code(
        "W005",
        _ERROR,
        "会覆盖刚读过的台账",
        "这个文件是这次读入的台账，不会用结果替换它，加了 --overwrite 也不会",
        "用 -o 换一个名字或文件夹",
        "台账一被结果替换就找不回来了，每一分的出处也没有了。",
        "zyw rank 追责台账.xlsx -o 追责台账.xlsx --overwrite",
        exit=4,
    ),
    Code(
        "W007",
        _ERROR,
        "这个月已经封存",
        "这个月已经封存，不再写",
        "看后来的台账会改变什么：zyw restate 年-月；另外写一份，用 -o 换一个文件夹",
        "封存的是当时公布的结果；改了它，就说不清当时公布的是什么。",
        "zyw close 2012-05 以后又运行 zyw run --month 2012-05",
        exit=4,
    ),
    Code(
        "W006",
        _ERROR,
        "文件夹里已有别的文件",
        "这个文件夹里已有文件，示例不写进来，免得和原有的台账混在一起",
        "换一个空文件夹或新的名字，例如 zyw demo 示例",
        "示例的学校和自己的学校混在一起，排名就全错了。",
        "zyw demo 台账（台账 里放着真的台账）",
        exit=4,
    ),
)
