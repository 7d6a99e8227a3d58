"""Evidence packs: what may be handed in, what of the law is covered, and what paper and workbook say of it."""

from __future__ import annotations

import csv
import datetime
import io
import os
import re
import subprocess
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

import office
from conftest import ROOT
from course.company.model import company_of
from course.corpus import Corpus
from course.doctor import lacking_office
from course.evidence.__main__ import main
from course.evidence.clauses import Taught, places
from course.evidence.model import Evidence, _later, gather, hashes
from course.evidence.pdf import to_pdf
from course.evidence.report import parts
from course.evidence.results import HandedIn, read_results
from course.evidence.version import Version, command, content, version_of
from course.evidence.xlsx import to_xlsx
from course.law.register import register_of
from course.law.statute import heading_key
from handed_in import answers, export, hand_in, mock
from project import CIVIL_CODE, SOURCES, render, said, write

NAME = "car-loan-example"
LESSON = "docs/car/01-first.md"
CLASS = """\
---
title: 小班
description: 一个班。
class:
  timetable: car/timetable.md
  dates: [2026-12-07]
  trainer: 讲师甲
  room: 一室
  participants: [A01, A02, A03]
  actual:
    car/01-first.md: 50
---

# 小班

/// class
///
"""
LAW = """\
---
title: 依据
duties:
  - basis: 《民法典》第一百八十八条
    duty: 培训。
    binds: 一切人。
    months: 12
checked: 2026-11-22
---

# 依据

/// duties
///
"""
CITING = SOURCES[LESSON].replace(
    "课文。", "《民法典》第一百八十八条。\n\n## 一节\n\n《民法典》第一百九十五条。\n\n### 小节\n\n行业规范。\n"
)
SMALL = {
    "docs/classes/one.md": CLASS,
    "docs/law/civil-code.md": CIVIL_CODE,
    "docs/law/training.md": LAW,
    LESSON: CITING,
}
NO_VERSION = Version("", "", (), 0, "0" * 64, "0")
EPOCH = "1795000000"
HASH = "0123456789ab"
HEADER = "编号,成绩,来源,日期"
RECORD = {"hash": HASH, "answer": {}, "score": 1}


def evidence_of(corpus: Corpus, name: str, handed_in: HandedIn | None = None) -> Evidence:
    page = corpus.page(f"classes/{name}.md")
    assert page
    return gather(corpus, name, page, NO_VERSION, handed_in or HandedIn())


def words(evidence: Evidence, without: Sequence[str] = ()) -> str:
    """Everything that a pack says, but for some of its parts."""
    said = []
    for part in (part for part in parts(evidence) if part.title not in without):
        said += [part.title, *part.words]
        for table in part.tables:
            said += [table.caption, *table.columns, *(str(cell) for row in table.rows for cell in row)]
    return "\n".join(said)


def read(folder: Path, **files: str | bytes) -> HandedIn:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_results(folder, "r", ["A01", "A02", "a02"], {"q/one": HASH})


