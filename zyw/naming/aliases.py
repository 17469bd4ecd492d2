"""Names of units that somebody confirmed: which may be used, which are put as a question.

An alias that is a name of the roster for another unit, or whose unit the roster no longer has, is not used.
"""

from collections.abc import Iterable, Iterator, Mapping

from zyw.cells import key
from zyw.naming.aliasfile import FILE
from zyw.naming.roster import Roster
from zyw.naming.units import Unit
from zyw.problems import Place, Problem, Verbatim, problem


def usable_aliases(aliases: Mapping[str, str], units: Iterable[Unit]) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return the aliases that fit the roster; the others are told (U016, the roster has changed) and not used."""
    roster = Roster(tuple(units))
    usable, problems = {}, []
    for written, unit in sorted(aliases.items()):
        why = refusal(written, unit, roster)
        if why is None:
            usable[written] = unit
        else:
            problems.append(problem("U016", Place(FILE), written=written, unit=unit, why=Verbatim(why)))
    return usable, tuple(problems)


def refusal(written: str, unit: str, roster: Roster) -> str | None:
    """Say why `written` may not mean `unit`, None when it may."""
    if unit not in {each.name for each in roster.units}:
        return f"名册里没有这个单位，最接近的是：{'、'.join(roster.nearest(unit))}"
    others = sorted(name for name in roster.stated(written) if name != unit)
    if others:
        return f"“{written}”是名册里{'、'.join(others)}的名称、简称、曾用名或代码"
    return "要写明台账里的写法" if not key(written) else None


def parse_pair(text: str) -> tuple[str, str] | None:
    """Return 写法 and 单位 of `写法=单位`, None when it is not written so."""
    written, sign, unit = text.replace("＝", "=").partition("=")
    return (written.strip(), unit.strip()) if sign and written.strip() and unit.strip() else None


def proposals(strangers: Iterable[str], roster: Roster) -> Iterator[tuple[str, str]]:
    """Give each unknown spelling that one unit alone resembles, with that unit: to be asked, never to be taken."""
    for written in strangers:
        unit = roster.probable(written)
        if unit and refusal(written, unit, roster) is None:
            yield written, unit
