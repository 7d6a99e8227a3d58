"""Whatever stands in a source: a message with path and line or a valid page; no traceback, no hang, nothing let out.

Hypothesis makes the sources: any text, and sound ones that were spoiled the way editors, pastes and slips spoil them.
"""

from __future__ import annotations

import datetime
import html.parser
import io
import itertools
import math
import re
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

import test_scenario
import test_workbook
from course import blocks, yaml_c
from course.downloads import documents
from course.duration import from_clock
from course.law.citation import Citation, article_name, find
from course.law.numerals import to_number
from course.law.sources import citations
from course.quiz.answers import variants
from course.quiz.model import Quiz
from course.scenario.model import Scenario
from course.source import UNREADABLE, _plain, read, split_front_matter
from course.workbook.formula import Formula
from course.workbook.model import Workbook
from course.workbook.xlsx import to_xlsx
from project import SOURCES, render, said, write

# The same examples in every run: what fails here fails for everyone. Try others with `--hypothesis-seed=random`.
settings.register_profile(
    "qingshou",
    derandomize=True,
    database=None,
    deadline=datetime.timedelta(seconds=30),
    max_examples=60,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("qingshou")

SECRET = "只给讲师看的话"  # noqa: S105
NOTE = f"/// instructor\n{SECRET}。\n\n[^s]: {SECRET}\n\n*[秘]: {SECRET}\n///\n"

STATUTE = """\
---
title: 民法典
description: 民事。
statute:
  full: 中华人民共和国民法典
  short: [民法典]
  kind: 法律
  in_force: "2021-01-01"
  status: 有效
  applies_to: [一般]
  source: 数据包
  paragraphs: {"188": 2}
checked: 2026-11-22
---

# 民法典

## 第一百八十八条

时效三年。

## 第一千零三十三条

不许骚扰。
"""
FORM = "---\ntitle: 表格\n---\n\n# 表格\n\n/// workbook\n" + test_workbook.BOOK + "///\n"
CALL = "---\ntitle: 情景\nchecked: 2026-11-22\n---\n\n# 情景\n\n/// scenario | call\n///\n"
SOUND = {
    **SOURCES,
    "docs/car/01-first.md": SOURCES["docs/car/01-first.md"].replace(
        "课文。\n",
        "课文。依《民法典》第一百八十八条第一款。\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```yaml\na: 1\n```\n",
    ),
    "docs/law/civil-code.md": STATUTE,
    "docs/glossary.md": "---\ntitle: 名词\n---\n\n# 名词\n\n### 时效\n\n过了就难要。\n",
    "docs/form.md": FORM,
    "docs/call.md": CALL,
    test_scenario.FILE: test_scenario.CALL,
}

# --- strategies

ODD = ["~", "null", "true", "yes", "0", "-1", "007", "0x1F", "1e400", ".inf", ".nan", "1_000", "8:30", "''", '""', "[]", "{}",
       "2026-13-45", "2026-11-22 10:00:00", "9" * 5000, "!!bool x", "!!set {a}", "!!binary x", "!x y", "&a [*a]", "*b",
       "<<", '"\\u0002"', '"\\ud800"', '"\\0"', "|", ">-", "? ", "- ", "[[[[", "{a: [", "until 99:99", "1/99999999",
       "a: b: c", "@x", "`x`", "%TAG", "---", "...", "第九千万条", "../../etc/passwd", "x" * 300, "=", "\x00", "\x02klzzwxh:0\x03"]  # fmt: skip
LINES = ["", "---", "...", "///", "////", "/// instructor", "/// quiz | car/01-first", "/// nonsense", "/// workbook", "/// figure | x",
         "> /// quiz | car/01-first", "- /// schedule", "1. a", "    code", "```", "~~~ yaml", "| a |", "[^1]: x", "*[a]: b", "# x", "## 第一条",
         "### 词", "<div markdown>", "<!--", "</p>", "<![", "<?", "&#0;", "[x](y.md)", "![](x)", "\t", "《民法典》第一百八十八条",
         "第一条至第九千九百九十九条", "title: [", "edition: instructor", "\x0c", "\u2028", "\ufeff", "/// letter", "/// practice | exam"]  # fmt: skip

anything = st.text(st.characters(codec="utf-8"), max_size=200) | st.text(
    st.sampled_from(list(" \n\t-:|/>#*_`~[]{}()!&?%@\"'0123456789ab第条款项之一二百千零《》、至同法\x00\x02\x03\x0b\x85\u2028")), max_size=120
)  # fmt: skip
line = st.sampled_from(LINES) | st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=30)
scalar = st.sampled_from(ODD) | st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=20)