# What is handed in


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.json", '{"format": "qing', "r/a.json:1: 文件损坏：不是完整的 JSON（第 12 列起读不下去） —— 请学员重新导出；拿不到就把它移出这个文件夹，这个人会列为没有交"),
        ("a.json", export("A01", {}).replace("\n}", ""), "r/a.json:7: 文件损坏：不是完整的 JSON（第 15 列起读不下去） —— 请学员重新导出"),
        ("a.json", export("A01", {})[:70].encode("utf-16"), "r/a.json:1: 文件损坏：不是 UTF-8 编码的 JSON —— 请学员重新导出"),
        ("a.json", export("A01", {"quiz:q/one": {"score": float("nan")}}), "r/a.json:1: 文件损坏：里面有 JSON 没有的值 —— "),
        ("a.json", "[" * 100_000, "r/a.json:1: 文件损坏：里面有 JSON 没有的值 —— "),
        ("a.json", "[]", "r/a.json:1: 不是本站“学习进度”页导出的记录 —— 换成那一页“导出我的记录”得到的文件"),
        ("a.json", '{"a": 1}', "r/a.json:1: 不是本站“学习进度”页导出的记录 —— "),
        ("a.json", export("A01", {}, version=1), "r/a.json:3: 是第 1 版的格式，这里读第 2 版 —— 请学员用现在的网站打开“学习进度”页，重新导出"),
        ("a.json", export("A01", {}, records=[]), "r/a.json:6: 文件损坏：没有 records —— 请学员重新导出"),
        ("a.json", export("A01", {}, written="昨天"), "r/a.json:5: 没有写明导出的时间（written） —— 请学员重新导出"),
        ("a.json", export("A91", {}), "r/a.json:4: 班次的 participants 里没有“A91” —— 是不是“A01”？学员在“学习进度”页选好编号再导出；不是这个班的，把文件移出去"),
        ("a.json", export("张三", {}), "r/a.json:4: 班次的 participants 里没有“张三” —— 学员在“学习进度”页选好编号再导出"),
        ("a.json", export("", {}), "r/a.json:4: 班次的 participants 里没有“a” —— "),
        ("a.json", export("A01", {"quiz:q/one": {**RECORD, "score": 1.5}}), "r/a.json:7: “q/one”的得分是 1.5，应在 0 到 1 之间 —— 请学员重新导出"),
        ("a.json", export("A01", {"exam:2026": mock(30)}), "r/a.json:7: 模拟考试 2026 的得分是 30 / 20，不可能 —— 请学员重新导出"),
        ("a.json", export("A01", {"exam:2026": {**mock(3), "of": "20"}}), "r/a.json:7: 模拟考试 2026 的得分是 3 / 20，不可能 —— "),
        ("a.json", export("A01", {"exam:2026": {**mock(3), "of": 10**400}}), "r/a.json:7: 模拟考试 2026 的得分是 3 / 1000"),
        ("a.json", export("A01", {"exam:2026": {**mock(3), "title": "X"}}).replace('"X"', '"\\ud800"'), "r/a.json:1: 文件损坏：里面有不成对的字符 —— "),
        ("a.xlsx", b"PK", "r/a.xlsx:1: 只读 .json 和 .csv，读不了“.xlsx” —— 成绩表另存为“CSV UTF-8（逗号分隔）”；别的文件移出去"),
        ("g.csv", "", "r/g.csv:1: 表头缺了“编号、成绩、来源、日期” —— 第一行写：编号,成绩,来源,日期"),
        ("g.csv", "编号,姓名,成绩,来源,日期", "r/g.csv:1: 表头多了“姓名” —— 只留四列：编号,成绩,来源,日期；姓名、电话不进这份材料"),
        ("g.csv", "编号,成绩,来源", "r/g.csv:1: 表头缺了“日期” —— 第一行写：编号,成绩,来源,日期"),
        ("g.csv", f"{HEADER},日期", "r/g.csv:1: 表头有一列写了两次，或有空的一列 —— "),
        ("g.csv", HEADER.replace(",", "\t"), "r/g.csv:1: 各列不是用逗号分开的 —— 在 Excel 里另存为“CSV UTF-8（逗号分隔）”"),
        ("g.csv", f"{HEADER}\n".encode("utf-16"), "r/g.csv:1: 读不出文字，编码不是 UTF-8 也不是 GBK —— 在 Excel 里另存为“CSV UTF-8（逗号分隔）”"),
        ("g.csv", f'{HEADER}\nA01,"80,卷,2026-12-07\n', "r/g.csv:2: 引号没有成对 —— 在 Excel 里重新另存为 CSV"),
        ("g.csv", f"{HEADER}\n\nA01,八十,卷,2026-12-07", "r/g.csv:3: “成绩”列（B3）是“八十” —— 写 0 到 100 的数字，没有来考的写“缺考”"),
        ("g.csv", f"{HEADER}\nA01,101,卷,2026-12-07", "r/g.csv:2: “成绩”列（B2）是“101” —— "),
        ("g.csv", f"{HEADER}\nA01,-5,卷,2026-12-07", "r/g.csv:2: “成绩”列（B2）是“-5” —— "),
        ("g.csv", f"{HEADER}\nA01,,卷,2026-12-07", "r/g.csv:2: “成绩”列（B2）没有写 —— "),
        ("g.csv", f"{HEADER}\nA01,80,,2026-12-07", "r/g.csv:2: “来源”列（C2）没有写 —— 写成绩从哪里来，如：纸质 A 卷、学习平台"),
        ("g.csv", f"{HEADER}\nA01,80,卷,2026-02-30", "r/g.csv:2: “日期”列（D2）是“2026-02-30” —— 写成 2026-11-17 这样的日期"),
        ("g.csv", f"{HEADER}\nA01,80,卷", "r/g.csv:2: “日期”列（D2）没有写 —— "),
        ("g.csv", "日期,来源,成绩,编号\n2026-12-07,卷,9o,A01", "r/g.csv:2: “成绩”列（C2）是“9o” —— "),
        ("g.csv", f"{HEADER}\n,80,卷,2026-12-07", "r/g.csv:2: “编号”列（A2）没有写 —— 写班次里的编号"),
        ("g.csv", f"{HEADER}\nB01,80,卷,2026-12-07", "r/g.csv:2: 班次的 participants 里没有“B01” —— 是不是“A01”？改正编号；不是这个班的，删去这一行"),
        ("g.csv", f"{HEADER}\nA01,80,卷,2026-12-07\nＡ０１,90,卷,2026/12/7", "r/g.csv:3: A01 的“卷 2026-12-07”写了两次，前一次在第 2 行 —— 删去一行，或改正编号、来源、日期"),
        ("g.csv", f"{HEADER}\nA01,80,卷,2026-12-07,补", "r/g.csv:2: 有 5 格，表头只有 4 格 —— 一行四格，格里不写逗号"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_line_and_a_remedy(
    tmp_path: Path, name: str, text: str | bytes, told: str
) -> None:
    (mistake,) = read(tmp_path / "r", **{name: text}).mistakes
    assert str(mistake).startswith(told)
    assert mistake.remedy


def test_every_wrong_line_of_a_list_is_told_at_once(tmp_path: Path) -> None:
    found = read(tmp_path / "r", **{"g.csv": f"{HEADER}\nA01,x,卷,2026-12-07\nA02,y,卷,2026-12-07"})
    assert [mistake.line for mistake in found.mistakes] == [2, 3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_lists_are_read_as_excel_writes_them(tmp_path: Path, encoding: str) -> None:
    rows = [
        "日期,编号,来源,成绩",
        "2026/12/7,ａ０１,纸质 A 卷,８６.５分",
        ",,,",
        '2026年12月8日,A02,"平台, 补考",缺考',
        "",
    ]
    found = read(tmp_path / "r", **{"g.csv": "\r\n".join(rows).encode(encoding), "~$g.csv": b"\0", ".DS_Store": b"\0"})
    assert not found.mistakes
    first, second = found.grades["A01"][0], found.grades["A02"][0]
    assert (first.score, first.source, first.date, first.line) == (86.5, "纸质 A 卷", datetime.date(2026, 12, 7), 2)
    assert (second.score, second.source, second.line) == (None, "平台, 补考", 4)


def test_numbers_that_differ_in_case_are_two_participants(tmp_path: Path) -> None:
    rows = [HEADER, "a02,1,卷,2026-12-07", "A02,2,卷,2026-12-07", "a01,3,卷,2026-12-07"]
    found = read(tmp_path / "r", **{"g.csv": "\n".join(rows)})
    assert {number: grades[0].score for number, grades in found.grades.items()} == {"a02": 1, "A02": 2, "A01": 3}


def test_of_two_records_the_later_counts_and_what_is_left_out_is_noted(tmp_path: Path) -> None:
    asked = {"quiz:q/one": RECORD, "quiz:q/gone": RECORD, "exam:open": {"paper": {}}, "read:x.md": {"sections": []}}
    old = {"quiz:q/one": {**RECORD, "hash": "other"}, "exam:2026-11-01": mock(16)}
    found = read(
        tmp_path / "r",
        **{"a.json": export("A01", asked, 5), "b.json": export("a01 ", old, 4), "A02.json": export("", {}, damaged={"k": "{"})},
    )  # fmt: skip
    assert not found.mistakes
    assert found.records["A01"].answers == {"q/one": 1}
    assert found.records["A01"].mocks == ()
    assert found.notes == [
        "A02 的记录里没有写是谁，是按文件名认的。",
        "A02 的浏览器里有 1 条记录损坏，没有计入。",
        "A01 的记录里有 1 题现在没有了，都没有计入。",
        "A01 的记录里有 1 题答的是改动以前的题，都没有计入。",
        "A01 交了两份记录：用导出较晚的一份，没有并入较早的一份。",
    ]


def test_the_names_of_files_stay_out_of_the_pack(tmp_path: Path) -> None:
    corpus = write(tmp_path, **SMALL)
    folder = tmp_path / "r"
    folder.mkdir()
    (folder / "张三 13800000000.json").write_text(export("A01", {}, 4), encoding="utf-8")
    (folder / "张三 (1).json").write_text(export("A01", {}, 5, damaged={"k": "{"}), encoding="utf-8")
    (folder / "李四.csv").write_text(f"{HEADER}\nA02,80,卷,2026-12-06", encoding="utf-8")
    found = read_results(folder, "r", ["A01", "A02", "A03"], hashes(corpus))
    assert found.lists == {"成绩表 1": "李四.csv"}
    evidence = evidence_of(corpus, "one", found)
    assert "成绩表 1 第 2 行" in words(evidence)
    assert not re.search("张三|李四|138", words(evidence))


def test_of_two_records_of_one_moment_neither_is_chosen(tmp_path: Path) -> None:
    found = read(tmp_path / "r", **{"a.json": export("A01", {}), "b.json": export("A01", {"quiz:q/one": RECORD})})
    assert [str(each) for each in found.mistakes] == [
        "r/b.json:5: A01 有两份同一时刻导出的记录，另一份是 a.json —— 留下一份，另一份移出去"
    ]


# The command


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["two"], "没有“two”这个班次 —— 可用：one"),
        (["on"], "没有“on”这个班次 —— 是不是“one”？"),
        ([""], "没有写是哪个班次（CLASS=NAME） —— 可用：one"),
        (["one", "--results", "lost"], "没有“lost”这个文件夹 —— 把交来的文件放进一个文件夹，写 RESULTS=文件夹"),
        (
            ["one", "--results", "docs/car"],
            "docs/car 在 docs/ 里，会随网站发布出去 —— 换到 docs/ 以外，如 results/one/",
        ),
    ],
)
def test_commands_that_make_no_sense_write_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    write(tmp_path, **SMALL)
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 1
    assert capsys.readouterr().err.strip() == told
    assert not (tmp_path / "dist").exists()


