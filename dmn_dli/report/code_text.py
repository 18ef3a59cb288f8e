"""A code in full: what it stands for, an example, and how to mend what it reports."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from attrs import frozen

from dmn_dli.model.finding import Code
from dmn_dli.report.layout import BOLD, paint, paragraph


@frozen
class Example:
    """A message that a broken workbook gets: what is wrong with it, where, and what is said."""

    what: str
    place: str
    message: str


@cache
def examples() -> Mapping[str, Example]:
    """An example for each code; the file is written by the tests that provoke the messages."""
    text = files(__package__).joinpath("examples.json").read_text(encoding="utf-8")
    return {code: Example(**fields) for code, fields in json.loads(text).items()}


def code_text(code: Code, width: int, *, colour: bool) -> str:
    """The code's title, severity and kind, an example and the remedy, in lines of that width."""
    head = f"{code.code} ({code.severity.value}, {code.kind.value})"
    lines = [paint(head, BOLD) if colour else head, *paragraph(code.title, width), ""]
    example = examples().get(code.code)
    if example is not None:
        lines += paragraph(f"For example, {example.what}:", width)
        lines += paragraph(f"{example.place or 'the whole file'}: {example.message}", width, "  ")
        lines.append("")
    lines += paragraph(f"What to do: {code.remedy}", width)
    return "\n".join(lines) + "\n"
