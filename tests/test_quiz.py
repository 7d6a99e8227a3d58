"""Quizzes: rules that no spoiled input covers, and the HTML of every type."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.quiz.model import Quiz
from course.source import read
from project import SOURCES, by_line, render, said, write

GOLDEN = Path(__file__).parent / "golden"
ALL_TYPES = (GOLDEN / "all-types.yml").read_text(encoding="utf-8")


def quiz(text: str) -> Quiz:
    model, wrong = read(Quiz, text, "q.yml")
    assert model, wrong
    return model


def test_the_html_of_every_type(tmp_path: Path) -> None:
    corpus = write(tmp_path, **{"quizzes/car/02-second.yml": ALL_TYPES})
    assert said(corpus) == []
    html = by_line(render(corpus, "car/02-second.md"))
    assert html == (GOLDEN / "all-types.html").read_text(encoding="utf-8")


def test_the_instructors_edition_adds_an_answer_sheet(tmp_path: Path) -> None:
    corpus = write(tmp_path, **{"quizzes/car/02-second.yml": ALL_TYPES})
    html = render(corpus, "car/02-second.md", "instructor")
    sheet = html[html.index("<caption>答案（讲师版）") :]
    for answer in ("B", "A、C", "错", "诉前保全 / 诉前财产保全", "33.42 元（±0.01）", "核对 → 提醒 → 上报", "第 2 句"):
        assert f"<td>{answer}</td>" in sheet
    assert "答案（讲师版）" not in render(corpus, "car/02-second.md")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("        violation: 透露欠款。\n", "", "没有违规的句子"),
        ("      - text: 您好。\n", "      - text: 您好。\n        violation: 无。\n", "句子全是违规的"),
        ("answers: [诉前保全, 诉前财产保全]", "answers: ['。']", "答案“。”只有标点"),
        ("answers: [诉前保全, 诉前财产保全]", "answers: []", "“answers”至少要 1 项"),
        ("answer: 33.42", "answer: .inf", "“answer”要写有限的数字"),
        ("tolerance: 0.01", "tolerance: -1", "“tolerance”不能小于 0"),
        ("steps: [核对, 提醒, 上报]", "steps: [核对, 提醒, 核对。]", "步骤“核对。”写了两次"),
        ("right: 按约定归卖方", "right: 借款人", "配对里“借款人”写了两次"),
        ("id: single-one", "id: 单选", "“id”写法不对：“单选”"),
        ("answer: false", "answer: 错", "“answer”要写 true 或 false"),
        ("stem: 打对勾？", "stem:", "“stem”要写文字"),
        ("stem: 打对勾？", "stem: ''", "“stem”是空的"),
    ],
)
def test_more_rules(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in ALL_TYPES
    corpus = write(tmp_path, **{"quizzes/car/02-second.yml": ALL_TYPES.replace(old, new, 1)})
    (message,) = said(corpus)
    assert told in message
    assert message.startswith("quizzes/car/02-second.yml:")


def test_an_edit_changes_the_digest_of_that_question_alone() -> None:
    before = quiz(SOURCES["quizzes/car/01-first.yml"]).questions
    after = quiz(SOURCES["quizzes/car/01-first.yml"].replace("乙乙", "丁丁")).questions
    assert [a.digest == b.digest for a, b in zip(before, after, strict=True)] == [False, True, True]


def test_inserting_a_question_changes_no_digest_of_the_others() -> None:
    text = SOURCES["quizzes/car/01-first.yml"]
    new = "  - {id: new, type: true-false, objective: tell, stem: 新, answer: true, explanation: 新。}\n"
    inserted = quiz(text.replace("questions:\n", "questions:\n" + new)).questions
    assert [q.digest for q in inserted[1:]] == [q.digest for q in quiz(text).questions]


def test_markdown_in_a_question_is_rendered_inline(tmp_path: Path) -> None:
    text = SOURCES["quizzes/car/02-second.yml"].replace("stem: 对吗？", "stem: 这是**对**的吗？")
    html = render(write(tmp_path, **{"quizzes/car/02-second.yml": text}), "car/02-second.md")
    assert '<legend><span class="quiz-number">1</span><span>这是<strong>对</strong>的吗？</span></legend>' in html


def test_html_in_a_question_stays_text(tmp_path: Path) -> None:
    text = SOURCES["quizzes/car/01-first.yml"].replace("[先, 再, 后]", "['a<b', 'b&c', '\"d\"']")
    html = render(write(tmp_path, **{"quizzes/car/01-first.yml": text}), "car/01-first.md")
    assert "a&lt;b" in html
    assert "b&amp;c" in html
