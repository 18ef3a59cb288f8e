"""The colours of cells and of runs of text, as far as one is compared with another."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from openpyxl.styles.colors import COLOR_INDEX

WHITE, BLACK = "FFFFFF", "000000"
_THEME = {"0": WHITE, "1": BLACK}
_SYSTEM = {"64": BLACK, "65": WHITE}


def colour_of(color: Element) -> str | None:
    """A colour by its six digits, or by its place in the theme; None where the program chooses it."""
    tint = float(color.get("tint", "0"))
    if color.get("rgb"):
        found = color.get("rgb", "")[-6:].upper()
    elif color.get("theme"):
        found = _THEME.get(color.get("theme", ""), f"theme {color.get('theme')}")
    elif color.get("indexed"):
        number = color.get("indexed", "")
        known = int(number) < len(COLOR_INDEX)
        found = _SYSTEM.get(number) or (COLOR_INDEX[int(number)][-6:].upper() if known else f"index {number}")
    else:
        return None if not is_on(color) or color.get("auto") else BLACK
    return found if tint == 0 else f"{found} {tint}"


def is_on(switch: Element | None) -> bool:
    """Whether an element such as `<strike/>` stands there and does not say `val="0"`."""
    return switch is not None and switch.get("val", "1") not in ("0", "false")
