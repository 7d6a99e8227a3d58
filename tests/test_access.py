"""Who cannot see well, uses no mouse or is troubled by motion uses all of it: judged by axe, by vnu and in Chromium."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

import tools
from conftest import Served

LESSON = "car-loan/11-vehicle-disposal/"
"""A lesson whose quiz has all eight types."""
DESK, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)

RUN_AXE = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"], preload: false })
    const told = (id, { target, html }) => `${id}: ${target.join(" ")} ${html.slice(0, 200)}`
    return violations.flatMap(({ id, nodes }) => nodes.map(node => told(id, node)))
}"""

LOOKS = [(size, scheme) for size in (DESK, PHONE) for scheme in ("default", "slate")]


def change(page: Page, size: ViewportSize, scheme: str) -> None:
    page.set_viewport_size(size)
    page.evaluate("scheme => document.querySelector(`input[data-md-color-scheme=${scheme}]`).click()", scheme)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)


@pytest.fixture(scope="module")
def axe() -> str:
    return tools.AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def vnu() -> Callable[..., list[str]]:
    return tools.errors_of_vnu


@pytest.fixture(scope="module")
def still(browser: Browser) -> Iterator[Page]:
    """One page for all that axe judges; nothing on it is half faded in."""
    context = browser.new_context(viewport=DESK, locale="zh-CN", reduced_motion="reduce", color_scheme="light")
    yield context.new_page()
    context.close()


def pages(site: Path) -> list[str]:
    found = sorted(path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("*.html"))
    assert "404.html" in found
    assert len(found) > 200
    return found


# Every page


def test_axe_finds_no_fault_on_any_page(still: Page, axe: str, trainee: Served) -> None:
    """Every fourth page in light on a desk, which keeps `make test` short; with `make axe` all of them in all looks."""
    every = "EVERY_PAGE" in os.environ
    outside: list[str] = []
    still.on("request", lambda asked: outside.append(asked.url) if not asked.url.startswith(trainee.address) else None)
    faults = []
    for path in pages(trainee.folder)[:: 1 if every else 4]:
        still.goto(trainee.address + path)
        still.evaluate(axe)
        for look in LOOKS if every else LOOKS[:1]:
            change(still, *look)
            faults += [f"{path} {look}: {fault}" for fault in still.evaluate(RUN_AXE)]
    assert faults == []
    assert [url for url in outside if not url.startswith(("data:", "blob:"))] == []


def test_vnu_finds_no_error_on_any_page(vnu: Callable[..., list[str]], trainee: Served, instructor: Served) -> None:
    assert vnu([trainee.folder, instructor.folder]) == []


# What pages become, in light and dark, on a desk and on a phone


def answer_anyhow(page: Page) -> None:
    page.evaluate("localStorage.clear()")
    page.reload()
    page.locator(".quiz").first.wait_for()
    page.evaluate("""() => document.querySelectorAll(".quiz fieldset").forEach(field => {
        field.querySelector("input, select").click()
        for (const input of field.querySelectorAll("input[type=text]")) input.value = "7"
        for (const select of field.querySelectorAll("select")) select.selectedIndex = 1
        field.dispatchEvent(new Event("change", { bubbles: true }))
    })""")
    page.get_by_role("button", name="检查", exact=True).click()
    expect(page.locator(".quiz-verdict").first).to_be_visible()


def say_something(page: Page) -> None:
    page.locator(".scenario-choices button").first.click()
    expect(page.locator(".scenario-said, .scenario-did").first).to_be_visible()


def play_to_the_end(page: Page) -> None:
    for _ in range(30):
        if page.locator(".scenario-debrief").count():
            break
        page.locator(".scenario-choices button").last.click()
    expect(page.locator(".scenario-debrief")).to_be_visible()
    page.locator(".scenario-review summary").click()


def begin_an_exam(page: Page) -> None:
    page.get_by_role("button", name="开始").click()
    expect(page.locator(".practice-clock")).to_be_visible()