def test_a_wrong_file_or_a_wrong_source_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, **SMALL)
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "results/one"
    folder.mkdir(parents=True)
    (folder / "成绩.csv").write_text(f"{HEADER}\nA09,80,卷,2026-12-07", encoding="utf-8")
    assert main(["one"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "results/one/成绩.csv:2: 班次的 participants 里没有“A09” —— 是不是“A03”？改正编号；不是这个班的，删去这一行",
        "1 处要改，什么也没有写",
    ]
    write(tmp_path, **{**SMALL, LESSON: CITING.replace("第一百八十八条", "第一百八十九条")})
    assert main(["one"]) == 1
    assert capsys.readouterr().err.endswith("\n1 处要改，什么也没有写\n")
    assert not (tmp_path / "dist").exists()


# The duties to train


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("《民法典》第", "民法典第", "docs/law/training.md:4: “民法典第一百八十八条”没有以法律或标准的名称开头 —— 写成“《劳动法》第六十八条第一款”这样"),
        ("《民法典》第一百八十八条", "《GB/T 1》5.2", "docs/law/training.md:4: 法规库里没有《GB/T 1》 —— 写法规库里的名称，或先在 docs/law/ 为它建一页"),
        ("第一百八十八条", "第一百八十八条第四款", "docs/law/training.md:4: 《民法典》第一百八十八条只有 2 款，没有第 4 款 —— 核对款、项的数目；没有分款的条文不写“第一款”"),
        ("months: 12", "months: 0", "docs/law/training.md:7: “months”必须大于 0 —— 现在是 0"),
        ("duties:", "dutys:", "docs/law/training.md:3: 不认识的键“dutys” —— 删去它，或对照讲师指南改名"),
    ],
)  # fmt: skip
def test_a_duty_is_checked_by_the_build(tmp_path: Path, old: str, new: str, told: str) -> None:
    notices = said(write(tmp_path, **SMALL))
    assert all("没有一页引用" in notice for notice in notices)
    assert told in said(write(tmp_path, **{**SMALL, "docs/law/training.md": LAW.replace(old, new)}))


