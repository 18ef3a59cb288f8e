"""Running a kit: folders and files, cases of decisions, services and functions, what is written of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import dmn_dli
from dmn_dli.interchange.tck import run as running
from dmn_dli.interchange.tck.results import results_csv
from dmn_dli.interchange.tck.run import run_kit
from tests.cli.kit import write_kit
from tests.interchange.dmn.lowering import decided, function, given, requires, text
from tests.interchange.dmn.models import model
from tests.interchange.tck.test_cases import NAMESPACES

SERVICE = (
    '<decisionService id="_s" name="s"><variable name="s"/><outputDecision href="#_A"/>'
    '<outputDecision href="#_B"/><inputDecision href="#_A0"/></decisionService>'
)
MODEL = model(
    given("x", "number")
    + decided("A0", text("1"))
    + decided("A", text("A0 + 1"), requires("_A0", kind="requiredDecision"))
    + decided("B", text("x"), requires("_x"))
    + decided("Endless", text("f(1)"), requires("_f", kind="requiredKnowledge"))
    + function("f", {"n": "number"}, text("f(n + 1)"))
    + function("g", {"n": "number"}, text("n * 2"))
    + SERVICE
)


def number(tag: str, name: str, value: int | None) -> str:
    inside = '<value xsi:nil="true"/>' if value is None else f'<value xsi:type="xsd:decimal">{value}</value>'
    inside = f"<expected>{inside}</expected>" if tag == "resultNode" else inside
    return f'<{tag} name="{name}">{inside}</{tag}>'


def kit(folder: Path, *cases: str) -> Path:
    place = folder / "compliance-level-2" / "0001-own"
    place.mkdir(parents=True)
    (place / "own.dmn").write_text(MODEL)
    body = f"<testCases {NAMESPACES}><modelName>own.dmn</modelName>{''.join(cases)}</testCases>"
    (place / "0001-own-test-01.xml").write_text(body)
    return folder


def case(*parts: str, attributes: str = "") -> str:
    return f'<testCase id="1" {attributes}>{"".join(parts)}</testCase>'


SERVED = 'type="decisionService" invocableName="s"'


@pytest.mark.parametrize(
    ("body", "state"),
    [
        (case(number("resultNode", "A", 2)), "passed"),
        (case(number("resultNode", "A", 3)), "failed"),
        (case(number("resultNode", "C", 3)), "error"),
        (case(number("inputNode", "x", 5), number("resultNode", "B", 5)), "passed"),
        (case(number("inputNode", "unknown", 5), number("resultNode", "B", None)), "passed"),
        (
            case(
                number("inputNode", "A0", 6),
                number("resultNode", "A", 7),
                number("resultNode", "B", None),
                attributes=SERVED,
            ),
            "passed",
        ),
        (case(number("resultNode", "A", 2), attributes=SERVED), "failed"),
        (
            case(
                number("inputNode", "n", 4),
                number("resultNode", "g", 8),
                attributes='type="bkm" invocableName="g"',
            ),
            "passed",
        ),
        (case(number("resultNode", "Endless", 1)), "error"),
        (case(number("resultNode", "Endless", None)), "passed"),
    ],
)
def test_cases(body: str, state: str, tmp_path: Path) -> None:
    (outcome,) = run_kit(kit(tmp_path, body)).outcomes
    assert (outcome.state, outcome.level) == (state, "compliance-level-2")


def test_what_is_called_non_compliant_is_left_out_unless_it_is_asked_for(tmp_path: Path) -> None:
    write_kit(tmp_path / "non-compliant")
    assert run_kit(tmp_path).outcomes == ()
    assert len(run_kit(tmp_path / "non-compliant").outcomes) == 1


def test_the_file_of_results_is_the_kit_s_own(tmp_path: Path) -> None:
    run = dmn_dli.tck(kit(tmp_path, case(number("resultNode", "A", 2)), case(number("resultNode", "A", 3))))
    written = results_csv(run.outcomes)
    place = ["compliance-level-2/0001-own", "0001-own-test-01", "1"]
    assert list(csv.reader(written.splitlines())) == [
        [*place, "SUCCESS", ""],
        [*place, "ERROR", "A: expected 3, got 2"],
    ]
    assert written.startswith('"compliance-level-2/0001-own","0001-own-test-01","1","SUCCESS",""\n')


def test_without_lxml_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "find_spec", lambda _name: None)
    with pytest.raises(dmn_dli.InputError, match="dmn-dli\\[dmn\\]"):
        run_kit(tmp_path)
