"""A cohort's timetable: the one its page names, with dates, and with links as seen from that page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from ..blocks import Block
from ..corpus import Corpus, Page
from ..schedule.timetable import Slot, Timetable, read_timetable


def cohorts(corpus: Corpus) -> Iterator[Page]:
    """Give the pages of all cohorts."""
    return (page for page in corpus.pages() if page.cohort)


def schedules(page: Page | None) -> list[Block]:
    """Give a page's timetables as they are written."""
    return [block for block in page.blocks if block.name == "schedule"] if page else []


def undated(corpus: Corpus, page: Page) -> Timetable | None:
    """Give the timetable that a cohort's page names; None where there is not exactly one, or it has mistakes."""
    assert page.cohort
    path = page.cohort.timetable
    written = schedules(corpus.page(path))
    return read_timetable(written[0].body, path, 1, corpus, path)[0] if len(written) == 1 else None


def dated(corpus: Corpus, page: Page, seen_from: str = "") -> Timetable | None:
    """Give a cohort's timetable for the page at `seen_from`, its own by default; None where a mistake prevents it."""
    timetable = undated(corpus, page)
    assert page.cohort
    if timetable is None or len(timetable.days) != len(page.cohort.dates):
        return None
    folder = PurePosixPath(seen_from or page.path).parent
    return Timetable(
        tuple(
            replace(day, date=date, slots=tuple(_linked(slot, folder) for slot in day.slots))
            for day, date in zip(timetable.days, page.cohort.dates, strict=True)
        )
    )


def _linked(slot: Slot, folder: PurePosixPath) -> Slot:
    if not slot.page:
        return slot
    _, hash_, section = slot.link.partition("#")
    return replace(slot, link=posixpath.relpath(slot.page, folder) + hash_ + section)