def test_duties_say_how_they_bind_as_the_register_has_it() -> None:
    corpus = Corpus(ROOT / "docs", ROOT / "quizzes")
    html = render(corpus, "law/training.md")
    binding = re.findall(r"<tr>\s*<td>\s*<p>(.*?)</p>\s*<p>(.*?)</p>", html, re.DOTALL)
    assert [(re.sub("<.*?>", "", basis), how) for basis, how in binding] == [
        ("《个人信息保护法》第五十一条第四项", "法律"),
        ("《数据安全法》第二十七条第一款", "法律"),
        ("《劳动法》第六十八条第一款", "法律"),
        ("《职业教育法》第二十四条第一款", "法律"),
        ("《GB/T 45251-2025》5.2", "行业规范（国家标准）"),
    ]


# What a class is


def test_a_class_without_results_promises_nothing(tmp_path: Path) -> None:
    evidence = evidence_of(write(tmp_path, **SMALL), "one")
    text = words(evidence)
    assert "没有学员交来记录文件。" in text
    assert "没有登记的成绩表：这份材料不能说明谁通过了考核。" in text
    assert "没有记下实际用时的课：第二课。" in text
    assert "没有 Git 提交可以对照" in text
    assert not any(person.passed for person in evidence.people)


def test_a_perfect_mock_exam_passes_nobody(tmp_path: Path) -> None:
    corpus = write(tmp_path, **SMALL)
    folder = tmp_path / "r"
    folder.mkdir()
    right = {f"quiz:{name}": {"hash": hash_, "score": 1} for name, hash_ in answers(corpus, "car")}
    (folder / "a.json").write_text(export("A01", {**right, "exam:2026-12-07": mock(20, scope="car")}), encoding="utf-8")
    (folder / "g.csv").write_text(f"{HEADER}\nA02,79.99,卷,2026-12-07\nA03,80,卷,2026-12-06", encoding="utf-8")
    evidence = evidence_of(corpus, "one", read_results(folder, "r", ["A01", "A02", "A03"], hashes(corpus)))
    first, second, third = evidence.people
    assert (first.right, first.mock, first.passed, first.grades) == (4, 100, False, ())
    assert (second.passed, third.passed) == (False, True)
    roster = next(part for part in parts(evidence) if part.title == "学员与签到").tables[0]
    # 79.99 is shown as 79.9, never as 80; and nobody is said to have signed.
    assert [row[:4] for row in roster.rows] == [
        ("A01", "", "—", "没有登记"), ("A02", "", 79.9, "没有通过"), ("A03", "", 80, "通过"),
    ]  # fmt: skip
    assert "A03 的“卷”日期是 2026-12-06，早于开班（成绩表 1 第 3 行）。" in words(evidence)
    for part in parts(evidence):
        for table in part.tables:
            for title in table.columns:
                if re.search("自测|模拟", title):
                    assert title.startswith("自报：")


