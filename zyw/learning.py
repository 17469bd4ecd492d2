"""`zyw check --learn`: what the clerk says a spelling means goes into 别名.yaml beside zyw.yaml, with who and when.

Nothing is learnt without somebody: a pair is typed (`--learn 大院中学=大垸中学`), or each unknown spelling that one
unit alone resembles is asked about. Where nobody can be asked the lines to type are printed instead.
"""

import getpass
from collections.abc import Iterable, Iterator, Sequence

from zyw import clock, console, given, pipeline, workspace
from zyw.naming.aliases import parse_pair, proposals, refusal
from zyw.naming.aliasfile import Alias, aliases_text
from zyw.naming.roster import Roster
from zyw.options import ASK, line
from zyw.problems import Problem, Verbatim, ZywError, problem, show
from zyw.writing import write_bytes


def learn(wanted: pipeline.Wanted, words: Sequence[str], by: str | None) -> None:
    """Remember the pairs in `words`, and ask where one of them is 问.

    Raises `ZywError` (exit 2) and remembers nothing when there is no workspace (U018), no roster (U022), or a
    pair that is none (U015) or cannot be (U017).
    """
    place = given.place_of(wanted.inputs)
    if place is None:
        raise ZywError(problem("U018"))
    typed = _typed(word for word in words if word != ASK)
    ledger, _ = given.read(wanted.inputs, quiet=wanted.quiet, limit=wanted.limit)
    if not ledger.has_roster:
        raise ZywError(problem("U022"))
    roster = Roster(ledger.units)
    pairs = _accepted(typed, roster)
    if ASK in words:
        known = {written for written, _ in pairs}
        open_ = [pair for pair in proposals(ledger.strangers, roster) if pair[0] not in known]
        pairs += _asked(open_) if console.can_ask() else _to_type(wanted, open_)
    _remember(place, pairs, by or _user())


def _typed(words: Iterable[str]) -> list[tuple[str, str]]:
    pairs = [(word, parse_pair(word)) for word in words]
    wrong = [problem("U015", value=word) for word, pair in pairs if pair is None]
    if wrong:
        raise ZywError(wrong)
    return [pair for _, pair in pairs if pair is not None]


def _accepted(pairs: Iterable[tuple[str, str]], roster: Roster) -> list[tuple[str, str]]:
    """Return the pairs with official names; refuse all when one cannot be."""
    found: list[tuple[str, str]] = []
    refused: list[Problem] = []
    for written, name in pairs:
        unit = roster.match(name).unit or name
        why = refusal(written, unit, roster)
        if why is None:
            found.append((written, unit))
        else:
            refused.append(problem("U017", written=written, unit=unit, why=Verbatim(why)))
    if refused:
        raise ZywError(refused)
    return found


def _asked(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for written, unit in pairs:
        answer = console.ask(f"“{show(written)}”就是 {unit} 吗？")
        if answer is None:
            return
        if answer:
            yield written, unit


def _to_type(wanted: pipeline.Wanted, pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Print the lines that would remember the pairs; nothing is remembered."""
    for written, unit in pairs:
        console.say(f"要记住，照抄这一行：{wanted.typed()} --learn {line([f'{written}={unit}'])}", quiet=wanted.quiet)
    yield from ()


def _remember(place: workspace.Workspace, pairs: Sequence[tuple[str, str]], who: str) -> None:
    """Write the aliases anew; a spelling that was known already takes its new unit."""
    if not pairs:
        return
    known = {alias.written: alias for alias in place.aliases}
    known |= {written: Alias(written, unit, who, clock.today()) for written, unit in pairs}
    text = aliases_text(known.values())
    write_bytes(place.root / workspace.ALIASES, text.encode(), overwrite=True, recorded=False)
    told = "；".join(f"“{show(written)}”＝{unit}" for written, unit in pairs)
    console.say(f"已记在 {workspace.ALIASES}（{who}）：{told}")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a service account may have no name
        return "未写"
