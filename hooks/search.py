"""Make the theme's search work for Chinese, after the theme has written it."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from course.search import segmented, whole_queries


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Rewrite the index and the script that searches it in place."""
    site = Path(config.site_dir)
    index = site / "search" / "search_index.json"
    index.write_text(segmented(index.read_text(encoding="utf-8")), encoding="utf-8")
    (worker,) = site.glob("assets/javascripts/workers/search.*.min.js")
    worker.write_text(whole_queries(worker.read_text(encoding="utf-8")), encoding="utf-8")
