"""A company's colour: is it legible on the site's grounds (WCAG 2.2, 1.4.3), and the style sheet that sets it."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

BRAND = "assets/brand.css"
"""Where the site's colours are, below docs/."""
HEX = re.compile(r"#[0-9a-fA-F]{6}")
LEAST = 4.5
"""The contrast of text that AA asks for."""
COMFORTABLE = 7
"""The contrast of a colour that is chosen here rather than by a company."""
NEEDED = {"paper", "redline-soft"}
"""What colours are judged against."""
TOKEN = re.compile(rf"--course-(?P<name>[a-z-]+):\s*(?P<value>{HEX.pattern})")
DARK_BEGINS = '[data-md-color-scheme="slate"]'
STEPS = 40


class Scheme(NamedTuple):
    """Light or dark, as brand.css has it."""

    called: str
    key: str
    """What company.yml calls its accent."""
    soft: float
    """The accent's share of the ground under a dialogue."""
    away: int
    """The lightness at which a colour stands out most."""
    farther: str
    """What an author would say of going there."""


LIGHT = Scheme("浅色", "accent", 0.09, 0, "深一点")
DARK = Scheme("深色", "accent-dark", 0.16, 1, "浅一点")
SCHEMES = (LIGHT, DARK)


class Judged(NamedTuple):
    """A colour on the ground on which it is worst to read."""

    ratio: float
    ground: str


def tokens(brand: str, scheme: Scheme) -> Mapping[str, str]:
    """Give the colours of a scheme from the text of brand.css, by name."""
    light, _, dark = brand.partition(DARK_BEGINS)
    return {match["name"]: match["value"] for match in TOKEN.finditer(light if scheme is LIGHT else dark)}


def judged(colour: str, brand: str, scheme: Scheme) -> Judged:
    """Say how well a colour reads as text on the page, under a dialogue and in a red line."""
    known = tokens(brand, scheme)
    grounds = (known["paper"], _soft(colour, known["paper"], scheme), known["redline-soft"])
    return min(Judged(contrast(colour, ground), ground) for ground in grounds)


def legible(colour: str, brand: str, scheme: Scheme, least: float = LEAST) -> str:
    """Give the colour, or the nearest on its way to black or white that reads well enough."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _channels(colour)))
    steps = (lightness + (scheme.away - lightness) * step / STEPS for step in range(STEPS + 1))
    found = (_written(colorsys.hls_to_rgb(hue, each, saturation)) for each in steps)
    return next(each for each in (colour, *found) if judged(each, brand, scheme).ratio >= least)


def style(accent: str, dark: str | None, brand: str) -> str:
    """Write the style sheet; brand.css stays as it is, and comes before."""
    chosen = (accent, dark or legible(accent, brand, DARK, COMFORTABLE))
    rules = (":root", DARK_BEGINS)
    return "".join(
        f"{rule} {{\n  --course-accent: {colour};\n"
        f"  --course-accent-soft: {_soft(colour, tokens(brand, scheme)['paper'], scheme)};\n}}\n"
        for rule, scheme, colour in zip(rules, SCHEMES, chosen, strict=True)
    )


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, ground: str, share: float) -> str:
    """Give `share` of a colour on a ground.

    >>> mixed("#000000", "#ffffff", 0.2)
    '#cccccc'
    """
    parts = zip(_channels(colour), _channels(ground), strict=True)
    return _written((share * over + (1 - share) * under) / 255 for over, under in parts)


def _written(channels: Iterable[float]) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in channels)


def _soft(colour: str, paper: str, scheme: Scheme) -> str:
    return mixed(colour, paper, scheme.soft)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    parts = (part / 255 for part in _channels(colour))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
