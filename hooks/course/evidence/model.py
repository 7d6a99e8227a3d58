"""The evidence of a class: its facts, its content, its clauses, and what is known of each participant."""

from __future__ import annotations

import calendar
import datetime
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from .. import bank, exam
from ..article import Articles
from ..cohort.model import Cohort
from ..cohort.plan import dated
from ..corpus import Corpus, Page
from ..law.check import OLD
from ..law.duty import Duty
from ..law.register import register_of
from ..schedule.timetable import Timetable
from .clauses import MARKUP, NORM, Clause, Taught, clauses, questions
from .results import Grade, HandedIn, Record
from .version import Version

PASS = exam.MASTERY
"""Of 100."""
MISSED = 20
"""How many of the questions that were missed most are listed."""


@dataclass(frozen=True)
class Lesson:
    """A lesson of the timetable: minutes planned, and what came of it."""

    page: Page
    planned: int
    actual: int | None
    """None where nobody wrote it down; 0 for what was dropped."""
    parts: Taught

    @property
    def is_dropped(self) -> bool:
        """Whether it is known not to have been taught."""
        return self.actual == 0


@dataclass(frozen=True)
class Person:
    """A participant."""

    number: str
    record: Record | None
    """Self-reported."""
    grades: tuple[Grade, ...]
    """Registered by whoever marked the papers or runs the platform."""
    answered: int
    right: int
    mock: float | None
    """The best of the mock exams in the class's courses, of 100: self-reported."""

    @property
    def best(self) -> float | None:
        """The best registered score, of 100."""
        return max((grade.score for grade in self.grades if grade.score is not None), default=None)

    @property
    def passed(self) -> bool:
        """Whether a registered score reaches the line; what is self-reported never counts."""
        return self.best is not None and self.best >= PASS


@dataclass(frozen=True)
class Missed:
    """A question that participants last answered wrong, by their own records."""

    identifier: str
    stem: str
    wrong: int
    answered: int
    lesson: str
    section: str
    """The section that explains it, as the site finds it."""


