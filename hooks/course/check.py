"""Everything an author can get wrong in the sources, found in one pass before anything is rendered.

`python -m course.check` says the same without a build.
"""

from __future__ import annotations

import difflib
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from . import catalogue, figure, glossary
from .blocks import Block
from .corpus import Corpus, Page
from .law import check as law
from .mistakes import Mistake
from .quiz.model import Quiz
from .schedule.timetable import read_timetable
from .source import line_of, read_yaml


def check(corpus: Corpus) -> Iterator[Mistake]:
    """Find the mistakes and notices of all pages and quizzes."""
    pages = list(corpus.pages())
    embedded = Counter(identifier for page in pages for identifier in page.quizzes)
    meant = {_meant(corpus, identifier) for identifier in embedded}
    for page in pages:
        yield from page.mistakes
        for block in page.blocks:
            if block.name == "schedule":
                yield from _schedule(corpus, page, block)
            elif block.name == "figure":
                yield from figure.mistakes(block, page, corpus)
            elif block.name == "lessons":
                yield from catalogue.mistakes(block, page, corpus)
            elif block.name == "quiz":
                yield from _embedded(corpus, page, block, embedded)
        yield from _tested(corpus, page)
    for identifier in corpus.quiz_ids():
        # A quiz that a misspelt name seems to mean is told there.
        yield from _quiz(corpus, identifier, is_embedded=identifier in embedded or identifier in meant)
    yield from glossary.mistakes(corpus)
    yield from law.check(corpus)


def _meant(corpus: Corpus, identifier: str) -> str:
    """Give the quiz that an author seems to mean, or nothing."""
    return next(iter(difflib.get_close_matches(identifier, corpus.quiz_ids(), 1)), "")


def _name(corpus: Corpus, page: Page) -> str:
    return corpus.name_of(corpus.docs / page.path)


def _schedule(corpus: Corpus, page: Page, block: Block) -> tuple[Mistake, ...]:
    # The body begins on the line after the opening one.
    first_line = page.first_line + block.start + 1
    return read_timetable(block.body, _name(corpus, page), first_line, corpus, page.path)[1]


def _embedded(corpus: Corpus, page: Page, block: Block, embedded: Counter[str]) -> Iterator[Mistake]:
    name, line = _name(corpus, page), page.first_line + block.start
    identifier = block.argument
    file = corpus.name_of(corpus.quizzes / f"{identifier}.yml")
    if block.body.strip():
        yield Mistake(name, line + 1, "“/// quiz”里面不写内容", f"题目写在 {file}")
    found = corpus.quiz(identifier)
    if found is None:
        meant = _meant(corpus, identifier)
        remedy = f"是不是“{meant}”？" if meant else f"新建 {file}，或改正名字"
        yield Mistake(name, line, f"没有“{identifier}”这份测验", remedy)
        return
    if embedded[identifier] > 1:
        yield Mistake(name, line, f"测验“{identifier}”放了 {embedded[identifier]} 次", "一份测验只放在一页的一处")
    if found.model and page.lesson:
        yield from _objectives(corpus, page, identifier, found.model)


def _objectives(corpus: Corpus, page: Page, identifier: str, quiz: Quiz) -> Iterator[Mistake]:
    assert page.lesson
    known = page.lesson.objectives
    for place, question in enumerate(quiz.questions):
        if question.objective not in known:
            name, line = _line_in_quiz(corpus, identifier, place, "objective")
            what = f"课文“{page.title}”没有“{question.objective}”这个目标"
            yield Mistake(name, line, what, "可用：" + "、".join(known))


def _line_in_quiz(corpus: Corpus, identifier: str, place: int, key: str) -> tuple[str, int]:
    file = corpus.quizzes / f"{identifier}.yml"
    data, _ = read_yaml(file.read_text(encoding="utf-8-sig"), str(file))
    return corpus.name_of(file), 1 + line_of(data, ("questions", place, key))


def _tested(corpus: Corpus, page: Page) -> Iterator[Mistake]:
    """Every objective of a lesson has a question; where the quiz itself is wrong, that is told alone."""
    if page.lesson is None:
        return
    quizzes = [found for identifier in page.quizzes if (found := corpus.quiz(identifier))]
    models = [found.model for found in quizzes if found.model]
    tested = {question.objective for quiz in models for question in quiz.questions}
    if len(models) < len(page.quizzes) or not tested <= page.lesson.objectives.keys():
        return
    text = (corpus.docs / page.path).read_text(encoding="utf-8-sig").split("\n")
    for key, objective in page.lesson.objectives.items():
        if key not in tested:
            line = next((n for n, line in enumerate(text, 1) if line.strip().startswith(f"{key}:")), 1)
            what = f"目标“{key}”（{objective}）没有一道题考它"
            yield Mistake(_name(corpus, page), line, what, f"在本课的测验里加一道“objective: {key}”的题")


def _quiz(corpus: Corpus, identifier: str, *, is_embedded: bool) -> Iterator[Mistake]:
    found = corpus.quiz(identifier)
    assert found
    name = corpus.name_of(corpus.quizzes / f"{identifier}.yml")
    yield from found.mistakes
    if not is_embedded:
        yield Mistake(name, 1, "没有一页放了这份测验", f"在课文里写“/// quiz | {identifier}”，或删去这个文件")
    if found.model and (revealing := found.model.revealing):
        what = f"单选题里正确选项最长的超过六成：{'、'.join(revealing)}"
        yield Mistake(name, 1, what, "让选项长短相近", notice=True)


def main() -> int:
    """Check the project in the current folder."""
    mistakes = sorted(set(check(Corpus(Path("docs").absolute(), Path("quizzes").absolute()))))
    for mistake in mistakes:
        print(("提示 " if mistake.notice else "错误 ") + str(mistake))
    return int(any(not mistake.notice for mistake in mistakes))


if __name__ == "__main__":
    sys.exit(main())
