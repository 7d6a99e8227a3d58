"""A schedule as an author writes it: days of sessions with durations; clock times are worked out, not written."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from ..duration import clock, from_clock
from ..source import Model, mistake

Kind = Literal["lesson", "exercise", "discussion", "break", "lunch"]
TEACHING: tuple[Kind, ...] = ("lesson", "exercise", "discussion")
PAUSES: tuple[Kind, ...] = ("break", "lunch")
KINDS = (*TEACHING, *PAUSES)
PARTS = "123456789"


def _clock(value: Any) -> int:
    minutes = from_clock(str(value))
    if minutes is None:
        raise mistake(f"“{value}”不是时刻", '写成 "09:00" 这样的 24 小时制时刻')
    return minutes


def _pause(value: Any) -> Any:
    """Read `10` or `until 14:00`; the latter becomes negative, to be told from a duration."""
    if isinstance(value, str) and value.startswith("until"):
        return -_clock(value.removeprefix("until").strip())
    return value


def _part(value: Any) -> tuple[int, int]:
    number, slash, count = str(value).partition("/")
    if not (slash and number in PARTS and count in PARTS and int(number) <= int(count) > 1):
        raise mistake(f"part 写法不对：“{value}”", "写成 1/2、2/2 这样")
    return int(number), int(count)


Clock = Annotated[int, BeforeValidator(_clock)]
"""Minutes since midnight."""


class Session(Model):
    """One session; exactly one of its first five keys says which kind."""

    lesson: str | None = None
    """A lesson's page, relative to the page with the timetable; `page.md#heading` for one section of it."""
    exercise: str | None = None
    """What is practised; the next two keys likewise name what is done."""
    discussion: str | None = None
    break_: int | None = Field(default=None, alias="break", gt=0)
    """Minutes."""
    lunch: Annotated[int | None, BeforeValidator(_pause)] = None
    """Minutes, or the clock time until which it lasts, as a negative number of minutes since midnight."""
    title: str | None = None
    minutes: int | None = Field(default=None, gt=0)
    part: Annotated[tuple[int, int] | None, BeforeValidator(_part)] = None
    """Which part of how many, where a lesson is split by a pause."""
    optional: bool = False
    start: Clock | None = None
    """When it must begin; a gap before it is free time."""

    @property
    def kind(self) -> Kind:
        """Which of the kinds this is."""
        return next(kind for kind in KINDS if self._value(kind) is not None)

    def _value(self, kind: Kind) -> int | str | None:
        value: int | str | None = getattr(self, "break_" if kind == "break" else kind)
        return value

    @model_validator(mode="after")
    def is_of_one_kind(self) -> Session:
        """A session without a kind, or with two, is a slip of indentation."""
        found = [kind for kind in KINDS if self._value(kind) is not None]
        if len(found) != 1:
            what = "这一节没有写是什么" if not found else f"这一节同时写了 {'、'.join(found)}"
            raise mistake(what, f"{'、'.join(KINDS)} 五者写一个", (found[-1],) if found else ())
        return self

    @model_validator(mode="after")
    def has_a_duration(self) -> Session:
        """Pauses carry their own minutes; what is not a whole lesson has no page to take them from."""
        if self.kind in PAUSES and self.minutes is not None:
            raise mistake("休息和午休的时长直接写在键后面", f"写成“{self.kind}: {self.minutes}”", ("minutes",))
        if self.lunch == 0:
            raise mistake("“lunch”必须大于 0", "写分钟数，或“until 14:00”", ("lunch",))
        needs = self.kind in ("exercise", "discussion") or (self.lesson and "#" in self.lesson)
        if needs and self.minutes is None:
            raise mistake(
                f"“{self.lesson or self.exercise or self.discussion}”没有时长", "补上“minutes:”", (self.kind,)
            )
        if self.part and not self.lesson:
            raise mistake("只有 lesson 能分成几部分", "删去“part:”", ("part",))
        return self


class Day(Model):
    """One day."""

    title: str
    start: Clock
    total: int | None = Field(default=None, gt=0)
    """Teaching minutes that the sessions must add up to."""
    sessions: list[Session] = Field(min_length=1)

    def __str__(self) -> str:
        """Name the day and its start."""
        return f"{self.title} {clock(self.start)}"


class Schedule(Model):
    """A timetable of one or more days."""

    total: int | None = Field(default=None, gt=0)
    """Teaching minutes that all days must add up to."""
    days: list[Day] = Field(min_length=1)
