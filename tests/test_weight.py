"""What a reader fetches: as little as the limits say, nothing from elsewhere, and all of it of use."""

from __future__ import annotations

import gzip
from pathlib import Path

import material
import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize

from conftest import ROOT
from course.corpus import Corpus
from course.prune import pruned

KB = 1024
LIMIT = {"": 90 * KB, "car-loan/two-day/": 100 * KB, "practice/angry/": 100 * KB, "practice/exam/": 100 * KB}
HEAVIEST = 3
"""Lessons that are weighed: they differ in nothing but their own HTML."""
STYLES = Path(material.__file__).parent / "templates/assets/stylesheets"


def heaviest(site: Path) -> list[str]:
    corpus = Corpus(ROOT / "docs", ROOT / "quizzes")
    names = [Path(course.path).parent.as_posix() for course in corpus.courses()]
    lessons = [lesson.path.removesuffix(".md") + "/" for name in names for lesson in corpus.lessons(name)]
    return sorted(lessons, key=lambda path: weight(site / path / "index.html"))[-HEAVIEST:]


def weight(file: Path) -> int:
    """Bytes as nginx sends them (deploy/nginx.conf.jinja)."""
    content = file.read_bytes()
    return len(content) if file.suffix == ".png" else len(gzip.compress(content, 6))


def fetched_by(page: Page, address: str) -> list[str]:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return fetched


def test_a_first_visit_fetches_little(browser: Browser, site: Path, address: str) -> None:
    limits = {**LIMIT, **dict.fromkeys(heaviest(site), 100 * KB)}
    weights = {}
    for path in limits:
        context = browser.new_context(viewport=ViewportSize(width=390, height=844))
        page = context.new_page()
        fetched = fetched_by(page, address + path)
        files = [site / url.removeprefix(address).partition("?")[0] for url in fetched]
        weights[path] = sum(weight(file / "index.html" if file.is_dir() else file) for file in files)
        assert len(files) > 8
        context.close()
    assert {path: one for path, one in weights.items() if one > limits[path]} == {}


def test_the_search_worker_waits_for_the_search(page: Page, address: str) -> None:
    assert not [url for url in fetched_by(page, address) if "search-worker" in url]


LOOKS = """() => [...document.querySelectorAll("body, body *")].flatMap(element =>
    ["", "::before", "::after"].map(part => {
        const style = getComputedStyle(element, part)
        if (part && style.content === "none") return ""
        return element.tagName + "." + element.className + part + " " + [...style]
            .filter(name => !name.startsWith("--")).map(name => `${name}:${style.getPropertyValue(name)}`).join(";")
    }))"""
# The theme's scripts give the sidebars their heights a little later.
SETTLED = """async () => {
    const heights = () => [...document.querySelectorAll(".md-sidebar")].map(each => each.offsetHeight).join()
    for (let seen = heights(), frames = 0; frames < 20; frames++) {
        await new Promise(requestAnimationFrame)
        if (seen !== (seen = heights())) frames = 0
    }
}"""
LOOKED_AT = [(390, "slate"), (1280, "default")]


@pytest.mark.parametrize("path", ["", "car-loan/two-day/", "guide/lesson/", "practice/exam/"])
def test_what_is_pruned_from_the_theme_is_not_seen(page: Page, address: str, path: str) -> None:
    """With the theme's styles as they come, no element has another style."""
    page.emulate_media(reduced_motion="reduce")
    looks = []
    for _ in range(2):
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        for width, scheme in LOOKED_AT:
            page.set_viewport_size(ViewportSize(width=width, height=844))
            page.evaluate("scheme => document.querySelector(`input[data-md-color-scheme=${scheme}]`).click()", scheme)
            page.locator(f"body[data-md-color-scheme={scheme}]").wait_for()
            page.evaluate(SETTLED)
            looks.append(page.evaluate(LOOKS))
        page.route("**/stylesheets/*.css", as_it_comes)
    assert len(looks) == 4
    for less, whole in zip(looks[:2], looks[2:], strict=True):
        assert [(one, other) for one, other in zip(less, whole, strict=True) if one != other][:1] == []


def as_it_comes(route: Route) -> None:
    route.fulfill(path=STYLES / route.request.url.rpartition("/")[2], content_type="text/css")


def test_the_theme_is_pruned(site: Path) -> None:
    for file in STYLES.glob("*.min.css"):
        assert weight(site / "assets/stylesheets" / file.name) < 0.75 * weight(file)


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".a{top:0}.b{top:0}", ".a{top:0}"),
        (".a .b,.a:not(.b){top:0}", ".a:not(.b){top:0}"),
        (".a:is(.b,.c) p,.b{top:0}", ".a:is(.b,.c) p{top:0}"),
        ("@media print{.b{top:0}}p{top:0}", "p{top:0}"),
        ("@media print{.b{top:0}.a{top:0}}", "@media print{.a{top:0}}"),
        ('@charset "UTF-8";.b{top:0}p{top:0}', '@charset "UTF-8";p{top:0}'),
        ("@keyframes x{0%{top:0}to{top:1px}}", "@keyframes x{0%{top:0}to{top:1px}}"),
        (r".a\:hover{top:0}.a\:b{top:0}", r".a\:hover{top:0}"),
        (
            "[data-md-color-primary=red]{top:0}[data-md-color-primary=custom]{top:0}",
            "[data-md-color-primary=custom]{top:0}",
        ),
        (':root{--x:url("data:a;b}");--y:1}p{top:var(--y)}', ":root{--y:1}p{top:var(--y)}"),
        (":root{--x:1;--y:var(--x)}p{top:0}", ":root{}p{top:0}"),
        (":root{--x:1}", ":root{--x:1}"),
    ],
)
def test_pruning(css: str, left: str) -> None:
    others = "" if "p{" in css else "var(--x)"
    assert pruned({"": css}, {"a", "a:hover"}, others) == {"": left}
