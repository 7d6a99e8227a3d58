"""Matching short Chinese answers: what is the same answer, written another way?

The browser normalises what was typed exactly as `normalised` does and looks it up among the variants that were
expanded at build time; so the client needs no tables.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import cache

import cn2an
from opencc import OpenCC

SCRIPTS = ("t2s", "s2t", "s2tw", "s2hk")
DIGITS = re.compile(r"\d+")
NUMERALS = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")


def normalised(text: str) -> str:
    """Fold width, case, punctuation and spaces: `Ｍ２ 客户。` becomes `m2客户`. Decimal points stay."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = re.sub(r"(?<!\d)\.|\.(?!\d)", "", folded)
    return "".join(character for character in folded if character == "." or unicodedata.category(character)[0] in "LN")


def variants(answer: str) -> set[str]:
    """Give every form, normalised, that counts as `answer`: scripts (简、繁、台、港) times numerals (三、3)."""
    forms = {answer, _in_digits(answer), _in_numerals(answer)}
    # 两年 and 二年 are the same answer.
    forms |= {form.replace("两", "二") for form in forms} | {form.replace("二", "两") for form in forms}
    return {normalised(form) for form in forms} | {normalised(_converter(s).convert(f)) for s in SCRIPTS for f in forms}


def shuffled(texts: Sequence[str], seed: str) -> list[str]:
    """Put `texts` out of their order, the same way in every build, and never by chance into the right one."""
    order = sorted(texts, key=lambda text: hashlib.sha256(f"{seed}\n{text}".encode()).digest())
    return order if order != list(texts) else [*order[1:], order[0]]


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def _in_digits(text: str) -> str:
    def digits(match: re.Match[str]) -> str:
        try:
            return str(cn2an.cn2an(match[0].replace("〇", "零"), "smart"))
        except (ValueError, LookupError):  # 十百, 零十零 and the like: no number, so nothing to convert
            return match[0]

    return NUMERALS.sub(digits, text)


def _in_numerals(text: str) -> str:
    # Beyond sixteen digits cn2an has no names.
    return DIGITS.sub(lambda match: cn2an.an2cn(int(match[0])) if len(match[0]) <= 16 else match[0], text)
