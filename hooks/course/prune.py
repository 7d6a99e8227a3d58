"""Drop from the theme's styles what no page of the site can use: the theme has some for everything Material can do.

It reads minified CSS, as the theme's is: rules without nesting, but for @media and @supports around them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set

RULE = re.compile(r"(?P<before>[^{};]*;)?(?P<selectors>[^{};@][^{};]*)\{(?P<body>[^{}]*)\}")
STEP = re.compile(r"(?:from|to|\d[\d.]*%)(?:,|$)")
"""What opens a step of @keyframes, where a rule has its selectors."""
COMMA = re.compile(r",(?![^(]*\))")
CONDITION = re.compile(r":(?:not|is|where|has)\((?:[^()]|\([^()]*\))*\)")
CLASS = re.compile(r"\.((?:[\w-]|\\.)+)")
COLOUR = re.compile(r"\[data-md-color-(?:primary|accent)=[\"']?(?!custom)")
"""Colours of which a site chooses one; ours is in assets/brand.css."""
EMPTY = re.compile(r"@(?:media|supports)[^{}]*\{\}")
VARIABLE = re.compile(r"(--[\w-]+):(?:[^;{}\"']|\"[^\"]*\"|'[^']*')*(?:;|(?=\}))")
READ = re.compile(r"var\((--[\w-]+)")


def pruned(sheets: Mapping[str, str], names: Set[str], others: str = "") -> dict[str, str]:
    """Give the sheets without rules whose classes are not among `names`, and without variables that nothing reads.

    `others` is what else may read a variable: more styles, scripts.

    >>> pruned({"one": ".a,.b{color:red}.c .a{color:blue}:root{--x:1;--y:2}", "two": ".a{top:var(--y)}"}, {"a"})
    {'one': '.a{color:red}:root{--y:2}', 'two': '.a{top:var(--y)}'}
    """
    sheets = {name: EMPTY.sub("", RULE.sub(_kept(names), css)) for name, css in sheets.items()}
    elsewhere = set(READ.findall(others))
    while True:
        fewer = _without_unread(sheets, elsewhere)
        if fewer == sheets:
            return sheets
        # A variable may have been read by one that is gone now.
        sheets = fewer


def _without_unread(sheets: Mapping[str, str], elsewhere: Set[str]) -> dict[str, str]:
    read = {name for css in sheets.values() for name in READ.findall(css)} | elsewhere
    return {name: VARIABLE.sub(lambda one: one[0] if one[1] in read else "", css) for name, css in sheets.items()}


def _kept(names: Set[str]) -> Callable[[re.Match[str]], str]:
    def kept(rule: re.Match[str]) -> str:
        if STEP.match(rule["selectors"]):
            return rule[0]
        selectors = [each for each in COMMA.split(rule["selectors"]) if _is_used(each, names)]
        before = rule["before"] or ""
        return f"{before}{','.join(selectors)}{{{rule['body']}}}" if selectors else before

    return kept


def _is_used(selector: str, names: Set[str]) -> bool:
    classes = CLASS.findall(CONDITION.sub("", selector))
    return not COLOUR.search(selector) and all(name.replace("\\", "") in names for name in classes)
