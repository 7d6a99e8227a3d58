"""Practice in a real Chromium: dialogues, the notebook, exams, papers, records; by mouse and keyboard, phone and desk."""

from __future__ import annotations

import datetime
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from conftest import ROOT
from course.corpus import Corpus
from course.scenario.model import OUTCOMES, Scenario
from course.scenario.model import Path as Way

CORPUS = Corpus(ROOT / "docs", ROOT / "quizzes")
SCENARIOS = CORPUS.scenario_ids()
LESSON = "overdue-control/01-concepts"
PREFIX = "qingshou:2::"


def scenario(identifier: str) -> Scenario:
    found = CORPUS.scenario(identifier)
    assert found
    assert found.model
    return found.model


def bank(site: Path, course: str, name: str = "") -> Any:
    text = (site / f"assets/bank/{course}{name}.js").read_text(encoding="utf-8")
    return json.loads(text[text.index(",") + 1 : text.rindex(")")])


def stored(page: Page) -> dict[str, Any]:
    return {
        key: json.loads(value) if value else None
        for key, value in page.evaluate("() => ({ ...localStorage })").items()
        if key.startswith("qingshou:")
    }


def put(page: Page, **records: Any) -> None:
    """Store records before the next page reads them."""
    for key, value in records.items():
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, json.dumps(value)])


def keep_errors(page: Page) -> list[str]:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
    return errors


# Dialogues


def covering(found: Scenario) -> list[Way]:
    """Ways that together take every choice of a scenario at least once, found greedily."""
    missing = {(key, place) for key, place, _ in found.edges()}
    ways: list[Way] = []
    for way, _ in sorted(found.paths(), key=lambda each: len(each[0]), reverse=True):
        if missing & set(way):
            missing -= set(way)
            ways.append(way)
        if not missing:
            break
    return ways


def expected(found: Scenario, way: Way) -> dict[str, str]:
    """What the debrief must say, by the rules on the practice page."""
    choices = [found.nodes[key].choices[place] for key, place in way]
    ending = found.endings[choices[-1].next]
    turned = [choice.later.outcome for choice in choices if choice.later and choice.later.outcome]
    outcome = "complaint" if "complaint" in turned else turned[-1] if turned else ending.outcome
    trust = sum(max(-1, min(1, choice.trust)) for choice in choices) / len(choices)
    violations = sum(choice.verdict == "violation" for choice in choices)
    return {
        "收场": OUTCOMES[outcome],
        "结果": f"{min(ending.result, 1) if turned else ending.result} / 5",
        # As JavaScript rounds: halves up.
        "关系": f"{int((trust + 1) * 2.5 + 0.5)} / 5",
        "合规": f"未通过：违规 {violations} 处" if violations else "通过：没有违规",
    }


@pytest.mark.parametrize("identifier", SCENARIOS)
def test_every_choice_of_every_scenario_can_be_played(page: Page, address: str, identifier: str) -> None:
    errors = keep_errors(page)
    page.goto(f"{address}practice/{identifier}/")
    expect(page.locator(".scenario-choices")).to_be_visible()
    found = scenario(identifier)
    for way in covering(found):
        # Clicks from within the page: hundreds of them.
        said = page.evaluate(
            """places => {
                const root = document.querySelector("course-scenario")
                for (const place of places) root.querySelectorAll(".scenario-choices button")[place].click()
                const scores = [...root.querySelectorAll(".scenario-scores > div")].map(each => [...each.children].map(part => part.textContent))
                const laters = root.querySelectorAll(".scenario-laters li").length
                const title = root.querySelector(".scenario-debrief .scenario-title").textContent
                const steps = root.querySelectorAll(".scenario-review li").length
                const comments = root.querySelectorAll(".scenario-comment").length
                root.querySelector(".scenario-tools button").click()
                return { scores: Object.fromEntries(scores), laters, title, steps, comments }
            }""",
            [place for _, place in way],
        )
        choices = [found.nodes[key].choices[place] for key, place in way]
        assert said["scores"] == expected(found, way)
        assert said["title"] == found.endings[choices[-1].next].title
        assert said["laters"] == sum(choice.later is not None for choice in choices)
        assert said["steps"] == len(way)
        assert said["comments"] == (len(way) if found.comments == "at-once" else 0)
    record = stored(page)[f"{PREFIX}scenario:{identifier}"]
    assert set(record["endings"]) == {
        found.nodes[key].choices[place].next for way in covering(found) for key, place in way[-1:]
    }
    assert errors == []


