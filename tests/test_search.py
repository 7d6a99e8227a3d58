"""What the search finds, in Chromium, asked as a trainee asks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import opencc
import pytest
from material.plugins.search.plugin import Parser
from playwright.sync_api import Browser, Page, expect

from course.search import folds, index, plain, sections
from gold import answered, ask, gold, open_search

ENOUGH = 0.95
TRADITIONAL = opencc.OpenCC("s2tw")
MATERIAL = {
    "config": {"lang": ["zh"], "separator": "x"},
    "docs": [{"location": "a/#b", "title": "诉讼时效", "text": "三年 < 四年"}],
}


@pytest.fixture(scope="module")
def asking(browser: Browser, address: str) -> Iterator[Page]:
    """A page whose search field is in use."""
    page = browser.new_page(locale="zh-CN")
    open_search(page, address)
    yield page
    page.close()


def test_the_gold_set_holds_every_kind_of_query_once() -> None:
    queries = [one.query for one in gold()]
    assert len(queries) == len(set(queries)) == 120
    assert {one.kind for one in gold()} == {
        "word", "phrase", "part", "colloquial", "article", "abbreviation", "traditional", "typo",
    }  # fmt: skip


def test_the_gold_set_names_headings_that_exist(site: Path) -> None:
    sections = json.loads((site / "search/sections.json").read_text(encoding="utf-8"))["docs"]
    known = {section["location"].partition("#")[0].rstrip("/") for section in sections}
    known |= {f"{section['location'].partition('#')[0].rstrip('/')}#{section['title']}" for section in sections}
    assert {place for one in gold() for place in one.places} <= known


def test_the_answer_is_among_the_first_three_results(asking: Page, address: str) -> None:
    missed = [one.query for one in gold() if not answered(one, ask(asking, address, "", one.query)[1])]
    assert len(missed) <= len(gold()) * (1 - ENOUGH), missed


@pytest.mark.parametrize(
    "query",
    ["诉讼时效", "诉前保全", "上门催收", "失信名单", "录音", "担保物权", "车辆处置", "对账单", "情绪管理", "著作权"],
)
def test_a_traditional_query_finds_what_its_simplified_form_finds(asking: Page, address: str, query: str) -> None:
    _, simplified = ask(asking, address, "", query)
    _, traditional = ask(asking, address, "", TRADITIONAL.convert(query))
    assert traditional == simplified
    assert simplified


def test_results_lead_to_headings_of_their_page(asking: Page, address: str, site: Path) -> None:
    for one in gold()[::8]:
        _, results = ask(asking, address, "", one.query)
        assert results, one.query
        for hit in (hit for result in results for hit in result):
            html = (site / hit.page / "index.html").read_text(encoding="utf-8")
            assert not hit.fragment or f' id="{hit.fragment}"' in html, hit


def test_a_result_opens_at_its_heading_with_the_words_marked(page: Page, address: str) -> None:
    open_search(page, address)
    ask(page, address, "民法典188条")
    page.locator(".md-search-result__link", has_text="第一百八十八条").first.click()
    page.wait_for_url(re.compile(r"/law/civil-code/\?h=.*#188$"))
    expect(page.locator("[id='188']")).to_be_in_viewport()


def test_the_index_is_fetched_when_the_search_field_is_used_and_once(page: Page, address: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.rpartition("/")[2]))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.locator("a[href$='car-loan/']").first.click()
    page.wait_for_url("**/car-loan/")
    page.wait_for_load_state("networkidle")
    assert "sections.json" not in fetched
    with page.expect_response("**/sections.json"):
        page.locator("[data-md-component=search-query]").focus()
    ask(page, address, "时", "时效")
    assert fetched.count("sections.json") == 1


def test_the_file_that_every_page_fetches_is_a_stub(site: Path) -> None:
    stub = site / "search/search_index.json"
    assert stub.stat().st_size < 1000
    assert json.loads(stub.read_text(encoding="utf-8"))["docs"] == []


def test_what_a_lesson_writes_is_shown_as_text(asking: Page, address: str) -> None:
    ask(asking, address, "<img src=x onerror=alert(1)> 时效")
    assert asking.locator(".md-search-result__list img").count() == 0


def test_search_works_from_a_folder_without_a_server(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.locator("[data-md-component=search-query]").focus()
    page.keyboard.insert_text("诉前保全")
    page.keyboard.press("Shift")
    expect(page.locator(".md-search-result__link[href*='car-loan/08-legal-collection']").first).to_be_attached()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<p>甲</p>", [("p/", "页", "甲")]),
        ('<h1 id="x">题<a class="headerlink" href="#x">¶</a></h1><p>甲</p>', [("p/", "题", "甲")]),
        ('<p>前</p><h1 id="x">题</h1><p>甲</p>', [("p/", "题", "前 甲")]),
        ('<p>甲</p><h2 id="一">一</h2><p>乙</p>', [("p/", "页", "甲"), ("p/#一", "一", "乙")]),
        ('<h1 id="x">题</h1><h2>无号</h2><p>乙</p>', [("p/", "题", "无号 乙")]),
        ('<h1 id="x">诉讼<code>时效</code></h1><p>三 &lt; <em>四</em>年</p>', [("p/", "诉讼时效", "三 < 四年")]),
        ("<ul><li>甲</li><li>乙</li></ul><script>丙</script><!-- 丁 --><style>戊</style>", [("p/", "页", "甲 乙")]),
        ("甲<div data-search-exclude><div>乙</div><h2 id='b'>丙</h2></div>丁", [("p/", "页", "甲丁")]),
        ('甲<img src="x" data-search-exclude="true">乙', [("p/", "页", "甲乙")]),
        ('甲<p class="x" data-search-exclude="true">乙', [("p/", "页", "甲")]),
        ("<table><tr><td>甲</td>\n<td>乙</td></tr></table>", [("p/", "页", "甲 乙")]),
        ("", [("p/", "页", "")]),
    ],
)
def test_a_page_is_cut_into_sections_of_plain_text(content: str, found: list[tuple[str, str, str]]) -> None:
    cut = [(one["location"], one["title"], one["text"]) for one in sections(content, "p/", "页")]
    assert cut == found


def test_sections_are_those_that_material_finds(site: Path) -> None:
    """But for text after an element with headings of its own, which Material gives back to the section around it."""
    differing, count = set(), 0
    for file in site.glob("*/**/index.html"):
        html = file.read_text(encoding="utf-8")
        content = (
            html.partition('<article class="md-content__inner md-typeset">')[2].rpartition("</article>")[0].strip()
        )
        parser = Parser()
        parser.feed(content)
        theirs = [
            (one.id, plain("".join(one.title)), plain("".join(one.text)))
            for one in parser.data
            if not one.is_excluded()
        ]
        ours = [
            (one["location"].partition("#")[2] or None, one["title"], one["text"]) for one in sections(content, "", "")
        ]
        count += len(ours)
        if ours != theirs:
            differing.add(file.parent.relative_to(site).as_posix())
    assert count > 2000
    assert differing == {"law/which", "toolbox/grades"}


def test_the_index_holds_the_sections() -> None:
    written = index(json.dumps(MATERIAL))
    assert json.loads(written.sections)["docs"] == MATERIAL["docs"]
    assert json.loads(written.stub)["docs"] == []
    assert written.script == f"var __index = {written.sections}"


def test_other_forms_of_a_character_fold_into_the_one_in_use() -> None:
    assert folds({"诉"}) == "訴诉"
    assert folds(set("abc")) == ""
    assert folds({"后"}) == "後后"
