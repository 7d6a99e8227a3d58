"""`/// practice | exam`: the elements that let a reader practise; docs/assets/ holds a script for each."""

from __future__ import annotations

import json
import posixpath
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from .blocks import Block
from .catalogue import named_lessons
from .corpus import Corpus, Page
from .elements import add, add_plain
from .mistakes import Mistake

KINDS = {
    "today": "course-today",
    "notebook": "course-notebook",
    "exam": "course-exam",
    "record": "course-record",
    "papers": "course-papers",
    "results": "course-results",
    "learner": "course-learner",
}
PATHS = "paths.md"
"""The page whose lists of lessons are the roles' learning paths."""
NOTEBOOK = "practice/notebook.md"
HEADING = re.compile(r"^## (?P<title>.+)$", re.MULTILINE)
WITHOUT_SCRIPT = "这一页要靠浏览器的脚本才能用；课文和自测不用脚本也能读。"


def render(parent: ET.Element, kind: str, corpus: Corpus, path: str) -> ET.Element | None:
    """Append the element, with the courses and paths it may draw from; None where there is no such kind."""
    if kind not in KINDS:
        return None
    courses = [{"id": _folder(course), "title": course.title} for course in corpus.courses()]
    data = {"data_courses": _json(courses), "data_scopes": _json([*_roles(corpus), *_courses(corpus)])}
    if kind == "learner":
        data = {}
    elif kind in ("notebook", "record", "results"):
        data.pop("data_scopes")
    else:
        data.pop("data_courses")
    if kind == "today":
        data["data_notebook"] = posixpath.relpath(NOTEBOOK.removesuffix(".md"), path.removesuffix(".md")) + "/"
    element = add(parent, KINDS[kind], class_="practice", data_search_exclude="true", **data)
    add_plain(element, "p", WITHOUT_SCRIPT)
    return element


def mistakes(block: Block, page: Page, corpus: Corpus) -> Iterator[Mistake]:
    """Tell a kind of practice that does not exist."""
    if block.argument not in KINDS:
        place = corpus.source_of(page.path), page.first_line + block.start
        yield Mistake(*place, f"没有“{block.argument}”这种练习", "可用：" + "、".join(KINDS))


def _courses(corpus: Corpus) -> Iterator[dict[str, Any]]:
    for course in corpus.courses():
        yield {"id": _folder(course), "kind": "课程", "title": course.title, "courses": [_folder(course)]}


def _roles(corpus: Corpus) -> Iterator[dict[str, Any]]:
    """Give the learning paths: each list of lessons on the page of paths, under its heading."""
    page = corpus.page(PATHS)
    headings = list(HEADING.finditer(page.body)) if page else []
    for block in page.blocks if page else []:
        above = [match for match in headings if page and page.body.count("\n", 0, match.start()) < block.start]
        if block.name == "lessons" and above and page:
            lessons = [lesson.path for lesson in named_lessons(block, page.path, corpus)]
            if not lessons:
                continue  # A company that leaves a role's lessons out trains nobody for it.
            folders = list(dict.fromkeys(PurePosixPath(lesson).parent.as_posix() for lesson in lessons))
            title = above[-1]["title"].strip()
            yield {"id": f"role-{title}", "kind": "岗位", "title": title, "courses": folders, "lessons": lessons}


def _folder(course: Page) -> str:
    return PurePosixPath(course.path).parent.as_posix()


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
