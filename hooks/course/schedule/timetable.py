"""A timetable: a schedule with its lessons looked up and its clock times worked out.

A lesson's title, minutes and objectives come from its page, so that a change there moves every later start here.
"""

from __future__ import annotations

import datetime
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..corpus import Corpus, Page
from ..duration import DAY, clock, spoken
from ..mistakes import Mistake
from ..source import read_yaml, validate
from .model import PAUSES, TEACHING, Day, Kind, Schedule, Session

LONGEST_STRETCH = 120
"""Minutes that a class sits without a break."""
LONGEST_MORNING = 240
"""Minutes that a class is taught before lunch."""

Where = tuple[str | int, ...]
Found = tuple[Where, str, str]
"""A mistake: where in the schedule, what, remedy."""


@dataclass(frozen=True)
class Slot:
    """A session with its clock times, in minutes since midnight."""

    kind: Kind
    start: int
    end: int
    title: str
    link: str = ""
    """Relative to the page with the timetable, as an author writes it; empty where there is no page."""
    objectives: tuple[str, ...] = ()
    optional: bool = False
    page: str = ""
    """The lesson's page, relative to docs/."""
    part: tuple[int, int] | None = None
    """Which part of how many, where the lesson is split by a pause."""

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end - self.start


@dataclass(frozen=True)
class TimetableDay:
    """One day's slots."""

    title: str
    slots: tuple[Slot, ...]
    date: datetime.date | None = None
    """The day on which a cohort has it."""

    @property
    def teaching(self) -> int:
        """Minutes of lessons, exercises and discussions."""
        return sum(slot.minutes for slot in self.slots if slot.kind in TEACHING)


@dataclass(frozen=True)
class Timetable:
    """All days."""

    days: tuple[TimetableDay, ...]

    @property
    def teaching(self) -> int:
        """Minutes of lessons, exercises and discussions of all days."""
        return sum(day.teaching for day in self.days)


def read_timetable(
    text: str, path: str, first_line: int, corpus: Corpus, page: str
) -> tuple[Timetable | None, tuple[Mistake, ...]]:
    """Read the schedule that begins at `first_line` of `path`; `page` is the page its lessons are relative to."""
    tree, wrong = read_yaml(text, path, first_line)
    if wrong:
        return None, wrong
    schedule, wrong = validate(Schedule, tree, path, first_line)
    if schedule is None:
        return None, wrong
    planner = _Planner(corpus, page)
    if planner.waits_for_a_lesson(schedule):
        return None, ()
    timetable = planner.plan(schedule)
    wrong = tuple(Mistake(path, first_line + tree.line(where), what, remedy) for where, what, remedy in planner.found)
    return (None if wrong else timetable), wrong


