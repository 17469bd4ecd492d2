"""Workbooks with a password to open: the bytes without it, once the password is known.

Needs msoffcrypto-tool (the extra `[encrypted]`). A workbook that is only “read-only recommended” is encrypted too, with
a password that every program knows ([MS-OFFCRYPTO] 2.4.2.3): it is opened without a word.
"""

import io
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Final

from zyw.limits import Limits, too_large
from zyw.problems import Place, Verbatim, ZywError, problem

KNOWN_TO_ALL: Final = "VelvetSweatshop"
ASK: Final = Verbatim(
    "在终端里运行会问密码，也可以设环境变量 ZYW_PASSWORD；或用 Excel/WPS 打开后，另存为不加密的 .xlsx"
)
SAVE: Final = Verbatim("用 Excel/WPS 打开，输入密码，再另存为不加密的 .xlsx")
INSTALL: Final = Verbatim(
    '用 Excel/WPS 打开后，另存为不加密的 .xlsx；要直接读，先装解密的部件：pip install "zyw[encrypted]"'
)


def can_unlock() -> bool:
    """Tell whether the library is installed."""
    return find_spec("msoffcrypto") is not None


def refused(shown: str, reason: str, remedy: Verbatim) -> ZywError:
    """Return the refusal of a file with a password (F005)."""
    return ZywError(problem("F005", Place(shown), 原因=Verbatim(reason), 办法=remedy))


def unlock(data: bytes, shown: str, passwords: Sequence[str], limits: Limits) -> bytes:
    """Return the workbook without its password, with the first of `passwords` that fits.

    Raises `ZywError`: F005 when none was given or the file is beyond the library, F028 when none fits, F007.
    """
    if not can_unlock():
        raise refused(shown, "这里没有装解密的部件", INSTALL)
    for password in (KNOWN_TO_ALL, *passwords):
        found = _with(data, shown, password)
        if found is not None:
            if len(found) > limits.file:
                raise too_large(Place(shown), "文件", len(found), limits.file)
            return found
    if not passwords:
        raise refused(shown, "没有密码读不了", ASK)
    raise ZywError(problem("F028", Place(shown)))


def _with(data: bytes, shown: str, password: str) -> bytes | None:
    """Return the content under this password, None when it is another."""
    from msoffcrypto import OfficeFile
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

    out = io.BytesIO()
    try:
        file = OfficeFile(io.BytesIO(data))
        if file.format == "ooxml" and file.type != "extensible":
            file.load_key(password=password, verify_password=True)
        else:
            file.load_key(password=password)
        file.decrypt(out)
    except (InvalidKeyError, DecryptionError):
        return None
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as caught:  # the library's parsers raise whatever they stumble over
        raise refused(shown, "加密的方式或内容读不了", SAVE) from caught
    return out.getvalue()
