"""A cohort as a calendar (RFC 5545): an event a day, with the day's sessions in words.

An event's UID is its page and the number of its day, so that an edit (another date, room or lesson) changes the
event a subscriber has. Which of two versions is newer follows from the commit, not from the clock.
"""

from __future__ import annotations

import datetime
import os
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from ..corpus import Corpus, Page
from ..duration import clock
from ..schedule.model import PAUSES
from ..schedule.timetable import TimetableDay
from .model import Cohort
from .plan import dated

ZONE = ZoneInfo("Asia/Shanghai")
"""The one zone of all clock times here."""
SUFFIX = ".ics"


def calendar_path(page: str) -> str:
    """Give the path of a cohort's calendar, which lies beside its page."""
    return PurePosixPath(page).with_suffix(SUFFIX).as_posix()


def to_ics(corpus: Corpus, page: Page, address: str = "") -> bytes:
    """Write the calendar of the cohort on `page`; `address` is the page's on the web, if that is known."""
    cohort, timetable = page.cohort, dated(corpus, page)
    assert cohort
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//qingshou-course//classes//ZH")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", page.title)
    calendar.add("refresh-interval", datetime.timedelta(days=1), parameters={"VALUE": "DURATION"})
    edited = _edited(corpus, page)
    for number, day in enumerate(timetable.days if timetable else (), 1):
        calendar.add_component(_event(page, cohort, day, number, edited, address))
    # China has had one offset since 1991; what came before would only make the file longer.
    calendar.add_missing_timezones(first_date=min(cohort.dates).replace(month=1, day=1))
    return bytes(calendar.to_ical())


def _event(page: Page, cohort: Cohort, day: TimetableDay, number: int, edited: int, address: str) -> Event:
    event = Event()
    event.add("uid", f"{PurePosixPath(page.path).with_suffix('')}/{number}@qingshou-course")
    changed = datetime.datetime.fromtimestamp(edited, datetime.UTC)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    # Minutes, since many programs keep it in 32 bits.
    event.add("sequence", edited // 60)
    event.add("summary", f"{page.title} {day.title}")
    event.add("location", cohort.room)
    event.add("dtstart", _at(day, day.slots[0].start))
    event.add("dtend", _at(day, day.slots[-1].end))
    lines = [f"{clock(slot.start)} {slot.title}" for slot in day.slots if slot.kind not in PAUSES]
    bring = [f"请带：{'；'.join(cohort.bring)}"] if cohort.bring else []
    event.add("description", "\n".join([*lines, f"讲师：{cohort.trainer}", *bring, *filter(None, [address])]))
    if address:
        event.add("url", address)
    return event


def _at(day: TimetableDay, minutes: int) -> datetime.datetime:
    assert day.date
    return datetime.datetime.combine(day.date, datetime.time(), ZONE) + datetime.timedelta(minutes=minutes)


def _edited(corpus: Corpus, page: Page) -> int:
    """Give when the content was last changed: the commit's time, or without Git that of the files it is made from."""
    if committed := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(committed)
    assert page.cohort
    timetable = dated(corpus, page)
    lessons = {slot.page for day in timetable.days for slot in day.slots if slot.page} if timetable else set()
    files = [corpus.file_of(path) for path in (page.path, page.cohort.timetable, *lessons)]
    return int(max(file.stat().st_mtime for file in files if file.is_file()))
