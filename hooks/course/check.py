"""Everything an author can get wrong in the sources, found in one pass before anything is rendered.

`python -m course.check` says the same without a build.
"""

from __future__ import annotations

import difflib
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import catalogue, figure, glossary, practice
from .blocks import Block
from .cohort import check as cohort
from .cohort import steps
from .company import check as company
from .corpus import Corpus, Page
from .law import check as law
from .mistakes import Mistake
from .quiz.model import Quiz
from .scenario.model import Scenario
from .schedule.timetable import read_timetable
from .source import Read, read, read_yaml, text_of
from .workbook.model import Workbook


@dataclass(frozen=True)
class _Kind:
    """What a page embeds by the ID of a file: a quiz or a scenario."""

    block: str
    called: str
    ids: Callable[[Corpus], list[str]]
    file: Callable[[Corpus, str], Path]
    read: Callable[[Corpus, str], Read[Any] | None]

    def meant(self, corpus: Corpus, identifier: str) -> str:
        """Give the ID that an author seems to mean, or nothing."""
        return next(iter(difflib.get_close_matches(identifier, self.ids(corpus), 1)), "")


MARKDOWN = {".md", ".markdown", ".mdown", ".mkdn", ".mkd"}

QUIZ = _Kind("quiz", "测验", Corpus.quiz_ids, Corpus.quiz_file, Corpus.quiz)
SCENARIO = _Kind("scenario", "情景", Corpus.scenario_ids, Corpus.scenario_file, Corpus.scenario)
KINDS = {kind.block: kind for kind in (QUIZ, SCENARIO)}


def check(corpus: Corpus) -> Iterator[Mistake]:
    """Find the mistakes and notices of all pages, quizzes and scenarios."""
    if wrong := list(company.mistakes(corpus)):
        # What a company leaves out by mistake would be missing everywhere.
        yield from wrong
        return
    pages = list(corpus.pages())
    embedded = Counter((block.name, block.argument) for page in pages for block in page.blocks if block.name in KINDS)
    yield from _misnamed(corpus)
    for page in pages:
        yield from page.mistakes
        for block in page.blocks:
            if block.name == "schedule":
                yield from _schedule(corpus, page, block)
            elif block.name == "figure":
                yield from figure.mistakes(block, page, corpus)
            elif block.name == "lessons":
                yield from catalogue.mistakes(block, page, corpus)
            elif block.name == "practice":
                yield from practice.mistakes(block, page, corpus)
            elif block.name == "workbook":
                yield from read(Workbook, block.body, _name(corpus, page), _first_line(page, block)).mistakes
            elif block.name in KINDS:
                yield from _embedded(corpus, page, block, embedded[block.name, block.argument])
        yield from _tested(corpus, page)
        yield from steps.mistakes(page, corpus)
    for kind in KINDS.values():
        named = {identifier for block, identifier in embedded if block == kind.block}
        # What a misspelt name seems to mean is told there.
        named |= {kind.meant(corpus, identifier) for identifier in named}
        for identifier in kind.ids(corpus):
            yield from _file(corpus, kind, identifier, is_embedded=identifier in named)
    yield from cohort.check(corpus)
    yield from glossary.mistakes(corpus)
    yield from law.check(corpus)


def _misnamed(corpus: Corpus) -> Iterator[Mistake]:
    """Tell files that MkDocs would publish as they are, instructor's notes and all, or as pages that nothing checks."""
    own = corpus.company.files.values() if corpus.company else ()
    for file in (*corpus.docs.rglob("*"), *own):
        if file.suffix != ".md" and file.suffix.lower() in MARKDOWN and file.is_file():
            yield Mistake(corpus.name_of(file), 1, f"课文的文件名不能以“{file.suffix}”结尾", "改成“.md”")


def _name(corpus: Corpus, page: Page) -> str:
    return corpus.source_of(page.path)


def _schedule(corpus: Corpus, page: Page, block: Block) -> tuple[Mistake, ...]:
    return read_timetable(block.body, _name(corpus, page), _first_line(page, block), corpus, page.path)[1]


