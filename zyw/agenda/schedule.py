"""The lines by which a system runs the month of a workspace by itself: cron, systemd, Windows 任务计划程序."""

from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath


@dataclass(frozen=True, slots=True)
class Timing:
    """When, on the `day` of each month (1–28: every month has it), at `hour`:`minute` of the machine's clock."""

    day: int = 1
    hour: int = 6
    minute: int = 0


def cron(program: str, folder: str, when: Timing) -> str:
    r"""Return the line for `crontab -e`; cron reads % as a line break, so it is escaped.

    >>> cron("/usr/bin/zyw", "/srv/50% 台账", Timing())
    "0 6 1 * * '/usr/bin/zyw' run '/srv/50\\% 台账' --quiet --summary '/srv/50\\% 台账/.zyw/小结.txt'"
    """
    words = " ".join((_quoted(program), "run", _quoted(folder), "--quiet", "--summary", _quoted(summary(folder))))
    return f"{when.minute} {when.hour} {when.day} * * " + words.replace("%", "\\%")


def service(program: str, folder: str) -> str:
    """Return the systemd unit that runs the month once; 1 (errors in the data) is a month that was done."""
    words = (_unit_word(program), "run", _unit_word(folder), "--quiet", "--summary", _unit_word(summary(folder)))
    return "\n".join(
        (
            "[Unit]", "Description=zyw 每月运行", "", "[Service]", "Type=oneshot", "Environment=PYTHONUTF8=1",
            f"ExecStart={' '.join(words)}", "SuccessExitStatus=1",
        )
    )  # fmt: skip


def timer(when: Timing) -> str:
    """Return the timer of that unit; a machine that was off then runs it when it is on again."""
    moment = f"OnCalendar=*-*-{when.day:02} {when.hour:02}:{when.minute:02}:00"
    return "\n".join(("[Timer]", moment, "Persistent=true", "", "[Install]", "WantedBy=timers.target"))


def windows(program: str, folder: str, when: Timing) -> str:
    r"""Return the command for the Windows prompt that adds the task; inner quotes are escaped as schtasks wants them.

    >>> print(windows("C:\\zyw.exe", "D:\\治庸 问责", Timing(5, 7, 30)))
    schtasks /Create /TN "zyw 治庸 问责" /SC MONTHLY /D 5 /ST 07:30 /TR "\"C:\zyw.exe\" run \"D:\治庸 问责\" --quiet"
    """
    name = PureWindowsPath(folder).name or "工作区"
    task = f'\\"{program}\\" run \\"{folder}\\" --quiet'
    return (
        f'schtasks /Create /TN "zyw {name}" /SC MONTHLY /D {when.day} /ST {when.hour:02}:{when.minute:02} /TR "{task}"'
    )


def summary(folder: str) -> str:
    """Return where the ten lines are laid."""
    return str(PurePosixPath(folder) / ".zyw" / "小结.txt")


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"


def _unit_word(word: str) -> str:
    """Return a word as systemd reads it: quoted, with % and $ doubled."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'
