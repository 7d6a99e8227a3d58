"""The question bank as an Excel workbook: a sheet for each type of question, a row for each question.

A sheet has only the columns that its type needs. What a question has several of (options, steps, lines) stands in
numbered columns; a writer who needs more adds a column with the next letter or number. `sheet_reader` reads it back.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import xlsxwriter

from ..archive import created
from ..corpus import Corpus
from ..quiz.model import Choice, Question

QUIZ, PLACE, ID, OBJECTIVE, STEM, EXPLANATION = "测验", "序号", "编号", "目标", "题干", "解析"
KEY = "正确选项"
QUIZZES, OBJECTIVES, GUIDE = "测验", "目标", "说明"
"""The sheets beside those of questions."""
QUIZ_COLUMNS = ("测验", "标题", "课文", "题数")
OBJECTIVE_COLUMNS = ("测验", "目标", "学完能")
TRUTH = {True: "对", False: "错"}
SPARE_ROWS = 200
LINE, CHARACTER = 15, 2.1
"""The height of a line in points; the width of a Chinese character in Latin ones."""
WIDTHS = {
    QUIZ: 26,
    PLACE: 6,
    ID: 22,
    OBJECTIVE: 20,
    STEM: 48,
    EXPLANATION: 48,
    KEY: 9,
    "标题": 30,
    "课文": 40,
    "学完能": 60,
}
"""In characters of Latin text; others are 24 wide, numbers and speakers 9."""
NARROW = ("答案", "允许误差", "单位", "题数", "说话人")


@dataclass(frozen=True)
class Group:
    """Columns that repeat: 选项A, 反馈A, 选项B, 反馈B …"""

    key: str
    parts: tuple[tuple[str, str], ...]
    """Title and field of each column of one repetition; no field where an item is plain text."""
    least: int
    """How many there are room for, even where no question has as many."""
    lettered: bool = False

    def label(self, place: int) -> str:
        """Give the letter or number of a repetition, from 0."""
        return chr(ord("A") + place) if self.lettered else str(place + 1)

    def place(self, label: str) -> int:
        """Give the repetition that a letter or number stands for."""
        return ord(label) - ord("A") if self.lettered else int(label) - 1

    @property
    def pattern(self) -> re.Pattern[str]:
        """What its titles look like."""
        titles = "|".join(title for title, _ in self.parts)
        return re.compile(rf"(?P<title>{titles})(?P<label>{'[A-Z]' if self.lettered else '[1-9][0-9]?'})")


@dataclass(frozen=True)
class Layout:
    """A sheet of questions of one type."""

    title: str
    type: str
    single: tuple[tuple[str, str, Literal["text", "number", "truth"]], ...] = ()
    """Title, field and kind of the columns that only this type has."""
    group: Group | None = None

    @property
    def has_key(self) -> bool:
        """Whether the right options are named in a column of their own."""
        return bool(self.group and self.group.lettered)

    def titles(self, repetitions: int) -> list[str]:
        """Give the titles of all columns."""
        repeated: list[str] = []
        if group := self.group:
            repeated = [f"{title}{group.label(place)}" for place in range(repetitions) for title, _ in group.parts]
        own = [KEY] if self.has_key else [title for title, _, _ in self.single]
        return [QUIZ, PLACE, ID, OBJECTIVE, STEM, *own, *repeated, EXPLANATION]


OPTIONS = Group("options", (("选项", "text"), ("反馈", "feedback")), 6, lettered=True)
LAYOUTS = (
    Layout("单选", "single", group=OPTIONS),
    Layout("多选", "multiple", group=OPTIONS),
    Layout("判断", "true-false", (("答案", "answer", "truth"),)),
    Layout("填空", "fill", group=Group("answers", (("答案", ""),), 6)),
    Layout(
        "计算", "numeric", (("答案", "answer", "number"), ("允许误差", "tolerance", "number"), ("单位", "unit", "text"))
    ),
    Layout("排序", "order", group=Group("steps", (("步骤", ""),), 6)),
    Layout("配对", "match", group=Group("pairs", (("左", "left"), ("右", "right")), 6)),
    Layout(
        "标违规句", "mark", group=Group("lines", (("说话人", "speaker"), ("原话", "text"), ("违规", "violation")), 8)
    ),
)
HOW = (
    "一行一道题，一种题型一张表。改好存盘，把文件交给管网站的人；写回时有错会说出工作表、行和列。",
    "测验：从下拉里选，是题放在哪一课；新的测验先在“测验”表加一行（小写英文、数字、连字符和斜线）。",
    "序号：题在测验里的先后，留空排在最后。编号：老题不要改，学员的答案靠它认；新题留空，写回时自动取。",
    "目标：从下拉里选，考的是这一课的哪一条；“目标”表里有全文。",
    "正确选项：单选写一个字母，多选写几个，如 AC。每个选项都要写反馈，学员会看到为什么对、为什么不对。",
    "判断的答案写“对”或“错”。填空写出算对的各种说法，最好的写在前面。计算的答案只写数字，单位另写。",
    "排序的步骤按正确的先后写；配对的左右写在同一组；标违规句：违规的那句写出违规原因，不违规的留空。",
    "选项、步骤不够写：在右边加列，标题接着编（选项G、反馈G，步骤7 …）。删一行就是删一道题。",
)


def to_xlsx(corpus: Corpus) -> bytes:
    """Write the questions of all quizzes; two runs of one commit write the same bytes (SOURCE_DATE_EPOCH)."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, options) as file:
        file.set_properties({"created": created().replace(tzinfo=None)})
        writer = _Writer(file, corpus)
        writer.guide()
        for layout in LAYOUTS:
            writer.questions(layout)
        writer.quizzes()
        writer.objectives()
    return written.getvalue()


