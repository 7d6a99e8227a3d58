"""The search index: every section's plain text, with the characters that fold Traditional queries into it.

Pages are cut into sections as Material cuts them, in a fifteenth of the time. assets/search-worker.js looks queries up
in running text, so the index needs no words cut; it is read from search/sections.json once the search field is used.
The theme reads search/search_index.json on every page, so a stub without text stays there, and search/search_index.js
(which it reads on file://) has everything.
"""

from __future__ import annotations

import functools
import html
import json
import re
from typing import NamedTuple, TypedDict

import opencc

HEADING = re.compile(r"<h([1-6])\b[^>]*\bid=\"([^\"]*)\"[^>]*>(.*?)</h\1>", re.DOTALL)
PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
UNSEEN = re.compile(r"<(script|style|object)\b.*?</\1>|<!--.*?-->", re.DOTALL)
EXCLUDED = re.compile(r"<([a-z][\w-]*)\b[^>]*\sdata-search-exclude\b[^>]*>")
VOID = {"br", "hr", "img", "input", "source", "wbr"}
BLOCK = re.compile(r"</?(?:p|pre|li|ol|ul)\b[^>]*>")
"""Tags that part words."""
TAG = re.compile(r"<[^>]+>")
GAP = re.compile(r"\s+")
FORMS = ("t2s", "tw2s", "hk2s")
SPOKEN = {
    "老赖": ["失信名单"],
    "讨债": ["催收"],
    "要债": ["催收"],
    "欠钱": ["逾期", "欠款"],
    "利滚利": ["复利"],
    "坐牢": ["判刑", "刑事"],
    "抓人": ["刑事"],
    "几点": ["时段", "时间"],
    "几次": ["频次", "次数"],
    "骂人": ["辱骂", "愤怒"],
    "发火": ["愤怒", "冲动"],
    "生气": ["愤怒"],
    "老婆": ["爱人", "配偶"],
    "老公": ["爱人", "配偶"],
    "媳妇": ["爱人", "配偶"],
    "爸妈": ["父母"],
    "家里人": ["亲属", "第三人"],
    "通讯录": ["联系人", "第三人"],
    "同事": ["第三人"],
    "孩子": ["未成年人"],
    "死了": ["去世"],
    "自杀": ["不想活了"],
    "跳楼": ["不想活了"],
    "家暴": ["家庭暴力", "家里可能有暴力"],
    "拖车": ["取回", "车辆"],
    "收车": ["取回", "车辆"],
    "卖给": ["转手", "转让"],
    "担保人": ["保证人"],
    "告他": ["起诉"],
    "打官司": ["起诉", "诉讼"],
    "立案": ["起诉", "管辖"],
    "找不到人": ["失联"],
    "换号": ["失联"],
    "提成": ["奖金", "绩效"],
    "反催收": ["代理投诉"],
    "上门": ["外访"],
    "保存几年": ["保存期限", "五年"],
    "高利贷": ["利率"],
    "征信花了": ["不良记录"],
}
"""What trainees and customers say, and the words that the lessons use for it."""


class Index(NamedTuple):
    """What is written in place of Material's search index."""

    stub: str
    sections: str
    script: str


class Section(TypedDict):
    """What the search knows of a section of a page."""

    location: str
    title: str
    text: str


def sections(content: str, url: str, title: str) -> list[Section]:
    """Cut the HTML of a page into its sections; the first is the page itself, called by its h1, or else by `title`.

    Text that follows an element with headings of its own counts for the last of these.

    >>> sections('<h1 id="a">页</h1><p>甲</p><h2 id="b">节 &amp; 段</h2><p data-search-exclude>乙</p>', "p/", "")
    [{'location': 'p/', 'title': '页', 'text': '甲'}, {'location': 'p/#b', 'title': '节 & 段', 'text': ''}]
    """
    preface, *parts = HEADING.split(_shown(content))
    found = [
        (f"{url}#{parts[at + 1]}", plain(PERMALINK.sub("", parts[at + 2])), parts[at + 3])
        for at in range(0, len(parts), 4)
    ]
    if parts and parts[0] == "1":
        (_, title, text), *found = found
        preface += text
    found.insert(0, (url, title, preface))
    return [Section(location=location, title=named, text=plain(text)) for location, named, text in found]


def _shown(content: str) -> str:
    """Leave out what is not to be found, and what is not text."""
    kept, at = [], 0
    while excluded := EXCLUDED.search(content, at):
        kept.append(content[at : excluded.start()])
        at, depth = excluded.end(), 1
        if excluded[1] in VOID:
            continue
        for tag in re.compile(rf"<(/?){excluded[1]}\b[^>]*>").finditer(content, at):
            depth += -1 if tag[1] else 1
            at = tag.end()
            if not depth:
                break
        else:
            at = len(content)
    return UNSEEN.sub("", "".join(kept) + content[at:])


def plain(markup: str) -> str:
    """Take the tags out of a piece of HTML.

    >>> plain("<p>还款 &lt; <code>应还</code>额</p><ul><li>利息</li></ul>")
    '还款 < 应还额 利息'
    """
    return GAP.sub(" ", html.unescape(TAG.sub("", BLOCK.sub(" ", markup)))).strip()


def index(material: str) -> Index:
    """Give the files that replace Material's search index, which comes as JSON and has our sections."""
    data = json.loads(material)
    used = {char for entry in data["docs"] for char in entry["title"] + entry["text"]}
    written = _json({"config": {**data["config"], "fold": folds(used), "spoken": SPOKEN}, "docs": data["docs"]})
    return Index(_json({"config": data["config"], "docs": []}), written, f"var __index = {written}")


def folds(used: set[str]) -> str:
    """Give pairs of a character and its Simplified form, as one string, for the Simplified forms in use.

    >>> folds({"诉", "讼"})
    '訟讼訴诉'
    """
    return "".join(old + new for old, new in _simplified() if new in used)


@functools.cache
def _simplified() -> list[tuple[str, str]]:
    """Each Han character that has another form in Simplified Chinese."""
    han = "".join(map(chr, range(0x3400, 0xA000)))
    pairs: dict[str, str] = {}
    for form in FORMS:
        folded = opencc.OpenCC(form).convert("\n".join(han)).split("\n")
        pairs.update({old: new for old, new in zip(han, folded, strict=True) if old != new and len(new) == 1})
    return sorted(pairs.items())


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
