"""Records as FHIR: the status, CRD's terms, and resources of the shape that R4 prescribes."""

from __future__ import annotations

from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle

from dmn_dli import load
from dmn_dli.model.determinations import DETERMINATIONS
from dmn_dli.report.fhir import bundle, coverage_terms, guidance_response
from dmn_dli.runtime.errors import problem
from dmn_dli.store.folder import bundled_tables

RELAPSE = {
    "service": "donor lymphocyte infusion",
    "transplant_type": "allogeneic",
    "transplant_determination": "medically necessary",
    "malignancy_type": "hematologic",
    "disease_status": "relapsed",
    "lymphocyte_donor": "original donor",
    "lymphocyte_manipulation": "none",
    "line_of_business": "commercial",
}


def record(facts: dict[str, Any]) -> dict[str, Any]:
    return load(bundled_tables())["molina"].evaluate(facts).record("a1")


def parameters(response: dict[str, Any], name: str) -> list[Any]:
    (output,) = response["contained"]
    found = [each for each in output["parameter"] if each["name"] == name]
    return [next(each[key] for key in each if key.startswith("value")) for each in found]


def test_a_determination_is_a_success_and_says_nothing_of_the_members_plan() -> None:
    response = guidance_response(record(RELAPSE), {})
    assert response["status"] == "success"
    assert response["requestIdentifier"] == {"value": "a1"}
    assert response["outputParameters"] == {"reference": "#output"}
    assert parameters(response, "covered") == parameters(response, "info-needed") == []
    assert parameters(response, "doc-needed") == ["clinical"]
    assert parameters(response, "next-review") == ["2026-02-28"]
    assert parameters(response, "determination") == ["medically necessary"]
    assert "dataRequirement" not in response


def test_missing_facts_are_data_requirements_with_their_questions() -> None:
    response = guidance_response(record({**RELAPSE, "disease_status": None}), {"disease_status": "Which?"})
    assert response["status"] == "data-required"
    assert parameters(response, "covered") == ["conditional"]
    assert parameters(response, "info-needed") == ["OTH"]
    (reason,) = parameters(response, "reason")
    assert "Which? (disease_status)" in reason
    asked = {each["codeFilter"][0]["code"][0]["code"]: each for each in response["dataRequirement"]}
    assert sorted(asked) == record({**RELAPSE, "disease_status": None})["missing_facts"]
    assert asked["disease_status"]["codeFilter"] == [
        {"path": "code", "code": [{"code": "disease_status", "display": "Which?"}]}
    ]


@pytest.mark.parametrize(("kind", "code"), [("case", "invalid"), ("table", "processing")])
def test_an_error_is_a_failure_with_every_problem(kind: str, code: str) -> None:
    error = {"kind": kind, "message": "no", "problems": [problem("first"), problem("second")]}
    response = guidance_response({"case_id": "1", "payer": "molina", "error": error}, {})
    assert response["status"] == "failure"
    (outcome,) = response["contained"]
    assert outcome["resourceType"] == "OperationOutcome"
    assert [issue["diagnostics"] for issue in outcome["issue"]] == ["first", "second"]
    assert {issue["code"] for issue in outcome["issue"]} == {code}
    assert response["evaluationMessage"] == [{"reference": f"#{outcome['id']}"}]


@pytest.mark.parametrize("determination", [each for each in DETERMINATIONS if each != "needs information"])
def test_necessity_is_not_coverage(determination: str) -> None:
    plain = {"determination": determination, "documentation": ["Chart notes"], "missing_facts": []}
    assert coverage_terms(plain, {}) == [("doc-needed", "clinical")]


def test_information_that_crd_has_a_word_for_is_called_by_it() -> None:
    missing = ["date_of_service", "disease_status"]
    plain = {"determination": "needs information", "documentation": [], "missing_facts": missing}
    assert coverage_terms(plain, {"date_of_service": "When?"}) == [
        ("covered", "conditional"),
        ("info-needed", "OTH"),
        ("info-needed", "timeframe"),
        ("reason", "Needed for a determination: When? (date_of_service); disease_status"),
    ]


def test_every_answer_keeps_the_invariants_of_coverage_information() -> None:
    """crd-ci-q2, q3 and q6 of CRD 2.1.0; q1, q4, q5 and q7 speak of what is never given."""
    for record in _answers():
        terms = coverage_terms(record, {})
        names = [name for name, _ in terms]
        conditional = [name for name, value in terms if value == "conditional"]
        assert (
            bool(conditional) == ("info-needed" in names) == (record["determination"] == "needs information")
        )
        assert ("info-needed", "OTH") not in terms or "reason" in names
        assert not {"pa-needed", "questionnaire", "satisfied-pa-id"} & set(names)


def test_each_criterion_is_a_parameter_with_its_status() -> None:
    row = {
        "sheet": "Criteria",
        "id": "2.a",
        "requirement": "Relapse",
        "status": "unknown",
        "finding": "Relapse",
    }
    given = record(RELAPSE) | {"criteria": [row | {"cell": "Criteria!A9", "part_of": None, "facts": {}}]}
    response = guidance_response(given, {})
    (output,) = response["contained"]
    (told,) = [each["part"] for each in output["parameter"] if each["name"] == "criterion"]
    assert {each["name"]: each["valueString"] for each in told} == row | {"cell": "Criteria!A9"}
    Bundle.model_validate(bundle([response]))


def test_no_policy_on_file_says_nothing_of_coverage() -> None:
    response = guidance_response(record({"date_of_service": "2020-01-01"}), {})
    assert response["status"] == "success"
    assert parameters(response, "covered") == []
    assert response["moduleCodeableConcept"] == {"text": "molina"}


def _empty(value: Any) -> bool:
    if isinstance(value, dict):
        return not value or any(_empty(each) for each in value.values())
    if isinstance(value, list):
        return not value or any(_empty(each) for each in value)
    return value is None or value == ""


@pytest.mark.parametrize("facts", [{}, RELAPSE, {"service": "car-t"}, {"date_of_service": "2020-01-01"}])
def test_nothing_is_empty_as_fhir_demands(facts: dict[str, Any]) -> None:
    assert not _empty(guidance_response(record(facts), {}))


def test_a_bundle_collects_the_responses() -> None:
    assert bundle([]) == {"resourceType": "Bundle", "type": "collection"}
    assert bundle([{"resourceType": "GuidanceResponse"}])["entry"] == [
        {"resource": {"resourceType": "GuidanceResponse"}}
    ]


def _answers() -> list[dict[str, Any]]:
    payers = load(bundled_tables())
    cases: list[dict[str, Any]] = [RELAPSE, {}, {"date_of_service": "1990-01-01"}, {"service": "other"}]
    return [series.evaluate(facts).record("a1") for series in payers.values() for facts in cases]


def test_an_independent_reader_of_fhir_takes_every_bundle() -> None:
    told = record(RELAPSE) | {"reason": "a\x1b[2J", "notes": ["\x07", "two\nlines"], "case_id": "\x00"}
    failed = {"case_id": "b", "payer": "molina", "error": {"kind": "case", "problems": [problem("")]}}
    responses = [guidance_response(each, {}) for each in (*_answers(), told, failed)]
    assert len(Bundle.model_validate(bundle(responses)).entry or ()) == len(responses)
    assert Bundle.model_validate(bundle([])).entry is None


def test_the_independent_reader_would_object() -> None:
    response = guidance_response(record(RELAPSE), {})
    with pytest.raises(ValueError, match="status"):
        Bundle.model_validate(bundle([{**response, "status": None}]))
