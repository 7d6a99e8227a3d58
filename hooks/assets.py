"""Send styles and scripts without comments, blanks and what no page uses; those of every page as one file each."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from rcssmin import cssmin
from rjsmin import jsmin

from course.prune import pruned

SMALLER = {".css": cssmin, ".js": jsmin}
ALL_CSS, ALL_JS = "assets/site.css", "assets/site.js"
CLASS = re.compile(r'class="([^"]*)"')
NAME = re.compile(r"[\w-]+")
CLASSES: dict[str, set[str]] = {}
"""Those of each page, by its path in the site; under `mkdocs serve` not every page is rendered each time."""


@event_priority(-100)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Replace what lies in assets/; after all that adds to extra_css and extra_javascript."""
    sources = {file.src_uri: file for file in files if PurePosixPath(file.src_uri).parent.as_posix() == "assets"}
    small = {
        path: smaller(file.content_string)
        for path, file in sources.items()
        if (smaller := SMALLER.get(PurePosixPath(path).suffix))
    }
    replaced = list(small)
    styles = [path for path in config.extra_css if path in small]
    scripts = [str(script) for script in config.extra_javascript if str(script) in small]
    small[ALL_CSS] = "\n".join(map(small.pop, styles))
    small[ALL_JS] = ";\n".join(map(small.pop, scripts))
    for path in replaced:
        files.remove(sources[path])
    for path, content in small.items():
        files.append(File.generated(config, path, content=content))
    config.extra_css = [ALL_CSS, *(path for path in config.extra_css if path not in styles)]
    one = ExtraScriptValue(ALL_JS)
    one.defer = True
    config.extra_javascript = [one, *(script for script in config.extra_javascript if str(script) not in scripts)]
    return files


def on_post_page(output: str, page: Any, config: MkDocsConfig) -> None:  # noqa: ARG001
    """Note a page's classes."""
    _note(page.file.dest_uri, output)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> None:  # noqa: ARG001
    """Note the classes of a page that is a template alone."""
    _note(template_name, output_content)


def _note(path: str, html: str) -> None:
    CLASSES[path] = {name for names in set(CLASS.findall(html)) for name in names.split()}


def on_post_build(config: MkDocsConfig) -> None:
    """Prune the theme's styles."""
    site = Path(config.site_dir)
    theirs = {file: file.read_text(encoding="utf-8") for file in (site / "assets/stylesheets").glob("*.css")}
    scripts = [*(site / "assets").glob("*.js"), *(site / "assets/javascripts").glob("*.js")]
    ours = "".join(file.read_text(encoding="utf-8") for file in [*scripts, *(site / "assets").glob("*.css")])
    names = set(NAME.findall(ours)).union(*(found for path, found in CLASSES.items() if (site / path).exists()))
    for name, css in pruned({str(file): css for file, css in theirs.items()}, names, ours).items():
        Path(name).write_text(css, encoding="utf-8")
