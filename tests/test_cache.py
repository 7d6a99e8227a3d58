"""Rebuilding under `serve`: whatever is edited, the site is byte for byte what a clean build writes."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import mkdocs.commands.build as builder
import pytest
from mkdocs.config import load_config
from mkdocs.structure.pages import Page

from conftest import ROOT
from project import CIVIL_CODE, SOURCES, write

CONFIG = """\
site_name: {name}
site_url: http://127.0.0.1/
theme: {{name: material, language: zh, font: false, features: [navigation.footer]}}
plugins: [search]
hooks: [{hooks}]
markdown_extensions: [tables, toc, course.extension]
validation: {{anchors: warn, not_found: warn, unrecognized_links: warn}}
nav:
  - index.md
  - car/index.md
  - car/{first}
  - car/{second}
  - car/timetable.md
  - law/civil-code.md
"""
HOOKS = ", ".join(str(ROOT / "hooks" / f"{name}.py") for name in ("company", "check", "bank", "cache"))
LINKING = "\n## 时效\n\n见[第二课](02-second.md#先看)，依照《民法典》第一百八十八条。\n"
FIRST = SOURCES["docs/car/01-first.md"].replace("\n/// instructor", f"{LINKING}\n/// instructor")
SECOND = SOURCES["docs/car/02-second.md"].replace("\n/// quiz", "\n## 先看\n\n正文。\n\n/// quiz")


def configure(root: Path, name: str = "小站", first: str = "01-first.md", second: str = "02-second.md") -> None:
    (root / "mkdocs.yml").write_text(
        CONFIG.format(name=name, hooks=HOOKS, first=first, second=second), encoding="utf-8"
    )


def change(file: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        path = root / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return edit


def delete(file: str) -> Callable[[Path], None]:
    return lambda root: (root / file).unlink()


def new_page(root: Path) -> None:
    (root / "docs/car/03-new.md").write_text("---\ntitle: 新\n---\n\n# 新\n", encoding="utf-8")


def found(root: Path, number: str = "内线 8001") -> None:
    """Make the site a company's, which has a page of its own and no timetable."""
    (root / "policy").mkdir(exist_ok=True)
    (root / "policy/hours.md").write_text("# 时段\n\n见[课程表](../car/timetable.md)。\n", encoding="utf-8")
    text = f"name: 小公司\nescalation: [{{role: 主管, number: {number}}}]\npages: policy\nwithout: [car/timetable.md]\n"
    (root / "company.yml").write_text(text, encoding="utf-8")


EDITS: dict[str, Callable[[Path], None]] = {
    "text": change("docs/car/01-first.md", "课文。", "课文改了。"),
    "title": change("docs/car/01-first.md", "title: 第一课", "title: 第一课（新）"),
    "minutes": change("docs/car/01-first.md", "minutes: 50", "minutes: 45"),
    "a citation more": change("docs/car/02-second.md", "正文。", "正文，《民法典》第一百九十五条。"),
    "quiz": change("quizzes/car/01-first.yml", "甲甲", "甲甲甲"),
    "statute": change("docs/law/civil-code.md", "普通诉讼时效三年", "一般三年"),
    "heading": change("docs/car/02-second.md", "## 先看", "## 后看"),
    "a new page": new_page,
    "a page deleted": delete("docs/car/timetable.md"),
    "nav order": lambda root: configure(root, first="02-second.md", second="01-first.md"),
    "a company": found,
    "configuration": lambda root: configure(root, name="大站"),
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small site with links and citations between its pages; MkDocs as it was afterwards."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.delenv("COMPANY", raising=False)
    monkeypatch.setattr(builder, "_populate_page", builder._populate_page)
    monkeypatch.setattr(builder, "_build_page", builder._build_page)
    root = tmp_path / "project"
    write(
        root, **{"docs/car/01-first.md": FIRST, "docs/car/02-second.md": SECOND, "docs/law/civil-code.md": CIVIL_CODE}
    )
    configure(root)
    monkeypatch.chdir(root)
    return root


def rebuild(root: Path, target: Path) -> None:
    """Build as `serve` does, in this process."""
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(target))
    config.plugins.on_startup(command="serve", dirty=False)
    builder.build(config)


