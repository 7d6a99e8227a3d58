"""The site as it is deployed: under the generated policy at a path of a server, and opened from a folder."""

from __future__ import annotations

import functools
import http.server
import os
import re
import subprocess
import sys
import threading
import urllib.request
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Browser, Page, expect

import conftest
import nginx
from course.deploy import digest, main, policy, read_site
from course.pack import pack

At = Callable[[str], str]
"""Where a page of a site is, by its path without a suffix; a folder's index page ends with a slash."""


class Hosted:
    """A site under its generated configuration."""

    def __init__(self, address: str, folder: Path, configurations: Path) -> None:
        self.address, self.folder, self.configurations = address, folder, configurations
        self.configuration = nginx.Configuration((configurations / "nginx.conf").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    """The trainee's site at /course/ of a server that does what the generated nginx configuration says."""
    root = tmp_path_factory.mktemp("hosted")
    folder = root / "html" / "course"
    folder.mkdir(parents=True)

    class Handler(nginx.Handler):
        pass

    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(root / "html"))
    ) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/course/"
        conftest.build(folder, site_url=address)
        assert main(str(folder), str(root / "conf"), noindex=True) == 0
        site = Hosted(address, folder, root / "conf")
        Handler.configuration = site.configuration
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield site
        server.shutdown()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of `make zip`, packed, and unpacked elsewhere."""
    root = tmp_path_factory.mktemp("folder")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--no-directory-urls", "--site-dir"]
    subprocess.run([*command, str(root / "built" / "course")], cwd=conftest.ROOT, check=True, capture_output=True)
    pack(root / "built", root / "site.zip")
    with zipfile.ZipFile(root / "site.zip") as archive:
        archive.extractall(root / "收到的文件夹")
    return root / "收到的文件夹" / "course"


@pytest.fixture(params=["hosted", "folder"])
def at(request: pytest.FixtureRequest) -> At:
    """Both sites in turn."""
    if request.param == "hosted":
        address = request.getfixturevalue("hosted").address
        return lambda path: address + (path if path.endswith("/") or not path else f"{path}/")
    root = request.getfixturevalue("folder")
    return lambda path: (root / f"{path}{'index' if path.endswith('/') or not path else ''}.html").as_uri()


@pytest.fixture(autouse=True)
def _console_stays_empty(request: pytest.FixtureRequest) -> Iterator[None]:
    """A script, style, image or request that the policy stops is told in the console."""
    if "page" not in request.fixturenames:
        yield
        return
    page: Page = request.getfixturevalue("page")
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda asked: said.append(f"{page.url}: {asked.url} failed: {asked.failure}"))
    yield
    page.wait_for_load_state("networkidle")
    assert [line for line in said if "net::ERR_ABORTED" not in line] == []


LESSON = "overdue-control/01-concepts"


def miss_one(page: Page) -> None:
    page.locator("fieldset[data-type='single']").first.locator("input:not([data-right])").first.check()
    page.get_by_role("button", name="检查", exact=True).click()


def test_home_leads_to_a_lesson_and_on_to_the_next(page: Page, at: At) -> None:
    page.goto(at(""))
    page.locator("article a[href*='car-loan']").first.click()
    page.wait_for_url(at("car-loan/"))
    page.locator("article a[href*='01-business']").first.click()
    page.wait_for_url(at("car-loan/01-business"))
    page.locator(".md-footer__link--next").click()
    page.wait_for_url(at("car-loan/02-risk-control"))
    expect(page.locator("course-quiz .quiz-foot")).to_be_visible()


def test_a_quiz_is_marked_and_its_wrong_answer_is_in_the_notebook(page: Page, at: At) -> None:
    page.goto(at(LESSON))
    miss_one(page)
    expect(page.locator(".quiz-verdict").first).to_be_visible()
    page.goto(at("practice/notebook"))
    expect(page.locator(".practice-counts")).to_have_text("今天到期 0 题 · 等着 1 题 · 已完成 0 题")
    page.goto(at("practice/record"))
    expect(page.locator("course-record")).to_contain_text("答 1 /")


def test_records_are_given_away_and_taken_back(page: Page, at: At, tmp_path: Path) -> None:
    page.goto(at(LESSON))
    miss_one(page)
    page.goto(at("practice/record"))
    with page.expect_download() as download:
        page.get_by_role("button", name="导出我的记录").click()
    file = tmp_path / "record.json"
    download.value.save_as(file)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".practice-status")).to_contain_text("导入了")


@pytest.mark.parametrize(
    ("query", "path"), [("诉前保全", "car-loan/08-legal-collection"), ("时效", "bank/08-legal-risks")]
)
def test_search_finds_the_lesson_and_leads_there(page: Page, at: At, query: str, path: str) -> None:
    page.goto(at("practice/m1-reminder"))
    page.wait_for_load_state("networkidle")
    page.get_by_role("textbox", name="搜索").first.click()
    page.keyboard.insert_text(query)
    page.keyboard.press("Shift")
    found = page.locator(f".md-search-result__item:nth-child(-n+10) .md-search-result__link[href*='{path}']").first
    # A page opened from a folder reads the whole index itself.
    expect(found).to_be_attached(timeout=30_000)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "m1-reminder" not in url)
    expect(page.locator("article.md-content__inner h1")).to_be_visible()


def test_a_citation_shows_its_article(page: Page, at: At) -> None:
    page.goto(at("car-loan/08-legal-collection"))
    page.locator("article a.law").first.hover()
    expect(page.locator(".law-card")).to_be_visible()
    page.locator("article a.law").first.click()
    page.wait_for_url("**/law/**")
    expect(page.locator("article.md-content__inner h1")).to_be_visible()


def test_a_call_is_played(page: Page, at: At) -> None:
    page.goto(at("practice/m1-reminder"))
    choices = page.locator(".scenario-choices button")
    expect(choices.first).to_be_visible()
    while choices.count():
        choices.first.click()
    expect(page.locator(".scenario-scores")).to_be_visible()
    page.goto(at("practice/"))
    expect(page.locator("course-endings").first).to_contain_text("走到过 1 /")


def test_an_exam_is_taken(page: Page, at: At) -> None:
    page.goto(at("practice/exam") + "?scope=overdue-control&count=6&minutes=10&seed=7")
    page.get_by_role("button", name="开始").click()
    expect(page.locator(".practice-clock")).to_be_visible()
    page.get_by_role("button", name="交卷").click()
    page.get_by_role("button", name="交卷").click()
    expect(page.locator(".practice-sheet")).to_be_visible()


def test_the_palette_is_changed_and_kept(page: Page, at: At) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(at(LESSON))
    page.get_by_title("换成深色").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.goto(at(""))
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


@pytest.mark.parametrize("depth", ["404.html", "index.html", "paths/index.html", "car-loan/01-business/index.html"])
def test_the_policy_names_the_scripts_of_every_depth(hosted: Hosted, depth: str) -> None:
    header = hosted.configuration.of("/course/")["Content-Security-Policy"]
    text = (hosted.folder / depth).read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert len(scripts) >= 3
    assert {digest(script) for script in scripts} <= set(header.replace(";", "").split())


def test_the_policy_allows_nothing_besides(hosted: Hosted) -> None:
    header = hosted.configuration.of("/course/")["Content-Security-Policy"]
    assert header.startswith("default-src 'none'; ")
    sources = {word.rstrip(";") for word in header.split()} - {part.split()[0] for part in header.split("; ")}
    assert {word for word in sources if not word.startswith("'sha256-")} == {"'none'", "'self'", "data:"}
    assert header == policy(read_site(hosted.folder).hashes)


def test_a_script_of_another_hash_is_stopped_and_told_in_the_console(browser: Browser, hosted: Hosted) -> None:
    page = browser.new_page()
    page.goto(hosted.address)
    with page.expect_console_message() as told:
        page.evaluate("""() => {
            const script = document.createElement("script")
            script.textContent = "window.ran = true"
            document.body.append(script)
        }""")
    assert "Content Security Policy" in told.value.text
    assert page.evaluate("window.ran") is None
    page.close()


def headers_of(address: str) -> tuple[int, dict[str, str], str]:
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310
            return answer.status, dict(answer.headers), answer.read().decode()
    except HTTPError as error:
        return error.code, dict(error.headers), error.read().decode()


def test_what_is_not_there_is_a_404_in_chinese_at_any_depth(hosted: Hosted) -> None:
    for path in ("nope", "car-loan/nope/at/all/", "assets/"):
        status, headers, text = headers_of(hosted.address + path)
        assert status == 404
        assert "这一页不在这里" in text
        assert "Content-Security-Policy" in headers
        assert headers["Cache-Control"] == "no-cache"
    assert 'href="/course/"' in text


def test_files_named_after_their_content_are_kept_and_all_others_asked_for(hosted: Hosted) -> None:
    (script,) = (path for path in read_site(hosted.folder).fingerprinted if "/bundle." in path)
    assert headers_of(hosted.address + script)[1]["Cache-Control"] == "public, max-age=31536000, immutable"
    for path in ("", "assets/quiz.js", "search/search_index.json"):
        assert headers_of(hosted.address + path)[1]["Cache-Control"] == "no-cache"
    # Their names are the theme's, but hooks/assets.py prunes them.
    assert not [path for path in hosted.configuration.caching if path.endswith(".css")]


def test_noindex_is_one_setting(hosted: Hosted, tmp_path: Path) -> None:
    assert hosted.configuration.of("/course/")["X-Robots-Tag"] == "noindex, nofollow"
    assert (hosted.folder / "robots.txt").read_text(encoding="utf-8") == "User-agent: *\nDisallow: /\n"
    site = small_site(tmp_path, "<p>课文</p>")
    assert main(str(site), str(tmp_path / "conf"), noindex=False) == 0
    assert (site / "robots.txt").read_text(encoding="utf-8") == "User-agent: *\nDisallow:\n"
    for file in (tmp_path / "conf").iterdir():
        assert "X-Robots-Tag" not in file.read_text(encoding="utf-8")


def test_iis_says_what_nginx_says(hosted: Hosted) -> None:
    root = ET.parse(hosted.configurations / "web.config").getroot()  # noqa: S314
    given = {each.get("name"): each.get("value") for each in root.findall(".//customHeaders/add")}
    said = hosted.configuration.of("/course/")
    assert given == {name: value for name, value in said.items() if name != "Cache-Control"}
    assert {each.get("path") for each in root.findall("location")} == set(read_site(hosted.folder).fingerprinted)


def small_site(root: Path, body: str) -> Path:
    site = root / "site"
    site.mkdir()
    config = '<script id="__config" type="application/json">{"base": "/"}</script>'
    (site / "404.html").write_text(config, encoding="utf-8")
    (site / "index.html").write_text(f"<!doctype html>\n{body}\n{config}", encoding="utf-8")
    return site


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<p style="color: red">', "style=“color: red”"),
        ("<p STYLE=color:red>", "style=“color:red”"),
        ("<style>p {}</style>", "<style>"),
        ('<a href="#" onclick="go()">', "onclick=“go()”"),
        ('<a href=" JavaScript:go()">', "href=“ JavaScript:go()”"),
        ('<p class="a">写 style="…" 或 &lt;style&gt; 不起作用</p>', None),
        ("<pre>&lt;p onclick=go()&gt;</pre>", None),
    ],
)
def test_what_the_policy_would_stop_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], body: str, told: str | None
) -> None:
    site = small_site(tmp_path, body)
    assert main(str(site), str(tmp_path / "conf"), noindex=False) == (1 if told else 0)
    said = capsys.readouterr().err
    assert said.startswith(f"index.html:2: {told} 在内容安全策略下不起作用 —— ") if told else not said
    assert (tmp_path / "conf").exists() is not bool(told)


def test_scripts_with_a_file_and_data_need_no_hash(tmp_path: Path) -> None:
    body = (
        '<script src="a.js"></script><script type="application/ld+json">{}</script>'
        '<script type="text/javascript">one()</script><script type=module>two()</script><SCRIPT>\nthree()\n</SCRIPT >'
    )
    expected = sorted(map(digest, ("one()", "two()", "\nthree()\n")))
    assert read_site(small_site(tmp_path, body)).hashes == expected


def test_two_packings_are_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    site = small_site(tmp_path, "<p>课文</p>")
    (site / "run").write_text("#!/bin/sh\n", encoding="utf-8")
    (site / "run").chmod(0o755)
    for name in ("one.zip", "two.zip"):
        pack(site, tmp_path / name)
        os.utime(site / "index.html")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.getinfo("run").external_attr >> 16 & 0o111
