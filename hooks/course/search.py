"""The search index as plain text, with the characters that fold Traditional queries into it.

assets/search-worker.js looks queries up in running text, so the index needs no words cut; it is read from
search/sections.json once the search field is used. The theme reads search/search_index.json on every page, so a stub
without text stays there, and search/search_index.js (which it reads on file://) has everything.
"""

from __future__ import annotations

import functools
import html
import json
import re
from typing import NamedTuple

import opencc

INLINE = re.compile(r"</?(?:code|sub|sup)>")
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


def index(material: str) -> Index:
    """Give the files that replace Material's search index, which comes as JSON."""
    data = json.loads(material)
    docs = [
        {"location": entry["location"], "title": plain(entry["title"]), "text": plain(entry["text"])}
        for entry in data["docs"]
    ]
    used = {char for entry in docs for char in entry["title"] + entry["text"]}
    sections = _json({"config": {**data["config"], "fold": folds(used), "spoken": SPOKEN}, "docs": docs})
    return Index(_json({"config": data["config"], "docs": []}), sections, f"var __index = {sections}")


def plain(markup: str) -> str:
    """Take the tags out of what Material keeps of a section.

    >>> plain("<p>还款 &lt; <code>应还</code>额</p> <ul> <li>利息</li></ul>")
    '还款 < 应还额 利息'
    """
    return GAP.sub(" ", html.unescape(TAG.sub(" ", INLINE.sub("", markup)))).strip()


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
