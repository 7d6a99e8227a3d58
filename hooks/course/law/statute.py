"""A statute as its page in docs/law/ describes it."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from ..source import Model
from .citation import TOKEN, article_key
from .numerals import to_number

Institution = Literal[
    "银行信用卡", "银行个贷", "汽车金融", "消费金融", "小额贷款", "融资租赁", "担保", "外包机构", "一般"
]
INSTITUTIONS: tuple[Institution, ...] = Institution.__args__  # type: ignore[attr-defined]
Kind = Literal["法律", "行政法规", "司法解释", "部门规章", "规范性文件", "国家标准", "行业自律"]
KINDS: tuple[Kind, ...] = Kind.__args__  # type: ignore[attr-defined]
NORMS: tuple[Kind, ...] = ("国家标准", "行业自律")
"""行业规范: never called law."""

HEADING = re.compile(r"^## (?P<name>第.+)$", re.MULTILINE)


class Review(Model):
    """A lawyer's signature under a page."""

    by: str
    on: datetime.date


class Statute(Model):
    """What a statute is, whom it binds, and where its text was read."""

    full: str
    """Its full name, by which the data package is asked for its text."""
    short: list[str] = Field(min_length=1)
    """The names by which it is cited, the usual one first."""
    kind: Kind
    number: str | None = None
    in_force: str
    status: Literal["有效", "已废止"]
    applies_to: list[Institution] = []
    """Whom it binds directly."""
    indirect: list[Institution] = []
    """Whom it reaches through contract, mandate or supervision."""
    source: str
    paragraphs: Annotated[
        dict[str, int],
        BeforeValidator(lambda value: {str(k): v for k, v in value.items()} if isinstance(value, dict) else value),
    ] = {}
    """How many 款 an article has, by key, where the data package does not hold the text."""

    @property
    def binding(self) -> str:
        """What kind of rule this is, as pages say it."""
        return f"行业规范（{self.kind}）" if self.kind in NORMS else self.kind

    def how_it_binds(self, institution: Institution) -> str:
        """Say how it reaches an institution, as pages say it."""
        if institution in self.applies_to:
            return "直接约束"
        return "经委托、合同或监管传导" if institution in self.indirect else "不约束，或没有查到"

    def binds(self, institutions: list[Institution]) -> bool:
        """Say whether it reaches any of `institutions`, directly or not."""
        return not {*self.applies_to, *self.indirect}.isdisjoint(institutions)


@dataclass(frozen=True)
class Article:
    """An article on its statute's page."""

    key: str
    line: int
    """Its heading's line, from 0, in the page's body."""
    gist: str
    """What it means for collection, in our own words, free of markup."""


def articles(body: str) -> list[Article]:
    """Read the articles of a statute's page."""
    found = []
    matches = list(HEADING.finditer(body))
    for match in matches:
        if key := heading_key(match["name"]):
            after = body[match.end() :]
            gist = after.split("\n## ")[0].strip().split("\n\n")[0]
            found.append(Article(key, body[: match.start()].count("\n"), _plain(gist)))
    return found


def heading_key(text: str) -> str:
    """Give the key of an article whose heading this is, or nothing."""
    match = TOKEN.fullmatch(text.strip())
    number = to_number(match["article"]) if match else None
    if match is None or number is None or match["paragraph"] or match["item"] or match["statute"]:
        return ""
    return article_key(number, to_number(match["sub"]) or 0 if match["sub"] else 0)


def _plain(markdown: str) -> Any:
    """Take links and emphasis out of a gist, which is shown where no Markdown is read."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"[*_`]", "", text).replace("\n", "")
