"""职务 → 职务层级 (design §5).

Blanks and the unit's name come off; the title is split at 、 and 兼; each part is compared whole: an exact title first,
then patterns from the top. Of several parts the highest level counts (书记兼教师 is 主要领导). 班主任 is an exact
title, so `*主任` does not catch it.
"""

import re
from collections.abc import Iterable
from typing import Final

from zyw.cells import key
from zyw.rules import Levels

_PARTS: Final = re.compile(r"[、，,；;/兼]+")


class TitleReader:
    """Reads titles by a scheme's levels; a level is its index, 0 the most senior."""

    def __init__(self, levels: Levels) -> None:
        rank = {name: index for index, name in enumerate(levels.order)}
        self.other: Final = rank[levels.other]
        self._exact: Final = {key(title): rank[level] for title, level in levels.exact}
        self._heads: Final = sorted((title for title, level in levels.exact if not rank[level]), key=len, reverse=True)
        self._patterns: Final = [(_pattern(text), rank[level]) for text, level in levels.patterns]

    def read(self, title: str, unit_names: Iterable[str] = ()) -> int | None:
        """Return the level of `title`, None when no part of it is listed.

        大垸中学校长 in 大垸中学 → 主要领导; 副校长兼工会主席 → 班子成员; 班主任 → 教师.
        """
        bare = key(title)
        for name in sorted((key(n) for n in unit_names), key=len, reverse=True):
            if name and bare != name:
                bare = bare.replace(name, "")
        found = [self._part(part) for part in _PARTS.split(bare) if part]
        return min((level for level in found if level is not None), default=None)

    def head_in(self, title: str) -> str:
        """Return the title of a head that stands inside an unlisted one, "" for none: 代理校长 → 校长.

        Only for a question to the reader; whether an acting head is a head is for the scheme to say.
        """
        return next((head for head in self._heads if head in title), "")

    def _part(self, part: str) -> int | None:
        if part in self._exact:
            return self._exact[part]
        return next((level for pattern, level in self._patterns if pattern.fullmatch(part)), None)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(key(part)) for part in text.split("*")))
