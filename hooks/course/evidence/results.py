"""Results that were handed in: files that learners export from the site, and lists of papers' or a platform's scores.

They lie in one folder. What cannot be read, or belongs to nobody in the class, is a mistake with file and line, and
nothing is written; what can be read but asks for a word (a later file that replaces an earlier one, answers to a
question that has changed since) is a note in the evidence itself.
"""

from __future__ import annotations

import csv
import datetime
import difflib
import io
import json
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from ..mistakes import Mistake

FORMAT, VERSION = "qingshou-results", 2
"""What docs/assets/store.js writes."""
HEADER = NUMBER, SCORE, SOURCE, DATE = ("编号", "成绩", "来源", "日期")
ABSENT = "缺考"
FULL = 100
MOST = 10_000
"""The full score of a mock exam is far below."""
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
IGNORED = (".", "~$", "Thumbs.db", "desktop.ini")
"""What file managers and Excel leave behind; names that begin so."""
AGAIN = "请学员重新导出；拿不到就把它移出这个文件夹，这个人会列为没有交"


@dataclass(frozen=True)
class Mock:
    """A mock exam, as the learner's browser recorded it."""

    taken: str
    scope: str
    title: str
    score: float
    of: int

    @property
    def percent(self) -> float:
        """Of a full score of 100."""
        return FULL * self.score / self.of


@dataclass(frozen=True)
class Record:
    """What a learner's own browser recorded: self-reported."""

    file: str
    """Its name; where the folder lies is nobody's business who reads the pack."""
    written: datetime.datetime
    answers: Mapping[str, float]
    """The score of each question that is still as it was answered, by its full ID."""
    mocks: tuple[Mock, ...]


@dataclass(frozen=True)
class Grade:
    """A line of a list of scores: from a paper, or a learning platform."""

    score: float | None
    """Of 100; None for whoever did not come."""
    source: str
    date: datetime.date
    found_in: str
    """What the pack calls the list; its file's name may tell who somebody is."""
    line: int


@dataclass
class HandedIn:
    """All that was handed in for a class."""

    records: dict[str, Record] = field(default_factory=dict)
    grades: dict[str, list[Grade]] = field(default_factory=dict)
    files: int = 0
    lists: dict[str, str] = field(default_factory=dict)
    """The file's name of each list of scores, by what the pack calls it."""
    notes: list[str] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


def read_results(folder: Path, name: str, participants: Iterable[str], hashes: Mapping[str, str]) -> HandedIn:
    """Read a folder, which authors are told as `name`; `hashes` are those of all questions as they stand."""
    numbers = list(participants)
    known = {_folded(number): number for number in numbers} | {number: number for number in numbers}
    reader = _Reader(name, known, hashes)
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.startswith(IGNORED):
            reader.read(file)
    return reader.found


class _WrongError(Exception):
    """What is wrong with a file, on a line of it."""

    def __init__(self, what: str, remedy: str, line: int = 1) -> None:
        super().__init__(what)
        self.told = line, what, remedy


