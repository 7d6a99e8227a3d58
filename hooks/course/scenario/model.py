"""A scenario and its nodes, choices and endings, with the rules that make it playable.

One file below quizzes/scenarios/ is one scenario; its name without suffix is its ID. Nodes and endings are the
vertices of a directed graph, choices its edges.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints, model_validator

from ..law.citation import Citation, find
from ..source import Model, mistake

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Verdict = Literal["good", "weak", "violation"]
Outcome = Literal["promise", "plan", "handed-over", "broken-off", "complaint"]

VERDICTS: dict[Verdict, str] = {"good": "得当", "weak": "不够好", "violation": "违规"}
OUTCOMES: dict[Outcome, str] = {
    "promise": "有承诺",
    "plan": "谈成方案",
    "handed-over": "停催转交",
    "broken-off": "谈崩或中断",
    "complaint": "投诉",
}
Path = list[tuple[str, int]]
"""A way through the dialogue: each node's key and the place of the choice made there."""
RELATIONSHIP: dict[Verdict, int] = {"good": 1, "weak": 0, "violation": -1}
"""What a choice does to the relationship where its author does not say."""


class Later(Model):
    """A consequence that shows only when the call is over."""

    when: str
    what: str
    outcome: Outcome | None = None
    """What becomes of the ending's outcome, if it changes."""


class Choice(Model):
    """One thing the trainee can say or do."""

    say: str | None = None
    do: str | None = None
    verdict: Verdict
    why: str
    next: Key
    """The node or ending it leads to."""
    relationship: int | None = Field(default=None, ge=-2, le=2)
    later: Later | None = None

    @model_validator(mode="after")
    def is_said_or_done(self) -> Choice:
        """A choice is words or an action."""
        if (self.say is None) == (self.do is None):
            raise mistake("一个选择要么说、要么做", "写“say:”（说的话）或“do:”（做的事），只写一个")
        return self

    @model_validator(mode="after")
    def violation_has_an_article(self) -> Choice:
        """Who is told that something is forbidden is told by what."""
        if self.verdict == "violation" and not any(isinstance(each, Citation) for each in find(self.why)):
            raise mistake("违规的选择没有写依据", "在“why:”里引一条，如《民法典》第一千零三十三条第五项", ("why",))
        return self

    @property
    def text(self) -> str:
        """What is said or done."""
        return self.say or self.do or ""

    @property
    def trust(self) -> int:
        """What it does to the relationship, −2 to 2."""
        return RELATIONSHIP[self.verdict] if self.relationship is None else self.relationship


class Node(Model):
    """A moment of the call: what happens and what is heard, then the choices."""

    scene: str | None = None
    speaker: str | None = None
    says: str | None = None
    choices: list[Choice] = Field(min_length=2, max_length=4)

    @model_validator(mode="after")
    def has_something_to_react_to(self) -> Node:
        """A choice needs an occasion."""
        if self.scene is None and self.says is None:
            raise mistake("这一步没有写对方说什么", "写“says:”（对方的话），或“scene:”（发生的事）")
        if (self.says is None) != (self.speaker is None):
            raise mistake("“speaker”和“says”要一起写", "补上缺的一个")
        return self

    @model_validator(mode="after")
    def has_distinct_choices(self) -> Node:
        """Two choices that say the same cannot be told apart."""
        texts = [choice.text for choice in self.choices]
        for place, text in enumerate(texts):
            if text in texts[:place]:
                raise mistake(f"选择“{text}”写了两次", "改写或删去一个", ("choices", place))
        return self

    @property
    def good_is_longest(self) -> bool:
        """Whether a good choice gives itself away by its length."""
        others = [len(choice.text) for choice in self.choices if choice.verdict != "good"]
        good = [len(choice.text) for choice in self.choices if choice.verdict == "good"]
        return bool(good and others) and max(good) > max(others)


class Ending(Model):
    """How it ends, and what to take away."""

    title: str
    outcome: Outcome
    result: int = Field(ge=0, le=5)
    """How far the goal was reached."""
    text: str
    learned: str


