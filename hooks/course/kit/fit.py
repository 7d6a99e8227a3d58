"""How much text fits: widths in ems of Chinese, lines, and cuts between sentences.

An estimate on the safe side, since PowerPoint, LibreOffice and WeasyPrint break lines a little differently.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from math import ceil
from typing import TypeVar

T = TypeVar("T")

SENTENCE = re.compile(r".+?(?:[。！？]+[”’）」』]*|$)", re.DOTALL)
NARROW = 0.58
"""Width of a Latin letter or digit, in ems."""


def width(text: str) -> float:
    """Give the width of a text in ems."""
    return sum(1 if unicodedata.east_asian_width(character) in "WFA" else NARROW for character in text)


def lines(text: str, ems: float, loss: float = 1) -> int:
    """Give how many lines of `ems` a text takes; a line loses up to an em to rules of line breaking."""
    wide = width(text)
    return 1 if wide <= ems else ceil(wide / (ems - loss))


def sentences(text: str) -> list[str]:
    """Cut a text between sentences; a quotation stays whole."""
    found: list[str] = []
    for piece in SENTENCE.findall(text):
        if found and found[-1].count("“") > found[-1].count("”"):
            found[-1] += piece
        else:
            found.append(piece)
    return [piece.strip() for piece in found if piece.strip()]


def cut(text: str, ems: float, most: int) -> Iterator[str]:
    """Cut a text into pieces of at most `most` lines, between sentences where that is possible."""
    piece = ""
    for sentence in sentences(text):
        if piece and lines(piece + sentence, ems) > most:
            yield piece
            piece = ""
        piece += sentence
        while lines(piece, ems) > most:
            end = _last_break(piece, int((ems - 1) * most))
            yield piece[:end]
            piece = piece[end:]
    if piece:
        yield piece


def _last_break(text: str, most: int) -> int:
    """Give where the longest beginning of at most `most` ems ends, after a comma if there is one near."""
    end, used = 0, 0.0
    for place, character in enumerate(text, 1):
        used += width(character)
        if used > most:
            break
        end = place
    comma = max(text.rfind(mark, 0, end) for mark in "，；：、")
    return comma + 1 if comma > end // 2 else end


def packed(items: Sequence[tuple[T, float]], room: float) -> list[list[T]]:
    """Put items of known height one after the other into as few groups as hold them, evenly filled."""
    count = len(_packed(items, room))
    even = sum(height for _, height in items) / max(count, 1)
    tries = (min(room, even * (1 + step / 20)) for step in range(41))
    return next((groups for least in tries if len(groups := _packed(items, least)) <= count), _packed(items, room))


def _packed(items: Sequence[tuple[T, float]], room: float) -> list[list[T]]:
    groups: list[list[T]] = []
    used = room + 1
    for item, height in items:
        if used + height > room:
            groups.append([])
            used = 0
        groups[-1].append(item)
        used += height
    return groups
