"""A cohort as HTML: its facts and dated timetable, the calendar and a QR code to the page, and the sign-in sheet."""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import PurePosixPath

import segno

from ..corpus import Page
from ..duration import spoken, spoken_date
from ..elements import add, add_plain
from ..schedule import tree as schedule_tree
from ..schedule.timetable import Timetable
from ..site import Site, address
from .calendar import calendar_path
from .model import Cohort
from .plan import cohorts, dated

ONE_COLUMN = 30
"""Participants that a sheet lists below each other; more stand in two columns."""
TALL = 24
"""Lines that leave room for a generous height."""
NOON = 12 * 60


def render_class(parent: ET.Element, site: Site) -> ET.Element | None:
    """Append the cohort of this page; None where a mistake prevents it."""
    page = site.page
    timetable = dated(site.corpus, page) if page and page.cohort else None
    if page is None or page.cohort is None or timetable is None:
        return None
    root = add(parent, "section", class_="class")
    _facts(root, page, page.cohort, site)
    schedule_tree.render(root, timetable)
    _subscribe(root, page, site)
    # What was noted afterwards is about the trainer as much as about the class.
    if site.edition == "instructor" and (page.cohort.actual or page.cohort.feedback):
        _afterwards(root, page.cohort, timetable)
    return root


def _facts(root: ET.Element, page: Page, cohort: Cohort, site: Site) -> None:
    facts = add(root, "dl", class_="lesson-head")
    lines = [
        ("日期", "、".join(map(spoken_date, cohort.dates))),
        ("讲师", cohort.trainer),
        ("地点", cohort.room),
        ("人数", f"{len(cohort.participants)} 人"),
    ]
    for name, text in lines:
        add_plain(facts, "dt", name)
        add_plain(facts, "dd", text)
    if cohort.complete and (course := site.corpus.page(f"{cohort.complete}/index.md")):
        add_plain(facts, "dt", "课程")
        link = posixpath.relpath(course.path, PurePosixPath(page.path).parent)
        add_plain(
            add(facts, "dd"), "a", f"{course.title}（全部 {len(site.corpus.lessons(cohort.complete))} 课）", href=link
        )
    if cohort.bring:
        add_plain(facts, "dt", "请带")
        things = add(add(facts, "dd"), "ul")
        for thing in cohort.bring:
            add(things, "li", thing)


def _subscribe(root: ET.Element, page: Page, site: Site) -> None:
    part = add(root, "div", class_="class-subscribe")
    words = add(part, "div")
    calendar = calendar_path(page.path)
    link = add(words, "p", class_="download")
    add_plain(link, "a", "加进日历（ICS）", href=PurePosixPath(calendar).name)
    if web := address(site.address, page.path):
        add_plain(words, "p", "在日历程序里订阅下面的地址，日期、时间、地点改了会自己更新：")
        add_plain(add(words, "p"), "code", site.address.rstrip("/") + "/" + calendar)
        code = add(part, "figure", class_="class-code")
        _qr(code, web)
        add_plain(code, "figcaption", "扫码打开这一页")


def _qr(parent: ET.Element, text: str) -> None:
    """Draw a QR code as one path, dark on light in either colour scheme."""
    matrix = [list(row) for row in segno.make(text, micro=False).matrix_iter(border=4)]
    size = str(len(matrix))
    svg = add(parent, "svg", viewBox=f"0 0 {size} {size}", role="img", aria_label=f"二维码：{text}")
    add(svg, "rect", width=size, height=size, fill="#fff")
    modules = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark)
    add(svg, "path", d="".join(modules), fill="#000", shape_rendering="crispEdges")


def _afterwards(root: ET.Element, cohort: Cohort, timetable: Timetable) -> None:
    if cohort.actual:
        table = add(root, "table", class_="class-actual")
        add_plain(table, "caption", "课后记录：计划与实际")
        _row(add(table, "thead"), "th", ["课", "计划", "实际", "相差"])
        body = add(table, "tbody")
        planned: dict[str, int] = {}
        titles: dict[str, str] = {}
        for slot in (slot for day in timetable.days for slot in day.slots if slot.page in cohort.actual):
            planned[slot.page] = planned.get(slot.page, 0) + slot.minutes
            titles.setdefault(slot.page, slot.title)
        for path, minutes in planned.items():
            actual = cohort.actual[path]
            difference = f"{actual - minutes:+d}".replace("-", "−") if actual != minutes else "0"
            _row(body, "td", [titles[path], spoken(minutes), spoken(actual), difference])
    if cohort.feedback:
        add_plain(root, "p", "反馈")
        said = add(root, "ul")
        for text in cohort.feedback:
            add(said, "li", text)


def _row(parent: ET.Element, tag: str, cells: Sequence[str]) -> None:
    row = add(parent, "tr")
    for cell in cells:
        add_plain(row, tag, cell, **({"scope": "col"} if tag == "th" else {}))


def render_sign_in(parent: ET.Element, site: Site) -> ET.Element | None:
    """Append the sheet that participants sign, for one page of paper."""
    page = site.page
    timetable = dated(site.corpus, page) if page and page.cohort else None
    if page is None or page.cohort is None or timetable is None:
        return None
    numbers = page.cohort.participants
    columns = 1 if len(numbers) <= ONE_COLUMN else 2
    lines = -(-len(numbers) // columns)
    root = add(parent, "section", class_="sign-in")
    add_plain(root, "h2", "签到表")
    table = add(root, "table", class_="sign-in-tall" if lines <= TALL else "")
    add_plain(table, "caption", f"{page.title} · {page.cohort.room} · 讲师 {page.cohort.trainer}")
    times = _times(timetable)
    _row(add(table, "thead"), "th", ["序号", "编号", *times] * columns)
    body = add(table, "tbody")
    counted = list(enumerate(numbers, 1))
    for beside in zip_longest(*(counted[n * lines : (n + 1) * lines] for n in range(columns))):
        cells = ([str(entry[0]), entry[1]] if entry else ["", ""] for entry in beside)
        _row(body, "td", [cell for entry in cells for cell in (*entry, *[""] * len(times))])
    add_plain(root, "p", f"应到 {len(numbers)} 人，实到＿＿人　讲师签名＿＿＿＿＿＿＿＿", class_="sign-in-foot")
    return root


def _times(timetable: Timetable) -> list[str]:
    """Give what is signed for: each half of a day that lunch divides, or the one that it begins in."""
    found = []
    for day in timetable.days:
        assert day.date
        halves = ["上午", "下午"]
        if not any(slot.kind == "lunch" for slot in day.slots):
            halves = ["上午" if day.slots[0].start < NOON else "下午"]
        found += [f"{day.date.month}-{day.date.day} {half}" for half in halves]
    return found


def render_classes(parent: ET.Element, site: Site) -> ET.Element:
    """Append a list of all cohorts, the latest first."""
    table = add(parent, "table", class_="classes")
    _row(add(table, "thead"), "th", ["班次", "日期", "地点", "讲师"])
    body = add(table, "tbody")
    for page in sorted(cohorts(site.corpus), key=lambda page: page.cohort.dates if page.cohort else [], reverse=True):
        assert page.cohort
        row = add(body, "tr")
        link = posixpath.relpath(page.path, PurePosixPath(site.path or "").parent)
        add_plain(add(row, "td"), "a", page.title, href=link)
        first, last = page.cohort.dates[0], page.cohort.dates[-1]
        add_plain(row, "td", str(first) if first == last else f"{first} 至 {last}")
        add_plain(row, "td", page.cohort.room)
        add_plain(row, "td", page.cohort.trainer)
    return table
