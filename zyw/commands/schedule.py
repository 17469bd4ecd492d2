"""`zyw schedule`: the lines by which a system runs the month by itself."""

from typing import Annotated

import typer

from zyw.commands.parameters import Clock, Talk

Folder = Annotated[str | None, typer.Argument(metavar="文件夹", help="工作文件夹；不写就从当前文件夹往上找 zyw.yaml")]


def schedule(folder: Folder = None, *, clock: Clock, talk: Talk) -> None:
    """每月自动运行这个工作文件夹，cron、systemd、Windows 任务计划程序各怎么写。只写在屏幕上，照抄就行。

    结果看退出码；十行小结在 .zyw/小结.txt，发邮件、发消息由系统做。
    """
    import shutil
    import sys
    from pathlib import Path

    from zyw import console
    from zyw.agenda import schedule as lines
    from zyw.commands import finish
    from zyw.month.doing import known_folder, workspace_folder

    root = str(known_folder(folder or workspace_folder()))
    when = finish.timing(clock)
    program = shutil.which("zyw") or str(Path(sys.executable).with_name("zyw"))
    parts = {
        "cron": lines.cron(program, root, when),
        "systemd_service": lines.service(program, root),
        "systemd_timer": lines.timer(when),
        "windows": lines.windows(program, root, when),
    }
    if talk.json:
        console.document({"version": 1, "folder": root, **parts, "problems": []})
        return
    heads = {
        "cron": "cron：运行 crontab -e，加这一行",
        "systemd_service": "systemd：存为 ~/.config/systemd/user/zyw.service",
        "systemd_timer": "再存为 ~/.config/systemd/user/zyw.timer，然后 systemctl --user enable --now zyw.timer",
        "windows": "Windows：在命令提示符里运行（文件夹写 Windows 上的位置）",
    }
    for name, head in heads.items():
        console.out(f"# {head}\n{parts[name]}\n")
