"""A quiz as HTML that reads well without JavaScript; docs/assets/quiz.js adds checking, retrying and remembering.

Options are real inputs with labels; answers, feedback and explanations lie in `<details>`. What the script needs
stands in data attributes: `data-right` on every right input or, on a select, its right value.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ..elements import add, add_plain
from .model import Choice, Fill, Line, Mark, Match, Multiple, Numeric, Order, Question, Quiz, TrueFalse

LETTERS = "ABCDEFGHIJ"


def render(parent: ET.Element, identifier: str, quiz: Quiz, edition: str) -> ET.Element:
    """Append the quiz of ID `identifier` to `parent`."""
    # Questions and answers stay out of the search index; Material reads this from a custom element, not from a div.
    root = add(parent, "course-quiz", class_="quiz", data_quiz=identifier, data_search_exclude="true")
    form = add(root, "form", autocomplete="off")
    header = add(form, "p", class_="quiz-head")
    add(header, "strong", quiz.title)
    # Says who is learning where more than one does; otherwise nothing.
    add(header, "course-learner", data_quiet="")
    add_plain(header, "span", f"{len(quiz.questions)} 题", class_="quiz-count")
    for number, question in enumerate(quiz.questions, 1):
        _question(form, number, question)
    if edition == "instructor":
        _answer_sheet(root, quiz.questions)
    return root


def answer(question: Question) -> str:
    """Say the right answer in words, as an answer sheet does."""
    match question:
        case Choice():
            return _letters(option.correct for option in question.options)
        case TrueFalse():
            return "对" if question.answer else "错"
        case Fill():
            return " / ".join(question.answers)
        case Numeric():
            spread = f"（±{question.tolerance:g}）" if question.tolerance else ""
            return f"{_number(question.answer)} {question.unit or ''}".strip() + spread
        case Order():
            return " → ".join(question.steps)
        case Match():
            return "；".join(f"{pair.left} — {pair.right}" for pair in question.pairs)
        case Mark():
            return "、".join(f"第 {number} 句" for number, line in enumerate(question.lines, 1) if line.violation)


def _letters(chosen: Iterable[bool]) -> str:
    return "、".join(letter for letter, is_chosen in zip(LETTERS, chosen, strict=False) if is_chosen)


def _number(value: float) -> str:
    return f"{value:.10f}".rstrip("0").rstrip(".")


def _question(form: ET.Element, number: int, question: Question) -> None:
    field = add(
        form,
        "fieldset",
        data_question=question.id,
        data_hash=question.digest,
        data_type=question.type,
        data_objective=question.objective,
    )
    legend = add(field, "legend")
    add_plain(legend, "span", str(number), class_="quiz-number")
    add(legend, "span", question.stem)
    add_plain(field, "p", question.how, class_="quiz-how")
    FIELDS[type(question)](field, question)
    details = add(field, "details", class_="quiz-answer")
    add_plain(details, "summary", "答案与解析")
    add_plain(details, "p", f"答案：{answer(question)}", class_="quiz-key")
    _feedback(details, question)
    add(details, "p", question.explanation, class_="quiz-explanation")


def _feedback(details: ET.Element, question: Question) -> None:
    """List what there is to say about each option or line; the script moves each to the place it speaks of."""
    notes: Sequence[tuple[str, str | None]]
    if isinstance(question, Choice):
        notes = [(f"{letter}. ", option.feedback) for letter, option in zip(LETTERS, question.options, strict=False)]
    elif isinstance(question, Mark):
        notes = [(f"第 {number} 句：", line.violation) for number, line in enumerate(question.lines, 1)]
    else:
        return
    items = add(details, "ul", class_="quiz-notes")
    for place, (label, note) in enumerate(notes):
        if note:
            item = add(items, "li", data_for=str(place))
            add_plain(item, "span", label, class_="quiz-note-label")
            add(item, "span", note)


def _input(label: ET.Element, kind: str, name: str, value: str, right: bool) -> None:
    add(label, "input", type=kind, name=name, value=value, **({"data-right": ""} if right else {}))


def _choice(field: ET.Element, question: Choice) -> None:
    kind = "checkbox" if isinstance(question, Multiple) else "radio"
    for place, option in enumerate(question.options):
        label = add(field, "label", class_="quiz-option")
        _input(label, kind, question.id, str(place), option.correct)
        add_plain(label, "span", LETTERS[place], class_="quiz-letter")
        add(label, "span", option.text)


def _true_false(field: ET.Element, question: TrueFalse) -> None:
    for value, text in ((True, "对"), (False, "错")):
        label = add(field, "label", class_="quiz-option")
        _input(label, "radio", question.id, "01"[value], value == question.answer)
        add_plain(label, "span", text)


def _fill(field: ET.Element, question: Fill) -> None:
    _text(field, question.id, "你的答案", data_accepted=json.dumps(question.accepted, ensure_ascii=False))


def _numeric(field: ET.Element, question: Numeric) -> None:
    attributes = {"data_answer": _number(question.answer), "data_tolerance": _number(question.tolerance)}
    _text(field, question.id, "你的答案", inputmode="decimal", unit=question.unit or "", **attributes)


def _text(field: ET.Element, name: str, caption: str, unit: str = "", **attributes: str) -> None:
    label = add(field, "label", class_="quiz-text")
    add_plain(label, "span", caption)
    add(label, "input", type="text", name=name, autocomplete="off", **attributes)
    if unit:
        add_plain(label, "span", unit)


def _order(field: ET.Element, question: Order) -> None:
    places = [str(place) for place in range(1, len(question.steps) + 1)]
    for number, step in enumerate(question.shown, 1):
        right = str(question.steps.index(step) + 1)
        _select(field, f"{question.id}-{number}", step, places, right, "第 {} 步")


def _match(field: ET.Element, question: Match) -> None:
    for number, pair in enumerate(question.pairs, 1):
        _select(field, f"{question.id}-{number}", pair.left, question.shown, pair.right, "{}")


def _select(field: ET.Element, name: str, text: str, values: Sequence[str], right: str, caption: str) -> None:
    label = add(field, "label", class_="quiz-select")
    add(label, "span", text)
    select = add(label, "select", name=name, data_right=str(values.index(right)))
    add_plain(select, "option", "请选择", value="")
    for place, value in enumerate(values):
        add_plain(select, "option", caption.format(value), value=str(place))


def _mark(field: ET.Element, question: Mark) -> None:
    for place, line in enumerate(question.lines):
        label = add(field, "label", class_="quiz-option quiz-line")
        _input(label, "checkbox", question.id, str(place), line.violation is not None)
        _spoken(label, line)


def _spoken(label: ET.Element, line: Line) -> None:
    text = add(label, "span")
    if line.speaker:
        add_plain(text, "strong", line.speaker)
    add(text, "span", line.text)


def _answer_sheet(root: ET.Element, questions: Sequence[Question]) -> None:
    table = add(root, "table", class_="quiz-sheet")
    add_plain(table, "caption", "答案（讲师版）")
    head = add(add(table, "thead"), "tr")
    for title in ("题", "考查目标", "答案"):
        add_plain(head, "th", title, scope="col")
    body = add(table, "tbody")
    for number, question in enumerate(questions, 1):
        row = add(body, "tr")
        for text in (str(number), question.objective, answer(question)):
            add_plain(row, "td", text)


FIELDS: dict[type, Callable[[ET.Element, Any], None]] = {
    **dict.fromkeys(Choice.__subclasses__(), _choice),
    TrueFalse: _true_false,
    Fill: _fill,
    Numeric: _numeric,
    Order: _order,
    Match: _match,
    Mark: _mark,
}
"""How the inputs of each type of question are drawn."""
