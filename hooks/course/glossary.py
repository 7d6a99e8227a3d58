"""Terms explained where they are used: the glossary's page is their one source, a reader gets its words on hover.

Every heading of the third level in docs/glossary.md is a term; the first sentence under it is what `<abbr>` says.
Python-Markdown's own abbreviations look for spaces around a word, which Chinese does not have: here words end where
rjieba ends them, so that 展期 is not found in 发展期间.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import accumulate

import rjieba
from markdown.util import AtomicString

from .corpus import Corpus
from .mistakes import Mistake
from .site import Site

PAGE = "glossary.md"
TERM = re.compile(r"^### (?P<term>[^\n]+?)[ \t]*\n(?P<text>.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)
SENTENCE = re.compile(r"[^。！？\n]+[。！？]")
SKIPPED = {
    "h1", "h2", "h3", "h4", "h5", "h6", "a", "abbr", "code", "pre", "script", "style", "svg", "summary", "figcaption",
    "course-quiz", "law-notes", "law-text",
}  # fmt: skip
LEFT_ALONE = {"outline", "schedule", "lesson-head", "lessons", "cards", "letter"}


def explain(root: ET.Element, site: Site) -> None:
    """Explain each term where a page first uses it."""
    page = site.page
    if page is None or page.path == PAGE or page.statute:
        return
    terms = terms_of(site.corpus)
    if terms:
        _walk(root, dict(terms), _pattern(tuple(terms)))


def terms_of(corpus: Corpus) -> Mapping[str, str]:
    """Give every term, and the sentence that explains it."""
    page = corpus.page(PAGE)
    return _terms(page.public) if page else {}


def mistakes(corpus: Corpus) -> Iterator[Mistake]:
    """Tell which terms of the glossary say nothing, or stand there twice."""
    page = corpus.page(PAGE)
    if page is None:
        return
    name, seen = corpus.source_of(PAGE), set()
    for match in TERM.finditer(page.public):
        line = page.first_line + page.public.count("\n", 0, match.start())
        term = match["term"]
        if term in seen:
            yield Mistake(name, line, f"“{term}”写了两次", "合成一条")
        elif not SENTENCE.match(match["text"].strip()):
            yield Mistake(name, line, f"“{term}”没有说明", "标题下面先写一句话，以句号结束")
        seen.add(term)


@lru_cache(maxsize=1)
def _terms(body: str) -> dict[str, str]:
    found = ((match["term"], SENTENCE.match(match["text"].strip())) for match in TERM.finditer(body))
    return {term: sentence[0] for term, sentence in found if sentence}


@lru_cache(maxsize=1)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    # The longest first: 连带责任保证 is not 保证.
    longest = sorted(terms, key=len, reverse=True)
    return re.compile(r"(?<![A-Za-z0-9])(?:" + "|".join(map(re.escape, longest)) + r")(?![A-Za-z0-9])")


def _walk(element: ET.Element, left: dict[str, str], pattern: re.Pattern[str]) -> None:
    """Wrap the terms in an element and below; what is explained is taken out of `left`."""
    before, terms = _split(element.text, left, pattern)
    children = list(element)
    if terms:
        element.text = before
    for child in children:
        if child.tag not in SKIPPED and LEFT_ALONE.isdisjoint(child.get("class", "").split()):
            _walk(child, left, pattern)
        tail, found = _split(child.tail, left, pattern)
        if found:
            child.tail = tail
            place = list(element).index(child) + 1
            element[place:place] = found
    element[0:0] = terms


def _split(text: str | None, left: dict[str, str], pattern: re.Pattern[str]) -> tuple[str, list[ET.Element]]:
    """Give the text before the first term, and the terms as elements, each with the text after it."""
    matches = [match for match in pattern.finditer(text or "") if match[0] in left]
    if not text or not matches:
        return text or "", []
    ends = {0, *accumulate(map(len, rjieba.cut(text)))}
    before, terms, done = text, list[ET.Element](), 0
    for match in matches:
        if match[0] not in left or not {match.start(), match.end()} <= ends:
            continue
        # A stop for the keyboard: the theme shows the title on focus as on hover.
        term = ET.Element("abbr", {"title": left.pop(match[0]), "tabindex": "0"})
        term.text = AtomicString(match[0])
        term.tail = text[match.end() :]
        if terms:
            terms[-1].tail = text[done : match.start()]
        else:
            before = text[: match.start()]
        terms.append(term)
        done = match.end()
    return before, terms
