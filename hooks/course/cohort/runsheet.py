"""The run sheet 主持单: what a trainer does at which minute, and what to leave out when time is lost."""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import PurePosixPath

from ..corpus import Page
from ..duration import clock, spoken_date
from ..elements import add, add_plain
from ..schedule.model import PAUSES
from ..schedule.timetable import Slot, Timetable, TimetableDay
from ..site import Site
from .plan import dated
from .steps import Note, notes, steps

LOST = (20, 40, 60)
"""Minutes that a class may have lost."""
LINK = re.compile(r"\]\((?![a-z]+:)(?P<page>[^)#\s]*)(?P<section>#[^)\s]*)?\)")


@dataclass(frozen=True)
class Line:
    """A step of a session."""

    start: int
    end: int
    what: str
    notes: tuple[str, ...] = ()
    """Markdown, with links as on the run sheet's page."""


@dataclass(frozen=True)
class Segment:
    """A session with its steps, and the notes that belong to none of them."""

    slot: Slot
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()


def segments(day: TimetableDay, timetable_page: Page, site: Site) -> Iterator[Segment]:
    """Give a day's sessions with what their notes say."""
    for slot in day.slots:
        page = site.corpus.page(slot.page) if slot.page else None
        if page and "#" not in slot.link:
            yield _lesson(slot, page, site.path or "")
        elif page is None and slot.kind not in PAUSES:
            told = [note for note in notes(timetable_page) if note.stands_below(slot.title)]
            yield Segment(slot, notes=_moved(told, timetable_page.path, site.path or ""))
        else:
            yield Segment(slot)


def _lesson(slot: Slot, page: Page, here: str) -> Segment:
    """Lay a lesson's steps into its session; where that is longer or a part, in proportion."""
    plan = steps(page)
    number, count = slot.part or (1, 1)
    whole = sum(step.minutes for step in plan)
    first, last = whole * (number - 1) / count, whole * number / count
    told = notes(page)
    lines: list[Line] = []
    begin = 0
    for step in plan:
        end = begin + step.minutes
        if begin < last and end > first:
            start, stop = (_place(slot, at, first, last) for at in (max(begin, first), min(end, last)))
            # A step that a pause divides is explained where it begins.
            mine = [note for note in told if note.owner(plan) is step] if begin >= first else []
            what = step.name + step.detail + ("（续）" if begin < first else "")
            lines.append(Line(start, stop, what, _moved(mine, page.path, here)))
        begin = end
    # What is needed from the start is said once, with the first part.
    rest = [note for note in told if note.owner(plan) is None] if number == 1 else []
    stretched = plan and whole != slot.minutes * count
    said = (f"课文按 {whole} 分钟写，这里排了 {slot.minutes} 分钟，各步按比例折算。",) if stretched else ()
    return Segment(slot, tuple(lines), said + _moved(rest, page.path, here))


def _place(slot: Slot, at: float, first: float, last: float) -> int:
    return slot.start + round((at - first) * slot.minutes / (last - first))


def _moved(told: Sequence[Note], from_page: str, to_page: str) -> tuple[str, ...]:
    """Give the text of notes with links that hold on another page."""

    def moved(match: re.Match[str]) -> str:
        target = posixpath.normpath(PurePosixPath(from_page).parent / match["page"]) if match["page"] else from_page
        return f"]({posixpath.relpath(target, PurePosixPath(to_page).parent)}{match['section'] or ''})"

    return tuple(LINK.sub(moved, note.text) for note in told)


def to_drop(optional: Sequence[Slot], lost: int) -> tuple[Slot, ...]:
    """Choose the sessions that make up for `lost` minutes with the least waste; all where they do not suffice."""
    chosen = (each for count in range(len(optional) + 1) for each in combinations(optional, count))
    enough = [each for each in chosen if _minutes(each) >= lost]
    return min(enough, key=lambda each: (_minutes(each), len(each)), default=tuple(optional))


