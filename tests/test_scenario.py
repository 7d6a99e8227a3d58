"""Scenarios: what an author can get wrong, the page without script, the graph, and every path of every scenario."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT
from course.corpus import Corpus
from course.law.citation import Citation, find
from course.scenario.graph import layers, numbered
from course.scenario.model import Choice, Node, Scenario
from course.source import read
from project import CIVIL_CODE, by_line, render, said, write

CORPUS = Corpus(ROOT / "docs", ROOT / "quizzes")
SCENARIOS = CORPUS.scenario_ids()
FILE = "quizzes/scenarios/call.yml"
CALL = """\
title: 一通电话
situation: 客户甲逾期三天。
goal: 约好哪天还。
stage: M1
lesson: car/01-first.md
comments: at-once
start: hello
nodes:
  hello:
    scene: 接通。
    speaker: 客户甲
    says: 喂？
    choices:
      - say: 您车贷的钱今天该还了。
        verdict: violation
        why: 没核本人就说了（《民法典》第一千零三十三条第五项）。
        next: angry
        later:
          when: 三天后
          what: 投诉来了。
          outcome: complaint
      - say: 请问是甲先生吗？
        verdict: good
        why: 先核本人。
        next: when
  angry:
    speaker: 客户甲
    says: 你谁啊？
    choices:
      - do: 把电话挂断，过两天再打给他
        verdict: weak
        why: 话没说完。
        next: over
      - say: 对不起，我是某银行的。
        verdict: good
        why: 认错，重来。
        next: when
        relationship: 2
  when:
    speaker: 客户甲
    says: 是我。
    choices:
      - say: 您哪天方便？
        verdict: good
        why: 问日子。
        next: promised
      - say: 您看着办吧。
        verdict: weak
        why: 没有日子。
        next: over
endings:
  promised:
    title: 约好了
    outcome: promise
    result: 5
    text: 周五到账。
    learned: 先核本人。
  over:
    title: 没约成
    outcome: broken-off
    result: 0
    text: 电话断了。
    learned: 要一个日子。
