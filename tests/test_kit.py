"""The class kit: the example class's zip as LibreOffice and pypdf read it, slides that fit, what prevents a kit."""

from __future__ import annotations

import datetime
import io
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from pypdf import PdfReader

import office
from conftest import ROOT
from course.cohort.steps import notes
from course.corpus import Corpus
from course.doctor import lacking_office
from course.downloads import documents
from course.kit import cards, deck
from course.kit.__main__ import main
from course.kit.onpaper import embed_pictures, figure_style, put_on_paper
from course.kit.papers import papers
from course.kit.plan import Plan, named, plan
from course.kit.slides import LARGE, LINE, SMALL, Body, Grid, Points, Slide, Talk, Text, decks, fitted, grid
from course.paper import LACKING, to_pdf
from course.quiz.model import Choice
from project import SOURCES, write

CLASS = """\
---
title: 小班
description: 一个班。
class:
  timetable: car/timetable.md
  dates: [2026-12-07]
  trainer: 讲师甲
  room: 一室
  participants: [A01, A02]
---

# 小班

/// class
///
"""
NAME = "car-loan-example"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DC = "{http://purl.org/dc/elements/1.1/}"
EPOCH = 1700000000
SITE = "https://kurs.example/"


def squashed(text: str) -> str:
    """Give a text without the breaks that a page puts into it."""
    return re.sub(r"\s", "", text)


class Kit:
    """A kit as its reader unpacks it."""

    def __init__(self, file: Path) -> None:
        self.archive = zipfile.ZipFile(file)
        self.texts: dict[str, str] = {}

    def pdf(self, name: str) -> PdfReader:
        return PdfReader(io.BytesIO(self.archive.read(name)))

    def text(self, name: str) -> str:
        if name not in self.texts:
            self.texts[name] = squashed("".join(page.extract_text() for page in self.pdf(name).pages))
        return self.texts[name]


