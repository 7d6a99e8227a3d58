"""A course as a SCORM 1.2 package: a page for each lesson with its quiz, and an exam, each a SCO of its own.

player/scorm.js finds the LMS, player/quiz.js reports to it. The schemas that SCORM lets a package carry are not in it.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup

from .. import exam
from ..archive import zipped
from ..article import Articles
from ..corpus import Corpus, Page

PLAYER = Path(__file__).parent / "player"
STYLES = ("brand.css", "course.css", "law.css", "quiz.css")
SCRIPTS = ("make.js", "question.js")
"""What the site's own pages use, from docs/assets."""
SHARED = "shared"

CP, ADL = "http://www.imsproject.org/xsd/imscp_rootv1p1p2", "http://www.adlnet.org/xsd/adlcp_rootv1p2"


@dataclass(frozen=True)
class Sco:
    """What an LMS launches and keeps a score of."""

    name: str
    title: str
    content: str
    is_exam: bool = False

    @property
    def file(self) -> str:
        """Its page in the package."""
        return f"{self.name}.html"


def package(corpus: Corpus, course: Page) -> bytes:
    """Pack the course whose index page this is."""
    folder = PurePosixPath(course.path).parent.as_posix()
    scos = _scos(corpus, folder)
    pages = {sco.file: _page(sco, course).encode() for sco in scos}
    shared = _shared(corpus)
    files = {"imsmanifest.xml": manifest(folder, course, scos, list(shared)), **pages, **shared}
    return zipped(files)


def _scos(corpus: Corpus, folder: str) -> list[Sco]:
    articles = Articles(corpus)
    lessons = [
        Sco(PurePosixPath(lesson.path).stem, lesson.title, articles.lesson(lesson.path))
        for lesson in corpus.lessons(folder)
    ]
    paper = exam.quiz(exam.draw(corpus, corpus.lessons(folder)))
    if paper is None:
        return lessons
    return [*lessons, Sco("exam", exam.TITLE, articles.quiz(f"{folder}/exam", paper), is_exam=True)]


def _shared(corpus: Corpus) -> dict[str, bytes]:
    assets = corpus.docs / "assets"
    files = [*(assets / name for name in (*STYLES, *SCRIPTS)), *sorted(PLAYER.glob("*.[cj]s*"))]
    shared = {f"{SHARED}/{file.name}": file.read_bytes() for file in files}
    if corpus.company:
        brand = shared[f"{SHARED}/brand.css"]
        shared[f"{SHARED}/brand.css"] = brand + corpus.company.style(brand.decode()).encode()
    return shared


def _page(sco: Sco, course: Page) -> str:
    templates = Environment(loader=FileSystemLoader(PLAYER), autoescape=select_autoescape())
    return templates.get_template("page.html").render(
        title=sco.title,
        course=course.title,
        # Written by the engine, from checked sources.
        content=Markup(sco.content),  # noqa: S704
        is_exam=sco.is_exam,
        mastery=exam.MASTERY,
    )


def manifest(folder: str, course: Page, scos: list[Sco], shared: list[str]) -> bytes:
    """Write imsmanifest.xml; identifiers follow from paths, so that a new version of a package updates the old one."""
    root = ET.Element(f"{{{CP}}}manifest", identifier=f"qingshou-{folder.replace('/', '-')}", version="1.0")
    metadata = _add(root, "metadata")
    _add(metadata, "schema", "ADL SCORM")
    _add(metadata, "schemaversion", "1.2")
    organization = _add(_add(root, "organizations", default="course"), "organization", identifier="course")
    _add(organization, "title", course.title)
    resources = _add(root, "resources")
    for sco in scos:
        item = _add(organization, "item", identifier=f"item-{sco.name}", identifierref=f"page-{sco.name}")
        _add(item, "title", sco.title)
        ET.SubElement(item, f"{{{ADL}}}masteryscore").text = str(exam.MASTERY)
        resource = _resource(resources, f"page-{sco.name}", "sco", sco.file)
        _add(resource, "file", href=sco.file)
        _add(resource, "dependency", identifierref=SHARED)
    resource = _resource(resources, SHARED, "asset")
    for name in shared:
        _add(resource, "file", href=name)
    ET.indent(root)
    # Just before writing: WeasyPrint, too, claims the empty prefix of the whole process when it is imported.
    ET.register_namespace("", CP)
    ET.register_namespace("adlcp", ADL)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _resource(parent: ET.Element, identifier: str, kind: str, href: str = "") -> ET.Element:
    resource = _add(parent, "resource", identifier=identifier, type="webcontent")
    resource.set(f"{{{ADL}}}scormtype", kind)
    if href:
        resource.set("href", href)
    return resource


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{CP}}}{tag}", attributes)
    child.text = text or None
    return child
