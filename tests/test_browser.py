"""Behaviour in a real Chromium, by keyboard."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from conftest import ROOT
from course.corpus import Corpus
from course.quiz.model import (
    Choice,
    Fill,
    Mark,
    Match,
    Multiple,
    Numeric,
    Order,
    Question,
    Single,
    TrueFalse,
)

CORPUS = Corpus(ROOT / "docs", ROOT / "quizzes")
LESSON = "car-loan/11-vehicle-disposal"
"""A lesson whose quiz has all eight types."""


def questions(lesson: str = LESSON) -> list[Question]:
    found = CORPUS.quiz(lesson)
    assert found
    assert found.model
    return list(found.model.questions)


def field(page: Page, question: Question) -> Locator:
    return page.locator(f'fieldset[data-question="{question.id}"]')


def press(page: Page, control: Locator, *keys: str) -> None:
    control.focus()
    for key in keys:
        page.keyboard.press(key)


def answer(page: Page, question: Question, *, right: bool) -> None:
    """Answer with the keyboard alone."""
    place = field(page, question)
    match question:
        case Choice() | Mark():
            items = question.options if isinstance(question, Choice) else question.lines
            keys = [bool(item.correct if hasattr(item, "correct") else item.violation) for item in items]
            chosen = keys if right else [not key for key in keys]
            inputs = place.locator("input")
            if isinstance(question, Single):
                press(page, inputs.nth(chosen.index(True)), "Space")
                return
            for number, choose in enumerate(chosen):
                if choose:
                    press(page, inputs.nth(number), "Space")
        case TrueFalse():
            press(page, place.locator("input").nth(0 if question.answer == right else 1), "Space")
        case Fill() | Numeric():
            good = question.answers[0] if isinstance(question, Fill) else f"{question.answer:,}"
            place.locator("input").focus()
            page.keyboard.type(good if right else "999999")
        case Order() | Match():
            for select in place.locator("select").all():
                # The first option is the empty one.
                wanted = int(select.get_attribute("data-right") or 0) + 1
                count = select.locator("option").count() - 1
                steps = wanted if right else wanted % count + 1
                press(page, select, *["ArrowDown"] * steps)


def right(question: Question) -> list[bool | str]:
    """Give what each control of a question holds when it is answered rightly, in the page's order."""
    match question:
        case Choice():
            return [option.correct for option in question.options]
        case Mark():
            return [bool(line.violation) for line in question.lines]
        case TrueFalse():
            return [question.answer, not question.answer]
        case Fill():
            return [question.answers[-1]]
        case Numeric():
            return [str(question.answer)]
        case _:
            return []


FILL_IN = """([place, values]) => {
    const controls = [...place.querySelectorAll("input, select")]
    // Orders and matches are shuffled by the build; only the page knows where the right ones went.
    const wanted = values.length ? values : controls.map(control => control.dataset.right)
    if (wanted.length !== controls.length) throw new Error(`${controls.length} controls`)
    for (const [n, control] of controls.entries()) {
        if (typeof wanted[n] === "boolean") control.checked = wanted[n]
        else control.value = wanted[n]
        control.dispatchEvent(new Event("input", { bubbles: true }))
        control.dispatchEvent(new Event("change", { bubbles: true }))
    }
}"""


def check(page: Page) -> None:
    press(page, page.get_by_role("button", name="检查", exact=True), "Enter")


def test_every_type_answered_right_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}{LESSON}/")
    asked = questions()
    assert {question.type for question in asked} == {
        "single", "multiple", "true-false", "fill", "numeric", "order", "match", "mark",
    }  # fmt: skip
    for question in asked:
        answer(page, question, right=True)
    expect(page.locator(".quiz-count")).to_have_text(f"{len(asked)} / {len(asked)} 已答")
    check(page)
    for question in asked:
        expect(field(page, question).locator(".quiz-verdict"), question.id).to_have_text("✓ 对")
        expect(field(page, question).locator("details")).to_have_attribute("open", "")
    expect(page.locator(".quiz-result")).to_have_text(f"得分 {len(asked)} / {len(asked)}")
    expect(page.locator(".quiz-result")).to_be_focused()
    expect(page.get_by_role("button", name="重做错题")).to_be_hidden()


@pytest.mark.parametrize("quiz", [quiz for page in CORPUS.pages() for quiz in page.quizzes])
def test_every_quiz_gives_full_marks_for_its_own_answers(page: Page, address: str, quiz: str) -> None:
    (embedding,) = (found for found in CORPUS.pages() if quiz in found.quizzes)
    page.goto(address + embedding.path.removesuffix(".md").removesuffix("index") + "/")
    asked = questions(quiz)
    for question in asked:
        page.evaluate(FILL_IN, [field(page, question).element_handle(), right(question)])
    check(page)
    expect(page.locator(".quiz-result")).to_have_text(f"得分 {len(asked)} / {len(asked)}")


