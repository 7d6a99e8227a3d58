"""A company's own site: what company.yml changes, what it leaves out, and what it gets wrong."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.config import load_config
from playwright.sync_api import Page, expect

import conftest
import tools
from conftest import ROOT, Served
from course.check import check
from course.company import colour
from course.company.model import Company, Profile, company_of
from course.corpus import Corpus
from course.deploy import read_site
from course.law.statute import INSTITUTIONS
from course.source import read
from links import follow
from project import CIVIL_CODE, SOURCES, said, write

EXAMPLE = "tests/company/company.yml"
LEFT_OUT = ("car-loan", "bank", "classes", "lesson-plans", "practice/vehicle")
NUMBERS = ("内线 8001", "内线 8002", "内线 8003")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The example company's site, built strictly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMPANY", EXAMPLE)
        yield from conftest.serve(tmp_path_factory.mktemp("company") / "site", "trainee")


def page(served: Served, path: str) -> str:
    return (served.folder / path / "index.html").read_text(encoding="utf-8")


def pages(served: Served) -> dict[str, str]:
    files = sorted(served.folder.rglob("*.html"))
    return {file.relative_to(served.folder).as_posix(): file.read_text(encoding="utf-8") for file in files}


def test_every_page_bears_the_company_s_name_logo_colour_and_numbers(served: Served) -> None:
    for path, html in pages(served).items():
        if path == "404.html":
            continue
        assert "<title>" in html
        assert "清收课堂</title>" not in html, path
        assert 'assets/company/logo.svg" alt="logo"' in html, path
        assert html.index("assets/site.css") < html.index("assets/company/accent.css"), path
        assert [number for number in NUMBERS if number not in html] == [], path
    assert "示例消费金融催收课堂" in page(served, "")


def test_the_style_sheet_has_the_accent_and_a_lighter_one_for_the_dark(served: Served) -> None:
    text = (served.folder / "assets/company/accent.css").read_text(encoding="utf-8")
    light, dark = re.findall(r"--course-accent: (#[0-9a-f]{6});", text)
    assert light == "#7a3b6b"
    assert colour.contrast(dark, "#15191c") >= 7


def test_its_pages_stand_in_a_tab_of_their_own(served: Served) -> None:
    tabs = re.findall(r'<li class="md-tabs__item.*?</li>', page(served, ""), re.DOTALL)
    assert [re.sub(r"<[^>]+>|\s", "", tab) for tab in tabs[:3]] == ["首页", "本公司", "学习路径"]
    contacts = page(served, "company")
    for text in ("报告和升级", "值班主管", "内线 8001", "客户要投诉", "有问题问谁", "培训组", "内线 8010"):
        assert text in contacts
    hours = page(served, "company/01-hours")
    assert 'data-law="law-note-civil-code-1033"' in hours
    assert 'href="../../methods/02-principles/"' in hours


def test_what_is_left_out_is_nowhere(served: Served) -> None:
    for name in LEFT_OUT:
        assert not (served.folder / name).exists()
        assert f"/{name}/" not in (served.folder / "sitemap.xml").read_text(encoding="utf-8")
        assert f'"location":"{name}' not in (served.folder / "search/sections.json").read_text(encoding="utf-8")
        for path, html in pages(served).items():
            assert not re.search(rf'(?:href|src)="[^"]*\b{name}(?:/|\.)', html), path
    bank = {file.name for file in (served.folder / "assets/bank").iterdir()}
    assert "methods.js" in bank
    assert not {"car-loan.js", "car-loan-questions.js", "bank.js", "bank-questions.js"} & bank
    for practice in ("today", "exam", "record"):
        assert "car-loan" not in page(served, f"practice/{practice}")
    # What remains of lists and of links: no entry, but the words of a sentence.
    assert "车贷催收" not in page(served, "")
    assert "钥匙放在桌上" not in page(served, "practice")
    assert "车贷的做法原在<span>车贷课</span>" in page(served, "company/01-hours")
    assert "课程五 电话催收的准备" not in page(served, "paths")
    assert "配<span>入职培训四周课程表</span>" in page(served, "paths")


def test_no_link_of_the_company_s_site_is_broken(served: Served) -> None:
    assert follow(*served).broken == []


def test_a_strict_policy_stops_nothing_of_it(served: Served) -> None:
    assert read_site(served.folder).mistakes == []


def test_the_rules_are_those_of_its_kind_of_institution(served: Served, page: Page) -> None:
    page.goto(f"{served.address}law/which/")
    chosen = page.get_by_label("我所在的机构")
    expect(chosen).to_have_value("消费金融")
    expect(page.get_by_role("row", name=re.compile("民法典"))).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("信用卡办法"))).to_be_hidden()
    # A reader's own choice stays, "all" included.
    chosen.select_option("")
    page.reload()
    expect(page.get_by_label("我所在的机构")).to_have_value("")
    page.goto(f"{served.address}law/credit-card-measures/")
    expect(page.get_by_text("消费金融：不约束，或没有查到")).to_be_visible()


@pytest.mark.parametrize(
    ("path", "scheme"), [("company/", "light"), ("company/", "dark"), ("company/01-hours/", "dark")]
)
def test_axe_finds_no_fault(page: Page, axe: str, served: Served, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(served.address + path)
    page.evaluate(axe)
    found = page.evaluate("async () => (await axe.run()).violations.map(({ id, nodes }) => [id, nodes[0].html])")
    assert found == []


@pytest.fixture(scope="session")
def axe() -> str:
    return tools.AXE.read_text(encoding="utf-8")


def test_the_variable_site_name_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANY", EXAMPLE)
    for name, expected in (("", "示例消费金融催收课堂"), ("内部试用", "内部试用")):
        monkeypatch.setenv("SITE_NAME", name or "清收课堂")
        if not name:
            monkeypatch.delenv("SITE_NAME")
        config = load_config(str(ROOT / "mkdocs.yml"))
        assert config.plugins.on_config(config).site_name == expected


def test_serve_watches_what_the_company_wrote(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANY", EXAMPLE)
    config = load_config(str(ROOT / "mkdocs.yml"))
    watched = {Path(path) for path in config.plugins.on_config(config).watch}
    assert {ROOT / EXAMPLE, ROOT / "tests/company/policy", ROOT / "tests/company/logo.svg"} <= watched


def test_a_file_in_the_root_is_found_and_an_empty_variable_ignores_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "company.yml").write_text("name: 某公司\n", encoding="utf-8")
    found = company_of(tmp_path)
    monkeypatch.setenv("COMPANY", "")
    assert company_of(tmp_path) is None
    assert found
    assert found.profile
    assert found.profile.name == "某公司"


SOUND = """\
name: 示例公司课堂
logo: logo.svg
accent: "#0b5f66"
institution: 一般
escalation:
  - {role: 值班主管, number: 内线 8001}
