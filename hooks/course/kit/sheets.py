"""Sheets of a class, from the blocks that its pages show: sign-in sheet, run sheet, scorecard."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from ..article import Articles
from ..corpus import Corpus, Page
from ..elements import add, add_plain
from ..paper import to_pdf
from ..source import read
from ..workbook.model import Table, Workbook
from .cards import SCORECARD
from .onpaper import put_on_paper
from .plan import Plan

STYLES = [Path(__file__).parent / name for name in ("lesson.css", "sheets.css")]
SIGN_IN = "/// sign-in\n///\n"
RUN_SHEET = "/// run-sheet | {}\n///\n"
BLANK = 18
"""Rows of the printed scorecard: as many calls as one sheet takes."""


def sign_in(plan: Plan, brand: str) -> bytes:
    """Lay out the sheet that participants sign."""
    return _laid_out(_rendered(plan, SIGN_IN), f"{plan.title} 签到表", brand)


def run_sheet(plan: Plan, brand: str) -> bytes:
    """Lay out what the trainer does at which minute."""
    title = f"{plan.title} 主持单"
    rendered = _rendered(plan, f"# {title}\n\n" + RUN_SHEET.format(plan.page.path), "instructor")
    return _laid_out(rendered, title, brand)


def scorecard(plan: Plan, brand: str) -> bytes:
    """Lay out how a call is scored, and a table to fill in."""
    page = scorecard_page(plan.corpus)
    book = workbook(page) if page else None
    assert page
    assert book
    # How to score; the example and its reading are for the screen.
    parts = re.split(r"^(?=## )", page.public, flags=re.MULTILINE)
    scoring = next((part for part in parts if part.startswith("## 怎样评")), "")
    articles = Articles(plan.corpus, finish=lambda root, _: _clear(root))
    rules = articles.text(f"# {page.title}\n\n{scoring}", page.path)
    table = book.sheets[0].tables[0]
    blank = articles.drawn(lambda root: _blank(root, table))
    return _laid_out(f"{rules}{blank}", page.title, brand)


def scorecard_page(corpus: Corpus) -> Page | None:
    """Give the page of the scorecard; a company's site may have left it out."""
    page = corpus.page(SCORECARD)
    return page if page and workbook(page) else None


def workbook(page: Page) -> Workbook | None:
    """Give the workbook on a page."""
    block = next((block for block in page.blocks if block.name == "workbook"), None)
    return read(Workbook, block.body, page.path).model if block else None


def _blank(root: ET.Element, table: Table) -> None:
    section = add(root, "section", class_="blank-scores")
    add_plain(section, "h2", "记分")
    drawn = add(section, "table")
    head = add(add(drawn, "thead"), "tr")
    for title in table.titles:
        add_plain(head, "th", title)
    body = add(drawn, "tbody")
    for _ in range(BLANK):
        row = add(body, "tr")
        for _ in table.titles:
            add_plain(row, "td", "")
    for column in table.columns:
        if column.how:
            add(section, "p", f"{column.title}：{column.how}", class_="how")


def _rendered(plan: Plan, text: str, edition: str = "trainee") -> str:
    return Articles(plan.corpus, edition, lambda root, _: _clear(root)).text(text, plan.page.path)


def _clear(root: ET.Element) -> None:
    """Take out what only a screen can do, and the notes on what is cited, which the handout has."""
    put_on_paper(root)
    for parent in list(root.iter()):
        for notes in parent.findall("law-notes"):
            parent.remove(notes)


def _laid_out(html: str, title: str, brand: str) -> bytes:
    return to_pdf(html, title, brand + "".join(style.read_text(encoding="utf-8") for style in STYLES))
