"""Slides as data: what is shown of the lessons of each day, cut so that every slide holds what it says.

A lesson becomes: its title, its objectives, each part with its points, tables, dialogues, cases and red lines, its
summary, a question for a show of hands, and where to test oneself. What leads to a table or a dialogue, and what the
instructor's notes say, stands in the speaker's notes.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Literal

from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE

from ..article import Articles
from ..cohort.steps import HEADING, notes
from ..corpus import Corpus, Page
from ..duration import clock, spoken, spoken_date
from ..quiz.model import Single, TrueFalse
from ..quiz.tree import LETTERS, answer
from ..schedule.model import PAUSES
from ..schedule.timetable import Slot, TimetableDay
from .fit import cut, lines, packed, sentences, width
from .onpaper import take_out
from .plan import Plan

Kind = Literal["opening", "lesson", "content", "redline", "case", "exercise", "pause"]

LINE = 33
"""Ems in a line of text at 18 points."""
ROOM = 11.6
"""Lines of text below a title."""
GAP = 0.25
"""What a paragraph takes beyond its lines."""
LONGEST = 5
"""Lines of one point; a longer one becomes two."""
ASIDE = 4.0
"""Lines up to which what stands beside a table, a dialogue or a case is said rather than shown."""
WHOLE = ("红线", "特殊客户")
"""What a lesson or a part is named by of which nothing is left out."""
INTRODUCTION, SUMMARY = "导入", "小结"
MORE = "（续）"


@dataclass(frozen=True)
class Points:
    """Things said one after the other."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """Prose."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Talk:
    """A dialogue: who says what."""

    turns: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Size:
    """How large a table is set."""

    points: int
    ems: float
    """How many go across."""
    room: float
    """Lines that fit, where a row takes `gap` beyond its own."""
    gap: float
    padding: float
    """Ems that a cell loses at its sides."""


LARGE, SMALL = Size(14, 46.0, 15.2, 0.42, 1.1), Size(12, 53.6, 17.8, 0.32, 1.3)


@dataclass(frozen=True)
class Grid:
    """A table."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    """Each column's share of the width."""
    size: Size = LARGE

    @property
    def height(self) -> float:
        """How much of the room below the title it takes."""
        return sum(map(self.row_height, (self.head, *self.rows))) / self.size.room

    def row_height(self, row: tuple[str, ...]) -> float:
        """Give how many lines a row takes."""
        size = self.size
        cells = zip(row, self.shares, strict=True)
        return max(lines(cell, share * size.ems - size.padding, loss=0) for cell, share in cells) + size.gap

    def parts(self) -> list[Grid]:
        """Divide it into as few tables as fit a slide each."""
        room = self.size.room - self.row_height(self.head)
        groups = packed([(row, self.row_height(row)) for row in self.rows], room)
        return [replace(self, rows=tuple(group)) for group in groups]


def grid(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...], size: Size = LARGE) -> Grid:
    """Make a table: columns that need little get it, the others share what is left."""
    wanted = [max(map(width, column)) + size.padding + 0.4 for column in zip(head, *rows, strict=True)]
    given = dict.fromkeys(range(len(wanted)), 0.0)
    left = size.ems
    for count, place in enumerate(sorted(given, key=lambda place: wanted[place])):
        given[place] = min(wanted[place], left / (len(wanted) - count))
        left -= given[place]
    return Grid(head, rows, tuple(each / sum(given.values()) for each in given.values()), size)


Body = Points | Text | Talk | Grid


@dataclass(frozen=True)
class Slide:
    """One slide. Without a body it opens a part of the day."""

    title: str
    body: Body | None = None
    kind: Kind = "content"
    notes: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """How much of the room below the title its body takes, 1 being all of it."""
        match self.body:
            case Points(items=texts) | Text(paragraphs=texts):
                return sum(map(_height, texts)) / ROOM
            case Talk(turns=turns):
                return sum(_height(speaker + "：" + words) for speaker, words in turns) / ROOM
            case Grid():
                return self.body.height
        return 0


def _height(text: str) -> float:
    return lines(text, LINE) + GAP


def decks(plan: Plan) -> list[list[Slide]]:
    """Give the slides of each day of a class."""
    reader = _Reader(plan.corpus)
    return [list(_day(plan, day, reader)) for day in plan.timetable.days]


