"""The register and the checks: a false citation is caught with its line; a true one becomes a link."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from course.corpus import Corpus
from course.law import verbatim
from course.law.check import check
from course.law.sources import citations
from course.law.statute import articles
from project import CIVIL_CODE, SOURCES, render, said, write

LIMITATION = """\
---
title: 诉讼时效规定
description: 怎样中断。
statute:
  full: 最高人民法院关于审理民事案件适用诉讼时效制度若干问题的规定
  short: [诉讼时效规定]
  kind: 司法解释
  in_force: "2021-01-01"
  status: 有效
  applies_to: [银行个贷, 一般]
  source: 公开文本
  paragraphs:
    8: 2
checked: 2026-11-22
---

# 诉讼时效规定

## 第八条

当面送交并签收的，时效中断。
"""
CARDS = """\
---
title: 信用卡办法
description: 只管发卡机构。
statute:
  full: 商业银行信用卡业务监督管理办法
  short: [信用卡办法]
  kind: 部门规章
  in_force: "2011-01-13"
  status: 有效
  applies_to: [银行信用卡]
  source: 网页
checked: 2026-11-22
---

# 信用卡办法

## 第七十条

可以协商个性化分期。
"""
REPEALED = """\
---
title: 已废止的法律
repealed:
  合同法: 《民法典》合同编
---

# 已废止的法律

