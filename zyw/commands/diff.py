"""`zyw diff`: last month's ledger and this month's."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from zyw.commands.parameters import Bad, Caps, Output, Talk

if TYPE_CHECKING:
    from zyw.exchange.comparing import Compared

Before = Annotated[str, typer.Argument(metavar="上月", help="上月的台账：文件或文件夹")]
After = Annotated[str, typer.Argument(metavar="本月", help="本月的台账：文件或文件夹")]


def diff(before: Before, after: After, *, out: Output, bad: Bad, caps: Caps, talk: Talk) -> None:
    """两个月的台账有什么不同：新增、补登、进展、补填、暗改、重新打开、销号、不见了。-o 变化.xlsx 写成工作簿。

    暗改：上月已经报过的事实（单位、问题、日期、人、扣分、处理方式等）改了，或已经销号的行又改了内容。
    """
    from zyw.commands.comparison import Told, compare_and_tell
    from zyw.exchange import documents, sections
    from zyw.exchange.months import month

    def told(tables: "Sequence[Compared]", unit: str) -> Told:
        del unit  # both months hold the same units
        sides = sections.Sides("上月", "本月", before, after)
        months = [month(each) for each in tables]
        return Told(
            "变化",
            sections.month_sections(months, sides),
            sides,
            documents.month_document(months, sides),
            sections.MONTH_HEADS,
            [sections.month_counts(each) for each in months],
        )

    compare_and_tell((before, after), "比较", told, narrow=False, out=out, bad=bad, caps=caps, talk=talk)
