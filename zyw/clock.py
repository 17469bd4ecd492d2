"""The day at the office: the only clock that results may come from, read once by a command."""

import os
import re
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

OFFICE_TIME: Final = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """Return the day at the office; the only clock that results may come from, read once by a command.

    `SOURCE_DATE_EPOCH` (seconds since 1970, as for reproducible builds) stands for the clock where it is set.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if re.fullmatch(r"\d{1,11}", epoch):
        return datetime.fromtimestamp(int(epoch), OFFICE_TIME).date()
    return datetime.now(OFFICE_TIME).date()
