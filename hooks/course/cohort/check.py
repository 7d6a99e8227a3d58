"""What an instructor can get wrong about a cohort, beyond what its front matter says by itself."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

from ..corpus import Corpus, Page
from ..duration import clock
from ..mistakes import Mistake
from ..source import Tree, read_yaml, split_front_matter
from .model import Cohort
from .plan import cohorts, dated, schedules, undated

BLOCKS = ("class", "sign-in")
"""Blocks that show the cohort of their own page."""
RUN_SHEET = "run-sheet"


class _Taken(NamedTuple):
    """When a trainer or a room is taken."""

    who: str
    date: str
    start: int
    end: int
    name: str
    """The file that says so."""


class _Source:
    """A cohort's page, to tell mistakes by their line."""

    def __init__(self, corpus: Corpus, page: Page) -> None:
        self.corpus, self.page = corpus, page
        self.name = corpus.source_of(page.path)

    @cached_property
    def _tree(self) -> Tree:
        text = self.corpus.file_of(self.page.path).read_text(encoding="utf-8-sig")
        return read_yaml(split_front_matter(text)[0], self.name, 2)[0]

    def wrong(self, key: str, what: str, remedy: str, *below: str | int) -> Mistake:
        return Mistake(self.name, 2 + self._tree.line(("class", key, *below)), what, remedy)


def check(corpus: Corpus) -> Iterator[Mistake]:
    """Find the mistakes of all cohorts, and of blocks that show one."""
    taken: list[_Taken] = []
    for page in cohorts(corpus):
        source = _Source(corpus, page)
        assert page.cohort
        yield from _timetable(source, page.cohort)
        yield from _complete(source, page.cohort)
        yield from _actual(source, page.cohort)
        yield from _clashes(source, page.cohort, taken)
    for page in corpus.pages():
        yield from _blocks(corpus, page)


def _timetable(source: _Source, cohort: Cohort) -> Iterator[Mistake]:
    written = schedules(source.corpus.page(cohort.timetable))
    if len(written) != 1:
        what = "没有课程表" if not written else f"有 {len(written)} 份课程表"
        yield source.wrong("timetable", f"“{cohort.timetable}”里{what}", "写一页有一份课程表的页面，相对 docs/ 的路径")
        return
    timetable = undated(source.corpus, source.page)
    if timetable and len(timetable.days) != len(cohort.dates):
        what = f"课程表有 {len(timetable.days)} 天，日期写了 {len(cohort.dates)} 个"
        yield source.wrong("dates", what, "每一天一个日期")


def _taught(source: _Source) -> set[str]:
    """Give the lessons that the timetable teaches whole, by path; sections of a lesson are not the lesson."""
    timetable = undated(source.corpus, source.page)
    slots = [slot for day in timetable.days for slot in day.slots] if timetable else []
    return {slot.page for slot in slots if slot.page and "#" not in slot.link}


def _complete(source: _Source, cohort: Cohort) -> Iterator[Mistake]:
    if cohort.complete is None:
        return
    lessons = source.corpus.lessons(cohort.complete)
    if not lessons:
        folders = [PurePosixPath(course.path).parent.as_posix() for course in source.corpus.courses()]
        yield source.wrong("complete", f"没有“{cohort.complete}”这门课", f"可用：{'、'.join(folders)}")
        return
    taught = _taught(source)
    dropped = {path for path, minutes in cohort.actual.items() if minutes == 0}
    remedy = "把它排进课程表，或删去“complete:”"
    for lesson in lessons if taught else ():
        if lesson.path not in taught:
            yield source.wrong("complete", f"说是讲全了，课程表里却没有“{lesson.title}”", remedy)
        elif lesson.path in dropped:
            what = f"说是讲全了，“{lesson.title}”实际却没有讲（0 分钟）"
            yield source.wrong("actual", what, "补讲后写明分钟数，或删去“complete:”", lesson.path)


def _actual(source: _Source, cohort: Cohort) -> Iterator[Mistake]:
    timetable = undated(source.corpus, source.page)
    if timetable is None:
        return
    known = sorted({slot.page for day in timetable.days for slot in day.slots if slot.page})
    for path in cohort.actual:
        if path not in known:
            close = difflib.get_close_matches(path, known, 1)
            remedy = f"是不是“{close[0]}”？" if close else "写课程表里有的课，相对 docs/ 的路径"
            yield source.wrong("actual", f"课程表里没有“{path}”", remedy, path)


def _clashes(source: _Source, cohort: Cohort, taken: list[_Taken]) -> Iterator[Mistake]:
    """Tell a trainer or a room that an earlier page, or an earlier day, has at the same time."""
    timetable = dated(source.corpus, source.page)
    for place, day in enumerate(timetable.days if timetable else ()):
        for key, who in (("trainer", cohort.trainer), ("room", cohort.room)):
            now = _Taken(f"{key} {who}", str(day.date), day.slots[0].start, day.slots[-1].end, source.name)
            for other in taken:
                same = other.who == now.who and other.date == now.date
                if same and other.start < now.end and now.start < other.end:
                    span = f"{other.date} {clock(other.start)}–{clock(other.end)}"
                    what = f"“{who}”{span} 已排在 {other.name}"
                    remedy = "改日期、改时间，或换人" if key == "trainer" else "改日期、改时间，或换地方"
                    yield source.wrong("dates", what, remedy, place)
            taken.append(now)


def _blocks(corpus: Corpus, page: Page) -> Iterator[Mistake]:
    """A cohort is shown where it is written; its run sheet names it."""
    name = corpus.source_of(page.path)
    for block in page.blocks:
        line = page.first_line + block.start
        if block.name in BLOCKS and page.cohort is None and not page.mistakes:
            yield Mistake(name, line, f"这一页的页首没有“class:”，“/// {block.name}”没有可显示的班次", "补上页首")
        elif block.name == RUN_SHEET:
            target = corpus.page(block.argument)
            if page.meta.edition != "instructor" and not page.mistakes:
                yield Mistake(name, line, "主持单只给讲师看", "在页首写“edition: instructor”")
            if target is None or (target.cohort is None and not target.mistakes):
                yield Mistake(name, line, f"没有“{block.argument}”这个班次", "写班次页面相对 docs/ 的路径")
    if page.cohort and not page.mistakes and not any(block.name == "class" for block in page.blocks):
        yield Mistake(name, 1, "页首写了班次，正文却没有放", "在正文里写“/// class”和“///”")