class _Writer:
    """The sheets of one file."""

    def __init__(self, file: Any, corpus: Corpus) -> None:
        self.file = file
        self.corpus = corpus
        quizzes = ((identifier, corpus.quiz(identifier)) for identifier in corpus.quiz_ids())
        self.quiz = {identifier: found.model for identifier, found in quizzes if found and found.model}
        self.lesson = {identifier: page for page in corpus.pages() if page.lesson for identifier in page.quizzes}
        # "@": what is typed stays as it is; Excel would turn 3-5 into a date.
        plain = {"text_wrap": True, "valign": "top"}
        self.text, self.number = file.add_format({**plain, "num_format": "@"}), file.add_format(plain)
        self.head = file.add_format({"bold": True, "bottom": 1, "bg_color": "#eef2f7", "valign": "top"})

    def guide(self) -> None:
        sheet = self.file.add_worksheet(GUIDE)
        sheet.set_column(0, 0, 110, self.number)
        for row, text in enumerate(HOW):
            sheet.write_string(row, 0, text, self.number)

    def questions(self, layout: Layout) -> None:
        rows = list(self._rows(layout))
        group = layout.group
        most = max((len(getattr(question, group.key)) for _, _, question in rows), default=0) if group else 0
        titles = layout.titles(max(most, group.least) if group else 0)
        sheet = self._sheet(layout.title, titles)
        for row, (identifier, place, question) in enumerate(rows, 1):
            cells = _cells(layout, identifier, place, question)
            sheet.set_row(
                row, LINE * max(_lines(str(value), _width(layout.title, title)) for title, value in cells.items())
            )
            for title, value in cells.items():
                if isinstance(value, str):
                    sheet.write_string(row, titles.index(title), value, self.text)
                else:
                    sheet.write_number(row, titles.index(title), value, self.number)
        self._choices(sheet, layout, titles, len(rows) + SPARE_ROWS)

    def _rows(self, layout: Layout) -> Iterator[tuple[str, int, Question]]:
        for identifier, quiz in self.quiz.items():
            for place, question in enumerate(quiz.questions, 1):
                if question.type == layout.type:
                    yield identifier, place, question

    def quizzes(self) -> None:
        lessons = {identifier: page.title for identifier, page in self.lesson.items()}
        rows = ((name, quiz.title, lessons.get(name, ""), len(quiz.questions)) for name, quiz in self.quiz.items())
        self._list(QUIZZES, QUIZ_COLUMNS, rows)

    def objectives(self) -> None:
        pages = ((name, page.lesson) for name in self.quiz if (page := self.lesson.get(name)))
        rows = ((name, *each) for name, lesson in pages if lesson for each in lesson.objectives.items())
        self._list(OBJECTIVES, OBJECTIVE_COLUMNS, rows)

    def _list(self, name: str, titles: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
        sheet = self._sheet(name, list(titles))
        for row, cells in enumerate(rows, 1):
            for column, value in enumerate(cells):
                (sheet.write_string if isinstance(value, str) else sheet.write_number)(row, column, value)

    def _sheet(self, name: str, titles: list[str]) -> Any:
        sheet = self.file.add_worksheet(name)
        sheet.freeze_panes(1, 5 if STEM in titles else 1)
        for column, title in enumerate(titles):
            is_number = title in (PLACE, "题数", "允许误差") or (title == "答案" and name == "计算")
            sheet.set_column(column, column, _width(name, title), self.number if is_number else self.text)
            sheet.write_string(0, column, title, self.head)
        return sheet

    def _choices(self, sheet: Any, layout: Layout, titles: list[str], last: int) -> None:
        """Offer what may stand in a column."""
        sheet.data_validation(1, 0, last, 0, {
            "validate": "list", "source": f"={QUIZZES}!$A$2:$A${len(self.quiz) + SPARE_ROWS}",
            "error_title": "没有这份测验", "error_message": f"先在“{QUIZZES}”表加一行。",
        })  # fmt: skip
        place, names = titles.index(OBJECTIVE), f"{OBJECTIVES}!$A:$A"
        # The rows of this row's quiz, which stand together.
        found = f"OFFSET({OBJECTIVES}!$B$1,MATCH($A2,{names},0)-1,0,COUNTIF({names},$A2),1)"
        options = {"validate": "list", "source": f"={found}", "error_type": "warning"}
        sheet.data_validation(1, place, last, place, {**options, "error_message": f"“{OBJECTIVES}”表里没有它。"})
        for title, _, kind in layout.single:
            if kind == "truth":
                place = titles.index(title)
                sheet.data_validation(1, place, last, place, {"validate": "list", "source": list(TRUTH.values())})


def _width(name: str, title: str) -> int:
    """Give the width of a column of the sheet `name`."""
    if title.rstrip("0123456789") in NARROW and name != "填空":
        return 9
    return WIDTHS.get(title, 24)


def _lines(text: str, width: int) -> int:
    """Give the lines that a text takes: not every program makes a row as high as its text."""
    return sum(math.ceil(max(1, CHARACTER * len(line)) / width) for line in text.split("\n"))


def _cells(layout: Layout, identifier: str, place: int, question: Question) -> dict[str, str | float]:
    """Give what stands in a question's row, by the column's title."""
    cells: dict[str, str | float] = {QUIZ: identifier, PLACE: place, ID: question.id, OBJECTIVE: question.objective}
    cells |= {STEM: question.stem, EXPLANATION: question.explanation}
    for title, field, kind in layout.single:
        value = getattr(question, field)
        cells[title] = TRUTH[value] if kind == "truth" else value
    if isinstance(question, Choice):
        cells[KEY] = "".join(OPTIONS.label(at) for at, option in enumerate(question.options) if option.correct)
    if group := layout.group:
        for at, item in enumerate(getattr(question, group.key)):
            for title, field in group.parts:
                cells[f"{title}{group.label(at)}"] = getattr(item, field) if field else item
    return {title: value for title, value in cells.items() if value is not None}
