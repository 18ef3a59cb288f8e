"""Files of test cases: every kind of value, services and functions, and what cannot be read."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest

from dmn_dli.feel.builtins import REGISTRY
from dmn_dli.interchange.tck.cases import BadTestFile, Expected, Given, TestCase, read_test_file

NAMESPACES = (
    'xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def read(here: Path, body: str) -> tuple[TestCase, ...]:
    path = here / "own-test-01.xml"
    path.write_text(f"<testCases {NAMESPACES}><modelName>own.dmn</modelName>{body}</testCases>")
    return read_test_file(path).cases


def typed(kind: str, text: str) -> str:
    return f'<value xsi:type="xsd:{kind}">{text}</value>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (typed("string", " a "), " a "),
        (typed("string", ""), ""),
        ("<value>a</value>", "a"),
        (typed("boolean", "true"), True),
        (typed("decimal", " -1.50 "), Decimal("-1.5")),
        (typed("double", "1e3"), Decimal(1000)),
        (typed("date", "2025-02-12"), REGISTRY["date"]("2025-02-12")),
        (typed("time", "10:00:00Z"), REGISTRY["time"]("10:00:00Z")),
        (typed("dateTime", "2025-02-12T10:00:00"), REGISTRY["date and time"]("2025-02-12T10:00:00")),
        (typed("duration", "P1Y2M"), REGISTRY["duration"]("P1Y2M")),
        ('<value xsi:nil="true"/>', None),
        ('<list xsi:nil="true"/>', None),
        ("<list/>", []),
        (f"<list><item>{typed('decimal', '1')}</item><item><list/></item></list>", [Decimal(1), []]),
        (
            f'<component name="a b">{typed("decimal", "1")}</component><component name="c" xsi:nil="true"/>',
            {"a b": Decimal(1), "c": None},
        ),
        ("", None),
    ],
)
def test_values(text: str, expected: object, tmp_path: Path) -> None:
    (case,) = read(tmp_path, f'<testCase id="1"><inputNode name="x">{text}</inputNode></testCase>')
    assert case.given == (Given("x", expected),)


def test_a_case_of_a_service(tmp_path: Path) -> None:
    body = (
        '<testCase id="1" type="decisionService" invocableName="S"><description> What </description>'
        f'<inputNode name="x" namespace="urn:a">{typed("decimal", "1")}</inputNode>'
        f'<resultNode name="D" errorResult="true"><expected>{typed("decimal", "2")}</expected></resultNode>'
        '<resultNode name="E"><expected><value xsi:nil="true"/></expected></resultNode></testCase>'
    )
    given, expected = Given("x", Decimal(1), "urn:a"), Expected("D", Decimal(2), error=True)
    case = TestCase("1", "What", (given,), (expected, Expected("E", None)), "decisionService", "S")
    assert read(tmp_path, body) == (case,)
    assert case.value_due


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (typed("date", "12.02.2025"), "line 1: `12.02.2025` is no date."),
        (typed("hexBinary", "ff"), "line 1: the type `hexBinary` of a value is not known."),
        ("<value>", "The file cannot be read as XML"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(body: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(BadTestFile) as found:
        read(tmp_path, f'<testCase id="1"><inputNode name="x">{body}</inputNode></testCase>')
    assert message in str(found.value)
    assert "own-test-01.xml" in str(found.value)


def test_xml_of_something_else_is_no_file_of_cases(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<html/>")
    with pytest.raises(BadTestFile, match="not `testCases`"):
        read_test_file(tmp_path / "a.xml")


def test_a_pipe_among_the_files_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "0001-test-01.xml"
    os.mkfifo(pipe)
    with pytest.raises(BadTestFile, match="cannot be read"):
        read_test_file(pipe)