class _Reader:
    def __init__(self, folder: str, participants: Mapping[str, str], hashes: Mapping[str, str]) -> None:
        self.folder = folder
        self.participants = participants
        self.hashes = hashes
        self.found = HandedIn()

    def read(self, file: Path) -> None:
        """Read one file, and keep what is wrong with it."""
        name = f"{self.folder}/{file.name}"
        try:
            if file.is_dir():
                raise _WrongError("这是一个文件夹", "结果文件都放在同一层，不分文件夹")
            if file.suffix.lower() == ".json":
                self._record(file)
            elif file.suffix.lower() == ".csv":
                self._grades(file, name)
            else:
                remedy = "成绩表另存为“CSV UTF-8（逗号分隔）”；别的文件移出去"
                raise _WrongError(f"只读 .json 和 .csv，读不了“{file.suffix or file.name}”", remedy)
        except _WrongError as error:
            line, what, remedy = error.told
            self.found.mistakes.append(Mistake(name, line, what, remedy))

    def _number(self, text: str, line: int, remedy: str) -> str:
        """Give the participant that a number means, however its letters are written."""
        if found := self.participants.get(text) or self.participants.get(_folded(text)):
            return found
        close = difflib.get_close_matches(_folded(text), self.participants, 1)
        guess = f"是不是“{self.participants[close[0]]}”？" if close else ""
        raise _WrongError(f"班次的 participants 里没有“{text}”", guess + remedy, line)

    # What learners export

    def _record(self, file: Path) -> None:
        text, data = _export(file)
        line = _line(text, "learner")
        learner = data.get("learner") or file.stem
        remedy = "学员在“学习进度”页选好编号再导出；不是这个班的，把文件移出去"
        number = self._number(str(learner), line, remedy)
        if not data.get("learner"):
            self.found.notes.append(f"{number} 的记录里没有写是谁，是按文件名认的。")
        record = self._recorded(file.name, number, text, data)
        self.found.files += 1
        known = self.found.records.get(number)
        if known is None:
            self.found.records[number] = record
            return
        if known.written == record.written:
            what = f"{number} 有两份同一时刻导出的记录，另一份是 {known.file}"
            raise _WrongError(what, "留下一份，另一份移出去", _line(text, "written"))
        # As docs/assets/results.js does it.
        self.found.records[number] = max(known, record, key=lambda each: each.written)
        self.found.notes.append(f"{number} 交了两份记录：用导出较晚的一份，没有并入较早的一份。")

    def _recorded(self, name: str, number: str, text: str, data: dict[str, Any]) -> Record:
        try:
            written = datetime.datetime.fromisoformat(str(data["written"])).astimezone(datetime.UTC)
        except (KeyError, ValueError, OverflowError):
            raise _WrongError("没有写明导出的时间（written）", AGAIN, _line(text, "written")) from None
        answers: dict[str, float] = {}
        mocks, stale, gone = [], 0, 0
        for key, value in data["records"].items():
            kind, _, identifier = key.partition(":")
            score = _number(value.get("score")) if isinstance(value, dict) else None
            if score is None:
                continue
            if kind == "quiz":
                if not 0 <= score <= 1:
                    raise _WrongError(f"“{identifier}”的得分是 {score}，应在 0 到 1 之间", AGAIN, _line(text, key))
                if identifier not in self.hashes:
                    gone += 1
                elif value.get("hash") != self.hashes[identifier]:
                    stale += 1
                else:
                    answers[identifier] = score
            elif kind == "exam":
                mocks.append(_mock(text, key, identifier, value))
        if stale or gone:
            parts = [f"{stale} 题答的是改动以前的题"] * bool(stale) + [f"{gone} 题现在没有了"] * bool(gone)
            self.found.notes.append(f"{number} 的记录里有 {'，'.join(parts)}，都没有计入。")
        if damaged := data.get("damaged"):
            count = len(damaged) if isinstance(damaged, dict) else 1
            self.found.notes.append(f"{number} 的浏览器里有 {count} 条记录损坏，没有计入。")
        return Record(name, written, answers, tuple(mocks))

    # Lists of scores

    def _grades(self, file: Path, name: str) -> None:
        # A file's name may tell who somebody is.
        called = f"成绩表 {len(self.found.lists) + 1}"
        rows = list(_rows(_table(file)))
        header = [_folded_width(cell) for cell in rows[0][1]] if rows else []
        if sorted(header) != sorted(HEADER):
            _refuse_header(header)
        place = {title: header.index(title) for title in HEADER}
        seen: dict[tuple[str, str, datetime.date], int] = {}
        for line, cells in rows[1:]:
            if len(cells) > len(header) and any(cells[len(header) :]):
                raise _WrongError(f"有 {len(cells)} 格，表头只有 {len(header)} 格", "一行四格，格里不写逗号", line)
            row = dict(zip(header, [*cells, *[""] * len(header)], strict=False))
            try:
                number, grade = self._grade(called, line, row, place)
            except _WrongError as error:
                # The lines after it may be wrong as well.
                self.found.mistakes.append(Mistake(name, *error.told))
                continue
            once = number, grade.source, grade.date
            if once in seen:
                what = f"{number} 的“{grade.source} {grade.date}”写了两次，前一次在第 {seen[once]} 行"
                self.found.mistakes.append(Mistake(name, line, what, "删去一行，或改正编号、来源、日期"))
            seen.setdefault(once, line)
            self.found.grades.setdefault(number, []).append(grade)
        self.found.lists[called] = file.name

    def _grade(self, name: str, line: int, row: dict[str, str], place: Mapping[str, int]) -> tuple[str, Grade]:
        def wrong(title: str, should: str) -> NoReturn:
            cell = f"{chr(ord('A') + place[title])}{line}"
            value = f"是“{row[title]}”" if row[title] else "没有写"
            raise _WrongError(f"“{title}”列（{cell}）{value}", should, line)

        if not row[NUMBER]:
            wrong(NUMBER, "写班次里的编号")
        number = self._number(row[NUMBER], line, "改正编号；不是这个班的，删去这一行")
        text = _folded_width(row[SCORE]).removesuffix("分")
        score = None if text == ABSENT else _score(text)
        if score is not None and math.isnan(score):
            wrong(SCORE, f"写 0 到 {FULL} 的数字，没有来考的写“{ABSENT}”")
        if not row[SOURCE]:
            wrong(SOURCE, "写成绩从哪里来，如：纸质 A 卷、学习平台")
        match = DAY.fullmatch(_folded_width(row[DATE]))
        try:
            date = datetime.date(*map(int, match.groups())) if match else None
        except ValueError:
            date = None
        if date is None:
            wrong(DATE, "写成 2026-11-17 这样的日期")
        return number, Grade(score, row[SOURCE], date, name, line)


