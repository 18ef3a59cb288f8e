"""What the approval page says of an edit, as people read it."""

from __future__ import annotations

from xml.etree import ElementTree

from dmn_dli.diff.version_difference import VersionDifference
from dmn_dli.page.approval.sections import difference_sections
from dmn_dli.page.html import Child, fragment, h

KEY = "acme-2025-01-01"

_BLOCKS = {"p", "li", "tr", "h1", "h2", "h3", "h4", "h5", "dt", "dd", "summary", "legend", "label", "div"}


def html(found: VersionDifference, key: str | None = KEY, *, engine: bool = True) -> str:
    """The sections of a difference as HTML."""
    return fragment(h("div", difference_sections(found, key, engine=engine)))


def read(child: Child) -> str:
    """What stands in elements as people read it: a line for each block, the cells of a row side by side."""
    lines: list[str] = []
    _read(h("div", child), lines)
    joined = (" ".join(line.split()) for line in "".join(lines).splitlines())
    return "\n".join(line.strip("| ") for line in joined if line.strip("| "))


def said(found: VersionDifference) -> str:
    """What the sections of a difference say, in one line."""
    return " ".join(read(difference_sections(found, KEY)).split())


def _read(element: ElementTree.Element, lines: list[str]) -> None:
    block = element.tag in _BLOCKS
    inside = block and element.tag in ("p", "li", "div") and not lines
    lines.append("\n" if block and not inside else "")
    lines.append(element.text or "")
    for child in element:
        cell = child.tag in ("td", "th")
        lines.append(" | " if cell else "")
        _read(child, lines)
        lines.append(child.tail or "")
    lines.append("\n" if block else "")
