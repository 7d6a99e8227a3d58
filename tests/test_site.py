"""Facts about the built site."""

from __future__ import annotations

import gzip
import re
import unicodedata
from html import unescape
from pathlib import Path

import pytest
from pypdf import PdfReader

from conftest import ROOT
from course.corpus import Corpus
from course.corpus import Page as CoursePage
from course.doctor import lacking_office
from course.duration import spoken
from course.law.citation import Citation
from course.law.register import Register, note_id
from course.law.sources import citations
from course.letter import document_path
from course.source import read
from course.workbook.model import Workbook
from course.workbook.tree import workbook_path
from links import follow
from office import convert, sheets_of

CORPUS = Corpus(ROOT / "docs", ROOT / "quizzes")
COURSES = {Path(course.path).parent.name: course for course in CORPUS.courses()}
LESSONS = [lesson for name in COURSES for lesson in CORPUS.lessons(name)]


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"<(script|style).*?</\1>", "", html, flags=re.DOTALL)))


def page(site: Path, path: str) -> str:
    return (site / path.removesuffix("index.md").removesuffix(".md") / "index.html").read_text(encoding="utf-8")


def everything(site: Path) -> str:
    """All text files of a site."""
    kinds = {".html", ".json", ".xml", ".js", ".css"}
    files = [file for file in site.rglob("*") if file.suffix in kinds]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def notes() -> list[str]:
    """Every line of prose in the instructor's blocks, as it would be found in HTML."""
    bodies = [block.body for page in CORPUS.pages() for block in page.blocks if block.name == "instructor"]
    lines = (line.strip(" -|") for body in bodies for line in body.split("\n"))
    # A line with inline markup or a table's bars is not found as it stands.
    return [line for line in lines if len(line) > 15 and not re.search(r"[|*`\[\]]|^\d", line)]


@pytest.mark.parametrize("course", COURSES)
def test_every_lesson_has_head_quiz_and_neighbours(site: Path, course: str) -> None:
    lessons = CORPUS.lessons(course)
    for number, lesson in enumerate(lessons, 1):
        html = page(site, lesson.path)
        assert lesson.lesson
        assert f"第 {number} 课，共 {len(lessons)} 课" in html
        for objective in lesson.lesson.objectives.values():
            assert objective in text_of(html)
        assert html.count("<course-quiz") == 1
        assert 'class="md-footer__link md-footer__link--prev"' in html
        assert 'class="md-footer__link md-footer__link--next"' in html


def test_the_car_loan_course_has_fourteen_lessons() -> None:
    assert len(CORPUS.lessons("car-loan")) == 14


LEAST = {"car-loan": 5, "bank": 8, "management": 8, "workshop": 8, "eighteen-moves": 3}
"""Questions that a course promises for each lesson."""


@pytest.mark.parametrize("course", COURSES)
def test_every_quiz_asks_enough_in_enough_ways(course: str) -> None:
    for lesson in CORPUS.lessons(course):
        found = CORPUS.quiz(lesson.quizzes[0])
        assert found
        assert found.model
        types = [question.type for question in found.model.questions]
        assert len(types) >= LEAST.get(course, 5), lesson.path
        assert len(set(types)) >= 3, lesson.path
        assert course != "eighteen-moves" or "mark" in types, lesson.path


def test_each_of_the_eighteen_moves_has_its_six_parts(site: Path) -> None:
    moves = CORPUS.lessons("eighteen-moves")
    assert len(moves) == 18
    for move in moves:
        headings = re.findall(r"<h2 id=\"[^\"]+\">(.*?)<a", page(site, move.path))
        assert headings == ["适用情形", "做法", "示范对话", "合规边界", "反例", "自测"], move.path


def test_the_thirty_moves_are_thirty_cards_with_an_address_each(site: Path) -> None:
    index = page(site, "thirty-moves/index.md")
    cards = []
    for group in CORPUS.lessons("thirty-moves"):
        html = page(site, group.path)
        for anchor, title in re.findall(r'<h2 id="([^"]+)">(第.+?招 .+?)<a', html):
            assert f'{Path(group.path).stem}/#{anchor}"' in index
            cards.append(title.split()[1])
    assert len(cards) == len(set(cards)) == 30


@pytest.mark.parametrize("outline", sorted((ROOT / "tests/outlines").glob("*.txt")), ids=lambda file: file.stem)
def test_every_item_of_the_outline_is_a_heading_and_linked(site: Path, outline: Path) -> None:
    index = page(site, f"{outline.stem}/index.md")
    name = ""
    for line in filter(None, outline.read_text(encoding="utf-8").split("\n")):
        if not line.startswith(" "):
            name = line
            assert f'href="{name}/"' in index, name
            continue
        html = page(site, f"{outline.stem}/{name}.md")
        headings = {
            unescape(title): anchor
            for anchor, title in re.findall(r"<h[23] id=\"([^\"]+)\">(.*?)<a class=\"headerlink\"", html)
        }
        assert line.strip() in headings, (name, line)
        assert f'href="{name}/#{headings[line.strip()]}"' in index, (name, line)


