"""The head of a lesson: how long it takes, what one can do afterwards, and where it stands in its course."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import PurePosixPath

from .corpus import Page
from .duration import spoken
from .elements import add, add_plain
from .site import Site


def add_head(root: ET.Element, site: Site) -> None:
    """Put the head after the first heading, if this page is a lesson."""
    page = site.page
    heading = next((place for place, element in enumerate(root) if element.tag == "h1"), None)
    if page and page.lesson and heading is not None:
        root.insert(heading + 1, _head(page, site))
        # Draws nothing; docs/assets/reading.js notes what has been read.
        add(root, "course-reading", data_path=page.path)


def _head(page: Page, site: Site) -> ET.Element:
    head = ET.Element("dl", {"class": "lesson-head"})
    assert page.lesson
    add_plain(head, "dt", "时间")
    study = spoken(site.corpus.study_minutes(page))
    add_plain(head, "dd", f"课时 {spoken(page.lesson.minutes)} · 自学约 {study}")
    add_plain(head, "dt", "学完能")
    objectives = add(add(head, "dd"), "ul")
    for text in page.lesson.objectives.values():
        add_plain(objectives, "li", text)
    if course := site.corpus.course_of(page.path):
        lessons = site.corpus.lessons(PurePosixPath(page.path).parent.as_posix())
        place = [lesson.path for lesson in lessons].index(page.path) + 1
        add_plain(head, "dt", "位置")
        where = add(head, "dd")
        add_plain(where, "a", course.title, href="index.md")
        where[-1].tail = f" · 第 {place} 课，共 {len(lessons)} 课"
    return head