def _day(plan: Plan, day: TimetableDay, reader: _Reader) -> Iterator[Slide]:
    assert day.date
    facts = (f"{day.title} · {spoken_date(day.date)}", f"讲师 {plan.cohort.trainer} · {plan.cohort.room}")
    yield Slide(plan.title, Text(facts), "opening")
    rows = tuple((clock(slot.start), slot.title, spoken(slot.minutes)) for slot in day.slots)
    yield from fitted(Slide(f"{day.title}的安排", grid(("时刻", "内容", "时长"), rows)))
    for place, slot in enumerate(day.slots):
        if slot.kind in PAUSES:
            if place + 1 < len(day.slots):
                yield Slide(f"{slot.title}，{clock(slot.end)} 继续", kind="pause")
        elif page := plan.lesson(slot):
            yield from reader.lesson(page, slot)
        elif not slot.page:
            yield from _session(plan, slot)


def _session(plan: Plan, slot: Slot) -> Iterator[Slide]:
    """Show an exercise or a discussion: what the timetable's page says below a heading of that name."""
    page = plan.corpus.page(plan.cohort.timetable)
    assert page
    yield Slide(slot.title, kind="lesson")
    below: list[str] = []
    inside = False
    for line in page.public.split("\n"):
        if match := HEADING.match(line):
            inside = match["title"] in slot.title or slot.title in match["title"]
        elif inside and line.strip() and not line.startswith("///"):
            below.append(re.sub(r"\[([^\]]*)\]\([^)]*\)|\*\*", r"\1", line.strip()))
    told = tuple(note.text for note in notes(page) if note.stands_below(slot.title))
    said = Text((f"{spoken(slot.minutes)}。", *below))
    yield from fitted(Slide(slot.title, said, "exercise", told))


def fitted(slide: Slide) -> Iterator[Slide]:
    """Give the slides that a slide becomes so that each fits; the speaker's notes go with the first."""
    for place, body in enumerate(_parts(slide.body)):
        title = slide.title if place == 0 else slide.title.removesuffix(MORE) + MORE
        yield replace(slide, title=title, body=body, notes=slide.notes if place == 0 else ())


def _parts(body: Body | None) -> Iterator[Body | None]:
    match body:
        case Points(items):
            texts = [piece for item in items for piece in cut(item, LINE, LONGEST)]
            for group in packed([(text, _height(text)) for text in texts], ROOM):
                yield Points(tuple(group))
        case Text(paragraphs):
            texts = [piece for text in paragraphs for piece in cut(text, LINE, LONGEST)]
            for group in packed([(text, _height(text)) for text in texts], ROOM):
                yield Text(tuple(group))
        case Talk(turns):
            for said in packed([(turn, _height("：".join(turn))) for turn in turns], ROOM):
                yield Talk(tuple(said))
        case Grid(head, rows):
            # Smaller only where that saves a slide.
            yield from min(body.parts(), grid(head, rows, SMALL).parts(), key=len)
        case None:
            yield None


class _Reader:
    """Reads lessons as they are rendered for the instructor."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.root = ET.Element("div")
        self.articles = Articles(corpus, "instructor", self._keep)

    def _keep(self, root: ET.Element, path: str) -> None:  # noqa: ARG002
        unstash(root, self.articles.md.htmlStash.rawHtmlBlocks)
        self.root = root

    def lesson(self, page: Page, slot: Slot) -> Iterator[Slide]:
        """Give the slides of a lesson, or of the one section that a session teaches."""
        assert page.lesson
        section = slot.link.partition("#")[2]
        yield Slide(slot.title if section else page.title, kind="lesson", notes=(page.description,))
        if not section:
            goals = Points(tuple(page.lesson.objectives.values()))
            yield from fitted(Slide(f"学完能（{spoken(slot.minutes * (slot.part or (1, 1))[1])}）", goals))
        self.articles.lesson(page.path)
        outline = _Outline(page.title, section)
        for element in self.root:
            outline.read(element)
        for slide in outline.done():
            yield from fitted(slide)
        if not section:
            yield from self._questions(page)

    def _questions(self, page: Page) -> Iterator[Slide]:
        """Ask one question for a show of hands, and say how many there are to answer alone."""
        asked = self.corpus.questions(page)
        found = (self.corpus.quiz(name) for name in page.quizzes)
        questions = [question for read in found if read and read.model for question in read.model.questions]
        if first := next((each for each in questions if isinstance(each, Single | TrueFalse)), None):
            choices: tuple[str, ...] = ("A. 对", "B. 错")
            if isinstance(first, Single):
                choices = tuple(f"{x}. {option.text}" for x, option in zip(LETTERS, first.options, strict=False))
            key = f"答案：{answer(first)}。{first.explanation}"
            yield from fitted(Slide("举手题", Text((plain(first.stem), *map(plain, choices))), "exercise", (key,)))
        if asked:
            said = Points((f"共 {len(asked)} 题，讲义这一课末尾就有，先自己做。", "做完对讲评，说出为什么。"))
            yield Slide("自测", said, "exercise")


def cut_asides(element: ET.Element, boxed: ET.Element | None = None) -> list[ET.Element]:
    """Take the instructor's notes out of an element, but for those that stand directly in the box it is."""
    found = []
    for parent in list(element.iter()):
        for child in list(parent) if parent is not boxed else ():
            if "instructor" in child.get("class", "").split():
                take_out(parent, child)
                found.append(child)
    return found


