"""Reads the type behind `instance of`, or of a parameter (DMN 1.5, section 10.3.1.2)."""

from __future__ import annotations

import re

from dmn_dli.feel.characters import NAME_END, argument_name, squeeze
from dmn_dli.feel.names import unknown_name
from dmn_dli.feel.reader import Reader
from dmn_dli.feel.spellings import Spellings
from dmn_dli.feel.syntax import Span, TypeName

# Type names of several words hold keywords, so they are looked for before anything else.
_BUILT_IN = re.compile(
    rf"(?:years\s+and\s+months\s+duration|days\s+and\s+time\s+duration|date\s+and\s+time|function|Null){NAME_END}"
)

MAXIMUM_DEPTH = 50


def parse_type(reader: Reader, types: Spellings, depth: int = 0) -> TypeName:
    """The type at the reader's position; `types` are the model's, whose names may hold anything.

    Raises FeelSyntaxError where there is none.
    """
    start = reader.skip()
    if depth > MAXIMUM_DEPTH:
        raise reader.error("a type that is nested less deeply")
    name = _name(reader, types)
    arguments: list[TypeName] = []
    fields: list[tuple[str, TypeName]] = []
    result = None
    if reader.take("<"):
        if name == "context":
            fields = _fields(reader, types, depth)
        elif not reader.take(">"):
            arguments.append(parse_type(reader, types, depth + 1))
            while reader.take(","):
                arguments.append(parse_type(reader, types, depth + 1))
            reader.expect(">", "to close the type")
    if name == "function" and reader.take("->"):
        result = parse_type(reader, types, depth + 1)
    return TypeName(name, tuple(arguments), tuple(fields), result, span=Span(start, reader.end))


def _name(reader: Reader, types: Spellings) -> str:
    start = reader.skip()
    defined = types.longest(reader.text, start)
    if defined is not None and defined.end >= _named_end(reader.text, start):
        reader.move(defined.end)
        return str(defined.value)
    known = reader.match(_BUILT_IN)
    if known is not None:
        return squeeze(known[0])
    found = unknown_name(reader.text, start)
    if found is None:
        raise reader.error("the name of a type, such as `number` or `list<string>`")
    end = found.end
    while reader.text[end : end + 1] == "." and (part := unknown_name(reader.text, end + 1)) is not None:
        end = part.end
    reader.move(end)
    return squeeze(reader.text[start:end])


def _named_end(text: str, start: int) -> int:
    """Where the name of a built-in type of several words ends; the start where there is none."""
    known = _BUILT_IN.match(text, start)
    return start if known is None else known.end()


def _fields(reader: Reader, types: Spellings, depth: int) -> list[tuple[str, TypeName]]:
    fields = []
    while True:
        start = reader.skip()
        found = argument_name().match(reader.text, start)
        if found is None:
            raise reader.error("the name of an entry of the context, and `:` behind it")
        reader.move(found.end())
        fields.append((squeeze(found[1]), parse_type(reader, types, depth + 1)))
        if not reader.take(","):
            break
    reader.expect(">", "to close the type")
    return fields
