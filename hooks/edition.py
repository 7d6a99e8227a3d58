"""Leave the instructor's pages out of the trainee's edition."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from course.corpus import Corpus

EXTENSION = "course.extension"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Take them out of the navigation."""
    config.nav = _without(config.nav, _hidden(config))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take them out of the site; a link to one is then told as broken."""
    for path in _hidden(config):
        if file := files.get_file_from_path(path):
            files.remove(file)
    return files


def _hidden(config: MkDocsConfig) -> set[str]:
    options = config.mdx_configs[EXTENSION]
    pages = Corpus.of(options).pages()
    return {page.path for page in pages if not page.is_for(options.get("edition", "trainee"))}


def _without(nav: Any, hidden: set[str]) -> Any:
    """Give a navigation, however deep, without some pages."""
    if isinstance(nav, list):
        return [_without(entry, hidden) for entry in nav if not _is_hidden(entry, hidden)]
    if isinstance(nav, dict):
        return {title: _without(entry, hidden) for title, entry in nav.items()}
    return nav


def _is_hidden(entry: Any, hidden: set[str]) -> bool:
    targets = entry.values() if isinstance(entry, dict) else [entry]
    return any(isinstance(target, str) and target in hidden for target in targets)
