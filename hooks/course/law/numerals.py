"""Chinese numerals as statutes number their articles."""

from __future__ import annotations

from functools import lru_cache

import cn2an

DIGITS = "零〇一二两三四五六七八九十百千0-9０-９"
"""A character class of all digits that an article's number is written in."""


LAST = 9999
LONGEST = len("九千九百九十九")
"""No statute has more articles."""


@lru_cache(maxsize=4096)
def to_number(text: str) -> int | None:
    """Read a number in Chinese or Arabic numerals; None where it is none.

    >>> to_number("一千零三十三")
    1033
    """
    if len(text) > LONGEST:
        return None
    try:
        number = int(text) if text.isdecimal() else int(cn2an.cn2an(text.replace("〇", "零"), "normal"))
    except (ValueError, LookupError):  # cn2an stumbles over 零十零
        return None
    return number if 0 < number <= LAST else None


@lru_cache(maxsize=4096)
def to_chinese(number: int) -> str:
    """Write a number in Chinese numerals.

    >>> to_chinese(210)
    '二百一十'
    """
    return str(cn2an.an2cn(number))
