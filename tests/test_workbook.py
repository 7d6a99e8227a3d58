"""Workbooks: formulas, what an author can get wrong, the page, and the file as LibreOffice reads it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from course.doctor import lacking_office
from course.source import read
from course.workbook.formula import Formula
from course.workbook.model import Format, Workbook
from course.workbook.tree import shown
from course.workbook.xlsx import to_xlsx
from office import sheets_of
from project import SOURCES, render, said, write

BOOK = """\
sheets:
  - title: 日报
    tables:
      - total: true
        blank: 1
        columns:
          - title: 工号
            format: text
          - title: 拨打
          - title: 接通
            how: 有人接听。
          - title: 接通率
            format: percent
            formula: "[接通] / [拨打]"
        rows:
          - ["01", 80, 36]
          - ["02", 20, 4]
      - title: 滚动
        columns:
          - title: 上月
            format: money
          - title: 本月
            format: money
          - title: 滚入
            format: percent
            formula: "[本月] / [上月@上一行]"
        rows:
          - [3000, 3050]
          - [90, 96]
"""


def book(text: str = BOOK) -> Workbook:
    found = read(Workbook, text, "x.md")
    assert found.model, found.mistakes
    return found.model


@pytest.mark.parametrize(
    ("text", "row", "above", "value"),
    [
        ("[甲] / [乙]", (1, 4), None, 0.25),
        ("([甲] + [乙]) * 2 - 1", (1, 4), None, 9),
        ("-[甲]", (1, 4), None, -1),
        ("[甲] / [乙]", (1, 0), None, None),
        ("[甲] / [乙]", (1, None), None, None),
        ("[甲] / [乙@上一行]", (1, 4), (3, 10), 0.1),
        ("[甲] / [乙@上一行]", (1, 4), None, None),
        ("IF([甲] > 0, 0, [乙])", (0, 9), None, 9),
        ("IF([甲] > 0, 0, [乙])", (1, 9), None, 0),
        ("IF([甲] > 0, 0, [乙])", (None, 9), None, None),
        ("IF([乙] <= 0, 0, [甲] / [乙])", (1, 0), None, 0),
        ("IF([甲] >= 8, IF(MIN([甲], [乙]) < 1, 2, 3), 4) + 1", (8, 0), None, 3),
        ("MIN([甲], [乙], 3)", (5, 4), None, 3),
    ],
)
def test_formulas_are_worked_out(
    text: str, row: tuple[float | None, ...], above: tuple[float, ...] | None, value: float | None
) -> None:
    assert Formula(text).value(row, above, ["甲", "乙"]) == value


@pytest.mark.parametrize(
    "text",
    [
        "IF([甲], 1, 2)",
        "IF([甲] > 1, 2)",
        "IF([甲] > 1 > 0, 1, 2)",
        "IF([甲] == 1, 1, 2)",
        "IF([甲] > 1, 2, '是')",
        "MIN()",
        "MAX([甲], 1)",
        "MIN(*[[甲]])",
        "[甲] > 1",
        "[甲] ** 2",
        "__import__('os')",
        "[甲] +",
        "甲 / 乙",
        "[甲] if 1 else 2",
        "(" * 400 + "1" + ")" * 400,
    ],
)
def test_formulas_are_arithmetic_and_nothing_else(text: str) -> None:
    assert Formula(text).problem() == "只能用 [列名]、数字、加减乘除、括号、IF(甲 > 乙, 丙, 丁) 和 MIN(甲, 乙)"


def test_a_formula_in_a_spreadsheet_is_empty_where_a_value_is_missing() -> None:
    written = Formula("([甲] + [乙]) / [甲]").in_cells(lambda name, _: {"甲": "A2", "乙": "B2"}[name])
    assert written == '=IF(COUNT(A2,B2)<2,"",IFERROR((A2 + B2) / A2,""))'


def test_ratios_of_the_totals_are_worked_out_anew() -> None:
    first, second = book().sheets[0].tables
    assert first.filled() == [["01", 80, 36, 0.45], ["02", 20, 4, 0.2], ["合计", 100, 40, 0.4]]
    assert second.filled() == [[3000, 3050, None], [90, 96, 0.032]]


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('"[接通] / [拨打]"', '"[接通] / [拔打]"', 19, "公式里的“[拔打]”不是这张表的一列 —— 可用：工号、拨打、接通、接通率"),
        ('"[接通] / [拨打]"', '"[接通] ** 2"', 19, "公式“[接通] ** 2”读不懂 —— 只能用 [列名]、数字、加减乘除、括号、IF(甲 > 乙, 丙, 丁) 和 MIN(甲, 乙)"),
        ('"[接通] / [拨打]"', '"[接通率] / [拨打]"', 19, "公式用到的“[接通率]”排在后面，它自己也要算 —— 把那一列移到左边"),
        ('["01", 80, 36]', '["01", 80]', 21, "这一行有 2 个值，要填的列有 3 个 —— 工号、拨打、接通"),
        ('["01", 80, 36]', '["01", "80", 36]', 21,
         "“拨打”这一列不能填“80” —— 文字列加英文引号；数字列写数字；空着写 null"),
        ("title: 接通\n", "title: 拨打\n", 15, "“拨打”这一列写了两次 —— 改名或删去一列"),
        ("      - title: 滚动\n", "      - title: 滚动\n        total: true\n", 32,
         "有合计行的表不能用“@上一行” —— 删去“total: true”"),
        ("format: money", "format: monney", 26,
         "“format”不能是“monney” —— 可用：text、number、money、percent"),
    ],
)  # fmt: skip
def test_what_an_author_can_get_wrong(tmp_path: Path, old: str, new: str, line: int, told: str) -> None:
    assert old in BOOK
    text = f"---\ntitle: 页\n---\n\n/// workbook\n{BOOK.replace(old, new, 1)}///\n"
    assert said(write(tmp_path, **{"docs/page.md": text})) == [f"docs/page.md:{line}: {told}"]


def test_the_page_shows_the_figures_and_what_they_count(tmp_path: Path) -> None:
    text = f"---\ntitle: 页\n---\n\n# 页\n\n/// workbook\n{BOOK}///\n"
    html = render(write(tmp_path, **{**SOURCES, "docs/page.md": text}), "page.md")
    total = '<td class="workbook-text">合计</td>.*?<td class="workbook-percent">40.0%</td>'
    assert re.search(f'<tr class="workbook-total">.*?{total}', html, re.DOTALL)
    assert "<dt>接通</dt>\n<dd>有人接听。</dd>" in html
    assert '<a href="page.xlsx">下载 Excel 表格（XLSX）</a>' in html


@pytest.mark.parametrize(
    ("cell", "kind", "text"),
    [
        (5 / 16, "percent", "31.3%"),
        (0.4, "percent", "40.0%"),
        (16400, "money", "16,400"),
        (2.675, "money", "2.68"),
        (2.5, "number", "2.5"),
        (-0.5, "number", "-0.5"),
        ("0317", "text", "0317"),
        (None, "percent", "–"),
    ],
)
def test_figures_are_rounded_as_a_spreadsheet_does(cell: float | str | None, kind: Format, text: str) -> None:
    assert shown(cell, kind) == text


def test_two_builds_write_the_same_bytes() -> None:
    assert to_xlsx(book()) == to_xlsx(book())


SCORECARD = """\
sheets:
  - title: 评分
    tables:
      - total: true
        columns:
          - title: 问
          - title: 答
          - title: 违规
          - title: 计入
            formula: "IF([违规] > 0, 0, [问] + [答])"
          - title: 通过
            formula: "IF([计入] >= 3, IF(MIN([问], [答]) > 0, 1, 0), 0)"
        rows:
          - [2, 1, 0]
          - [2, 2, 1]
          - [4, 0, 0]
