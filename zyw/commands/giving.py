"""What `zyw check --return` does beside checking: refuse a wrong folder, give back, say to whom what was given."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zyw.commands.parameters import Back, Caps, Output

if TYPE_CHECKING:
    from zyw.checking import Checked
    from zyw.returns import Returns


def refuse(inputs: Sequence[str], back: Back) -> None:
    """Raise `ZywError` M004 (exit 2) for a folder that the next run would read, before anything is read."""
    if back.return_ is not None:
        from zyw import given
        from zyw.returns import refuse_folder

        refuse_folder(Path(back.return_), given.paths_of(inputs))


def give(checks: "Checked", inputs: Sequence[str], back: Back, out: Output, caps: Caps) -> "Returns | None":
    """Write the returns where `--return` says; None without it. What was waived goes to nobody."""
    if back.return_ is None:
        return None
    from zyw import clock, given
    from zyw.returns import give_back

    paths, folder = given.files_of(inputs), Path(back.return_)
    limits = given.limits_of(inputs, caps.limit or ())
    return give_back(
        checks.ledger, checks.problems, paths, folder, clock.today(), overwrite=out.overwrite, limits=limits
    )


def lines(found: "Returns", back: Back) -> list[str]:
    """Return what was written, a line a file: for which unit, whether its own workbook, how many problems."""
    if not found.given:
        return ["没有要退回的：报来的表都没有错误和警告。"]
    own = sum(each.marked for each in found.given)
    how = f"原表标注 {own} 份，另写核对结果 {len(found.given) - own} 份"
    text = [f"退回 {len(found.given)} 份，在 {back.return_}（{how}）："]
    for each in found.given:
        counts = f"错误 {each.errors}，警告 {each.warnings}"
        text.append(f"  {each.unit}　{each.name}（{'原表标注' if each.marked else '核对结果'}，{counts}）")
    return text


def entry(found: "Returns | None") -> dict[str, Any]:
    """Return what `--json` says of the returns; no key without `--return`."""
    if found is None:
        return {}
    return {
        "returns": [
            {
                "unit": each.unit,
                "file": each.name,
                "inputs": list(each.inputs),
                "marked": each.marked,
                "errors": each.errors,
                "warnings": each.warnings,
            }
            for each in found.given
        ]
    }
