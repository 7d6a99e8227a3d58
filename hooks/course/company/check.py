"""What a company can get wrong in company.yml, beyond what its keys say by themselves."""

from __future__ import annotations

import difflib
import posixpath
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ..corpus import Corpus, Page, RepealedMeta
from ..mistakes import Mistake
from ..practice import NOTEBOOK
from ..schedule.model import Schedule
from ..source import read
from .colour import BRAND, LEAST, NEEDED, SCHEMES, judged, legible, tokens
from .model import Company, Profile

HOME = "index.md"
PNG = b"\x89PNG\r\n\x1a\n"


def mistakes(corpus: Corpus) -> Iterator[Mistake]:
    """Find the mistakes of the company's file, if the site is a company's."""
    company = corpus.company
    if company is None:
        return
    yield from company.mistakes
    if company.profile:
        yield from _logo(company, company.profile)
        yield from _accents(company, company.profile, corpus)
        yield from _pages(company, company.profile, corpus)
        yield from _without(company, company.profile, corpus)


def _logo(company: Company, profile: Profile) -> Iterator[Mistake]:
    if profile.logo is None:
        return
    place, file = (company.name, company.line("logo")), company.beside(profile.logo)
    if file is None or file.suffix.lower() not in (".svg", ".png"):
        yield Mistake(*place, f"“{profile.logo}”不能做标志", f"写 {company.file.name} 旁边的一个 SVG 或 PNG 文件")
    elif not file.is_file():
        yield Mistake(*place, f"没有“{profile.logo}”这个文件", f"放到 {company.file.name} 旁边，或改正名字")
    elif not _is_picture(file):
        kind = file.suffix[1:].upper()
        yield Mistake(*place, f"“{profile.logo}”不是完好的 {kind}", "用绘图软件重新存一次")


def _is_picture(file: Path) -> bool:
    if file.suffix.lower() == ".png":
        return file.read_bytes().startswith(PNG)
    try:
        return ET.parse(file).getroot().tag.endswith("svg")  # noqa: S314  (the company's own file)
    except (ET.ParseError, ValueError, LookupError):
        return False


def _accents(company: Company, profile: Profile, corpus: Corpus) -> Iterator[Mistake]:
    if profile.accent is None:
        return
    brand = (corpus.docs / BRAND).read_text(encoding="utf-8")
    for scheme in SCHEMES:
        if lacking := NEEDED - tokens(brand, scheme).keys():
            names = "、".join(f"--course-{name}" for name in sorted(lacking))
            yield Mistake(f"docs/{BRAND}", 1, f"{scheme.called}的 {names} 没有读到", "写成 #rrggbb 这样的六位颜色")
            return
    for scheme, colour in zip(SCHEMES, (profile.accent, profile.accent_dark), strict=True):
        if colour is None:
            continue
        ratio, ground = judged(colour, brand, scheme)
        if ratio < LEAST:
            place = company.name, company.line(scheme.key)
            what = f"{colour} 在{scheme.called}底 {ground} 上的对比度只有 {ratio:.2f}:1，至少要 {LEAST}:1"
            yield Mistake(*place, what, f'颜色{scheme.farther}，如 "{legible(colour, brand, scheme)}"')


def _pages(company: Company, profile: Profile, corpus: Corpus) -> Iterator[Mistake]:
    if profile.pages is None:
        return
    place, folder = (company.name, company.line("pages")), company.folder
    if folder is None or any(own in (folder, *folder.parents) for own in (corpus.docs, corpus.quizzes)):
        yield Mistake(*place, f"“{profile.pages}”不能放本公司的页面", f"写 {company.file.name} 旁边的一个文件夹")
    elif not folder.is_dir():
        yield Mistake(*place, f"没有“{profile.pages}”这个文件夹", f"在 {company.file.name} 旁边新建，或改正名字")
    elif not company.pages:
        yield Mistake(*place, f"“{profile.pages}”里没有一页", "放进 .md 文件，或删去“pages:”")


def _without(company: Company, profile: Profile, corpus: Corpus) -> Iterator[Mistake]:
    everything = Corpus(corpus.docs, corpus.quizzes, corpus.order)
    known = _names(everything)
    wrong = False
    for number, written in enumerate(profile.without):
        entry = written.rstrip("/")
        said = _never(entry, everything) if entry in known else _unknown(entry, known)
        if said:
            wrong = True
            yield Mistake(company.name, company.line("without", number), *said)
    if not wrong:
        yield from _needed(company, profile, everything)


def _names(everything: Corpus) -> list[str]:
    """Give what can be named: folders that hold pages, and pages."""
    paths = [page.path for page in everything.pages()]
    folders = {folder.as_posix() for path in paths for folder in PurePosixPath(path).parents} - {"."}
    return [*sorted(folders), *paths]


def _unknown(entry: str, known: list[str]) -> tuple[str, str]:
    close = difflib.get_close_matches(entry, known, 1)
    remedy = f"是不是“{close[0]}”？" if close else "写 docs/ 下的文件夹，如 bank，或一页，如 practice/vehicle.md"
    return f"没有“{entry}”这门课或这一页", remedy


def _never(entry: str, everything: Corpus) -> tuple[str, str] | None:
    """Say why something must stay on every site, if it must."""
    pages = [page for page in everything.pages() if page.path == entry or page.path.startswith(f"{entry}/")]
    if entry == HOME:
        return "首页不能去掉", "删去这一行"
    if any(page.statute or page.duties or isinstance(page.meta, RepealedMeta) for page in pages):
        return f"“{entry}”不能去掉：课文引用的条文和培训的依据都在法规库里核对、打开", "删去这一行"
    if entry.endswith("/index.md"):
        folder = PurePosixPath(entry).parent.as_posix()
        return f"“{entry}”不能单独去掉：别的页面从它进去", f"写“{folder}”去掉整个文件夹，或删去这一行"
    return None


def _needed(company: Company, profile: Profile, everything: Corpus) -> Iterator[Mistake]:
    """Tell which pages that stay would lack what they are made of."""
    pages = {page.path: page for page in everything.pages()}
    kept = {path for path in pages if not company.leaves_out(path)}
    for number, written in enumerate(profile.without):
        entry = written.rstrip("/")
        gone = {path for path in pages if path == entry or path.startswith(f"{entry}/")}
        lacking: list[str] = []
        while found := sorted(path for path in kept if not gone.isdisjoint(needs(pages[path], everything))):
            lacking += found
            gone |= {*found}
            kept -= {*found}
        if lacking:
            what = f"去掉“{entry}”，留下的页面就缺一块：{'、'.join(lacking)}"
            remedy = "把它们也写进 without；课程表可以照着另排一份，放进 pages 的文件夹"
            yield Mistake(company.name, company.line("without", number), what, remedy)


def needs(page: Page, everything: Corpus) -> Iterator[str]:
    """Give the pages without which a page cannot be shown; links are not among them: they become text."""
    folder = PurePosixPath(page.path).parent
    for block in page.blocks:
        if block.name == "schedule" and (schedule := read(Schedule, block.body, page.path).model):
            sessions = (session for day in schedule.days for session in day.sessions)
            for lesson in filter(None, (session.lesson for session in sessions)):
                yield posixpath.normpath(folder / lesson.partition("#")[0])
        elif block.name == "run-sheet":
            yield block.argument
        elif block.name == "practice" and block.argument == "today":
            yield NOTEBOOK
    if page.cohort:
        yield page.cohort.timetable
        if page.cohort.complete:
            yield from (lesson.path for lesson in everything.lessons(page.cohort.complete))