class Scenario(Model):
    """A branching dialogue."""

    title: str
    situation: str
    """What the trainee knows before the first word."""
    goal: str
    stage: str
    lesson: str
    """The page that teaches it, relative to docs/."""
    comments: Literal["at-once", "at-end"]
    """Whether each choice is commented on at once, as for novices, or when the call is over."""
    cards: bool = True
    """Whether it is fit for role-play: a class kit prints cards of it. Some calls nobody should have to play."""
    start: Key
    nodes: dict[Key, Node] = Field(min_length=3)
    endings: dict[Key, Ending] = Field(min_length=2, max_length=8)
    """Named 甲 to 辛."""

    HOW: ClassVar[dict[str, str]] = {"at-once": "每选一句，当场讲评", "at-end": "打完再讲评"}

    @model_validator(mode="after")
    def leads_somewhere(self) -> Scenario:
        """Every choice leads to something that is there."""
        if both := next((key for key in self.nodes if key in self.endings), None):
            raise mistake(f"“{both}”既是一步又是结局", "给结局换一个名字", ("endings", both))
        if self.start not in self.nodes:
            raise mistake(f"开头“{self.start}”不在 nodes 里", f"可用：{'、'.join(self.nodes)}", ("start",))
        for key, place, choice in self.edges():
            if choice.next not in self.nodes and choice.next not in self.endings:
                at = ("nodes", key, "choices", place, "next")
                raise mistake(f"“next: {choice.next}”没有这一步，也没有这个结局", "改正名字，或把它补写出来", at)
        return self

    @model_validator(mode="after")
    def is_wholly_reachable(self) -> Scenario:
        """What nobody can reach is lost work, or a link forgotten."""
        reached = self.reachable
        for kind, keys in (("nodes", self.nodes), ("endings", self.endings)):
            for key in keys:
                if key not in reached:
                    raise mistake(f"没有一条路走到“{key}”", "在某个选择里写“next: " + key + "”，或删去它", (kind, key))
        return self

    @model_validator(mode="after")
    def always_ends(self) -> Scenario:
        """No loop without an exit."""
        ends = set(self.endings)
        while grown := {
            key
            for key, node in self.nodes.items()
            if key not in ends and any(choice.next in ends for choice in node.choices)
        }:
            ends |= grown
        for key in self.nodes:
            if key not in ends:
                raise mistake(f"从“{key}”走不到任何结局，只能打转", "给它一个通向结局的选择", ("nodes", key))
        return self

    @model_validator(mode="after")
    def can_be_played_well(self) -> Scenario:
        """Good choices alone lead from the start to an ending, and do not always stand in one place."""
        if not any(key in self.endings for key in self._reached("good")):
            raise mistake("没有一条全是 good 的路走到结局", "检查哪一步缺少 good 的选择", ("start",))
        for place in reversed(range(4)):
            if self._steps_always_choosing(place) > 2:
                where = ("nodes", self.start, "choices", place)
                raise mistake(f"有一条最好的路，每一步都是第 {place + 1} 个选择", "把选择的次序打散", where)
        return self

    def _steps_always_choosing(self, place: int) -> int:
        """Count the steps to an ending of who always makes the choice at `place`; 0 where that is no good way."""
        key, passed = self.start, list[str]()
        while key not in self.endings:
            choices = self.nodes[key].choices
            if key in passed or place >= len(choices) or choices[place].verdict != "good":
                return 0
            passed.append(key)
            key = choices[place].next
        return len(passed)

    def edges(self) -> Iterator[tuple[str, int, Choice]]:
        """Give every choice with its node's key and its place there."""
        return ((key, place, choice) for key, node in self.nodes.items() for place, choice in enumerate(node.choices))

    @property
    def reachable(self) -> set[str]:
        """Keys of the nodes and endings that can be reached from the start."""
        return self._reached()

    def _reached(self, *verdicts: Verdict) -> set[str]:
        reached: set[str] = set()
        waiting = [self.start]
        while waiting:
            key = waiting.pop()
            if key not in reached:
                reached.add(key)
                choices = self.nodes[key].choices if key in self.nodes else []
                waiting += [choice.next for choice in choices if not verdicts or choice.verdict in verdicts]
        return reached

    def paths(self, *verdicts: Verdict) -> Iterator[tuple[Path, str]]:
        """Give every way from the start to an ending that passes no node twice, and the ending's key.

        With verdicts, only ways of such choices.
        """
        waiting: list[tuple[Path, str]] = [([], self.start)]
        while waiting:
            path, key = waiting.pop()
            if key in self.endings:
                yield path, key
            elif all(passed != key for passed, _ in path):
                for place, choice in enumerate(self.nodes[key].choices):
                    if not verdicts or choice.verdict in verdicts:
                        waiting.append(([*path, (key, place)], choice.next))

    @property
    def revealing(self) -> list[str]:
        """Keys of nodes whose longest choice is a good one, if those are more than 60 % of all nodes."""
        longest = [key for key, node in self.nodes.items() if node.good_is_longest]
        return longest if len(longest) > 0.6 * len(self.nodes) else []

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits that change whenever anything a trainee sees of the scenario changes."""
        canonical = json.dumps(self.model_dump(exclude={"cards"}), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]
