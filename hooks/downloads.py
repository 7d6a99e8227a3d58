"""Publish the documents that pages offer, made by the build."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from course.corpus import Corpus
from course.downloads import documents

EXTENSION = "course.extension"
WRITING: list[tuple[File, Future[bytes]]] = []
"""The documents of the build that is under way."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add each document beside its page, so that links to it are checked like any other, and begin to write them.

    pandoc writes them while this process renders pages.
    """
    WRITING.clear()
    workers = ThreadPoolExecutor(max_workers=2)
    options = config.mdx_configs[EXTENSION]
    made = documents(Corpus.of(options), options.get("edition", "trainee"), config.site_url or "")
    for path, write in made.items():
        file = File.generated(config, path, content=b"")
        files.append(file)
        WRITING.append((file, workers.submit(write)))
    workers.shutdown(wait=False)
    return files


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:  # noqa: ARG001
    """Wait for what is still being written; pages are rendered, and files are copied next."""
    for file, written in WRITING:
        file.content_bytes = written.result()
    return env
