"""The page of one problem code: the same text for `zyw rule` and for docs/问题代码.md."""

import re

from zyw.problems import Code, Severity

EXIT_NOTES = {2: "遇到时什么也不做，退出码 2", 3: "这个文件没有用上，退出码 3", 4: "结果没有写出，退出码 4"}


def page(code: Code) -> list[str]:
    """Return the lines of one code: title, message, why, example, remedy."""
    lines = [
        f"{code.code}　{code.title}（{code.severity.value}）",
        f"屏幕上这样说：{blanks(code.message)}",
        f"为什么要查：{code.why}",
        f"例子：{code.example}",
        f"怎么改：{blanks(code.hint)}",
    ]
    if code.severity is Severity.ERROR and code.exit in EXIT_NOTES:
        lines.append(f"后果：{EXIT_NOTES[code.exit]}")
    return lines


def blanks(template: str) -> str:
    """Return a message with its facts as dots: `“{列}”读到“{值}”` → `“…”读到“…”`."""
    return re.sub(r"\{[^}]*\}", "…", template)
