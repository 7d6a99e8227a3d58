"""Minutes and clock times, said for humans."""

from __future__ import annotations

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
