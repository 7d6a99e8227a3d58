"""Every spoiled input gives one message with file, line and remedy, and fails a strict build."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from project import SOURCES, said, write

FIRST, SECOND, TIMETABLE = "quizzes/car/01-first.yml", "quizzes/car/02-second.yml", "docs/car/timetable.md"
LESSON = "docs/car/01-first.md"

# What is spoiled: name, file, text, its replacement, what the author is told.
SPOILED = [
    # Timetables
    ("unknown lesson", TIMETABLE, "02-second.md", "03-third.md",
     "docs/car/timetable.md:15: 没有“03-third.md”这一课 —— 写课文文件相对本页的路径，并在课文页首写明 minutes"),
    ("same lesson twice", TIMETABLE, "02-second.md", "01-first.md",
     "docs/car/timetable.md:15: “第一课”排了两次 —— 删去一次；若被休息分成两段，两处分别写“part: 1/2”和“part: 2/2”"),
    ("a part missing", TIMETABLE, "02-second.md", "02-second.md\n        part: 1/2\n        minutes: 40",
     "docs/car/timetable.md:16: “第二课”缺少第 2/2 部分 —— 补一节“part: 2/2”，或去掉 part"),
    ("overlap", TIMETABLE, "02-second.md", '02-second.md\n        start: "09:30"',
     "docs/car/timetable.md:16: 这一节定在 09:30 开始，上一节 10:00 才结束 —— 改成 10:00 或更晚，或缩短前面的内容"),
    ("past until", TIMETABLE, "until 13:00", "until 10:30",
     "docs/car/timetable.md:16: 午休到 10:30 为止，上午却排到了 10:40 —— 推迟午休结束的时刻，或缩短上午的内容"),
    ("total differs", TIMETABLE, "total: 120", "total: 480",
     "docs/car/timetable.md:8: 写明教学 480 分钟，各节相加是 120 分钟（2 小时） —— 把 total 改成 120，或调整各节时长"),
    ("no break", TIMETABLE, "      - break: 10\n", "      - exercise: 长练习\n        minutes: 90\n",
     "docs/car/timetable.md:14: 到这一节结束（11:20）已连续上课 140 分钟 —— 每 120 分钟内安排一次“break: 10”"),
    ("no minutes at all", TIMETABLE, "break: 10", "break: 0",
     "docs/car/timetable.md:14: “break”必须大于 0 —— 现在是 0"),
    ("negative minutes", TIMETABLE, "minutes: 20", "minutes: -20",
     "docs/car/timetable.md:18: “minutes”必须大于 0 —— 现在是 -20"),
    ("bad time", TIMETABLE, '"09:00"', '"25:00"',
     'docs/car/timetable.md:11: “25:00”不是时刻 —— 写成 "09:00" 这样的 24 小时制时刻'),
    ("unknown key in a timetable", TIMETABLE, "optional: true", "optionl: true",
     "docs/car/timetable.md:21: 不认识的键“optionl” —— 是不是“optional”？"),
    ("two kinds at once", TIMETABLE, "      - break: 10\n", "      - break: 10\n        lunch: 10\n",
     "docs/car/timetable.md:15: 这一节同时写了 break、lunch —— lesson、exercise、discussion、break、lunch 五者写一个"),
    ("exercise without minutes", TIMETABLE, "        minutes: 20\n", "",
     "docs/car/timetable.md:17: “练习”没有时长 —— 补上“minutes:”"),
    ("minutes of a lesson", LESSON, "minutes: 50", "minutes: 0",
     "docs/car/01-first.md:4: “minutes”必须大于 0 —— 现在是 0"),
    # Lists of lessons
    ("a list names no lesson", "docs/car/index.md", "/// lessons\n", "/// lessons\n01-first.md\ntimetable.md\n",
     "docs/car/index.md:11: 没有“car/timetable.md”这一课 —— 一行一课，写课文文件相对本页的路径"),
    # Quizzes
    ("no right option", FIRST, "        correct: true\n", "",
     "quizzes/car/01-first.yml:7: 题目“one”没有正确选项 —— 在正确的选项下写“correct: true”"),
    ("two right options in single", FIRST, "      - text: 乙乙\n", "      - text: 丙丙\n        feedback: 丙。\n      - text: 乙乙\n        correct: true\n",
     "quizzes/car/01-first.yml:14: 单选题“one”有 2 个正确选项 —— 只留一个“correct: true”，或把类型改成 multiple"),
    ("all right", FIRST, "      - text: 乙乙\n", "      - text: 乙乙\n        correct: true\n",
     "quizzes/car/01-first.yml:7: 题目“one”的选项全是正确的 —— 至少留一个干扰项，去掉它的“correct: true”"),
    ("one option", FIRST, "      - text: 乙乙\n        feedback: 错在这里。\n", "",
     "quizzes/car/01-first.yml:7: “options”至少要 2 项 —— 现在只有 1 项"),
    ("duplicate options", FIRST, "乙乙", "甲甲。",
     "quizzes/car/01-first.yml:11: 选项“甲甲。”写了两次 —— 改写或删去一个"),
    ("duplicate IDs", FIRST, "id: sum", "id: one",
     "quizzes/car/01-first.yml:14: 题目的 id “one”写了两次 —— 改成不同的 id"),
    ("order of two", FIRST, "[先, 再, 后]", "[先, 后]",
     "quizzes/car/01-first.yml:26: “steps”至少要 3 项 —— 现在只有 2 项"),
    ("match of two", FIRST, "    type: order\n    objective: tell\n    stem: 排好。\n    steps: [先, 再, 后]\n",
     "    type: match\n    objective: tell\n    stem: 配。\n    pairs: [{left: a, right: b}, {left: c, right: d}]\n",
     "quizzes/car/01-first.yml:26: “pairs”至少要 3 项 —— 现在只有 2 项"),
    ("unknown type", FIRST, "type: numeric", "type: number",
     "quizzes/car/01-first.yml:15: 没有“number”这种类型 —— 可用：single、multiple、true-false、fill、numeric、order、match、mark"),
    ("unknown key in a quiz", FIRST, "tolerance:", "tolerence:",
     "quizzes/car/01-first.yml:19: 不认识的键“tolerence” —— 是不是“tolerance”？"),
    ("unknown objective", FIRST, "    objective: count", "    objective: counting",
     "quizzes/car/01-first.yml:16: 课文“第一课”没有“counting”这个目标 —— 可用：tell、count"),
    ("objective without a question", LESSON, "  count: 算出一个数\n", "  count: 算出一个数\n  more: 还会一件事\n",
     "docs/car/01-first.md:8: 目标“more”（还会一件事）没有一道题考它 —— 在本课的测验里加一道“objective: more”的题"),
    ("missing explanation", FIRST, "    explanation: 解析一。\n", "",
     "quizzes/car/01-first.yml:3: 缺少“explanation” —— 补上“explanation:”"),
    ("quiz that does not exist", "docs/car/02-second.md", "car/02-second", "car/02-secnd",
     "docs/car/02-second.md:11: 没有“car/02-secnd”这份测验 —— 是不是“car/02-second”？"),
    ("duplicate key", SECOND, "    answer: true\n", "    answer: true\n    answer: false\n",
     "quizzes/car/02-second.yml:8: “answer”写了两次 —— 同一层的键只能出现一次，删去一处"),
    ("a colon in a text", SECOND, "对吗？", "他说: 对吗: 对",
     "quizzes/car/02-second.yml:6: 这一行的冒号让 YAML 误以为是新的键 —— 含“: ”的文字请用英文引号括起来，如 \"甲: 乙\""),
    ("a number that is text", FIRST, "answer: 5", "answer: 五",
     "quizzes/car/01-first.yml:18: “answer”要写数字 —— 现在是“五”"),
    ("eleven options", FIRST, "      - text: 乙乙\n", "".join(f"      - text: 丙{n}\n        feedback: 丙。\n" for n in "子丑寅卯辰巳午未申") + "      - text: 乙乙\n",
     "quizzes/car/01-first.yml:7: “options”至多 10 项 —— 现在有 11 项"),
    ("a hidden character in a quiz", SECOND, "对吗？", '"对\\x02吗？"',
     "quizzes/car/02-second.yml:6: 混入了控制字符 U+0002 —— 删去它；多半是从别处粘贴来的，肉眼看不见"),
    ("a part of many", TIMETABLE, "02-second.md", "02-second.md\n        part: 1/99999999",
     "docs/car/timetable.md:16: part 写法不对：“1/99999999” —— 写成 1/2、2/2 这样"),
    # Pages
    ("a hidden character in a page", LESSON, "课文。", "课\x08文。",
     "docs/car/01-first.md:13: 混入了控制字符 U+0008 —— 删去它；多半是从别处粘贴来的，肉眼看不见"),
    ("a day that does not exist", LESSON, "2026-11-22", "2026-13-45",
     "docs/car/01-first.md:2: YAML 有一个值读不出来：month must be in 1..12 —— 检查日期、数字和缩进"),
    ("front matter without end", "docs/index.md", "title: 首页\n---\n", "title: 首页\n",
     "docs/index.md:1: 页首信息没有结束 —— 在最后一个键下面另起一行写“---”"),
    ("a note in a list", LESSON, "/// instructor\n提示。\n///\n", "- /// instructor\n  提示。\n  ///\n",
     "docs/car/01-first.md:15: 块“/// instructor”写在列表或脚注的行里 —— 块要另起一段"),
    ("unknown key in front matter", LESSON, "minutes: 50", "minutes: 50\nminuts: 50",
     "docs/car/01-first.md:5: 不认识的键“minuts” —— 是不是“minutes”？"),
    ("unclosed instructor block", LESSON, "提示。\n///\n\n/// quiz | car/01-first\n///\n", "提示。\n\n/// quiz | car/01-first\n///\n",
     "docs/car/01-first.md:15: “/// instructor”没有结束 —— 在块的最后另起一行写“///”"),
    ("misspelt block", LESSON, "/// instructor", "/// instructer",
     "docs/car/01-first.md:15: 不认识的块“/// instructer” —— 是不是“/// instructor”？"),
]  # fmt: skip
IDS = [name for name, *_ in SPOILED]

MKDOCS_YML = """\
site_name: x
theme: mkdocs
plugins: []
hooks: [{hook}]
markdown_extensions:
  - course.extension