def clean_build(root: Path, target: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "--site-dir", str(target)]
    subprocess.run(command, cwd=root, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=True, capture_output=True)


def contents(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_a_rebuilt_site_is_a_clean_one(project: Path, tmp_path: Path, edit: Callable[[Path], None]) -> None:
    rebuild(project, tmp_path / "site")
    edit(project)
    rebuild(project, tmp_path / "site")
    clean_build(project, tmp_path / "clean")
    rebuilt, clean = contents(tmp_path / "site"), contents(tmp_path / "clean")
    assert rebuilt.keys() == clean.keys()
    assert [name for name in clean if rebuilt[name] != clean[name]] == []


COMPANY_EDITS: dict[str, Callable[[Path], None]] = {
    "number": lambda root: found(root, "内线 8002"),
    "page": change("policy/hours.md", "课程表", "时刻"),
}


@pytest.mark.parametrize("edit", COMPANY_EDITS.values(), ids=COMPANY_EDITS.keys())
def test_a_rebuilt_company_s_site_is_a_clean_one(project: Path, tmp_path: Path, edit: Callable[[Path], None]) -> None:
    found(project)
    test_a_rebuilt_site_is_a_clean_one(project, tmp_path, edit)


def test_an_edit_of_text_renders_one_page(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []
    render = Page.render

    def counting(page: Page, *rest: object) -> None:
        rendered.append(page.file.src_uri)
        render(page, *rest)  # type: ignore[arg-type]

    found(project)
    rebuild(project, tmp_path / "site")
    monkeypatch.setattr(Page, "render", counting)
    rebuild(project, tmp_path / "site")
    assert rendered == []
    EDITS["text"](project)
    rebuild(project, tmp_path / "site")
    assert rendered == ["car/01-first.md"]
    COMPANY_EDITS["page"](project)
    rebuild(project, tmp_path / "site")
    assert rendered == ["car/01-first.md", "company/hours.md"]


def test_a_run_sheet_follows_the_notes_of_its_lessons(project: Path, tmp_path: Path) -> None:
    """An edit of instructor's notes changes another page, in the edition that has them."""
    (project / "docs/classes").mkdir()
    facts = "timetable: car/timetable.md\n  dates: [2026-12-07]\n  trainer: 甲\n  room: 一室\n  participants: [A01]"
    for name, front, block in (
        ("one", f"title: 班\ndescription: 班。\nclass:\n  {facts}", "class"),
        ("run", "title: 单\nedition: instructor", "run-sheet | classes/one.md"),
    ):
        text = f"---\n{front}\n---\n\n# 页\n\n/// {block}\n///\n"
        (project / f"docs/classes/{name}.md").write_text(text, encoding="utf-8")
    change("mkdocs.yml", "course.extension]", "course.extension: {edition: instructor}]")(project)
    change("mkdocs.yml", "/check.py,", f"/check.py, {ROOT / 'hooks/downloads.py'},")(project)
    rebuild(project, tmp_path / "site")
    change("docs/car/01-first.md", "提示。", "提示改了。")(project)
    rebuild(project, tmp_path / "site")
    assert "提示改了。" in (tmp_path / "site/classes/run/index.html").read_text(encoding="utf-8")


def test_a_heading_renamed_elsewhere_is_told_in_every_build(
    project: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rebuild(project, tmp_path / "site")
    EDITS["heading"](project)
    for _ in range(2):
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            rebuild(project, tmp_path / "site")
        assert "car/01-first.md' contains a link '02-second.md#先看'" in caplog.text


def test_a_page_with_a_broken_link_is_told_in_every_build(
    project: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    change("docs/car/02-second.md", "正文。", "[无](none.md)")(project)
    for _ in range(2):
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            rebuild(project, tmp_path / "site")
        assert "'none.md'" in caplog.text