def test_what_was_dropped_is_not_taught(tmp_path: Path) -> None:
    held = evidence_of(write(tmp_path / "a", **SMALL), "one")
    assert [(clause.article, [place.section for place in clause.taught]) for clause in held.clauses] == [
        ("第一百八十八条", [""]), ("第一百九十五条", ["一节"]), ("没有条号（）", ["小节"]),
    ]  # fmt: skip
    dropped = {**SMALL, "docs/classes/one.md": CLASS.replace("first.md: 50", "first.md: 0")}
    evidence = evidence_of(write(tmp_path / "b", **dropped), "one")
    assert evidence.clauses == []
    assert evidence.questions == ["car/02-second/yes"]
    assert "排了没有讲的课（实际 0 分钟）：第一课" in words(evidence)


@pytest.mark.parametrize(
    ("sections", "taught"),
    [(None, ["", "一节", "小节"]), ({"一节"}, ["一节", "小节"]), ({"小节"}, ["小节"]), ({"别的"}, [])],
)
def test_of_a_lesson_in_part_only_the_sections_named_are_taught(
    tmp_path: Path, sections: set[str] | None, taught: list[str]
) -> None:
    page = write(tmp_path, **SMALL).page("car/01-first.md")
    assert page
    parts_ = Taught(page, None if sections is None else frozenset(sections))
    assert [place.section for place, _ in places(parts_)] == taught


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [("2026-11-17", 12, "2027-11-17"), ("2028-02-29", 12, "2029-02-28"), ("2026-08-31", 6, "2027-02-28")],
)
def test_training_is_due_again_on_the_same_day(day: str, months: int, due: str) -> None:
    assert str(_later(datetime.date.fromisoformat(day), months)) == due


