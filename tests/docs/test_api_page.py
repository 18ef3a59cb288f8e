"""The page on the functions ends with a reference of every public name, made from the code."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import dmn_dli
from tests.docs.pages import ROOT, check_generated, read

PAGE = ROOT / "docs" / "api.md"
HEADING = "## Every name\n"
INTRODUCTION = "\nMade from the code: each name of `dmn_dli`, how it is called, and what it is.\n"


def _first_line(thing: object) -> str:
    return (inspect.getdoc(thing) or "").partition("\n")[0]


def _signature(name: str, thing: object) -> str:
    """`name(arguments) -> result`, as the code spells the types; a class by its name."""
    signature = inspect.signature(thing) if inspect.isfunction(thing) else ""
    return name + re.sub(r"'([^']*)'", r"\1", str(signature))


def _members(thing: type) -> Iterator[str]:
    """The public methods, properties and attributes of a class, in the order in which they stand."""
    if issubclass(thing, Exception):
        return
    for name, member in vars(thing).items():
        if name.startswith("_"):
            continue
        function = member.fget if isinstance(member, property) else getattr(member, "func", member)
        if not inspect.isfunction(function):
            continue
        plain = function is not member
        shown = name if plain else _signature(name, function).replace("(self, ", "(").replace("(self)", "()")
        yield f"- `{shown}`: {_first_line(function)}"


def reference() -> str:
    """The generated part of the page."""
    lines = [HEADING + INTRODUCTION]
    for name in dmn_dli.__all__:
        thing = getattr(dmn_dli, name)
        if name == "__version__":
            lines.append("### `__version__`\n\nThe version of the program, as text.\n")
            continue
        lines.append(f"### `{name}`\n")
        if inspect.isfunction(thing):
            lines.append(f"```text\n{_signature(name, thing)}\n```\n")
        lines.append(_first_line(thing).strip() + "\n")
        members = list(_members(thing)) if inspect.isclass(thing) else []
        fields = [field.name for field in getattr(thing, "__attrs_attrs__", ()) if field.name[0] != "_"]
        if fields:
            lines.append(f"Holds {', '.join(f'`{field}`' for field in fields)}.\n")
        if members:
            lines.append("\n".join(members) + "\n")
    return "\n".join(lines)


def test_the_page_names_everything_public() -> None:
    written = read(PAGE).partition(HEADING)[0].rstrip("\n")
    check_generated(PAGE, f"{written}\n\n{reference()}")


def test_everything_public_says_what_it_is() -> None:
    things = [getattr(dmn_dli, name) for name in dmn_dli.__all__ if name != "__version__"]
    assert [thing for thing in things if not _first_line(thing)] == []