def plain(text: str) -> str:
    """Give inline Markdown as plain text."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("**", "").replace("`", "")


def text_of(element: ET.Element) -> str:
    """Give what an element says in a line."""
    return re.sub(r"\s+", " ", re.sub("\x02[^\x03]*\x03", "", unescape("".join(element.itertext())))).strip()


def unstash(root: ET.Element, stashed: Sequence[object]) -> None:
    """Put characters back that Markdown keeps apart until the page is written, such as `&ge;`."""

    def character(place: re.Match[str]) -> str:
        text = str(stashed[int(place[1])])
        return unescape(text) if text.startswith("&") else place[0]

    for element in root.iter():
        for name in ("text", "tail"):
            if text := getattr(element, name):
                setattr(element, name, HTML_PLACEHOLDER_RE.sub(character, text).replace(AMP_SUBSTITUTE, "&"))


class _Outline:
    """Makes slides of the elements of a lesson, one after the other."""

    def __init__(self, lesson: str, section: str) -> None:
        self.lesson = lesson
        self.section = section
        self.part = INTRODUCTION
        self.inside = not section
        self.title = INTRODUCTION
        self.points: list[str] = []
        self.script: list[str] = []
        """What leads to the next slide in a few words, to be said rather than shown."""
        self.slides: list[Slide] = []

    def done(self) -> list[Slide]:
        """Give all slides; notes that stood before the first one belong to it."""
        self._flush()
        return self.slides

    def read(self, element: ET.Element) -> None:
        """Take the next element of the page."""
        classes = element.get("class", "").split()
        if element.tag == "h2":
            self._flush()
            self.part = self.title = text_of(element)
            self.inside = not self.section or element.get("id") == self.section
        if element.tag == "h2" or not self.inside:
            return
        if "instructor" in classes:
            self._flush()
            self._say(_told(element))
            return
        boxed = element if "admonition" in classes or "form" in classes else None
        # What stands deep inside is no more shown than what stands on the page.
        self.script += [line for aside in cut_asides(element, boxed) for line in _told(aside)]
        if element.tag in ("h3", "h4"):
            if self.title == self.part and self._is_aside(self.points):
                # A line that leads to the first heading below.
                self.script[:0] = self.points
                self.points = []
            self._flush()
            title = text_of(element)
            self.title = title if len(self.part + title) > 24 else f"{self.part} · {title}"
        elif "redline" in classes:
            self._box(element, "redline")
        elif "case" in classes or "note" in classes:
            self._box(element, "case")
        elif element.tag == "section" and "form" in classes:
            for child in element:
                self.read(child)
        else:
            self._block(element, classes)

    def _block(self, element: ET.Element, classes: list[str]) -> None:
        match element.tag:
            case "p":
                if text := text_of(element):
                    self.points.append(text)
            case "ul" | "ol":
                self.points += [
                    (f"{number}. " if element.tag == "ol" else "") + text_of(item)
                    for number, item in enumerate(element, 1)
                ]
            case "table" | "blockquote":
                self._own(element)
            case "figure":
                caption = element.find("figcaption")
                drawn = element.find("svg")
                alt = drawn.get("aria-label", "") if drawn is not None else ""
                self._flush()
                title = f"图：{text_of(caption)}" if caption is not None else self.title
                self._add(Slide(title, Points((*sentences(alt), "图见讲义。"))))
            case "section" if "letter" in classes or "workbook" in classes:
                self.points.append("样式和表格全文见讲义。")
            case "dl" if "lesson-head" not in classes:
                pairs = [text_of(child) for child in element]
                self.points += [f"{term}：{meaning}" for term, meaning in zip(pairs[::2], pairs[1::2], strict=False)]

    @property
    def _whole(self) -> bool:
        """Whether this part is shown in full: what is legally right in a paragraph may be wrong in a sentence."""
        return self.part in (INTRODUCTION, SUMMARY) or any(word in self.lesson + self.part for word in WHOLE)

    def _own(self, element: ET.Element) -> None:
        """Give a table or a dialogue slides of their own; what leads to it in a few words is the speaker's."""
        body = body_of(element)
        if body is None:
            return
        if self._is_aside(self.points):
            self.script[:0] = self.points
            self.points = []
        self._flush()
        self._add(Slide(self.title, body, self._kind))

    def _is_aside(self, said: list[str]) -> bool:
        return not self._whole and sum(map(_height, said)) <= ASIDE

    def _add(self, slide: Slide) -> None:
        """Append a slide with what is to be said; its title is marked where the last slide has it already."""
        title, before = slide.title, self.slides[-1].title.removesuffix(MORE) if self.slides else ""
        notes = (*self.script, *slide.notes)
        self.slides.append(replace(slide, title=title + (MORE if title == before else ""), notes=notes))
        self.script = []

    def _say(self, told: list[str]) -> None:
        """Have something said with the last slide, or with the first where there is none yet."""
        if self.slides:
            self.slides[-1] = replace(self.slides[-1], notes=(*self.slides[-1].notes, *told))
        else:
            self.script += told

    @property
    def _kind(self) -> Kind:
        return "redline" if "红线" in self.part else "content"

    def _box(self, element: ET.Element, kind: Kind) -> None:
        """Show a case or a red line under its own title: in full, but for a few words beside a table or a dialogue."""
        self._flush()
        title = next((text_of(child) for child in element if "admonition-title" in child.get("class", "")), self.title)
        said: list[str] = []
        shown = False

        def close(*, before: bool = False) -> None:
            if said and (before or shown) and self._is_aside(said) and kind == "case":
                self.script += said if before else []
                self._say([] if before else said)
            elif said:
                self._add(Slide(title, Text(tuple(said)), kind))
            said.clear()

        for child in element:
            classes = child.get("class", "")
            if "admonition-title" in classes:
                continue
            if (body := body_of(child)) and child.tag in ("table", "blockquote"):
                close(before=True)
                self._add(Slide(title, body, kind))
                shown = True
            elif child.tag in ("ul", "ol"):
                said += [f"{f'{n}.' if child.tag == 'ol' else '·'} {text_of(item)}" for n, item in enumerate(child, 1)]
            elif "instructor" in classes:
                close()
                self._say(_told(child))
            elif text := text_of(child):
                said.append(text)
        close()

    def _flush(self) -> None:
        """Show the points that have gathered; a few words after a table or a dialogue are said with it."""
        points, self.points = self.points, []
        same = bool(self.slides) and self.slides[-1].title.removesuffix(MORE) == self.title
        if points and same and isinstance(self.slides[-1].body, Grid | Talk) and self._is_aside(points):
            self._say([*points, *self.script])
            self.script = []
        elif points:
            self._add(Slide(self.title, Points(tuple(points)), self._kind))


def _told(aside: ET.Element) -> list[str]:
    """Give an instructor's note line by line."""
    return [line for child in aside if child.get("class") != "instructor-title" for line in _spoken(child)]


def _spoken(element: ET.Element) -> Iterator[str]:
    """Give an element of a note line by line."""
    if element.tag in ("ul", "ol"):
        yield from (f"· {text_of(item)}" for item in element)
    elif element.tag == "table":
        yield from (" | ".join(map(text_of, row)) for row in element.iter("tr"))
    elif text := text_of(element):
        yield text


def body_of(element: ET.Element) -> Body | None:
    """Read a table, a dialogue or a quotation."""
    if element.tag == "table":
        rows = [tuple(map(text_of, row)) for row in element.iter("tr")]
        return grid(rows[0], tuple(rows[1:])) if len(rows) > 1 and len({len(row) for row in rows}) == 1 else None
    if element.get("class") == "dialogue":
        return Talk(tuple((text_of(turn[0]), text_of(turn[1])) for turn in element if len(turn) > 1))
    return Text(tuple(text for child in element if (text := text_of(child))))
