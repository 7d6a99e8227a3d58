"""What leaves for learning platforms and question writers: SCORM in Chromium, Moodle XML, the Excel question bank."""

from __future__ import annotations

import datetime
import functools
import http.server
import io
import json
import re
import shutil
import threading
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xmlschema
import yaml
from moodle_xml_parser.parser import parse_bytes
from playwright.sync_api import ConsoleMessage, Frame, Page

import office
import tools
from conftest import ROOT, Quiet
from course import exam
from course.article import EXTENSIONS
from course.corpus import Corpus
from course.doctor import lacking_office
from course.lms import moodle, scorm, sheet
from course.lms.__main__ import main
from course.lms.quiz_yaml import to_yaml
from course.lms.sheet_reader import from_xlsx
from course.quiz.model import Quiz
from course.source import read
from project import SOURCES, write

ALL_TYPES = (ROOT / "tests/golden/all-types.yml").read_text(encoding="utf-8")
CP = f"{{{scorm.CP}}}"


@pytest.fixture(scope="module")
def real() -> Corpus:
    """The project's own sources."""
    return Corpus(ROOT / "docs", ROOT / "quizzes")


@pytest.fixture
def small(tmp_path: Path) -> Corpus:
    """A course of two lessons; the second asks every type of question."""
    corpus = write(tmp_path, **{"quizzes/car/02-second.yml": ALL_TYPES})
    shutil.copytree(ROOT / "docs/assets", tmp_path / "docs/assets")
    return corpus


def packed(corpus: Corpus, course: str) -> zipfile.ZipFile:
    page = corpus.page(f"{course}/index.md")
    assert page
    return zipfile.ZipFile(io.BytesIO(scorm.package(corpus, page)))


# SCORM: the package


def schemas(folder: Path) -> Path:
    """Give the schema of a manifest; what a parser of today refuses of the year 2000 is mended in a copy."""
    found = find_spec("plct_bulder_for_sphinx")
    assert found
    assert found.submodule_search_locations
    for file in (Path(found.submodule_search_locations[0]) / "scorm-templates").glob("*.xsd"):
        text = file.read_text(encoding="utf-8")
        (folder / file.name).write_text(
            text.replace('xmlns="http://www.w3.org/XML/1998/namespace"', ""), encoding="utf-8"
        )
    return folder / "adlcp_rootv1p2.xsd"


def test_manifests_are_valid_against_the_schemas_of_adl(real: Corpus, tmp_path: Path) -> None:
    schema = xmlschema.XMLSchema(schemas(tmp_path))
    for course in real.courses():
        folder = course.path.removesuffix("/index.md")
        scos = [
            scorm.Sco(lesson.path.split("/")[-1].removesuffix(".md"), lesson.title, "")
            for lesson in real.lessons(folder)
        ]
        written = scorm.manifest(folder, course, scos, ["shared/scorm.js"]).decode()
        schema.validate(written)
        with pytest.raises(xmlschema.XMLSchemaException):
            schema.validate(written.replace("<title>", "<titel>").replace("</title>", "</titel>"))


def test_a_package_holds_what_its_manifest_and_its_pages_name_and_asks_no_other_host(
    real: Corpus, tmp_path: Path
) -> None:
    package = packed(real, "car-loan")
    assert package.namelist()[0] == "imsmanifest.xml"
    xmlschema.XMLSchema(schemas(tmp_path)).validate(package.read("imsmanifest.xml").decode())
    root = ET.fromstring(package.read("imsmanifest.xml"))  # noqa: S314
    named = {str(file.get("href")) for file in root.iter(f"{CP}file")}
    assert named == set(package.namelist()) - {"imsmanifest.xml"}
    titles = [item.findtext(f"{CP}title") for item in root.iter(f"{CP}item")]
    assert len(titles) == 15
    assert (titles[4], titles[-1]) == ("课程五 电话催收的准备", "结业考试")
    for name in package.namelist():
        if name.endswith(".html"):
            html = package.read(name).decode()
            loaded = re.findall(r'<(?:link|script|img|iframe)[^>]+(?:href|src)="([^"]+)"', html)
            assert set(loaded) <= named
            links = re.findall(r'<a [^>]*href="([^"]+)"', html)
            assert all(link.startswith(("#", "http")) for link in links)
            ids = set(re.findall(r'id="([^"]+)"', html))
            assert {link[1:] for link in links if link.startswith("#")} <= ids
            assert 'class="instructor"' not in html


