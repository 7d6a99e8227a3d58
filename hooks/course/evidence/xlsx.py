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
from .report import TITLE, Cell, Part, Table, parts

LINE = 15
"""The height of a line in points."""
A4 = 9


def to_xlsx(evidence: Evidence) -> bytes:
    """Write everything that the evidence says; two runs of one commit write the same bytes (SOURCE_DATE_EPOCH)."""
    written = io.BytesIO()
    # What was handed in stays text: a cell of it must not become a formula.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, options) as file:
        file.set_properties({"created": created().replace(tzinfo=None), "title": f"{TITLE} {evidence.page.title}"})
        styles = {
            "title": file.add_format({"bold": True, "font_size": 14}),
            "words": file.add_format({"font_color": "#3c4248"}),
            "caption": file.add_format({"bold": True}),
            "head": file.add_format({"bold": True, "bottom": 1, "bg_color": "#eef2f7", "text_wrap": True, "valign": "top"}),
            "cell": file.add_format({"text_wrap": True, "valign": "top"}),
        }  # fmt: skip
        for number, part in enumerate(parts(evidence), 1):
            _sheet(file.add_worksheet(f"{number} {part.title}"), evidence, part, styles)
    return written.getvalue()


def _sheet(sheet: Any, evidence: Evidence, part: Part, styles: dict[str, Any]) -> None:
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{TITLE} {evidence.page.title.replace('&', '&&')}&R&P / &N")
    sheet.write_string(0, 0, part.title, styles["title"])
    row = 1
    for text in part.words:
        sheet.write_string(row, 0, text, styles["words"])
        row += 1
    widths = _widths(part)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    for table in part.tables:
        row = _table(sheet, table, row + 1, widths, styles)
    if len(part.tables) == 1 and len(part.tables[0].rows) > 10:
        first = row - len(part.tables[0].rows)
        sheet.freeze_panes(first, 0)
        sheet.repeat_rows(first - 1)
        sheet.autofilter(first - 1, 0, row - 1, len(widths) - 1)


def _widths(part: Part) -> list[int]:
    """Give the width of each column: the widest that a table of the sheet asks for."""
    most = max((len(table.columns) for table in part.tables), default=1)
    wanted = [[table.columns[place].width for table in part.tables if place < len(table.columns)] for place in range(most)]
    return [max(widths) for widths in wanted] if part.tables else [60]


def _table(sheet: Any, table: Table, row: int, widths: Sequence[int], styles: dict[str, Any]) -> int:
    """Write a table from `row` on; give the row after its last."""
    if table.caption:
        sheet.write_string(row, 0, table.caption, styles["caption"])
        row += 1
    for place, column in enumerate(table.columns):
        sheet.write_string(row, place, column.title, styles["head"])
    for cells in table.rows:
        row += 1
        # Not every program makes a row as high as its text.
        sheet.set_row(row, LINE * max(_lines(cell, width) for cell, width in zip(cells, widths, strict=False)))
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, place, cell, styles["cell"])
            else:
                sheet.write_number(row, place, cell, styles["cell"])
    return row + 1


def _lines(cell: Cell, width: int) -> int:
    """Give the lines that a cell takes: Latin letters are half as wide as Chinese characters."""
    return sum(math.ceil(max(1, len(re.sub(r"[^\x00-\xff]", "..", line))) * 1.05 / width) for line in str(cell).split("\n"))