pages: policy
without:
  - car/timetable.md
"""
CLASS = """\
---
title: 班
description: 班。
class:
  timetable: car/timetable.md
  dates: [2026-12-07]
  trainer: 讲师甲
  room: 一室
  participants: [A01]
---

# 班

/// class
///
"""
OWN = "---\ntitle: 规定\n---\n\n# 规定\n\n见[课程表](../car/timetable.md)。\n"
MEASURES = CIVIL_CODE.replace("民法典", "办法").replace("[银行个贷, 一般]", "[银行信用卡]")
CONFIG = """\
site_name: 小站
hooks: [{hooks}/company.py, {hooks}/check.py]
markdown_extensions: [course.extension]
nav: [index.md, car/timetable.md]
"""
SPOILED = [
    ("no name", "name: 示例公司课堂\n", "", "company.yml:1: 缺少“name” —— 补上“name:”"),
    ("markup in the name", "name: ", "name: <b>", "company.yml:1: 名称里不能有 <、> 和 & —— 删去它们，或写成文字"),
    ("unknown key", "accent:", "acent:", "company.yml:3: 不认识的键“acent” —— 是不是“accent”？"),
    ("a number that is no text", "内线 8001", "8001",
     'company.yml:6: “number”要写文字 —— 现在是 8001，用英文引号括起来，如 "8001"'),
    ("a missing logo", "logo: logo.svg", "logo: mark.png",
     "company.yml:2: 没有“mark.png”这个文件 —— 放到 company.yml 旁边，或改正名字"),
    ("a logo elsewhere", "logo: logo.svg", "logo: ../logo.svg",
     "company.yml:2: “../logo.svg”不能做标志 —— 写 company.yml 旁边的一个 SVG 或 PNG 文件"),
    ("a logo that is none", "logo: logo.svg", "logo: broken.svg",
     "company.yml:2: “broken.svg”不是完好的 SVG —— 用绘图软件重新存一次"),
    ("a colour that is a comment", '"#0b5f66"', "#0b5f66",
     'company.yml:3: 颜色没有读到 —— “#”后面在 YAML 里是注释，用英文引号括起来，如 "#0b5f66"'),
    ("a colour by name", '"#0b5f66"', "teal",
     'company.yml:3: “teal”不是颜色 —— 写成 "#0b5f66" 这样：# 和六位十六进制数，加英文引号'),
    ("a colour too light", '"#0b5f66"', '"#f5a623"',
     "company.yml:3: #f5a623 在浅色底 #fbeeec 上的对比度只有 1.79:1，至少要 4.5:1 —— 颜色深一点，如 \"#935e07\""),
    ("a colour too dark for the dark", '"#0b5f66"', '"#0b5f66"\naccent-dark: "#0b5f66"',
     "company.yml:4: #0b5f66 在深色底 #33201f 上的对比度只有 2.08:1，至少要 4.5:1 —— 颜色浅一点，如 \"#13a2ae\""),
    ("a colour for the dark alone", 'accent: "#0b5f66"', 'accent-dark: "#86cdc8"',
     "company.yml:3: 只写了深色版的颜色 —— 补上浅色版的“accent:”"),
    ("unknown institution", "institution: 一般", "institution: 网贷",
     f"company.yml:4: “institution”不能是“网贷” —— 可用：{'、'.join(INSTITUTIONS)}"),
    ("no folder of pages", "pages: policy", "pages: polices",
     "company.yml:7: 没有“polices”这个文件夹 —— 在 company.yml 旁边新建，或改正名字"),
    ("pages everywhere", "pages: policy", "pages: .",
     "company.yml:7: “.”不能放本公司的页面 —— 写 company.yml 旁边的一个文件夹"),
    ("pages of the course", "pages: policy", "pages: docs",
     "company.yml:7: “docs”不能放本公司的页面 —— 写 company.yml 旁边的一个文件夹"),
    ("unknown course", "car/timetable.md", "cars",
     "company.yml:9: 没有“cars”这门课或这一页 —— 是不是“car”？"),
    ("twice", "  - car/timetable.md", "  - car/timetable.md\n  - car/timetable.md",
     "company.yml:10: “car/timetable.md”写了两次 —— 删去一处"),
    ("the home page", "car/timetable.md", "index.md", "company.yml:9: 首页不能去掉 —— 删去这一行"),
    ("a statute", "car/timetable.md", "law/civil-code.md",
     "company.yml:9: “law/civil-code.md”不能去掉：课文引用的条文和培训的依据都在法规库里核对、打开 —— 删去这一行"),
    ("a course's first page", "car/timetable.md", "car/index.md",
     "company.yml:9: “car/index.md”不能单独去掉：别的页面从它进去 —— 写“car”去掉整个文件夹，或删去这一行"),
    ("a lesson that timetables teach", "car/timetable.md", "car/02-second.md",
     "company.yml:9: 去掉“car/02-second.md”，留下的页面就缺一块：car/timetable.md、classes/one.md"
     " —— 把它们也写进 without；课程表可以照着另排一份，放进 pages 的文件夹"),
]  # fmt: skip


def project(root: Path, text: str, **more: str | None) -> Corpus:
    """Write a company's project; give its corpus."""
    own = {"policy/rules.md": OWN, "logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>", "broken.svg": "<svg"}
    brand = (ROOT / "docs/assets/brand.css").read_text(encoding="utf-8")
    law = {"docs/law/civil-code.md": CIVIL_CODE, "docs/law/measures.md": MEASURES, "docs/assets/brand.css": brand}
    corpus = write(root, **{"company.yml": text, **own, **law, **more})
    return Corpus(corpus.docs, corpus.quizzes, company=company_of(root))


