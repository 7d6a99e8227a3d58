"""Reading the question bank's workbook back: rows into checked quizzes, mistakes by sheet, row and column."""

from __future__ import annotations

import datetime
import difflib
import hashlib
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import openpyxl
from openpyxl.utils import get_column_letter

from ..corpus import Corpus
from ..quiz.model import Quiz
from ..source import Tree, validate
from . import sheet
from .sheet import EXPLANATION, ID, KEY, LAYOUTS, OBJECTIVE, PLACE, QUIZ, STEM, Layout

QUIZ_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*")
FIELDS = {ID: "id", OBJECTIVE: "objective", STEM: "stem", EXPLANATION: "explanation"}
COLUMNS = {
    **{name: title for title, name in FIELDS.items()},
    "options": "选项", "text": "文字", "feedback": "反馈", "answers": "答案", "answer": "答案", "tolerance": "允许误差",
    "unit": "单位", "steps": "步骤", "pairs": "配对", "left": "左", "right": "右", "lines": "原话", "speaker": "说话人",
    "violation": "违规", "title": "标题",
}  # fmt: skip
"""What each key of the YAML is called in the workbook."""
REMEDIES = {
    "在正确的选项下写“correct: true”": f"在“{KEY}”写它的字母",
    "只留一个“correct: true”，或把类型改成 multiple": f"“{KEY}”只写一个字母，或把这一行移到“多选”表",
    "至少留一个干扰项，去掉它的“correct: true”": "至少留一个干扰项",
    "在违规的句子下写“violation: 原因”": "在违规的那句后面写上违规原因",
}
"""What the model tells an author of YAML, and what a writer in a workbook does instead."""
TYPES = {layout.type for layout in LAYOUTS}
Step = str | int


class Cell(NamedTuple):
    """Where something stands. Row and column count from 1; a column of 0 is the whole row."""

    sheet: str
    row: int
    column: int = 0
    title: str = ""


class Told(NamedTuple):
    """A mistake in a workbook."""

    cell: Cell
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        """Name sheet, row and column, as Excel does, and what to do."""
        name, row, column, title = self.cell
        where = (f"“{title}”列" if title else "") + (f"（{get_column_letter(column)}{row}）" if column else "")
        return f"工作表“{name}”第 {row} 行{where}：{self.what}" + (f" —— {self.remedy}" if self.remedy else "")


class Bank(NamedTuple):
    """The quizzes of a workbook by ID, or what is wrong with it."""

    quizzes: dict[str, Quiz]
    mistakes: list[Told]


