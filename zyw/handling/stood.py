"""Where the issues stand by the scheme's own 办理, for the rules that ask for 办结情况: one overdue everywhere."""

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from zyw.handling.due import DueReader
from zyw.handling.lives import issue_lives
from zyw.rowfaults import Faults
from zyw.ruling.issues import Stood

if TYPE_CHECKING:
    from zyw.ledger import Ledger
    from zyw.scheme import Scheme


def stood(ledger: "Ledger", scheme: "Scheme", as_of: date) -> Stood | None:
    """Return where each issue stands, by its row; None without any. The docket tells what is doubtful."""
    lives = issue_lives(ledger, scheme, as_of, DueReader(scheme.handling, ledger.calendar), Faults(ledger.origins))
    if lives is None:
        return None
    origins = lives.rows["origin"]
    order = np.argsort(origins, kind="stable")
    return Stood(origins[order], lives.dues.due[order], lives.done[order], lives.overdue[order])