@pytest.fixture(scope="module")
def planned() -> Plan:
    corpus = Corpus(ROOT / "docs", ROOT / "quizzes")
    found = plan(corpus, named(corpus)[NAME])
    assert found
    return found


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    """The example class's kit, as the command writes it."""
    folder = tmp_path_factory.mktemp("kit")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH), "SITE_URL": SITE}
    command = [sys.executable, "-m", "course.kit", NAME, "--into", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    found = Kit(folder / f"{NAME}-kit.zip")
    assert [line.split()[0] for line in said[:-1]] == found.archive.namelist()
    assert re.search(r"-kit\.zip  [\d,]+ KB，\d+ 个文件$", said[-1])
    assert [file.name for file in folder.iterdir()] == [f"{NAME}-kit.zip"]
    return found


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """A project with a class, in the current folder."""
    corpus = write(tmp_path, **{"docs/classes/one.md": CLASS})
    (tmp_path / "docs/assets").mkdir()
    for style in ("brand.css", "law.css"):
        (tmp_path / "docs/assets" / style).write_bytes((ROOT / "docs/assets" / style).read_bytes())
    monkeypatch.chdir(tmp_path)
    return corpus


# The zip


def test_a_kit_holds_what_its_index_names_with_the_instructors_files_apart(kit: Kit) -> None:
    names = kit.archive.namelist()
    assert [name for name in names if name.startswith("instructor/")] == [
        "instructor/slides-day-1.pptx",
        "instructor/slides-day-2.pptx",
        "instructor/papers-key.pdf",
        "instructor/cards-observer.pdf",
        "instructor/run-sheet.pdf",
    ]
    assert [name for name in names if name.startswith("participants/")] == [
        f"participants/{name}"
        for name in (
            *("handout.pdf", "slides-day-1.pdf", "slides-day-2.pdf"),
            *("scorecard.pdf", "scorecard.xlsx", f"{NAME}.ics"),
        )
    ]
    assert [name for name in names if name.startswith("in-class/")] == [
        f"in-class/{name}.pdf" for name in ("paper-a", "paper-b", "cards-customer", "cards-collector", "sign-in")
    ]
    index = kit.archive.read("先看这里.txt")
    # The oldest Notepad reads it: a byte order mark, and its own ends of lines.
    assert index.startswith(b"\xef\xbb\xbf")
    assert index.count(b"\n") == index.count(b"\r\n")
    listed = re.findall(r"^  (\S+)　", index.decode("utf-8-sig"), re.MULTILINE)
    assert sorted(listed) == sorted(PurePosixPath(name).name for name in names if "/" in name)


def test_names_are_utf_8_and_dates_are_the_commits(kit: Kit) -> None:
    date = datetime.datetime.fromtimestamp(EPOCH, datetime.UTC).timetuple()[:6]
    for part in kit.archive.infolist():
        assert part.filename.isascii() or part.flag_bits & 0x800
        # A zip counts in steps of two seconds.
        assert part.date_time == (*date[:5], date[5] // 2 * 2)


def test_the_calendar_is_the_sites(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    site = documents(Corpus(ROOT / "docs", ROOT / "quizzes"), site=SITE)
    assert kit.archive.read(f"participants/{NAME}.ics") == site[f"classes/{NAME}.ics"]()
    assert kit.archive.read("participants/scorecard.xlsx") == site["toolbox/scorecard.xlsx"]()


def test_every_pdf_carries_its_fonts_and_its_title(kit: Kit, planned: Plan) -> None:
    for name in kit.archive.namelist():
        if name.endswith(".pdf"):
            reader = kit.pdf(name)
            assert reader.metadata
            assert planned.title in (reader.metadata.title or "") or "通话评分表" in (reader.metadata.title or "")
            for page in (reader.pages[0], reader.pages[-1]):
                fonts: Any = page["/Resources"].get("/Font", {})  # type: ignore[attr-defined]
                assert fonts
                for font in fonts.values():
                    below = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
                    assert {"/FontFile2", "/FontFile3"} & below.keys()


# Handout


def test_the_handout_has_every_lesson_with_bookmarks_and_page_numbers(kit: Kit, planned: Plan) -> None:
    reader = kit.pdf("participants/handout.pdf")
    pages = [squashed(page.extract_text()) for page in reader.pages]
    kit.texts["participants/handout.pdf"] = "".join(pages)
    assert 80 < len(pages) < 160
    assert all(page.endswith(f"{number}/{len(pages)}") for number, page in enumerate(pages, 1) if number > 1)
    top = [mark for mark in reader.outline if not isinstance(mark, list)]
    assert [mark.title for mark in top] == ["目录", "课程表", *(p.title for p in planned.lessons), "引用的法条（要旨）"]
    for mark in top[2:]:
        place = reader.get_destination_page_number(mark)
        assert place is not None
        # The table of contents says the page that the bookmark leads to, and there the lesson begins.
        title = squashed(mark.title or "")
        assert re.search(re.escape(title) + rf"\.*{place + 1}(?!\d)", pages[1] + pages[2])
        assert title in pages[place]


def test_what_participants_get_has_no_answer_and_no_note_of_the_instructors(kit: Kit, planned: Plan) -> None:
    quizzes = (planned.corpus.quiz(name) for page in planned.lessons for name in page.quizzes)
    questions = [question for read in quizzes if read and read.model for question in read.model.questions]
    told = [line for page in planned.lessons for note in notes(page) for line in note.text.split("\n")]
    assert len(questions) > 100
    assert len(told) > 50
    handed = ("participants/handout", "in-class/paper-a", "in-class/paper-b", "participants/slides-day-2")
    for name in handed:
        text = kit.text(f"{name}.pdf")
        assert "答案：" not in text
        for question in questions:
            explained = squashed(question.explanation)
            assert len(explained) < 20 or explained not in text, question.id
            for option in question.options if isinstance(question, Choice) else ():
                assert len(option.feedback) < 20 or squashed(option.feedback) not in text
        for line in told:
            said = squashed(re.sub(r"\*\*|\[([^\]]*)\]\([^)]*\)", r"\1", line))
            assert len(said) < 20 or said.startswith("|") or said[:40] not in text


def test_a_figure_on_paper_has_the_sites_colours_in_itself() -> None:
    root = ET.fromstring('<div><svg><rect class="soft" /></svg></div>')  # noqa: S314
    put_on_paper(root, figure_style(ROOT / "docs/assets"))
    style = root.find("svg/style")
    assert style is not None
    assert ".soft { fill: #e6f0ef; }" in (style.text or "")
    assert "var(" not in (style.text or "")
    assert ".md-typeset" not in (style.text or "")


# Papers


def test_two_papers_of_one_length_test_the_same_objectives_by_other_questions(planned: Plan) -> None:
    first, second = papers(planned)
    assert len(first.questions) == len(second.questions) == 20
    goals = [
        sorted((each.lesson.path, each.question.objective) for each in paper.questions) for paper in (first, second)
    ]
    assert goals[0] == goals[1]
    assert not {each.question.id for each in first.questions} & {each.question.id for each in second.questions}


def test_every_right_option_stands_on_its_paper_under_the_letter_of_its_key(kit: Kit, planned: Plan) -> None:
    key = kit.text("instructor/papers-key.pdf")
    for paper in papers(planned):
        text = kit.text(f"in-class/paper-{paper.letter.lower()}.pdf")
        assert len(kit.pdf(f"in-class/paper-{paper.letter.lower()}.pdf").pages) <= 6
        for each in paper.questions:
            assert squashed(f"{each.number}.{each.question.stem}").replace("**", "") in text
            # Its row: number, answer, explanation.
            assert squashed(f"{each.number}{each.key}{each.question.explanation[:8]}") in key
            if isinstance(each.question, Choice):
                for option in each.question.options:
                    letters = [x for x in "ABCDEFGHIJ" if squashed(f"{x}.{option.text}") in text]
                    assert (letters[0] in each.key) == option.correct


# Cards


def test_cards_are_of_the_scenarios_that_the_lessons_teach_but_those_nobody_should_play(
    kit: Kit, planned: Plan
) -> None:
    taught = {page.path for page in planned.lessons}
    found = (planned.corpus.scenario(name) for name in planned.corpus.scenario_ids())
    every = [read.model for read in found if read and read.model and read.model.lesson in taught]
    assert {"他说不想活了", "接电话的是他妻子"} == {each.title for each in every if not each.cards}
    index = kit.archive.read("先看这里.txt").decode("utf-8-sig")
    customer, collector, observer = (
        kit.text(name)
        for name in (
            "in-class/cards-customer.pdf",
            "in-class/cards-collector.pdf",
            "instructor/cards-observer.pdf",
        )
    )
    for scenario in every:
        heard = squashed(scenario.nodes[scenario.start].says or "")
        wrong = [squashed(choice.why) for _, _, choice in scenario.edges() if choice.verdict == "violation"]
        if not scenario.cards:
            assert scenario.title in index
            assert not any(squashed(scenario.situation) in text for text in (customer, collector, observer))
            continue
        assert squashed(scenario.situation) in collector
        assert heard in customer
        assert heard not in collector
        assert not any(why in customer or why in collector for why in wrong)
        assert all(why in observer for why in wrong)
    assert observer.count("开场与核身原话：") == len(cards.played(planned))


# Slides

LONG = "这一句有二十个字长，说的是同一件事情啊。"
ROWS = tuple((f"第 {n} 行", LONG, "短") for n in range(30))


def words(body: Body | None) -> list[str]:
    match body:
        case Points(items=texts) | Text(paragraphs=texts):
            return ["".join(texts)]
        case Talk(turns=turns):
            return [part for turn in turns for part in turn]
        case Grid(rows=rows):
            return [cell for row in rows for cell in row]
    return []


@pytest.mark.parametrize(
    "body",
    [
        Points((LONG,) * 40),
        Points((LONG * 40,)),
        Points(("没有一个句号" * 100,)),
        Text((LONG, LONG * 30, LONG)),
        Talk((("催收员", LONG), ("客户", "嗯。")) * 20),
        grid(("甲", "乙", "丙"), ROWS),
    ],
)
def test_what_is_too_long_for_a_slide_goes_on_on_the_next_and_nothing_is_lost(body: Body) -> None:
    made = list(fitted(Slide("题目", body, notes=("说明",))))
    assert len(made) > 1
    assert all(slide.height <= 1 for slide in made)
    assert [slide.title for slide in made[:2]] == ["题目", "题目（续）"]
    assert [slide.notes for slide in made] == [("说明",), *[()] * (len(made) - 1)]
    assert "".join(word for slide in made for word in words(slide.body)) == "".join(words(body))


def test_a_day_is_shown_lesson_by_lesson_with_its_red_lines_and_nothing_too_high(planned: Plan) -> None:
    for day, slides in zip(planned.timetable.days, decks(planned), strict=True):
        assert slides[0].kind == "opening"
        assert [slide.title for slide in slides if slide.kind == "lesson"] == [
            slot.title for slot in day.slots if slot.kind not in ("break", "lunch")
        ]
        assert all(slide.height <= 1 and len(slide.title) < LINE for slide in slides)
        shown = squashed("".join(word for slide in slides for word in words(slide.body)))
        for page in (page for slot in day.slots if (page := planned.lesson(slot))):
            assert page.lesson
            assert all(squashed(goal) in shown for goal in page.lesson.objectives.values())
            for block in page.blocks:
                if block.name == "redline":
                    assert any(slide.kind == "redline" and block.argument in slide.title for slide in slides)


def test_a_table_is_set_smaller_where_that_saves_a_slide() -> None:
    head = ("甲", "乙", "丙")
    sizes = [
        [slide.body.size for slide in fitted(Slide("题目", grid(head, ROWS[:count]))) if isinstance(slide.body, Grid)]
        for count in (6, 12, 30)
    ]
    assert sizes == [[LARGE], [SMALL], [SMALL] * 3]


def test_slides_of_special_customers_leave_nothing_out(kit: Kit, planned: Plan) -> None:
    page = planned.corpus.page("car-loan/10-special-customers.md")
    assert page
    shown = kit.text("participants/slides-day-2.pdf")
    steps = re.findall(r"^- \*\*.\*\*：(.*)$", page.public, re.MULTILINE)
    assert len(steps) == 30
    for step in steps:
        said = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", step)
        assert all(squashed(sentence) in shown for sentence in said.split("。")), step


def test_the_numbers_of_a_list_go_on_on_the_next_slide() -> None:
    made = deck.pdf([Slide("题目（续）", Points(("3. 丙", "4. 丁")))], "题目", "")
    assert re.findall(r"(\d)\.", PdfReader(io.BytesIO(made)).pages[0].extract_text()) == ["3", "4"]


def low(page: Any) -> float:
    """Give how far above the page's end its lowest text but the page number stands, in points."""
    found: list[float] = []

    def visit(text: str, user: list[float], matrix: list[float], *_: Any) -> None:
        if text.strip() and not text.strip().isdecimal():
            found.append(matrix[5] * user[3] + user[5])

    page.extract_text(visitor_text=visit)
    return min(found)


@pytest.mark.skipif("Impress" in lacking_office(), reason="no LibreOffice Impress")
def test_a_deck_opens_in_libreoffice_with_every_slide_and_no_text_below_its_end(
    kit: Kit, planned: Plan, tmp_path: Path
) -> None:
    files = []
    for number in (1, 2):
        files.append(tmp_path / f"day-{number}.pptx")
        files[-1].write_bytes(kit.archive.read(f"instructor/slides-day-{number}.pptx"))
    office.convert(files, "pdf", tmp_path)
    for file, slides in zip(files, decks(planned), strict=True):
        shown = PdfReader(file.with_suffix(".pdf"))
        assert len(shown.pages) == len(kit.pdf(f"participants/slides-{file.stem}.pdf").pages) == len(slides)
        assert squashed(slides[-1].title) in squashed(shown.pages[-1].extract_text())
    # Each program lays out a day, to save time.
    assert min(map(low, kit.pdf("participants/slides-day-1.pdf").pages)) > 20
    assert min(map(low, shown.pages)) > 20


def test_a_deck_speaks_chinese_in_the_sites_colour_and_tells_the_speaker_what_to_say(kit: Kit, planned: Plan) -> None:
    deck_file = zipfile.ZipFile(io.BytesIO(kit.archive.read("instructor/slides-day-2.pptx")))
    theme = deck_file.read("ppt/theme/theme1.xml").decode()
    accent = re.search(r"--course-accent: #(\w+)", (ROOT / "docs/assets/brand.css").read_text(encoding="utf-8"))
    assert accent
    assert f'<a:accent1><a:srgbClr val="{accent[1].upper()}"' in theme
    assert theme.count('<a:ea typeface="Microsoft YaHei"/>') == 2
    slides = decks(planned)[1]
    told: list[str] = []
    for number, slide in enumerate(slides, 1):
        root = ET.fromstring(deck_file.read(f"ppt/slides/slide{number}.xml"))  # noqa: S314
        shown = squashed("".join(text.text or "" for text in root.iter(f"{A}t")))
        assert shown.startswith(squashed(slide.title))
        assert all(run.get("lang") == "zh-CN" for run in root.iter(f"{A}rPr"))
        assert ("accent2" in deck_file.read(f"ppt/slides/slide{number}.xml").decode()) == (slide.kind == "redline")
        told += slide.notes
    spoken = [name for name in deck_file.namelist() if name.startswith("ppt/notesSlides/notesSlide")]
    said = squashed("".join(deck_file.read(name).decode() for name in spoken))
    assert len(told) > 50
    assert all(squashed(line.partition("&")[0]) in said for line in told)
    core = ET.fromstring(deck_file.read("docProps/core.xml"))  # noqa: S314
    assert core.findtext(f"{DC}title") == f"{planned.title} {planned.timetable.days[1].title}"
    assert core.findtext(f"{DC}creator") == planned.cohort.trainer
    parts = re.findall(r'<p14:section [^>]*name="([^"]+)"', deck_file.read("ppt/presentation.xml").decode())
    assert parts == [slides[0].title, *(slide.title for slide in slides if slide.kind == "lesson")]


# The command


def test_two_kits_of_one_commit_are_the_same_bytes(
    small: Corpus, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    assert main(["one"]) == 0
    once = (tmp_path / "dist/one-kit.zip").read_bytes()
    deck.reference_deck.cache_clear()
    assert main(["one"]) == 0
    assert (tmp_path / "dist/one-kit.zip").read_bytes() == once
    assert small.scenario_ids() == []
    names = zipfile.ZipFile(io.BytesIO(once)).namelist()
    assert "participants/handout.pdf" in names
    assert not [name for name in names if "cards" in name or "scorecard" in name]


@pytest.mark.parametrize(
    ("arguments", "changes", "said"),
    [
        (["two"], {}, ["没有“two”这个班次 —— make kit CLASS=名字，可用：one"]),
        ([""], {}, ["没有说是哪个班次 —— make kit CLASS=名字，可用：one"]),
        (
            ["one"],
            {"docs/car/timetable.md": SOURCES["docs/car/timetable.md"].replace("01-first", "09-none")},
            [
                "docs/car/timetable.md:13: 没有“09-none.md”这一课"
                " —— 写课文文件相对本页的路径，并在课文页首写明 minutes",
                "1 处要改，什么也没有写",
            ],
        ),
        (
            ["one"],
            {"docs/classes/one.md": CLASS.replace("trainer:", "trainr:")},
            [
                "docs/classes/one.md:4: 缺少“trainer” —— 补上“trainer:”",
                "docs/classes/one.md:7: 不认识的键“trainr” —— 是不是“trainer”？",
                "2 处要改，什么也没有写",
            ],
        ),
    ],
)
def test_what_keeps_a_kit_from_being_is_told_and_nothing_is_written(
    small: Corpus,
    arguments: list[str],
    changes: dict[str, str],
    said: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, text in changes.items():
        (small.docs.parent / name).write_text(text, encoding="utf-8")
    assert main(arguments) == 1
    assert capsys.readouterr() == ("", "\n".join(said) + "\n")
    assert not Path("dist").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="a library is made unreadable the way Linux looks for it")
def test_without_pango_one_message_says_what_to_install(small: Corpus, tmp_path: Path) -> None:
    libraries = tmp_path / "libraries"
    libraries.mkdir()
    for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0"):
        (libraries / name).touch()
    environment = {**os.environ, "LD_LIBRARY_PATH": str(libraries)}
    command = [sys.executable, "-m", "course.kit", "one"]
    done = subprocess.run(command, cwd=small.docs.parent, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{LACKING}\n"
    assert not Path("dist").exists()


def test_a_pdf_reads_no_file_and_asks_no_host(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", encoding="utf-8")
    body = f'<p>正文<a rel="attachment" href="{secret.as_uri()}">附件</a></p>'
    read = PdfReader(io.BytesIO(to_pdf(body, "页")))
    assert dict(read.attachments) == {}
    assert "正文" in read.pages[0].extract_text()


NESTED = """\
- 一项

    /// instructor
    讲师才知道的一项
    ///

/// case | 案例
- 案情

    /// instructor
    讲师才知道的案情
    ///
///

利率 &ge; 24%，A&amp;B。
"""


def test_what_stands_deep_in_a_lesson_is_told_from_what_is_shown(small: Corpus, tmp_path: Path) -> None:
    lesson = SOURCES["docs/car/01-first.md"].replace("课文。\n", f"课文。\n\n{NESTED}")
    (tmp_path / "docs/car/01-first.md").write_text(lesson, encoding="utf-8")
    found = plan(small, named(small)["one"])
    assert found
    slides = [slide for day in decks(found) for slide in day]
    shown, said = (str([getattr(slide, part) for slide in slides]) for part in ("body", "notes"))
    assert "讲师才知道" not in shown
    assert "讲师才知道的一项" in said
    assert "讲师才知道的案情" in said
    assert "利率 ≥ 24%，A&B。" in shown


def test_paper_shows_no_call_and_holds_its_pictures(tmp_path: Path) -> None:
    (tmp_path / "照片.png").write_bytes(b"PNG")
    call = "<course-scenario><p>得当</p></course-scenario>"
    root = ET.fromstring(f'<div><p>前</p>{call}<img src="%E7%85%A7%E7%89%87.png" /><img src="none.png" /></div>')  # noqa: S314
    put_on_paper(root)
    embed_pictures(root, tmp_path)
    assert "".join(root.itertext()) == "前"
    assert [image.get("src") for image in root.iter("img")] == ["data:image/png;base64,UE5H", "none.png"]
