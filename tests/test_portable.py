"""The same content under zensical 0.0.73, which runs no hooks: what the engine draws is in its pages, page by page.

`make portable` installs zensical into an environment of its own; without it these tests are skipped, loudly.
"""

from __future__ import annotations

import html.parser
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from conftest import ROOT, ZENSICAL
from course.corpus import Corpus

CORPUS = Corpus(ROOT / "docs", ROOT / "quizzes")
PAGES = [page.path for page in CORPUS.pages() if page.is_for("trainee")]
pytestmark = pytest.mark.skipif(not ZENSICAL.exists(), reason="zensical is not installed: make portable")


def build(folder: Path, edition: str, spoil: str = "") -> Path:
    """Build the project's content with zensical from mkdocs.yml as it stands; give the site."""
    for name in ("docs", "quizzes", "hooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    if spoil:
        (folder / "docs/index.md").write_text(spoil, encoding="utf-8")
    environment = {**os.environ, "EDITION": edition, "PYTHONPATH": str(folder / "hooks")}
    done = subprocess.run(
        [ZENSICAL, "build", "--clean"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    print(done.stdout)
    return folder / "site"


@pytest.fixture(scope="module")
def portable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The trainee's site as zensical builds it."""
    return build(tmp_path_factory.mktemp("zensical"), "trainee")


def article(site: Path, path: str) -> str:
    """Give what a page says, without the theme around it."""
    html = (site / path.removesuffix("index.md").removesuffix(".md") / "index.html").read_text(encoding="utf-8")
    found = re.search(r"<article.*?</article>", html, re.DOTALL)
    assert found, path
    return found[0]


DRAWN = {
    "quizzes": r'<course-quiz [^>]*data-quiz="([^"]+)"',
    "questions": r'data-question="([^"]+)"',
    "right answers": r'<input [^>]*data-(?:right|answer)="([^"]*)"',
    "scenarios": r'<course-scenario [^>]*data-scenario="([^"]+)"',
    "steps of scenarios": r'data-node="([^"]+)"',
    "timetables": r'<time>([^<]+)</time>',
    "workbooks": r'<td class="workbook-\w+">([^<]*)</td>',
    "citations": r'data-law="([^"]+)"',
    "notes on statutes": r'<dt id="(law-note-[^"]+)"',
    "text of statutes": r'<p class="(law-item)"',
    "lessons of courses": r'<course-progress [^>]*data-label="([^"]+)"',
    "terms": r'<abbr [^>]*title="([^"]+)"',
    "letters": r'<section class="(letter)"',
    "figures": r'<figure class="(figure)"',
    "practice": r'<(course-(?:today|notebook|exam|record|papers|results))',
    "red lines and cases": r'<div class="admonition (redline|case)"',
    "dialogues": r'<blockquote class="(dialogue)"',
}  # fmt: skip


@pytest.mark.parametrize("kind", DRAWN)
def test_every_page_has_what_it_has_under_mkdocs(site: Path, portable: Path, kind: str) -> None:
    pattern, total = re.compile(DRAWN[kind]), 0
    for path in PAGES:
        here, there = (pattern.findall(_sorted(article(where, path))) for where in (site, portable))
        assert there == here, path
        total += len(here)
    print(f"{kind}: {total}")
    assert total


class _Sorted(html.parser.HTMLParser):
    """Writes tags with their attributes in one order: builders differ in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.written: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = "".join(f' {name}="{value or ""}"' for name, value in sorted(attrs))
        self.written.append(f"<{tag}{told}>")

    def handle_endtag(self, tag: str) -> None:
        self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.written.append(data)


def _sorted(text: str) -> str:
    reader = _Sorted()
    reader.feed(text)
    return "".join(reader.written)


def test_every_link_within_the_site_leads_somewhere(portable: Path) -> None:
    broken: Counter[str] = Counter()
    for path in PAGES:
        own = portable / path.removesuffix("index.md").removesuffix(".md")
        for href in re.findall(r'<a [^>]*href="([^"#:?]*)(?:#[^"]*)?"', article(portable, path)):
            target = (own / href).resolve()
            if href and not (target.is_file() or (target / "index.html").is_file()):
                broken[Path(href).suffix] += 1
    # Word and Excel files are written by `python -m course.downloads`, below.
    assert set(broken) <= {".docx", ".xlsx", ".ics"}, broken


def test_documents_are_written_beside_their_pages(portable: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "course.downloads", str(portable)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    links = [
        (portable / page.removesuffix(".md") / href).resolve()
        for page in PAGES
        for href in re.findall(r'href="([^"]+\.(?:docx|xlsx))"', article(portable, page))
    ]
    assert links
    assert all(link.is_file() for link in links)


def test_nothing_of_the_instructors_is_in_the_trainees_site(portable: Path) -> None:
    for path in PAGES:
        assert 'class="instructor' not in article(portable, path)
        assert "quiz-sheet" not in article(portable, path)


def test_the_edition_is_chosen_as_under_mkdocs(tmp_path: Path) -> None:
    spoilt = "---\ntitle: 首页\nedition: instructor\n---\n\n# 首页\n\n只给讲师看的话。\n"
    (tmp_path / "instructor").mkdir()
    (tmp_path / "trainee").mkdir()
    for_instructors = build(tmp_path / "instructor", "instructor", spoilt)
    assert any("quiz-sheet" in article(for_instructors, path) for path in PAGES)
    assert "只给讲师看的话" in article(for_instructors, "index.md")
    for_trainees = build(tmp_path / "trainee", "trainee", spoilt)
    # No hook takes the page out of the site; the engine takes out what it says.
    assert "只给讲师看的话" not in article(for_trainees, "index.md")
    assert "只给讲师看的话" not in (for_trainees / "search.json").read_text(encoding="utf-8")
