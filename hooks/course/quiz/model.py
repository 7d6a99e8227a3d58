"""A quiz and its questions, with the rules that make a question fair.

One file below quizzes/ is one quiz; its path without suffix is its ID. A question's ID is its quiz's ID plus its own;
what a browser stored is tied to the question's digest, so that an edit resets that question alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints, model_validator

from ..source import Model, mistake
from .answers import normalised, shuffled, variants

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


def _first_repeated(texts: Iterable[str]) -> tuple[int, str] | None:
    seen: set[str] = set()
    for place, text in enumerate(texts):
        if normalised(text) in seen:
            return place, text
        seen.add(normalised(text))
    return None


class Option(Model):
    """One answer to choose: a key (正确答案) or a distractor (干扰项)."""

    text: str
    correct: bool = False
    feedback: str
    """Why it is right or wrong; shown once the question is checked."""


class Pair(Model):
    """Two things that belong together."""

    left: str
    right: str


class Line(Model):
    """One line of a call transcript."""

    speaker: str | None = None
    text: str
    violation: str | None = None
    """Which rule the line breaks; absent where it breaks none."""


class BaseQuestion(Model):
    """What all questions have."""

    id: Key
    objective: Key
    """The key of the lesson's objective that this question tests."""
    stem: str
    explanation: str

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits that change whenever anything a trainee sees of the question changes."""
        canonical = json.dumps(self.model_dump(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]


class Choice(BaseQuestion):
    """A question that is answered by choosing options."""

    options: list[Option] = Field(min_length=2, max_length=10)
    """Named A to J."""

    @model_validator(mode="after")
    def has_distinct_options(self) -> Choice:
        """Two options that say the same cannot be told apart."""
        if repeated := _first_repeated(option.text for option in self.options):
            raise mistake(f"选项“{repeated[1]}”写了两次", "改写或删去一个", ("options", repeated[0]))
        return self

    @model_validator(mode="after")
    def has_a_key(self) -> Choice:
        """A question needs a right option, and a wrong one."""
        keys = [option for option in self.options if option.correct]
        if not keys:
            raise mistake(f"题目“{self.id}”没有正确选项", "在正确的选项下写“correct: true”", ("options",))
        if len(keys) == len(self.options):
            raise mistake(f"题目“{self.id}”的选项全是正确的", "至少留一个干扰项，去掉它的“correct: true”", ("options",))
        return self


class Single(Choice):
    """单选: exactly one option is right."""

    type: Literal["single"]
    how: ClassVar[str] = "单选"

    @model_validator(mode="after")
    def has_one_key(self) -> Single:
        """More than one key makes it another type of question."""
        keys = [place for place, option in enumerate(self.options) if option.correct]
        if len(keys) > 1:
            remedy = "只留一个“correct: true”，或把类型改成 multiple"
            raise mistake(f"单选题“{self.id}”有 {len(keys)} 个正确选项", remedy, ("options", keys[1], "correct"))
        return self

    @property
    def key_is_longest(self) -> bool:
        """Whether the right option gives itself away by its length."""
        longest = max(len(option.text) for option in self.options if not option.correct)
        return any(option.correct and len(option.text) > longest for option in self.options)


class Multiple(Choice):
    """多选: each right choice earns a share, each wrong one costs a share, never below nothing."""

    type: Literal["multiple"]
    how: ClassVar[str] = "多选 · 每选对一项得一份，选错一项扣一份"


class TrueFalse(BaseQuestion):
    """判断: is the statement true?"""

    type: Literal["true-false"]
    how: ClassVar[str] = "判断"
    answer: bool


class Fill(BaseQuestion):
    """填空: a short term; how it is written (width, script, 三 or 3, punctuation) does not matter."""

    type: Literal["fill"]
    how: ClassVar[str] = "填空"
    answers: list[str] = Field(min_length=1)
    """Every wording that counts, the best one first."""

    @model_validator(mode="after")
    def has_answers_to_match(self) -> Fill:
        """An answer of punctuation alone would match an empty field."""
        for place, answer in enumerate(self.answers):
            if not normalised(answer):
                raise mistake(f"答案“{answer}”只有标点", "写上文字", ("answers", place))
        return self

    @property
    def accepted(self) -> list[str]:
        """All forms that count, normalised."""
        return sorted({variant for answer in self.answers for variant in variants(answer)})


class Numeric(BaseQuestion):
    """计算: a number within a tolerance."""

    type: Literal["numeric"]
    how: ClassVar[str] = "计算"
    answer: float = Field(allow_inf_nan=False)
    tolerance: float = Field(default=0, ge=0, allow_inf_nan=False)
    unit: str | None = None


class Order(BaseQuestion):
    """排序: put steps into their order; each step in its place earns a share."""

    type: Literal["order"]
    how: ClassVar[str] = "排序 · 每一步排对得一份"
    steps: list[str] = Field(min_length=3)

    @model_validator(mode="after")
    def has_distinct_steps(self) -> Order:
        """Two steps that say the same have no order."""
        if repeated := _first_repeated(self.steps):
            raise mistake(f"步骤“{repeated[1]}”写了两次", "改写或删去一个", ("steps", repeated[0]))
        return self

    @property
    def shown(self) -> list[str]:
        """The steps as they are shown: out of order, and always the same way."""
        return shuffled(self.steps, self.id)


class Match(BaseQuestion):
    """配对: find what belongs together; each pair earns a share."""

    type: Literal["match"]
    how: ClassVar[str] = "配对 · 每配对一组得一份"
    pairs: list[Pair] = Field(min_length=3)

    @model_validator(mode="after")
    def has_distinct_sides(self) -> Match:
        """What stands twice on one side has no single partner."""
        for side in ("left", "right"):
            if repeated := _first_repeated(getattr(pair, side) for pair in self.pairs):
                raise mistake(f"配对里“{repeated[1]}”写了两次", "改写或删去一个", ("pairs", repeated[0], side))
        return self

    @property
    def shown(self) -> list[str]:
        """The right-hand sides as they are shown: out of order, and always the same way."""
        return shuffled([pair.right for pair in self.pairs], self.id)


class Mark(BaseQuestion):
    """标记: mark the lines of a transcript that break a rule; scored like 多选."""

    type: Literal["mark"]
    how: ClassVar[str] = "标出违规句 · 每标对一句得一份，标错一句扣一份"
    lines: list[Line] = Field(min_length=2)

    @model_validator(mode="after")
    def has_violations(self) -> Mark:
        """There must be something to find, and something to leave alone."""
        found = [line for line in self.lines if line.violation]
        if not found:
            raise mistake(f"题目“{self.id}”没有违规的句子", "在违规的句子下写“violation: 原因”", ("lines",))
        if len(found) == len(self.lines):
            raise mistake(f"题目“{self.id}”的句子全是违规的", "至少留一句不违规的", ("lines",))
        return self


Question = Annotated[
    Single | Multiple | TrueFalse | Fill | Numeric | Order | Match | Mark,
    Field(discriminator="type"),
]


class Quiz(Model):
    """Questions on one lesson."""

    title: str
    questions: list[Question] = Field(min_length=1)

    @model_validator(mode="after")
    def has_distinct_ids(self) -> Quiz:
        """A trainee's answer is stored under the question's ID."""
        if repeated := _first_repeated(question.id for question in self.questions):
            raise mistake(f"题目的 id “{repeated[1]}”写了两次", "改成不同的 id", ("questions", repeated[0], "id"))
        return self

    @property
    def revealing(self) -> list[str]:
        """IDs of single questions whose key is the longest option, if those are more than 60 % of them."""
        single = [question for question in self.questions if isinstance(question, Single)]
        longest = [question.id for question in single if question.key_is_longest]
        return longest if len(longest) > 0.6 * len(single) else []