def _minutes(slots: Sequence[Slot]) -> int:
    return sum(slot.minutes for slot in slots)


def _optional(days: Sequence[TimetableDay]) -> list[Slot]:
    return [slot for day in days for slot in day.slots if slot.optional]


def render(parent: ET.Element, target: str, site: Site) -> ET.Element | None:
    """Append the run sheet of the cohort on the page `target`; None where a mistake prevents it."""
    page = site.corpus.page(target)
    if site.edition != "instructor" or page is None or page.cohort is None:
        return None
    timetable = dated(site.corpus, page, site.path or "")
    timetable_page = site.corpus.page(page.cohort.timetable)
    if timetable is None or timetable_page is None:
        return None
    root = add(parent, "section", class_="run-sheet", data_search_exclude="true")
    for number, day in enumerate(timetable.days):
        _day(root, day, list(segments(day, timetable_page, site)), site)
        _losses(root, timetable, number)
    return root


def _day(root: ET.Element, day: TimetableDay, sessions: list[Segment], site: Site) -> None:
    table = add(root, "table", class_="run-sheet-day")
    assert day.date
    add_plain(table, "caption", f"{day.title} · {spoken_date(day.date)}")
    head = add(add(table, "thead"), "tr")
    for title in ("时刻", "已用", "分钟", "做什么"):
        add_plain(head, "th", title, scope="col")
    begin = day.slots[0].start
    for segment in sessions:
        body = add(table, "tbody", class_="run-sheet-pause" if segment.slot.kind in PAUSES else "")
        slot = segment.slot
        what = _row(body, begin, slot.start, slot.end, class_="run-sheet-session")
        add_plain(what, "a" if slot.link else "span", slot.title, **({"href": slot.link} if slot.link else {}))
        if slot.optional:
            add_plain(what, "em", "可略", class_="schedule-optional")
        _notes(what, segment.notes, site)
        for line in segment.lines:
            what = _row(body, begin, line.start, line.end)
            add_plain(what, "span", line.what)
            _notes(what, line.notes, site)


def _row(body: ET.Element, begin: int, start: int, end: int, **attributes: str) -> ET.Element:
    row = add(body, "tr", **attributes)
    add_plain(add(row, "td"), "time", clock(start))
    elapsed = start - begin
    add_plain(row, "td", f"{elapsed // 60}:{elapsed % 60:02}")
    add_plain(row, "td", str(end - start))
    return add(row, "td")


def _notes(cell: ET.Element, texts: Sequence[str], site: Site) -> None:
    for text in texts:
        site.md.parser.parseChunk(add(cell, "div", class_="run-sheet-note"), text)


def _losses(root: ET.Element, timetable: Timetable, number: int) -> None:
    """Say what to leave out from this day on; what is then untaught today moves on to the next."""
    today = _optional(timetable.days[number : number + 1])
    onwards = _optional(timetable.days[number:])
    table = add(root, "table", class_="run-sheet-losses")
    add_plain(table, "caption", f"{timetable.days[number].title}丢了时间，略去哪些（请学员自学）")
    head = add(add(table, "thead"), "tr")
    for title in ("丢了", "略去", "省下", "还差"):
        add_plain(head, "th", title, scope="col")
    body = add(table, "tbody")
    for lost in LOST:
        enough = _minutes(today) >= lost
        chosen = to_drop(today if enough else onwards, lost)
        row = add(body, "tr")
        add_plain(row, "td", f"{lost} 分钟")
        text = "、".join(f"{slot.title}（{slot.minutes} 分钟）" for slot in chosen) or "没有标“可略”的"
        later = any(slot not in today for slot in chosen)
        add_plain(row, "td", text + ("；当天没讲完的顺延到下一天" if later else ""))
        add_plain(row, "td", f"{_minutes(chosen)} 分钟")
        short = max(0, lost - _minutes(chosen))
        add_plain(row, "td", f"{short} 分钟，另约时间补" if short else "–")