def test_a_call_is_played_by_keyboard_and_taken_back(page: Page, address: str) -> None:
    page.goto(f"{address}practice/m1-reminder/")
    found = scenario("m1-reminder")
    (way, _), *_ = found.paths("good")
    page.locator(".scenario-choices button").first.focus()
    for key, place in way:
        for _ in range(place):
            page.keyboard.press("Tab")
        words = found.nodes[key].choices[place].text
        expect(page.locator(".scenario-choices button:focus")).to_contain_text(words)
        page.keyboard.press("Enter")
    expect(page.locator(".scenario-debrief")).to_be_focused()
    expect(page.locator(".scenario-scores")).to_contain_text("通过：没有违规")
    expect(page.locator(".scenario-seen")).to_have_text(f"走到过 1 / {len(found.endings)} 种结局")
    page.get_by_role("button", name="退回一步").click()
    expect(page.locator(".scenario-debrief")).to_have_count(0)
    expect(page.locator(":is(.scenario-said, .scenario-did)")).to_have_count(len(way) - 1)
    page.goto(f"{address}practice/record/")
    expect(page.locator("table", has_text="情景模拟").locator("tbody tr")).to_contain_text(found.title)
    page.goto(f"{address}practice/")
    expect(page.locator("course-endings").first).to_contain_text(
        f"走到过 1 / {len(found.endings)} 种结局，最好一次：结果"
    )


def test_comments_come_at_once_for_novices_and_at_the_end_for_others(page: Page, address: str) -> None:
    page.goto(f"{address}practice/m1-reminder/")
    page.locator(".scenario-choices button").first.click()
    expect(page.locator(".scenario-comment")).to_have_count(1)
    page.goto(f"{address}practice/self-harm/")
    page.locator(".scenario-choices button").first.click()
    expect(page.locator(".scenario-said, .scenario-did")).to_have_count(1)
    expect(page.locator(".scenario-comment")).to_have_count(0)


def test_a_call_survives_instant_navigation_without_a_second_stage(page: Page, address: str) -> None:
    page.goto(f"{address}practice/m1-reminder/")
    expect(page.locator(".scenario-play")).to_have_count(1)
    page.evaluate("window.sameDocument = true")
    page.locator(".md-footer__link--next").click()
    page.wait_for_url("**/broken-promise/")
    expect(page.locator(".scenario-play")).to_have_count(1)
    page.go_back()
    page.wait_for_url("**/m1-reminder/")
    expect(page.locator(".scenario-play")).to_have_count(1)
    assert page.evaluate("window.sameDocument")


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    yield context.new_page()
    context.close()


def test_without_a_script_a_call_is_a_book(plain: Page, address: str) -> None:
    plain.goto(f"{address}practice/m1-reminder/")
    found = scenario("m1-reminder")
    choice = found.nodes[found.start].choices[-1]
    plain.get_by_role("link", name=choice.text).click()
    assert plain.url.endswith(f"#m1-reminder--{choice.next}")
    expect(plain.locator(f"#m1-reminder--{choice.next}")).to_be_visible()


# Who is learning


def test_each_learner_has_records_of_their_own(page: Page, address: str) -> None:
    page.goto(f"{address}practice/record/")
    page.get_by_label("你的姓名或工号").fill("甲 0317")
    page.keyboard.press("Enter")
    page.goto(f"{address}{LESSON}/")
    miss(page)
    expect(page.locator(".quiz-verdict").first).to_be_visible()
    chooser = page.get_by_label("学员（换人在这里选）")
    chooser.select_option(label="添一位学员……")
    page.get_by_label("新学员的姓名或工号").fill("乙")
    page.get_by_role("button", name="用这个名字").click()
    expect(page.locator(".quiz-verdict")).to_have_count(0)
    chooser.select_option("甲 0317")
    expect(page.locator(".quiz-verdict").first).to_be_visible()
    names = {key.split(":")[2] for key in stored(page) if key.startswith("qingshou:2:")}
    assert names == {"%E7%94%B2%200317"}