"""
PAGE = "---\ntitle: 页\nchecked: 2026-11-22\n---\n\n# 页\n\n/// scenario | call\n///\n"


def project(tmp_path: Path, call: str | None = CALL, **changes: str) -> Corpus:
    return write(tmp_path, **{"docs/page.md": PAGE, "docs/law/civil-code.md": CIVIL_CODE, FILE: call, **changes})


def told(corpus: Corpus) -> list[str]:
    """What an author is told of anything but the register, which has more articles than these sources cite."""
    return [message for message in said(corpus) if not message.startswith("docs/law/")]


def scenario(identifier: str) -> Scenario:
    found = CORPUS.scenario(identifier)
    assert found
    assert found.model
    return found.model


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("start: hello", "start: hallo", 7, "开头“hallo”不在 nodes 里 —— 可用：hello、angry、when"),
        ("        next: promised", "        next: promise", 46, "“next: promise”没有这一步，也没有这个结局 —— 改正名字，或把它补写出来"),
        ("        next: angry", "        next: when", 26, "没有一条路走到“angry” —— 在某个选择里写“next: angry”，或删去它"),
        ("        next: promised", "        next: over", 52, "没有一条路走到“promised” —— 在某个选择里写“next: promised”，或删去它"),
        ("（《民法典》第一千零三十三条第五项）", "", 16, "违规的选择没有写依据 —— 在“why:”里引一条，如《民法典》第一千零三十三条第五项"),
        ("      - do: 把电话挂断，过两天再打给他\n", "      - do: 把电话挂断，过两天再打给他\n        say: 再见\n", 30, "一个选择要么说、要么做 —— 写“say:”（说的话）或“do:”（做的事），只写一个"),
        ("    speaker: 客户甲\n    says: 你谁啊？\n", "", 26, "这一步没有写对方说什么 —— 写“says:”（对方的话），或“scene:”（发生的事）"),
        ("    speaker: 客户甲\n    says: 你谁啊？\n", "    scene: 静。\n    says: 你谁啊？\n", 26, "“speaker”和“says”要一起写 —— 补上缺的一个"),
        ("say: 您看着办吧。", "say: 您哪天方便？", 47, "选择“您哪天方便？”写了两次 —— 改写或删去一个"),
        ("        verdict: good\n        why: 问日子。", "        verdict: weak\n        why: 问日子。", 7, "没有一条全是 good 的路走到结局 —— 检查哪一步缺少 good 的选择"),
        ("  over:\n    title", "  when:\n    title", 58, "“when”既是一步又是结局 —— 给结局换一个名字"),
        ("result: 5", "result: 6", 55, "“result”不能大于 5 —— 现在是 6"),
        ("relationship: 2", "relationship: -3", 38, "“relationship”不能小于 -2 —— 现在是 -3"),
        ("outcome: promise", "outcome: promised", 54, "“outcome”不能是“promised” —— 可用：promise、plan、handed-over、broken-off、complaint"),
        ("lesson: car/01-first.md", "lesson: car/09-none.md", 5, "没有“car/09-none.md”这一课 —— 写课文文件相对 docs/ 的路径"),
        ("stage: M1", "stagee: M1", 4, "不认识的键“stagee” —— 是不是“stage”？"),
    ],
)  # fmt: skip
def test_what_an_author_can_get_wrong(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    assert old in CALL
    assert told(project(tmp_path)) == []
    messages = told(project(tmp_path / "spoiled", CALL.replace(old, new, 1)))
    assert f"{FILE}:{line}: {message}" in messages
    # A misspelt key is also a missing one.
    assert len(messages) == (2 if "stagee" in new else 1)


def test_a_loop_without_an_exit_is_told(tmp_path: Path) -> None:
    loop = CALL.replace("        next: over", "        next: round", 1).replace(
        "  when:\n",
        "  round:\n    scene: 打转。\n    choices:\n"
        + "".join(
            f"      - say: {text}\n        verdict: weak\n        why: 空。\n        next: round\n" for text in "甲乙"
        )
        + "  when:\n",
        1,
    )
    assert told(project(tmp_path, loop)) == [f"{FILE}:39: 从“round”走不到任何结局，只能打转 —— 给它一个通向结局的选择"]


def test_a_best_path_that_is_always_the_same_choice_is_told(tmp_path: Path) -> None:
    # A step more, so that there are three, and the good choice first in each.
    text = CALL.replace("        next: promised", "        next: sure", 1).replace(
        "endings:\n",
        "  sure:\n    speaker: 客户甲\n    says: 周五。\n    choices:\n"
        "      - say: 好，周五见账。\n        verdict: good\n        why: 收口。\n        next: promised\n"
        "      - say: 行吧。\n        verdict: weak\n        why: 没收口。\n        next: over\nendings:\n",
        1,
    )
    start = text.index("      - say: 您车贷的钱今天该还了。")
    middle = text.index("      - say: 请问是甲先生吗？")
    end = text.index("  angry:\n")
    turned = text[:start] + text[middle:end] + text[start:middle] + text[end:]
    assert told(project(tmp_path, turned)) == [f"{FILE}:14: 有一条最好的路，每一步都是第 1 个选择 —— 把选择的次序打散"]


def test_a_scenario_that_no_page_shows_and_one_that_is_not_there_are_told(tmp_path: Path) -> None:
    corpus = project(tmp_path, **{"docs/page.md": PAGE.replace("| call", "| cal")})
    assert told(corpus) == ["docs/page.md:8: 没有“cal”这份情景 —— 是不是“call”？"]
    (tmp_path / "docs/page.md").unlink()
    remedy = "在课文里写“/// scenario | call”，或删去这个文件"
    assert told(Corpus(tmp_path / "docs", tmp_path / "quizzes")) == [f"{FILE}:1: 没有一页放了这份情景 —— {remedy}"]


def test_the_longest_choice_being_the_good_one_is_a_notice(tmp_path: Path) -> None:
    text = CALL
    for short, long in (
        ("请问是甲先生吗？", "您好，请问是不是甲先生本人？"),
        ("对不起，我是", "刚才对不起，您消消气，我是"),
        ("您哪天方便？", "您哪天方便，我记一下？"),
    ):
        text = text.replace(short, long, 1)
    assert told(project(tmp_path, text)) == [
        f"{FILE}:1: 得当的选择总是最长的：hello、angry、when —— 让几个选择长短相近"
    ]


def test_the_page_reads_like_a_book_without_a_script(tmp_path: Path) -> None:
    html = by_line(render(project(tmp_path), "page.md"))
    assert 'data-comments="at-once"' in html
    assert '<course-scenario class="scenario"' in html
    assert 'data-search-exclude="true"' in html
    assert html.index('id="call--hello"') < html.index('id="call--angry"')
    choice = html[html.index('<li data-kind="say"') : html.index("</li>")]
    assert '<a href="#call--angry">' in choice
    assert "<summary>讲评</summary>" in choice
    assert '<a class="law" data-law="law-note-civil-code-1033" href="law/civil-code.md#1033">' in choice
    assert (
        '<p class="scenario-later" data-outcome="complaint">\n<strong>三天后</strong>\n<span>投诉来了。</span>'
        in choice
    )
    assert "scenario-graph" not in html


def test_the_instructors_edition_adds_the_graph_and_its_table(tmp_path: Path) -> None:
    html = render(project(tmp_path), "page.md", "instructor")
    assert html.count('class="scenario-edge-violation"') == 1
    assert html.count('class="scenario-edge-good"') == 3
    for cell in ("您车贷的钱今天该还了。", "违规", "结局甲", "结果 5"):
        assert f"<td>{cell}</td>" in html


def test_steps_are_numbered_by_their_distance_from_the_start() -> None:
    found = read(Scenario, CALL, FILE).model
    assert found
    assert [sorted(layer) for layer in layers(found)] == [["hello"], ["angry", "when"], ["over", "promised"]]
    assert numbered(found)["hello"] == "1"
    assert numbered(found)["promised"] == "结局甲"


def test_an_edit_changes_the_hash() -> None:
    once, twice = (read(Scenario, text, FILE).model for text in (CALL, CALL.replace("周五到账", "周六到账")))
    assert once
    assert twice
    assert once.digest != twice.digest


def test_there_are_the_scenarios_that_the_course_must_have() -> None:
    assert set(SCENARIOS) >= {
        "m1-reminder", "broken-promise", "dispute", "angry", "silent", "lawyer", "relative", "third-party", "at-the-door",
        "hardship", "guarantor", "limitation", "vehicle", "regulator", "self-harm", "threat", "illness", "bereavement",
        "paid-agent",
    }  # fmt: skip


@pytest.mark.parametrize("identifier", SCENARIOS)
def test_every_path_ends_and_the_gate_holds(identifier: str) -> None:
    """Walk every way through the dialogue that passes no step twice."""
    found = scenario(identifier)
    assert len(found.nodes) >= 10
    reached: dict[str, int] = {}
    walked: set[tuple[str, int]] = set()
    best = 0
    for path, ending in found.paths():
        choices = [found.nodes[key].choices[place] for key, place in path]
        assert [choice.next for choice in choices] == [*(key for key, _ in path[1:]), ending]
        reached[ending] = reached.get(ending, 0) + 1
        walked |= set(path)
        if all(choice.verdict == "good" for choice in choices):
            best = max(best, found.endings[ending].result)
            assert 4 <= len(path) <= 10
    assert set(reached) == set(found.endings)
    assert walked == {(key, place) for key, place, _ in found.edges()}
    assert best >= 4
    assert best == max(ending.result for ending in found.endings.values())
    assert len({ending.outcome for ending in found.endings.values()}) >= 2
    assert sum(choice.later is not None for _, _, choice in found.edges()) >= 3
    violations = [choice for _, _, choice in found.edges() if choice.verdict == "violation"]
    assert 5 <= len(violations) <= 10
    assert all(any(isinstance(each, Citation) for each in find(choice.why)) for choice in violations)


STRATEGIES: dict[str, Callable[[Node], Choice]] = {
    "first": lambda node: node.choices[0],
    "last": lambda node: node.choices[-1],
    "longest": lambda node: max(node.choices, key=lambda choice: len(choice.text)),
    "shortest": lambda node: min(node.choices, key=lambda choice: len(choice.text)),
}


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("identifier", SCENARIOS)
def test_nobody_wins_without_reading(identifier: str, strategy: str) -> None:
    found = scenario(identifier)
    key, violations, seen = found.start, 0, set()
    while key in found.nodes and key not in seen:
        seen.add(key)
        choice = STRATEGIES[strategy](found.nodes[key])
        violations += choice.verdict == "violation"
        key = choice.next
    best = max(ending.result for ending in found.endings.values())
    won = key in found.endings and found.endings[key].result == best and not violations
    assert not won
