"""A cohort as an author writes it: the key `class` in the front matter of a page."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from ..source import Model, mistake

MOST = 60
"""As many lines as a sign-in sheet holds on one page."""


def _number(value: Any) -> Any:
    if not isinstance(value, str) or re.fullmatch(r"[A-Za-z0-9_-]+", value):
        return value
    if re.search(r"[，、“”]", value):
        raise mistake(f"“{value}”里有中文的逗号或引号", "编号之间用英文逗号，引号也用英文的")
    raise mistake(f"“{value}”不是编号", "只写字母、数字、- 和 _，不写姓名：这一页谁都能看")


Number = Annotated[str, BeforeValidator(_number)]


class Cohort(Model):
    """A group of participants who are taught by one timetable, and afterwards what came of it."""

    timetable: str
    """The page with the timetable, relative to docs/."""
    complete: str | None = None
    """The folder of the course that is taught whole."""
    dates: list[datetime.date] = Field(min_length=1)
    """A date for each day of the timetable."""
    trainer: str
    room: str
    participants: list[Number] = Field(min_length=1, max_length=MOST)
    """By number: a page that everybody reads names nobody."""
    bring: list[str] = []
    actual: dict[str, Annotated[int, Field(ge=0)]] = {}
    """Minutes that a lesson took, by its page relative to docs/; what was dropped took none."""
    feedback: list[str] = []

    @model_validator(mode="after")
    def goes_forward(self) -> Cohort:
        """No day is dated before the one that precedes it."""
        for place in range(1, len(self.dates)):
            before, date = self.dates[place - 1 : place + 1]
            if date < before:
                what = f"第 {place + 1} 天（{date}）排在第 {place} 天（{before}）之前"
                raise mistake(what, "按先后次序写日期", ("dates", place))
        return self

    @model_validator(mode="after")
    def counts_nobody_twice(self) -> Cohort:
        """A number stands for one participant."""
        for place, number in enumerate(self.participants):
            if number in self.participants[:place]:
                raise mistake(f"编号“{number}”写了两次", "删去一个，或改正编号", ("participants", place))
        return self
