"""Under `mkdocs serve`, render only the pages that an edit changed; the others are written as they were.

What a page takes from others is in `course.changes`: when that changed, everything is rendered anew. The site is byte
for byte what a clean build writes (tests/test_cache.py).
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mkdocs.commands.build as builder
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from course.changes import facts, notes
from course.corpus import Corpus

EXTENSION = "course.extension"
SEARCH = "material/search"


@dataclass
class Kept:
    """A page as it was rendered: from what, and everything that the rest of a build asks of it."""

    key: str
    content: str
    attributes: dict[str, Any]
    links: dict[str, dict[str, str]]
    """Links to headings, by the path of the page they lead to; they are checked in every build."""
    entries: list[dict[str, Any]] | None = None
    """What the search knows of it."""
    output: bytes = b""


KEPT: dict[str, Kept] = {}
FACTS = [""]
NOTES = [""]
"""What run sheets take from other pages, beyond the facts."""
RUN_SHEET = "/// run-sheet"


class _Warnings(logging.Handler):
    """Counts warnings: a page that has one is rendered each time, so that it is told each time."""

    count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += record.levelno >= logging.WARNING


def on_startup(command: str, dirty: bool) -> None:
    """Take MkDocs' two steps of a page through the cache, once."""
    if command == "serve" and not dirty:
        install()


def install() -> None:
    """Put the cache in place."""
    if builder._populate_page.__module__ == builder.__name__:
        builder._populate_page = _populating(builder._populate_page)
        builder._build_page = _building(builder._build_page)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Work out what pages take from each other in this build."""
    config_file = Path(config.config_file_path).read_text(encoding="utf-8")
    theme = [
        (file.as_posix(), file.stat().st_mtime_ns)
        for folder in config.theme.dirs[:1]
        for file in sorted(Path(folder).rglob("*"))
    ]
    corpus = Corpus.of(config.mdx_configs[EXTENSION])
    FACTS[0] = facts(corpus, config_file, theme, sorted(files.src_uris))
    NOTES[0] = notes(corpus)
    return nav


def _key(page: Page) -> str:
    source = page.file.content_string
    more = NOTES[0] if RUN_SHEET in source else ""
    return hashlib.sha256(f"{FACTS[0]}\n{more}\n{source}".encode()).hexdigest()


def _populating(populate: Any) -> Any:
    def through_cache(page: Page, config: MkDocsConfig, files: Files, dirty: bool = False) -> None:
        path, key = page.file.src_uri, _key(page)
        kept = KEPT.get(path)
        if kept and kept.key == key:
            page.read_source(config)
            page.content = kept.content
            vars(page).update(kept.attributes)
            page.links_to_anchors = {
                file: links for target, links in kept.links.items() if (file := files.get_file_from_path(target))
            }
            return
        KEPT.pop(path, None)
        warnings = _Warnings()
        logger = logging.getLogger("mkdocs")
        logger.addHandler(warnings)
        try:
            populate(page, config, files, dirty)
        finally:
            logger.removeHandler(warnings)
        if not warnings.count:
            attributes = {name: vars(page)[name] for name in ("toc", "_title_from_render", "present_anchor_ids")}
            links = {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()}
            KEPT[path] = Kept(key, page.content or "", attributes, links)

    return through_cache


def _building(build: Any) -> Any:
    def through_cache(page: Page, config: MkDocsConfig, *rest: Any, **options: Any) -> None:
        entries = config.plugins[SEARCH].search_index.entries if SEARCH in config.plugins else []  # type: ignore[attr-defined]
        kept, target = KEPT.get(page.file.src_uri), Path(page.file.abs_dest_path)
        if kept and kept.entries is not None:
            entries.extend(dict(entry) for entry in kept.entries)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(kept.output)
            return
        before = len(entries)
        build(page, config, *rest, **options)
        if kept and target.is_file():
            kept.entries, kept.output = [dict(entry) for entry in entries[before:]], target.read_bytes()

    return through_cache