def _misspelt(key: str, place: int) -> str:
    place %= len(key)
    return key[:place] + key[place + 1 :] + "q"


@st.composite
def spoiled(draw: st.DrawFn, text: str) -> bytes:
    """A sound source after one to four slips."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        if not lines:
            break
        at = draw(st.integers(0, len(lines) - 1))
        key, colon, _ = lines[at].partition(":")
        match draw(st.integers(0, 7)):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[at])
            case 2:
                lines[at] = " " * draw(st.integers(0, 6)) + lines[at].lstrip()
            case 3 if colon and key:
                lines[at] = _misspelt(key, draw(st.integers(0, 20))) + lines[at][len(key) :]
            case 4 if colon:
                lines[at] = f"{key}: {draw(scalar)}"
            case 5:
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            case 6:
                cut = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:cut] + draw(st.sampled_from(["\x00", "\x02", "\x1b", "\t", "\u200b", ":", "'", '"', "{", "、"])) + lines[at][cut:]  # fmt: skip
            case _:
                lines.insert(at, draw(line))
    written = "\n".join(lines).encode()
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(written)))
        written = written[:at] + draw(st.binary(min_size=1, max_size=3)) + written[at:]
    return written


# --- what holds

PLACE = re.compile(r"(docs|quizzes)/[^:]+:[1-9]\d*: \S.*", re.DOTALL)
VOID = {"input", "br", "hr", "img", "rect", "path", "col", "meta", "link", "wbr", "source"}


def whole(page: str) -> bool:
    """Whether a page's quiz, timetable and other elements of ours are closed in their order."""
    ours = {"course-quiz", "course-scenario", "fieldset", "form", "figure", "law-notes", "aside"}
    open_: list[str] = []

    class Reader(html.parser.HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag in ours and any(value for _, value in attrs):
                open_.append(tag)

        def handle_endtag(self, tag: str) -> None:
            if open_ and open_[-1] == tag:
                open_.pop()

    Reader().feed(page)
    return not open_


def judge(name: str, written: bytes) -> None:
    """Spoil one file of the sound project; see that every message has its place, and every page its HTML."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, **{path: text for path, text in SOUND.items() if path != name})
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(written)
        corpus = write(root, **dict.fromkeys(SOURCES))
        for message in said(corpus):
            assert PLACE.fullmatch(message), message
        for page in corpus.pages():
            for edition in ("trainee", "instructor"):
                drawn = render(corpus, page.path, edition)
                assert whole(drawn) or "<" in page.body, drawn
        for write_document in documents(corpus).values():
            if name.endswith("form.md"):
                write_document()


def test_the_sound_project_is_sound(tmp_path: Path) -> None:
    assert said(write(tmp_path, **SOUND)) == []


@pytest.mark.parametrize("name", SOUND)
def test_a_spoiled_source_gives_messages_with_their_place_and_pages(name: str) -> None:
    @settings(max_examples=25)
    @given(spoiled(SOUND[name]))
    def spoil(written: bytes) -> None:
        judge(name, written)

    spoil()


@settings(max_examples=25)
@given(
    st.sampled_from(["docs/car/01-first.md", "quizzes/car/01-first.yml", test_scenario.FILE, "docs/law/civil-code.md"]),
    st.binary(max_size=200) | anything.map(str.encode),
)
def test_any_bytes_give_messages_with_their_place_and_pages(name: str, written: bytes) -> None:
    judge(name, written)


@pytest.mark.parametrize("model", [Quiz, Scenario, Workbook])
def test_any_yaml_gives_a_model_or_messages(model: Any) -> None:
    @given(anything)
    def spoil(text: str) -> None:
        found = read(model, text, "x.yml", 3)
        assert (found.model is None) == bool(found.mistakes)
        assert all(mistake.line >= 1 and mistake.what for mistake in found.mistakes)

    spoil()


@settings(max_examples=100)
@given(anything | spoiled(SOUND["quizzes/car/01-first.yml"]).map(lambda written: written.decode(errors="replace")))
def test_what_libyaml_reads_ruamel_reads_alike(text: str) -> None:
    try:
        quick = yaml_c.load(text)
    except yaml_c.UnusualError:
        return
    data = YAML(typ="rt").load(text)
    assert repr(quick) == repr({} if data is None else _plain(data))


@pytest.mark.parametrize("odd", ODD)
def test_libyaml_and_ruamel_agree_on_odd_values(odd: str) -> None:
    for text in (f"a: {odd}", f"- {odd}", odd, f"{odd}: 1", f"a: &x {odd}\nb: *x", f"? {odd}\n: 1", f'a: "{odd}"'):
        try:
            quick = yaml_c.load(text)
        except yaml_c.UnusualError:
            continue
        data = YAML(typ="rt").load(text)
        assert repr(quick) == repr({} if data is None else _plain(data)), text


@settings(max_examples=200)
@given(anything)
def test_citations_lie_within_the_text(text: str) -> None:
    for found in find(text):
        assert 0 <= found.start < found.end <= len(text)
        if isinstance(found, Citation):
            assert "第" in text[found.start : found.end]
            assert article_name(found.key)
    lines = text.count("\n") + 1
    assert all(1 <= located.line <= lines for located in citations(text))


@settings(max_examples=150)
@given(st.text("零〇一二两三四五六七八九十百千0123456789０９", min_size=1, max_size=30))
def test_a_numeral_is_a_number_or_none(text: str) -> None:
    number = to_number(text)
    assert number is None or 1 <= number <= 9999


@settings(max_examples=100)
@given(st.text("零〇一二两三四五六七八九十百千万亿0123456789.点负 、a", max_size=24) | anything)
def test_every_answer_has_its_variants(text: str) -> None:
    assert variants(text)
    assert from_clock(text) is None or 0 <= (from_clock(text) or 0) < 24 * 60


@settings(max_examples=300)
@given(st.text(st.sampled_from(list("[]甲乙@上一行+-*/(). 0123456789eExj_,'\"\n")), max_size=40) | anything)
def test_a_formula_has_a_problem_or_a_value(text: str) -> None:
    formula = Formula(text)
    titles = list(dict.fromkeys(name for name, _ in formula.names))
    if not formula.problem():
        for cell in (0.0, 1.0, 1e308, None, "字"):
            value = formula.value([cell] * len(titles), [cell] * len(titles), titles)
            assert value is None or math.isfinite(value)
        assert formula.in_cells(lambda _name, _above: "A1").startswith("=IF(COUNT(")


@settings(max_examples=40)
@given(spoiled(test_workbook.BOOK))
def test_a_workbook_that_is_read_is_written(written: bytes) -> None:
    found = read(Workbook, written.decode(errors="replace"), "x.md")
    if found.model:
        assert zipfile.ZipFile(io.BytesIO(to_xlsx(found.model))).testzip() is None


# --- nothing is let out


def test_a_letter_holds_no_note_and_a_note_no_letter_for_trainees(tmp_path: Path) -> None:
    letter = "//// letter\n您好。\n\n/// instructor\n" + SECRET + "\n///\n////\n"
    swallowed = f"/// letter\n您好。\n\n/// practice | exam\n/// instructor\n{SECRET}\n///\n"
    private = f"//// instructor\n/// letter\n{SECRET}\n///\n////\n"
    hidden = f"---\ntitle: 页\nedition: instructor\n---\n\n/// letter\n{SECRET}\n///\n"
    corpus = write(tmp_path, **{"docs/a.md": letter, "docs/b.md": private, "docs/c.md": hidden, "docs/d.md": swallowed})
    trainee, instructor = documents(corpus, "trainee"), documents(corpus, "instructor")
    assert list(trainee) == ["a.docx", "d.docx"]
    assert SECRET not in repr(trainee)
    assert list(instructor) == ["a.docx", "b.docx", "c.docx", "d.docx"]
    assert repr(instructor).count(SECRET) == 3


BEFORE = [each for each in LINES if each not in ("/// letter", "/// instructor")]


@settings(max_examples=120)
@given(
    st.lists(line.filter(lambda each: "instruct" not in each), max_size=5), st.lists(line, max_size=5), st.booleans()
)
def test_an_instructors_note_is_not_let_out(before: list[str], after: list[str], inside: bool) -> None:
    # Between two fences it would be an example of how to write one.
    after = [each for each in after if not each.lstrip().startswith(("```", "~~~"))]
    note = f"//// letter\n{NOTE}\n////\n" if inside else NOTE
    body = "\n".join([*before, "", note, "", *after])
    with tempfile.TemporaryDirectory() as folder:
        corpus = write(Path(folder), **{"docs/page.md": f"---\ntitle: 页\n---\n\n{body}\n"})
        page = corpus.page("page.md")
        assert page
        assert SECRET not in page.public
        assert SECRET not in render(corpus, "page.md")
        assert SECRET not in repr(documents(corpus))


@pytest.mark.parametrize("begin", ["- ", "1. ", "> ", "* - ", "[^1]: ", ": ", "  - "])
def test_a_note_in_a_place_where_no_block_may_begin_is_told_and_not_let_out(tmp_path: Path, begin: str) -> None:
    indent = begin if ">" in begin else " " * 4
    note = begin + NOTE.replace("\n", f"\n{indent}").rstrip(" >")
    corpus = write(tmp_path, **{"docs/page.md": f"---\ntitle: 页\n---\n\n词\n{note}\n"})
    assert SECRET not in render(corpus, "page.md")
    assert len(said(corpus)) == 1


@settings(max_examples=80)
@given(spoiled("---\ntitle: 页\nedition: instructor\n---\n\n# 页\n"), st.booleans())
def test_an_instructors_page_whose_front_matter_slipped_is_told_or_withheld(written: bytes, crlf: bool) -> None:
    text = written + f"\n{SECRET}\n".encode()
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        (Path(folder) / "docs/page.md").write_bytes(text.replace(b"\n", b"\r\n") if crlf else text)
        corpus = write(Path(folder), **dict.fromkeys(SOURCES))
        page = corpus.page("page.md")
        assert page
        front, _ = split_front_matter(text.decode(errors="replace"))
        if re.search(r"(?m)^edition: instructor$", front) or (page.mistakes and page.meta.edition):
            assert SECRET not in render(corpus, "page.md")


ANSWERS = ("对在这里", "错在这里", "解析一")


@settings(max_examples=60)
@given(spoiled(SOURCES["docs/car/01-first.md"]))
def test_answers_stand_where_the_script_hides_them_or_nowhere(written: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        (Path(folder) / "docs/car/01-first.md").write_bytes(written)
        corpus = write(Path(folder), **dict.fromkeys(SOURCES))
        drawn = re.sub(r"<details.*?</details>", "", render(corpus, "car/01-first.md"), flags=re.DOTALL)
        assert not any(answer in drawn for answer in ANSWERS)


# --- nothing hangs: what takes a moment at a thousandth of its length must not take hours at the whole

LONG: dict[str, Callable[[int], str]] = {
    "spaces": lambda n: "《民法典》第一条" + " " * n + "第二条",
    "stars": lambda n: "*" * n + "x第一条",
    "bare articles": lambda n: "第一条" * (n // 10),
    "a range": lambda n: f"《民法典》第1条至第{'9' * n}条",
    "fences that never end": lambda n: "\n".join(f"```a{place}" for place in range(n // 10)),
    "tildes": lambda n: "~" * n + "`",
    "slashes": lambda n: "/" * n + "x",
    "quotations": lambda n: "> " * (n // 2) + "/// x",
    "headings": lambda n: "## 第" + " " * n + "x\n### 第" + " " * n + "x",
}


@pytest.mark.parametrize("kind", LONG)
def test_a_long_text_does_not_hang(kind: str) -> None:
    text, began = LONG[kind](100_000), time.monotonic()
    found = blocks.scan(text)
    list(blocks.mistakes(text, found, "x.md", 1))
    blocks.published(text, found, "trainee")
    list(citations(text))
    assert time.monotonic() - began < 30  # Quadratic growth takes many minutes.


DEEP = {
    "flow": "[" * 20_000,
    "blocks": "- " * 20_000,
    "maps": "".join(f"{' ' * place}a:\n" for place in range(500)),
    "a family of aliases": "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60)),
    "an alias of itself": "a: &a [*a]",
    "merged aliases": "a: &a {b: 1}\nc:\n  <<: *a\n  d: 1\n",
}


@pytest.mark.parametrize("kind", DEEP)
def test_deep_yaml_is_told(kind: str) -> None:
    found = read(Quiz, DEEP[kind], "x.yml")
    assert found.mistakes
    assert all(mistake.line >= 1 for mistake in found.mistakes)


def test_a_scenario_of_many_good_choices_does_not_hang() -> None:
    choice = "      - {{say: 话{n}, verdict: good, why: 好, next: n{to}}}\n"
    nodes = "".join(
        f"  n{n}:\n    scene: 事{n}\n    choices:\n" + "".join(choice.format(n=i, to=n + 1) for i in range(4))
        for n in range(40)
    ).replace("next: n40", "next: end")
    text = test_scenario.CALL.partition("start:")[0] + f"start: n0\nnodes:\n{nodes}endings:\n"
    text += "".join(
        f"  {key}: {{title: 完, outcome: plan, result: 3, text: 完, learned: 学}}\n" for key in ("end", "other")
    )
    found = read(Scenario, text, "x.yml")
    assert [mistake.what for mistake in found.mistakes] == ["没有一条路走到“other”"]
    assert list(itertools.islice(UNREADABLE, 1))
