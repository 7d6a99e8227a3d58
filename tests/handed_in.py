"""Results as a class hands them in, made up: files in the format that the site exports, and a list of papers' scores.

They are made anew from the questions as they stand: a file kept here would be outdated by every edit of a question.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from course.corpus import Corpus, Page

WRITTEN = "2026-11-17T10:{:02}:00.000Z"


def export(learner: str, records: dict[str, Any], minute: int = 0, /, **other: Any) -> str:
    """Write what the site's store exports (docs/assets/store.js)."""
    data = {"format": "qingshou-results", "version": 2, "learner": learner, "written": WRITTEN.format(minute)}
    return json.dumps({**data, "records": records, "damaged": {}, **other}, ensure_ascii=False, indent=1)


def answers(corpus: Corpus, course: str) -> list[tuple[str, str]]:
    """Give the questions of a course, full ID and hash."""
    return [each for lesson in corpus.lessons(course) for each in corpus.questions(lesson).items()]


def mock(score: float, of: int = 20, scope: str = "car-loan") -> dict[str, Any]:
    """Give what exam.js records of a mock exam."""
    paper = {"scope": scope, "count": of, "minutes": 25, "seed": "1117", "title": "车贷催收"}
    return {**paper, "score": score, "of": of, "seconds": 900, "wrong": []}


def hand_in(folder: Path, corpus: Corpus, page: Page) -> None:
    """Let most of a class of the car-loan course hand in: all but the last two files, all but the last one graded."""
    assert page.cohort
    folder.mkdir(parents=True)
    numbers, asked = page.cohort.participants, answers(corpus, "car-loan")
    for place, number in enumerate(numbers[:-2]):
        records: dict[str, Any] = {
            f"quiz:{name}": {"hash": hash_, "answer": {}, "score": 0 if (n * 7 + place * 3) % 11 < 3 else 1}
            for n, (name, hash_) in enumerate(asked[: len(asked) - 5 * place])
        }
        records[f"exam:2026-11-17T08:{place:02}:00.000Z"] = mock(13 + place % 7)
        (folder / f"清收课堂-{number}-2026-11-17.json").write_text(export(number, records), encoding="utf-8")
    lines = [f"{number},{62 + 5 * place % 37},纸质 A 卷,2026/11/17" for place, number in enumerate(numbers[:-2])]
    lines += [f"{numbers[-2]},缺考,纸质 A 卷,2026/11/17", f"{numbers[0]},84.5,学习平台补考,2026/11/20"]
    # As a Chinese Excel writes it.
    (folder / "成绩.csv").write_bytes("\r\n".join(["编号,成绩,来源,日期", *lines, ""]).encode("gb18030"))
