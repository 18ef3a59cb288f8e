"""The outlet: what a workbook or a case says reaches a terminal, a log or a page through here alone.

Text of others may hold characters that steer a terminal (escape sequences, bells), that turn the order of
letters round, or that a CI runner takes for a command. They are shown as visible escapes, never passed on.
Sources: Unicode, categories Cc, Cf, Cs, Co, Cn, Zl and Zp (str.isprintable); "Workflow commands for
GitHub Actions", of which the runner obeys `::` behind blanks at a line's start and `##[` anywhere; "Logging
commands" of Azure Pipelines (`##vso[`) and "Service messages" of TeamCity (`##teamcity[`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from typing import TextIO

BLANKS = frozenset("\xa0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))))
"""Blanks of other widths: they stay as they are, although Python does not count them as printable."""

_STYLE = re.compile("(\x1b\\[(?:0|(?:1|31|32|33)(?:;(?:1|31|32|33))*)m)")
"""What `layout.paint` writes, and nothing else that begins with an escape."""

_BRACKETED = re.compile(r"##(?=\w*\[)")
_COMMAND = re.compile(r"^([^\S\n]*):(?=:)", re.MULTILINE)


def visible(text: str, kept: str = "") -> str:
    r"""The text with each character that shows nothing as an escape such as `\x1b` or `\u202e`.

    kept: such characters that stay, a line break where it parts lines.
    """
    looked_at = text
    for each in kept:
        looked_at = looked_at.replace(each, "")
    if looked_at.isprintable():
        return text
    return "".join(
        each if each.isprintable() or each in kept or each in BLANKS else _escape(each) for each in text
    )


def _escape(character: str) -> str:
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def for_people(text: str) -> str:
    """Lines of text, Markdown or csv that steer neither a terminal nor a runner; line breaks part them."""
    return _COMMAND.sub(r"\1\\x3a", _BRACKETED.sub(r"\\x23#", visible(text, "\n")))


def for_terminal(text: str) -> str:
    """As `for_people`, with the colours and bold letters that `layout.paint` puts in."""
    parts = _STYLE.split(text)
    parts[::2] = map(for_people, parts[::2])
    return "".join(parts)


def for_commands(text: str) -> str:
    """Workflow commands that we write ourselves: no character of a value steers a terminal."""
    return visible(text, "\n")


def for_programs(text: str) -> str:
    """JSON with the same values: what shows nothing stands as JSON's own escape."""
    text = _BRACKETED.sub(r"\\u0023#", text)
    if text.replace("\n", "").isprintable():
        return text
    return "".join(
        each if each.isprintable() or each == "\n" or each in BLANKS else _json_escape(each) for each in text
    )


def for_markup(text: str) -> str:
    """XML with the same values: what shows nothing, or a runner obeys, stands as a character reference."""
    text = _COMMAND.sub(r"\1&#58;", _BRACKETED.sub("&#35;#", text))
    if text.replace("\n", "").isprintable():
        return text
    return "".join(
        each if each.isprintable() or each == "\n" or each in BLANKS else f"&#x{ord(each):x};"
        for each in text
    )


def _json_escape(character: str) -> str:
    number = ord(character)
    if number < 0x10000:
        return f"\\u{number:04x}"
    high, low = divmod(number - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


OUTLETS: Mapping[str, Callable[[str], str]] = {
    "json": for_programs,
    "jsonl": for_programs,
    "sarif": for_programs,
    "gitlab": for_programs,
    "fhir": for_programs,
    "github": for_commands,
    "html": for_commands,
    "xml": for_markup,
    "show": for_people,
}
"""What the text of a format passes through; of the other formats, text alone may be coloured."""


class Outlet(io.TextIOBase):
    """A stream for results; `through` looks at whatever is written to it, in whole lines."""

    def __init__(self, stream: TextIO, through: Callable[[str], str]) -> None:
        """Write to this stream."""
        self._stream = stream
        self._through = through
        self._begun = False

    def write(self, text: str) -> int:
        """Write the text as it may leave; within a line that has begun nothing is a line's start."""
        if text:
            self._stream.write(self._through("." + text)[1:] if self._begun else self._through(text))
            self._begun = bool(text.rpartition("\n")[2].strip()) or (self._begun and "\n" not in text)
        return len(text)

    def flush(self) -> None:
        """Send on its way what was written."""
        if not self._stream.closed:  # Python flushes once more what it takes apart
            self._stream.flush()
