"""`zyw reconcile`: two ledgers that should say the same (对账)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from zyw.commands.parameters import Bad, Caps, Output, Talk

if TYPE_CHECKING:
    from zyw.exchange.comparing import Compared

One = Annotated[str, typer.Argument(metavar="甲方", help="一方的台账：文件或文件夹，如学校的台账")]
Two = Annotated[str, typer.Argument(metavar="乙方", help="另一方的台账：文件或文件夹，如局里的台账")]


def reconcile(one: One, two: Two, *, out: Output, bad: Bad, caps: Caps, talk: Talk) -> None:
    """对账：只在一方的、两边写的不同的、一方已销号的，都写明文件和单元格。-o 对账.xlsx 写成工作簿。

    先按编号（和单位）对；没有编号的，单位、文字都相同才算同一件。只是相像的列为“可能是同一件”，由人定，不自动合并。
    一方只有一个单位时，另一方只比这个单位的行。
    """
    from zyw.commands.comparison import Told, compare_and_tell
    from zyw.exchange import documents, sections
    from zyw.problems import ZywError, problem

    def told(tables: "Sequence[Compared]", unit: str) -> Told:
        apart = tuple(each.name for each in tables if not each.both)
        sides = sections.Sides("甲方", "乙方", one, two, unit, apart)
        tables = [each for each in tables if each.both]
        if not tables:
            raise ZywError(problem("X021"))
        return Told(
            "对账",
            sections.reconciled_sections(tables, sides),
            sides,
            documents.reconciled_document(tables, sides),
            sections.reconciled_heads(sides),
            [sections.reconciled_counts(each) for each in tables],
        )

    compare_and_tell((one, two), "对账", told, narrow=True, out=out, bad=bad, caps=caps, talk=talk)
