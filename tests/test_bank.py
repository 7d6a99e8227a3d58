"""The question bank: sections of a page, the section that explains a question, and the scripts of a course."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from conftest import ROOT
from course.bank import Explained, Section, lesson, scripts, sections
from course.corpus import Corpus
from project import write

CORPUS = Corpus(ROOT / "docs", ROOT / "quizzes")
FIELD = '<fieldset data-question="one" data-objective="tell"><legend>还款顺序怎么排？</legend></fieldset>'
HTML = f"""\
<h1 id="x">第一课</h1><p>导入。</p>
<h2 id="time">诉讼时效<a class="headerlink" href="#time">¶</a></h2><p>时效三年，从知道之日起算。</p>
<h3 id="stop">时效中断</h3><p>请求履行，时效重新起算。</p>
<h2 id="order">还款顺序 &amp; 抵充</h2><p>先费用，后利息，再本金。</p>
<h2 id="sum">小结</h2><p>还款顺序，时效。</p>
<h2 id="quiz">自测</h2>
<course-quiz class="quiz" data-quiz="car/01-first"><form>{FIELD}</form></course-quiz>
<law-notes><h2 id="no">不算</h2></law-notes>
"""


def test_a_page_is_split_at_its_headings() -> None:
    assert [(part.id, part.level, part.title) for part in sections(HTML)] == [
        ("time", 2, "诉讼时效"),
        ("stop", 3, "时效中断"),
        ("order", 2, "还款顺序 & 抵充"),
        ("sum", 2, "小结"),
        ("quiz", 2, "自测"),
    ]


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("客户还了一部分，按什么顺序抵利息和本金？", "order"),
        ("请求履行以后，期间怎样重新起算？", "stop"),
        ("从知道之日起算几年？", "time"),
        ("hello", None),
    ],
)
def test_a_question_is_explained_by_the_section_with_its_words(question: str, section: str | None) -> None:
    found = Explained(sections(HTML)).by(question)
    assert (found.id if found else None) == section


def test_without_sections_nothing_explains() -> None:
    assert Explained([]).by("什么") is None
    assert Explained([Section("a", 2, "小结", "还款")]).by("还款") is None


def test_a_lesson_goes_into_two_scripts(tmp_path: Path) -> None:
    corpus = write(tmp_path)
    page = corpus.page("car/01-first.md")
    assert page
    entry = lesson(page, HTML, "car/01-first/", corpus)
    assert entry["path"] == "car/01-first.md"
    assert [(each["id"], each["within"]) for each in entry["sections"]] == [
        ("time", ["time", "stop"]),
        ("order", ["order"]),
    ]
    written = scripts("car", "小课", [entry])
    assert list(written) == ["car.js", "car-questions.js"]
    told = json.loads(written["car.js"].removeprefix('window.qingshou.bank.add("car",').removesuffix(")\n"))
    (question,) = told["lessons"][0]["questions"]
    hashes = corpus.questions(page)
    assert question == {
        "id": "car/01-first/one",
        "hash": hashes["car/01-first/one"],
        "objective": "tell",
        "section": "order",
        "about": "还款顺序 & 抵充",
    }
    questions = written["car-questions.js"].removeprefix('window.qingshou.bank.addQuestions("car",').removesuffix(")\n")
    assert json.loads(questions) == {"car/01-first/one": FIELD}


def test_the_site_has_every_question_in_its_bank(site: Path) -> None:
    for course in CORPUS.courses():
        folder = Path(course.path).parent.name
        bank, html = ((site / f"assets/bank/{folder}{name}.js").read_text() for name in ("", "-questions"))
        for page in CORPUS.lessons(folder):
            for identifier, digest in CORPUS.questions(page).items():
                assert f'"id":"{identifier}","hash":"{digest}"' in bank
                assert f'"{identifier}":"<fieldset ' in html


def test_every_question_leads_to_a_heading_of_its_lesson(site: Path) -> None:
    for course in CORPUS.courses():
        folder = Path(course.path).parent.name
        bank = (site / f"assets/bank/{folder}.js").read_text(encoding="utf-8")
        data = json.loads(bank[bank.index(",") + 1 : bank.rindex(")")])
        for entry in data["lessons"]:
            html = (site / entry["page"] / "index.html").read_text(encoding="utf-8")
            ids = set(re.findall(r'<h[23] id="([^"]+)"', html))
            assert {question["section"] for question in entry["questions"]} <= ids
            assert {section["id"] for section in entry["sections"]} <= ids


def test_the_trainees_bank_holds_nothing_of_the_instructors(site: Path) -> None:
    for file in (site / "assets/bank").iterdir():
        text = file.read_text(encoding="utf-8")
        assert "instructor" not in text
        assert "讲师版" not in text