原《合同法》等。
"""
LAW = {
    "docs/law/civil-code.md": CIVIL_CODE,
    "docs/law/limitation.md": LIMITATION,
    "docs/law/credit-card-measures.md": CARDS,
    "docs/law/repealed.md": REPEALED,
    "docs/car/index.md": SOURCES["docs/car/index.md"].replace(
        "duration: 半日\n", "duration: 半日\ninstitutions: [银行个贷, 汽车金融]\n"
    ),
}
LESSON = "docs/car/01-first.md"
TRUE = (
    "《民法典》第一百八十八条第二款、第一百九十五条第一项，《民法典》第1033条第（一）项，《诉讼时效规定》第八条第二款。"
)


def notices_apart(messages: list[str]) -> list[str]:
    return [message for message in messages if "没有一页引用" not in message]


def with_text(root: Path, text: str, **changes: str) -> Corpus:
    return write(root, **{**LAW, LESSON: SOURCES[LESSON].replace("课文。", text), **changes})


def test_true_citations_are_nothing_to_mend(tmp_path: Path) -> None:
    assert notices_apart(said(with_text(tmp_path, TRUE))) == []


# What is written instead of 课文。 on line 13 of the lesson, and what the author is told.
FALSE = [
    ("nonexistent article", "依照《民法典》第一千二百六十一条，", "《民法典》没有第一千二百六十一条，它只有 1260 条 —— 核对条号"),
    ("not in the register", "依照《民法典》第一百九十二条，",
     "法规库的《民法典》里没有收第一百九十二条 —— 核对条文后，在 docs/law/civil-code.md 加一节“## 第一百九十二条”和要旨"),
    ("beyond an interpretation held by gist", "《诉讼时效规定》第九十九条",
     "法规库的《诉讼时效规定》里没有收第九十九条 —— 核对条文后，在 docs/law/limitation.md 加一节“## 第九十九条”和要旨"),
    ("a 之一 that is not there", "《民法典》第一百八十八条之一", "《民法典》没有第一百八十八条之一 —— 核对条号"),
    ("wrong 款, from the data package", "《民法典》第一百八十八条第三款",
     "《民法典》第一百八十八条只有 2 款，没有第 3 款 —— 核对款、项的数目；没有分款的条文不写“第一款”"),
    ("wrong 款, from the page", "《诉讼时效规定》第八条第三款",
     "《诉讼时效规定》第八条只有 2 款，没有第 3 款 —— 核对款、项的数目；没有分款的条文不写“第一款”"),
    ("wrong 项", "《民法典》第一千零三十三条第七项",
     "《民法典》第一千零三十三条没有第 7 项 —— 核对款、项的数目；没有分款的条文不写“第一款”"),
    ("wrong 款 in Arabic numerals", "《民法典》第195条第2款",
     "《民法典》第一百九十五条只有 1 款，没有第 2 款 —— 核对款、项的数目；没有分款的条文不写“第一款”"),
    ("repealed law", "《合同法》第一百零七条",
     "《合同法》已经废止，不能按条引用 —— 改引《民法典》合同编；只说历史时写“原《合同法》”，不写条号"),
    ("misspelt name", "《民法曲》第一百八十八条", "法规库里没有《民法曲》 —— 是不是《民法典》？"),
    ("unknown statute", "《海商法》第一条", "法规库里没有《海商法》 —— 先在 docs/law/ 为它建一页"),
    ("second of a list", "《民法典》第一百八十八条、第一百九十六条",
     "法规库的《民法典》里没有收第一百九十六条 —— 核对条文后，在 docs/law/civil-code.md 加一节“## 第一百九十六条”和要旨"),
    ("inside a range", "《民法典》第一百九十五条至第一百九十七条", None),
    ("no statute", "见第一百八十八条",
     "“第一百八十八条”没有写明是哪部法 —— 写成“《民法典》第一百八十八条”这样，或“同法第一百八十八条”；"
     "大纲原话放进“/// outline”块或反引号里"),
    ("own law outside the register", "本法第三条", "“本法”“本规定”只能用在法规库的页面里 —— 写出法律的名称"),
    ("across bold", "**《民法典》**第一百八十八条第九款",
     "《民法典》第一百八十八条只有 2 款，没有第 9 款 —— 核对款、项的数目；没有分款的条文不写“第一款”"),
    ("in a table", "| 甲 | 乙 |\n|---|---|\n| 丙 | 《民法典》第一百八十九条 |", None),
    ("a rule that does not bind", "催收员依照《信用卡办法》第七十条必须同意分期。",
     "《信用卡办法》约束的是银行信用卡，不约束这门课的对象（银行个贷、汽车金融） —— 同一句里写明它不适用，或改引对他们有效的规定"),
]  # fmt: skip


@pytest.mark.parametrize(("_name", "text", "message"), FALSE, ids=[name for name, *_ in FALSE])
def test_a_false_citation_is_caught_with_its_line(tmp_path: Path, _name: str, text: str, message: str | None) -> None:
    told = notices_apart(said(with_text(tmp_path, text)))
    if message is None:
        assert told
        assert all("法规库的《民法典》里没有收" in each for each in told)
        assert {each.split(":")[1] for each in told} == {str(13 + text.count("\n"))}
    else:
        assert told == [f"{LESSON}:13: {message}"]


def test_front_matter_that_cannot_be_read_is_told_alone(tmp_path: Path) -> None:
    lesson = SOURCES[LESSON].replace("课文。", TRUE).replace("minutes: 50", "minutes: 5x")
    index = SOURCES["docs/index.md"] + "\n/// lessons\ncar/01-first.md\n///\n"
    told = notices_apart(said(write(tmp_path, **{**LAW, LESSON: lesson, "docs/index.md": index})))
    assert told == [f"{LESSON}:4: “minutes”要写整数 —— 现在是“5x”"]


def test_a_false_citation_in_a_quiz_is_caught(tmp_path: Path) -> None:
    quiz = SOURCES["quizzes/car/01-first.yml"].replace("解析二。", "见《民法典》第一百八十八条第五款。")
    (message,) = notices_apart(said(with_text(tmp_path, "课文。", **{"quizzes/car/01-first.yml": quiz})))
    assert message.startswith("quizzes/car/01-first.yml:27: 《民法典》第一百八十八条只有 2 款")


def test_a_false_citation_in_an_objective_is_caught(tmp_path: Path) -> None:
    lesson = SOURCES[LESSON].replace("说出一件事", "说出《民法典》第九千条")
    (message,) = notices_apart(said(write(tmp_path, **{**LAW, LESSON: lesson})))
    assert message.startswith(f"{LESSON}:6: 《民法典》没有第九千条")


def test_a_rule_may_be_named_to_say_that_it_does_not_bind(tmp_path: Path) -> None:
    text = "信用卡有个性化分期（《信用卡办法》第七十条），不管车贷。"
    assert notices_apart(said(with_text(tmp_path, text))) == []


def test_what_is_marked_as_quoted_is_left_alone(tmp_path: Path) -> None:
    text = "大纲写`《合同法》第一百条`。\n\n/// outline\n依照《合同法》第二百零七条\n///\n"
    corpus = with_text(tmp_path, text)
    assert notices_apart(said(corpus)) == []
    assert 'class="law"' not in render(corpus, "car/01-first.md")


def test_citations_need_the_day_they_were_checked(tmp_path: Path) -> None:
    lesson = SOURCES[LESSON].replace("课文。", TRUE).replace("checked: 2026-11-22\n", "")
    (message,) = notices_apart(said(write(tmp_path, **{**LAW, LESSON: lesson})))
    assert message.startswith(f"{LESSON}:1: 引用了法条，页首却没有“checked”")


def test_an_old_check_is_a_notice(tmp_path: Path) -> None:
    corpus = with_text(tmp_path, TRUE)
    day = datetime.date(2026, 11, 22)
    for days, told in ((365, False), (366, True)):
        found = list(check(corpus, day + datetime.timedelta(days=days)))
        notices = [mistake for mistake in found if "超过一年" in mistake.what]
        assert bool(notices) == told
        assert all(mistake.notice for mistake in found)


def test_an_article_that_nobody_cites_is_a_notice(tmp_path: Path) -> None:
    corpus = with_text(tmp_path, "《民法典》第一百八十八条")
    told = [mistake for mistake in check(corpus) if mistake.path.endswith("civil-code.md")]
    assert [str(mistake) for mistake in told] == [
        "docs/law/civil-code.md:1: 有 2 条没有一页引用：第一百九十五条、第一千零三十三条"
    ]
    assert told[0].notice


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("## 第一百九十五条", "## 第一千三百条", "docs/law/civil-code.md:21: 法律数据包里的《民法典》没有第一千三百条"),
        ("不得侵扰他人的私人生活安宁。\n", "", "docs/law/civil-code.md:25: 第一千零三十三条下面没有要旨"),
        ("short: [民法典]", "short: [民法典, 诉讼时效规定]", "“诉讼时效规定”这个名称已经属于 law/civil-code.md"),
        ("kind: 法律", "kind: 法例", "docs/law/civil-code.md:7: “kind”不能是“法例”"),
        ("source: 数据包", "source: 数据包\n  paragraphs: {9: 1}", "paragraphs 里的“9”在本页没有这一条"),
    ],
)
def test_a_statutes_own_page_is_checked(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in CIVIL_CODE
    corpus = with_text(tmp_path, "课文。", **{"docs/law/civil-code.md": CIVIL_CODE.replace(old, new, 1)})
    assert any(told in message for message in said(corpus)), said(corpus)


def test_a_citation_becomes_a_link_and_a_note(tmp_path: Path) -> None:
    html = render(
        with_text(tmp_path, "依照**《民法典》**第一百八十八条第一款、第一百九十五条，不用多说。"), "car/01-first.md"
    )
    link = '<a class="law" data-law="law-note-civil-code-{0}" href="../law/civil-code.md#{0}">{1}</a>'
    one, two = link.format(188, "第一百八十八条第一款"), link.format(195, "第一百九十五条")
    assert f"<p>依照<strong>《民法典》</strong>{one}、{two}，不用多说。</p>" in html
    notes = html.partition("<law-notes")[2]
    assert "本页引用的法条 2 条" in notes
    assert "条文存在：已由构建核对（2026-11-22） · 法务复核：尚无" in notes
    assert "普通诉讼时效三年，从知道之日起算，最长二十年。" in notes.replace("\n", "")


def test_citations_in_a_quiz_are_linked_code_and_links_are_not(tmp_path: Path) -> None:
    quiz = SOURCES["quizzes/car/01-first.yml"].replace("解析一。", "见《民法典》第一百八十八条。")
    text = "`《民法典》第一百九十五条`和[《民法典》第一百九十五条](02-second.md)。"
    html = render(with_text(tmp_path, text, **{"quizzes/car/01-first.yml": quiz}), "car/01-first.md")
    assert html.count('class="law"') == 1
    assert '<p class="quiz-explanation">见<a class="law"' in html


def test_a_statutes_page_has_ids_text_and_citers(tmp_path: Path) -> None:
    corpus = with_text(tmp_path, "《民法典》第一百八十八条")
    html = render(corpus, "law/civil-code.md").replace("\n", "")
    assert '<h2 id="188">第一百八十八条</h2>' in html
    assert '<details class="law-text"><summary>条文原文</summary><p>向人民法院请求保护民事权利' in html
    assert (
        '<p class="law-cited-by" data-search-exclude="true">引用：<a href="../car/01-first.md">第一课</a></p>' in html
    )
    # 本法第一百八十八条 stays on its own page.
    assert '<a class="law" data-law="law-note-civil-code-188" href="civil-code.md#188">本法第一百八十八条</a>' in html
    assert "<dd>尚无法务人员签名</dd>" in html


def test_the_data_package_gives_articles_paragraphs_and_items() -> None:
    texts = verbatim.texts("中华人民共和国民法典")
    assert len(texts) == verbatim.last_article("中华人民共和国民法典") == 1260
    assert len(texts["188"].paragraphs) == 2
    assert len(texts["1033"].paragraphs[0]) == 1 + 6
    # A heading of the next part is glued onto the end of this one in the data.
    assert texts["239"].paragraphs == (("本章规定的物权保护方式，可以单独适用，也可以根据权利被侵害的情形合并适用。",),)
    assert "293-1" in verbatim.texts("中华人民共和国刑法")
    assert verbatim.texts("没有这部法") == {}


@pytest.mark.parametrize(
    ("paragraph", "item", "has"),
    [(None, None, True), (1, None, True), (2, None, True), (3, None, False), (0, None, False), (1, 7, True), (1, 8, False),
     (2, 1, False), (None, 7, True), (None, 8, False)],
)  # fmt: skip
def test_a_text_knows_its_parts(paragraph: int | None, item: int | None, has: bool) -> None:
    assert verbatim.texts("中华人民共和国个人信息保护法")["13"].has(paragraph, item) == has


def test_articles_are_read_with_line_and_plain_gist() -> None:
    body = "# 法\n\n## 第三条\n\n**要旨**见[课文](x.md)。\n\n补充。\n\n## 说明\n\n不是条文。\n\n## 第九条之一\n\n乙。\n"
    assert [(article.key, article.line, article.gist) for article in articles(body)] == [
        ("3", 2, "要旨见课文。"),
        ("9-1", 12, "乙。"),
    ]


def test_citations_of_a_file_know_line_and_sentence() -> None:
    text = "---\ntitle: x\n---\n\n前句。依照《民法典》\n第一百八十八条，后半。末句。\n"
    (located,) = citations(text)
    assert (located.line, located.sentence) == (5, "依照《民法典》\n第一百八十八条，后半")
