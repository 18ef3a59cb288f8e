"""Python names for decisions and their arguments."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterable


def identifiers(texts: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """For each text a name of its own: `Unmet criteria` becomes `unmet_criteria`; none is among `taken`."""
    used = set(taken)
    names: dict[str, str] = {}
    for text in texts:
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
        name = re.sub(r"\W+", "_", plain.lower()).strip("_") or "decision"
        if name[0].isdigit() or keyword.iskeyword(name) or keyword.issoftkeyword(name):
            name = f"decision_{name}"
        number = 2
        free = name
        while free in used or free.upper() in used:
            free, number = f"{name}_{number}", number + 1
        used |= {free, free.upper()}
        names[text] = free
    return names
