"""The Python-Markdown extension: everything the engine adds to a page.

    markdown_extensions:
      - course.extension:
          edition: trainee

It draws and does not complain: mistakes are told by `course.check`, which reads the same sources.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import PurePosixPath
from typing import Any, ClassVar

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX
from pymdownx.blocks import BlocksExtension, BlocksProcessor
from pymdownx.blocks.block import Block as MarkdownBlock

from . import blocks, catalogue, glossary, lesson, letter, practice, prose
from .cohort import runsheet
from .cohort import tree as cohort_tree
from .company import tree as company_tree
from .corpus import Corpus
from .elements import add, add_plain
from .figure import render_figure
from .law import catalogue as law_catalogue
from .law.tree import link_citations
from .quiz import tree as quiz_tree
from .scenario import tree as scenario_tree
from .scenario.catalogue import render_scenarios
from .schedule import tree as schedule_tree
from .schedule.timetable import read_timetable
from .site import Site, navigation_of
from .source import read
from .workbook import model as workbook
from .workbook import tree as workbook_tree

EDITIONS = ("trainee", "instructor")
WITHHELD = "这一页只有讲师版才有。"


class _Publish(Preprocessor):
    """Scan the source before anything else, and go on with what this edition may show."""

    def __init__(self, site: Site) -> None:
        super().__init__(site.md)
        self.site = site

    def run(self, lines: list[str]) -> list[str]:
        # Characters that stand for something else within Python-Markdown, and vanish after this.
        text = "\n".join(lines).replace(STX, "").replace(ETX, "")
        page = self.site.page
        if page and not page.is_for(self.site.edition):
            text = WITHHELD
        self.site.blocks = blocks.scan(text)
        return blocks.published(text, self.site.blocks, self.site.edition).split("\n")


class _DataBlock(MarkdownBlock):  # type: ignore[misc]
    """A block whose body is data; `_Publish` left its place among the page's blocks as its argument."""

    ARGUMENT = True

    @property
    def site(self) -> Site:
        """The page's view of the sources."""
        site: Site = self.config["site"]
        return site

    @property
    def source(self) -> blocks.Block:
        """The block as the author wrote it."""
        return self.site.blocks[int(self.argument)]

    def on_validate(self, parent: ET.Element) -> bool:  # noqa: ARG002
        return str(self.argument).isdecimal() and int(self.argument) < len(self.site.blocks)

    def on_create(self, parent: ET.Element) -> ET.Element:
        return self.draw(parent) or add_plain(parent, "p", "这里有一处错误，见构建时的提示。", class_="course-mistake")

    def draw(self, parent: ET.Element) -> ET.Element | None:
        """Append what the block shows, or give None where its source has a mistake."""
        raise NotImplementedError


class _Quiz(_DataBlock):
    NAME = "quiz"

    def draw(self, parent: ET.Element) -> ET.Element | None:
        found = self.site.corpus.quiz(self.source.argument)
        if found is None or found.model is None:
            return None
        return quiz_tree.render(parent, self.source.argument, found.model, self.site.edition)


class _Scenario(_DataBlock):
    NAME = "scenario"

    def draw(self, parent: ET.Element) -> ET.Element | None:
        found = self.site.corpus.scenario(self.source.argument)
        if found is None or found.model is None:
            return None
        return scenario_tree.render(parent, self.source.argument, found.model, self.site.edition)


class _Scenarios(_DataBlock):
    NAME = "scenarios"

    def draw(self, parent: ET.Element) -> ET.Element | None:
        return render_scenarios(parent, self.site.corpus, self.site.path or "")


class _Practice(_DataBlock):
    NAME = "practice"

    def draw(self, parent: ET.Element) -> ET.Element | None:
        return practice.render(parent, self.source.argument, self.site.corpus, self.site.path or "")


class _Schedule(_DataBlock):
    NAME = "schedule"

    def draw(self, parent: ET.Element) -> ET.Element | None:
        path = self.site.path or ""
        timetable, _ = read_timetable(self.source.body, path, 1, self.site.corpus, path)
        return schedule_tree.render(parent, timetable) if timetable else None


class _Class(_DataBlock):
    NAME = "class"

    def draw(self, parent: ET.Element) -> ET.Element | None:
        return cohort_tree.render_class(parent, self.site)


class _Classes(_DataBlock):
    NAME = "classes"

    def draw(self, parent: ET.Element) -> ET.Element | None:
        return cohort_tree.render_classes(parent, self.site)


class _SignIn(_DataBlock):
    NAME = "sign-in"

    def draw(self, parent: ET.Element) -> ET.Element | None:
        return cohort_tree.render_sign_in(parent, self.site)


class _RunSheet(_DataBlock):
    NAME = "run-sheet"

    def draw(self, parent: ET.Element) -> ET.Element | None:
        return runsheet.render(parent, self.source.argument, self.site)


class _Courses(_DataBlock):
    NAME = "courses"

    def draw(self, parent: ET.Element) -> ET.Element | None:
        return catalogue.render_courses(parent, self.site.corpus, self.site.path or "")


class _Lessons(_DataBlock):
    NAME = "lessons"

    def draw(self, parent: ET.Element) -> ET.Element | None:
        return catalogue.render_lessons(parent, self.site.corpus, self.site.path or "", self.source)


class _Statutes(_DataBlock):
    NAME = "statutes"

    def draw(self, parent: ET.Element) -> ET.Element | None:
        return law_catalogue.render_statutes(parent, self.site.corpus, self.site.path or "")


