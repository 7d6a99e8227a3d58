"""A workbook as XLSX: example figures in the cells that are filled in, formulas in those that are worked out."""

from __future__ import annotations

import datetime
import io
import os
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from .formula import Cell, Formula
from .model import Column, Sheet, Table, Workbook

FORMATS = {"text": "@", "number": "#,##0.##", "money": "#,##0.00", "percent": "0.0%"}
EXAMPLE = "浅色格里是示例数字，清掉以后填自己的；比率和合计由公式算出，不用填。"
INK, FILL = "#1f2937", "#eef2f7"
NARROWEST, WIDEST = 10, 40
"""Bounds of a column's width, in characters of Latin text."""


def to_xlsx(workbook: Workbook) -> bytes:
    """Write a workbook; two builds of one commit write the same bytes (SOURCE_DATE_EPOCH)."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as file:
        created = datetime.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), tz=datetime.UTC)
        file.set_properties({"created": created.replace(tzinfo=None)})
        file.set_calc_mode("auto")
        styles = _Styles(file)
        for sheet in workbook.sheets:
            _sheet(file.add_worksheet(sheet.title), sheet, styles)
    return written.getvalue()


class _Styles:
    """The cell formats of a file, each made once."""

    def __init__(self, file: xlsxwriter.Workbook) -> None:
        self.file = file
        self.made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.file.add_format({"valign": "vcenter", "font_color": INK, **properties})
        return self.made[key]

    def cell(self, column: Column, *, given: bool = False, total: bool = False) -> Any:
        """Give the format of a cell of `column`."""
        properties: dict[str, Any] = {"num_format": FORMATS[column.format], "border": 1}
        if given:
            properties["bg_color"] = FILL
        if total:
            properties |= {"bold": True, "top": 2}
        return self(**properties)


def _sheet(target: Worksheet, sheet: Sheet, styles: _Styles) -> None:
    target.set_landscape()
    target.set_paper(9)  # A4
    target.fit_to_pages(1, 0)
    target.write(0, 0, sheet.title, styles(bold=True, font_size=14))
    target.write(1, 0, EXAMPLE, styles(italic=True))
    widths: dict[int, int] = {}
    row = 3
    for table in sheet.tables:
        row = _table(target, table, row, styles) + 1
        for place, column in enumerate(table.columns):
            widths[place] = max(widths.get(place, NARROWEST), min(2 * len(column.title) + 2, WIDEST))
    for place, width in widths.items():
        target.set_column(place, place, width)


def _table(target: Worksheet, table: Table, row: int, styles: _Styles) -> int:
    """Write a table from `row` on; give the row after its last."""
    for text in filter(None, (table.title, table.note)):
        target.write(row, 0, text, styles(bold=text == table.title))
        row += 1
    for place, column in enumerate(table.columns):
        target.write(row, place, column.title, styles(bold=True, border=1, text_wrap=True, bottom=2))
    first = row = row + 1
    filled = table.filled()
    totals = filled.pop() if table.total else None
    empty: list[Cell] = [None] * len(table.columns)
    for cells in [*filled, *([empty] * table.blank)]:
        for place, column in enumerate(table.columns):
            if column.formula:
                formula = _in_row(column.formula, table, row, first)
                target.write_formula(row, place, formula, styles.cell(column), _shown(cells[place]))
            else:
                given = cells[place] is not None
                _write(target, row, place, cells[place], styles.cell(column, given=given))
        row += 1
    if totals:
        _totals(target, table, totals, (first, row), styles)
        row += 1
    return _explanations(target, table, row + 1, styles)


def _in_row(text: str, table: Table, row: int, first: int) -> str:
    """Write a column's formula for the cells of `row`; there is nothing above the first."""
    titles = table.titles
    if row == first and any(above for _, above in Formula(text).names):
        return '=""'
    return Formula(text).in_cells(lambda name, above: xl_rowcol_to_cell(row - above, titles.index(name)))


def _totals(target: Worksheet, table: Table, cells: list[Cell], rows: tuple[int, int], styles: _Styles) -> None:
    first, row = rows
    for place, column in enumerate(table.columns):
        style = styles.cell(column, total=True)
        if column.total_formula:
            formula = _in_row(column.total_formula, table, row, -1)
            target.write_formula(row, place, formula, style, _shown(cells[place]))
        elif column.is_summed:
            span = f"{xl_rowcol_to_cell(first, place)}:{xl_rowcol_to_cell(row - 1, place)}"
            target.write_formula(row, place, f"=SUM({span})", style, _shown(cells[place]))
        else:
            _write(target, row, place, cells[place], style)


def _explanations(target: Worksheet, table: Table, row: int, styles: _Styles) -> int:
    for column in table.columns:
        if column.how:
            target.write(row, 0, column.title, styles(bold=True))
            target.write(row, 1, column.how, styles())
            row += 1
    return row


def _write(target: Worksheet, row: int, place: int, value: Cell, style: Any) -> None:
    if value is None:
        target.write_blank(row, place, None, style)
    elif isinstance(value, str):
        target.write_string(row, place, value, style)
    else:
        target.write_number(row, place, value, style)


def _shown(value: Cell) -> float | str:
    """Give what a program shows that does not calculate."""
    return "" if value is None else value
