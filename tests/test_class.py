"""Classes: what an author can get wrong, the calendar as ical.js reads it, the sheets on paper, the run sheet."""

from __future__ import annotations

import io
import json
import re
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from conftest import ROOT
from course.cohort.calendar import to_ics
from course.cohort.runsheet import to_drop
from course.cohort.steps import steps
from course.corpus import Corpus
from course.schedule.timetable import Slot
from project import SOURCES, render, said, write
from tools import JSQR

CLASS, RUN, TIMETABLE, LESSON = (
    "docs/classes/one.md",
    "docs/classes/run.md",
    "docs/car/timetable.md",
    "docs/car/01-first.md",
)
ONE = """\
---
title: 小班
description: 一个班。
class:
  timetable: car/timetable.md
  complete: car
  dates: [2026-12-07]
  trainer: 讲师甲
  room: 一室
  participants: [A01, A02]
  bring:
    - 计算器
  actual:
    car/01-first.md: 55
  feedback:
    - 慢一点。
---

# 小班

/// class
///

/// sign-in
///
"""
RUN_SHEET = """\
---
title: 主持单
edition: instructor
---

# 主持单

/// run-sheet | classes/one.md
///
"""
TIMES = "时间（50 分钟）：导入 5，讲解 30（含提问 5），练习 15。"
PLANNED = SOURCES[LESSON].replace("提示。", f"{TIMES}\n\n见[第二课](02-second.md)。")
TWO_DAYS = (
    SOURCES[TIMETABLE]
    .replace("total: 120\n", "")
    .replace(
        "\n///\n",
        """
  - title: 第二天
    start: "13:30"
    sessions:
      - exercise: 复习
        minutes: 30
        optional: true
///
""",
    )
)
SHORT = SOURCES[TIMETABLE].replace("total: 120\n", "").replace("      - lunch: until 13:00\n", "")
BUILT = {CLASS: ONE, RUN: RUN_SHEET, LESSON: PLANNED}


@pytest.fixture
def ical() -> None:
    """ical.js and Node; without them tools.lacking() has the test skipped."""


@pytest.fixture
def jsqr() -> None:
    """Likewise jsQR."""


def read_by_ical(*calendars: bytes, folder: Path) -> list[list[dict[str, Any]]]:
    """Let ical.js read calendars; give the events of each."""
    files = [folder / f"{number}.ics" for number in range(len(calendars))]
    for file, calendar in zip(files, calendars, strict=True):
        file.write_bytes(calendar)
    command = ["node", str(ROOT / "tests/npm/read-calendar.mjs"), *map(str, files)]
    found: list[list[dict[str, Any]]] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return found


def calendar(corpus: Corpus, address: str = "") -> bytes:
    page = corpus.page("classes/one.md")
    assert page
    return to_ics(corpus, page, address)