class _Scope(_DataBlock):
    NAME = "scope"

    def draw(self, parent: ET.Element) -> ET.Element | None:
        return law_catalogue.render_scope(parent, self.site.corpus, self.site.path or "")


class _Duties(_DataBlock):
    NAME = "duties"

    def draw(self, parent: ET.Element) -> ET.Element | None:
        page = self.site.page
        return law_catalogue.render_duties(parent, page, self.site.corpus) if page and page.duties else None


class _Figure(_DataBlock):
    NAME = "figure"

    def draw(self, parent: ET.Element) -> ET.Element | None:
        page = self.site.page
        return render_figure(parent, self.source, page, self.site.corpus) if page else None


class _Workbook(_DataBlock):
    NAME = "workbook"

    def draw(self, parent: ET.Element) -> ET.Element | None:
        path = self.site.path or ""
        found = read(workbook.Workbook, self.source.body, path)
        return workbook_tree.render(parent, found.model, path) if found.model else None


class _Outline(MarkdownBlock):  # type: ignore[misc]
    """The outlines' own words, right or wrong: their citations are neither linked nor checked."""

    NAME = "outline"
    OPTIONS: ClassVar[dict[str, Any]] = {}

    def on_create(self, parent: ET.Element) -> ET.Element:
        return add(parent, "blockquote", class_="outline")


class _Form(MarkdownBlock):  # type: ignore[misc]
    """What holds for one form of contract, named by the argument; docs/assets/scope.js shows the reader's own."""

    NAME = "form"
    ARGUMENT = True
    OPTIONS: ClassVar[dict[str, Any]] = {}

    def on_create(self, parent: ET.Element) -> ET.Element:
        return add(parent, "section", class_="form", data_form=str(self.argument))


class _Letter(MarkdownBlock):  # type: ignore[misc]
    """A document to take away; hooks/downloads.py publishes it as DOCX."""

    NAME = letter.BLOCK
    OPTIONS: ClassVar[dict[str, Any]] = {}

    def on_create(self, parent: ET.Element) -> ET.Element:
        return add(parent, "section", class_="letter")

    def on_end(self, block: ET.Element) -> None:
        document = PurePosixPath(letter.document_path(self.config["site"].path or "")).name
        add_plain(add(block, "p", class_="download"), "a", "下载 Word 文档（DOCX）", href=document)


class _Instructor(MarkdownBlock):  # type: ignore[misc]
    """Notes for whoever teaches the page. Other editions never get here: the scan has blanked them."""

    NAME = "instructor"
    ARGUMENT = None
    OPTIONS: ClassVar[dict[str, Any]] = {}

    def on_create(self, parent: ET.Element) -> ET.Element:
        aside = add(parent, "aside", class_="instructor")
        add_plain(aside, "p", self.argument or "讲师", class_="instructor-title")
        return aside

    def on_end(self, block: ET.Element) -> None:
        # A second lock on the door: what the scan could not see (a block inside a quotation) is not shown either.
        if self.config["site"].edition != "instructor":
            block.clear()


class _Trees(Treeprocessor):
    """What is done to the finished tree of a page."""

    def __init__(self, site: Site) -> None:
        super().__init__(site.md)
        self.site = site

    def run(self, root: ET.Element) -> None:
        prose.mark_dialogues(root)
        prose.label_blocks(root)
        prose.clear_empty_headers(root)
        prose.join_lines(root)
        lesson.add_head(root, self.site)
        company_tree.add_contacts(root, self.site)
        company_tree.leave_out(root, self.site)
        link_citations(root, self.site)
        glossary.explain(root, self.site)


class CourseExtension(BlocksExtension):  # type: ignore[misc]
    """Registers the engine with Python-Markdown."""

    def __init__(self, **kwargs: Any) -> None:
        """Take the options of mkdocs.yml."""
        self.config = {
            "docs": ["docs", "Folder of pages"],
            "quizzes": ["quizzes", "Folder of quizzes"],
            "edition": ["trainee", "trainee or instructor"],
            "order": [[], "Pages in teaching order"],
            "company": ["", "A company whose edition this is, if a hook has read its file"],
            "address": ["", "The site's address on the web, if that is known"],
            # Not None: Python-Markdown reads options whose default is None as true or false.
            "corpus": ["", "The sources, if a hook has read them for the whole build"],
        }
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register everything but the blocks."""
        options = self.getConfigs()
        corpus = Corpus.of({**options, "order": options["order"] or navigation_of(md)})
        edition = self.getConfig("edition")
        if edition not in EDITIONS:
            raise ValueError(f"EDITION 是 {' 或 '.join(EDITIONS)}，不是“{edition}”")
        self.site = Site(md, corpus, edition, address=self.getConfig("address"))
        # Before every other preprocessor: none may see what is not published.
        md.preprocessors.register(_Publish(self.site), "course-publish", 100)
        # After inline (20), before toc (5) and relpath (0).
        md.treeprocessors.register(_Trees(self.site), "course-trees", 15)
        super().extendMarkdown(md)

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:  # noqa: N802, ARG002
        """Register the blocks."""
        for block in (
            _Quiz,
            _Scenario,
            _Scenarios,
            _Practice,
            _Schedule,
            _Class,
            _Classes,
            _SignIn,
            _RunSheet,
            _Courses,
            _Lessons,
            _Statutes,
            _Scope,
            _Duties,
            _Figure,
            _Workbook,
            _Outline,
            _Form,
            _Letter,
            _Instructor,
        ):
            block_mgr.register(block, {"site": self.site})


def makeExtension(**kwargs: Any) -> CourseExtension:  # noqa: N802
    """Python-Markdown's entry point."""
    return CourseExtension(**kwargs)
