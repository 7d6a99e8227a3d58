"""Finding citations in plain Chinese text.

    《民法典》第一百八十八条第一款           a statute by its full or short name, an article, a paragraph
    第一百九十二条、第一百九十三条             more articles of the same statute
    第五百三十五条至第五百四十二条             a range
    第十三条第一款第四项、第二款               more of the same article
    同法第五条、本法第三条                     the statute named before; the statute of this page

Numerals may be Chinese or Arabic. `find` serves twice: on sources, for the checks, and on a page's text, for links; so
it knows nothing of either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .numerals import DIGITS, to_chinese, to_number

N = f"[{DIGITS}]++"
# Emphasis may stand between a statute's name and the article.
SOFT = r"[*_\s]*+"
NAME = r"《(?P<statute>[^《》]{2,60})》|(?P<same>同法|该法)|(?P<own>本法|本条例|本规定|本解释|本办法)"
ARTICLE = rf"第(?P<article>{N})条(?:之(?P<sub>[一二三四五六七八九]))?"
PARAGRAPH = rf"第(?P<paragraph>{N})款"
ITEM = rf"第[（(]?(?P<item>{N})[）)]?项"
# An article with its paragraph and item; or, after an article, a further 款 or 项 of it.
TOKEN = re.compile(rf"(?:(?:{NAME}){SOFT})?{ARTICLE}(?:{PARAGRAPH})?(?:{ITEM})?")
MORE = re.compile(rf"{PARAGRAPH}(?:{ITEM})?|{ITEM.replace('item', 'alone')}")
SEPARATOR = re.compile(rf"{SOFT}(?:[、，,]|和|与|及|或者?|以及|至|到|-|–)?{SOFT}")
RANGE = re.compile(rf"{SOFT}(?:至|到|-|–){SOFT}")
# Contracts and house rules have articles, too; they are no statutes.
PRIVATE = re.compile(r"(?:合同|协议|条款|章程|制度)[（(]?[》）)]?$")
PRIVATE_LENGTH = 20
"""How far before an article such a word may end."""


@dataclass(frozen=True)
class Citation:
    """One place where an article is cited."""

    start: int
    end: int
    statute: str | None
    """The name as it is written, without 《》; None for the statute of the page itself."""
    article: int
    sub: int = 0
    """The 一 of 之一, as a number; 0 where there is none."""
    paragraph: int | None = None
    item: int | None = None
    implied: bool = False
    """Whether it lies inside a range and is not written out."""

    @property
    def key(self) -> str:
        """The article's ID on its statute's page: `188`, `293-1`."""
        return article_key(self.article, self.sub)


@dataclass(frozen=True)
class Bare:
    """An article without a statute: nobody can tell which is meant."""

    start: int
    end: int
    text: str


def article_key(article: int, sub: int = 0) -> str:
    """Give the ID of an article's heading."""
    return f"{article}-{sub}" if sub else str(article)


def article_name(key: str) -> str:
    """Say an article's key in Chinese: `293-1` is 第二百九十三条之一."""
    article, _, sub = key.partition("-")
    return f"第{to_chinese(int(article))}条" + (f"之{to_chinese(int(sub))}" if sub else "")


def find(text: str) -> list[Citation | Bare]:
    """Find all citations of `text`, a block's worth, in their order."""
    return list(_found(text))


def _found(text: str) -> Iterator[Citation | Bare]:
    statute: str | None = None
    """The last statute named; None also for the page's own."""
    known = False
    previous: Citation | None = None
    for match in TOKEN.finditer(text):
        follows = previous is not None and bool(SEPARATOR.fullmatch(text, previous.end, match.start()))
        named = bool(match["statute"] or match["same"] or match["own"])
        if match["statute"] or match["own"]:
            statute, known = match["statute"], True
        article = to_number(match["article"])
        if article is None or not known or not (named or follows):
            previous = None
            if not PRIVATE.search(text[max(0, match.start() - PRIVATE_LENGTH) : match.start()].rstrip("*_ \t\n")):
                yield Bare(match.start(), match.end(), match[0])
            continue
        current = Citation(
            match.start(),
            match.end(),
            statute,
            article,
            _number(match["sub"]) or 0,
            _number(match["paragraph"]),
            _number(match["item"]),
        )
        if previous and follows and RANGE.fullmatch(text, previous.end, match.start()):
            for between in range(previous.article + 1, article):
                yield Citation(current.start, current.end, statute, between, implied=True)
        yield current
        previous = current
        for more in _more(text, current):
            yield more
            previous = more


def _more(text: str, previous: Citation) -> Iterator[Citation]:
    """Find the further 款 and 项 that follow an article: 、第二款."""
    while True:
        separator = SEPARATOR.match(text, previous.end)
        match = MORE.match(text, separator.end()) if separator else None
        if match is None:
            return
        paragraph = _number(match["paragraph"]) or previous.paragraph
        item = _number(match["item"] or match["alone"])
        previous = replace(previous, start=match.start(), end=match.end(), paragraph=paragraph, item=item)
        yield previous


def _number(text: str | None) -> int | None:
    return to_number(text) if text else None
