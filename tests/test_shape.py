import subprocess
import sys

from zyw.commands.parameters import Inputs, Rules, Talk
from zyw.commands.shape import verb

SEEN: list[tuple[object, ...]] = []


def note(inputs: Inputs, *, rules: Rules, talk: Talk) -> None:
    """记下读到的词。"""
    SEEN.append((inputs, rules, talk))


def test_words_arrive_as_they_were_typed() -> None:
    verb("note", note).main(["甲.xlsx", "乙", "--scheme", "007", "--quiet"], standalone_mode=False)
    assert SEEN.pop() == (["甲.xlsx", "乙"], Rules("007"), Talk(quiet=True))


def test_reading_the_command_line_does_not_load_pydantic() -> None:
    lines = "import sys; from zyw.cli import run; run(['check', 'nowhere']); sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", lines], capture_output=True, check=False).returncode == 0