# Which content


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_a_version_says_what_differs_from_the_commit(tmp_path: Path) -> None:
    project = tmp_path / "unzipped"
    write(project)
    git(tmp_path, "init", "-q")
    # A repository further up is another one.
    assert version_of(project).commit == ""
    git(project, "init", "-q")
    git(project, "add", ".")
    git(project, "commit", "-qm", "One")
    version = version_of(project)
    assert version.commit == git(project, "rev-parse", "HEAD")
    assert version.changed == ()
    (project / "docs/新.md").write_text("新", encoding="utf-8")
    (project / "docs/index.md").write_text("改", encoding="utf-8")
    assert set(version_of(project).changed) == {"docs/新.md", "docs/index.md"}
    assert version_of(project).digest != version.digest


def test_the_hash_is_what_the_printed_command_says(tmp_path: Path) -> None:
    write(tmp_path, **{"docs/a b.md": "", "docs/é.md": "1", "docs/-x.md": "2", "docs/B.md": "3", "docs/.hidden/a": "4"})
    done = subprocess.run(["bash", "-c", command()], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert done.stdout.split() == [content(tmp_path)[1], "-"]


def test_what_a_company_adds_is_hashed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = {
        "our own/company.yml": "name: 公司\npages: policy\n",
        "our own/policy/a.md": "# A\n",
        "our own/other.txt": "",
    }
    write(tmp_path, **own)
    monkeypatch.setenv("COMPANY", "our own/company.yml")
    version = version_of(tmp_path, company_of(tmp_path))
    assert version.content == ("docs", "quizzes", "our own/company.yml", "our own/policy")
    assert version.files == content(tmp_path)[0] + 2
    done = subprocess.run(
        ["bash", "-c", command(version.content)], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == [version.digest, "-"]


# The example class


class Pack(NamedTuple):
    """The example's, as the command wrote it."""

    evidence: Evidence
    results: Path
    pdf: bytes
    xlsx: Path
    said: str


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Let the command write the example's pack."""
    root = tmp_path_factory.mktemp("evidence")
    corpus = Corpus(ROOT / "docs", ROOT / "quizzes")
    page = corpus.page(f"classes/{NAME}.md")
    assert page
    assert page.cohort
    hand_in(root / "results", corpus, page)
    command = [sys.executable, "-m", "course.evidence", NAME, "--results", str(root / "results"), "--into", str(root)]
    variables = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=True)
    found = read_results(root / "results", str(root / "results"), page.cohort.participants, hashes(corpus))
    evidence = gather(corpus, NAME, page, version_of(ROOT), found)
    xlsx = root / f"{NAME}-evidence.xlsx"
    return Pack(evidence, root / "results", (root / f"{NAME}-evidence.pdf").read_bytes(), xlsx, done.stdout)


def scores(pack: Pack) -> dict[str, float]:
    """The best registered score of each, read without the project."""
    best: dict[str, float] = defaultdict(float)
    for row in csv.DictReader(io.StringIO((pack.results / "成绩.csv").read_bytes().decode("gbk"))):
        if row["成绩"] != "缺考":
            best[row["编号"]] = max(best[row["编号"]], float(row["成绩"]))
    return best


def test_the_command_says_what_it_wrote(pack: Pack) -> None:
    assert "22 人的记录，1 份成绩表" in pack.said
    assert re.search(rf"{NAME}-evidence\.pdf  \d+ KB\n.*{NAME}-evidence\.xlsx  \d+ KB\n", pack.said)


def test_two_packs_of_one_commit_are_the_same_bytes(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    again = gather(pack.evidence.corpus, NAME, pack.evidence.page, pack.evidence.version, pack.evidence.handed_in)
    assert to_pdf(again) == pack.pdf
    assert to_xlsx(again) == pack.xlsx.read_bytes()


def linked(html: str) -> set[str]:
    return set(re.findall(r'data-law="law-note-([^"]+)"', html))


def test_clauses_are_those_that_the_built_pages_link(pack: Pack, site: Path) -> None:
    taught, asked = set(), defaultdict(set)
    for path in (lesson.page.path for lesson in pack.evidence.lessons):
        html = (site / path.removesuffix(".md") / "index.html").read_text(encoding="utf-8")
        quizzes = re.findall(r'<course-quiz [^>]*data-quiz="([^"]+)"(.*?)</course-quiz>', html, re.DOTALL)
        for quiz, body in quizzes:
            for field in body.split("<fieldset ")[1:]:
                name = re.search(r'data-question="([^"]+)"', field)
                assert name
                for article in linked(field):
                    asked[article].add(f"{quiz}/{name[1]}")
        taught |= linked(re.sub(r"<course-quiz .*?</course-quiz>|<law-notes.*?</law-notes>", "", html, flags=re.DOTALL))
    assert len(taught) > 200
    statutes = [page for page in register_of(pack.evidence.corpus).pages if page.statute]
    stems = {page.statute.short[0]: Path(page.path).stem for page in statutes if page.statute}
    ours = {f"{stems[clause.statute]}-{heading_key(clause.article)}": clause for clause in pack.evidence.articles}
    assert {key for key, clause in ours.items() if clause.taught} == taught
    assert {key: set(clause.asked) for key, clause in ours.items() if clause.asked} == asked


# On paper


@pytest.fixture(scope="module")
def paper(pack: Pack) -> PdfReader:
    """The PDF."""
    return PdfReader(io.BytesIO(pack.pdf))


def text_of(reader: PdfReader) -> str:
    """Its words, without the blanks and breaks of the layout."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", "".join(page.extract_text() for page in reader.pages)))


def bookmarks(outline: Any) -> Iterator[str]:
    for each in outline:
        yield from bookmarks(each) if isinstance(each, list) else [each.title]


def test_the_paper_has_bookmarks_and_brings_its_fonts_along(paper: PdfReader, pack: Pack) -> None:
    titles = list(bookmarks(paper.outline))
    assert titles == [
        pack.evidence.page.title,
        *(f"{n} {part.title}" for n, part in enumerate(parts(pack.evidence), 1)),
    ]
    for page in paper.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert "NotoSansCJK" in descriptor["/FontName"].replace("-", "")
            assert {"/FontFile2", "/FontFile3"} & descriptor.keys()


def test_the_paper_says_which_content_it_was(paper: PdfReader) -> None:
    text = text_of(paper)
    done = subprocess.run(["bash", "-c", command()], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.split()[0] in text
    assert re.sub(r"\s", "", command()) in text
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, check=False, capture_output=True, text=True).stdout
    assert commit.strip() in text


def test_the_paper_lists_who_passed_by_registered_scores_alone(paper: PdfReader, pack: Pack) -> None:
    text, best = text_of(paper), scores(pack)
    everybody = pack.evidence.cohort.participants
    assert len(everybody) == 24
    passed = [number for number in everybody if best.get(number, 0) >= 80]
    failed = [number for number in everybody if 0 < best.get(number, 0) < 80]
    assert f"通过:达到80分{len(passed)}{'、'.join(passed)}" in text
    assert f"没有通过:不到80分{len(failed)}{'、'.join(failed)}" in text
    assert "缺考1A23没有登记成绩1A24" in text
    assert "没有交2A23、A24" in text
    assert "签到(纸质,另附)" in text


def test_nothing_is_said_to_be_proven(pack: Pack) -> None:
    """In our own words: questions and lessons speak of other proofs."""
    ours = words(pack.evidence, without=("错得最多的题", "附：条文、课文与题"))
    assert ours.count("不证明") >= 3
    assert not re.search("(?<!不)证明|合格|已签到|出勤|属实(?!；)", ours)


def test_the_paper_says_until_when_and_by_what_rule(paper: PdfReader) -> None:
    text = text_of(paper)
    rule = "行业规范(国家标准),不是法律;按公司自己的制度执行"
    assert f"下一次培训不晚于2027-11-17《GB/T45251-2025》5.2{rule}" in text
    assert "法律表述在2027-11-22以前重新核对" in text


# In a workbook


@pytest.mark.skipif("Calc" in lacking_office(), reason="no LibreOffice Calc")
def test_libreoffice_reads_every_sheet(pack: Pack, tmp_path: Path) -> None:
    shown = office.sheets_of(pack.xlsx, tmp_path)
    assert {
        "1 班次",
        "3 内容版本",
        "5 学员与签到",
        "6 逐笔",
        "7 模拟考试（自报）",
        "12 附：条文、课文与题",
    } <= shown.keys()
    matrix = shown["12 附：条文、课文与题"]
    head = matrix.index(["规定", "性质", "条", "课文（节）", "题"])
    assert len(matrix[head + 1 :]) == len(pack.evidence.clauses)
    kinds = list(dict.fromkeys(row[1] for row in matrix[head + 1 :]))
    assert kinds == ["法律", "行政法规", "司法解释", "部门规章", "行业规范，不是法律"]
    asked = next(row for row in matrix if row[:1] == ["民法典"] and row[2] == "第一百九十二条")
    assert "没有题引用" in asked
    first = next(row for row in shown["5 学员与签到"] if row[:1] == ["A01"])
    assert first[:4] == ["A01", "", "84.5", "通过"]


def test_what_was_handed_in_never_becomes_a_formula(tmp_path: Path) -> None:
    corpus = write(tmp_path, **SMALL)
    (tmp_path / "r").mkdir()
    (tmp_path / "r/=g.csv").write_text(f'{HEADER}\nA01,80,"=HYPERLINK(""http://a"",1)",2026-12-07', encoding="utf-8")
    evidence = evidence_of(corpus, "one", read_results(tmp_path / "r", "r", ["A01"], {}))
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(evidence)))["6 逐笔"]
    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert [cell.data_type for cell in cells] == ["s"]


# Beside the site


def test_a_file_that_the_site_exports_is_read_as_it_was_recorded(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}practice/record/")
    page.get_by_label("你的姓名或工号").fill("a05")
    page.keyboard.press("Enter")
    page.goto(f"{address}practice/exam/?scope=car-loan&count=5&minutes=5&seed=7")
    page.get_by_role("button", name="开始").click()
    hand_over = page.get_by_role("button", name="交卷")
    hand_over.click()
    hand_over.click()
    expect(page.locator(".practice-sheet-title")).to_contain_text("0 / 5")
    page.goto(f"{address}car-loan/05-phone-preparation/")
    field = page.locator("fieldset[data-question=clock-in-code]")
    field.get_by_text("错", exact=True).click()
    page.locator(".quiz-foot").get_by_role("button", name="检查").first.click()
    page.goto(f"{address}practice/record/")
    with page.expect_download() as download:
        page.get_by_role("button", name="导出我的记录").click()
    download.value.save_as(tmp_path / "r" / download.value.suggested_filename)
    corpus = Corpus(ROOT / "docs", ROOT / "quizzes")
    found = read_results(tmp_path / "r", "r", ["A05"], hashes(corpus))
    assert (found.mistakes, found.notes) == ([], [])
    record = found.records["A05"]
    assert record.answers["car-loan/05-phone-preparation/clock-in-code"] == 1
    assert [(each.scope, each.title, each.score, each.of) for each in record.mocks] == [("car-loan", "车贷催收", 0, 5)]


def test_the_site_counts_the_same_files_alike(page: Page, instructor_address: str, pack: Pack) -> None:
    page.goto(f"{instructor_address}practice/results/")
    files = sorted(str(file) for file in pack.results.glob("*.json"))
    page.locator("input[type=file]").set_input_files(files)
    expect(page.locator(".practice-status")).to_have_text("已合并 22 人")
    people = page.locator("table", has_text="谁做了什么").locator("tbody tr")
    expect(people).to_have_count(22)
    for row, person in zip(people.all_inner_texts(), pack.evidence.people, strict=False):
        assert person.mock is not None
        total = len(pack.evidence.questions)
        assert f"答 {person.answered} / {total}，对 {person.right}" in row
        assert f"1 次，最高 {round(person.mock)} 分" in row
    missed = page.locator("table", has_text="错得最多的题").locator("tbody tr").all_inner_texts()
    ours = [f"{each.wrong} / {each.answered}" for each in pack.evidence.missed]
    assert [row.split("\t")[-1].strip() for row in missed] == ours
