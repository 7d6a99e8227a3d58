"""Publish the documents that pages offer, made by the build."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from course.corpus import Corpus
from course.downloads import documents

EXTENSION = "course.extension"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add each document beside its page, so that links to it are checked like any other."""
    for path, content in documents(Corpus.of(config.mdx_configs[EXTENSION])).items():
        files.append(File.generated(config, path, content=content))
    return files
