"""Slides as PPTX to edit and as PDF to show, from one HTML of theirs."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Sequence
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path

import pypandoc

from ..archive import created, zipped
from ..elements import add
from ..paper import to_pdf
from .slides import SMALL, Grid, Points, Slide, Talk, Text

STYLE = Path(__file__).parent / "deck.css"
FONT = "Microsoft YaHei"
NUMBERED = re.compile(r"(\d+)\. ")
TITLED = ("lesson", "pause")
"""Kinds of slides that are nothing but a title."""

# The body of the page


def _body(parent: ET.Element, slide: Slide) -> None:
    match slide.body:
        case Points(items):
            for number, group in groupby(items, lambda item: bool(NUMBERED.match(item))):
                _list(parent, list(group), numbered=number)
        case Text(paragraphs):
            for text in paragraphs:
                add(parent, "p", text)
        case Talk(turns):
            for speaker, words in turns:
                turn = add(parent, "p")
                add(turn, "strong", f"{speaker}：").tail = words
        case Grid():
            _table(parent, slide.body)


def _list(parent: ET.Element, items: list[str], *, numbered: bool) -> None:
    first = NUMBERED.match(items[0])
    target = add(parent, "ul")
    if numbered and first:
        # Pandoc goes by the attribute, WeasyPrint by the style.
        target.tag = "ol"
        target.set("start", first[1])
        target.set("style", f"counter-reset: list-item {int(first[1]) - 1}")
    for item in items:
        add(target, "li", NUMBERED.sub("", item, count=1) if numbered else item)


def _table(parent: ET.Element, grid: Grid) -> None:
    table = add(parent, "table", class_="small" if grid.size is SMALL else "")
    columns = add(table, "colgroup")
    for share in grid.shares:
        add(columns, "col", style=f"width: {share:.1%}")
    head = add(add(table, "thead"), "tr")
    for cell in grid.head:
        add(head, "th", cell)
    body = add(table, "tbody")
    for row in grid.rows:
        target = add(body, "tr")
        for cell in row:
            add(target, "td", cell)


# PDF


def pdf(deck: Sequence[Slide], title: str, brand: str) -> bytes:
    """Lay the slides out on pages of 16 to 9; titles of lessons and slides are the bookmarks."""
    root = ET.Element("main")
    for slide in deck:
        section = add(root, "section", class_=f"slide {slide.kind}")
        is_part = slide.kind in (*TITLED, "opening")
        add(section, "h1" if is_part else "h2", slide.title)
        _body(add(section, "div", class_="body"), slide)
    return to_pdf(
        ET.tostring(root, encoding="unicode", method="html"), title, brand + STYLE.read_text(encoding="utf-8")
    )


# PPTX


def pptx(deck: Sequence[Slide], title: str, author: str, accent: str) -> bytes:
    """Write the slides with pandoc; the first one opens the deck. Two builds of one commit write the same bytes."""
    opening, *rest = deck
    assert isinstance(opening.body, Text)
    facts = [
        f"--metadata={key}={text}" for key, text in zip(("subtitle", "author"), opening.body.paragraphs, strict=True)
    ]
    root = ET.Element("body")
    for slide in rest:
        add(root, "h1" if slide.kind in TITLED else "h2", slide.title)
        _body(root, slide)
        if slide.notes:
            notes = add(root, "div", class_="notes")
            for text in slide.notes:
                add(notes, "p", text)
    with tempfile.TemporaryDirectory() as folder:
        reference, target = Path(folder) / "reference.pptx", Path(folder) / "deck.pptx"
        reference.write_bytes(reference_deck(accent))
        options = [f"--reference-doc={reference}", "--slide-level=2", f"--metadata=title={opening.title}", *facts]
        html = ET.tostring(root, encoding="unicode", method="html")
        pypandoc.convert_text(html, "pptx", "html", extra_args=[*options, "--quiet"], outputfile=str(target))
        return _finished(target.read_bytes(), deck, title, author)


def _finished(written: bytes, deck: Sequence[Slide], title: str, author: str) -> bytes:
    """Say what pandoc cannot: the language, the size of tables, red titles, parts to fold, whose deck of what it is."""
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        files = {part.filename: archive.read(part) for part in archive.infolist()}
    count = sum(bool(re.fullmatch(r"ppt/slides/slide\d+\.xml", name)) for name in files)
    assert count == len(deck), f"pandoc made {count} slides of {len(deck)}"
    for number, slide in enumerate(deck, 1):
        name = f"ppt/slides/slide{number}.xml"
        text = files[name].decode().replace("<a:rPr", '<a:rPr lang="zh-CN"')
        if isinstance(slide.body, Grid):
            text = _sized(text, small=slide.body.size is SMALL, points=slide.body.size.points)
        if slide.kind == "redline":
            text = text.replace('<a:rPr lang="zh-CN" />', f'<a:rPr lang="zh-CN">{RED}</a:rPr>', 1)
        files[name] = text.encode()
    presentation = files["ppt/presentation.xml"].decode()
    files["ppt/presentation.xml"] = _with_parts(presentation, deck).encode()
    core, date = files["docProps/core.xml"].decode(), created().strftime("%Y-%m-%dT%H:%M:%SZ")
    for name, value in (("dc:title", title), ("dc:creator", author)):
        core = re.sub(rf"(?<=<{name}>)[^<]*", escape(value).replace("\\", r"\\"), core)
    files["docProps/core.xml"] = re.sub(r"(W3CDTF\">)[^<]*", rf"\g<1>{date}", core).encode()
    return zipped(files)


NARROW = 'marT="22860" marB="22860"'
RED = '<a:solidFill><a:schemeClr val="accent2"/></a:solidFill>'


def _sized(text: str, points: int, *, small: bool) -> str:
    """Set the table of a slide as large as slides.py counts on."""
    before, mark, table = text.partition("<a:tbl>")
    table = table.replace('<a:rPr lang="zh-CN"', f'<a:rPr lang="zh-CN" sz="{points * 100}"')
    return before + mark + (table.replace("<a:tcPr", f"<a:tcPr {NARROW}") if small else table)


def _with_parts(presentation: str, deck: Sequence[Slide]) -> str:
    """Name a part for each lesson, which PowerPoint and WPS list and fold."""
    identifiers = re.findall(r'<p:sldId [^>]*?\bid="(\d+)"', presentation)
    parts = ET.Element("p14:sectionLst", {"xmlns:p14": "http://schemas.microsoft.com/office/powerpoint/2010/main"})
    inside = None
    for place, (slide, identifier) in enumerate(zip(deck, identifiers, strict=True)):
        if inside is None or slide.kind == "lesson":
            # A GUID that follows from the place: it must be unique within the file, no more.
            part = ET.SubElement(parts, "p14:section", name=slide.title, id=f"{{00000000-0000-4000-8000-{place:012d}}}")
            inside = ET.SubElement(part, "p14:sldIdLst")
        ET.SubElement(inside, "p14:sldId", id=identifier)
    extension = ET.Element("p:ext", uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}")
    extension.append(parts)
    added = ET.tostring(extension, encoding="unicode")
    if "<p:extLst>" in presentation:
        return presentation.replace("<p:extLst>", f"<p:extLst>{added}", 1)
    return presentation.replace("</p:presentation>", f"<p:extLst>{added}</p:extLst></p:presentation>")


@cache
def reference_deck(accent: str) -> bytes:
    """Make pandoc's own reference deck ours: Chinese fonts, the site's accent, sizes that slides.py counts on."""
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.pptx"]
    written = subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        files = {part.filename: archive.read(part) for part in archive.infolist()}
    for name, changes in CHANGES.items():
        text = files[name].decode()
        for old, new in changes:
            assert old in text, f"pandoc's {name} has changed: no {old}"
            text = text.replace(old, new.replace("ACCENT", accent.removeprefix("#").upper()))
        files[name] = text.encode()
    return zipped(files)


def _fonts(latin: str) -> tuple[str, str]:
    return (
        f'<a:latin typeface="{latin}"/><a:ea typeface=""/>',
        f'<a:latin typeface="{FONT}"/><a:ea typeface="{FONT}"/>',
    )


def _box(x: int, y: int, wide: int, high: int) -> str:
    return f'<a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/>'


LEFT, WIDE = 457200, 8229600
WHITE = '<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
GROUND = '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
RULE = (
    '<p:sp><p:nvSpPr><p:cNvPr id="9" name="Rule"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>'
    f"<a:xfrm>{_box(LEFT + 91440, 960000, WIDE - 182880, 15000)}</a:xfrm>"
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill></p:spPr></p:sp></p:spTree>'
)
TITLE_STYLE = 'sz="3300" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mj-lt"/>'
CENTRED = f'<a:lstStyle><a:lvl1pPr algn="ctr"><a:defRPr sz="3200">{WHITE}</a:defRPr></a:lvl1pPr></a:lstStyle>'


def _on_ground(name: str) -> tuple[str, str]:
    """Put a layout on the accent colour, without what the master draws."""
    end = f' preserve="1"><p:cSld name="{name}">'
    return end, end.replace(">", ' showMasterSp="0">', 1) + GROUND


CHANGES: dict[str, list[tuple[str, str]]] = {
    "ppt/theme/theme1.xml": [
        _fonts("Calibri"),
        ('script="Hans" typeface="宋体"', f'script="Hans" typeface="{FONT}"'),
        ("4F81BD", "ACCENT"),
        ("C0504D", "B3261E"),
    ],
    "ppt/slideMasters/slideMaster1.xml": [
        (_box(457200, 205979, 8229600, 857250), _box(LEFT, 150000, WIDE, 800000)),
        (_box(457200, 1200151, 8229600, 3394472), _box(LEFT, 1060000, WIDE, 3880000)),
        ('<p:titleStyle><a:lvl1pPr algn="ctr"', '<p:titleStyle><a:lvl1pPr algn="l"'),
        (TITLE_STYLE, TITLE_STYLE.replace('"3300"', '"2400" b="1"').replace("tx1", "accent1")),
        ('<a:defRPr sz="2400" kern', '<a:defRPr sz="1800" kern'),
        ("</p:spTree>", RULE),
    ],
    "ppt/slideLayouts/slideLayout1.xml": [
        _on_ground("Title Slide"),
        ("</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/>", f"</p:spPr><p:txBody><a:bodyPr/>{CENTRED}"),
        ('<a:schemeClr val="tx1"><a:tint val="75000"/></a:schemeClr>', '<a:schemeClr val="bg1"/>'),
    ],
    "ppt/slideLayouts/slideLayout3.xml": [
        _on_ground("Section Header"),
        (_box(722313, 3305176, 7772400, 1021556), _box(722313, 1700000, 7772400, 1700000)),
        ('<a:bodyPr anchor="t"/>', '<a:bodyPr anchor="ctr"/>'),
        ('<a:defRPr sz="3000" b="1" cap="all"/>', f'<a:defRPr sz="3200" b="1">{WHITE}</a:defRPr>'),
    ],
}
"""What is replaced in which part of pandoc's reference deck."""
