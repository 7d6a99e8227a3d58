"""`python -m course.lms`: write what learning platforms and question writers take, and read questions back."""

from __future__ import annotations

import argparse
import sys
import zipfile
from pathlib import Path, PurePosixPath

from ..command import refusal, write
from ..corpus import Corpus
from . import moodle, scorm, sheet
from .quiz_yaml import edited, to_yaml
from .sheet_reader import from_xlsx


def main(arguments: list[str] | None = None) -> int:
    """Run one of the commands in the project that the current folder holds."""
    parser = argparse.ArgumentParser(prog="course.lms", description=__doc__)
    parser.add_argument("--into", type=Path, default=Path("dist"), help="where files are written (default: dist)")
    commands = parser.add_subparsers(dest="command", required=True)
    packing = commands.add_parser("scorm", help="a SCORM 1.2 package for each course")
    packing.add_argument("course", nargs="*", help="folders of courses (default: all)")
    commands.add_parser("moodle", help="the question bank as Moodle XML")
    commands.add_parser("questions-xlsx", help="the question bank as an Excel workbook")
    reading = commands.add_parser("questions-from-xlsx", help="write quizzes/ from an edited workbook")
    reading.add_argument("file", type=Path)
    asked = parser.parse_args(arguments)
    corpus = Corpus.here()
    if asked.command == "questions-from-xlsx":
        return _read(corpus, asked.file)
    if wrong := refusal(corpus):
        print(wrong, file=sys.stderr)
        return 1
    match asked.command:
        case "scorm":
            return _pack(corpus, asked.into, asked.course)
        case "moodle":
            write(asked.into / "questions-moodle.xml", moodle.to_xml(corpus))
        case "questions-xlsx":
            write(asked.into / "questions.xlsx", sheet.to_xlsx(corpus))
    return 0


def _pack(corpus: Corpus, into: Path, named: list[str]) -> int:
    courses = {PurePosixPath(course.path).parent.as_posix(): course for course in corpus.courses()}
    for name in named:
        if name not in courses:
            print(f"没有“{name}”这门课 —— 可用：{'、'.join(courses)}", file=sys.stderr)
            return 1
    for name in named or courses:
        write(into / f"{name.replace('/', '-')}-scorm12.zip", scorm.package(corpus, courses[name]))
    return 0


def _read(corpus: Corpus, file: Path) -> int:
    """Write the quizzes of a workbook that differ from those there are; none at all where one has a mistake."""
    if not file.is_file():
        print(f"没有“{file}”这个文件 —— make questions-from-xlsx FILE=路径", file=sys.stderr)
        return 1
    try:
        bank = from_xlsx(file.read_bytes(), corpus)
    except (zipfile.BadZipFile, KeyError):
        print(f"{file.name} 不是 Excel 工作簿 —— 在 Excel 或 WPS 里另存为 .xlsx", file=sys.stderr)
        return 1
    for told in bank.mistakes:
        print(f"{file.name} {told}", file=sys.stderr)
    if bank.mistakes:
        print(f"{len(bank.mistakes)} 处要改，什么也没有写", file=sys.stderr)
        return 1
    changed = 0
    for identifier, quiz in bank.quizzes.items():
        target, found = corpus.quiz_file(identifier), corpus.quiz(identifier)
        old = found.model if found else None
        if quiz == old:
            continue
        text = edited(quiz, old, target.read_text(encoding="utf-8-sig")) if old else to_yaml(quiz)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        ids, before = (
            {question.id for question in quiz.questions},
            {question.id for question in old.questions} if old else set(),
        )
        lost = f"，删去 {'、'.join(sorted(before - ids))}" if before - ids else ""
        print(f"{corpus.name_of(target)}  {len(quiz.questions)} 题，新增 {len(ids - before)}{lost}")
        changed += 1
    left = [identifier for identifier in corpus.quiz_ids() if identifier not in bank.quizzes]
    print(
        f"写了 {changed} 份测验，{len(bank.quizzes) - changed} 份没有变"
        + (f"；表里没有、没有动：{'、'.join(left)}" if left else "")
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
