"""Tell authors their mistakes: everything `course.check` finds in the sources, before pages are rendered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from course.check import check
from course.corpus import Corpus
from course.mistakes import log

EXTENSION = "course.extension"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Give the engine the sources, in the navigation's order, which is the teaching order."""
    options = config.mdx_configs.setdefault(EXTENSION, {})
    options["docs"] = config.docs_dir
    options["quizzes"] = str(_root(config) / options.get("quizzes", "quizzes"))
    options["order"] = list(_paths(config.nav))
    # One corpus for all pages of this build.
    options["corpus"] = Corpus.of({**options, "corpus": None})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Check all sources at once; warnings fail a strict build, and `serve` lives on."""
    log(check(Corpus.of(config.mdx_configs[EXTENSION])))
    return files


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _paths(nav: Any) -> Iterator[str]:
    """Give the pages of a navigation, however deep, in order."""
    for entry in [nav] if isinstance(nav, str) else nav.values() if isinstance(nav, dict) else nav or ():
        if isinstance(entry, str):
            yield entry
        else:
            yield from _paths(entry)
