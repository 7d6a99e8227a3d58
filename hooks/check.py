"""Tell authors their mistakes: everything `course.check` finds in the sources, before pages are rendered."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from course import navigation
from course.check import check
from course.corpus import Corpus
from course.mistakes import log
from course.source import text_of

EXTENSION = "course.extension"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Give the engine the sources, in the navigation's order, which is the teaching order."""
    options = config.mdx_configs.setdefault(EXTENSION, {})
    options["docs"] = config.docs_dir
    options["quizzes"] = str(_root(config) / options.get("quizzes", "quizzes"))
    options["order"] = list(navigation.paths(config.nav))
    options["address"] = config.site_url or ""
    # One corpus for all pages of this build.
    options["corpus"] = Corpus.of({**options, "corpus": None})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Check all sources at once; warnings fail a strict build, and `serve` lives on."""
    corpus = Corpus.of(config.mdx_configs[EXTENSION])
    log(check(corpus))
    for page in corpus.pages():
        if page.mistakes and (file := files.get_file_from_path(page.path)):
            # MkDocs would stop at a file that is not UTF-8.
            file.content_string = text_of(corpus.file_of(page.path), page.path)[0]
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Where front matter is no front matter or has mistakes, let MkDocs read no more into it than the engine does."""
    source = Corpus.of(config.mdx_configs[EXTENSION]).page(page.file.src_uri)
    if source is None or (source.first_line > 1 and not source.mistakes):
        return markdown
    page.meta = {"title": source.meta.title} if source.meta.title else {}
    return source.body


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent
