"""A timetable as HTML: one table a day, with a bar that shows proportions in print and without colour."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from ..duration import clock, spoken, spoken_date
from ..elements import add, add_plain
from .model import PAUSES
from .timetable import Slot, Timetable, TimetableDay


def render(parent: ET.Element, timetable: Timetable) -> ET.Element:
    """Append the timetable to `parent`."""
    root = add(parent, "div", class_="schedule")
    for day in timetable.days:
        _day(root, day)
    if len(timetable.days) > 1:
        total = f"{len(timetable.days)} 天合计教学 {spoken(timetable.teaching)}"
        add_plain(root, "p", total, class_="schedule-total")
    return root


def _day(root: ET.Element, day: TimetableDay) -> None:
    table = add(root, "table", class_="schedule-day")
    caption = add(table, "caption")
    add_plain(caption, "strong", day.title)
    if day.date:
        add_plain(caption, "time", spoken_date(day.date), class_="schedule-date", datetime=str(day.date))
    span = f"{clock(day.slots[0].start)}–{clock(day.slots[-1].end)}"
    add_plain(caption, "span", f"{span} · 教学 {spoken(day.teaching)}")
    _bar(caption, day)
    head = add(add(table, "thead"), "tr")
    for title in ("时间", "内容", "时长"):
        add_plain(head, "th", title, scope="col")
    body = add(table, "tbody")
    for slot in day.slots:
        _row(body, slot)


def _row(body: ET.Element, slot: Slot) -> None:
    row = add(body, "tr", class_=f"schedule-{'pause' if slot.kind in PAUSES else slot.kind}")
    time = add(row, "td", class_="schedule-time")
    add_plain(time, "time", clock(slot.start))
    time[-1].tail = "–"
    add_plain(time, "time", clock(slot.end))
    what = add(row, "td", class_="schedule-what")
    add_plain(what, "a" if slot.link else "span", slot.title, **({"href": slot.link} if slot.link else {}))
    if slot.optional:
        add_plain(what, "em", "可略", class_="schedule-optional")
    if slot.objectives:
        objectives = add(what, "ul")
        for objective in slot.objectives:
            add_plain(objectives, "li", objective)
    add_plain(row, "td", spoken(slot.minutes), class_="schedule-minutes")


def _bar(parent: ET.Element, day: TimetableDay) -> None:
    """Draw the day to scale: what is taught as high blocks, pauses as a thin line."""
    first, last = day.slots[0].start, day.slots[-1].end
    # Widths are attributes, not styles: the site runs under a Content-Security-Policy without inline style.
    attributes = {"viewBox": f"0 0 {last - first} 10", "preserveAspectRatio": "none", "aria-hidden": "true"}
    bar = add(parent, "svg", class_="schedule-bar", **attributes)
    for slot in day.slots:
        pause = slot.kind in PAUSES
        top, height = (4.5, 1) if pause else (0, 10)
        add(
            bar,
            "rect",
            class_="schedule-bar-pause" if pause else f"schedule-bar-{slot.kind}",
            x=str(slot.start - first + 0.5),
            y=str(top),
            width=str(max(slot.minutes - 1, 1)),
            height=str(height),
        )