def test_two_packages_of_one_commit_are_the_same_bytes(small: Corpus) -> None:
    course = small.courses()[0]
    assert scorm.package(small, course) == scorm.package(small, course)


def test_an_exam_asks_every_objective_in_turn_and_changes_no_more_than_its_questions(
    real: Corpus, small: Corpus
) -> None:
    assert len(exam.draw(real, real.lessons("car-loan"))) == exam.COUNT
    every = exam.draw(small, small.lessons("car"), 3)
    assert {drawn.question.objective for drawn in every} == {"tell", "count", "know"}


def test_lessons_are_rendered_with_the_extensions_of_the_site() -> None:
    class Loader(yaml.SafeLoader):  # type: ignore[misc]
        pass

    Loader.add_multi_constructor("!", lambda *_: None)
    Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)
    config = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader)  # noqa: S506
    named = [each if isinstance(each, str) else next(iter(each)) for each in config["markdown_extensions"]]
    assert list(EXTENSIONS) == named
    admonition = next(each for each in config["markdown_extensions"] if "pymdownx.blocks.admonition" in each)
    assert EXTENSIONS["pymdownx.blocks.admonition"] == admonition["pymdownx.blocks.admonition"]


@pytest.fixture
def vnu() -> Callable[..., list[str]]:
    """The validator."""
    return tools.errors_of_vnu


def test_the_pages_of_a_package_are_valid_html(real: Corpus, tmp_path: Path, vnu: Callable[..., list[str]]) -> None:
    packed(real, "car-loan").extractall(tmp_path)
    assert vnu([tmp_path]) == []


# SCORM: played in Chromium, with scorm-again as the LMS

LMS = """<!doctype html><meta charset="utf-8"><title>LMS</title><script src="scorm12.js"></script><script>
  const sco = new URLSearchParams(location.search).get("sco")
  window.API = new Scorm12API({ autocommit: false, logLevel: 4 })
  const kept = sessionStorage.getItem(sco)
  if (kept) API.loadFromJSON({ ...JSON.parse(kept).cmi, core: { ...JSON.parse(kept).cmi.core, entry: "resume" } }, "cmi")
  API.cmi.student_data.mastery_score = "80"
  API.on("LMSCommit", () => sessionStorage.setItem(sco, JSON.stringify(API.renderCMIToJSONObject())))
  addEventListener("load", () => document.body.append(Object.assign(document.createElement("iframe"), { name: "sco", src: sco, width: 900, height: 900 })))
</script>"""


@pytest.fixture
def scorm_again() -> Path:
    """The LMS."""
    return tools.SCORM_AGAIN


