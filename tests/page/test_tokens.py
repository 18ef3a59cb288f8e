"""The colours of the page can be read: every pair that meets has the contrast that WCAG 2.2 AA asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dmn_dli.page import document
from dmn_dli.page.document import STYLES, asset

GROUNDS = ("paper", "panel", "shade", "lit", "mark", "accent-soft")
TEXT = 4.5
OUTLINE = 3.0
SCHEMES = {"light": (0,), "dark": (0, 1), "paper": (0, 2)}
"""Which of the blocks of tokens.css hold, the later over the earlier."""


def _blocks() -> list[dict[str, str]]:
    return [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", asset("tokens.css"), re.DOTALL)
    ]


def _tokens(scheme: str) -> dict[str, str]:
    blocks = _blocks()
    return {name: value for number in SCHEMES[scheme] for name, value in blocks[number].items()}


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_reckoned_as_the_standard_says() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_can_be_read_on_every_ground(scheme: str) -> None:
    tokens = _tokens(scheme)
    pairs = [(text, ground) for text in ("ink", "ink-soft") for ground in GROUNDS]
    pairs += [("accent", ground) for ground in ("paper", "panel", "shade", "accent-soft", "lit")]
    pairs += [("accent-ink", "accent")]
    for word in ("good", "bad", "open", "warn"):
        pairs += [(word, ground) for ground in ("paper", "panel", "shade", f"{word}-soft")]
        pairs += [("ink", f"{word}-soft"), ("ink-soft", f"{word}-soft"), ("accent", f"{word}-soft")]
    poor = {pair: round(_contrast(*(tokens[name] for name in pair)), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < TEXT} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_can_be_used_has_an_outline_that_is_seen(scheme: str) -> None:
    tokens = _tokens(scheme)
    for ground in ("paper", "panel", "shade"):
        for outline in ("edge", "accent", "good", "bad", "open", "warn"):
            assert _contrast(tokens[outline], tokens[ground]) >= OUTLINE, (outline, ground)


def test_no_other_style_sheet_has_a_colour_of_its_own() -> None:
    named = r"(?<![\w-])(white|black|red|green|blue|yellow|orange|gr[ae]y|purple)(?![\w-])"
    for name in STYLES:
        if name == "tokens.css":
            continue
        rules = re.sub(r"/\*.*?\*/", "", asset(name), flags=re.DOTALL)
        assert not re.search(rf"#[0-9a-fA-F]{{3,8}}\b\s*[;,)]|\b(rgb|hsl|oklch)a?\(|: *{named}", rules), name


def test_every_colour_that_is_used_is_a_token() -> None:
    written = "".join(file.read_text("utf-8") for file in Path(document.__file__).parent.rglob("*.py"))
    known = set(re.findall(r"(--[\w-]+):", asset("tokens.css") + written))
    for name in STYLES:
        own = set(re.findall(r"(--[\w-]+):", asset(name)))
        assert set(re.findall(r"var\((--[\w-]+)", asset(name))) <= known | own, name