def test_a_class_is_sound(tmp_path: Path) -> None:
    assert said(write(tmp_path, **BUILT)) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (CLASS, "[2026-12-07]", "[2026-12-07, 2026-12-06]", f"{CLASS}:7: 第 2 天（2026-12-06）排在第 1 天（2026-12-07）之前 —— 按先后次序写日期"),
        (CLASS, "[2026-12-07]", "\n    - 2026-12-07\n    - 2026-12-06", f"{CLASS}:9: 第 2 天（2026-12-06）排在第 1 天（2026-12-07）之前 —— 按先后次序写日期"),
        (CLASS, "[2026-12-07]", "[2026-12-07, 2026-12-08]", f"{CLASS}:7: 课程表有 1 天，日期写了 2 个 —— 每一天一个日期"),
        (CLASS, "[2026-12-07]", "[12 月 7 日]", f"{CLASS}:7: “dates”要写日期 —— 如 2026-11-21"),
        (CLASS, "car/timetable.md", "car/index.md", f"{CLASS}:5: “car/index.md”里没有课程表 —— 写一页有一份课程表的页面，相对 docs/ 的路径"),
        (CLASS, "complete: car", "complete: cars", f"{CLASS}:6: 没有“cars”这门课 —— 可用：car"),
        (TIMETABLE, "total: 120\n", "", None),
        (TIMETABLE, "      - lesson: 02-second.md\n", "      - exercise: 第二课\n        minutes: 40\n",
         f"{CLASS}:6: 说是讲全了，课程表里却没有“第二课” —— 把它排进课程表，或删去“complete:”"),
        (TIMETABLE, "lesson: 02-second.md", "lesson: 02-second.md#一节\n        minutes: 40",
         f"{CLASS}:6: 说是讲全了，课程表里却没有“第二课” —— 把它排进课程表，或删去“complete:”"),
        (CLASS, "first.md: 55", "first.md: 0", f"{CLASS}:14: 说是讲全了，“第一课”实际却没有讲（0 分钟） —— 补讲后写明分钟数，或删去“complete:”"),
        (CLASS, "first.md: 55", "frist.md: 55", f"{CLASS}:14: 课程表里没有“car/01-frist.md” —— 是不是“car/01-first.md”？"),
        (CLASS, "first.md: 55", "first.md: -5", f"{CLASS}:14: “car/01-first.md”不能小于 0 —— 现在是 -5"),
        (CLASS, "[A01, A02]", "[A01, A01]", f"{CLASS}:10: 编号“A01”写了两次 —— 删去一个，或改正编号"),
        (CLASS, "[A01, A02]", "[A01, 317]", f'{CLASS}:10: “participants”要写文字 —— 现在是 317，用英文引号括起来，如 "317"'),
        (CLASS, "[A01, A02]", "[A01，A02]", f"{CLASS}:10: “A01，A02”里有中文的逗号或引号 —— 编号之间用英文逗号，引号也用英文的"),
        (CLASS, "[A01, A02]", "[A01, 张三]", f"{CLASS}:10: “张三”不是编号 —— 只写字母、数字、- 和 _，不写姓名：这一页谁都能看"),
        (CLASS, "[A01, A02]", "[]", f"{CLASS}:10: “participants”至少要 1 项 —— 现在只有 0 项"),
        (CLASS, "  bring:", "  brings:", f"{CLASS}:11: 不认识的键“brings” —— 是不是“bring”？"),
        (CLASS, "/// class\n", "/// clas\n", f"{CLASS}:21: 不认识的块“/// clas” —— 是不是“/// class”？"),
        (CLASS, "/// class\n///\n", "", f"{CLASS}:1: 页首写了班次，正文却没有放 —— 在正文里写“/// class”和“///”"),
        ("docs/index.md", "/// courses", "/// sign-in", "docs/index.md:7: 这一页的页首没有“class:”，“/// sign-in”没有可显示的班次 —— 补上页首"),
        (RUN, "edition: instructor\n", "", f"{RUN}:7: 主持单只给讲师看 —— 在页首写“edition: instructor”"),
        (RUN, "classes/one.md", "one.md", f"{RUN}:8: 没有“one.md”这个班次 —— 写班次页面相对 docs/ 的路径"),
        (LESSON, "练习 15", "练习 10", f"{LESSON}:16: 各步相加 45 分钟，这一行写 50 分钟，课时是 50 分钟 —— 三处改成一样"),
        (LESSON, "（50 分钟）", "（45 分钟）", f"{LESSON}:16: 各步相加 50 分钟，这一行写 45 分钟，课时是 50 分钟 —— 三处改成一样"),
        (LESSON, "导入 5", "导入", f"{LESSON}:16: “导入”读不出是几分钟 —— 每一步写成“名称 分钟数”，中间用逗号，最后用句号"),
    ],
)  # fmt: skip
def test_what_an_author_can_get_wrong(tmp_path: Path, file: str, old: str, new: str, told: str | None) -> None:
    sources = {**SOURCES, **BUILT}
    assert old in sources[file]
    changed = {**BUILT, TIMETABLE: SOURCES[TIMETABLE], file: sources[file].replace(old, new, 1)}
    assert said(write(tmp_path, **changed)) == ([told] if told else [])


