"""The handout: the lessons of a class for participants, with a cover, a table of contents and nothing to click.

What the lessons cite stands once, at the end.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path, PurePosixPath

from ..archive import created
from ..article import Articles
from ..corpus import Page
from ..elements import add, add_plain
from ..paper import to_pdf
from .onpaper import apart, embed_pictures, figure_style, put_on_paper
from .plan import Plan

STYLES = [Path(__file__).parent / name for name in ("lesson.css", "handout.css")]
TIMETABLE = "/// class\n///\n"
CITED = ("cited", "引用的法条（要旨）")
HEADINGS = ("h1", "h2")
NOTE = re.compile(r"(law-note-.*?)((?:-\d+)+)")
"""The ID of a note on an article: its statute, and its number, as 253-1."""


class _Chapters:
    """Renders pages for one document, and notes their headings for its table of contents."""

    def __init__(self, plan: Plan) -> None:
        self.headings: list[tuple[str, str, str]] = []
        """Level, ID and text of each."""
        self.notes: dict[str, tuple[ET.Element, ET.Element]] = {}
        """The gist of each article cited, by the ID that citations link to."""
        self.file_of = plan.corpus.file_of
        self.figures = figure_style(plan.corpus.docs / "assets")
        self.articles = Articles(plan.corpus, "trainee", self._finish)

    def lesson(self, page: Page) -> str:
        return self.articles.lesson(page.path)

    def timetable(self, page: Page) -> str:
        return self.articles.text(TIMETABLE, page.path)

    def cited(self) -> str:
        """Give the gist of every article that was cited so far, by statute and number."""
        listed = ET.Element("dl", {"class": "law-notes"})
        for identifier in sorted(self.notes, key=_by_article):
            listed.extend(self.notes[identifier])
        return self.articles.drawn(lambda root: root.append(listed))

    def _finish(self, root: ET.Element, path: str) -> None:
        if not path:
            return
        put_on_paper(root, self.figures)
        embed_pictures(root, self.file_of(path).parent)
        for parent in list(root.iter()):
            for notes in parent.findall("law-notes"):
                self._collect(notes)
                parent.remove(notes)
        # A course and a file: two courses may have lessons of one name.
        apart(root, PurePosixPath(path).with_suffix("").as_posix().replace("/", "-"), shared=self.notes)
        for heading in root:
            if heading.tag in HEADINGS and heading.get("id"):
                self.headings.append((heading.tag, heading.get("id", ""), "".join(heading.itertext())))

    def _collect(self, notes: ET.Element) -> None:
        terms, gists = notes.iter("dt"), notes.iter("dd")
        for term, gist in zip(terms, gists, strict=True):
            self.notes[term.get("id", "")] = (term, gist)


def _by_article(identifier: str) -> tuple[str, list[int]]:
    match = NOTE.fullmatch(identifier)
    assert match
    return match[1], [int(part) for part in match[2].split("-")[1:]]


def pdf(plan: Plan, brand: str) -> bytes:
    """Lay out the handout."""
    chapters = _Chapters(plan)
    timetable = chapters.timetable(plan.page)
    lessons = "".join(f'<article class="lesson">{chapters.lesson(page)}</article>' for page in plan.lessons)
    cited = ""
    if chapters.notes:
        chapters.headings.append(("h1", *CITED))
        cited = f'<section class="cited"><h1 id="{CITED[0]}">{CITED[1]}</h1>{chapters.cited()}</section>'
    before = ET.Element("div")
    _cover(add(before, "section", class_="cover"), plan)
    _contents(add(before, "nav", class_="contents"), chapters.headings)
    front = ET.tostring(before, encoding="unicode", method="html")
    body = f'{front}<section class="plan"><h2>课程表</h2>{timetable}</section>{lessons}{cited}'
    return to_pdf(body, f"{plan.title} 讲义", brand + "".join(style.read_text(encoding="utf-8") for style in STYLES))


def _cover(parent: ET.Element, plan: Plan) -> None:
    add_plain(parent, "p", "学员讲义", class_="cover-kind")
    add_plain(parent, "h1", plan.title)
    facts = add(parent, "dl", class_="lesson-head")
    for name, text in (*plan.facts, ("课数", f"{len(plan.lessons)} 课"), ("编号", "＿＿＿＿＿＿")):
        add_plain(facts, "dt", name)
        add_plain(facts, "dd", text)
    date = f"内容截至 {created().date()}。" if created().year > 1980 else ""
    add_plain(
        parent, "p", f"{date}自测的答案不印在讲义里，先做，再对。本讲义是培训材料，不是法律意见。", class_="cover-note"
    )


def _contents(parent: ET.Element, headings: list[tuple[str, str, str]]) -> None:
    add_plain(parent, "h2", "目录")
    # The page numbers are the style's: target-counter.
    for level, identifier, text in headings:
        add_plain(add(parent, "p", class_=f"contents-{level}"), "a", text, href=f"#{identifier}")