def _first_line(page: Page, block: Block) -> int:
    """Give the line of the file on which a block's body begins: the one after the opening."""
    return page.first_line + block.start + 1


def _embedded(corpus: Corpus, page: Page, block: Block, times: int) -> Iterator[Mistake]:
    kind, identifier = KINDS[block.name], block.argument
    name, line = _name(corpus, page), page.first_line + block.start
    file = corpus.name_of(kind.file(corpus, identifier))
    if block.body.strip():
        yield Mistake(name, line + 1, f"“/// {kind.block}”里面不写内容", f"{kind.called}写在 {file}")
    found = kind.read(corpus, identifier)
    if found is None:
        meant = kind.meant(corpus, identifier)
        remedy = f"是不是“{meant}”？" if meant else f"新建 {file}，或改正名字"
        yield Mistake(name, line, f"没有“{identifier}”这份{kind.called}", remedy)
        return
    if times > 1:
        yield Mistake(name, line, f"{kind.called}“{identifier}”放了 {times} 次", f"一份{kind.called}只放在一页的一处")
    if page.lesson and isinstance(found.model, Quiz):
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
    file = corpus.quiz_file(identifier)
    tree, _ = read_yaml(text_of(file, str(file))[0], str(file))
    return corpus.name_of(file), 1 + tree.line(("questions", place, key))


def _tested(corpus: Corpus, page: Page) -> Iterator[Mistake]:
    """Every objective of a lesson has a question; where the quiz itself is wrong, that is told alone."""
    if page.lesson is None:
        return
    quizzes = [found for identifier in page.quizzes if (found := corpus.quiz(identifier))]
    models = [found.model for found in quizzes if found.model]
    tested = {question.objective for quiz in models for question in quiz.questions}
    if len(models) < len(page.quizzes) or not tested <= page.lesson.objectives.keys():
        return
    text = text_of(corpus.file_of(page.path), page.path)[0].split("\n")
    for key, objective in page.lesson.objectives.items():
        if key not in tested:
            line = next((n for n, line in enumerate(text, 1) if line.strip().startswith(f"{key}:")), 1)
            what = f"目标“{key}”（{objective}）没有一道题考它"
            yield Mistake(_name(corpus, page), line, what, f"在本课的测验里加一道“objective: {key}”的题")


def _file(corpus: Corpus, kind: _Kind, identifier: str, *, is_embedded: bool) -> Iterator[Mistake]:
    found = kind.read(corpus, identifier)
    assert found
    file = kind.file(corpus, identifier)
    name = corpus.name_of(file)
    yield from found.mistakes
    if not is_embedded:
        remedy = f"在课文里写“/// {kind.block} | {identifier}”，或删去这个文件"
        yield Mistake(name, 1, f"没有一页放了这份{kind.called}", remedy)
    if isinstance(found.model, Quiz) and (revealing := found.model.revealing):
        what = f"单选题里正确选项最长的超过六成：{'、'.join(revealing)}"
        yield Mistake(name, 1, what, "让选项长短相近", notice=True)
    if isinstance(found.model, Scenario):
        taught = corpus.page(found.model.lesson)
        lacks = taught is None and not corpus.leaves_out(found.model.lesson)
        if lacks or (taught and taught.lesson is None and not taught.mistakes):
            line = 1 + read_yaml(text_of(file, name)[0], name)[0].line(("lesson",))
            yield Mistake(name, line, f"没有“{found.model.lesson}”这一课", "写课文文件相对 docs/ 的路径")
        if revealing := found.model.revealing:
            what = f"得当的选择总是最长的：{'、'.join(revealing)}"
            yield Mistake(name, 1, what, "让几个选择长短相近", notice=True)


def main() -> int:
    """Check the project in the current folder."""
    mistakes = sorted(set(check(Corpus.here())))
    for mistake in mistakes:
        print(("提示 " if mistake.notice else "错误 ") + str(mistake))
    return int(any(not mistake.notice for mistake in mistakes))


if __name__ == "__main__":
    sys.exit(main())
