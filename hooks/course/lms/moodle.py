"""The question bank as Moodle XML: a category for each lesson of each course, a question with all its feedback.

What Moodle's core lacks becomes what comes closest: an order is matched to its steps, a transcript's lines are chosen.
Each question's `idnumber` is its ID, so that Moodle can tell what it already has.
"""

from __future__ import annotations

import html
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable
from typing import Any

from ..corpus import Corpus
from ..quiz.model import Choice, Fill, Line, Mark, Match, Multiple, Numeric, Order, Question, TrueFalse

Graded = tuple[str, float, str]
"""An answer, its share of the grade in per cent, and what is said about it."""


def to_xml(corpus: Corpus) -> bytes:
    """Write the questions of all courses."""
    root = ET.Element("quiz")
    for course in corpus.courses():
        for lesson in corpus.lessons(course.path.removesuffix("/index.md")):
            for identifier in lesson.quizzes:
                found = corpus.quiz(identifier)
                if found and found.model:
                    _category(root, course.title, lesson.title)
                    for question in found.model.questions:
                        _question(root, f"{identifier}/{question.id}", question)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _category(root: ET.Element, *names: str) -> None:
    question = ET.SubElement(root, "question", type="category")
    # A slash within a name is written twice.
    _text(question, "category", "/".join(("$course$", "top", *(name.replace("/", "//") for name in names))))


def _question(root: ET.Element, identifier: str, question: Question) -> None:
    element = ET.SubElement(root, "question", type="")
    _text(element, "name", f"{question.id} {question.stem[:40]}")
    _html(element, "questiontext", question.stem)
    _html(element, "generalfeedback", question.explanation)
    _plain(element, "defaultgrade", 1)
    _plain(element, "penalty", 0)
    _plain(element, "hidden", 0)
    _plain(element, "idnumber", identifier)
    element.set("type", KINDS[type(question)](element, question))
    _text(ET.SubElement(element, "tags"), "tag", question.objective)


def _choice(element: ET.Element, question: Choice) -> str:
    keys = sum(option.correct for option in question.options)
    several = isinstance(question, Multiple)
    _chosen(
        element,
        [(option.text, _share(option.correct, keys, several), option.feedback) for option in question.options],
        several=several,
    )
    return "multichoice"


def _mark(element: ET.Element, question: Mark) -> str:
    keys = sum(line.violation is not None for line in question.lines)
    answers = [
        (_spoken(line), _share(bool(line.violation), keys, True), line.violation or "") for line in question.lines
    ]
    # A call is read in its order.
    _chosen(element, answers, several=True, in_order=True)
    return "multichoice"


def _share(is_right: bool, keys: int, several: bool) -> float:
    """Give what an option earns: each right one a share, each wrong one the same share off, where several are right."""
    return (100 if is_right else -100 * several) / keys


def _spoken(line: Line) -> str:
    return f"{line.speaker}：{line.text}" if line.speaker else line.text


def _chosen(element: ET.Element, answers: list[Graded], *, several: bool, in_order: bool = False) -> None:
    _plain(element, "single", _truth(not several))
    _plain(element, "shuffleanswers", _truth(not in_order))
    _plain(element, "answernumbering", "none" if in_order else "ABCD")
    _answers(element, answers, "html")


def _true_false(element: ET.Element, question: TrueFalse) -> str:
    _answers(
        element,
        [(_truth(value), 100 * (value == question.answer), "") for value in (True, False)],
        "moodle_auto_format",
    )
    return "truefalse"


def _fill(element: ET.Element, question: Fill) -> str:
    _plain(element, "usecase", 0)
    # The author's wordings, then the ways to write them; an asterisk would stand for anything.
    wordings = dict.fromkeys([*question.answers, *question.accepted])
    _answers(element, [(wording.replace("*", r"\*"), 100, "") for wording in wordings], "moodle_auto_format")
    return "shortanswer"


def _numeric(element: ET.Element, question: Numeric) -> str:
    answer = _answer(element, (_number(question.answer), 100, ""), "moodle_auto_format")
    _plain(answer, "tolerance", _number(question.tolerance))
    if question.unit:
        unit = ET.SubElement(ET.SubElement(element, "units"), "unit")
        _plain(unit, "multiplier", 1)
        _plain(unit, "unit_name", question.unit)
    # A unit may be written, and earns nothing.
    _plain(element, "unitgradingtype", 0)
    _plain(element, "unitpenalty", 0)
    _plain(element, "showunits", 0 if question.unit else 3)
    _plain(element, "unitsleft", 0)
    return "numerical"


def _order(element: ET.Element, question: Order) -> str:
    return _matching(element, ((f"第 {number} 步", step) for number, step in enumerate(question.steps, 1)), False)


def _match(element: ET.Element, question: Match) -> str:
    return _matching(element, ((pair.left, pair.right) for pair in question.pairs), True)


def _matching(element: ET.Element, pairs: Iterable[tuple[str, str]], shuffled: bool) -> str:
    # Moodle always shuffles the right-hand sides; this shuffles the left ones, too.
    _plain(element, "shuffleanswers", _truth(shuffled))
    for left, right in pairs:
        part = _html(element, "subquestion", left)
        _text(part, "answer", right)
    return "matching"


KINDS: dict[type, Callable[[ET.Element, Any], str]] = {
    **dict.fromkeys(Choice.__subclasses__(), _choice),
    TrueFalse: _true_false,
    Fill: _fill,
    Numeric: _numeric,
    Order: _order,
    Match: _match,
    Mark: _mark,
}
"""What writes each type of question, and gives Moodle's name for it."""


def _answers(element: ET.Element, answers: Iterable[Graded], text_format: str) -> None:
    for each in answers:
        _answer(element, each, text_format)


def _answer(element: ET.Element, graded: Graded, text_format: str) -> ET.Element:
    text, share, feedback = graded
    # The fractions that Moodle knows have five decimals.
    fraction = f"{share:.5f}".rstrip("0").rstrip(".")
    answer = ET.SubElement(element, "answer", fraction=fraction, format=text_format)
    _plain(answer, "text", html.escape(text, quote=False) if text_format == "html" else text)
    _html(answer, "feedback", feedback)
    return answer


def _html(parent: ET.Element, tag: str, text: str) -> ET.Element:
    child = _text(parent, tag, html.escape(text, quote=False))
    child.set("format", "html")
    return child


def _text(parent: ET.Element, tag: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, tag)
    _plain(child, "text", text)
    return child


def _plain(parent: ET.Element, tag: str, value: object) -> None:
    ET.SubElement(parent, tag).text = str(value)


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _number(value: float) -> str:
    return f"{value:.10f}".rstrip("0").rstrip(".")
