"""The evidence on paper."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

from ..paper import to_pdf as lay_out
from .model import Evidence
from .report import TITLE, Cell, Part, Table, parts

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
    columns = table.columns[shared:]
    root = ET.SubElement(parent, "table", {"class": "grouped" if shared else "signed" if _is_signed(table) else ""})
    if table.caption:
        ET.SubElement(root, "caption").text = table.caption
    group = ET.SubElement(root, "colgroup")
    for column in columns:
        width = 100 * column.width / sum(each.width for each in columns)
        ET.SubElement(group, "col", {"style": f"width: {width:.2f}%"})
    if len(columns) != 2 or columns[0].title != "项目":
        _row(ET.SubElement(root, "thead"), "th", [column.title for column in columns])
    for heads, rows in itertools.groupby(table.rows, key=lambda row: row[:shared]):
        body = ET.SubElement(root, "tbody")
        if heads:
            head = ET.SubElement(ET.SubElement(body, "tr", {"class": "group"}), "th", {"colspan": str(len(columns))})
            head.text = "　".join(map(str, heads))
        for row in rows:
            _row(body, "td", row[shared:])


def _is_signed(table: Table) -> bool:
    return any(column.title == "签名" for column in table.columns)


def _row(parent: ET.Element, tag: str, cells: Sequence[Cell]) -> None:
    row = ET.SubElement(parent, "tr")
    for cell in cells:
        element = ET.SubElement(row, tag, {} if isinstance(cell, str) else {"class": "number"})
        first, *others = str(cell).split("\n")
        element.text = first
        for line in others:
            ET.SubElement(element, "br").tail = line
