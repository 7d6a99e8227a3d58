"""What `make doctor` says of a project and a machine."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from course.doctor import dates, locks, satisfied

TODAY = datetime.date(2026, 11, 22)
STATUTE = """\
---
title: 民法典
statute:
  full: 中华人民共和国民法典
  in_force: "{in_force}"
  status: 有效
{checked}---
"""


def examined(tmp_path: Path, **pages: str) -> list[str]:
    docs = tmp_path / "docs"
    docs.mkdir()
    for name, text in pages.items():
        (docs / f"{name}.md").write_text(text, encoding="utf-8")
    return [str(finding) for finding in dates(docs, TODAY) if finding.level != "ok"]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-11-22", None),
        ("2025-11-22", None),
        ("2025-11-21", "expired  docs/a.md: page last checked on 2025-11-21: read it against its sources again"),
        ("'2024-01-01'", "expired  docs/a.md: page last checked on 2024-01-01: read it against its sources again"),
        ("2027-01-01", "expired  docs/a.md: page checked on 2027-01-01, which is yet to come: mend `checked`"),
        ("2026-02-30", None),
    ],
)
def test_a_check_lasts_a_year(tmp_path: Path, day: str, told: str | None) -> None:
    page = f"---\ntitle: 甲\nchecked: {day}\n---\nchecked: 2001-01-01 在正文里不算。\n"
    assert examined(tmp_path, a=page) == ([told] if told else [])


@pytest.mark.parametrize(
    ("in_force", "checked", "told"),
    [
        ("2021-01-01", "checked: 2026-11-22\n", None),
        ("2021-01-01", "checked: 2025-01-01\n", "statute last checked on 2025-01-01"),
        ("2021-01-01", "", "statute without a `checked` date"),
        ("2027-01-01", "checked: 2026-11-22\n", "said to be in force, but only from 2027-01-01"),
        ("不详", "", "statute without a `checked` date"),
    ],
)
def test_a_statute_is_checked_and_in_force(tmp_path: Path, in_force: str, checked: str, told: str | None) -> None:
    said = examined(tmp_path, law=STATUTE.format(in_force=in_force, checked=checked))
    assert len(said) == bool(told)
    assert not told or f"expired  docs/law.md: {told}" in said[0]


@pytest.mark.parametrize(
    ("requirement", "fits"),
    [
        ("mkdocs>=1.6.1,<2", True),
        ("mkdocs>=1.6.2", False),
        ("mkdocs<1.6.1", False),
        ("mkdocs==1.6.1", True),
        ("mkdocs>=1.6.1.0", True),
        ("MkDocs[i18n] >= 1.5; python_version >= '3.11'", True),
        ("ruamel.yaml>=0.18,<0.20", True),
        ("absent", False),
    ],
)
def test_a_lock_holds_what_is_asked_for(requirement: str, fits: bool) -> None:
    assert satisfied(requirement, {"mkdocs": "1.6.1", "ruamel-yaml": "0.19.1"}) is fits


def test_a_lock_out_of_step_is_told(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[project]\ndependencies = ["one>=2"]\n[project.optional-dependencies]\ndev = ["two"]\n', encoding="utf-8"
    )
    (tmp_path / "requirements.lock").write_text("one==1.9 \\\n    --hash=sha256:0\n", encoding="utf-8")
    assert [str(finding) for finding in locks(tmp_path)] == [
        "MISSING  one>=2 in requirements.lock: run `make lock`",
        "absent   one>=2 in requirements-dev.lock: run `make lock`",
        "absent   two in requirements-dev.lock: run `make lock`",
    ]


def doctor(folder: Path, path: str) -> subprocess.CompletedProcess[str]:
    """Run it with Python alone, as on a machine where nothing is installed."""
    environment = {"PATH": path, "PYTHONPATH": str(ROOT / "hooks"), "HOME": str(folder), "LANG": "C.UTF-8"}
    command = [sys.executable, "-S", "-m", "course.doctor"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_this_project_builds_on_this_machine() -> None:
    said = doctor(ROOT, os.environ["PATH"])
    assert said.returncode == 0, said.stdout + said.stderr
    assert said.stdout.endswith("`make build` has what it needs\n")


def test_without_make_it_fails_and_without_a_browser_it_would_not(tmp_path: Path) -> None:
    said = doctor(ROOT, str(tmp_path))
    assert said.returncode == 1
    assert "MISSING  make: " in said.stdout
    assert "absent   Chromium: " in said.stdout
    assert "absent   LibreOffice Writer: " in said.stdout
    assert said.stdout.endswith("`make build` lacks 1 of the above\n")
