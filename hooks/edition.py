"""Leave the instructor's pages out of the trainee's edition."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from course import navigation
from course.corpus import Corpus

EXTENSION = "course.extension"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Take them out of the navigation."""
    config.nav = navigation.without(config.nav, _hidden(config).__contains__)
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
