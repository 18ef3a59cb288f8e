"""A kit of one model and two cases, one of which fails, for the command line's tests."""

from __future__ import annotations

from html import escape
from pathlib import Path

_MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="_own" name="own" namespace="urn:own">
  <decision id="_d" name="D"><variable name="D"/><literalExpression><text>{feel}</text></literalExpression></decision>
</definitions>
"""  # noqa: E501
_CASES = """<?xml version="1.0" encoding="UTF-8"?>
<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <modelName>own.dmn</modelName>
  <testCase id="1">
    <resultNode name="D"><expected><value xsi:type="xsd:string">{value}</value></expected></resultNode>
  </testCase>
  {further}
</testCases>
"""
_FAILING = """<testCase id="{text}"><description>{text}</description>
    <resultNode name="D"><expected><value xsi:type="xsd:string">other</value></expected></resultNode>
  </testCase>"""


def write_kit(folder: Path, text: str = "", *, failing: bool = False) -> None:
    """The model gives the text; with `failing` a second case of that id expects another."""
    words = escape("".join(each for each in text if each.isprintable() or each in "\u202e\n")) or "own"
    (folder / "own").mkdir(parents=True)
    (folder / "own" / "own.dmn").write_text(_MODEL.format(feel=f'"{words}"'), encoding="utf-8")
    further = _FAILING.format(text=words) if failing else ""
    cases = _CASES.format(value=words, further=further)
    (folder / "own" / "own-test-01.xml").write_text(cases, encoding="utf-8")