class _Planner:
    """Walks through a schedule with a clock in hand and notes what does not fit."""

    def __init__(self, corpus: Corpus, page: str) -> None:
        self.corpus = corpus
        self.page = page
        self.found: list[Found] = []
        # Where each lesson, or section of one, was taught: its parts so far.
        self.taught: dict[str, list[tuple[int, int] | None]] = {}

    def waits_for_a_lesson(self, schedule: Schedule) -> bool:
        """Say whether a lesson's own front matter must be mended first; its author is told of that alone."""
        pages = (self._page(session) for _, session in _sessions(schedule) if session.lesson)
        return any(page and page.lesson is None and page.mistakes for page in pages)

    def plan(self, schedule: Schedule) -> Timetable:
        """Work out the clock times."""
        days = tuple(self._day(day, ("days", number)) for number, day in enumerate(schedule.days))
        self._all_parts(schedule)
        timetable = Timetable(days)
        # A sum is worth comparing only where every session counts.
        if not self.found:
            self._check_totals(schedule, timetable)
        return timetable

    def _wrong(self, where: Where, what: str, remedy: str) -> None:
        self.found.append((where, what, remedy))

    def _check_totals(self, schedule: Schedule, timetable: Timetable) -> None:
        for number, (written, planned) in enumerate(zip(schedule.days, timetable.days, strict=True)):
            self._check_total(written.total, planned.teaching, ("days", number))
        self._check_total(schedule.total, timetable.teaching, ())

    def _check_total(self, stated: int | None, actual: int, where: Where) -> None:
        if stated is not None and stated != actual:
            what = f"写明教学 {stated} 分钟，各节相加是 {actual} 分钟（{spoken(actual)}）"
            self._wrong((*where, "total"), what, f"把 total 改成 {actual}，或调整各节时长")

    def _day(self, day: Day, where: Where) -> TimetableDay:
        now, sitting, slots = day.start, 0, []
        self._before_lunch(day, where)
        for number, session in enumerate(day.sessions):
            here = (*where, "sessions", number)
            start = self._start(session, now, here)
            end = self._end(session, start, here)
            if session.kind in PAUSES or start > now:
                sitting = 0
            if session.kind in TEACHING:
                fits = sitting <= LONGEST_STRETCH
                sitting += end - start
                if fits and sitting > LONGEST_STRETCH:
                    what = f"到这一节结束（{clock(end % DAY)}）已连续上课 {sitting} 分钟"
                    self._wrong((*here, session.kind), what, f"每 {LONGEST_STRETCH} 分钟内安排一次“break: 10”")
            slots.append(self._slot(session, start, end, here))
            now = end
        if now > DAY:
            self._wrong((*where, "start"), f"“{day.title}”排到了第二天", "提早开始，或减少内容")
        return TimetableDay(day.title, tuple(slots))

    def _before_lunch(self, day: Day, where: Where) -> None:
        """Whoever starts in the morning has lunch in time."""
        taught = 0
        for number, session in enumerate(day.sessions):
            if session.kind == "lunch" or day.start >= DAY // 2:
                return
            here = (*where, "sessions", number)
            minutes = self._minutes(session, here) if session.kind in TEACHING else 0
            if taught <= LONGEST_MORNING < taught + minutes:
                what = f"上到这一节，午休前的教学有 {taught + minutes} 分钟"
                self._wrong((*here, session.kind), what, f"{LONGEST_MORNING} 分钟以内安排“lunch: until 13:30”")
            taught += minutes

    def _start(self, session: Session, now: int, here: Where) -> int:
        if session.start is None:
            return now
        if session.start < now:
            what = f"这一节定在 {clock(session.start)} 开始，上一节 {clock(now % DAY)} 才结束"
            self._wrong((*here, "start"), what, f"改成 {clock(now % DAY)} 或更晚，或缩短前面的内容")
        return max(session.start, now)

    def _end(self, session: Session, start: int, here: Where) -> int:
        if session.lunch is not None and session.lunch < 0:
            if -session.lunch <= start:
                what = f"午休到 {clock(-session.lunch)} 为止，上午却排到了 {clock(start % DAY)}"
                self._wrong((*here, "lunch"), what, "推迟午休结束的时刻，或缩短上午的内容")
            return max(-session.lunch, start)
        return start + self._minutes(session, here)

    def _minutes(self, session: Session, here: Where) -> int:
        given = session.minutes or session.break_ or session.lunch
        if given:
            return given
        page = self._lesson(session)
        if page is None or page.lesson is None:
            return 0
        minutes, count = page.lesson.minutes, session.part[1] if session.part else 1
        if minutes % count:
            what = f"“{page.title}”共 {minutes} 分钟，不能平均分成 {count} 部分"
            self._wrong((*here, "part"), what, "给每一部分写明“minutes:”")
        return minutes // count

    def _page(self, session: Session) -> Page | None:
        target = PurePosixPath(self.page).parent / (session.lesson or "").partition("#")[0]
        return self.corpus.page(posixpath.normpath(target))

    def _lesson(self, session: Session) -> Page | None:
        """Find the page of a session's lesson, if it is one."""
        page = self._page(session)
        return page if page and page.lesson else None

    def _slot(self, session: Session, start: int, end: int, here: Where) -> Slot:
        kind = session.kind
        if kind == "lesson":
            return self._lesson_slot(session, start, end, here)
        title = session.title or session.exercise or session.discussion or {"break": "休息", "lunch": "午休"}[kind]
        return Slot(kind, start, end, title, optional=session.optional)

    def _lesson_slot(self, session: Session, start: int, end: int, here: Where) -> Slot:
        link = session.lesson or ""
        path, _, section = link.partition("#")
        page = self._lesson(session)
        if page is None or page.lesson is None:
            self._wrong((*here, "lesson"), f"没有“{path}”这一课", "写课文文件相对本页的路径，并在课文页首写明 minutes")
            return Slot("lesson", start, end, path)
        self._once(session, page, section, here)
        title = session.title or section or page.title
        if session.part:
            title += f"（{session.part[0]}/{session.part[1]}）"
        objectives = () if section else tuple(page.lesson.objectives.values())
        return Slot("lesson", start, end, title, link, objectives, session.optional, page.path, session.part)

    def _once(self, session: Session, page: Page, section: str, here: Where) -> None:
        """A lesson is taught once; a lesson split by a pause says which part is which."""
        taught = self.taught.setdefault(f"{page.path}#{section}", [])
        if taught and (session.part is None or None in taught or session.part in taught):
            what = f"“{section or page.title}”排了两次"
            self._wrong((*here, "lesson"), what, "删去一次；若被休息分成两段，两处分别写“part: 1/2”和“part: 2/2”")
        taught.append(session.part)

    def _all_parts(self, schedule: Schedule) -> None:
        """What begins with 1/2 goes on with 2/2."""
        for where, session in _sessions(schedule):
            if session.lesson and session.part and (page := self._lesson(session)):
                taught = self.taught[f"{page.path}#{session.lesson.partition('#')[2]}"]
                count = session.part[1]
                missing = [n for n in range(1, count + 1) if (n, count) not in taught]
                if missing:
                    what = f"“{page.title}”缺少第 {missing[0]}/{count} 部分"
                    self._wrong((*where, "part"), what, f"补一节“part: {missing[0]}/{count}”，或去掉 part")


def _sessions(schedule: Schedule) -> Iterator[tuple[Where, Session]]:
    for day_number, day in enumerate(schedule.days):
        for number, session in enumerate(day.sessions):
            yield ("days", day_number, "sessions", number), session