@pytest.mark.parametrize(
    ("trainer", "room", "start", "told"),
    [
        ("讲师甲", "二室", "09:00", ["“讲师甲”2026-12-07 09:00–13:30 已排在 docs/classes/one.md —— 改日期、改时间，或换人"]),
        ("讲师乙", "一室", "13:00", ["“一室”2026-12-07 09:00–13:30 已排在 docs/classes/one.md —— 改日期、改时间，或换地方"]),
        ("讲师乙", "二室", "09:00", []),
        ("讲师甲", "一室", "13:30", []),
    ],
)  # fmt: skip
def test_nobody_and_no_room_is_in_two_places(
    tmp_path: Path, trainer: str, room: str, start: str, told: list[str]
) -> None:
    other = ONE.replace("讲师甲", trainer).replace("一室", room).replace("car/timetable.md", "other.md")
    other = other.replace("  complete: car\n", "").replace("  actual:\n    car/01-first.md: 55\n", "")
    plan = f'days:\n  - title: 一\n    start: "{start}"\n    sessions:\n      - exercise: 练\n        minutes: 60\n'
    page = f"---\ntitle: 另一份\n---\n\n/// schedule\n{plan}///\n"
    mistakes = said(write(tmp_path, **BUILT, **{"docs/classes/two.md": other, "docs/other.md": page}))
    assert mistakes == [f"docs/classes/two.md:6: {each}" for each in told]


@pytest.mark.parametrize(
    ("start", "lunch_after", "told"),
    [
        ("08:00", 4, ""),
        ("08:00", 5, "午休前的教学有 300 分钟"),
        ("08:00", 9, "午休前的教学有 300 分钟"),
        ("13:00", 9, ""),
    ],
)
def test_lunch_comes_within_240_minutes(tmp_path: Path, start: str, lunch_after: int, told: str) -> None:
    sessions = ""
    for number in range(1, 6):
        sessions += f"      - exercise: 练{number}\n        minutes: 60\n"
        sessions += "      - lunch: 60\n" if number == lunch_after else "      - break: 10\n"
    page = f'---\ntitle: 表\n---\n\n/// schedule\ndays:\n  - title: 一\n    start: "{start}"\n    sessions:\n{sessions}///\n'
    mistakes = said(write(tmp_path, **{"docs/other.md": page}))
    expected = f"docs/other.md:22: 上到这一节，{told} —— 240 分钟以内安排“lunch: until 13:30”"
    assert mistakes == ([expected] if told else [])


def test_the_page_shows_dates_and_clock_times(tmp_path: Path) -> None:
    html = render(write(tmp_path, **BUILT), "classes/one.md")
    assert '<time class="schedule-date" datetime="2026-12-07">2026 年 12 月 7 日 周一</time>' in html
    assert '<a href="../car/01-first.md">第一课</a>' in html
    assert '<a href="one.ics">加进日历（ICS）</a>' in html
    assert "计算器" in html
    assert "慢一点" not in html
    assert "慢一点" in render(write(tmp_path, **BUILT), "classes/one.md", "instructor")


@pytest.mark.parametrize(("count", "columns"), [(2, 1), (30, 1), (31, 2), (60, 2)])
def test_the_sign_in_sheet_lists_everybody_once(tmp_path: Path, count: int, columns: int) -> None:
    numbers = [f"N{number:02}" for number in range(1, count + 1)]
    html = render(write(tmp_path, **{**BUILT, CLASS: ONE.replace("A01, A02", ", ".join(numbers))}), "classes/one.md")
    sheet = html.partition('class="sign-in"')[2]
    assert sorted(re.findall(r"<td>(N\d\d)</td>", sheet)) == numbers
    assert sheet.count("12-7 上午") == sheet.count("12-7 下午") == columns


@pytest.mark.parametrize(("start", "half"), [("09:00", "上午"), ("12:00", "下午"), ("13:30", "下午")])
def test_a_day_without_lunch_is_signed_for_once_by_the_half_it_begins_in(tmp_path: Path, start: str, half: str) -> None:
    html = render(write(tmp_path, **{**BUILT, TIMETABLE: SHORT.replace("09:00", start)}), "classes/one.md")
    sheet = html.partition('class="sign-in"')[2]
    assert re.findall(r">(12-7 [^<]*)</th>", sheet) == [f"12-7 {half}"]


