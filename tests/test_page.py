"""What the engine adds to an ordinary page: head, dialogues, red lines, joined lines, editions."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from course.downloads import documents
from course.letter import to_docx
from project import SOURCES, render, said, write

PAGE = "---\ntitle: 页\n---\n\n# 页\n\n"


def body(tmp_path: Path, text: str, edition: str = "trainee") -> str:
    html = render(write(tmp_path, **{"docs/page.md": PAGE + text}), "page.md", edition)
    return html.partition("</h1>\n")[2]


def test_a_lesson_opens_with_time_objectives_and_place(tmp_path: Path) -> None:
    html = render(write(tmp_path), "car/02-second.md").replace("\n", "")
    assert html.partition("</h1>")[2].partition("</dl>")[0] == (
        '<dl class="lesson-head">'
        "<dt>时间</dt><dd>课时 40 分钟 · 自学约 1 分钟</dd>"
        "<dt>学完能</dt><dd><ul><li>知道一件事</li></ul></dd>"
        '<dt>位置</dt><dd><a href="index.md">小课</a> · 第 2 课，共 2 课</dd>'
    )


def test_teaching_order_is_the_navigations(tmp_path: Path) -> None:
    corpus = write(tmp_path)
    assert [page.path for page in corpus.lessons("car")] == ["car/01-first.md", "car/02-second.md"]
    turned = type(corpus)(corpus.docs, corpus.quizzes, ("car/02-second.md", "car/01-first.md"))
    assert [page.path for page in turned.lessons("car")] == ["car/02-second.md", "car/01-first.md"]


def test_self_study_time_follows_length_and_questions(tmp_path: Path) -> None:
    longer = SOURCES["docs/car/01-first.md"].replace("课文。", "课" * 3000)
    corpus = write(tmp_path, **{"docs/car/01-first.md": longer})
    page = corpus.page("car/01-first.md")
    assert page
    assert corpus.study_minutes(page) == 3000 / 300 + 3


def test_instructors_notes_do_not_count_as_reading(tmp_path: Path) -> None:
    longer = SOURCES["docs/car/01-first.md"].replace("提示。", "提" * 3000)
    page = write(tmp_path, **{"docs/car/01-first.md": longer}).page("car/01-first.md")
    assert page
    assert page.reading_minutes == 0


def test_cards_and_lists_are_computed_from_the_content(tmp_path: Path) -> None:
    corpus = write(tmp_path)
    assert "<small>半日 · 2 课 · 1 小时 30 分钟 · 4 题</small>" in render(corpus, "index.md")
    html = render(corpus, "car/index.md")
    assert "2 课 · 课时 1 小时 30 分钟 · 4 题" in html
    assert '<a href="01-first.md">第一课</a>' in html


def test_a_dialogue_is_a_quotation_of_bold_speakers(tmp_path: Path) -> None:
    html = body(tmp_path, "> **甲** 您好，*请问*是乙吗？\n> **乙** 我是。**真的**是。\n>\n> **甲** 好。\n")
    assert html.replace("\n", "") == (
        '<blockquote class="dialogue">'
        "<p><strong>甲</strong><span>您好，<em>请问</em>是乙吗？</span></p>"
        "<p><strong>乙</strong><span>我是。<strong>真的</strong>是。</span></p>"
        "<p><strong>甲</strong><span>好。</span></p>"
        "</blockquote>"
    )


def test_another_quotation_stays_one(tmp_path: Path) -> None:
    assert body(tmp_path, "> 引文 **加粗**\n") == "<blockquote>\n<p>引文 <strong>加粗</strong></p>\n</blockquote>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("第一行\n第二行", "<p>第一行第二行</p>"),
        ("第一行，\n“第二行”", "<p>第一行，“第二行”</p>"),
        ("第一行\n**第二**行\n第三行", "<p>第一行<strong>第二</strong>行第三行</p>"),
        ("中文\nEnglish\n中文", "<p>中文\nEnglish\n中文</p>"),
        ("```\n第一行\n第二行\n```", "第一行\n第二行"),
    ],
)
def test_wrapped_chinese_lines_join_without_a_gap(tmp_path: Path, text: str, html: str) -> None:
    assert html in body(tmp_path, text)


def test_an_empty_corner_of_a_table_is_no_header(tmp_path: Path) -> None:
    html = body(tmp_path, "| | 甲 |\n|---|---|\n| 乙 | 丙 |")
    assert html.count("<th>") == 1
    assert "<td></td>" in html


def test_a_titled_red_line_still_says_that_it_is_one(tmp_path: Path) -> None:
    assert '<p class="admonition-title">红线 · 不许拖车</p>' in body(tmp_path, "/// redline | 不许拖车\n内容\n///")
    assert '<p class="admonition-title">红线</p>' in body(tmp_path, "/// redline\n内容\n///")


NOTES = """\
/// instructor | 提示
秘密[^1]。

