"""Write the search index that assets/search-worker.js reads, after the theme has written its own."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from course.search import index


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Replace the theme's index."""
    folder = Path(config.site_dir) / "search"
    written = index((folder / "search_index.json").read_text(encoding="utf-8"))
    (folder / "search_index.json").write_text(written.stub, encoding="utf-8")
    (folder / "sections.json").write_text(written.sections, encoding="utf-8")
    (folder / "search_index.js").write_text(written.script, encoding="utf-8")