def miss(page: Page, count: int = 1) -> None:
    """Answer the first choice questions of a page's quiz wrong, and check."""
    fields = page.locator("fieldset[data-type='single']")
    for number in range(count):
        fields.nth(number).locator("input:not([data-right])").first.check()
    page.get_by_role("button", name="检查", exact=True).click()


def test_a_lesson_does_not_ask_for_a_name(page: Page, address: str) -> None:
    page.goto(f"{address}{LESSON}/")
    expect(page.locator(".quiz-foot")).to_be_visible()
    expect(page.locator(".learner")).to_have_count(0)


# The notebook


@pytest.mark.parametrize("width", [390, 1280])
def test_wrong_answers_come_back_after_1_3_7_14_30_days(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    day = datetime.datetime(2026, 11, 23, 9, 0)
    page.clock.set_fixed_time(day)
    page.goto(f"{address}{LESSON}/")
    miss(page)
    page.goto(f"{address}practice/notebook/")
    expect(page.locator(".practice-counts")).to_have_text("今天到期 0 题 · 等着 1 题 · 已完成 0 题")
    expect(page.locator(".practice-note")).to_have_text("今天没有到期的题。最近的一题在 2026-11-24。")
    for days, said in ((1, "第 2 盒，2026-11-27 再来"), (3, "第 3 盒，2026-12-04 再来"), (7, "第 4 盒，2026-12-18 再来"),
                       (14, "第 5 盒，2027-01-17 再来"), (30, "五盒走完，这题完成了")):  # fmt: skip
        day += datetime.timedelta(days=days)
        page.clock.set_fixed_time(day)
        page.reload()
        page.get_by_role("button", name="开始做今天的 1 题").press("Enter")
        right = page.locator("input[data-right]")
        right.focus()
        page.keyboard.press("Space")
        page.get_by_role("button", name="检查", exact=True).press("Enter")
        expect(page.locator(".quiz-result")).to_have_text(said)
        expect(page.locator(".practice-source a")).to_have_attribute("href", re.compile(rf"/{LESSON}/#."))
    page.get_by_role("button", name="下一题").click()
    expect(page.locator(".practice-counts")).to_have_text("今天到期 0 题 · 等着 0 题 · 已完成 1 题")


def test_wrong_again_starts_over_and_an_answer_can_be_taken_back(page: Page, address: str) -> None:
    page.clock.set_fixed_time(datetime.datetime(2026, 11, 23))
    page.goto(f"{address}{LESSON}/")
    miss(page)
    ((key, record),) = ((key, value) for key, value in stored(page).items() if ":box:" in key)
    put(page, **{key: {**record, "box": 3, "due": "2026-11-23"}})
    page.goto(f"{address}practice/notebook/")
    page.get_by_role("button", name="开始做今天的 1 题").click()
    page.locator("fieldset input:not([data-right])").first.check()
    page.get_by_role("button", name="检查", exact=True).click()
    expect(page.locator(".quiz-result")).to_have_text("第 1 盒，2026-11-24 再来")
    page.get_by_role("button", name="撤回这次作答").click()
    expect(page.locator(".practice-counts")).to_have_text("今天还有 1 题")
    assert stored(page)[key] == {**record, "box": 3, "due": "2026-11-23"}


def test_an_edited_question_leaves_the_notebook_alone(page: Page, address: str) -> None:
    page.goto(f"{address}{LESSON}/")
    miss(page, 2)
    (first, record), (second, _) = ((key, value) for key, value in stored(page).items() if ":box:" in key)
    put(page, **{first: {**record, "hash": "000000000000"}})
    page.goto(f"{address}practice/notebook/")
    expect(page.locator(".practice-note").first).to_have_text("有 1 题改过或者删了，已从错题本拿掉。")
    assert [key for key in stored(page) if ":box:" in key] == [second]


def test_the_notebook_is_emptied_and_brought_back(page: Page, address: str) -> None:
    page.goto(f"{address}{LESSON}/")
    miss(page, 2)
    page.goto(f"{address}practice/notebook/")
    page.get_by_role("button", name="清空错题本").click()
    page.get_by_role("button", name="确定清空").click()
    expect(page.get_by_text("清空了 2 题。")).to_be_visible()
    page.get_by_role("button", name="撤销清空").click()
    expect(page.locator(".practice-counts")).to_have_text("今天到期 0 题 · 等着 2 题 · 已完成 0 题")


# Exams


def start_exam(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}practice/exam/{query}")
    page.get_by_role("button", name="开始").click()
    expect(page.locator(".practice-clock")).to_be_visible()


def paper(page: Page) -> list[list[str]]:
    fields = page.locator("course-exam fieldset")
    return [field.locator("legend > span, label, option").all_inner_texts() for field in fields.all()]


def test_a_seed_makes_the_same_paper_and_covers_every_objective(page: Page, address: str, site: Path) -> None:
    lessons = bank(site, "overdue-control")["lessons"]
    objectives = {f"{lesson['path']} {key}" for lesson in lessons for key in lesson["objectives"]}
    query = f"?scope=overdue-control&count={len(objectives)}&minutes=10&seed=0317"
    start_exam(page, address, query)
    once = paper(page)
    keys = page.locator("course-exam fieldset").evaluate_all("all => all.map(each => each.dataset.objective)")
    assert len(once) == len(objectives)
    assert sorted(keys) == sorted(key.split()[1] for key in objectives)
    page.evaluate("localStorage.clear()")
    start_exam(page, address, query)
    assert paper(page) == once
    page.evaluate("localStorage.clear()")
    start_exam(page, address, query.replace("0317", "0318"))
    assert paper(page) != once


def answer_all(page: Page, *, right: bool) -> None:
    """Fill in the whole paper from within the page."""
    page.locator("course-exam form").evaluate(
        """(form, right) => {
            for (const input of form.querySelectorAll("input[type=radio], input[type=checkbox]")) {
                const chosen = ("right" in input.dataset) === right
                if (input.type === "checkbox") input.checked = chosen
                else if (chosen) input.checked = true
            }
            for (const select of form.querySelectorAll("select")) {
                const place = Number(select.dataset.right)
                select.selectedIndex = 1 + (right ? place : (place + 1) % (select.options.length - 1))
            }
            for (const input of form.querySelectorAll("input[type=text]")) {
                const { accepted, answer } = input.dataset
                input.value = right ? (accepted ? JSON.parse(accepted)[0] : answer) : "999999"
            }
            form.dispatchEvent(new Event("change"))
        }""",
        right,
    )


def test_there_is_no_feedback_before_the_end_and_the_score_is_by_objective(page: Page, address: str) -> None:
    page.goto(f"{address}practice/exam/")
    page.get_by_label("你的姓名或工号").fill("甲")
    page.keyboard.press("Enter")
    start_exam(page, address, "?scope=overdue-control&count=12&minutes=10&seed=7")
    expect(page.locator("course-exam .quiz-answer:visible")).to_have_count(0)
    answer_all(page, right=True)
    expect(page.locator(".quiz-count")).to_have_text("12 / 12 已答")
    expect(page.locator("course-exam .quiz-verdict")).to_have_count(0)
    page.get_by_role("button", name="交卷").press("Enter")
    sheet = page.locator(".practice-sheet")
    expect(sheet).to_be_focused()
    expect(sheet.locator(".practice-sheet-title")).to_have_text("模拟考试成绩：12 / 12（100 分）")
    expect(sheet).to_contain_text("这是练习，不是考试记录")
    expect(sheet.locator("dd").first).to_have_text("甲")
    expect(sheet.locator("tbody td:last-child").first).to_have_text("1 / 1")
    assert not [key for key in stored(page) if ":box:" in key]


def test_wrong_ones_go_into_the_notebook_and_blanks_are_asked_for_once(page: Page, address: str) -> None:
    start_exam(page, address, "?scope=overdue-control&count=6&minutes=10&seed=7")
    page.get_by_role("button", name="交卷").click()
    expect(page.locator(".practice-status")).to_have_text("还有 6 题没答；再按一次就交卷")
    answer_all(page, right=False)
    page.get_by_role("button", name="交卷").click()
    expect(page.locator(".practice-facts")).to_contain_text("6 题，已放进错题本")
    records = stored(page)
    assert len([key for key in records if ":box:" in key]) == 6
    ((_, result),) = ((key, value) for key, value in records.items() if ":exam:" in key)
    assert (result["seed"], result["of"], len(result["wrong"])) == ("7", 6, 6)
    page.goto(f"{address}practice/record/")
    expect(page.locator("table", has_text="模拟考试（练习")).to_contain_text("逾期")


def test_time_runs_out_and_what_is_under_way_survives_a_reload(page: Page, address: str) -> None:
    page.clock.install(time=datetime.datetime(2026, 11, 23, 9, 0))
    start_exam(page, address, "?scope=overdue-control&count=6&minutes=5&seed=7")
    page.locator("course-exam fieldset input[type=radio]").first.check()
    once = paper(page)
    page.reload()
    expect(page.locator(".practice-clock")).to_be_visible()
    assert paper(page) == once
    expect(page.locator("course-exam fieldset input[type=radio]").first).to_be_checked()
    page.clock.fast_forward("04:30")
    expect(page.locator(".practice-clock")).to_contain_text("剩 0:")
    page.clock.fast_forward("00:40")
    expect(page.locator(".practice-sheet")).to_be_visible()


def test_the_result_sheet_is_printed_without_the_questions(page: Page, address: str) -> None:
    start_exam(page, address, "?scope=overdue-control&count=6&minutes=10&seed=7")
    answer_all(page, right=False)
    page.get_by_role("button", name="交卷").click()
    page.emulate_media(media="print")
    expect(page.locator(".practice-sheet")).to_be_visible()
    expect(page.locator("course-exam fieldset:visible")).to_have_count(0)
    expect(page.get_by_role("button", name="打印成绩单")).to_be_hidden()


# Papers and results, in the instructor's edition


def test_papers_a_and_b_differ_and_the_key_is_apart(page: Page, instructor_address: str) -> None:
    page.goto(f"{instructor_address}practice/papers/")
    page.get_by_label("范围").select_option("overdue-control")
    page.get_by_role("button", name="出卷").click()
    sheets = {name: page.locator(f"[data-paper='{name}']") for name in ("A", "B", "key")}
    expect(sheets["A"].locator("fieldset")).to_have_count(20)
    expect(sheets["B"].locator("fieldset")).to_have_count(20)
    assert sheets["A"].inner_text() != sheets["B"].inner_text()
    expect(page.locator("[data-paper] .quiz-answer")).to_have_count(0)
    expect(sheets["key"].locator("li")).to_have_count(40)
    # The key fits: the letters of the right options as they are printed.
    field = sheets["A"].locator("fieldset[data-type='single']").first
    place = sheets["A"].locator("fieldset").evaluate_all("(all, one) => all.indexOf(one)", field.element_handle())
    letter = field.locator("label:has([data-right]) .quiz-letter").inner_text()
    expect(sheets["key"].locator("li").nth(place)).to_have_text(re.compile(rf"^{letter}（"))
    page.evaluate("window.print = () => { window.printed = document.querySelector('course-papers').dataset.print }")
    page.get_by_role("button", name="打印 B 卷").click()
    assert page.evaluate("window.printed") == "B"


def test_results_of_many_are_merged(page: Page, instructor_address: str, site: Path, tmp_path: Path) -> None:
    questions = [question for lesson in bank(site, "overdue-control")["lessons"] for question in lesson["questions"]]

    def hand_in(name: str, *scores: float) -> Path:
        records = {
            f"quiz:{question['id']}": {"hash": question["hash"], "answer": [], "score": score}
            for question, score in zip(questions, scores, strict=False)
        }
        file = tmp_path / f"{name}.json"
        data = {
            "format": "qingshou-results",
            "version": 2,
            "learner": name,
            "written": "2026-11-22",
            "records": records,
        }
        file.write_text(json.dumps(data), encoding="utf-8")
        return file

    torn = tmp_path / "torn.json"
    torn.write_text('{"format": "qing', encoding="utf-8")
    page.goto(f"{instructor_address}practice/results/")
    files = [hand_in("甲", 1, 0), hand_in("乙", 0.5, 0), torn]
    page.locator("input[type=file]").set_input_files([str(file) for file in files])
    expect(page.locator(".practice-status")).to_have_text("已合并 2 人；torn.json 没有读：不是完整的 JSON")
    people = page.locator("table", has_text="谁做了什么")
    expect(people.locator("tr", has_text="甲")).to_contain_text("答 2 / 36，对 1")
    missed = page.locator("table", has_text="错得最多的题").locator("tbody tr")
    expect(missed.first).to_contain_text("2 / 2")
    expect(missed.nth(1)).to_contain_text("1 / 2")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载成表格（CSV）").click()
    assert "甲" in Path(download.value.path()).read_text(encoding="utf-8-sig")


def test_the_instructors_pages_are_in_no_other_edition(site: Path, instructor_site: Path) -> None:
    for name in ("papers", "results"):
        assert (instructor_site / f"practice/{name}/index.html").exists()
        assert not (site / f"practice/{name}").exists()


# Today


def test_today_offers_a_section_two_questions_and_where_one_stopped(page: Page, address: str, site: Path) -> None:
    page.clock.install(time=datetime.datetime(2026, 11, 23, 9, 0))
    page.goto(f"{address}practice/today/")
    page.get_by_label("按哪条路径学").select_option("overdue-control")
    lesson = bank(site, "overdue-control")["lessons"][0]
    first, second, *_ = lesson["sections"]
    card = page.locator(".practice-card-title a")
    expect(card).to_have_text(first["title"])
    expect(page.locator("course-today fieldset")).to_have_count(2)
    card.click()
    page.wait_for_url(f"**/{LESSON}/#*")
    page.locator(f"h2[id='{first['id']}']").scroll_into_view_if_needed()
    page.clock.run_for(120_000)
    assert first["id"] in stored(page)[f"{PREFIX}read:{lesson['path']}"]["sections"]
    page.goto(f"{address}practice/today/")
    expect(page.get_by_text("上次停在：")).to_contain_text(lesson["title"])
    expect(card).not_to_have_text(first["title"])
    page.get_by_role("button", name="换一节").click()
    expect(card).not_to_have_text(second["title"])
    for field in page.locator("course-today fieldset").all():
        wrong(field)
    page.get_by_role("button", name="检查", exact=True).click()
    expect(page.locator(".quiz-result")).to_have_text("答对 0 / 2")
    assert len([key for key in stored(page) if ":box:" in key]) == 2


def wrong(field: Locator) -> None:
    field.evaluate(
        """field => {
            const input = field.querySelector("input:not([data-right])")
            if (input.type === "text") input.value = "999999"
            else input.checked = true
            for (const select of field.querySelectorAll("select")) select.selectedIndex = 1 + (Number(select.dataset.right) ? 0 : 1)
        }"""
    )


# Records


def test_records_are_exported_cleared_brought_back_and_imported_elsewhere(
    page: Page, address: str, tmp_path: Path
) -> None:
    page.goto(f"{address}{LESSON}/")
    miss(page)
    page.goto(f"{address}practice/record/")
    row = page.locator(".practice-course", has_text="贷款逾期控制")
    expect(row.locator("summary")).to_contain_text("答 1 / ")
    with page.expect_download() as download:
        page.get_by_role("button", name="导出我的记录").click()
    file = tmp_path / "records.json"
    download.value.save_as(file)
    page.get_by_role("button", name="清空我的记录").click()
    page.get_by_role("button", name="确定清空").click()
    assert not [key for key in stored(page) if key.startswith(PREFIX)]
    page.get_by_role("button", name="撤销清空").click()
    expect(row.locator("summary")).to_contain_text("答 1 / ")
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(row.locator("summary")).to_contain_text("答 0 / ")
    page.get_by_label("从文件导入").set_input_files(str(file))
    expect(page.locator(".practice-status")).to_have_text(re.compile(r"^导入了 \d+ 条记录。$"))
    expect(row.locator("summary")).to_contain_text("答 1 / ")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"format": ', "这个文件读不出来：不是完整的 JSON。原来的记录没有动。"),
        ('{"a": 1}', "这不是本站导出的记录文件。原来的记录没有动。"),
        (
            '{"format": "qingshou-results", "version": 9, "records": {}}',
            "这个文件是第 9 版的格式，本站读第 2 版。原来的记录没有动。",
        ),
    ],
)
def test_a_file_that_is_none_changes_nothing(page: Page, address: str, tmp_path: Path, content: str, told: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(content, encoding="utf-8")
    page.goto(f"{address}{LESSON}/")
    miss(page)
    before = stored(page)
    page.goto(f"{address}practice/record/")
    page.get_by_label("从文件导入").set_input_files(str(file))
    expect(page.locator(".practice-status")).to_have_text(told)
    assert stored(page) == before


def test_a_damaged_record_costs_itself_alone_and_is_kept(page: Page, address: str) -> None:
    page.goto(f"{address}{LESSON}/")
    miss(page, 2)
    first, second = (key for key in stored(page) if ":quiz:" in key)
    page.evaluate("key => localStorage.setItem(key, '{torn')", first)
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("有记录读不出来，已经另外存好")
    expect(page.locator(".quiz-verdict")).to_have_count(1)
    raw = page.evaluate("() => ({ ...localStorage })")
    assert raw[f"qingshou:damaged:{first}"] == "{torn"
    assert first not in raw
    assert second in raw
    page.get_by_role("button", name="知道了").click()
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize(
    "value", ["null", "[]", "7", '"x"', "{}", '{"hash": 1, "answer": {}, "score": "x"}', '{"box": "x", "due": 7}']
)
def test_records_of_any_shape_break_nothing(page: Page, address: str, value: str) -> None:
    errors = keep_errors(page)
    page.goto(f"{address}{LESSON}/")
    miss(page)
    for key in (
        *stored(page),
        f"{PREFIX}scenario:m1-reminder",
        f"{PREFIX}exam:open",
        f"{PREFIX}read:{LESSON}.md",
        "qingshou:learner",
        "qingshou:learners",
    ):
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, value])
    for path, shown in ((f"{LESSON}/", ".quiz-foot"), ("practice/", "course-endings"), ("practice/notebook/", ".practice-counts"),
                        ("practice/exam/", ".practice-setup"), ("practice/record/", ".practice-course"),
                        ("practice/today/", ".practice-card"), ("practice/m1-reminder/", ".scenario-choices")):  # fmt: skip
        page.goto(f"{address}{path}")
        expect(page.locator(shown).first).to_be_visible()
    assert errors == []


