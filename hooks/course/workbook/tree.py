"""A workbook on the page: every table with its example figures worked out, and what each column means."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from decimal import ROUND_HALF_UP, Decimal
from pathlib import PurePosixPath

from ..elements import add, add_plain
from .formula import Cell
from .model import Format, Table, Workbook

SUFFIX = ".xlsx"


def workbook_path(page: str) -> str:
    """Give the path of a page's workbook, which lies beside it."""
    return PurePosixPath(page).with_suffix(SUFFIX).as_posix()


def render(parent: ET.Element, workbook: Workbook, path: str) -> ET.Element:
    """Append the workbook of the page at `path`."""
    root = add(parent, "section", class_="workbook")
    for sheet in workbook.sheets:
        add_plain(root, "h3", sheet.title)
        for table in sheet.tables:
            _table(root, table)
    download = add(root, "p", class_="download")
    add_plain(download, "a", "下载 Excel 表格（XLSX）", href=PurePosixPath(workbook_path(path)).name)
    return root


def _table(parent: ET.Element, table: Table) -> None:
    if table.note:
        add(parent, "p", table.note)
    drawn = add(parent, "table")
    if table.title:
        add_plain(drawn, "caption", table.title)
    head = add(add(drawn, "thead"), "tr")
    for column in table.columns:
        add_plain(head, "th", column.title, scope="col", class_=f"workbook-{column.format}")
    body = add(drawn, "tbody")
    for number, cells in enumerate(table.filled(), 1):
        is_total = table.total and number > len(table.rows)
        row = add(body, "tr", **({"class_": "workbook-total"} if is_total else {}))
        for cell, column in zip(cells, table.columns, strict=True):
            add_plain(row, "td", shown(cell, column.format), class_=f"workbook-{column.format}")
    if any(column.how for column in table.columns):
        terms = add(parent, "dl", class_="workbook-columns")
        for column in table.columns:
            if column.how:
                add_plain(terms, "dt", column.title)
                add(terms, "dd", column.how)


def shown(cell: Cell, kind: Format) -> str:
    """Write a cell as the spreadsheet shows it."""
    if cell is None:
        return "–"
    if isinstance(cell, str):
        return cell
    if kind == "percent":
        return f"{_rounded(cell * 100, 1):f}%"
    return f"{_rounded(cell, 2):,f}".rstrip("0").rstrip(".")


def _rounded(value: float, places: int) -> Decimal:
    """Round as spreadsheets and people do, halves up; Python rounds them to even."""
    # Fifteen digits, which is what a spreadsheet keeps: 31.25 must not become 31.249999….
    return Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
