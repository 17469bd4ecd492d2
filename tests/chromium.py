"""Headless Chromium over its debugging pipe: enough to open a page, press keys, click, measure and print."""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

FOUND: Final = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)


_WIRED: Final = """
import os, sys
read, write = (os.dup(os.dup(os.dup(int(each)))) for each in sys.argv[1:3])
os.dup2(read, 3), os.dup2(write, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""The browser reads its orders from descriptor 3 and answers on 4."""


class Page:
    """One open page; `asked` are the addresses that it asked for, whatever became of them."""

    def __init__(self, write: int, read: int) -> None:
        self._write, self._read, self._rest, self._number = write, read, b"", 0
        self.asked: list[str] = []
        self._session = ""
        target = self._tell("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._tell("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "DOM"):
            self._tell(f"{domain}.enable")

    def open(self, path: Path, *, wide: int = 1200, high: int = 900, scripts: bool = True) -> None:
        """Open a file at a window's size and wait until it is there."""
        self._tell("Emulation.setDeviceMetricsOverride", width=wide, height=high, deviceScaleFactor=1, mobile=False)
        self._tell("Emulation.setScriptExecutionDisabled", value=not scripts)
        self._tell("Page.navigate", url=path.as_uri())
        while self._message().get("method") != "Page.loadEventFired":
            pass

    def run(self, script: str) -> Any:
        """Return the value of an expression in the page."""
        done = self._tell("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def shown(self, selector: str) -> int:
        """Return how many elements have a box on the page; needs no script of the page's."""
        root = self._tell("DOM.getDocument", depth=0)["root"]["nodeId"]
        nodes = self._tell("DOM.querySelectorAll", nodeId=root, selector=selector)["nodeIds"]
        return sum(self._has_box(node) for node in nodes)

    def _has_box(self, node: int) -> bool:
        return "error" not in self._ask("DOM.getBoxModel", nodeId=node)

    def press(self, key: str, text: str = "") -> None:
        """Press one key, as a person does."""
        self._tell("Input.dispatchKeyEvent", type="keyDown", key=key, text=text)
        self._tell("Input.dispatchKeyEvent", type="keyUp", key=key)

    def type(self, text: str) -> None:
        """Type a text where the cursor is."""
        self._tell("Input.insertText", text=text)

    def printed(self) -> bytes:
        """Return the page as pdf, as its print view has it."""
        return base64.b64decode(self._tell("Page.printToPDF", preferCSSPageSize=True)["data"])

    def _tell(self, method: str, **told: Any) -> dict[str, Any]:
        answer = self._ask(method, **told)
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def _ask(self, method: str, **told: Any) -> dict[str, Any]:
        self._number += 1
        number = self._number
        message = {"id": number, "method": method, "params": told}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while (answer := self._message()).get("id") != number:
            pass
        return answer

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            more = os.read(self._read, 1 << 16)
            assert more, "the browser has gone"
            self._rest += more
        one, self._rest = self._rest.split(b"\0", 1)
        message: dict[str, Any] = json.loads(one)
        if message.get("method") == "Network.requestWillBeSent":
            self.asked.append(message["params"]["request"]["url"])
        return message


@contextmanager
def page() -> Iterator[Page]:
    """Start a browser with one page, and end it."""
    assert FOUND is not None
    to_browser, write = os.pipe()
    read, from_browser = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable, "-c", _WIRED, str(to_browser), str(from_browser), FOUND, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run",
            "--disable-background-networking", f"--user-data-dir={folder}",
        ]  # fmt: skip

        with subprocess.Popen(
            command, pass_fds=(to_browser, from_browser), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as browser:
            os.close(to_browser)
            os.close(from_browser)
            try:
                yield Page(write, read)
            finally:
                os.close(write)
                os.close(read)
                browser.kill()
