"""`zyw verify`: prove a sealed month from its bundle."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from zyw.commands.parameters import Talk

if TYPE_CHECKING:
    from zyw.month.proving import Proof

Bundle = Annotated[str, typer.Argument(metavar="封存", help="存档/年-月，或 输出/年-月；在工作区里可以只写 年-月")]


def verify(bundle: Bundle, *, talk: Talk) -> None:
    """核对封存的月份：文件有没有动过，照封存的台账重算，结果是不是一样。

    zyw 和部件的版本与封存时相同，逐字节核对；不同就只核对数字，并写明。不一致时退出码是 1，写明哪个文件、哪一格。
    """
    from zyw import console
    from zyw.exits import Exit
    from zyw.month.proving import check_line, prove

    with console.progress("正在重算", quiet=talk.quiet):
        proof = prove(bundle)
    if talk.json:
        console.document(_document(proof))
    else:
        console.out(check_line(proof))
        for breach in proof.breaches:
            console.out(f"  {breach.what}：{breach.file}")
        for difference in proof.differences:
            console.out(f"  {difference}")
        for file in proof.edited:
            console.say(f"封存前由人改过：{file}", quiet=talk.quiet)
    raise typer.Exit(Exit.DONE if proof.holds else Exit.DATA)


def _document(proof: "Proof") -> dict[str, Any]:
    return {
        "version": 1,
        "bundle": proof.bundle.as_posix(),
        "label": proof.seal.label,
        "seal": proof.seal.number,
        "sealed_by": proof.seal.who,
        "sealed_on": proof.seal.on,
        "compared": "bytes" if proof.bytes_compared else "figures",
        "equal": proof.holds,
        "breaches": [{"file": each.file, "what": each.what} for each in proof.breaches],
        "differences": list(proof.differences),
        "edited": list(proof.edited),
        "problems": [],
    }
