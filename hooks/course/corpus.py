"""All sources of a site, read from disk: pages, lessons, courses, quizzes and scenarios.

Nothing is kept between builds but what the files say: each file is parsed once for each version of it (path, time
and size), so that `mkdocs serve` and a builder that renders one page at a time read the same as a fresh build.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from . import blocks
from .cohort.model import Cohort
from .company.model import Company, company_of
from .law.duty import Duty
from .law.sources import Located, citations
from .law.statute import Article, Institution, Review, Statute, articles
from .mistakes import Mistake
from .quiz.model import Quiz
from .scenario.model import Scenario
from .source import M, Model, Read, read, read_yaml, split_front_matter, text_of, unfit, validate

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]

SCENARIOS = "scenarios"
"""The folder below quizzes/ that holds scenarios instead."""
CHARACTERS_A_MINUTE = 300
"""How fast a learner reads Chinese text that is worth thinking about."""
MINUTES_A_QUESTION = 1
LONGEST_FRONT = 4000
"""Characters of front matter that are searched for what a slip of the pen may mean."""


class PageMeta(Model):
    """Front matter of any page. Keys after `checked` are Material's own."""

    title: str | None = None
    description: str | None = None
    checked: datetime.date | None = None
    """The day on which the page's legal statements were last checked against their sources."""
    reviewed: Review | None = None
    """Who signed it as a lawyer, and when; none so far."""
    edition: Literal["instructor"] | None = None
    """The only edition that has the page; every edition where none is named."""
    hide: list[str] = []
    search: dict[str, bool | float] = {}
    template: str | None = None


class LessonMeta(PageMeta):
    """Front matter of a lesson: a page that is taught."""

    title: str
    description: str
    minutes: int = Field(gt=0)
    """Teaching time; timetables take it from here."""
    objectives: dict[Key, str] = Field(min_length=1)
    """What a trainee can do afterwards, by key. Each is tested by a question."""


class CourseMeta(PageMeta):
    """Front matter of a course: the index page of a folder of lessons."""

    title: str
    description: str
    duration: str
    """How long the course runs, as people say it: 两日."""
    institutions: list[Institution] = []
    """For whose staff it is; a rule that binds none of them is no duty of theirs."""


class CohortMeta(PageMeta):
    """Front matter of a cohort's page."""

    title: str
    description: str
    cohort: Cohort = Field(alias="class")


class StatuteMeta(PageMeta):
    """Front matter of a statute's page in the register."""

    title: str
    description: str
    statute: Statute


class DutiesMeta(PageMeta):
    """Front matter of the page on who must train collectors."""

    duties: list[Duty] = Field(min_length=1)


class RepealedMeta(PageMeta):
    """Front matter of the page on statutes that are no longer in force."""

    repealed: dict[str, str] = Field(min_length=1)
    """Each short name, and where its matter stands now."""


@dataclass(frozen=True)
class Page:
    """A page's source, split and scanned."""

    path: str
    """Relative to docs/, as in a link: `car-loan/05-phone-preparation.md`."""
    meta: PageMeta
    body: str
    first_line: int
    """The line of the file on which `body` begins."""
    blocks: list[blocks.Block]
    mistakes: tuple[Mistake, ...]
    citations: tuple[Located, ...]
    """Its citations, front matter included; lines count from the file's first."""

    @property
    def lesson(self) -> LessonMeta | None:
        """Its front matter, if this is a lesson."""
        return self.meta if isinstance(self.meta, LessonMeta) else None

    @property
    def course(self) -> CourseMeta | None:
        """Its front matter, if this is a course's index page."""
        return self.meta if isinstance(self.meta, CourseMeta) else None

    @property
    def cohort(self) -> Cohort | None:
        """The cohort, if this is the page of one."""
        return self.meta.cohort if isinstance(self.meta, CohortMeta) else None

    @property
    def statute(self) -> Statute | None:
        """The statute, if this is the page of one."""
        return self.meta.statute if isinstance(self.meta, StatuteMeta) else None

    @property
    def duties(self) -> list[Duty]:
        """The duties to train, if this is the page on them."""
        return self.meta.duties if isinstance(self.meta, DutiesMeta) else []

    @cached_property
    def articles(self) -> dict[str, Article]:
        """The articles of a statute's page, by key."""
        return {article.key: article for article in articles(self.public)}

    @cached_property
    def public(self) -> str:
        """Its body as every edition may show it, line for line: without instructor's notes."""
        return blocks.published(self.body, self.blocks, "trainee")

    def is_for(self, edition: str | None) -> bool:
        """Say whether an edition has this page."""
        return self.meta.edition in (None, edition)

    @property
    def title(self) -> str:
        """What links to this page are called."""
        return self.meta.title or PurePosixPath(self.path).stem

    @property
    def description(self) -> str:
        """What it gives its reader, in a sentence."""
        return self.meta.description or ""

    @property
    def quizzes(self) -> list[str]:
        """IDs of the quizzes it embeds."""
        return [block.argument for block in self.blocks if block.name == "quiz"]

    @property
    def scenarios(self) -> list[str]:
        """IDs of the scenarios it embeds."""
        return [block.argument for block in self.blocks if block.name == "scenario"]

    @property
    def reading_minutes(self) -> int:
        """How long its text takes to read, instructor's notes and data apart."""
        # A Chinese character or a Latin word or number is one unit of reading.
        return round(len(re.findall(r"[\u3400-\u9fff]|[A-Za-z0-9.,]+", self.public)) / CHARACTERS_A_MINUTE)