def test_the_cards_say_what_the_content_adds_up_to(site: Path) -> None:
    home = text_of(page(site, "index.md"))
    for name, course in COURSES.items():
        lessons = CORPUS.lessons(name)
        questions = sum(len(CORPUS.questions(lesson)) for lesson in lessons)
        minutes = sum(lesson.lesson.minutes for lesson in lessons if lesson.lesson)
        assert course.course
        assert f"{course.course.duration} · {len(lessons)} 课 · {spoken(minutes)} · {questions} 题" in home


def test_home_has_three_entrances(site: Path) -> None:
    assert re.findall(r"<strong>(我.*?)</strong>", page(site, "index.md")) == ["我来学习", "我来讲课", "我们公司要用"]


def test_timetables_show_every_lesson_once_with_its_times(site: Path) -> None:
    html = page(site, "car-loan/two-day.md")
    assert re.findall(r'<tr class="schedule-lesson">.*?<a href="\.\./(.*?)/">', html, re.DOTALL) == [
        Path(lesson.path).stem for lesson in CORPUS.lessons("car-loan")
    ]
    times = re.findall(r"<time>(.*?)</time>", html)
    assert times[0] == "09:00"
    # Each session begins when the last one ended, but for the first of a day.
    breaks = [(end, start) for end, start in zip(times[1::2], times[2::2], strict=False) if end != start]
    assert len(breaks) == 1


def test_instructors_notes_are_physically_absent_from_the_trainees_site(site: Path, instructor_site: Path) -> None:
    trainee, instructor = everything(site), everything(instructor_site)
    lines = notes()
    assert len(lines) > 30
    assert [line for line in lines if line in trainee] == []
    missing = [line for line in lines if line not in unescape(instructor)]
    assert len(missing) < len(lines) / 10, missing
    for mark in ("讲师版 ·", "<caption>答案（讲师版）", 'class="instructor'):
        assert mark in instructor
        assert mark not in trainee


def test_questions_and_answers_stay_out_of_the_search_index(site: Path) -> None:
    index = (site / "search/sections.json").read_text(encoding="utf-8")
    for lesson in LESSONS:
        found = CORPUS.quiz(lesson.quizzes[0])
        assert found
        assert found.model
        for question in found.model.questions:
            assert question.stem not in index
            assert question.explanation not in index


def test_the_404_page_is_chinese(site: Path) -> None:
    html = (site / "404.html").read_text(encoding="utf-8")
    assert "这一页不在这里" in html
    assert "Not found" not in html
    assert '<html lang="zh"' in html


def test_no_page_names_another_host_to_load_from(site: Path) -> None:
    loads = re.compile(
        r'(?:src|srcset|data)="(https?:)?//|<link[^>]+href="(https?:)?//(?!127\.0\.0\.1)|url\((https?:)?//'
    )
    for file in site.rglob("*.html"):
        assert not loads.search(file.read_text(encoding="utf-8")), file


def test_no_inline_style_or_handler_of_ours(site: Path) -> None:
    for lesson in LESSONS:
        article = page(site, lesson.path).partition("<article")[2].partition("</article>")[0]
        assert not re.search(r'\s(style|on\w+)="', article)


def test_readme_pictures_are_not_published(site: Path) -> None:
    assert not (site / "assets/readme").exists()


@pytest.mark.parametrize("edition", ["trainee", "instructor"])
def test_every_link_of_the_built_site_leads_somewhere(edition: str, request: pytest.FixtureRequest) -> None:
    folder, address = request.getfixturevalue(edition)
    count, broken = follow(folder, address)
    assert broken == []
    assert count > 10_000


@pytest.mark.parametrize("name", ["site.js", "site.css", "search.js"])
def test_assets_are_files_loaded_once_for_the_site(site: Path, name: str) -> None:
    assert (site / "assets" / name).is_file()
    assert page(site, LESSONS[0].path).count(f"assets/{name}") == 1


def test_quizzes_cost_at_most_twelve_kilobytes() -> None:
    names = ("store.js", "parts.js", "make.js", "question.js", "boxes.js", "quiz.js", "quiz.css")
    sizes = [len(gzip.compress((ROOT / "docs/assets" / name).read_bytes())) for name in names]
    assert sum(sizes) <= 12 * 1024


def test_every_citation_of_the_site_is_a_link_with_a_note(site: Path) -> None:
    """Nothing that the checks accept may be left without its link."""
    register = Register(CORPUS)
    for source in CORPUS.pages():
        if source.path.startswith(("law/", "guide/")) or source.meta.edition:
            continue
        quizzes = (located for file in CORPUS.data_files(source) for located in CORPUS.data_citations(file))
        cited = {
            note_id(statute, located.found.key)
            for located in (*source.citations, *quizzes)
            if isinstance(located.found, Citation) and (statute := register.page_of(located.found, source))
            # Instructors' notes are in the other edition, titles and descriptions in no text.
        }
        html = page(site, source.path)
        notes = set(re.findall(r'<dt id="(law-note-[^"]+)"', html))
        links = set(re.findall(r'data-law="(law-note-[^"]+)"', html))
        assert links <= notes <= cited, source.path
        missing = {each for each in cited - notes if each not in in_notes(source)}
        assert not missing, source.path


