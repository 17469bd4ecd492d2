"""What is left behind for people of a run, however it ended: the ten lines and the log."""

import contextlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from zyw import console
from zyw.evidence.deciding import Fate
from zyw.exits import Exit
from zyw.month.doing import Done
from zyw.month.log import Entry, counted, moment, write_log
from zyw.month.summary import Told, refused, summary
from zyw.options import line
from zyw.problems import Problem, ZywError
from zyw.writing import write_bytes


@dataclass
class Telling:
    """The run that is told of: where it was asked for (`root`), the file for its ten lines, when it began.

    `label` is its period, once that is known; `lines` are the ten, once it is over.
    """

    root: Path
    file: str | None
    began: datetime
    label: str = "不知道哪一段"
    lines: list[str] = field(default_factory=list)

    def done(self, done: Done, code: Exit) -> None:
        """Tell of a month that went to its end; raises `ZywError` (exit 4) where the ten lines cannot be written."""
        self.lines = summary(_told(self.label, self.root, done, code))
        facts = _facts(done)
        write_log(self.root, Entry(self.label, self.began, moment(), int(code), facts, self.lines))
        self._write()

    def refused(self, code: int, problems: Sequence[Problem], then: str) -> None:
        """Tell of one that did not."""
        self.lines = refused(self.label, code, problems, then)
        facts = {"problems": counted(problems)}
        write_log(self.root, Entry(self.label, self.began, moment(), code, facts, _without_words(self.lines)))
        with contextlib.suppress(ZywError):
            self._write()

    def _write(self) -> None:
        if self.file:
            write_bytes(Path(self.file), ("\n".join(self.lines) + "\n").encode("utf-8"))


@contextmanager
def telling(root: Path, file: str | None) -> Iterator[Telling]:
    """Tell of the run inside if it ends by an error; one that goes to its end is told by `Telling.done`."""
    told = Telling(root, file, moment())
    try:
        yield told
    except KeyboardInterrupt:
        told.refused(int(Exit.INTERRUPTED), (), "再运行一次")
        raise
    except ZywError as error:
        if told.lines:  # the month stands; it is the ten lines that could not be written
            raise
        told.refused(error.exit_code, error.problems, error.recheck or "照上面的提示改好，再运行一次")
        raise
    finally:
        if not told.lines:  # a bug: the boundary says more, here it is only that nothing was finished
            told.refused(int(Exit.BUG), (), "看屏幕上的说明，再运行一次")


def _told(label: str, root: Path, done: Done, code: Exit) -> Told:
    result = done.result
    span, used = result.span, [source for source in result.sources if source.used]
    ranked = sum(standing.rank is not None for standing in result.standings)
    scored = f"得分从 {span.period.start} 算到 {span.period.end}"
    return Told(
        title=label,
        code=code,
        scheme=result.scheme.id,
        days=f"{scored}，截至 {span.as_of}",
        files=len(used),
        units=f"{len(result.standings)} 个单位，{ranked} 个有名次",
        tally=console.tally(result.problems, result.waived),
        problems=result.problems,
        folder=done.folder.as_posix(),
        written=[each.file for each in done.placed],
        beside=[each.name for each in done.placed if each.fate is Fate.BESIDE],
        gone=done.gone,
        missing=result.ledger.missing_inputs,
        then=result.recheck if code else line(["zyw", "close", label, str(root)]),
    )


def _facts(done: Done) -> dict[str, Any]:
    made = done.computed.made_from
    return {
        "fingerprint": made.fingerprint,
        "inputs": len(made.inputs),
        "missing_inputs": list(made.missing),
        "problems": counted(done.computed.problems),
        "files": {each.file: each.fate.value for each in done.placed},
        "removed": list(done.gone),
    }


def _without_words(lines: Sequence[str]) -> list[str]:
    """Leave the messages of a refusal out of the log: they may quote what somebody wrote."""
    return [lines[0], *(" ".join(line.split(" ")[:2]) for line in lines[1:-1]), lines[-1]]
