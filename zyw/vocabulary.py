"""Words of the ledgers against those of the scheme: a class that the scheme does not have is used, but doubtful."""

from typing import Final

import numpy as np

from zyw.cells import key
from zyw.decoding import nearest
from zyw.ledger import Ledger
from zyw.rowfaults import Faults
from zyw.scheme import Scheme

CLASS: Final = "类别"
_TABLES: Final = ("问题台账", "追责台账")


def check_classes(ledger: Ledger, scheme: Scheme, faults: Faults) -> None:
    """Warn (C017) once a table of each 类别 that is neither a class of the scheme nor one of its behaviours."""
    names = [category.name for category in scheme.categories]
    known = {key(word) for each in scheme.categories for word in (each.name, *each.behaviours)}
    for name in _TABLES if known else ():
        rows = ledger.rows.get(name)
        if rows is None or CLASS not in rows:
            continue
        written = rows.coded(CLASS)
        for code, text in enumerate(written.texts):
            if text and key(text) not in known:
                where = np.flatnonzero(written.codes == code)
                facts = {"值": text, "行数": len(where), "近似": nearest(text, names)}
                faults.add("C017", int(rows["origin"][where[0]]), CLASS, **facts)