def test_every_type_answered_wrong_by_keyboard_and_the_wrong_ones_done_again(page: Page, address: str) -> None:
    page.goto(f"{address}{LESSON}/")
    asked = questions()
    first, *others = asked
    answer(page, first, right=True)
    for question in others:
        answer(page, question, right=False)
    check(page)
    expect(field(page, first).locator(".quiz-verdict")).to_have_text("✓ 对")
    for question in others:
        expect(field(page, question).locator(".quiz-verdict"), question.id).to_contain_text("✗ 不对")
        if isinstance(question, Choice):
            # Wrong and missed options say so in words, and why.
            wrong = field(page, question).locator('[data-mark="wrong"]')
            expect(wrong.first.locator(".quiz-tag")).to_have_text("✗ 不对")
            expect(field(page, question).locator(".quiz-note").first).to_be_visible()
    expect(page.locator(".quiz-result")).to_have_text(f"得分 1 / {len(asked)}")

    press(page, page.get_by_role("button", name="重做错题"), "Enter")
    expect(field(page, first).locator(".quiz-verdict")).to_have_text("✓ 对")
    for question in others:
        expect(field(page, question).locator(".quiz-verdict")).to_have_count(0)
        expect(field(page, question).locator("details")).to_be_hidden()
        answer(page, question, right=True)
    check(page)
    expect(page.locator(".quiz-result")).to_have_text(f"得分 {len(asked)} / {len(asked)}")


def test_partial_credit_is_stated(page: Page, address: str) -> None:
    page.goto(f"{address}{LESSON}/")
    question = next(question for question in questions() if isinstance(question, Multiple))
    keys = [number for number, option in enumerate(question.options) if option.correct]
    expect(field(page, question).locator(".quiz-how")).to_have_text("多选 · 每选对一项得一份，选错一项扣一份")
    press(page, field(page, question).locator("input").nth(keys[0]), "Space")
    check(page)
    share = round(1 / len(keys), 2)
    expect(field(page, question).locator(".quiz-verdict")).to_have_text(f"△ 部分对，得 {share:g} 分")
    expect(field(page, question).locator('[data-mark="missed"] .quiz-tag').first).to_have_text("○ 应选")


def test_what_is_not_answered_stays_open(page: Page, address: str) -> None:
    page.goto(f"{address}{LESSON}/")
    first, second, *_ = questions()
    answer(page, first, right=True)
    check(page)
    expect(page.locator(".quiz-result")).to_contain_text(f"还有 {len(questions()) - 1} 题没有答")
    expect(field(page, second).locator("input, select").first).to_be_focused()
    expect(field(page, second).locator(".quiz-verdict")).to_have_count(0)


def test_the_state_survives_reload_and_instant_navigation(page: Page, address: str) -> None:
    page.goto(f"{address}{LESSON}/")
    first, second, *_ = questions()
    answer(page, first, right=False)
    check(page)
    answer(page, second, right=True)
    page.reload()
    expect(field(page, first).locator(".quiz-verdict")).to_contain_text("✗ 不对")
    expect(field(page, second).locator(".quiz-verdict")).to_have_count(0)
    expect(page.locator(".quiz-count")).to_have_text(f"2 / {len(questions())} 已答")

    page.evaluate("window.sameDocument = true")
    page.locator(".md-footer__link--next").click()
    page.wait_for_url("**/12-systems-and-tools/")
    page.locator(".md-footer__link--prev").click()
    page.wait_for_url(f"**/{LESSON}/")
    expect(field(page, first).locator(".quiz-verdict")).to_contain_text("✗ 不对")
    expect(page.locator(".quiz-foot")).to_have_count(1)
    assert page.evaluate("window.sameDocument")


def test_an_edited_question_forgets_its_answer_alone(page: Page, address: str) -> None:
    page.goto(f"{address}{LESSON}/")
    first, second, *_ = questions()
    answer(page, first, right=True)
    answer(page, second, right=True)
    check(page)
    page.evaluate(
        """key => {
            const stored = JSON.parse(localStorage.getItem(key))
            localStorage.setItem(key, JSON.stringify({ ...stored, hash: "000000000000" }))
        }""",
        f"qingshou:2::quiz:{LESSON}/{first.id}",
    )
    page.reload()
    expect(field(page, first).locator(".quiz-verdict")).to_have_count(0)
    expect(field(page, second).locator(".quiz-verdict")).to_have_text("✓ 对")