"""
HOOK = Path(__file__).parent.parent / "hooks" / "check.py"


def spoil(root: Path, file: str, old: str, new: str) -> list[str]:
    assert old in SOURCES[file]
    return said(write(root, **{file: SOURCES[file].replace(old, new, 1)}))


def strict_build(root: Path) -> subprocess.CompletedProcess[str]:
    (root / "mkdocs.yml").write_text(MKDOCS_YML.format(hook=HOOK), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_the_sound_project_has_nothing_to_mend(tmp_path: Path) -> None:
    assert said(write(tmp_path)) == []
    done = strict_build(tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("_name", "file", "old", "new", "message"), SPOILED, ids=IDS)
def test_a_spoiled_input_gives_one_message(
    tmp_path: Path, _name: str, file: str, old: str, new: str, message: str
) -> None:
    assert spoil(tmp_path, file, old, new) == [message]


@pytest.mark.parametrize(("_name", "file", "old", "new", "message"), SPOILED, ids=IDS)
def test_a_spoiled_input_fails_a_strict_build(
    tmp_path: Path, _name: str, file: str, old: str, new: str, message: str
) -> None:
    spoil(tmp_path, file, old, new)
    done = strict_build(tmp_path)
    assert done.returncode != 0
    assert done.stderr.count(message) == 1
    assert done.stderr.count("WARNING") == 1


@pytest.mark.parametrize(("file", "line"), [(LESSON, 13), (SECOND, 6)])
def test_a_file_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path, file: str, line: int) -> None:
    write(tmp_path)
    lines = SOURCES[file].encode().split(b"\n")
    lines[line - 1] = "对吗？课文。".encode("gbk")
    (tmp_path / file).write_bytes(b"\n".join(lines))
    told = f"{file}:{line}: 这一行有不是 UTF-8 编码的字 —— 用编辑器把文件另存为 UTF-8（多半是存成了 GBK）"
    assert said(write(tmp_path, **dict.fromkeys(SOURCES))) == [told]
    done = strict_build(tmp_path)
    assert done.returncode != 0
    assert done.stderr.count("WARNING") == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_what_mkdocs_reads_into_front_matter_with_mistakes_does_not_stop_it(tmp_path: Path) -> None:
    spoiled = SOURCES[LESSON].replace("minutes: 50", "minutes: 50\ntemplate: 5\nsearch: 5\nhide: 5")
    assert len(said(write(tmp_path, **{LESSON: spoiled}))) == 3
    done = strict_build(tmp_path)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def test_a_quiz_that_no_page_embeds_is_told(tmp_path: Path) -> None:
    corpus = write(tmp_path, **{"quizzes/car/03-lost.yml": SOURCES[SECOND]})
    remedy = "在课文里写“/// quiz | car/03-lost”，或删去这个文件"
    assert said(corpus) == [f"quizzes/car/03-lost.yml:1: 没有一页放了这份测验 —— {remedy}"]


@pytest.mark.parametrize("name", ["docs/car/03.MD", "docs/notes.markdown"])
def test_a_page_that_nothing_would_check_is_told(tmp_path: Path, name: str) -> None:
    suffix = Path(name).suffix
    corpus = write(tmp_path, **{name: "/// instructor\n提示。\n///\n"})
    assert said(corpus) == [f"{name}:1: 课文的文件名不能以“{suffix}”结尾 —— 改成“.md”"]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    corpus = write(
        tmp_path,
        **{
            SECOND: SOURCES[SECOND].replace("answer: true", "answer: maybe"),
            TIMETABLE: SOURCES[TIMETABLE].replace("total: 120", "total: 1"),
            LESSON: SOURCES[LESSON].replace("minutes: 50", "minutes: fifty"),
        },
    )
    assert [message.split(" ")[0] for message in said(corpus)] == [
        "docs/car/01-first.md:4:",
        # The timetable is not read before the lesson it uses can be.
        "quizzes/car/02-second.yml:7:",
    ]


def test_keys_that_are_the_longest_option_are_a_notice_that_fails_nothing(tmp_path: Path) -> None:
    spoiled = SOURCES[FIRST].replace("甲甲", "甲甲甲甲甲甲甲甲")
    corpus = write(tmp_path, **{FIRST: spoiled})
    assert said(corpus) == [f"{FIRST}:1: 单选题里正确选项最长的超过六成：one —— 让选项长短相近"]
    assert strict_build(tmp_path).returncode == 0
