"""Which clause is taught where and asked by which question: 条文—课文—题.

Taught is where a lesson's published text cites the article, in so many words; asked is what cites it in any text of the
question: stem, options, their feedback, explanation. 行业规范 have no articles that we know, so the text names them by
that word; they are one clause.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pymdownx.slugs import slugify

from ..corpus import Corpus, Page
from ..law.citation import Citation, article_name
from ..law.register import register_of
from ..law.sources import citations
from ..law.statute import KINDS, NORMS
from ..quiz.model import Question

NORM = "行业规范"
"""What every page calls them (docs/guide/law.md)."""
HEADING = re.compile(r"^(#{2,3})[ \t]+(.+?)[ \t]*(?:\{[^}]*\})?[ \t]*$", re.MULTILINE)
MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*`]")
SLUG = slugify(case="lower")


@dataclass(frozen=True)
class Place:
    """A section of a lesson."""

    lesson: str
    """Its title."""
    section: str
    """Its heading; nothing before the first one."""


@dataclass(frozen=True)
class Clause:
    """An article, with where it is taught and what asks for it."""

    statute: str
    """The usual name."""
    binding: str
    article: str
    taught: tuple[Place, ...]
    asked: tuple[str, ...]
    """Full IDs of questions."""


@dataclass(frozen=True)
class Taught:
    """A lesson that was taught, or sections of it."""

    page: Page
    sections: frozenset[str] | None = None
    """The headings' IDs, as timetables name them; None for the whole lesson."""


def clauses(corpus: Corpus, lessons: Iterable[Taught]) -> list[Clause]:
    """Give the clauses of the lessons, statutes with most of them first within each kind."""
    taught: dict[tuple[str, str], dict[Place, None]] = defaultdict(dict)
    asked: dict[tuple[str, str], list[str]] = defaultdict(list)
    for lesson in lessons:
        for place, text in places(lesson):
            for key in _cited(corpus, lesson.page, text):
                taught[key][place] = None
        for identifier, question in questions(corpus, lesson.page):
            for key in dict.fromkeys(key for text in texts(question) for key in _cited(corpus, lesson.page, text)):
                asked[key].append(identifier)
    keys = {**taught, **asked}
    count = Counter(path for path, _ in keys)

    def order(key: tuple[str, str]) -> tuple[int, int, str, list[int]]:
        page = corpus.page(key[0])
        if page is None or page.statute is None:
            return len(KINDS), 0, "", []
        return KINDS.index(page.statute.kind), -count[page.path], page.path, [int(n) for n in key[1].split("-")]

    return [
        _clause(corpus, key, tuple(taught.get(key, ())), tuple(asked.get(key, ()))) for key in sorted(keys, key=order)
    ]


def _clause(corpus: Corpus, key: tuple[str, str], taught: tuple[Place, ...], asked: tuple[str, ...]) -> Clause:
    path, article = key
    page = corpus.page(path)
    if page is None or page.statute is None:
        norms = [page.statute for page in register_of(corpus).pages if page.statute and page.statute.kind in NORMS]
        names = "、".join(norm.short[0] for norm in norms)
        return Clause(NORM, f"{NORM}，不是法律", f"没有条号（{names}）", taught, asked)
    return Clause(page.statute.short[0], page.statute.binding, article_name(article), taught, asked)


def _cited(corpus: Corpus, page: Page, text: str) -> Iterator[tuple[str, str]]:
    """Give the articles that a text cites: the statute's page, and the article's key."""
    register = register_of(corpus)
    for located in citations(text):
        if isinstance(located.found, Citation) and (statute := register.page_of(located.found, page)):
            yield statute.path, located.found.key
    if NORM in text:
        yield "", ""


def places(lesson: Taught) -> Iterator[tuple[Place, str]]:
    """Give the sections of a lesson that were taught, with their published text."""
    text = lesson.page.public
    headings = list(HEADING.finditer(text))
    if lesson.sections is None:
        yield Place(lesson.page.title, ""), text[: headings[0].start() if headings else len(text)]
    ends = [match.start() for match in headings[1:]] + [len(text)]
    chapter = ""
    for match, end in zip(headings, ends, strict=False):
        title = MARKUP.sub(r"\1", match[2])
        # A section of the second level brings those below it along.
        chapter = chapter if len(match[1]) > 2 else SLUG(title, "-")
        if lesson.sections is None or not lesson.sections.isdisjoint((chapter, SLUG(title, "-"))):
            yield Place(lesson.page.title, title), text[match.start() : end]


def questions(corpus: Corpus, page: Page) -> Iterator[tuple[str, Question]]:
    """Give the questions of a lesson, by their full IDs."""
    for identifier in page.quizzes:
        found = corpus.quiz(identifier)
        for question in found.model.questions if found and found.model else ():
            yield f"{identifier}/{question.id}", question


def texts(question: Question) -> Iterator[str]:
    """Give every text of a question."""
    waiting: list[Any] = [question.model_dump()]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, (dict, list)):
            waiting += value.values() if isinstance(value, dict) else value