@pytest.mark.parametrize("typed", ["訴前保全", "诉前保全。", " 诉前 保全 ", "诉前財产保全"])
def test_a_term_counts_however_it_is_written(page: Page, address: str, typed: str) -> None:
    page.goto(f"{address}{LESSON}/")
    # The real matching code on a field whose answers are known.
    fill = page.locator('fieldset[data-type="fill"]').first
    fill.locator("input").evaluate(
        "(input, accepted) => { input.dataset.accepted = JSON.stringify(accepted) }",
        ["诉前保全", "訴前保全", "诉前财产保全"],
    )
    fill.locator("input").fill(typed)
    check(page)
    good = typed != "诉前財产保全"
    expect(fill.locator(".quiz-verdict")).to_have_text("✓ 对" if good else "✗ 不对")


@pytest.mark.parametrize("write", ["{:.2f}", "{:,.2f} 元", "约 {:.2f}"])
def test_a_number_counts_with_separators_and_unit(page: Page, address: str, write: str) -> None:
    page.goto(f"{address}{LESSON}/")
    question = next(question for question in questions() if isinstance(question, Numeric))
    field(page, question).locator("input").fill(write.format(question.answer))
    check(page)
    expect(field(page, question).locator(".quiz-verdict")).to_have_text("✓ 对")


def test_progress_shows_on_the_course_page(page: Page, address: str) -> None:
    page.goto(f"{address}{LESSON}/")
    first, *_ = questions()
    answer(page, first, right=False)
    check(page)
    page.goto(f"{address}car-loan/")
    row = page.locator(".lessons-list li", has_text="课程十一")
    expect(row.locator("course-progress")).to_have_text(f"已答 1 / {len(questions())} 题")
    total = sum(len(CORPUS.questions(lesson)) for lesson in CORPUS.lessons("car-loan"))
    expect(page.locator(".lessons-summary course-progress")).to_have_text(f"已答 1 / {total} 题")


def search(page: Page, query: str) -> None:
    page.wait_for_load_state("networkidle")
    page.get_by_role("textbox", name="搜索").first.click()
    # Playwright enters Chinese without a key event, as no input method does; the theme searches on one.
    page.keyboard.insert_text(query)
    page.keyboard.press("Shift")


@pytest.mark.parametrize(
    ("query", "lesson"),
    [
        ("诉前保全", "car-loan/08-legal-collection"),
        ("M2", "car-loan/07-by-age"),
        ("上门", "car-loan/09-visits"),
        ("时效", "bank/08-legal-risks"),
        ("第五百三十九条", "law/civil-code"),
    ],
)
def test_search_finds_the_lesson_among_the_first_ten(page: Page, address: str, query: str, lesson: str) -> None:
    page.goto(address)
    search(page, query)
    found = page.locator(f".md-search-result__item:nth-child(-n+10) .md-search-result__link[href*='{lesson}']")
    expect(found.first).to_be_attached()


@pytest.mark.parametrize(
    "path",
    [
        "",
        "car-loan/",
        f"{LESSON}/",
        "car-loan/two-day/",
        "car-loan/one-day/",
        "guide/",
        "toolbox/reports/",
        "practice/",
        "practice/today/",
        "practice/notebook/",
        "practice/exam/",
        "practice/record/",
        "practice/self-harm/",
    ],
)
@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_scrolls_sideways(page: Page, address: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_timetables_stay_readable_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}car-loan/two-day/")
    table = page.locator(".schedule-day").first
    box = table.bounding_box()
    assert box
    assert box["width"] <= 390
    for row in table.locator("tbody tr").all():
        time, minutes = row.locator("td").nth(0).bounding_box(), row.locator("td").nth(2).bounding_box()
        assert time
        assert minutes
        assert abs(time["y"] - minutes["y"]) < 12, "time and duration share a line"


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_javascript_a_quiz_reads_well(page: Page, address: str) -> None:
    page.goto(f"{address}{LESSON}/")
    for question in questions():
        place = field(page, question)
        expect(place.locator("legend")).to_contain_text(re.sub(r"\s+", " ", question.stem)[:10])
        details = place.locator("details")
        expect(details).not_to_have_attribute("open", "")
        expect(details.locator("summary")).to_be_visible()
        expect(details.locator(".quiz-explanation")).to_be_hidden()
        if isinstance(question, Choice):
            for option in question.options:
                expect(place.locator(".quiz-option").nth(question.options.index(option))).to_be_visible()
    page.locator("details.quiz-answer summary").first.click()
    expect(page.locator("details.quiz-answer .quiz-explanation").first).to_be_visible()


def test_no_request_leaves_the_host(page: Page, address: str) -> None:
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url) if not request.url.startswith(address) else None)
    for lesson in ("", "car-loan/", "car-loan/two-day/", "guide/", f"{LESSON}/"):
        page.goto(address + lesson)
        page.wait_for_load_state("networkidle")
    search(page, "时效")
    page.locator(".md-search-result__link").first.wait_for()
    assert [url for url in outside if not url.startswith(("data:", "blob:"))] == []


