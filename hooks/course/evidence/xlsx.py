"""The evidence as a workbook: a sheet for each part, to be sorted and filtered."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from ..archive import created
from .model import Evidence
from .report import TITLE, Cell, Table, parts

LINE = 17
"""The height of a line in points."""
A4 = 9
SCREEN = 15
"""Rows beyond which a table is filtered rather than read."""


def to_xlsx(evidence: Evidence) -> bytes:
    """Write everything that the evidence says; two runs of one commit write the same bytes (SOURCE_DATE_EPOCH)."""
    written = io.BytesIO()
    # What was handed in stays text: a cell of it must not become a formula.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, options) as file:
        file.set_properties({"created": created().replace(tzinfo=None), "title": f"{TITLE} {evidence.page.title}"})
        cell = {"text_wrap": True, "align": "left", "valign": "top", "bottom_color": "#9aa0a6"}
        styles = {
            "title": file.add_format({"bold": True, "font_size": 14}),
            "words": file.add_format({"font_color": "#3c4248"}),
            "head": file.add_format({**cell, "bold": True, "bottom": 1, "bg_color": "#eef2f7"}),
            "cell": file.add_format({**cell, "bottom": 4}),
        }
        for number, part in enumerate(parts(evidence), 1):
            for place, table in enumerate(part.tables):
                sheet = file.add_worksheet(f"{number} {table.caption if place else part.title}")
                _sheet(
                    sheet, evidence, table.caption if place else part.title, () if place else part.words, table, styles
                )
    return written.getvalue()


def _sheet(
    sheet: Any, evidence: Evidence, title: str, words: Sequence[str], table: Table, styles: dict[str, Any]
) -> None:
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{TITLE} {evidence.page.title.replace('&', '&&')}&R&P / &N")
    sheet.write_string(0, 0, title, styles["title"])
    for row, text in enumerate(words, 1):
        sheet.write_string(row, 0, text, styles["words"])
    head = len(words) + 2
    for place, (name, width) in enumerate(table.columns.items()):
        sheet.set_column(place, place, width)
        sheet.write_string(head, place, name, styles["head"])
    for row, cells in enumerate(table.rows, head + 1):
        # Not every program makes a row as high as its text.
        lines = (_lines(cell, width) for cell, width in zip(cells, table.columns.values(), strict=True))
        sheet.set_row(row, LINE * max(lines))
        for place, cell in enumerate(cells):
            write = sheet.write_string if isinstance(cell, str) else sheet.write_number
            write(row, place, cell, styles["cell"])
    sheet.repeat_rows(head)
    if len(table.rows) > SCREEN:
        sheet.freeze_panes(head + 1, 0)
        sheet.autofilter(head, 0, head + len(table.rows), len(table.columns) - 1)


def _lines(cell: Cell, width: int) -> int:
    """Give the lines that a cell takes: Latin letters are half as wide as Chinese characters."""
    lines = (len(re.sub(r"[^\x00-\xff]", "..", line)) for line in str(cell).split("\n"))
    return sum(math.ceil(max(1, length) * 1.05 / width) for length in lines)