# --- The calendar -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("ical")
def test_ical_js_reads_the_calendar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    corpus = write(tmp_path, **BUILT)
    assert calendar(corpus) == calendar(corpus)
    [[event]] = read_by_ical(calendar(corpus, "https://training.example/classes/one/"), folder=tmp_path)
    assert event["uid"] == "classes/one/1@qingshou-course"
    assert (event["start"], event["end"]) == ("2026-12-07T01:00:00.000Z", "2026-12-07T05:30:00.000Z")
    assert event["zone"] == "Asia/Shanghai"
    assert (event["summary"], event["location"]) == ("小班 第一天", "一室")
    assert event["description"].split("\n")[:2] == ["09:00 第一课", "10:00 第二课"]
    assert event["url"] == "https://training.example/classes/one/"
    assert event["changed"] == "2023-11-14T22:13:20.000Z"


EDITS = {
    "another date": (CLASS, "2026-12-07", "2026-12-14"),
    "another room": (CLASS, "一室", "二室"),
    "another title": (CLASS, "title: 小班", "title: 小班（改）"),
    "a longer lesson": (LESSON, "minutes: 50", "minutes: 60"),
    "another day before it": (TIMETABLE, SOURCES[TIMETABLE], TWO_DAYS),
}


@pytest.mark.usefixtures("ical")
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edit_updates_the_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edit: tuple[str, str, str]) -> None:
    """An importing program keeps of each UID the event with the highest sequence (RFC 5546, 2.1.5)."""
    file, old, new = edit
    sources = {**SOURCES, CLASS: ONE, TIMETABLE: SOURCES[TIMETABLE].replace("total: 120\n", "")}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    before = calendar(write(tmp_path / "before", **sources))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700003600")
    changed = {**sources, file: new if old == SOURCES[TIMETABLE] else sources[file].replace(old, new)}
    if new is TWO_DAYS:
        changed[CLASS] = ONE.replace("[2026-12-07]", "[2026-12-07, 2026-12-08]")
    after = calendar(write(tmp_path / "after", **changed))
    first, second = read_by_ical(before, after, folder=tmp_path)
    assert first[0]["uid"] == second[0]["uid"]
    assert first[0]["sequence"] < second[0]["sequence"]
    assert first[0]["changed"] < second[0]["changed"]
    assert [event["uid"][-17:] for event in second[1:]] == (["2@qingshou-course"] if new is TWO_DAYS else [])


def test_without_a_commit_the_files_tell_when_it_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No clock: the same files give the same calendar, whenever it is written."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    corpus = write(tmp_path, **BUILT)
    newest = max(int((tmp_path / file).stat().st_mtime) for file in (CLASS, TIMETABLE, LESSON, "docs/car/02-second.md"))
    assert f"SEQUENCE:{newest // 60}".encode() in calendar(corpus)


# --- The run sheet ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("时间（50 分钟）：导入 5，讲解 30（含提问 5，讨论 3），练习 15。", [("导入", 5), ("讲解", 30), ("练习", 15)]),
        (
            "**时间（共 50 分钟）**：导入 5 · M2–M3 30 · M3 以上 15。材料：纸。",
            [("导入", 5), ("M2–M3", 30), ("M3 以上", 15)],
        ),
        ("**50 分钟**：导入 5 分钟；五招各 3 分钟共 45 分钟。", [("导入", 5), ("五招各 3 分钟", 45)]),
        ("时间：导入 50。", [("导入", 50)]),
        ("先问一句。", []),
    ],
)
def test_the_line_of_times(tmp_path: Path, line: str, found: list[tuple[str, int]]) -> None:
    corpus = write(tmp_path, **{LESSON: SOURCES[LESSON].replace("提示。", line)})
    page = corpus.page("car/01-first.md")
    assert page
    assert [(step.name, step.minutes) for step in steps(page)] == found


