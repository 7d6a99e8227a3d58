"""With OFFLINE=true, build a site that is opened from a folder (file://), search included."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let links name files, since a folder shows no index page, and let search run without a worker."""
    if config.extra["offline"]:
        config.use_directory_urls = False
        config.extra["polyfills"] = ["assets/worker.js"]
    return config


@event_priority(-200)
def on_post_build(config: MkDocsConfig) -> None:
    """Write the finished index as the script that the theme loads where it may fetch nothing."""
    if config.extra["offline"]:
        folder = Path(config.site_dir) / "search"
        index = (folder / "search_index.json").read_text(encoding="utf-8")
        (folder / "search_index.js").write_text(f"var __index = {index}", encoding="utf-8")