def from_xlsx(content: bytes, corpus: Corpus) -> Bank:
    """Read a workbook; `corpus` knows the objectives of the lessons that its quizzes test."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    reader = _Reader(corpus)
    known = [*(layout.title for layout in LAYOUTS), sheet.QUIZZES, sheet.OBJECTIVES, sheet.GUIDE]
    for name in book.sheetnames:
        if name not in known:
            reader.tell(Cell(name, 1), "不认识的工作表", f"可用：{'、'.join(known)}；草稿另存一个文件")
    if sheet.QUIZZES not in book.sheetnames:
        reader.tell(Cell(sheet.QUIZZES, 1), "没有这张工作表", "从 make questions-xlsx 写出的文件改起")
        return Bank({}, reader.mistakes)
    reader.read_quizzes(_Table(book[sheet.QUIZZES]))
    for layout in LAYOUTS:
        if layout.title in book.sheetnames:
            reader.read_questions(_Table(book[layout.title]), layout)
    quizzes = reader.checked()
    mistakes = sorted(set(reader.mistakes), key=lambda told: (book.sheetnames.index(told.cell.sheet), *told.cell[1:3]))
    return Bank({} if mistakes else quizzes, mistakes)


class _Table:
    """A sheet: a row of titles, and rows of cells by title."""

    def __init__(self, source: Any) -> None:
        self.name: str = source.title
        rows = list(source.iter_rows())
        self.titles = (
            {cell.column: str(cell.value).strip() for cell in rows[0] if cell.value is not None} if rows else {}
        )
        self.rows = [
            (cells[0].row, [cell for cell in cells if cell.value is not None and str(cell.value).strip()])
            for cells in rows[1:]
        ]

    def cell(self, row: int, title: str) -> Cell:
        """Give the place of a column in a row."""
        column = next((column for column, each in self.titles.items() if each == title), 0)
        return Cell(self.name, row, column, title if column else "")


@dataclass
class _Row:
    """A question as it stands in its row."""

    data: dict[str, Any]
    place: float
    cells: dict[tuple[Step, ...], Cell] = field(default_factory=dict)
    """Where each part of the question stands, or would stand."""


@dataclass(frozen=True)
class _Cells(Tree):
    """Data whose "lines" are numbers of cells."""

    numbers: dict[tuple[Step, ...], int]

    def line(self, location: tuple[Step, ...]) -> int:
        """Give the number of the cell of the deepest part of `location` that has one."""
        # ("questions", 3, "single", "options", …): pydantic names the variant of the union, the data do not.
        steps = location[:2] + location[3:] if location[2:3] and location[2] in TYPES else location
        return next(self.numbers[steps[:end]] for end in range(len(steps), -1, -1) if steps[:end] in self.numbers)


class _Reader:
    """Collects quizzes and mistakes."""

    def __init__(self, corpus: Corpus) -> None:
        self.lessons = {name: page for page in corpus.pages() if page.lesson for name in page.quizzes}
        self.mistakes: list[Told] = []
        self.titles: dict[str, tuple[str, Cell]] = {}
        self.rows: dict[str, list[_Row]] = defaultdict(list)

    def tell(self, cell: Cell, what: str, remedy: str = "") -> None:
        self.mistakes.append(Told(cell, what, remedy))

    def read_quizzes(self, table: _Table) -> None:
        """Read the titles of the quizzes."""
        self._check_titles(table, sheet.QUIZ_COLUMNS[:2], re.compile("|".join(sheet.QUIZ_COLUMNS[2:])))
        for row, cells in table.rows:
            values = self._texts(table, cells)
            name = values.get(QUIZ, "")
            if not values:
                continue
            if not QUIZ_ID.fullmatch(name):
                self.tell(
                    table.cell(row, QUIZ),
                    f"测验名“{name}”写法不对",
                    "用小写英文、数字、连字符和斜线，如 car-loan/15-new",
                )
            elif name in self.titles:
                self.tell(table.cell(row, QUIZ), f"测验“{name}”写了两次", "删去一行")
            else:
                self.titles[name] = values.get("标题", ""), table.cell(row, "标题")

    def read_questions(self, table: _Table, layout: Layout) -> None:
        """Read a sheet of questions."""
        needed = layout.titles(0)
        self._check_titles(table, needed, layout.group.pattern if layout.group else None)
        if set(needed) - set(table.titles.values()):
            return
        for row, cells in table.rows:
            if not cells:
                continue
            values = self._texts(table, cells)
            name = values.get(QUIZ, "")
            if name in self.titles:
                self.rows[name].append(self._question(table, layout, row, values))
            else:
                close = difflib.get_close_matches(name, self.titles, 1)
                remedy = f"是不是“{close[0]}”？" if close else f"从下拉里选；新的测验先在“{sheet.QUIZZES}”表加一行"
                self.tell(table.cell(row, QUIZ), f"没有“{name}”这份测验" if name else "没有写测验", remedy)

    def _check_titles(self, table: _Table, needed: Any, also: re.Pattern[str] | None) -> None:
        seen: set[str] = set()
        for column, title in table.titles.items():
            cell = Cell(table.name, 1, column, title)
            if title in seen:
                self.tell(cell, "这一列的标题写了两次", "改名或删去一列")
            elif title not in needed and not (also and also.fullmatch(title)):
                close = difflib.get_close_matches(title, needed, 1)
                self.tell(cell, "不认识的列", f"是不是“{close[0]}”？" if close else f"可用：{'、'.join(needed)}")
            seen.add(title)
        for title in needed:
            if title not in seen:
                self.tell(Cell(table.name, 1), f"缺少“{title}”这一列", "补上标题")

    def _texts(self, table: _Table, cells: list[Any]) -> dict[str, str]:
        """Give the text of a row's cells by title; what Excel made of it is told where it is no longer that."""
        values: dict[str, str] = {}
        for cell in cells:
            title = table.titles.get(cell.column)
            place = Cell(table.name, cell.row, cell.column, title or "")
            if title is None:
                self.tell(place, "这一列没有标题", "在第 1 行写上标题，或清空这一格")
            elif cell.data_type == "f":
                self.tell(place, "这里是公式", "复制后“选择性粘贴”为数值；文字以“=”开头的，前面加一个英文单引号")
            elif cell.data_type == "e":
                self.tell(place, f"这里是错误值 {cell.value}", "改成文字或数字")
            elif isinstance(cell.value, datetime.date | datetime.time | datetime.timedelta):
                self.tell(place, "Excel 把这里当成了日期或时间", "把单元格设为“文本”，重新输入")
            else:
                values[title] = _written(cell.value)
        return values

    def _question(self, table: _Table, layout: Layout, row: int, values: dict[str, str]) -> _Row:
        data: dict[str, Any] = {"type": layout.type}
        found = _Row(data, float("inf"), {(): Cell(table.name, row)})
        for title, name in FIELDS.items():
            found.cells[(name,)] = table.cell(row, title)
            if title in values:
                data[name] = values[title]
        # Taken once; it stands in the YAML from then on.
        data.setdefault("id", f"q-{hashlib.sha256(data.get('stem', '').encode()).hexdigest()[:8]}")
        if PLACE in values:
            found.place = self._number(values[PLACE], table.cell(row, PLACE)) or 0
        for title, name, kind in layout.single:
            cell = found.cells[(name,)] = table.cell(row, title)
            if title in values:
                data[name] = self._value(kind, values[title], cell)
        if layout.group:
            data[layout.group.key] = list(self._items(table, layout, row, values, found))
        if layout.has_key:
            self._mark_keys(data["options"], values.get(KEY, ""), table.cell(row, KEY), found)
        return found

    def _items(self, table: _Table, layout: Layout, row: int, values: dict[str, str], found: _Row) -> Iterator[Any]:
        """Give the options, steps, pairs or lines of a row; none may be left out between others."""
        group = layout.group
        assert group
        filled = {group.place(match["label"]) for title in values if (match := group.pattern.fullmatch(title))}
        found.cells[(group.key,)] = table.cell(row, f"{group.parts[-1][0]}{group.label(0)}")
        for place in range(max(filled, default=-1) + 1):
            titles = {name: f"{title}{group.label(place)}" for title, name in group.parts}
            first = found.cells[group.key, place] = table.cell(row, next(iter(titles.values())))
            if place not in filled:
                self.tell(first, "这里空着，后面却还有", "把后面的往前移")
            for name, title in titles.items():
                if name:
                    found.cells[group.key, place, name] = table.cell(row, title)
            if group.parts[0][1]:
                yield {name: values[title] for name, title in titles.items() if title in values}
            else:
                yield values.get(titles[""], "")

    def _mark_keys(self, options: list[dict[str, Any]], text: str, cell: Cell, found: _Row) -> None:
        letters = unicodedata.normalize("NFKC", text).upper()
        found.cells["options",] = cell
        for letter in re.sub(r"[\s,;、.和及]", "", letters):
            place = ord(letter) - ord("A")
            if 0 <= place < len(options):
                options[place]["correct"] = True
                found.cells["options", place, "correct"] = cell
            else:
                self.tell(cell, f"没有选项“{letter}”", "写选项的字母，如 B 或 AC")

    def _value(self, kind: str, text: str, cell: Cell) -> str | float | bool:
        match kind:
            case "number":
                return self._number(text, cell)
            case "truth":
                return self._truth(text, cell)
        return text

    def _number(self, text: str, cell: Cell) -> float:
        plain = unicodedata.normalize("NFKC", text).replace(",", "")
        if re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", plain):
            return float(plain)
        self.tell(cell, f"“{text}”不是数字", "只写数字，如 33.42；单位写在“单位”列")
        return 0

    def _truth(self, text: str, cell: Cell) -> bool:
        known = {"对": True, "TRUE": True, "错": False, "FALSE": False}
        if text.upper() not in known:
            self.tell(cell, f"“{text}”不是“对”或“错”", "写“对”或“错”")
        return known.get(text.upper(), False)

    def checked(self) -> dict[str, Quiz]:
        """Check all quizzes against the model and the objectives of their lessons."""
        found: dict[str, Quiz] = {}
        for name, (title, cell) in self.titles.items():
            if not self.rows[name]:
                # Its rows may be among those that could not be read.
                if not self.mistakes:
                    self.tell(cell._replace(column=0, title=""), f"测验“{name}”没有一道题", "删去这一行，或加上题")
            elif quiz := self._quiz(title, cell, self.rows[name]):
                found[name] = quiz
                self._check_objectives(name, quiz)
        return found

    def _quiz(self, title: str, cell: Cell, rows: list[_Row]) -> Quiz | None:
        # Of equal places, the first sheet's and row's.
        rows.sort(key=lambda row: row.place)
        cells: dict[tuple[Step, ...], Cell] = {(): cell, ("title",): cell}
        for place, row in enumerate(rows):
            cells |= {("questions", place, *steps): where for steps, where in row.cells.items()}
        data = {**({"title": title} if title else {}), "questions": [row.data for row in rows]}
        places = list(cells.values())
        read = validate(Quiz, _Cells(data, "", {steps: number for number, steps in enumerate(cells)}), "", 0)
        for mistake in read.mistakes:
            self.tell(places[mistake.line], *_in_columns(mistake.what, mistake.remedy))
        return read.model

    def _check_objectives(self, name: str, quiz: Quiz) -> None:
        page = self.lessons.get(name)
        known = page.lesson.objectives if page and page.lesson else None
        for row, question in zip(self.rows[name], quiz.questions, strict=True):
            if known is not None and question.objective not in known:
                self.tell(
                    row.cells["objective",], f"这一课没有“{question.objective}”这个目标", f"可用：{'、'.join(known)}"
                )


def _written(value: Any) -> str:
    """Give what a writer sees in a cell."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _in_columns(what: str, remedy: str) -> tuple[str, str]:
    """Say what the model says of keys in YAML as it is said of columns."""
    for key, title in COLUMNS.items():
        if what.startswith(("缺少", "“")) and what in (f"缺少“{key}”", f"“{key}”是空的"):
            return "这里没有写", f"写上{title}"
        what = what.replace(f"“{key}”", f"“{title}”")
    return what, REMEDIES.get(remedy, remedy)