[^1]: 脚注秘密

*[DSO]: 全称秘密

/// quiz | car/02-second
///
///

正文里的 DSO。
"""


def test_instructors_notes_leave_nothing_behind(tmp_path: Path) -> None:
    html = body(tmp_path, NOTES.replace("/// quiz | car/02-second\n///\n", ""))
    assert html == "<p>正文里的 DSO。</p>"


def test_instructors_notes_are_in_their_edition(tmp_path: Path) -> None:
    html = body(tmp_path, NOTES.replace("/// quiz | car/02-second\n///\n", ""), "instructor")
    assert '<aside class="instructor">\n<p class="instructor-title">提示</p>' in html
    assert "脚注秘密" in html
    assert '<abbr title="全称秘密">DSO</abbr>' in html


def test_notes_in_a_quotation_are_told_and_not_published(tmp_path: Path) -> None:
    corpus = write(tmp_path, **{"docs/page.md": PAGE + "> /// instructor\n> 秘密\n> ///\n"})
    assert "秘密" not in render(corpus, "page.md")
    assert len(said(corpus)) == 1


def test_an_example_in_a_code_fence_stays_text(tmp_path: Path) -> None:
    html = body(tmp_path, "```markdown\n/// quiz | car/01-first\n///\n/// instructor\nx\n///\n```\n")
    assert "/// quiz | car/01-first" in html
    assert "/// instructor" in html
    assert "course-quiz" not in html


def test_a_broken_block_shows_that_it_is_broken_and_no_answer(tmp_path: Path) -> None:
    broken = SOURCES["quizzes/car/01-first.yml"].replace("type: numeric", "type: number")
    html = render(write(tmp_path, **{"quizzes/car/01-first.yml": broken}), "car/01-first.md")
    assert '<p class="course-mistake">这里有一处错误，见构建时的提示。</p>' in html
    assert "解析" not in html


LETTER = "/// letter\n**某银行**\n\n〔姓名〕：请于〔年月日〕前还款。\n\n| 项目 | 金额 |\n|---|---|\n| 本金 | 〔金额〕 |\n///\n"


def test_a_letter_stands_on_the_page_and_can_be_taken_away(tmp_path: Path) -> None:
    html = body(tmp_path, LETTER)
    assert '<section class="letter">\n<p><strong>某银行</strong></p>' in html
    assert '<p class="download"><a href="page.docx">下载 Word 文档（DOCX）</a></p>' in html


def test_a_letter_is_a_word_document_with_the_same_words(tmp_path: Path) -> None:
    found = documents(write(tmp_path, **{"docs/page.md": PAGE + LETTER}))
    assert list(found) == ["page.docx"]
    with zipfile.ZipFile(io.BytesIO(found["page.docx"]())) as document:
        text = re.sub(r"<[^>]+>", "", document.read("word/document.xml").decode())
        table = document.read("word/styles.xml").decode().partition('w:styleId="Table"')[2].partition("</w:style>")[0]
    assert '<w:insideV w:val="single"' in table
    for words in ("某银行", "〔姓名〕：请于〔年月日〕前还款。", "本金", "〔金额〕"):
        assert words in text
    assert "///" not in text


def test_two_builds_of_one_commit_write_the_same_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    once = to_docx("文")
    to_docx.cache_clear()
    assert to_docx("文") == once


FIGURE = "/// figure | 图题\nfile: x.svg\nalt: 左边一个框。\n///\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><text class="label">甲_乙_丙</text></svg>'


def test_a_figure_is_drawn_in_the_page_and_said_in_words(tmp_path: Path) -> None:
    corpus = write(tmp_path, **{"docs/page.md": PAGE + FIGURE, "docs/x.svg": SVG})
    html = render(corpus, "page.md")
    assert '<svg aria-label="左边一个框。" role="img" viewBox="0 0 10 10">' in html
    assert '<text class="label">甲_乙_丙</text>' in html
    assert "<figcaption>图题</figcaption>" in html


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("x.svg", "y.svg", "docs/page.md:7: 没有“y.svg”这个文件"),
        ("alt: 左边一个框。\n", "", "docs/page.md:8: 缺少“alt”"),
        (" | 图题", "", "docs/page.md:7: 图没有标题"),
    ],
)
def test_what_a_figure_lacks_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    corpus = write(tmp_path, **{"docs/page.md": PAGE + FIGURE.replace(old, new), "docs/x.svg": SVG})
    (message,) = said(corpus)
    assert message.startswith(told)


def test_a_broken_svg_is_told(tmp_path: Path) -> None:
    corpus = write(tmp_path, **{"docs/page.md": PAGE + FIGURE, "docs/x.svg": SVG.replace("</text>", "")})
    (message,) = said(corpus)
    assert message.startswith("docs/page.md:7: “x.svg”不是完好的 SVG")


GLOSSARY = (
    "---\ntitle: 术语表\n---\n\n# 术语表\n\n### 展期\n\n把还款的日子推后。要书面。\n\n### M1\n\n逾期一个月以内。\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("可以展期，再展期。", '<p>可以<abbr tabindex="0" title="把还款的日子推后。">展期</abbr>，再展期。</p>'),
        ("发展期间不算。", "<p>发展期间不算。</p>"),
        ("**展期**以前", '<p><strong><abbr tabindex="0" title="把还款的日子推后。">展期</abbr></strong>以前</p>'),
        (
            "M1 与 M12，展期",
            '<p><abbr tabindex="0" title="逾期一个月以内。">M1</abbr> 与 M12，<abbr tabindex="0" title="把还款的日子推后。">展期</abbr></p>',
        ),
        ("[展期](#a)、`M1`", '<p><a href="#a">展期</a>、<code>M1</code></p>'),
        ("## 展期", '<h2 id="_2">展期</h2>'),
    ],
)
def test_a_term_is_explained_where_a_page_first_uses_it(tmp_path: Path, text: str, expected: str) -> None:
    sources = {"docs/glossary.md": GLOSSARY, "docs/page.md": PAGE + text}
    html = render(write(tmp_path, **sources), "page.md").partition("</h1>\n")[2]
    assert re.sub(r' id="[^"]*"|<a class="headerlink".*?</a>', "", html) == re.sub(r' id="[^"]*"', "", expected)


@pytest.mark.parametrize(
    ("spoiled", "message"),
    [
        ("### 展期\n", "docs/glossary.md:15: “展期”写了两次 —— 合成一条"),
        ("### 呆账\n\n没有句号\n", "docs/glossary.md:15: “呆账”没有说明 —— 标题下面先写一句话，以句号结束"),
    ],
)
def test_a_spoiled_term_is_told(tmp_path: Path, spoiled: str, message: str) -> None:
    corpus = write(tmp_path, **{"docs/glossary.md": GLOSSARY + "\n" + spoiled})
    assert said(corpus) == [message]


def test_a_list_of_lessons_takes_them_across_courses_in_its_own_order(tmp_path: Path) -> None:
    text = "/// lessons\ncar/02-second.md\ncar/01-first.md\n///"
    html = body(tmp_path, text)
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', html) == [
        ("car/02-second.md", "第二课"),
        ("car/01-first.md", "第一课"),
    ]
    assert "2 课 · 课时 1 小时 30 分钟 · 4 题" in html
    assert "<small>小课 · 课时 40 分钟 · 自学约 1 分钟</small>" in html
