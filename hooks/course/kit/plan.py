"""What a class teaches: its page, its dated timetable, and the lessons and scenarios that belong to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from ..cohort.model import Cohort
from ..cohort.plan import cohorts, dated
from ..corpus import Corpus, Page
from ..duration import spoken_date
from ..scenario.model import Scenario
from ..schedule.timetable import Slot, Timetable


@dataclass(frozen=True)
class Scene:
    """A scenario, and the page it is played on."""

    page: Page
    scenario: Scenario


@dataclass(frozen=True)
class Plan:
    """A class, and what follows from its timetable."""

    corpus: Corpus
    page: Page
    cohort: Cohort
    timetable: Timetable

    @property
    def name(self) -> str:
        """The file stem of its page."""
        return PurePosixPath(self.page.path).stem

    @property
    def title(self) -> str:
        """What the class is called."""
        return self.page.title

    @property
    def facts(self) -> list[tuple[str, str]]:
        """When, where and by whom, for covers."""
        return [
            ("日期", "、".join(map(spoken_date, self.cohort.dates))),
            ("地点", self.cohort.room),
            ("讲师", self.cohort.trainer),
        ]

    @cached_property
    def lessons(self) -> list[Page]:
        """The lessons taught, whole or in part, in the timetable's order."""
        slots = (slot for day in self.timetable.days for slot in day.slots if slot.page)
        return [page for path in dict.fromkeys(slot.page for slot in slots) if (page := self.corpus.page(path))]

    @cached_property
    def scenes(self) -> list[Scene]:
        """The scenarios that one of the lessons teaches, by the lessons' order; a scenario names its lesson."""
        found = [scene for page in self.corpus.pages() for scene in _scenes(self.corpus, page)]
        return [scene for lesson in self.lessons for scene in found if scene.scenario.lesson == lesson.path]

    def lesson(self, slot: Slot) -> Page | None:
        """Give the lesson that a session begins; none for pauses, and for what goes on after one."""
        return self.corpus.page(slot.page) if slot.page and (slot.part or (1, 1))[0] == 1 else None


def _scenes(corpus: Corpus, page: Page) -> Iterator[Scene]:
    for identifier in page.scenarios:
        found = corpus.scenario(identifier)
        if found and found.model:
            yield Scene(page, found.model)


def named(corpus: Corpus) -> dict[str, Page]:
    """Give the pages of all classes by the names that a command takes."""
    return {PurePosixPath(page.path).stem: page for page in cohorts(corpus)}


def plan(corpus: Corpus, page: Page) -> Plan | None:
    """Plan the class on `page`; None where a mistake in its timetable prevents it."""
    timetable = dated(corpus, page)
    return Plan(corpus, page, page.cohort, timetable) if page.cohort and timetable else None