def _export(file: Path) -> tuple[str, dict[str, Any]]:
    """Read a file of the site's own format."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
        data = json.loads(text, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise _WrongError("文件损坏：不是 UTF-8 编码的 JSON", AGAIN) from None
    except json.JSONDecodeError as error:
        raise _WrongError(f"文件损坏：不是完整的 JSON（第 {error.colno} 列起读不下去）", AGAIN, error.lineno) from None
    except (ValueError, RecursionError):
        raise _WrongError("文件损坏：里面有 JSON 没有的值", AGAIN) from None
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise _WrongError("文件损坏：里面有不成对的字符", AGAIN) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise _WrongError("不是本站“学习进度”页导出的记录", "换成那一页“导出我的记录”得到的文件")
    if data.get("version") != VERSION:
        what = f"是第 {data.get('version')} 版的格式，这里读第 {VERSION} 版"
        raise _WrongError(what, "请学员用现在的网站打开“学习进度”页，重新导出", _line(text, "version"))
    if not isinstance(data.get("records"), dict):
        raise _WrongError("文件损坏：没有 records", AGAIN, _line(text, "records"))
    return text, data


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _mock(text: str, key: str, taken: str, value: dict[str, Any]) -> Mock:
    score, of = value["score"], value.get("of")
    if not (isinstance(of, int) and 0 < of <= MOST and 0 <= score <= of):
        raise _WrongError(f"模拟考试 {taken} 的得分是 {score} / {of}，不可能", AGAIN, _line(text, key))
    return Mock(taken, str(value.get("scope", "")), str(value.get("title", "")), score, of)


def _line(text: str, key: str) -> int:
    """Give the line on which a key of a JSON text first stands."""
    place = text.find(f"{json.dumps(key, ensure_ascii=False)}:")
    return 1 + text.count("\n", 0, max(place, 0))


def _table(file: Path) -> str:
    """Read a CSV as Excel writes it: UTF-8, or the GBK of a Chinese Windows."""
    written = file.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = written.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _WrongError("读不出文字，编码不是 UTF-8 也不是 GBK", "在 Excel 里另存为“CSV UTF-8（逗号分隔）”")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that hold something, with their lines."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error:
        raise _WrongError("引号没有成对", "在 Excel 里重新另存为 CSV", reader.line_num) from None


def _refuse_header(header: list[str]) -> NoReturn:
    wanted = ",".join(HEADER)
    if any(mark in cell for cell in header for mark in "\t;"):
        raise _WrongError("各列不是用逗号分开的", "在 Excel 里另存为“CSV UTF-8（逗号分隔）”")
    if extra := [title for title in header if title and title not in HEADER]:
        raise _WrongError(f"表头多了“{'、'.join(extra)}”", f"只留四列：{wanted}；姓名、电话不进这份材料")
    if missing := [title for title in HEADER if title not in header]:
        raise _WrongError(f"表头缺了“{'、'.join(missing)}”", f"第一行写：{wanted}")
    raise _WrongError("表头有一列写了两次，或有空的一列", f"第一行写：{wanted}")


def _score(text: str) -> float:
    """Read a score of 0 to 100; not a number where it is none."""
    return float(text) if re.fullmatch(r"\d{1,3}(\.\d{1,2})?", text) and float(text) <= FULL else math.nan


def _number(value: Any) -> float | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _folded(text: str) -> str:
    """Fold what keyboards differ in: width, case, blanks around."""
    return _folded_width(text).casefold()


def _folded_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
