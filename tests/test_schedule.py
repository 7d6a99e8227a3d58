"""Clock times follow the lessons."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.duration import clock
from course.schedule.timetable import Timetable, read_timetable
from project import SOURCES, by_line, render, said, write

HEAD = 'days:\n  - title: 一\n    start: "09:00"\n    sessions:\n'


def plan(tmp_path: Path, sessions: str, **changes: str) -> Timetable:
    corpus = write(tmp_path, **changes)
    timetable, wrong = read_timetable(HEAD + sessions, "t.md", 1, corpus, "car/timetable.md")
    assert timetable, wrong
    return timetable


def times(timetable: Timetable) -> list[str]:
    return [f"{clock(slot.start)}–{clock(slot.end)} {slot.title}" for day in timetable.days for slot in day.slots]


def test_a_day_is_worked_out_from_its_lessons(tmp_path: Path) -> None:
    sessions = """\
      - lesson: 01-first.md
      - break: 10
      - lesson: 02-second.md
        minutes: 30
      - lunch: until 13:30
      - exercise: 练习
        minutes: 20
      - lunch: 15
        title: 茶歇
      - discussion: 交流
        start: "15:00"
        minutes: 10
"""
    timetable = plan(tmp_path, sessions)
    assert times(timetable) == [
        "09:00–09:50 第一课",
        "09:50–10:00 休息",
        "10:00–10:30 第二课",
        "10:30–13:30 午休",
        "13:30–13:50 练习",
        "13:50–14:05 茶歇",
        "15:00–15:10 交流",
    ]
    assert timetable.teaching == 50 + 30 + 20 + 10


def test_changing_a_lessons_minutes_moves_every_later_start(tmp_path: Path) -> None:
    sessions = "      - lesson: 01-first.md\n      - break: 10\n      - lesson: 02-second.md\n"
    longer = SOURCES["docs/car/01-first.md"].replace("minutes: 50", "minutes: 55")
    assert times(plan(tmp_path, sessions, **{"docs/car/01-first.md": longer})) == [
        "09:00–09:55 第一课",
        "09:55–10:05 休息",
        "10:05–10:45 第二课",
    ]


def test_a_lesson_split_by_a_break_is_one_lesson(tmp_path: Path) -> None:
    sessions = "".join(f"      - lesson: 01-first.md\n        part: {n}/2\n      - break: 5\n" for n in (1, 2))
    assert times(plan(tmp_path, sessions)) == [
        "09:00–09:25 第一课（1/2）",
        "09:25–09:30 休息",
        "09:30–09:55 第一课（2/2）",
        "09:55–10:00 休息",
    ]


def test_a_section_of_a_lesson_can_stand_alone(tmp_path: Path) -> None:
    timetable = plan(tmp_path, "      - lesson: 01-first.md#一节\n        minutes: 15\n")
    assert times(timetable) == ["09:00–09:15 一节"]
    assert timetable.days[0].slots[0].link == "01-first.md#一节"


@pytest.mark.parametrize(
    ("sessions", "line", "said_of"),
    [
        ("      - lesson: 01-first.md\n        part: 3/2\n", 6, "part 写法不对：“3/2”"),
        ("      - lesson: 02-second.md\n        part: 1/3\n", 6, "不能平均分成 3 部分"),
        ("      - break: 10\n        minutes: 10\n", 6, "休息和午休的时长直接写在键后面"),
        ("      - break: ten\n", 5, "“break”要写整数"),
        ("      - lunch: until noon\n", 5, "“noon”不是时刻"),
        ("      - lunch: until 9:00\n", 5, "午休到 09:00 为止，上午却排到了 09:00"),
        ("      - title: 空\n", 5, "这一节没有写是什么"),
        ("      - exercise: 练习\n        minutes: 20\n        part: 1/2\n", 7, "只有 lesson 能分成几部分"),
        ("      - lesson: 01-first.md#一节\n", 5, "“01-first.md#一节”没有时长"),
        ("      - break: 1000\n", 3, "“一”排到了第二天"),
        ("", 4, "“sessions”要写成列表"),
        ("      - 休息\n", 5, "要写成键和值"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(tmp_path: Path, sessions: str, line: int, said_of: str) -> None:
    timetable, wrong = read_timetable(HEAD + sessions, "t.md", 1, write(tmp_path), "car/timetable.md")
    assert timetable is None
    told = [str(mistake) for mistake in sorted(set(wrong))]
    assert any(each.startswith(f"t.md:{line}: ") and said_of in each for each in told), told


def test_a_total_of_one_day_is_checked_too(tmp_path: Path) -> None:
    text = SOURCES["docs/car/timetable.md"].replace('    start: "09:00"\n', '    start: "09:00"\n    total: 100\n')
    assert said(write(tmp_path, **{"docs/car/timetable.md": text})) == [
        "docs/car/timetable.md:12: 写明教学 100 分钟，各节相加是 120 分钟（2 小时）"
        " —— 把 total 改成 120，或调整各节时长"
    ]


def test_the_table(tmp_path: Path) -> None:
    html = by_line(render(write(tmp_path), "car/timetable.md"))
    assert html == (Path(__file__).parent / "golden/timetable.html").read_text(encoding="utf-8")