class Player:
    """An LMS that launches pages of a package and tells what it was told."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.said: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("warning", "error") and "favicon" not in message.location["url"]:
            self.said.append(message.text)

    def launch(self, sco: str) -> Frame:
        self.page.goto(f"{self.address}lms.html?sco={sco}")
        self.page.frame_locator("iframe").locator(".quiz-foot").wait_for()
        frame = self.page.frame("sco")
        assert frame
        return frame

    def leave(self, sco: str) -> dict[str, Any]:
        """Close the page as an LMS does; give what the LMS has kept."""
        self.page.evaluate("document.querySelector('iframe').remove()")
        kept: dict[str, Any] = json.loads(self.page.evaluate("sco => sessionStorage.getItem(sco)", sco))["cmi"]
        return kept

    def told(self, name: str) -> str:
        return str(self.page.evaluate("name => API.LMSGetValue(name)", name))


@pytest.fixture
def player(page: Page, small: Corpus, tmp_path: Path, scorm_again: Path) -> Iterator[Player]:
    """The small course in an LMS."""
    folder = tmp_path / "lms"
    packed(small, "car").extractall(folder)
    shutil.copy(scorm_again, folder)
    (folder / "lms.html").write_text(LMS, encoding="utf-8")
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Player(page, f"http://127.0.0.1:{server.server_address[1]}/")
        server.shutdown()


def answer_rightly(frame: Frame, but: tuple[str, ...] = ()) -> None:
    """Answer every question as its page says is right, but for some."""
    for field in frame.locator("fieldset:not([disabled])").all():
        wrong = field.get_attribute("data-question") in but
        for select in field.locator("select").all():
            right = str(select.get_attribute("data-right"))
            select.select_option("0" if wrong else right)
        for choice in field.locator("input[data-right]").all():
            choice.check()
        for choice in field.locator("input:not([data-right]):not([type=text])").all():
            if wrong:
                choice.check()
        if (text := field.locator("input[type=text]")).count():
            accepted = text.get_attribute("data-accepted")
            value = json.loads(accepted)[0] if accepted else text.get_attribute("data-answer")
            text.fill("不知道" if wrong else str(value))


def test_a_quiz_tells_score_status_and_every_answer(player: Player) -> None:
    frame = player.launch("02-second.html")
    assert player.told("cmi.core.lesson_status") == "incomplete"
    answer_rightly(frame)
    frame.get_by_role("button", name="检查").click()
    assert player.told("cmi.core.score.raw") == "100"
    assert player.told("cmi.core.lesson_status") == "passed"
    assert "最好成绩 100 分，已通过" in frame.locator(".player-status").inner_text()
    kept = player.leave("02-second.html")
    asked = kept["interactions"]
    found = (
        {each["id"].split("_")[-1]: each for each in asked.values()}
        if isinstance(asked, dict)
        else {each["id"].split("_")[-1]: each for each in asked}
    )
    assert {name: (each["type"], each["student_response"], each["result"]) for name, each in found.items()} == {
        "single-one": ("choice", "b", "correct"),
        "several": ("choice", "a,c", "correct"),
        "right-or-wrong": ("true-false", "f", "correct"),
        "term": ("fill-in", "訴前保全", "correct"),
        "amount": ("numeric", "33.42", "correct"),
        "in-order": ("sequencing", found["in-order"]["correct_responses"]["0"]["pattern"], "correct"),
        "whose-car": ("matching", found["whose-car"]["correct_responses"]["0"]["pattern"], "correct"),
        "transcript": ("choice", "b", "correct"),
    }
    assert re.fullmatch(r"\d+:\d\d:\d\d(\.\d+)?", kept["core"]["session_time"])
    assert kept["core"]["exit"] == "suspend"
    assert player.said == []


def test_whoever_leaves_in_the_middle_goes_on_there(player: Player) -> None:
    frame = player.launch("02-second.html")
    frame.locator("[data-question=single-one] label").nth(1).click()
    frame.get_by_role("button", name="检查").click()
    frame.locator("[data-question=amount] input").fill("12")
    frame.locator("[data-question=amount] input").blur()
    kept = player.leave("02-second.html")
    assert kept["core"]["lesson_status"] == "incomplete"
    assert kept["core"]["score"]["raw"] == ""
    frame = player.launch("02-second.html")
    assert player.told("cmi.core.entry") == "resume"
    assert frame.locator(".quiz-count").inner_text() == "2 / 8 已答"
    assert frame.locator("[data-question=single-one]").get_attribute("data-verdict") == "right"
    assert frame.locator("[data-question=amount] input").input_value() == "12"
    assert player.said == []


def test_the_best_score_counts(player: Player) -> None:
    frame = player.launch("02-second.html")
    answer_rightly(frame, but=("single-one", "term", "amount", "right-or-wrong", "several"))
    frame.get_by_role("button", name="检查").click()
    assert player.told("cmi.core.lesson_status") == "failed"
    assert 0 < float(player.told("cmi.core.score.raw")) < 80
    frame.get_by_role("button", name="重做错题").click()
    answer_rightly(frame)
    frame.get_by_role("button", name="检查").click()
    assert player.told("cmi.core.lesson_status") == "passed"
    before = int(player.told("cmi.interactions._count"))
    frame.get_by_role("button", name="全部重做").click()
    answer_rightly(frame, but=("single-one", "term", "amount", "right-or-wrong", "several"))
    frame.get_by_role("button", name="检查").click()
    assert (player.told("cmi.core.lesson_status"), player.told("cmi.core.score.raw")) == ("passed", "100")
    assert int(player.told("cmi.interactions._count")) == before + 8
    assert player.leave("02-second.html")["core"]["lesson_status"] == "passed"


def test_an_exam_is_handed_in_whole(player: Player) -> None:
    frame = player.launch("exam.html")
    questions = frame.locator("fieldset").count()
    assert questions == 11
    frame.locator("input[type=radio]").first.check()
    frame.get_by_role("button", name="交卷").click()
    assert f"还有 {questions - 1} 题没有答" in frame.locator(".quiz-result").inner_text()
    assert frame.locator(".quiz-verdict").count() == 0
    answer_rightly(frame)
    frame.get_by_role("button", name="交卷").click()
    assert frame.locator(".quiz-verdict").count() == questions
    assert not frame.get_by_role("button", name="重做错题").is_visible()
    assert float(player.told("cmi.core.score.raw")) > 80
    assert len(player.told("cmi.suspend_data")) < 4096


def test_without_an_lms_the_page_says_so(player: Player) -> None:
    player.page.goto(f"{player.address}02-second.html")
    assert player.page.locator(".player-status").inner_text() == "没有连上学习平台，成绩不会保存。"
    player.page.locator("[data-question=single-one] label").nth(1).click()
    player.page.get_by_role("button", name="检查").click()
    assert player.page.locator("[data-question=single-one]").get_attribute("data-verdict") == "right"
    assert player.said == []


# Moodle XML

FRACTIONS = {
    100,
    90,
    83.33333,
    80,
    75,
    70,
    66.66667,
    60,
    50,
    40,
    33.33333,
    30,
    25,
    20,
    16.66667,
    14.28571,
    12.5,
    11.11111,
    10,
    5,
    0,
}
"""The only shares that Moodle imports, and the same below nothing."""


def in_moodle(corpus: Corpus, identifier: str) -> ET.Element:
    root = ET.fromstring(moodle.to_xml(corpus))  # noqa: S314
    return next(each for each in root if (each.findtext("idnumber") or "").endswith(f"/{identifier}"))


def test_choices_are_read_with_their_shares_and_feedback(small: Corpus) -> None:
    found = parse_bytes(moodle.to_xml(small))["multichoice"]
    single, several, transcript = found[1:]
    assert single.single
    assert [(each.answer, each.score_fraction, each.feedback) for each in single.options] == [
        ("甲", 0, "甲不对。"),
        ("乙", 100, "乙对。"),
    ]
    assert single.general_feedback == "单选解析。"
    assert not several.single
    assert [each.score_fraction for each in several.options] == [50, -50, 50]
    assert [(each.answer, each.score_fraction, each.feedback) for each in transcript.options] == [
        ("您好。", -100, ""),
        ("催收员：你侄子欠了八万。", 100, "透露欠款。"),
    ]
    assert not transcript.shuffle_answers


def test_the_other_types_become_what_moodle_has(small: Corpus) -> None:
    said = in_moodle(small, "right-or-wrong")
    assert (said.get("type"), [(each.findtext("text"), each.get("fraction")) for each in said.iter("answer")]) == (
        "truefalse", [("true", "0"), ("false", "100")],
    )  # fmt: skip
    said = in_moodle(small, "term")
    wordings = [each.findtext("text") for each in said.iter("answer")]
    assert (said.get("type"), wordings[:2]) == ("shortanswer", ["诉前保全", "诉前财产保全"])
    assert "訴前保全" in wordings
    said = in_moodle(small, "amount")
    assert [said.get("type"), *map(said.findtext, ("answer/text", "answer/tolerance", "units/unit/unit_name"))] == [
        "numerical", "33.42", "0.01", "元",
    ]  # fmt: skip
    said = in_moodle(small, "in-order")
    pairs = [(each.findtext("text"), each.findtext("answer/text")) for each in said.iter("subquestion")]
    assert (said.get("type"), pairs) == ("matching", [("第 1 步", "核对"), ("第 2 步", "提醒"), ("第 3 步", "上报")])
    said = in_moodle(small, "whose-car")
    assert [each.findtext("answer/text") for each in said.iter("subquestion")] == ["借款人", "出租人", "按约定归卖方"]


def test_the_whole_bank_goes_to_moodle(real: Corpus) -> None:
    written = moodle.to_xml(real)
    root = ET.fromstring(written)  # noqa: S314
    categories = [str(each.findtext("category/text")) for each in root if each.get("type") == "category"]
    assert len(categories) == len(set(categories)) == len(real.quiz_ids())
    assert "$course$/top/车贷催收/课程五 电话催收的准备" in categories
    questions = [each for each in root if each.get("type") != "category"]
    every = {f"{name}/{question.id}" for name in real.quiz_ids() for question in quiz_of(real, name).questions}
    assert {each.findtext("idnumber") for each in questions} == every
    assert all(each.findtext("generalfeedback/text") for each in questions)
    assert {abs(float(str(each.get("fraction")))) for each in root.iter("answer") if each.get("fraction")} <= FRACTIONS
    assert len(parse_bytes(written)["multichoice"]) == sum(each.get("type") == "multichoice" for each in questions)


def quiz_of(corpus: Corpus, identifier: str) -> Quiz:
    found = corpus.quiz(identifier)
    assert found
    assert found.model
    return found.model


# The Excel question bank

AWKWARD = (
    "=1+1", "+86", "007", "3-5", "2026-11-21", "8:30", "true", "null", "~", "- x", "? x", "a: b", "a #b", "#x", "{a}", "[a]", "*a",
    "&a", "!a", "%", "@a", "`a", "|", ">", "'a'", '"a"', "“引”", "a\\b", "两\n行", "制\t表", "1e3", "0x1F", ".5", "_x0041_",
    "https://example.org/", "<b>", "𠮷", "a:", "：", "x\u2028y", "12345678901234567",
)  # fmt: skip


def test_the_round_trip_changes_no_quiz(real: Corpus) -> None:
    bank = from_xlsx(sheet.to_xlsx(real), real)
    assert bank.mistakes == []
    assert bank.quizzes == {name: quiz_of(real, name) for name in real.quiz_ids()}


def test_nor_does_it_through_libreoffice(real: Corpus, tmp_path: Path) -> None:
    if "Calc" in lacking_office():
        pytest.skip("no LibreOffice")
    (tmp_path / "bank.xlsx").write_bytes(sheet.to_xlsx(real))
    shown = office.sheets_of(tmp_path / "bank.xlsx", tmp_path / "csv")
    assert list(shown["判断"][0]) == ["测验", "序号", "编号", "目标", "题干", "答案", "解析"]
    office.convert([tmp_path / "bank.xlsx"], "xlsx:Calc MS Excel 2007 XML", tmp_path / "saved")
    bank = from_xlsx((tmp_path / "saved/bank.xlsx").read_bytes(), real)
    assert bank.mistakes == []
    assert bank.quizzes == {name: quiz_of(real, name) for name in real.quiz_ids()}


@pytest.mark.parametrize("text", AWKWARD)
def test_any_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    quiz = Quiz.model_validate(
        {
            "title": text,
            "questions": [
                {
                    "id": "a",
                    "type": "fill",
                    "objective": "know",
                    "stem": text,
                    "answers": [text + "一"],
                    "explanation": text,
                },
                {
                    "id": "b",
                    "type": "numeric",
                    "objective": "know",
                    "stem": "x",
                    "answer": 1234567.25,
                    "unit": text,
                    "explanation": "y",
                },
            ],
        }
    )
    written = to_yaml(quiz)
    assert read(Quiz, written, "x.yml").model == quiz
    corpus = write(tmp_path, **{"quizzes/car/02-second.yml": written})
    bank = from_xlsx(sheet.to_xlsx(corpus), corpus)
    assert bank.mistakes == []
    assert bank.quizzes["car/02-second"] == quiz


def changed(corpus: Corpus, *edits: tuple[str, str, Any]) -> bytes:
    """Write the bank and edit cells as a writer does."""
    book = openpyxl.load_workbook(io.BytesIO(sheet.to_xlsx(corpus)))
    for name, cell, value in edits:
        if name not in book.sheetnames:
            book.create_sheet(name)
        book[name][cell] = value
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "cell", "value", "told"),
    [
        ("单选", "A3", "car/02-secnd", "工作表“单选”第 3 行“测验”列（A3）：没有“car/02-secnd”这份测验 —— 是不是“car/02-second”？"),
        ("单选", "A3", None, "工作表“单选”第 3 行“测验”列（A3）：没有写测验 —— 从下拉里选；新的测验先在“测验”表加一行"),
        ("单选", "B3", "二", "工作表“单选”第 3 行“序号”列（B3）：“二”不是数字 —— 只写数字，如 33.42；单位写在“单位”列"),
        ("单选", "C3", "Wrong ID", "工作表“单选”第 3 行“编号”列（C3）：“编号”写法不对：“Wrong ID” —— 用小写英文字母、数字和连字符，如 four-checks"),
        ("判断", "C2", "single-one", "工作表“判断”第 2 行“编号”列（C2）：题目的 id “single-one”写了两次 —— 改成不同的 id"),
        ("单选", "D3", "knw", "工作表“单选”第 3 行“目标”列（D3）：这一课没有“knw”这个目标 —— 可用：know"),
        ("单选", "E3", None, "工作表“单选”第 3 行“题干”列（E3）：这里没有写 —— 写上题干"),
        ("单选", "E3", "=1+1", "工作表“单选”第 3 行“题干”列（E3）：这里是公式 —— 复制后“选择性粘贴”为数值；文字以“=”开头的，前面加一个英文单引号"),
        ("单选", "E3", datetime.date(2026, 3, 5), "工作表“单选”第 3 行“题干”列（E3）：Excel 把这里当成了日期或时间 —— 把单元格设为“文本”，重新输入"),
        ("单选", "F3", None, "工作表“单选”第 3 行“正确选项”列（F3）：题目“single-one”没有正确选项 —— 在“正确选项”写它的字母"),
        ("单选", "F3", "A、B", "工作表“单选”第 3 行“正确选项”列（F3）：题目“single-one”的选项全是正确的 —— 至少留一个干扰项"),
        ("单选", "F3", "C", "工作表“单选”第 3 行“正确选项”列（F3）：没有选项“C” —— 写选项的字母，如 B 或 AC"),
        ("单选", "H3", None, "工作表“单选”第 3 行“反馈A”列（H3）：这里没有写 —— 写上反馈"),
        ("单选", "I3", "甲", "工作表“单选”第 3 行“选项B”列（I3）：选项“甲”写了两次 —— 改写或删去一个"),
        ("单选", "M3", "丁", "工作表“单选”第 3 行“选项C”列（K3）：这里空着，后面却还有 —— 把后面的往前移"),
        ("单选", "H1", "反馈甲", "工作表“单选”第 1 行“反馈甲”列（H1）：不认识的列 —— 可用：测验、序号、编号、目标、题干、正确选项、解析"),
        ("单选", "E1", "题目", "工作表“单选”第 1 行：缺少“题干”这一列 —— 补上标题"),
        ("单选", "Z3", "随手记", "工作表“单选”第 3 行（Z3）：这一列没有标题 —— 在第 1 行写上标题，或清空这一格"),
        ("多选", "F2", "ABC", "工作表“多选”第 2 行“正确选项”列（F2）：题目“several”的选项全是正确的 —— 至少留一个干扰项"),
        ("判断", "F2", "不对", "工作表“判断”第 2 行“答案”列（F2）：“不对”不是“对”或“错” —— 写“对”或“错”"),
        ("填空", "F2", "。", "工作表“填空”第 2 行“答案1”列（F2）：答案“。”只有标点 —— 写上文字"),
        ("计算", "F2", "五元", "工作表“计算”第 2 行“答案”列（F2）：“五元”不是数字 —— 只写数字，如 33.42；单位写在“单位”列"),
        ("计算", "G2", -1, "工作表“计算”第 2 行“允许误差”列（G2）：“允许误差”不能小于 0.0 —— 现在是 -1.0"),
        ("排序", "H2", None, "工作表“排序”第 2 行“步骤1”列（F2）：“步骤”至少要 3 项 —— 现在只有 2 项"),
        ("配对", "G2", None, "工作表“配对”第 2 行“右1”列（G2）：这里没有写 —— 写上右"),
        ("标违规句", "K2", None, "工作表“标违规句”第 2 行“违规1”列（H2）：题目“transcript”没有违规的句子 —— 在违规的那句后面写上违规原因"),
        ("测验", "A3", "Car/2", "工作表“测验”第 3 行“测验”列（A3）：测验名“Car/2”写法不对 —— 用小写英文、数字、连字符和斜线，如 car-loan/15-new"),
        ("测验", "A3", "car/01-first", "工作表“测验”第 3 行“测验”列（A3）：测验“car/01-first”写了两次 —— 删去一行"),
        ("测验", "B3", None, "工作表“测验”第 3 行“标题”列（B3）：这里没有写 —— 写上标题"),
        ("测验", "A4", "car/03-new", "工作表“测验”第 4 行：测验“car/03-new”没有一道题 —— 删去这一行，或加上题"),
        ("单选题", "A1", "x", "工作表“单选题”第 1 行：不认识的工作表 —— 可用：单选、多选、判断、填空、计算、排序、配对、标违规句、测验、目标、说明；草稿另存一个文件"),
    ],
)  # fmt: skip
def test_what_a_writer_can_get_wrong(small: Corpus, name: str, cell: str, value: Any, told: str) -> None:
    bank = from_xlsx(changed(small, (name, cell, value)), small)
    assert told in list(map(str, bank.mistakes))
    assert bank.quizzes == {}


def test_a_workbook_writes_only_what_it_changes(
    small: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(small.docs.parent)
    file, first, second = tmp_path / "bank.xlsx", small.quiz_file("car/01-first"), small.quiz_file("car/02-second")
    times = first.stat().st_mtime_ns, second.stat().st_mtime_ns
    file.write_bytes(sheet.to_xlsx(small))
    assert main(["questions-from-xlsx", str(file)]) == 0
    assert (first.stat().st_mtime_ns, second.stat().st_mtime_ns) == times

    new = {"A": "car/02-second", "D": "know", "E": "新题？", "F": "错", "G": "新解析。"}
    file.write_bytes(
        changed(small, ("单选", "I3", "乙乙"), *(("判断", f"{column}3", text) for column, text in new.items()))
    )
    assert main(["questions-from-xlsx", str(file)]) == 0
    assert first.stat().st_mtime_ns == times[0]
    added = "  - id: q-7a1b3e9e\n    type: true-false\n    objective: know\n    stem: 新题？\n    answer: false\n    explanation: 新解析。\n"
    expected = ALL_TYPES.replace("text: 乙\n", "text: 乙乙\n", 1) + added
    assert re.sub("q-[0-9a-f]{8}", "q-7a1b3e9e", second.read_text(encoding="utf-8")) == expected
    assert "quizzes/car/02-second.yml  9 题，新增 1\n写了 1 份测验，1 份没有变" in capsys.readouterr().out

    file.write_bytes(changed(small, ("单选", "E3", None), ("单选", "I3", "丙")))
    assert main(["questions-from-xlsx", str(file)]) == 1
    assert "bank.xlsx 工作表“单选”第 3 行“题干”列（E3）：这里没有写" in capsys.readouterr().err
    assert "丙" not in second.read_text(encoding="utf-8")


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_workbook_is_told(
    small: Corpus, content: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small.docs.parent
    monkeypatch.chdir(root)
    (root / "bank.xls").write_bytes(content)
    assert main(["questions-from-xlsx", "bank.xls"]) == 1
    assert capsys.readouterr().err == "bank.xls 不是 Excel 工作簿 —— 在 Excel 或 WPS 里另存为 .xlsx\n"


def test_commands_refuse_a_course_that_is_not_there_and_sources_with_mistakes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["scorm", "cars"]) == 1
    assert capsys.readouterr().err == "没有“cars”这门课 —— 可用：car\n"
    write(tmp_path, **{"quizzes/car/02-second.yml": SOURCES["quizzes/car/02-second.yml"].replace("yes", "Yes!")})
    assert main(["moodle"]) == 1
    assert capsys.readouterr().err.endswith("\n1 处要改，什么也没有写\n")
