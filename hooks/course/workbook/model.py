"""A workbook, its sheets, tables and columns, with the rules that keep its formulas working."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from ..source import Model, mistake
from .formula import ABOVE, Cell, Formula

Text = Annotated[str, StringConstraints(min_length=1)]
Format = Literal["text", "number", "money", "percent"]


class Column(Model):
    """A column: filled in by hand, or worked out by a formula."""

    title: str
    format: Format = "number"
    formula: str | None = None
    total: str | None = None
    """The formula of the row of totals where neither a sum nor the column's own formula is right."""
    how: str | None = None
    """In words: what counts, and how it is worked out."""

    @model_validator(mode="after")
    def has_sound_formulas(self) -> Column:
        """A formula is arithmetic over columns."""
        for key in ("formula", "total"):
            text = getattr(self, key)
            if text and (problem := Formula(text).problem()):
                raise mistake(f"公式“{text}”读不懂", problem, (key,))
        return self

    @property
    def total_formula(self) -> str | None:
        """What the row of totals works out: a ratio of sums is no sum of ratios."""
        if self.total:
            return self.total
        return self.formula if self.format == "percent" else None

    @property
    def is_summed(self) -> bool:
        """Whether the row of totals adds the column up."""
        return self.format in ("number", "money") and not self.total


class Table(Model):
    """A table: columns, rows of example figures, and a row of totals."""

    title: str | None = None
    note: str | None = None
    columns: list[Column] = Field(min_length=1)
    rows: list[list[Text | float | None]] = Field(min_length=1)
    """Example figures, a row for each; columns with a formula are left out."""
    total: bool = False
    blank: int = Field(default=0, ge=0, le=200)
    """Empty rows in the download, with their formulas, for the reader's own figures."""

    @model_validator(mode="after")
    def has_known_columns(self) -> Table:
        """A formula uses columns of its table; one that looks at the row above has no total."""
        titles = [column.title for column in self.columns]
        for place, column in enumerate(self.columns):
            if titles.index(column.title) != place:
                raise mistake(f"“{column.title}”这一列写了两次", "改名或删去一列", ("columns", place, "title"))
            for key in ("formula", "total"):
                for name, above in Formula(getattr(column, key) or "").names:
                    if name not in titles:
                        at = ("columns", place, key)
                        raise mistake(f"公式里的“[{name}]”不是这张表的一列", f"可用：{'、'.join(titles)}", at)
                    if above and (self.total or key == "total"):
                        raise mistake(f"有合计行的表不能用“{ABOVE}”", "删去“total: true”", ("columns", place, key))
        return self

    @model_validator(mode="after")
    def has_no_circle(self) -> Table:
        """A formula may use columns worked out before it: those to its left."""
        titles = [column.title for column in self.columns]
        for place, column in enumerate(self.columns):
            for name, above in Formula(column.formula or "").names:
                other = titles.index(name)
                if not above and other >= place and self.columns[other].formula:
                    at = ("columns", place, "formula")
                    raise mistake(f"公式用到的“[{name}]”排在后面，它自己也要算", "把那一列移到左边", at)
        return self

    @model_validator(mode="after")
    def has_whole_rows(self) -> Table:
        """Each row fills the columns that are not worked out."""
        inputs = [column for column in self.columns if not column.formula]
        for place, row in enumerate(self.rows):
            if len(row) != len(inputs):
                what = f"这一行有 {len(row)} 个值，要填的列有 {len(inputs)} 个"
                raise mistake(what, "、".join(column.title for column in inputs), ("rows", place))
            for value, column in zip(row, inputs, strict=True):
                if value is not None and (column.format == "text") != isinstance(value, str):
                    what = f"“{column.title}”这一列不能填“{value}”"
                    raise mistake(what, "文字列加英文引号；数字列写数字；空着写 null", ("rows", place))
        return self

    @property
    def titles(self) -> list[str]:
        """The columns' titles."""
        return [column.title for column in self.columns]

    def filled(self) -> list[list[Cell]]:
        """Give the example rows with everything worked out, and the row of totals last if there is one."""
        done: list[list[Cell]] = []
        for row in self.rows:
            given = iter(row)
            cells: list[Cell] = [None if column.formula else next(given) for column in self.columns]
            above = done[-1] if done else None
            for place, column in enumerate(self.columns):
                if column.formula:
                    cells[place] = Formula(column.formula).value(cells, above, self.titles)
            done.append(cells)
        return [*done, self._totals(done)] if self.total else done

    def _totals(self, rows: list[list[Cell]]) -> list[Cell]:
        cells: list[Cell] = []
        for place, column in enumerate(self.columns):
            values = [value for row in rows if isinstance(value := row[place], int | float)]
            cells.append(sum(values) if column.is_summed else None)
        cells[0] = "合计"
        for place, column in enumerate(self.columns):
            if text := column.total_formula:
                cells[place] = Formula(text).value(cells, None, self.titles)
        return cells


class Sheet(Model):
    """A sheet of the workbook: one or more tables below each other."""

    title: Annotated[str, StringConstraints(max_length=31, pattern=r"^[^\[\]:*?/\\']+$")]
    """Also the name of the sheet in the file, which spreadsheets limit."""
    tables: list[Table] = Field(min_length=1)


class Workbook(Model):
    """A file with sheets."""

    sheets: list[Sheet] = Field(min_length=1)

    @model_validator(mode="after")
    def has_distinct_sheets(self) -> Workbook:
        """Two sheets of a file cannot have one name."""
        titles = [sheet.title for sheet in self.sheets]
        for place, title in enumerate(titles):
            if title.casefold() in map(str.casefold, titles[:place]):
                raise mistake(f"“{title}”这一页写了两次", "改成不同的名字", ("sheets", place, "title"))
        return self