def search_something(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    page.keyboard.insert_text("诉讼时效")
    page.keyboard.press("Shift")
    page.locator(".md-search-result__link").first.wait_for()


def open_the_drawer(page: Page) -> None:
    page.evaluate("document.querySelector('#__drawer').checked = true")


def show_a_citation(page: Page) -> None:
    page.locator("article a.law").first.focus()
    expect(page.locator(".law-card")).to_be_visible()


STATES: list[tuple[str, Callable[[Page], None] | None]] = [
    ("", None),
    (LESSON, answer_anyhow),
    ("practice/notebook/", None),
    ("practice/today/", None),
    ("practice/angry/", say_something),
    ("practice/angry/", play_to_the_end),
    ("practice/exam/", None),
    ("practice/exam/", begin_an_exam),
    ("practice/record/", None),
    ("car-loan/two-day/", None),
    ("car-loan/10-special-customers/", show_a_citation),
    ("law/pipl/", None),
    ("law/which/", None),
    ("toolbox/grades/", None),
    ("glossary/", None),
    ("404.html", None),
    ("glossary/", search_something),
    ("car-loan/", open_the_drawer),
]


@pytest.mark.parametrize(("path", "act"), STATES, ids=lambda value: getattr(value, "__name__", value))
def test_axe_finds_no_fault_in_any_look(
    still: Page, axe: str, address: str, path: str, act: Callable[[Page], None] | None
) -> None:
    still.set_viewport_size(DESK)
    still.goto(address + path)
    if act:
        act(still)
    still.evaluate(axe)
    faults = []
    for look in reversed(LOOKS):
        change(still, *look)
        faults += [f"{look}: {fault}" for fault in still.evaluate(RUN_AXE)]
    assert faults == []


# The keyboard

SHOWS_FOCUS = """async () => {
    const element = document.activeElement
    if (!element || element === document.body) return null
    const seen = each => {
        const { width, height, left, right, top, bottom } = each.getBoundingClientRect()
        const style = getComputedStyle(each)
        return each.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && width > 1 && height > 1
            && right > 0 && left < innerWidth && bottom > 0 && top < innerHeight
            && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
    }
    // A control that draws nothing itself has its ring on the label that does.
    const labels = [element.nextElementSibling, ...element.labels ?? []].filter(each => each?.tagName === "LABEL")
    const name = `${element.tagName} ${element.className} ${element.id} ${element.textContent.trim().slice(0, 20)}`
    // In a narrow window the search field opens when it is reached.
    const deadline = performance.now() + 1000
    while (![element, ...labels].some(seen)) {
        if (performance.now() > deadline) return { name, seen: false }
        await new Promise(requestAnimationFrame)
    }
    return { name, seen: true }
}"""


DRAWN = {
    "practice/record/": ".practice-course",
    "practice/exam/": ":is(.practice-setup, .practice-bar)",
    "practice/angry/": ".scenario-play",
}
"""What a page's script draws once it has what it needs."""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "path", ["", LESSON, "practice/angry/", "practice/exam/", "practice/record/", "law/which/", "toolbox/grades/"]
)
def test_focus_is_seen_wherever_tab_leads(still: Page, address: str, path: str, width: int) -> None:
    still.set_viewport_size({"width": width, "height": 844})
    still.goto(address + path)
    still.wait_for_load_state("networkidle")
    if path in DRAWN:
        still.locator(DRAWN[path]).first.wait_for()
    lost, stops = [], 0
    while stops < 400:
        still.keyboard.press("Tab")
        focus = still.evaluate(SHOWS_FOCUS)
        if focus is None:
            break
        stops += 1
        if not focus["seen"]:
            lost.append(focus["name"])
    assert lost == []
    assert 8 < stops < 400


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def tab_to(page: Page, text: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page) == text:
            return
    pytest.fail(f"Tab does not reach {text}")


def test_the_drawer_of_a_narrow_window_is_used_by_keyboard(still: Page, address: str) -> None:
    still.set_viewport_size(PHONE)
    still.goto(address + LESSON)
    drawer = still.locator(".md-sidebar--primary")
    expect(drawer).to_be_hidden()
    tab_to(still, "目录")
    still.keyboard.press("Enter")
    expect(drawer.get_by_role("link", name="课程一 车贷业务概况及主要类型")).to_be_visible()
    # Up to the courses, and into another one.
    tab_to(still, "车贷催收")
    still.keyboard.press("Enter")
    tab_to(still, "法规库")
    still.keyboard.press("Enter")
    still.wait_for_url("**/law/")


def test_results_of_a_search_that_is_closed_take_no_focus(still: Page, address: str) -> None:
    still.set_viewport_size(DESK)
    still.goto(address)
    search_something(still)
    still.keyboard.press("ArrowDown")
    assert "md-search-result__link" in still.evaluate("document.activeElement.className")
    still.keyboard.press("Escape")
    expect(still.locator(".md-search-result__link").first).to_be_hidden()
    still.get_by_role("textbox", name="搜索").focus()
    still.keyboard.press("Tab")
    assert re.search("md-tabs__link", still.evaluate("document.activeElement.className"))


def test_a_wide_table_is_scrolled_by_keyboard(still: Page, address: str) -> None:
    still.set_viewport_size(PHONE)
    still.goto(f"{address}toolbox/grades/")
    table = still.locator(".md-typeset__scrollwrap[tabindex='0']").first
    table.focus()
    still.keyboard.press("ArrowRight")
    still.wait_for_function("document.activeElement.scrollLeft > 0")


# Motion

MOVING = """() => [...document.querySelectorAll("*")].filter(element => ["", "::before", "::after"].some(part => {
    const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element, part || null)
    return animationName !== "none" || scrollBehavior === "smooth" || /[1-9]/.test(transitionDuration)
})).map(element => element.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize(
    ("path", "act"),
    [("", None), (LESSON, answer_anyhow), ("practice/angry/", say_something), ("", search_something)],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_nothing_moves_for_those_who_asked(
    still: Page, address: str, path: str, act: Callable[[Page], None] | None
) -> None:
    still.goto(address + path)
    if act:
        act(still)
    assert still.evaluate(MOVING) == []
    assert still.evaluate("document.getAnimations().length") == 0