@dataclass(frozen=True)
class Evidence:
    """All of it."""

    corpus: Corpus
    name: str
    """The class, as `CLASS=` names it."""
    page: Page
    timetable: Timetable
    version: Version
    handed_in: HandedIn

    @property
    def cohort(self) -> Cohort:
        """The class."""
        assert self.page.cohort
        return self.page.cohort

    @cached_property
    def lessons(self) -> list[Lesson]:
        """The lessons of the timetable, in its order."""
        planned: Counter[str] = Counter()
        sections: dict[str, set[str] | None] = {}
        for slot in (slot for day in self.timetable.days for slot in day.slots if slot.page):
            planned[slot.page] += slot.minutes
            section = slot.link.partition("#")[2]
            before = sections.setdefault(slot.page, set())
            # Once as a whole is as a whole.
            sections[slot.page] = None if before is None or not section else {*before, section}
        found = []
        for path, minutes in planned.items():
            page, parts = self.corpus.page(path), sections[path]
            assert page
            taught = Taught(page, None if parts is None else frozenset(parts))
            found.append(Lesson(page, minutes, self.cohort.actual.get(path), taught))
        return found

    @cached_property
    def taught(self) -> list[Lesson]:
        """The lessons that are not known to have been dropped."""
        return [lesson for lesson in self.lessons if not lesson.is_dropped]

    @cached_property
    def clauses(self) -> list[Clause]:
        """What of the law was taught, and what asks for it."""
        return clauses(self.corpus, [lesson.parts for lesson in self.taught])

    @property
    def articles(self) -> list[Clause]:
        """Those of them that are articles: 行业规范 have none."""
        return [clause for clause in self.clauses if clause.statute != NORM]

    @cached_property
    def questions(self) -> list[str]:
        """Full IDs of all questions of the lessons that were taught."""
        return [name for lesson in self.taught for name, _ in questions(self.corpus, lesson.page)]

    @property
    def courses(self) -> set[str]:
        """The folders of the courses that the class draws on; a mock exam's scope is named likewise."""
        return {PurePosixPath(lesson.page.path).parent.as_posix() for lesson in self.lessons}

    @cached_property
    def people(self) -> list[Person]:
        """The participants, in the class's order."""
        return [self._person(number) for number in self.cohort.participants]

    def _person(self, number: str) -> Person:
        record = self.handed_in.records.get(number)
        grades = tuple(sorted(self.handed_in.grades.get(number, ()), key=lambda grade: grade.date))
        scores = [record.answers[name] for name in self.questions if name in record.answers] if record else []
        mocks = [mock.percent for mock in record.mocks if mock.scope in self.courses] if record else []
        right = sum(score == 1 for score in scores)
        return Person(number, record, grades, len(scores), right, max(mocks, default=None))

    @cached_property
    def missed(self) -> list[Missed]:
        """The questions that most people missed, in the order of docs/assets/results.js."""
        asked: Counter[str] = Counter()
        wrong: Counter[str] = Counter()
        own = set(self.questions)
        for record in self.handed_in.records.values():
            for name, score in record.answers.items():
                if name in own:
                    asked[name] += 1
                    wrong[name] += score < 1
        worst = sorted((name for name in asked if wrong[name]), key=lambda n: (-wrong[n], -wrong[n] / asked[n], n))
        articles = Articles(self.corpus)
        about: dict[str, str] = {}
        stems: dict[str, tuple[str, Page]] = {}
        for lesson in self.taught:
            ids = {name: question.stem for name, question in questions(self.corpus, lesson.page)}
            if not ids.keys().isdisjoint(worst[:MISSED]):
                told = bank.lesson(lesson.page, articles.lesson(lesson.page.path), "", self.corpus)
                about |= {question["id"]: question["about"] for question in told["questions"]}
                stems |= {name: (stem, lesson.page) for name, stem in ids.items()}
        return [
            Missed(name, MARKUP.sub(r"\1", stems[name][0]), wrong[name], asked[name], stems[name][1].title, about[name])
            for name in worst[:MISSED]
        ]

    @cached_property
    def duties(self) -> list[tuple[Duty, str]]:
        """The duties to train, each with how it binds."""
        register = register_of(self.corpus)
        pages = [(duty, register.by_name[duty.statute]) for page in self.corpus.pages() for duty in page.duties]
        return [(duty, page.statute.binding) for duty, page in pages if page.statute]

    @property
    def due(self) -> list[tuple[Duty, str, datetime.date]]:
        """When training is due again, by each rule that says after how many months."""
        last = self.cohort.dates[-1]
        return [(duty, binding, _later(last, duty.months)) for duty, binding in self.duties if duty.months]

    @cached_property
    def legal(self) -> list[Page]:
        """The pages whose legal statements were taught: lessons, and the statutes that they cite."""
        names = {clause.statute for clause in self.clauses}
        pages = register_of(self.corpus).pages
        cited = [page for page in pages if page.statute and page.statute.short[0] in names]
        return [*(lesson.page for lesson in self.taught), *cited]

    @property
    def checked(self) -> tuple[datetime.date, Page] | None:
        """The page of those that was checked longest ago, and when."""
        days = [(page.meta.checked, page) for page in self.legal if page.meta.checked]
        return min(days, key=lambda each: (each[0], each[1].path), default=None)

    @property
    def check_due(self) -> datetime.date | None:
        """When the site will ask that they be checked again."""
        return self.checked[0] + OLD if self.checked else None


def gather(corpus: Corpus, name: str, page: Page, version: Version, handed_in: HandedIn) -> Evidence:
    """Put the evidence of the class on `page` together; its sources have no mistakes."""
    timetable = dated(corpus, page)
    assert timetable
    return Evidence(corpus, name, page, timetable, version, handed_in)


def hashes(corpus: Corpus) -> dict[str, str]:
    """Give the hash of every question of the site as it stands, by full ID."""
    return {name: digest for page in corpus.pages() for name, digest in corpus.questions(page).items()}


def _later(day: datetime.date, months: int) -> datetime.date:
    """Give the same day some months later, or the last one there is."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))
