"""Minutes, clock times and dates, said for humans."""

from __future__ import annotations

import datetime
import re

DAY = 24 * 60
CLOCK = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")


def spoken(minutes: int) -> str:
    """Say a duration the way a person does.

    >>> spoken(135)
    '2 小时 15 分钟'
    """
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} 小时"] * bool(hours) + [f"{rest} 分钟"] * bool(rest or not hours)
    return " ".join(parts)


def spoken_date(date: datetime.date) -> str:
    """Say a date with its day of the week.

    >>> spoken_date(datetime.date(2026, 11, 16))
    '2026 年 11 月 16 日 周一'
    """
    return f"{date.year} 年 {date.month} 月 {date.day} 日 周{'一二三四五六日'[date.weekday()]}"


def clock(minutes: int) -> str:
    """Write minutes since midnight as a clock time.

    >>> clock(545)
    '09:05'
    """
    return f"{minutes // 60:02}:{minutes % 60:02}"


def from_clock(text: str) -> int | None:
    """Read a clock time as minutes since midnight; None where it is none.

    >>> from_clock("9:05")
    545
    """
    match = CLOCK.fullmatch(text.strip())
    return int(match[1]) * 60 + int(match[2]) if match else None
