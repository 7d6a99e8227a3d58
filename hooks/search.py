"""Write the search index that assets/search-worker.js reads, in place of the theme's."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page

from course.search import index, sections

SEARCH = "material/search"


def on_pre_build(config: MkDocsConfig) -> None:
    """Cut pages into sections ourselves."""
    known = config.plugins[SEARCH].search_index  # type: ignore[attr-defined]

    def add(page: Page) -> None:
        if not (page.meta.get("search") or {}).get("exclude"):
            known.entries += sections(page.content or "", page.url, str(page.title))

    known.add_entry_from_context = add


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Replace the theme's index."""
    folder = Path(config.site_dir) / "search"
    written = index((folder / "search_index.json").read_text(encoding="utf-8"))
    (folder / "search_index.json").write_text(written.stub, encoding="utf-8")
    (folder / "sections.json").write_text(written.sections, encoding="utf-8")
    (folder / "search_index.js").write_text(written.script, encoding="utf-8")
