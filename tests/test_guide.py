"""What the guides show is true: the card, the template, the messages, the files for GitLab and GitHub."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from conftest import ROOT
from course.blocks import DATA, PROSE
from course.check import check
from course.corpus import Corpus, LessonMeta
from course.quiz.model import Quiz
from course.schedule.model import Schedule
from course.source import read, read_yaml, split_front_matter

GUIDE = ROOT / "docs/guide"
TYPES = {variant["properties"]["type"]["const"] for variant in Quiz.model_json_schema()["$defs"].values()
         if "const" in variant.get("properties", {}).get("type", {})}  # fmt: skip


def guide(name: str) -> str:
    return (GUIDE / f"{name}.md").read_text(encoding="utf-8")


def fences(name: str, kind: str) -> list[str]:
    found = re.findall(r"^(`{3,})(\w*)\n(.*?)^\1$", guide(name), re.DOTALL | re.MULTILINE)
    return [text for _, written, text in found if written == kind]


# The card


def test_the_card_prints_on_one_sheet(page: Page, address: str) -> None:
    page.goto(f"{address}guide/card/")
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    assert len(sheets) == 1
    written = sheets[0].extract_text()
    assert "run-sheet" in written
    assert "participants" in written


def test_the_card_has_every_block_and_every_type_of_question() -> None:
    card = guide("card")
    assert [name for name in (*DATA, *PROSE) if f"/// {name}" not in card] == []
    assert len(TYPES) == 8
    assert [kind for kind in TYPES if f"`{kind}`" not in card and f"type: {kind}" not in card] == []
    assert [
        key for key in LessonMeta.model_fields if LessonMeta.model_fields[key].is_required() and key not in card
    ] == []


def test_what_the_card_shows_is_sound() -> None:
    front, quiz = fences("card", "yaml")
    assert read(LessonMeta, split_front_matter(front)[0], "card.md").mistakes == ()
    assert read(Quiz, quiz, "card.md").mistakes == ()
    (schedule,) = fences("card", "markdown")
    assert read(Schedule, "\n".join(schedule.strip().split("\n")[1:-1]), "card.md").mistakes == ()


@pytest.mark.parametrize("line", re.findall(r"^\| (`[a-z-]+`.*?) \| (.*) \|$", guide("card"), re.MULTILINE))
def test_a_type_of_question_is_written_as_the_card_says(line: tuple[str, str]) -> None:
    kinds, keys = line
    for kind in re.findall(r"`([a-z-]+)`", kinds):
        if kind not in TYPES:
            continue
        schema = next(
            each for each in Quiz.model_json_schema()["$defs"].values()
            if each.get("properties", {}).get("type", {}).get("const") == kind
        )  # fmt: skip
        required = set(schema["required"]) - {"id", "type", "objective", "stem", "explanation"}
        assert [key for key in required if f"`{key}" not in keys] == []


# The template


@pytest.fixture
def copy(tmp_path: Path) -> Corpus:
    """The course's own sources, to write into."""
    for name in ("docs", "quizzes"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return Corpus(tmp_path / "docs", tmp_path / "quizzes")


def test_the_template_is_a_sound_lesson_as_it_stands(copy: Corpus) -> None:
    (lesson,), (quiz, _) = fences("template", "markdown"), fences("template", "yaml")
    (copy.docs / "methods/08-new.md").write_text(lesson, encoding="utf-8")
    (copy.quizzes / "methods/08-new.yml").write_text(quiz, encoding="utf-8")
    assert [str(mistake) for mistake in check(copy) if not mistake.notice] == []
    page = copy.page("methods/08-new.md")
    assert page
    assert page.lesson
    assert len(copy.questions(page)) == 2


# Editing without Git


def test_the_messages_of_the_guide_are_what_is_said(copy: Corpus) -> None:
    told = re.findall(r"^WARNING -  (.*)$", guide("edit"), re.MULTILINE)
    lesson = copy.docs / "methods/02-principles.md"
    text = lesson.read_text(encoding="utf-8")
    spoiled = text.replace("minutes: 30", "minutes: 0", 1).replace("/// instructor", "/// instrutor", 1)
    lesson.write_text(spoiled, encoding="utf-8")
    page = copy.page("methods/02-principles.md")
    assert page
    assert len(told) == 2
    assert [str(mistake) for mistake in page.mistakes] == told


def test_pages_and_files_belong_together_as_the_guide_says() -> None:
    rows = re.findall(r"^- .. `…/(.*?)/`：`(.*?)`(?:.*`(.*?)`)?", guide("edit"), re.MULTILINE)
    assert len(rows) == 3
    for address, lesson, quiz in rows:
        assert lesson == f"docs/{address}.md"
        assert (ROOT / lesson).is_file()
        assert not quiz or (ROOT / quiz).is_file()


CI = ("gitlab-ci.yml", "github-workflow.yml")


def tree(name: str) -> Any:
    text = (ROOT / "docs/assets/ci" / name).read_text(encoding="utf-8")
    found, mistakes = read_yaml(text, name)
    assert mistakes == ()
    return found.data


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def commands(node: Any) -> list[str]:
    """Every command of a pipeline."""
    if isinstance(node, list):
        return [line for each in node for line in commands(each)]
    if not isinstance(node, dict):
        return []
    own = [line for key in ("script", "run") for line in _listed(node.get(key))]
    return [*own, *(line for value in node.values() for line in commands(value))]


@pytest.mark.parametrize("name", CI)
def test_a_pipeline_runs_what_the_project_has(name: str) -> None:
    text = (ROOT / "docs/assets/ci" / name).read_text(encoding="utf-8")
    assert text in fences("edit", "yaml")
    assert f"(../assets/ci/{name})" in guide("edit")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    run = commands(tree(name))
    targets = [target for line in run for target in re.findall(r"\bmake (\S+)", line)]
    assert {"check", "build", "zip"} <= set(targets)
    assert [target for target in targets if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []
    # What is offered as a preview is what the last command unpacks.
    assert [line for line in run if "zipfile" in line] == ["python3 -m zipfile -e site.zip preview"]
    assert "paths: [preview/]" in text or "path: preview/" in text


def test_each_merge_request_gets_its_preview() -> None:
    gitlab, github = tree("gitlab-ci.yml"), tree("github-workflow.yml")
    asked = 'CI_PIPELINE_SOURCE == "merge_request_event"'
    assert asked in gitlab["preview"]["rules"][0]["if"]
    assert asked in gitlab["workflow"]["rules"][0]["if"]
    # GitLab shows no link to a folder that is written without its slash, nor under a name with other characters.
    assert re.fullmatch(r"[\w ]+", gitlab["preview"]["artifacts"]["expose_as"], re.ASCII)
    assert all(path.endswith("/") for path in gitlab["preview"]["artifacts"]["paths"])
    assert list(github["on"]) == ["pull_request"]
    assert github["permissions"] == {"contents": "read"}
