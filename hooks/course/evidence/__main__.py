"""`python -m course.evidence NAME`: write who was taught what in a class, from its page and the results handed in."""

from __future__ import annotations

import argparse
import difflib
import sys
from pathlib import Path, PurePosixPath

from ..cohort.plan import cohorts
from ..command import refusal, write
from ..corpus import Corpus, Page
from ..paper import LackingError
from .model import Evidence, gather, hashes
from .pdf import to_pdf
from .results import HandedIn, read_results
from .version import version_of
from .xlsx import to_xlsx


def main(arguments: list[str] | None = None) -> int:
    """Write the pack of a class of the project that the current folder holds, or nothing at all."""
    parser = argparse.ArgumentParser(prog="course.evidence", description=__doc__)
    parser.add_argument("name", nargs="?", default="", help="the stem of a page in docs/classes/")
    parser.add_argument("--results", type=Path, help="the folder with what was handed in (default: results/NAME)")
    parser.add_argument("--into", type=Path, default=Path("dist"), help="where files are written (default: dist)")
    asked = parser.parse_args(arguments)
    corpus = Corpus.here()
    if wrong := refusal(corpus):
        return _refuse(wrong)
    page = _class(corpus, asked.name)
    if isinstance(page, str):
        return _refuse(page)
    name = PurePosixPath(page.path).stem
    folder = asked.results or Path("results", name)
    if folder.absolute().resolve().is_relative_to(corpus.docs.resolve()):
        return _refuse(f"{folder} 在 docs/ 里，会随网站发布出去 —— 换到 docs/ 以外，如 results/{name}/")
    if asked.results and not folder.is_dir():
        return _refuse(f"没有“{folder}”这个文件夹 —— 把交来的文件放进一个文件夹，写 RESULTS=文件夹")
    handed_in = _read(corpus, page, folder)
    if handed_in is None:
        return 1
    evidence = gather(corpus, name, page, version_of(Path.cwd(), corpus.company), handed_in)
    print(
        f"{page.title}：{len(evidence.people)} 人，{len(evidence.lessons)} 课，{len(evidence.articles)} 条法条",
        flush=True,
    )
    return _write(evidence, asked.into)


def _class(corpus: Corpus, name: str) -> Page | str:
    """Find a class by its name, or say what there is."""
    found = {PurePosixPath(page.path).stem: page for page in cohorts(corpus)}
    if page := found.get(name.removesuffix(".md")):
        return page
    close = difflib.get_close_matches(name, found, 1)
    remedy = (
        f"是不是“{close[0]}”？"
        if close and name
        else "可用：" + ("、".join(found) or "还没有，先在 docs/classes/ 写一页")
    )
    what = f"没有“{name}”这个班次" if name else "没有写是哪个班次（CLASS=NAME）"
    return f"{what} —— {remedy}"


def _read(corpus: Corpus, page: Page, folder: Path) -> HandedIn | None:
    """Read what was handed in; None where it has mistakes, which are told."""
    assert page.cohort
    if not folder.is_dir():
        print(f"{folder.as_posix()} 还没有：按没有交来结果写", flush=True)
        return HandedIn()
    found = read_results(folder, folder.as_posix(), page.cohort.participants, hashes(corpus))
    for mistake in sorted(found.mistakes):
        print(mistake, file=sys.stderr)
    if found.mistakes:
        print(f"{len(found.mistakes)} 处要改，什么也没有写", file=sys.stderr)
        return None
    print(f"{folder.as_posix()}：{len(found.records)} 人的记录，{len(found.lists)} 份成绩表", flush=True)
    for called, file in found.lists.items():
        print(f"{called}：{file}", flush=True)
    for note in found.notes:
        print(f"提示 {note}", flush=True)
    return found


def _write(evidence: Evidence, into: Path) -> int:
    try:
        contents = {"pdf": to_pdf(evidence), "xlsx": to_xlsx(evidence)}
    except LackingError as error:
        return _refuse(str(error))
    for suffix, content in contents.items():
        write(into / f"{evidence.name}-evidence.{suffix}", content)
    return 0


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