BLOCKED = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError') } })"
)
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"


@pytest.mark.parametrize(
    ("obstacle", "told"),
    [(BLOCKED, "这个浏览器不让网站保存记录"), (FULL, "浏览器的存储空间满了")],
    ids=["blocked", "full"],
)
def test_without_storage_practice_works_until_the_page_is_closed(
    page: Page, address: str, obstacle: str, told: str
) -> None:
    errors = keep_errors(page)
    page.add_init_script(obstacle)
    page.goto(f"{address}{LESSON}/")
    expect(page.get_by_role("alert")).to_have_count(0)
    miss(page)
    expect(page.get_by_role("alert")).to_contain_text(told)
    expect(page.locator(".quiz-verdict").first).to_be_visible()
    # Without a reload, what was answered is still known.
    page.locator(".md-footer__link--next").click()
    page.wait_for_url("**/02-causes/")
    page.locator(".md-footer__link--prev").click()
    page.wait_for_url(f"**/{LESSON}/")
    expect(page.locator(".quiz-verdict").first).to_be_visible()
    # The theme itself trips over blocked storage.
    assert [error for error in errors if error != "blocked"] == []


def test_records_of_the_first_version_are_taken_over(page: Page, address: str) -> None:
    page.goto(f"{address}{LESSON}/")
    miss(page)
    (key,) = (key for key in stored(page) if ":quiz:" in key)
    record = stored(page)[key]
    page.evaluate("localStorage.clear()")
    put(page, **{key.replace("qingshou:2::quiz:", "qingshou:quiz:"): record})
    page.reload()
    expect(page.locator(".quiz-verdict")).to_have_count(1)
    assert stored(page) == {key: record}


# Cost


def test_all_of_practice_weighs_thirty_kilobytes_and_is_fetched_when_needed(
    page: Page, address: str, site: Path
) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.rsplit("/", 1)[-1]))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    ours = {file.name for file in (site / "assets").iterdir() if file.suffix in (".js", ".css")}
    assert ours & set(fetched) == {
        "site.js",
        "site.css",
        "search.js",
    }
    # Weighed as they are written, which is more than what is sent; the quiz has a budget of its own.
    sources = {file.name: file for file in (ROOT / "docs/assets").iterdir() if file.suffix in (".js", ".css")}
    others = {
        "search.js",
        "search-worker.js",
        "scroll.js",
        "law.js",
        "scope.js",
        "brand.css",
        "course.css",
        "law.css",
        "quiz.css",
        "question.js",
        "quiz.js",
        "progress.js",
        "class.css",
    }
    sizes = {name: len(gzip.compress(sources[name].read_bytes(), 9)) for name in sources.keys() - others}
    assert sum(sizes.values()) <= 30 * 1024, sizes
