"""Publish the question bank, one script a course, from the pages as they are rendered."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from course import bank
from course.corpus import Corpus

EXTENSION = "course.extension"
RENDERED: dict[str, dict[str, Any]] = {}
"""The lessons as they were rendered last, by path; under `serve` that may have been some builds ago (cache.py)."""


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Keep what practice needs of a lesson."""
    corpus = Corpus.of(config.mdx_configs[EXTENSION])
    source = corpus.page(page.file.src_uri)
    if source and source.lesson:
        RENDERED[source.path] = bank.lesson(source, html, page.url, corpus)
    return html


def on_post_build(config: MkDocsConfig) -> None:
    """Write each course's script."""
    corpus = Corpus.of(config.mdx_configs[EXTENSION])
    for course in corpus.courses():
        folder = PurePosixPath(course.path).parent.as_posix()
        lessons = [RENDERED[page.path] for page in corpus.lessons(folder) if page.path in RENDERED]
        for name, script in bank.scripts(folder, course.title, lessons).items():
            target = Path(config.site_dir) / bank.FOLDER / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(script, encoding="utf-8")