"""


def test_a_gate_closes_on_the_page() -> None:
    table = book(SCORECARD).sheets[0].tables[0]
    assert [row[-2:] for row in table.filled()] == [[3, 1], [0, 0], [4, 0], [7, 1]]


@pytest.mark.skipif("Calc" in lacking_office(), reason="no LibreOffice Calc")
@pytest.mark.parametrize(("violations", "counted", "passed"), [("0", "4", "1"), ("1", "0", "0")])
def test_a_gate_closes_in_libreoffice(tmp_path: Path, violations: str, counted: str, passed: str) -> None:
    """Change the violations of the second row in the file: LibreOffice works out the gate."""
    old, new = tmp_path / "old.xlsx", tmp_path / "new.xlsx"
    old.write_bytes(to_xlsx(book(SCORECARD)))
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w") as target:
        for part in source.infolist():
            content = re.sub(rb"</f><v>[^<]*</v>", b"</f>", source.read(part))
            content = re.sub(rb'(<c r="C6"[^>]*><v>)1(</v>)', rf"\g<1>{violations}\g<2>".encode(), content)
            target.writestr(part, content)
    rows = sheets_of(new, tmp_path)["评分"]
    assert ["2", "2", violations, counted, passed] in rows
    assert ["2", "1", "0", "3", "1"] in rows
    assert ["4", "0", "0", "4", "0"] in rows


@pytest.mark.skipif("Calc" in lacking_office(), reason="no LibreOffice Calc")
def test_formulas_live_in_libreoffice(tmp_path: Path) -> None:
    """Change 36 to 60 in the file and drop what was worked out before: LibreOffice works out the rest."""
    old, new = tmp_path / "old.xlsx", tmp_path / "new.xlsx"
    old.write_bytes(to_xlsx(book()))
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = re.sub(rb"</f><v>[^<]*</v>", b"</f>", content).replace(b"<v>36</v>", b"<v>60</v>")
            target.writestr(part, content)
    rows = sheets_of(new, tmp_path)["日报"]
    assert ["01", "80", "60", "75%"] in rows
    assert ["", "", "", ""] in rows
    assert ["合计", "100", "64", "64%"] in rows
    assert ["90", "96", "3.2%", ""] in rows
