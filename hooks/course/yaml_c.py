"""Sound YAML read quickly: libyaml's scanner with YAML 1.2's rules, some 15 times as fast as ruamel.yaml.

Whatever is unusual or wrong is left to ruamel.yaml, which keeps lines and says what is wrong.
"""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator
from typing import Any

import yaml
from ruamel.yaml.resolver import implicit_resolvers

INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
BOOLEAN = re.compile(r"true|false", re.IGNORECASE)
CORE = "tag:yaml.org,2002:"
MOST, DEEPEST = 100_000, 60
"""How many values a document may have, and how deep they may lie; aliases count each time they are used."""
UNFIT = r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
"""Characters that no page may have: control characters, halves of characters."""
ODD = re.compile(UNFIT)


class UnusualError(Exception):
    """Something that is not decided here."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Composes nodes with the tags that ruamel.yaml gives them under YAML 1.2."""

    yaml_implicit_resolvers: dict[str, Any] = {}


for _versions, _tag, _pattern, _first in implicit_resolvers:
    if (1, 2) in _versions:
        _Loader.add_implicit_resolver(_tag, _pattern, _first)


def load(text: str) -> Any:
    """Give the data of a document, an empty dictionary for an empty one; UnusualError where ruamel must decide."""
    if "\t" in text:
        raise UnusualError  # libyaml takes some tabs that ruamel.yaml refuses.
    try:
        node = yaml.compose(text, Loader=_Loader)
        data = None if node is None else _data(node, itertools.count())
        return {} if data is None else data
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise UnusualError from error


def _data(node: yaml.Node, count: Iterator[int], depth: int = 0) -> Any:
    if next(count) > MOST or depth > DEEPEST:
        raise UnusualError
    kind = node.tag.removeprefix(CORE)
    if isinstance(node, yaml.ScalarNode):
        return _scalar(kind, node.value)
    if isinstance(node, yaml.SequenceNode) and kind == "seq":
        return [_data(child, count, depth + 1) for child in node.value]
    if isinstance(node, yaml.MappingNode) and kind == "map":
        keys = [_data(key, count) if isinstance(key, yaml.ScalarNode) else None for key, _ in node.value]
        if len(set(keys)) == len(keys) and None not in keys:
            return {key: _data(value, count, depth + 1) for key, (_, value) in zip(keys, node.value, strict=True)}
    raise UnusualError


def _scalar(kind: str, text: str) -> Any:
    match kind:
        case "str" if not ODD.search(text):
            return text
        case "null":
            return None
        case "bool" if BOOLEAN.fullmatch(text):
            return text.lower() == "true"
        case "int" if INTEGER.fullmatch(text):
            return int(text)
        case "float" if DECIMAL.fullmatch(text):
            return float(text)
        case "timestamp" if DATE.fullmatch(text):
            return datetime.date.fromisoformat(text)
    raise UnusualError
