"""String functions (DMN 1.5, section 10.3.4.3); characters are Unicode code points."""

from __future__ import annotations

from decimal import Decimal

from dmn_dli.feel.budget import limit_text
from dmn_dli.feel.builtins.patterns import compiled, filled, replacement, spans
from dmn_dli.feel.builtins.registry import builtin
from dmn_dli.feel.patterns.automaton import Automaton
from dmn_dli.feel.reasons import note


@builtin("substring", "string: string, start position: number, length?: number", "string")
def substring(text: str, start: Decimal, length: Decimal | None = None) -> str | None:
    """The characters from `start` on (1-based; from the end where negative), at most `length`."""
    begin = int(start)
    if begin == 0 or abs(begin) > len(text):
        note("there is no character {} in {}", start, text)
        return None
    if length is not None and int(length) < 1:
        note("the parameter `length` of `substring` is at least 1, not {}", length)
        return None
    rest = text[begin - 1 if begin > 0 else begin :]
    return rest if length is None else rest[: int(length)]


@builtin("string length", "string: string", "number")
def string_length(text: str) -> Decimal:
    """How many characters the text has."""
    return Decimal(len(text))


@builtin("upper case", "string: string", "string")
def upper_case(text: str) -> str:
    """The text in capital letters."""
    return text.upper()


@builtin("lower case", "string: string", "string")
def lower_case(text: str) -> str:
    """The text in small letters."""
    return text.lower()


@builtin("substring before", "string: string, match: string", "string")
def substring_before(text: str, match: str) -> str:
    """What stands before the first occurrence; empty where there is none."""
    before, found, _ = text.partition(match) if match else ("", "", "")
    return before if found else ""


@builtin("substring after", "string: string, match: string", "string")
def substring_after(text: str, match: str) -> str:
    """What stands behind the first occurrence; empty where there is none."""
    if not match:
        return text
    return text.partition(match)[2]


@builtin("contains", "string: string, match: string", "boolean")
def contains(text: str, match: str) -> bool:
    """Whether `match` occurs in the text."""
    return match in text


@builtin("starts with", "string: string, match: string", "boolean")
def starts_with(text: str, match: str) -> bool:
    """Whether the text starts with `match`."""
    return text.startswith(match)


@builtin("ends with", "string: string, match: string", "boolean")
def ends_with(text: str, match: str) -> bool:
    """Whether the text ends with `match`."""
    return text.endswith(match)


@builtin("matches", "input: string, pattern: string, flags?: string", "boolean")
def matches(text: str, pattern: str, flags: str | None = None) -> bool | None:
    """Whether the regular expression occurs in the text."""
    expression = compiled(pattern, flags or "")
    return None if expression is None else expression.occurs(text)


def _finding(pattern: str, flags: str) -> Automaton | None:
    """The regular expression; None where it is none, or finds the empty text everywhere."""
    expression = compiled(pattern, flags)
    if expression is not None and expression.occurs(""):
        note("{} finds the empty text everywhere", pattern)
        return None
    return expression


@builtin("replace", "input: string, pattern: string, replacement: string, flags?: string", "string")
def replace(text: str, pattern: str, by: str, flags: str | None = None) -> str | None:
    """The text with every occurrence of the regular expression replaced; `$1` stands for a group.

    Null where the regular expression occurs in the empty text, as XPath has it.
    """
    expression = _finding(pattern, flags or "")
    if expression is None:
        return None
    pieces = replacement(by, expression.groups, literal="q" in (flags or ""))
    if pieces is None:
        return None
    parts: list[str] = []
    start = length = 0
    for span in spans(expression, text):
        parts += (text[start : span[0]], filled(pieces, text, span))
        length += len(parts[-2]) + len(parts[-1])
        limit_text(length)
        start = span[1]
    return "".join([*parts, text[start:]])


@builtin("split", "string: string, delimiter: string", "list")
def split(text: str, delimiter: str) -> list[object] | None:
    """The parts of the text between occurrences of the regular expression.

    Null where the regular expression occurs in the empty text, as XPath has it.
    """
    expression = _finding(delimiter, "")
    if expression is None:
        return None
    parts: list[object] = []
    start = 0
    for span in spans(expression, text):
        parts.append(text[start : span[0]])
        start = span[1]
    return [*parts, text[start:]]


@builtin("string join", "list: list, delimiter?: string", "string")
def string_join(items: list[object], delimiter: str | None = None) -> str | None:
    """The texts of the list joined; nulls among them are left out."""
    texts = [item for item in items if item is not None]
    if not all(isinstance(item, str) for item in texts):
        return None
    length = len(delimiter or "") * len(texts) + sum(len(str(item)) for item in texts)
    limit_text(length)
    return (delimiter or "").join(str(item) for item in texts)
