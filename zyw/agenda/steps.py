"""What a month gives: one line a step, in the order in which a clerk reads the results.

A step is made by a function of `zyw.month.results`, loaded when the step is taken: `make(month, told)` returns
its files by name and what it found doubtful; `told` are the problems of the steps before. A step without anything to
say (no survey was handed in) returns no files. A new paper or table is one line here and one function there.
"""

from dataclasses import dataclass
from typing import Final

from zyw.privacy import Level


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the table: `name` stands in 产出 and behind `--only`; `level` is for whom it is unless 密级 says."""

    name: str
    meaning: str
    level: Level | None
    maker: str


STEPS: Final = (
    Step("排名", "排名.xlsx：学段内排名、得分明细、未计入", Level.NOTICE, "ranking"),
    Step("统计表", "统计表.xlsx、统计.json：任务、材料、活动等各表，有这些台账时才写", Level.INTERNAL, "tallies"),
    Step("督办", "督办.xlsx：快到期、逾期、可以销号、不该销号的，有问题台账或任务台账时才写", Level.INTERNAL, "docket"),
    Step("看板", "看板.html：不用联网的一个网页，给领导看", Level.PUBLIC, "board"),
    Step("督查通报", "督查通报.docx", Level.NOTICE, "bulletin"),
    Step("得分告知单", "得分告知单/：每个单位一份", Level.INTERNAL, "notices"),
    Step("督办通知单", "督办通知单/：有逾期或快到期事项的单位每个一份", Level.INTERNAL, "pressings"),
    Step("催办清单", "催办清单.docx、.xlsx：全县逾期、快到期的", Level.NOTICE, "urgings"),
    Step("整改", "整改台账、销号清单、整改报告，和每个单位的整改报告", None, "rectification"),
    Step("测评", "测评.xlsx：有测评时才写", Level.INTERNAL, "survey"),
    Step("得分数据", "得分.json：全部得分、明细、名次，供程序读", None, "data"),
    Step("问题清单", "问题清单.xlsx：台账里的问题，按单位排列", None, "findings"),
)
NAMES: Final = tuple(step.name for step in STEPS)
DEFAULTS: Final = {step.name: step.level for step in STEPS if step.level}