def rows(html: str) -> list[str]:
    found = re.findall(
        r"<td><time>(.*?)</time></td>\s*<td>(.*?)</td>\s*<td>(.*?)</td>\s*<td>(.*?)</td>", html, re.DOTALL
    )
    return [" ".join(re.sub(r"<[^>]*>|\s+", "", cell) for cell in row) for row in found]


def test_the_run_sheet_goes_minute_by_minute(tmp_path: Path) -> None:
    html = render(write(tmp_path, **BUILT), "classes/run.md", "instructor")
    assert rows(html) == [
        "09:00 0:00 50 第一课见第二课。",
        "09:00 0:00 5 导入",
        "09:05 0:05 30 讲解（含提问5）",
        "09:35 0:35 15 练习",
        "09:50 0:50 10 休息",
        "10:00 1:00 40 第二课",
        "10:40 1:40 140 午休",
        "13:00 4:00 20 练习",
        "13:20 4:20 10 交流可略",
    ]
    assert '<a href="../car/02-second.md">第二课</a>。' in html


def test_the_trainees_edition_has_no_run_sheet(tmp_path: Path) -> None:
    html = render(write(tmp_path, **BUILT), "classes/run.md", "trainee")
    assert "run-sheet" not in html
    assert "导入" not in html


def test_a_lesson_split_by_a_break_goes_on_where_it_stopped(tmp_path: Path) -> None:
    halves = "      - lesson: 01-first.md\n        part: {}/2\n"
    split = SOURCES[TIMETABLE].replace(
        "      - lesson: 01-first.md\n", halves.format(1) + "      - break: 5\n" + halves.format(2)
    )
    html = render(write(tmp_path, **{**BUILT, TIMETABLE: split}), "classes/run.md", "instructor")
    assert rows(html)[:7] == [
        "09:00 0:00 25 第一课（1/2）见第二课。",
        "09:00 0:00 5 导入",
        "09:05 0:05 20 讲解（含提问5）",
        "09:25 0:25 5 休息",
        "09:30 0:30 25 第一课（2/2）",
        "09:30 0:30 10 讲解（含提问5）（续）",
        "09:40 0:40 15 练习",
    ]


def test_a_note_stands_by_the_step_of_its_heading_or_of_its_first_word(tmp_path: Path) -> None:
    more = "\n## 怎样讲解\n\n/// instructor\n提问：为什么？\n///\n\n## 动手\n\n/// instructor\n**练习**（两人）：算。\n///\n\n/// quiz"
    html = render(
        write(tmp_path, **{**BUILT, LESSON: PLANNED.replace("\n/// quiz", more)}), "classes/run.md", "instructor"
    )
    assert "09:05 0:05 30 讲解（含提问5）提问：为什么？" in rows(html)
    assert "09:35 0:35 15 练习练习（两人）：算。" in rows(html)


@pytest.mark.parametrize(
    ("minutes", "lost", "dropped"),
    [
        ([25, 25], 20, [25]),
        ([25, 25], 40, [25, 25]),
        ([25, 25], 60, [25, 25]),
        ([40, 20, 30], 20, [20]),
        ([40, 20, 30], 40, [40]),
        ([40, 20, 30], 60, [40, 20]),
        ([30, 30, 60], 60, [60]),
        ([], 20, []),
    ],
)
def test_what_to_drop_wastes_least(minutes: list[int], lost: int, dropped: list[int]) -> None:
    slots = [Slot("exercise", 0, each, str(place)) for place, each in enumerate(minutes)]
    assert [slot.minutes for slot in to_drop(slots, lost)] == dropped


