"""Lists computed from the content: the cards of all courses, and the lessons of one with a reader's progress."""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET
from pathlib import PurePosixPath

from .duration import spoken
from .elements import add, add_plain
from .library import Library, Page


def render_courses(parent: ET.Element, library: Library, path: str) -> ET.Element:
    """Append a card for every course; `path` is the page they stand on."""
    cards = add(parent, "ul", class_="cards")
    for course in library.courses():
        assert course.course
        link = add(add(cards, "li"), "a", href=_relative(course.path, path))
        add_plain(link, "strong", course.title)
        add_plain(link, "span", course.course.description)
        lessons = library.lessons(PurePosixPath(course.path).parent.as_posix())
        facts = [
            course.course.duration,
            f"{len(lessons)} 课",
            spoken(_minutes(lessons)),
            f"{_count(library, lessons)} 题",
        ]
        add_plain(link, "small", " · ".join(facts))
    return cards


def render_lessons(parent: ET.Element, library: Library, path: str) -> ET.Element:
    """Append the lessons of the course on whose page, at `path`, they stand."""
    lessons = library.lessons(PurePosixPath(path).parent.as_posix())
    root = add(parent, "div", class_="lessons")
    facts = [f"{len(lessons)} 课", f"课时 {spoken(_minutes(lessons))}", f"{_count(library, lessons)} 题"]
    summary = add(root, "p", class_="lessons-summary")
    add_plain(summary, "span", " · ".join(facts))
    questions = {key: digest for lesson in lessons for key, digest in library.questions(lesson).items()}
    _progress(summary, questions, "全课程")
    table = add(root, "ol", class_="lessons-list")
    for lesson in lessons:
        assert lesson.lesson
        row = add(table, "li")
        add_plain(row, "a", lesson.title, href=_relative(lesson.path, path))
        times = f"课时 {spoken(lesson.lesson.minutes)} · 自学约 {spoken(library.study_minutes(lesson))}"
        add_plain(row, "small", times)
        _progress(row, library.questions(lesson), lesson.title)
    return root


def _progress(parent: ET.Element, questions: dict[str, str], label: str) -> None:
    """Append the number of questions; docs/assets/progress.js adds how many this reader has answered."""
    stored = " ".join(f"{key}:{digest}" for key, digest in questions.items())
    progress = add(parent, "course-progress", data_questions=stored, data_label=label)
    add_plain(progress, "span", f"{len(questions)} 题")


def _minutes(lessons: list[Page]) -> int:
    return sum(lesson.lesson.minutes for lesson in lessons if lesson.lesson)


def _count(library: Library, lessons: list[Page]) -> int:
    return sum(len(library.questions(lesson)) for lesson in lessons)


def _relative(target: str, page: str) -> str:
    """Write a link from `page` to `target`, both relative to docs/, as an author would."""
    return posixpath.relpath(target, PurePosixPath(page).parent.as_posix() or ".")
