"""Mend the theme's markup on every page, 404 included."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from course.theme import mended


def on_post_page(output: str, page: Any, config: MkDocsConfig) -> str:  # noqa: ARG001
    """Mend a page."""
    return mended(output)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG001
    """Mend a page that is a template alone."""
    return mended(output_content) if template_name.endswith(".html") else output_content


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG001
    """Leave out the blank lines that the theme's control statements would leave in every page."""
    env.trim_blocks = env.lstrip_blocks = True
    return env
