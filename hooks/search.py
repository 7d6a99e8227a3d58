"""Cut the search index's Chinese text into words, after Material has written it."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from course.search import segmented


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Rewrite the index in place."""
    index = Path(config.site_dir) / "search" / "search_index.json"
    index.write_text(segmented(index.read_text(encoding="utf-8")), encoding="utf-8")