@dataclass(frozen=True, eq=False)
class Corpus:
    """The sources of a site, looked up by the names that authors use.

    A corpus reads its pages once: one corpus is one build. Files that did not change since the last one are not
    parsed again.
    """

    docs: Path
    quizzes: Path
    order: tuple[str, ...] = ()
    """Pages in teaching order, which is the navigation's; pages it lacks follow by name."""
    company: Company | None = None
    """Whose edition of the site this is: it adds pages of its own and leaves out others."""

    @classmethod
    def here(cls) -> Corpus:
        """Give the corpus of the project in the current folder."""
        root = Path.cwd()
        return cls(root / "docs", root / "quizzes", company=company_of(root))

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Corpus:
        """Give the corpus that the extension's options name: one of a whole build, or one made for this page."""
        given = options.get("corpus")
        if isinstance(given, cls):
            return given
        docs, quizzes = Path(options["docs"]).absolute(), Path(options["quizzes"]).absolute()
        return cls(docs, quizzes, tuple(options["order"]), options.get("company") or None)

    def name_of(self, file: Path) -> str:
        """Give the path that an author is told: relative to the project's root."""
        root = self.docs.parent
        return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()

    def file_of(self, path: str) -> Path:
        """Give the file of the page at `path`, whether it is there or not."""
        return self.company.pages.get(path, self.docs / path) if self.company else self.docs / path

    def source_of(self, path: str) -> str:
        """Give the path that an author of the page at `path` is told."""
        return self.name_of(self.file_of(path))

    def leaves_out(self, path: str) -> bool:
        """Say whether this company's site lacks a file of docs/, or a document that a page offers."""
        return self.company is not None and self.company.leaves_out(path)

    @cached_property
    def _written(self) -> list[str]:
        """All pages below docs/, left out or not."""
        return [file.relative_to(self.docs).as_posix() for file in self.docs.rglob("*.md") if file.is_file()]

    @cached_property
    def _pages(self) -> dict[str, Page]:
        """All pages in teaching order, by path."""
        found = [path for path in self._written if not self.leaves_out(path)]
        found += self.company.pages if self.company else []
        place = {path: number for number, path in enumerate(self.order)}
        paths = sorted(found, key=lambda path: (place.get(path, len(place)), path))
        return {path: self._read_page(path) for path in paths}

    def _read_page(self, path: str) -> Page:
        file = self.file_of(path)
        return _page(file, path, self.name_of(file), *_version(file))

    def page(self, path: str) -> Page | None:
        """Give the page at `path`, relative to docs/, or None."""
        return self._pages.get(path)

    def pages(self, folder: str = "") -> Iterator[Page]:
        """Give every page, or those in `folder`, in teaching order."""
        prefix = f"{folder}/" if folder else ""
        return (page for path, page in self._pages.items() if path.startswith(prefix))

    def lessons(self, course: str) -> list[Page]:
        """Give the lessons of the course in folder `course`, in teaching order."""
        return [page for page in self.pages(course) if page.lesson]

    def courses(self) -> list[Page]:
        """Give the index pages of all courses, in teaching order."""
        return [page for page in self.pages() if page.course]

    def course_of(self, path: str) -> Page | None:
        """Give the index page of the course in whose folder `path` lies, or None."""
        page = self.page(f"{PurePosixPath(path).parent}/index.md")
        return page if page and page.course else None

    def quiz_ids(self) -> list[str]:
        """Give the IDs of all quizzes: paths below quizzes/ without their suffix."""
        return [name for name in self._files if not name.startswith(f"{SCENARIOS}/")]

    def scenario_ids(self) -> list[str]:
        """Give the IDs of all scenarios: paths below quizzes/scenarios/ without their suffix."""
        return [name.removeprefix(f"{SCENARIOS}/") for name in self._files if name.startswith(f"{SCENARIOS}/")]

    @cached_property
    def _files(self) -> dict[str, Path]:
        """All files below quizzes/, by their path without suffix. What is not listed here is not read."""
        files = sorted(file for file in self.quizzes.rglob("*.yml") if file.is_file())
        found = {file.relative_to(self.quizzes).with_suffix("").as_posix(): file for file in files}
        # What only pages embed that are left out goes with them.
        left_out = {name for path in self._written if self.leaves_out(path) for name in _embeds(self._read_page(path))}
        gone = left_out - {name for page in self.pages() for name in _embeds(page)} if left_out else left_out
        return {name: file for name, file in found.items() if name not in gone}

    def quiz_file(self, identifier: str) -> Path:
        """Give the file of the quiz of that ID, whether it is there or not."""
        return self.quizzes / f"{identifier}.yml"

    def scenario_file(self, identifier: str) -> Path:
        """Give the file of the scenario of that ID, whether it is there or not."""
        return self.quizzes / SCENARIOS / f"{identifier}.yml"

    def quiz(self, identifier: str) -> Read[Quiz] | None:
        """Give the quiz of that ID, or its mistakes; None where there is no such file."""
        return self._read(Quiz, identifier)

    def scenario(self, identifier: str) -> Read[Scenario] | None:
        """Give the scenario of that ID, or its mistakes; None where there is no such file."""
        return self._read(Scenario, f"{SCENARIOS}/{identifier}")

    def _read(self, model: type[M], name: str) -> Read[M] | None:
        file = self._files.get(name)
        return _data(model, file, self.name_of(file), *_version(file)) if file else None

    def data_files(self, page: Page) -> list[Path]:
        """Give the files whose quizzes and scenarios a page shows."""
        return [self._files[name] for name in _embeds(page) if name in self._files]

    def data_citations(self, file: Path) -> tuple[Located, ...]:
        """Give the citations of a quiz's or a scenario's file."""
        return _data_citations(file, *_version(file))

    def questions(self, page: Page) -> dict[str, str]:
        """Give the questions a page asks: full ID → hash of the question as it stands."""
        quizzes = ((identifier, self.quiz(identifier)) for identifier in page.quizzes)
        return {
            f"{identifier}/{question.id}": question.digest
            for identifier, found in quizzes
            if found and found.model
            for question in found.model.questions
        }

    def study_minutes(self, page: Page) -> int:
        """Say how long a trainee studies this lesson alone: reading and answering, at least a minute."""
        return max(1, page.reading_minutes + MINUTES_A_QUESTION * len(self.questions(page)))