def in_notes(source: CoursePage) -> set[str]:
    """What only an instructor's block cites."""
    register = Register(CORPUS)
    bodies = [block.body for block in source.blocks if block.name == "instructor"]
    found = (each for body in bodies for each in citations(body))
    return {
        note_id(statute, located.found.key)
        for located in found
        if isinstance(located.found, Citation) and (statute := register.page_of(located.found, source))
    }


def test_the_register_has_every_statute_that_the_course_must_have() -> None:
    names = Register(CORPUS).by_name
    for name in (
        "民法典", "民事诉讼法", "刑法", "治安管理处罚法", "个人信息保护法", "商业银行法", "银行业监督管理法",
        "消费者权益保护法", "公证法", "征信业管理条例", "诉讼时效规定", "担保制度解释", "民间借贷规定",
        "新民间借贷批复", "银行卡纠纷规定", "合同编通则解释", "民诉法解释", "失信名单规定", "限制消费规定", "公证债权文书执行规定",
        "买卖合同解释", "融资租赁解释", "妨害信用卡管理解释", "信用卡办法", "GB/T 45251-2025", "银协催收指引",
    ):  # fmt: skip
        assert name in names, name


LETTERS = sorted(page.path for page in CORPUS.pages() for block in page.blocks if block.name == "letter")
FORMS = [
    "grades", "handover", "instalment-agreement", "mandate", "plan", "record", "scripts", "self-check",
    "visit-checklist",
]  # fmt: skip
CARDS = ["bereavement", "illness", "minor", "paid-agent", "self-harm", "threat", "violence"]
WORKBOOKS = sorted(page.path for page in CORPUS.pages() for block in page.blocks if block.name == "workbook")


def lines_of(path: str) -> list[str]:
    """The lines of a document, tables apart: their cells are set side by side."""
    found = CORPUS.page(path)
    assert found
    (block,) = (block for block in found.blocks if block.name == "letter")
    lines = [line for line in block.body.split("\n") if line and not line.startswith("|")]
    return [bare(re.sub(r"^\d+\. |^- |\*\*", "", line)) for line in lines]


def bare(text: str) -> str:
    """Its letters, digits and blanks: PDF fonts map some characters to radicals, signs and quotes to others."""
    return re.sub(r"[^\w〔〕]", "", unicodedata.normalize("NFKC", text))


@pytest.mark.skipif("Writer" in lacking_office(), reason="no LibreOffice")
def test_every_document_opens_whole_in_libreoffice(site: Path, tmp_path: Path) -> None:
    convert([site / document_path(path) for path in LETTERS], "pdf", tmp_path)
    for path in LETTERS:
        written = "".join(sheet.extract_text() for sheet in PdfReader(tmp_path / f"{Path(path).stem}.pdf").pages)
        assert "\ufffd" not in written
        text = bare(written)
        assert [line for line in lines_of(path) if line not in text] == [], path


@pytest.mark.skipif("Calc" in lacking_office(), reason="no LibreOffice Calc")
def test_every_workbook_opens_in_libreoffice_with_the_figures_of_its_page(site: Path, tmp_path: Path) -> None:
    for path in WORKBOOKS:
        found = CORPUS.page(path)
        assert found
        (block,) = (block for block in found.blocks if block.name == "workbook")
        book = read(Workbook, block.body, path).model
        assert book
        sheets = sheets_of(site / workbook_path(path), tmp_path / found.title)
        for sheet in book.sheets:
            for table in sheet.tables:
                rows = [row[: len(table.titles)] for row in sheets[sheet.title]]
                first = rows.index(table.titles) + 1
                filled = table.filled()
                drawn = [*rows[first : first + len(table.rows)], rows[first + len(table.rows) + table.blank]]
                for cells, written in zip(filled, drawn, strict=False):
                    assert [as_shown(cell) for cell in cells] == [as_shown(cell) for cell in written], path


def as_shown(cell: str | float | None) -> str:
    """A cell without its format: 26.7 % and 0.2667 are one."""
    text = "" if cell is None else str(cell).replace(",", "")
    try:
        return f"{float(text.rstrip('%')) / (100 if text.endswith('%') else 1):.6f}"
    except ValueError:
        return text


def test_workbooks_lie_beside_their_pages(site: Path) -> None:
    assert [Path(path).stem for path in WORKBOOKS] == ["grades", "reports", "scorecard"]
    for path in WORKBOOKS:
        assert f'href="../{Path(workbook_path(path)).name}"' in page(site, path)


def test_the_five_letters_and_the_forms_have_their_documents(site: Path) -> None:
    letters = [f"letter-{n}" for n in range(1, 6)]
    assert sorted(Path(path).stem for path in LETTERS) == sorted(
        [*FORMS, *letters, *(f"card-{name}" for name in CARDS)]
    )
    for path in LETTERS:
        assert (site / document_path(path)).stat().st_size > 5000
        assert f'href="../{Path(document_path(path)).name}"' in page(site, path)
