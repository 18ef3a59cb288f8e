"""A command line that a page quotes is one that the program takes."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cli.main import COMMANDS, group
from tests.docs.pages import PAGES, ROOT, blocks, without_blocks

_QUOTED = re.compile(r"`dmn-dli ([^`]+)`")
_IN_BLOCK = re.compile(r"(?:^|[\s|&;=$])dmn-dli ([a-z-][^\n|;&>#]*)")
_PLACEHOLDER = re.compile(r"[A-Z]+…?")


def _command_lines(page: Path) -> Iterator[str]:
    yield from _QUOTED.findall(without_blocks(page))
    for block in blocks(page, "console", "sh", "yaml", "ini"):
        joined = block.text.replace("\\\n", " ")
        lines = joined.splitlines()
        if block.language == "console":
            lines = [line for line in lines if line.startswith("$ ")]
        for line in lines:
            yield from _IN_BLOCK.findall(line.partition(" #")[0])


def _quoted() -> list[tuple[str, str]]:
    return [
        (page.relative_to(ROOT).as_posix(), line.strip()) for page in PAGES for line in _command_lines(page)
    ]


@pytest.mark.parametrize(("page", "line"), _quoted())
def test_a_quoted_command_line_is_understood(page: str, line: str) -> None:
    name, *arguments = shlex.split(line)
    if name in ("--help", "--version", "COMMAND"):
        return
    assert name in COMMANDS, f"{page} speaks of a command that there is not: {line}"
    command = group.get_command(click.Context(group), name)
    assert command is not None
    context = click.Context(command, info_name=name)
    while isinstance(command, click.Group) and arguments:
        if _PLACEHOLDER.fullmatch(arguments[0]):
            return
        command = command.get_command(context, arguments.pop(0))
        assert command is not None, f"{page} speaks of a command that there is not: {line}"
        context = click.Context(command, info_name=name)
    options, rest, _ = command.make_parser(context).parse_args(list(arguments))
    assert rest == [], f"{page}: {line}"
    for parameter in command.params:
        given = options.get(parameter.name or "")
        values = given if isinstance(given, list) else [given]
        for value in values:
            if isinstance(parameter.type, click.Choice) and not _PLACEHOLDER.fullmatch(str(value)):
                parameter.type_cast_value(context, value)


def test_every_command_is_documented() -> None:
    spoken_of = {line.split()[0] for _, line in _quoted()}
    assert set(COMMANDS) - spoken_of == set()
