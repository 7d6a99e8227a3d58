"""Lists computed from the content: the cards of all courses, and lessons with a reader's progress."""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import PurePosixPath

from .blocks import Block
from .corpus import Corpus, Page
from .duration import spoken
from .elements import add, add_plain
from .mistakes import Mistake

NONE_LEFT = "这里的课，本站没有收。"
"""Stands for a list of lessons that a company leaves out one and all."""


def render_courses(parent: ET.Element, corpus: Corpus, path: str) -> ET.Element:
    """Append a card for every course; `path` is the page they stand on."""
    cards = add(parent, "ul", class_="cards")
    for course in corpus.courses():
        assert course.course
        link = add(add(cards, "li"), "a", href=_relative(course.path, path))
        add_plain(link, "strong", course.title)
        add_plain(link, "span", course.course.description)
        lessons = corpus.lessons(PurePosixPath(course.path).parent.as_posix())
        facts = [
            course.course.duration,
            f"{len(lessons)} 课",
            spoken(_minutes(lessons)),
            f"{_count(corpus, lessons)} 题",
        ]
        add_plain(link, "small", " · ".join(facts))
    return cards


def render_lessons(parent: ET.Element, corpus: Corpus, path: str, block: Block) -> ET.Element:
    """Append the lessons that a `/// lessons` block on the page at `path` names, or all of that page's course."""
    named = block.body.strip()
    folder = PurePosixPath(path).parent.as_posix()
    lessons = named_lessons(block, path, corpus) if named else corpus.lessons(folder)
    if named and not lessons:
        return add_plain(parent, "p", NONE_LEFT)
    root = add(parent, "div", class_="lessons")
    facts = [f"{len(lessons)} 课", f"课时 {spoken(_minutes(lessons))}", f"{_count(corpus, lessons)} 题"]
    summary = add(root, "p", class_="lessons-summary")
    add_plain(summary, "span", " · ".join(facts))
    questions = {key: digest for lesson in lessons for key, digest in corpus.questions(lesson).items()}
    _progress(summary, questions, "全部" if named else "全课程")
    table = add(root, "ol", class_="lessons-list")
    for lesson in lessons:
        assert lesson.lesson
        row = add(table, "li")
        add_plain(row, "a", lesson.title, href=_relative(lesson.path, path))
        facts = [f"课时 {spoken(lesson.lesson.minutes)}", f"自学约 {spoken(corpus.study_minutes(lesson))}"]
        if named and (course := corpus.course_of(lesson.path)):
            facts.insert(0, course.title)
        add_plain(row, "small", " · ".join(facts))
        _progress(row, corpus.questions(lesson), lesson.title)
    return root


def named_lessons(block: Block, path: str, corpus: Corpus) -> list[Page]:
    """Give the lessons that a `/// lessons` block on the page at `path` names."""
    named = [corpus.page(target) for _, target in _named(block, path)]
    return [page for page in named if page and page.lesson]


def mistakes(block: Block, page: Page, corpus: Corpus) -> Iterator[Mistake]:
    """Tell which lessons named in a `/// lessons` block of `page` are none."""
    for line, target in _named(block, page.path):
        found = corpus.page(target)
        lacks = found is None and not corpus.leaves_out(target)
        if lacks or (found and found.lesson is None and not found.mistakes):
            place = corpus.source_of(page.path), page.first_line + block.start + 1 + line
            yield Mistake(*place, f"没有“{target}”这一课", "一行一课，写课文文件相对本页的路径")


def _named(block: Block, path: str) -> Iterator[tuple[int, str]]:
    """Give the lessons a block names, one a line: the line in its body, and the path relative to docs/."""
    folder = PurePosixPath(path).parent
    for line, text in enumerate(block.body.split("\n")):
        if text.strip():
            yield line, posixpath.normpath(folder / text.strip())


def _progress(parent: ET.Element, questions: dict[str, str], label: str) -> None:
    """Append the number of questions; docs/assets/progress.js adds how many this reader has answered."""
    stored = " ".join(f"{key}:{digest}" for key, digest in questions.items())
    progress = add(parent, "course-progress", data_questions=stored, data_label=label)
    add_plain(progress, "span", f"{len(questions)} 题")


def _minutes(lessons: list[Page]) -> int:
    return sum(lesson.lesson.minutes for lesson in lessons if lesson.lesson)


def _count(corpus: Corpus, lessons: list[Page]) -> int:
    return sum(len(corpus.questions(lesson)) for lesson in lessons)


def _relative(target: str, page: str) -> str:
    """Write a link from `page` to `target`, both relative to docs/, as an author would."""
    return posixpath.relpath(target, PurePosixPath(page).parent.as_posix() or ".")
