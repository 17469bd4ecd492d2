"""The board as html: zyw's own template with every text escaped; the page may load nothing from anywhere."""

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, StrictUndefined

from zyw.privacy import mask_numbers


def filled(template: str, content: Mapping[str, Any]) -> bytes:
    """Return the page; the same content gives the same bytes."""
    from markupsafe import Markup

    def shown(value: object) -> object:
        """Return a text with the numbers of persons starred (failures.md T19), whatever cell it was written in."""
        return mask_numbers(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    place = Environment(
        finalize=shown, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    place.filters["图"] = Markup  # svg made by `zyw.board.charts`, whose texts are escaped there
    return (place.from_string(template).render(content) + "\n").encode()