@pytest.fixture(autouse=True)
def _file_in_the_root(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small projects have their company.yml in their root."""
    if "tmp_path" in request.fixturenames and "served" not in request.fixturenames:
        monkeypatch.delenv("COMPANY", raising=False)


@pytest.mark.parametrize(("old", "new", "told"), [row[1:] for row in SPOILED], ids=[row[0] for row in SPOILED])
def test_a_mistake_is_told_once_with_line_and_remedy(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in SOUND
    corpus = project(tmp_path, SOUND.replace(old, new), **{"docs/classes/one.md": CLASS if "second" in new else None})
    assert said(corpus) == [told]


def test_a_file_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANY", "ours/company.yml")
    told = "ours/company.yml:1: 没有这个文件 —— 核对 COMPANY=… 里的路径，它相对项目的文件夹"
    assert said(project(tmp_path, SOUND)) == [told]


def test_a_wrong_file_fails_the_check_and_the_strict_build(tmp_path: Path) -> None:
    project(tmp_path, SOUND.replace("car/timetable.md", "cars"))
    (tmp_path / "mkdocs.yml").write_text(CONFIG.format(hooks=ROOT / "hooks"), encoding="utf-8")
    for command in (["course.check"], ["mkdocs", "build", "--strict"]):
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 1
        assert (done.stdout + done.stderr).count("company.yml:9: 没有“cars”这门课或这一页") == 1


def test_the_guide_shows_the_messages_as_they_are() -> None:
    guide = (ROOT / "docs/guide/company.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    assert read(Profile, example, "company.md").mistakes == ()
    assert next(told for name, *_, told in SPOILED if name == "a colour too light") in guide
    lacking = Company(ROOT / "company.yml", "company.yml", "without:\n  - bank\n", Profile(name="例", without=["bank"]))
    told = [str(each) for each in check(Corpus(ROOT / "docs", ROOT / "quizzes", company=lacking))]
    assert [line.partition(": ")[2] for line in told] == re.findall(r"company.yml:24: (.*)", guide)
    assert all(institution in guide for institution in INSTITUTIONS)


def test_a_sound_file_leaves_a_sound_project(tmp_path: Path) -> None:
    assert [line for line in said(project(tmp_path, SOUND)) if "没有一页引用" not in line] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# 规定\n\n/// quizz | a\n///\n", "policy/rules.md:3: 不认识的块“/// quizz” —— 是不是“/// quiz”？"),
        ("# 规定\n\n《民法典》第一千条。\n",
         "policy/rules.md:3: 法规库的《民法典》里没有收第一千条 —— 核对条文后，在 docs/law/civil-code.md 加一节“## 第一千条”和要旨"),
        ("---\nchecked: 2026-11-22\n---\n\n# 规定\n\n依照《办法》第一百九十五条。\n",
         "policy/rules.md:7: 《办法》约束的是银行信用卡，不约束本公司（一般） —— 同一句里写明它不适用，或改引对他们有效的规定"),
    ],
)  # fmt: skip
def test_its_own_pages_are_checked_like_any_other(tmp_path: Path, text: str, told: str) -> None:
    corpus = project(tmp_path, SOUND, **{"policy/rules.md": text})
    # Without the data package's text: the statute of this name is one of the test's own.
    assert told in said(corpus)


def test_quizzes_go_with_the_pages_that_show_them(tmp_path: Path) -> None:
    corpus = project(tmp_path, SOUND.replace("car/timetable.md", "car"))
    assert corpus.quiz_ids() == []
    assert corpus.courses() == []
    assert [path for path in SOURCES if "quizzes" in path]
