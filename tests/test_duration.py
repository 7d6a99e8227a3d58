import pytest

from course.duration import clock, from_clock, spoken


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 分钟"), (45, "45 分钟"), (60, "1 小时"), (135, "2 小时 15 分钟"), (600, "10 小时")],
)
def test_durations_are_said_for_humans(minutes: int, said: str) -> None:
    assert spoken(minutes) == said


@pytest.mark.parametrize(("text", "minutes"), [("09:00", 540), ("9:05", 545), ("23:59", 1439), (" 9：30 ", 570)])
def test_clock_times_are_read(text: str, minutes: int) -> None:
    assert from_clock(text) == minutes


@pytest.mark.parametrize("text", ["24:00", "9", "9:5", "9:60", "morning", "", "09:00:00"])
def test_what_is_no_clock_time_is_none(text: str) -> None:
    assert from_clock(text) is None


@pytest.mark.parametrize("minutes", [0, 545, 1439])
def test_clock_times_are_written_as_they_are_read(minutes: int) -> None:
    assert from_clock(clock(minutes)) == minutes