def _embeds(page: Page) -> list[str]:
    """Give the files below quizzes/ that a page shows, by their path without suffix."""
    return [*page.quizzes, *(f"{SCENARIOS}/{identifier}" for identifier in page.scenarios)]


def _version(file: Path) -> tuple[int, int]:
    status = file.stat()
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=4096)
def _page(file: Path, path: str, name: str, _time: int, _size: int) -> Page:
    text, wrong = text_of(file, name)
    front, body = split_front_matter(text)
    first_line = text[: len(text) - len(body)].count("\n") + 1
    meta = PageMeta()
    if wrong := (*wrong, *unfit(text, name), *_unclosed(text, body, name)):
        # Whoever cannot read a page must not publish what may be the instructor's.
        meta = PageMeta(edition=_meant_for(front or text.partition("\n\n")[0]))
    else:
        meta, wrong = _meta(front, name, path)
    found = blocks.scan(body)
    told = (*wrong, *blocks.mistakes(body, found, name, first_line))
    return Page(path, meta, body, first_line, found, told, tuple(citations(text)))


def _meta(front: str, name: str, path: str) -> tuple[PageMeta, tuple[Mistake, ...]]:
    """Read front matter as what its keys say the page is. It begins on the file's second line."""
    tree, wrong = read_yaml(front, name, 2)
    if wrong:
        return PageMeta(edition=_meant_for(front)), wrong
    data = tree.data
    if not isinstance(data, dict):
        return PageMeta(edition=_meant_for(front)), (Mistake(name, 2, "页首信息要写成键和值", "每行一个“键: 值”"),)
    kind: type[PageMeta] = PageMeta
    if "duration" in data and PurePosixPath(path).name == "index.md":
        kind = CourseMeta
    elif "class" in data:
        kind = CohortMeta
    elif "statute" in data:
        kind = StatuteMeta
    elif "repealed" in data:
        kind = RepealedMeta
    elif "duties" in data:
        kind = DutiesMeta
    elif "minutes" in data or "objectives" in data:
        kind = LessonMeta
    result = validate(kind, tree, name, 2)
    if result.model:
        return result.model, ()
    title = data.get("title")
    title = title.strip() if isinstance(title, str) else None
    return PageMeta(title=title or None, edition=_meant_for(front)), result.mistakes


def _unclosed(text: str, body: str, name: str) -> Iterator[Mistake]:
    """Tell front matter that never ends, or ends as another program would have it."""
    if text == body and re.match(r"---[ \t]*\n", text):
        yield Mistake(name, 1, "页首信息没有结束", "在最后一个键下面另起一行写“---”")


def _meant_for(front: str) -> Literal["instructor"] | None:
    """Say which edition front matter that has mistakes may be meant for: a slip of the pen publishes nothing."""
    words = re.findall(r"[A-Za-z]+", front[:LONGEST_FRONT])
    meant = (difflib.get_close_matches(word.lower(), ("edition", "instructor"), 1, 0.75) for word in words)
    return "instructor" if any(meant) else None


@lru_cache(maxsize=4096)
def _data(model: type[M], file: Path, name: str, _time: int, _size: int) -> Read[M]:
    text, wrong = text_of(file, name)
    return Read(None, wrong) if wrong else read(model, text, name)


@lru_cache(maxsize=4096)
def _data_citations(file: Path, _time: int, _size: int) -> tuple[Located, ...]:
    return tuple(citations(text_of(file, file.name)[0]))
