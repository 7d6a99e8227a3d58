"""The question bank: a course's lessons, sections and questions as a script that the practice pages fetch.

A script rather than JSON, because a site opened from a folder may fetch nothing else. Questions are the HTML of the
lesson's own quiz, so that there is one renderer; docs/assets/bank.js makes their links absolute.
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any, NamedTuple

from .corpus import CHARACTERS_A_MINUTE, Corpus, Page

FOLDER = "assets/bank"
HEADING = re.compile(r'<h(?P<level>[23]) id="(?P<id>[^"]+)"[^>]*>(?P<title>.*?)</h(?P=level)>', re.DOTALL)
QUIZ = re.compile(r'<course-quiz [^>]*data-quiz="(?P<id>[^"]+)".*?</course-quiz>', re.DOTALL)
FIELD = re.compile(r'<fieldset [^>]*data-question="(?P<id>[^"]+)".*?</fieldset>', re.DOTALL)
NOTES = re.compile(r"<law-notes.*?</law-notes>|<aside class=\"instructor\">.*?</aside>", re.DOTALL)
PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
WORD = re.compile(r"[\u3400-\u9fff]+|[a-z0-9.]+")
HTML = "html"
CLOSING = ("自测", "小结")
"""Sections that explain nothing: they ask, or sum up."""


class Section(NamedTuple):
    """A part of a page under a heading, up to the next one."""

    id: str
    level: int
    title: str
    text: str


def sections(html: str) -> list[Section]:
    """Split a rendered page at its headings of the second and third level; quizzes and notes are left out."""
    html = NOTES.sub("", QUIZ.sub("", html))
    found = list(HEADING.finditer(html))
    ends = [match.start() for match in found[1:]] + [len(html)]
    return [
        Section(
            unescape(match["id"]),
            int(match["level"]),
            _text(PERMALINK.sub("", match["title"])),
            _text(html[match.end() : end]),
        )
        for match, end in zip(found, ends, strict=False)
    ]


class Explained:
    """Finds the section that explains a question: the one that shares most words with it, rare ones counting more.

    Cosine of tf-idf vectors over pairs of characters (Salton & Buckley, Term-weighting approaches, 1988).
    """

    def __init__(self, among: Iterable[Section]) -> None:
        """Weigh the words of the sections, once for all questions."""
        self.sections = [section for section in among if not section.title.startswith(CLOSING)]
        counts = [Counter(_words(section.title + section.text)) for section in self.sections]
        spread = Counter(word for count in counts for word in count)
        self.weight = {word: math.log(1 + len(counts) / times) for word, times in spread.items()}
        # Where each word stands: the section's place, and the word's share of that section's vector.
        self.found_in: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, count in enumerate(counts):
            vector = {word: (1 + math.log(times)) * self.weight[word] for word, times in count.items()}
            length = math.hypot(*vector.values())
            for word, value in vector.items():
                self.found_in[word].append((place, value / length))

    def by(self, question: str) -> Section | None:
        """Give the section, or None where no word is shared."""
        scores: dict[int, float] = defaultdict(float)
        for word, times in Counter(_words(question)).items():
            for place, value in self.found_in.get(word, ()):
                scores[place] += value * times * self.weight[word]
        # Of equals the first, whatever order the words came in.
        best = max(sorted(scores), key=scores.__getitem__, default=None)
        return None if best is None else self.sections[best]


def lesson(page: Page, html: str, url: str, corpus: Corpus) -> dict[str, Any]:
    """Give what practice needs of a lesson, from its rendered page, which lies at `url` below the site's root."""
    assert page.lesson
    parts = sections(html)
    return {
        "path": page.path,
        "page": url,
        "title": page.title,
        "minutes": page.lesson.minutes,
        "objectives": dict(page.lesson.objectives),
        "sections": list(_chapters(parts)),
        "questions": list(_questions(html, parts, corpus.questions(page))),
    }


def _chapters(parts: list[Section]) -> Iterator[dict[str, Any]]:
    """Give the sections of the second level with all below them, and how long they take to read."""
    for place, part in enumerate(parts):
        if part.level == 2 and not part.title.startswith(CLOSING):
            after = parts[place + 1 :]
            below = next((count for count, other in enumerate(after) if other.level == 2), len(after))
            characters = sum(len(other.text) for other in (part, *after[:below]))
            yield {
                "id": part.id,
                "title": part.title,
                "minutes": max(1, round(characters / CHARACTERS_A_MINUTE)),
                "within": [part.id, *(other.id for other in after[:below])],
            }


def _questions(html: str, parts: list[Section], hashes: Mapping[str, str]) -> Iterator[dict[str, str]]:
    explained = Explained(parts)
    for quiz in QUIZ.finditer(html):
        for field in FIELD.finditer(quiz[0]):
            identifier = f"{unescape(quiz['id'])}/{field['id']}"
            section = explained.by(_text(field[0]))
            yield {
                "id": identifier,
                "hash": hashes[identifier],
                "objective": _attribute(field[0], "data-objective"),
                "section": section.id if section else "",
                "about": section.title if section else "",
                HTML: field[0],
            }


def scripts(course: str, title: str, lessons: list[dict[str, Any]]) -> dict[str, str]:
    """Write a course's bank as two scripts, by name: what there is, and the questions themselves."""
    questions = {question["id"]: question[HTML] for lesson in lessons for question in lesson["questions"]}
    told = [
        {
            **lesson,
            "questions": [
                {key: value for key, value in question.items() if key != HTML} for question in lesson["questions"]
            ],
        }
        for lesson in lessons
    ]
    return {
        f"{course}.js": _call("add", course, {"title": title, "lessons": told}),
        f"{course}-questions.js": _call("addQuestions", course, questions),
    }


def _call(function: str, course: str, data: Any) -> str:
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"window.qingshou.bank.{function}({json.dumps(course)},{written})\n"


def _attribute(html: str, name: str) -> str:
    found = re.search(rf'{name}="([^"]*)"', html)
    return unescape(found[1]) if found else ""


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def _words(text: str) -> Iterator[str]:
    """Give the pairs of characters of Chinese text, and other words whole."""
    for run in WORD.findall(text.lower()):
        if run[0] < "\u3400":
            yield run
        else:
            yield from map("".join, itertools.pairwise(run))