def test_the_console_stays_empty(page: Page, address: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in ("", "car-loan/", f"{LESSON}/"):
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
    assert said == []


def printed(page: Page) -> list[str]:
    """Give the text of each printed sheet, without spaces."""
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    # Fonts map some characters to their radicals' code points; NFKC turns ⼀ back into 一.
    return [re.sub(r"\s", "", unicodedata.normalize("NFKC", sheet.extract_text())) for sheet in sheets]


def test_a_printed_lesson_shows_no_answers(page: Page, address: str) -> None:
    page.goto(f"{address}{LESSON}/")
    for question in questions():
        answer(page, question, right=True)
    check(page)
    text = "".join(printed(page))
    assert "自测" in text
    for question in questions():
        assert unicodedata.normalize("NFKC", re.sub(r"\s", "", question.explanation)) not in text, question.id
    for mark in ("✓", "✗", "答案与解析", "得分"):
        assert mark not in text


def test_a_timetable_prints_on_one_page(page: Page, address: str) -> None:
    for path in ("one-day", "two-day"):
        page.goto(f"{address}car-loan/{path}/")
        first, *_ = printed(page)
        assert "课后交流" in first, path


def test_the_instructors_edition_says_so_and_shows_notes_and_answers(page: Page, instructor_address: str) -> None:
    page.goto(f"{instructor_address}{LESSON}/")
    expect(page.locator(".edition")).to_contain_text("讲师版")
    expect(page.locator("aside.instructor").first).to_be_visible()
    expect(page.locator(".quiz-sheet")).to_be_visible()


@pytest.mark.parametrize(("asked", "scheme"), [("dark", "slate"), ("light", "default")])
def test_dark_and_light_follow_the_reader(
    page: Page, address: str, asked: Literal["dark", "light"], scheme: str
) -> None:
    page.emulate_media(color_scheme=asked)
    page.goto(address)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)


CITING = "car-loan/10-special-customers/"


def test_a_citation_shows_its_article_by_mouse(page: Page, address: str) -> None:
    page.goto(address + CITING)
    link, card = page.locator("article a.law").first, page.locator(".law-card")
    expect(card).to_be_hidden()
    link.hover()
    expect(card).to_be_visible()
    expect(card).to_contain_text("第")
    expect(link).to_have_attribute("aria-describedby", "law-card")
    # The card can be reached, and stays while the mouse is on it.
    card.hover()
    page.wait_for_timeout(400)
    expect(card).to_be_visible()
    page.mouse.move(1, 1)
    expect(card).to_be_hidden()


def test_a_citation_shows_its_article_by_keyboard(page: Page, address: str) -> None:
    page.goto(address + CITING)
    link, card = page.locator("article a.law").first, page.locator(".law-card")
    link.focus()
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/law/**")


@pytest.mark.browser_context_args(has_touch=True, viewport={"width": 390, "height": 844})
def test_a_citation_shows_its_article_by_touch(page: Page, address: str) -> None:
    page.goto(address + CITING)
    link, card = page.locator("article a.law").nth(2), page.locator(".law-card")
    link.scroll_into_view_if_needed()
    link.tap()
    expect(card).to_be_visible()
    assert page.url.endswith(CITING)
    box = card.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    card.locator("a").tap()
    page.wait_for_url("**/law/**")


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_javascript_a_citation_is_a_link_with_a_note(page: Page, address: str) -> None:
    page.goto(address + CITING)
    link = page.locator("article a.law").first
    note = page.locator(f"#{link.get_attribute('data-law')} + dd")
    page.locator(".law-notes summary").click()
    expect(note).to_be_visible()
    link.click()
    page.wait_for_url("**/law/**")


def test_notes_are_printed(page: Page, address: str) -> None:
    page.goto(address + CITING)
    gist = page.locator(".law-notes dd").first.text_content() or ""
    assert re.sub(r"\s", "", unicodedata.normalize("NFKC", gist))[:12] in "".join(printed(page))


def test_the_first_day_page_shows_what_binds_the_reader(page: Page, address: str) -> None:
    page.goto(f"{address}law/which/")
    rows = page.locator(".scope-table tbody tr:visible")
    everything = rows.count()
    page.get_by_role("combobox", name="我所在的机构").select_option("融资租赁")
    assert 0 < rows.count() < everything
    expect(rows.filter(has_text="融资租赁解释")).to_have_count(1)
    expect(rows.filter(has_text="信用卡办法")).to_have_count(0)
    page.get_by_role("combobox", name="手里的合同").select_option("融资租赁")
    expect(page.locator("section.form:visible")).to_have_count(1)
    page.reload()
    expect(page.get_by_role("combobox", name="我所在的机构")).to_have_value("融资租赁")
    expect(page.locator("section.form:visible h3")).to_contain_text("融资租赁")
