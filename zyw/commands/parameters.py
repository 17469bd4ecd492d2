"""Every option of the app, once: its name and its Chinese text; and the records commands receive them in."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

import typer

OPTIONS: Final[dict[str, Any]] = {
    "month": typer.Option("--month", metavar="年-月", help="算到这个月底，文书写这个月，如 2012-05"),
    "quarter": typer.Option("--quarter", metavar="年Q季", help="季度，如 2012Q1"),
    "year": typer.Option("--year", metavar="年", help="整年，如 2012"),
    "school_year": typer.Option("--school-year", metavar="年", help="学年的起始年份，2011 即 2011-09-01 至 2012-08-31"),
    "from_": typer.Option("--from", metavar="日期", help="起始日，与 --to 一起写"),
    "to": typer.Option("--to", metavar="日期", help="终止日"),
    "as_of": typer.Option("--as-of", metavar="日期", help="站在哪一天看，以后的事都不算；不写就是时段最后一天"),
    "scheme": typer.Option("--scheme", metavar="方案", help="内置方案的编号或方案文件；编号见 zyw scheme list"),
    "roster": typer.Option("--roster", metavar="名册", help="名册文件，单位从里面选"),
    "json": typer.Option("--json", help="在屏幕上输出 JSON，供程序读"),
    "quiet": typer.Option("--quiet", "-q", help="不说话，只出结果"),
    "strict": typer.Option("--strict", help="有警告时退出码也是 1"),
    "output": typer.Option("-o", "--output", metavar="位置", help="结果写到这里"),
    "overwrite": typer.Option("--overwrite", help="允许覆盖不是 zyw 写的文件"),
    "skip_bad": typer.Option("--skip-bad", help="有文件读不了也出结果，结果上写明缺哪些；退出码仍是 3"),
    "template": typer.Option("--template", metavar="模板", help="用自己改过的 Word 模板"),
    "return_": typer.Option("--return", metavar="文件夹", help="把每个单位报来的表标好问题，写到这个文件夹"),
    "limit": typer.Option(
        "--limit", metavar="名称=值", help="放宽一项上限，可以写几次；名称和现在的值见 docs/读法.md“上限”一节"
    ),
    "scale": typer.Option("--scale", metavar="答案=分值", help="每种答案值几分，如 满意=100,基本满意=80,不满意=30"),
    "divisor": typer.Option("--divisor", metavar="除以", help="得分除以 全部答卷、已答，还是 除不了解；不写是后者"),
    "weights": typer.Option("--weights", metavar="对象=权重", help="各类对象的权重，如 家长=0.6,教师=0.4"),
    "channels": typer.Option("--channels", metavar="渠道=权重", help="各渠道的权重，如 电话=6,纸质=4"),
    "empty": typer.Option("--empty", metavar="办法", help="缺一类对象时：其余分摊，或计零"),
    "answers": typer.Option("--options", metavar="选项", help="按序号导出的问卷，选项依次是什么"),
    "decisions": typer.Option("--decisions", metavar="文件", help="填好处置的“可疑答卷”表"),
    "against": typer.Option("--against", metavar="输入", help="上一次的文件或文件夹，与它比较"),
    "margin": typer.Option("--margin", metavar="百分点", help="不读测评，算每个单位要收多少份才能精确到 ± 这么多"),
    "learn": typer.Option(
        "--learn", metavar="写法=单位", help="记住台账里的写法是哪个单位，可写几次；单写 --learn 就逐个问"
    ),
    "by": typer.Option("--by", metavar="姓名", help="由谁确认、由谁封存；不写就是登录的用户名"),
    "long": typer.Option("--long", help="写明每张表怎么认的：每一列凭什么，哪些行没算，为什么"),
    "what_if": typer.Option(
        "--what-if",
        metavar="行=怎样",
        help="假设某一行撤销、不计或计入，看得分名次怎样变，如 追责台账!行5=撤销；可写几次",
    ),
    "jobs": typer.Option("--jobs", metavar="个数", help="同时做几个；不写就是处理器的个数"),
    "day": typer.Option("--day", metavar="几号", help="每月几号运行，1 到 28；不写就是 1"),
    "time": typer.Option("--time", metavar="时:分", help="几点运行；不写就是 06:00"),
    "print_": typer.Option("--print", help="只写在屏幕上（不写也一样，本命令从不改系统的设置）"),
    "only": typer.Option("--only", metavar="产出", help="只做这几样，如 排名,督查通报；可写几次"),
    "dry_run": typer.Option("--dry-run", help="只说会写出什么，什么也不写"),
    "summary": typer.Option("--summary", metavar="文件", help="把十行小结写到这个文件，没做成也写"),
    "wait": typer.Option("--wait", metavar="秒", help="另一次运行没有结束时最多等几秒；不写就不等"),
    "level": typer.Option("--level", metavar="密级", help="内部、通报或公示"),
}


@dataclass(frozen=True, slots=True)
class Talk:
    """How a command speaks."""

    json: bool = False
    quiet: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """By which scheme."""

    scheme: str | None = None


@dataclass(frozen=True, slots=True)
class Supposed:
    """What is supposed of rows."""

    what_if: list[str] | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """Whose names the units have."""

    roster: str | None = None


@dataclass(frozen=True, slots=True)
class Polling:
    """How a survey is turned into numbers."""

    scale: str | None = None
    divisor: str | None = None
    weights: str | None = None
    channels: str | None = None
    empty: str | None = None
    answers: str | None = None
    decisions: str | None = None
    against: str | None = None
    margin: str | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is compared with."""

    against: str | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """Where the result goes, and what it may replace."""

    output: str | None = None
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class Back:
    """Where marked returns go."""

    return_: str | None = None


@dataclass(frozen=True, slots=True)
class Bad:
    """What to do when an input cannot be read."""

    skip_bad: bool = False


@dataclass(frozen=True, slots=True)
class Caps:
    """What one input may cost, where it is to be more or less than usual."""

    limit: list[str] | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """With which template."""

    template: str | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """How much is told of what was read."""

    long: bool = False


@dataclass(frozen=True, slots=True)
class Secrecy:
    """For whom a paper is."""

    level: str | None = None


@dataclass(frozen=True, slots=True)
class Doing:
    """How much of a month is done, and to whom it is told."""

    only: list[str] | None = None
    dry_run: bool = False
    summary: str | None = None
    wait: str | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """Who does it."""

    by: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """On which day one stands."""

    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Many:
    """How many folders are done at one time."""

    jobs: str | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """When the month is to be run."""

    day: str | None = None
    time: str | None = None
    print_: bool = False


@dataclass(frozen=True, slots=True)
class Learning:
    """Names of units to remember, and who confirms them."""

    learn: list[str] | None = None
    by: str | None = None


Inputs = Annotated[
    list[str], typer.Argument(metavar="输入", help="台账文件或文件夹，可以写几个；每张表是什么由表头认出")
]
