"""What a scheme may not say, or had better not: the refusals and warnings of design §5.

Each module asks one question of a scheme that was read without a fault; the answers are problems with line, column,
reason and remedy, and an example value where there is one.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from zyw.decoding import Fields
from zyw.lints.cited import check_norms
from zyw.lints.forbidden import check_rules
from zyw.lints.handled import check_handling
from zyw.lints.lawful import check_process
from zyw.lints.numbers import check_numbers
from zyw.lints.overlaps import check_overlaps
from zyw.lints.references import check_references
from zyw.lints.trees import check_trees
from zyw.problems import Problem

if TYPE_CHECKING:
    from zyw.scheme import Scheme

Words = Callable[[str], tuple[str, ...] | None]
"""Field of a condition → the values it may have, None where the scheme does not close the list."""


def check_scheme(fields: Fields, scheme: "Scheme", words: Words) -> list[Problem]:
    """Return what design §5 refuses or warns of."""
    return [
        *check_references(fields, scheme, words),
        *check_trees(fields, scheme),
        *check_overlaps(scheme.rules, words),
        *check_rules(fields, scheme.rules),
        *check_numbers(fields, scheme),
        *check_norms(fields),
        *check_handling(fields, scheme, words),
        *check_process(fields, scheme),
    ]
