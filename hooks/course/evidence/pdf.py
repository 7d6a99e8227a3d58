"""The evidence on paper."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

from ..paper import to_pdf as lay_out
from .model import Evidence
from .report import NONE, NOT_ASKED, NOT_TAUGHT, SIGNATURE, TITLE, Cell, Part, Table, parts

QUIET = dict.fromkeys((NONE, NOT_ASKED, NOT_TAUGHT), "quiet")
SHORT = 8
"""Rows of a table that stay on one page."""
STYLE = Path(__file__).parent / "evidence.css"


def to_pdf(evidence: Evidence) -> bytes:
    """Lay out everything that the evidence says; two runs of one commit write the same bytes."""
    body = ET.Element("main")
    ET.SubElement(body, "p", {"class": "kind"}).text = TITLE
    ET.SubElement(body, "h1").text = evidence.page.title
    for number, part in enumerate(parts(evidence), 1):
        _part(body, number, part)
    html = ET.tostring(body, encoding="unicode", method="html")
    return lay_out(html, f"{TITLE} {evidence.page.title}", STYLE.read_text(encoding="utf-8"))


def _part(body: ET.Element, number: int, part: Part) -> None:
    section = ET.SubElement(body, "section")
    ET.SubElement(section, "h2").text = f"{number} {part.title}"
    for text in part.words:
        ET.SubElement(section, "p").text = text
    for table in part.tables:
        _table(section, table)


def _table(parent: ET.Element, table: Table) -> None:
    shared = 2 if table.grouped else 0
    columns = dict(list(table.columns.items())[shared:])
    kind = "grouped" if shared else "signed" if SIGNATURE in columns else "short" if len(table.rows) <= SHORT else ""
    root = ET.SubElement(parent, "table", {"class": kind})
    if table.caption:
        ET.SubElement(root, "caption").text = table.caption
    group = ET.SubElement(root, "colgroup")
    for width in columns.values():
        ET.SubElement(group, "col", {"style": f"width: {100 * width / sum(columns.values()):.2f}%"})
    if not table.is_plain:
        _row(ET.SubElement(root, "thead"), "th", list(columns))
    for heads, rows in itertools.groupby(table.rows, key=lambda row: row[:shared]):
        body = ET.SubElement(root, "tbody")
        if heads:
            head = ET.SubElement(ET.SubElement(body, "tr", {"class": "group"}), "th", {"colspan": str(len(columns))})
            head.text = "　".join(map(str, heads))
        for row in rows:
            _row(body, "td", row[shared:])


def _row(parent: ET.Element, tag: str, cells: Sequence[Cell]) -> None:
    row = ET.SubElement(parent, "tr")
    for cell in cells:
        element = ET.SubElement(row, tag, {"class": QUIET.get(cell, "") if isinstance(cell, str) else "number"})
        first, *others = str(cell).split("\n")
        element.text = first
        for line in others:
            ET.SubElement(element, "br").tail = line
