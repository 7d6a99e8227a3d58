"""Papers A and B of a class: the same objectives by other questions, and their key apart.

As on the site (docs/assets/papers.js) options are shuffled, an ordering and a matching are answered in writing. Here
questions of one type stand together.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import exam
from ..article import Articles
from ..corpus import Page
from ..elements import add, add_plain
from ..paper import to_pdf
from ..quiz.answers import shuffled
from ..quiz.model import Choice, Fill, Mark, Match, Multiple, Numeric, Order, Question, TrueFalse
from ..quiz.tree import LETTERS, answer
from .plan import Plan

STYLE = Path(__file__).parent / "papers.css"
PAPERS = ("A", "B")
TYPES = ("true-false", "single", "multiple", "fill", "numeric", "order", "match", "mark")
"""In which order a paper asks them."""
FULL = 100
BLANK = "（　　）"
LINE = "＿＿＿＿＿＿＿＿"


@dataclass(frozen=True)
class Asked:
    """A question as a paper asks it."""

    number: int
    lesson: Page
    question: Question
    shown: tuple[str, ...] = ()
    """What is chosen from, as shuffled for this paper."""

    @property
    def key(self) -> str:
        """The right answer, in the letters and numbers of this paper."""
        match self.question:
            case Choice(options=options):
                right = {option.text for option in options if option.correct}
                return "、".join(x for x, text in zip(LETTERS, self.shown, strict=False) if text in right)
            case Order(steps=steps):
                return "、".join(str(steps.index(text) + 1) for text in self.shown) + "（从上到下）"
            case Match(pairs=pairs):
                return "、".join(LETTERS[self.shown.index(pair.right)] for pair in pairs) + "（从上到下）"
        return answer(self.question)


@dataclass(frozen=True)
class Paper:
    """A paper."""

    letter: str
    questions: tuple[Asked, ...]

    @property
    def worth(self) -> str:
        """What a question counts."""
        each = FULL / len(self.questions)
        return f"每题 {each:g} 分，满分 {FULL} 分" if each.is_integer() else f"每题同分，满分 {FULL} 分"


def papers(plan: Plan, count: int = exam.COUNT) -> list[Paper]:
    """Draw the papers of a class; another class gets others."""
    return [_paper(plan, letter, turn, count) for turn, letter in enumerate(PAPERS)]


def _paper(plan: Plan, letter: str, turn: int, count: int) -> Paper:
    drawn = exam.draw(plan.corpus, plan.lessons, count, lot=plan.page.path, turn=turn)
    lot = f"{plan.page.path} {letter} "
    ordered = sorted(drawn, key=lambda each: (TYPES.index(each.question.type), exam.by_lot(lot + each.question.id)))
    asked = (
        Asked(number, each.lesson, each.question, _shown(each.question, lot)) for number, each in enumerate(ordered, 1)
    )
    return Paper(letter, tuple(asked))


def _shown(question: Question, lot: str) -> tuple[str, ...]:
    match question:
        case Choice(options=options):
            texts = [option.text for option in options]
        case Order(steps=steps):
            texts = steps
        case Match(pairs=pairs):
            texts = [pair.right for pair in pairs]
        case _:
            return ()
    return tuple(shuffled(texts, lot + question.id))


def pdf(plan: Plan, paper: Paper, brand: str) -> bytes:
    """Lay out a paper, without a trace of its answers."""
    title = f"{plan.title} · {paper.letter} 卷"

    def draw(root: ET.Element) -> None:
        _head(root, title, f"共 {len(paper.questions)} 题，{paper.worth}，{exam.MASTERY} 分通过")
        names = add(root, "p", class_="names")
        for label in ("编号", "日期", "得分"):
            add_plain(names, "span", f"{label}＿＿＿＿＿＿＿＿")
        for how, asked in _by_type(paper.questions):
            add_plain(root, "h2", how)
            for each in asked:
                _question(add(root, "section", class_="question"), each)

    return _laid_out(plan, draw, title, brand)


def key_pdf(plan: Plan, drawn: Sequence[Paper], brand: str) -> bytes:
    """Lay out the answers of all papers."""
    title = f"{plan.title} · 答案与解析"

    def draw(root: ET.Element) -> None:
        _head(root, title, "讲师用。考前不外传；答对一项给一份的题，按比例给分。")
        for paper in drawn:
            add_plain(root, "h2", f"{paper.letter} 卷")
            table = add(root, "table", class_="key")
            head = add(add(table, "thead"), "tr")
            for text in ("题", "答案", "解析", "考查"):
                add_plain(head, "th", text)
            body = add(table, "tbody")
            for each in paper.questions:
                row = add(body, "tr")
                add_plain(row, "td", str(each.number))
                add_plain(row, "td", each.key)
                add(row, "td", each.question.explanation)
                assert each.lesson.lesson
                goal = each.lesson.lesson.objectives.get(each.question.objective, "")
                add_plain(row, "td", f"{each.lesson.title}：{goal}")

    return _laid_out(plan, draw, title, brand)


def _laid_out(plan: Plan, draw: object, title: str, brand: str) -> bytes:
    assert callable(draw)
    html = Articles(plan.corpus).drawn(draw)
    return to_pdf(html, title, brand + STYLE.read_text(encoding="utf-8"))


def _head(root: ET.Element, title: str, note: str) -> None:
    add_plain(root, "h1", title)
    add_plain(root, "p", note, class_="note")


def _by_type(asked: Sequence[Asked]) -> Iterator[tuple[str, list[Asked]]]:
    """Give the questions of each type under its heading: 一、判断."""
    groups: dict[str, list[Asked]] = {}
    for each in asked:
        groups.setdefault(each.question.how, []).append(each)
    for numeral, (how, group) in zip("一二三四五六七八", groups.items(), strict=False):
        yield f"{numeral}、{how}", group


def _question(root: ET.Element, asked: Asked) -> None:
    stem = add(root, "p", class_="stem")
    add_plain(stem, "span", f"{asked.number}.", class_="number")
    add(stem, "span", asked.question.stem)
    match asked.question:
        case Choice():
            mark = "□" if isinstance(asked.question, Multiple) else "○"
            for letter, text in zip(LETTERS, asked.shown, strict=False):
                add(root, "p", f"{mark} {letter}. {text}", class_="option")
        case TrueFalse():
            add_plain(root, "p", "○ 对　　　○ 错", class_="option")
        case Fill():
            add_plain(root, "p", f"答：{LINE}", class_="option")
        case Numeric(unit=unit):
            add_plain(root, "p", f"答：{LINE} {unit or ''}", class_="option")
            add(root, "div", class_="working")
        case Order():
            for text in asked.shown:
                add(root, "p", f"{BLANK} {text}", class_="option")
        case Match(pairs=pairs):
            for pair in pairs:
                add(root, "p", f"{BLANK} {pair.left}", class_="option")
            offered = (f"{letter}. {text}" for letter, text in zip(LETTERS, asked.shown, strict=False))
            add(root, "p", "　".join(offered), class_="offered")
        case Mark(lines=lines):
            for number, line in enumerate(lines, 1):
                said = add(root, "p", class_="option")
                add_plain(said, "span", f"□ {number}. ")
                if line.speaker:
                    add_plain(said, "strong", f"{line.speaker}　")
                add(said, "span", line.text)
