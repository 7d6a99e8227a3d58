"""Figures: SVG files put into the page, so that they take its colours, with their content said in words."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from markdown.util import AtomicString

from .blocks import Block
from .corpus import Corpus, Page
from .elements import add
from .mistakes import Mistake
from .source import Model, Read, read

SVG = "{http://www.w3.org/2000/svg}"
NOT_SVG = (ET.ParseError, ValueError, LookupError)
"""What reading a file raises that is not XML, or in an encoding nobody knows."""


class Figure(Model):
    """What a `/// figure | caption` block says."""

    file: str
    """The SVG file, relative to the page."""
    alt: str
    """The whole content of the picture in words."""


def read_figure(block: Block, path: str, first_line: int) -> Read[Figure]:
    """Read the block whose body begins at `first_line` of `path`."""
    return read(Figure, block.body, path, first_line)


def mistakes(block: Block, page: Page, corpus: Corpus) -> Iterator[Mistake]:
    """Tell what is wrong with a figure of `page`."""
    name, line = corpus.source_of(page.path), page.first_line + block.start
    figure, wrong = read_figure(block, name, line + 1)
    yield from wrong
    if not block.argument:
        yield Mistake(name, line, "图没有标题", "写成“/// figure | 标题”")
    if figure:
        try:
            _svg(figure, page, corpus)
        except OSError:
            yield Mistake(name, line, f"没有“{figure.file}”这个文件", "写 SVG 文件相对本页的路径")
        except NOT_SVG as error:
            yield Mistake(name, line, f"“{figure.file}”不是完好的 SVG（{error}）", "用绘图软件重新存一次")


def render_figure(parent: ET.Element, block: Block, page: Page, corpus: Corpus) -> ET.Element | None:
    """Append the figure, or give None where it cannot be read."""
    figure, _ = read_figure(block, page.path, 1)
    try:
        svg = _svg(figure, page, corpus) if figure else None
    except (OSError, *NOT_SVG):
        svg = None
    if figure is None or svg is None:
        return None
    root = add(parent, "figure", class_="figure")
    svg.set("role", "img")
    svg.set("aria-label", figure.alt)
    root.append(svg)
    add(root, "figcaption", block.argument)
    return root


def _svg(figure: Figure, page: Page, corpus: Corpus) -> ET.Element:
    # Beside the page, wherever its file lies: a company's own pages are not in docs/.
    svg = ET.parse(corpus.file_of(page.path).parent / figure.file).getroot()  # noqa: S314  (our own file)
    for element in svg.iter():
        # In HTML the namespace goes without saying.
        element.tag = element.tag.removeprefix(SVG)
        element.tail = None
        if element.text:
            element.text = AtomicString(element.text)
    return svg
