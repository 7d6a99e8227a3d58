"""What a company says about itself in company.yml, and what its site has and has not because of it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from ..law.statute import Institution
from ..mistakes import Mistake
from ..source import Model, mistake, read, read_yaml, text_of, unfit
from . import colour

FILE = "company.yml"
VARIABLE = "COMPANY"
"""Names the file, relative to the project's root, in the environment; empty: no company, whatever lies there."""
FOLDER = "company"
"""Where the company's own pages stand on the site."""
INDEX = f"{FOLDER}/index.md"
"""Its page of contacts, with the company's own text where its folder has an index.md."""
ASSETS = "assets/company"


def _colour(value: Any) -> Any:
    if value is None:
        raise mistake("颜色没有读到", '“#”后面在 YAML 里是注释，用英文引号括起来，如 "#0b5f66"')
    if not colour.HEX.fullmatch(str(value)):
        raise mistake(f"“{value}”不是颜色", '写成 "#0b5f66" 这样：# 和六位十六进制数，加英文引号')
    return value


Colour = Annotated[str | None, BeforeValidator(_colour)]
"""As `#rrggbb`; None only where nothing is written."""


class Contact(Model):
    """Whom to ask about what."""

    who: str
    about: str
    how: str


class Escalation(Model):
    """Whom to tell where a lesson says 报告主管 or 升级."""

    role: str
    number: str
    when: str | None = None


class Profile(Model):
    """What company.yml says."""

    name: str
    """The site's name."""
    logo: str | None = None
    """An SVG or PNG file beside company.yml."""
    accent: Colour = None
    """The one colour of the light scheme; the dark scheme's is a lighter one of it, where none is written."""
    accent_dark: Colour = Field(default=None, alias="accent-dark")
    institution: Institution | None = None
    contacts: list[Contact] = []
    escalation: list[Escalation] = []
    pages: str | None = None
    """A folder of Markdown beside company.yml."""
    without: list[str] = []
    """Courses, other folders and pages of docs/ that this company does not show."""

    @model_validator(mode="after")
    def has_a_name_that_is_text(self) -> Profile:
        """The theme writes it into pages as it stands."""
        if re.search(r"[<>&]", self.name):
            raise mistake("名称里不能有 <、> 和 &", "删去它们，或写成文字", ("name",))
        return self

    @model_validator(mode="after")
    def has_a_light_accent(self) -> Profile:
        """A colour of the dark scheme alone would leave two brands on one site."""
        if self.accent_dark and not self.accent:
            raise mistake("只写了深色版的颜色", "补上浅色版的“accent:”", ("accent-dark",))
        return self

    @model_validator(mode="after")
    def leaves_nothing_out_twice(self) -> Profile:
        """What stands there twice was meant to be something else."""
        for place, entry in enumerate(self.without):
            if entry.rstrip("/") in [other.rstrip("/") for other in self.without[:place]]:
                raise mistake(f"“{entry}”写了两次", "删去一处", ("without", place))
        return self


@dataclass(frozen=True)
class Company:
    """A company.yml that was read."""

    file: Path
    name: str
    """What an author is told the file is called."""
    text: str
    profile: Profile | None
    """What it says; None where it has mistakes, and the site is as without it."""
    mistakes: tuple[Mistake, ...] = ()

    def line(self, *location: str | int) -> int:
        """Give the line on which a key stands."""
        return 1 + read_yaml(self.text, self.name)[0].line(location)

    def beside(self, name: str) -> Path | None:
        """Give what lies under `name` beside company.yml, whether it is there or not; None for any other place."""
        folder = self.file.parent
        path = Path(os.path.normpath(folder / name))
        return path if folder in path.parents else None

    @cached_property
    def without(self) -> frozenset[str]:
        """What is left out: folders and pages, relative to docs/."""
        return frozenset(entry.rstrip("/") for entry in self.profile.without) if self.profile else frozenset()

    def leaves_out(self, path: str) -> bool:
        """Say whether the site lacks a file of docs/, or a document that a page offers."""
        pure = PurePosixPath(path)
        own = {path, pure.with_suffix(".md").as_posix()} if pure.suffix else {path}
        return not self.without.isdisjoint(own | {folder.as_posix() for folder in pure.parents})

    @property
    def folder(self) -> Path | None:
        """The folder of the company's own pages."""
        return self.beside(self.profile.pages) if self.profile and self.profile.pages else None

    @cached_property
    def files(self) -> Mapping[str, Path]:
        """Every file of the company's folder, by its path on the site; what is hidden or a draft of an editor stays."""
        if self.folder is None:
            return {}
        found = ((file.relative_to(self.folder), file) for file in sorted(self.folder.rglob("*")) if file.is_file())
        return {f"{FOLDER}/{at.as_posix()}": file for at, file in found if not any(p[0] in "._~" for p in at.parts)}

    @cached_property
    def pages(self) -> Mapping[str, Path]:
        """The company's own pages, by path; the first page of the folder first."""
        found = {path: file for path, file in self.files.items() if path.endswith(".md")}
        return dict(sorted(found.items(), key=lambda item: (item[0] != INDEX, item[0])))

    @property
    def logo(self) -> tuple[str, Path] | None:
        """The logo's path on the site, and its file."""
        file = self.beside(self.profile.logo) if self.profile and self.profile.logo else None
        return (f"{ASSETS}/logo{file.suffix.lower()}", file) if file and file.is_file() else None

    def style(self, brand: str) -> str:
        """Give the style sheet that comes after brand.css, whose text is `brand`; empty where no colour is written."""
        if self.profile is None or self.profile.accent is None:
            return ""
        return colour.style(self.profile.accent, self.profile.accent_dark, brand)

    @property
    def contents(self) -> list[str]:
        """The pages of the company's tab, in their order."""
        asked = self.profile and (self.profile.contacts or self.profile.escalation)
        return list(dict.fromkeys([*([INDEX] if asked else []), *self.pages]))


def company_of(root: Path) -> Company | None:
    """Read the company's file of the project in folder `root`, if there is one."""
    named = os.environ.get(VARIABLE)
    file = Path(os.path.normpath(root / (FILE if named is None else named)))
    if named == "" or (named is None and not file.is_file()):
        return None
    name = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()
    if not file.is_file():
        remedy = f"核对 {VARIABLE}=… 里的路径，它相对项目的文件夹"
        return Company(file, name, "", None, (Mistake(name, 1, "没有这个文件", remedy),))
    text, wrong = text_of(file, name)
    if wrong := (*wrong, *unfit(text, name)):
        return Company(file, name, text, None, wrong)
    found = read(Profile, text, name)
    return Company(file, name, text, found.model, found.mistakes)