def test_time_lost_today_is_made_up_tomorrow(tmp_path: Path) -> None:
    two = ONE.replace("[2026-12-07]", "[2026-12-07, 2026-12-08]")
    html = render(write(tmp_path, **{**BUILT, TIMETABLE: TWO_DAYS, CLASS: two}), "classes/run.md", "instructor")
    first, second = html.split('class="run-sheet-losses"')[1:]
    cells = [re.findall(r"<td>(.*?)</td>", part) for part in (first, second)]
    assert cells[0][:4] == ["20 分钟", "复习（30 分钟）；当天没讲完的顺延到下一天", "30 分钟", "–"]
    assert cells[0][8:12] == [
        "60 分钟",
        "交流（10 分钟）、复习（30 分钟）；当天没讲完的顺延到下一天",
        "40 分钟",
        "20 分钟，另约时间补",
    ]
    assert second.count("顺延") == 0


# --- The example class of the car-loan course -------------------------------------------------------------------------


@pytest.mark.usefixtures("ical")
def test_the_example_is_in_the_calendar(site: Path, address: str, tmp_path: Path) -> None:
    [events] = read_by_ical((site / "classes/car-loan-example.ics").read_bytes(), folder=tmp_path)
    assert [event["start"] for event in events] == ["2026-11-16T01:00:00.000Z", "2026-11-17T01:00:00.000Z"]
    assert events[0]["url"] == f"{address}classes/car-loan-example/"


@pytest.mark.usefixtures("jsqr")
@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_the_qr_code_leads_to_the_page(page: Page, address: str, scheme: str) -> None:
    """As a camera sees it: the pixels on the screen, read by jsQR."""
    page.goto(f"{address}classes/car-loan-example/")
    page.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
    seen = page.locator(".class-code svg").screenshot()
    page.add_script_tag(path=JSQR)
    read = page.evaluate(
        """async (bytes) => {
            const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }))
            const context = new OffscreenCanvas(image.width, image.height).getContext("2d")
            context.drawImage(image, 0, 0)
            const { data } = context.getImageData(0, 0, image.width, image.height)
            return jsQR(data, image.width, image.height)?.data
        }""",
        list(seen),
    )
    assert read == f"{address}classes/car-loan-example/"


def test_nothing_is_asked_of_another_host(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}classes/car-loan-example/", wait_until="networkidle")
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


def sheets(page: Page) -> list[str]:
    """Give the text of each printed sheet, without spaces."""
    printed = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    # Some fonts give a radical's code point for a character.
    return [re.sub(r"\s", "", unicodedata.normalize("NFKC", sheet.extract_text())) for sheet in printed]


@pytest.mark.parametrize("count", [24, 30, 60])
def test_the_sign_in_sheet_prints_on_one_page(page: Page, address: str, count: int) -> None:
    """The example's sheet, and the same sheet as long as it can get in one column and in two."""
    page.goto(f"{address}classes/car-loan-example/")
    lines = page.locator(".sign-in tbody tr")
    assert lines.count() == 24
    if count > 24:
        page.evaluate(
            """count => {
                const table = document.querySelector(".sign-in table"), columns = count > 30 ? 2 : 1
                table.className = ""
                for (const row of table.rows) for (const cell of columns > 1 ? [...row.cells] : []) row.append(cell.cloneNode(true))
                while (table.tBodies[0].rows.length < count / columns)
                    table.tBodies[0].append(table.tBodies[0].rows[0].cloneNode(true))
            }""",
            count,
        )
    printed = [text for text in sheets(page) if "签到表" in text]
    assert len(printed) == 1
    assert printed[0].count("A") >= count
    assert "应到24人" in printed[0]
    # Alone on its page.
    assert "课前" not in printed[0]


def test_the_run_sheet_is_the_instructors_alone(site: Path, instructor_site: Path) -> None:
    assert not (site / "classes/car-loan-example-run").exists()
    assert (
        "主持单"
        not in (site / "classes/car-loan-example/index.html").read_text(encoding="utf-8").partition("<article")[2]
    )
    sheet = (instructor_site / "classes/car-loan-example-run/index.html").read_text(encoding="utf-8")
    # Fourteen lessons, a discussion, three breaks and a lunch.
    assert len(re.findall("run-sheet-session", sheet)) == 14 + 1 + 3 + 1
    assert "课程十三 车贷新产品及风险分析（25 分钟）" in sheet
