"""Records as FHIR R4 GuidanceResponses, with the terms of Da Vinci CRD's coverage information.

Sources: FHIR 4.0.1, GuidanceResponse; Da Vinci Coverage Requirements Discovery 2.1.0, the value sets and the
invariants of `ext-coverage-information`. docs/fhir.md says what is mapped, and what is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dmn_dli.report.layout import spoken
from dmn_dli.runtime.kernel import DATE_FACT
from dmn_dli.runtime.plain import visible

Record = Mapping[str, Any]
Resource = dict[str, Any]

_OTHER = "OTH"
_INFORMATION = {DATE_FACT: "timeframe"}
"""CRD's `info-needed` by fact; all other facts are neither performer, location nor time frame."""

_OUTPUTS = (
    ("payer_wording", "payer-wording"),
    ("reason", "reason"),
    ("citation", "citation"),
    ("refer_to", "refer-to"),
    ("unmet_criteria", "unmet-criterion"),
    ("documentation", "documentation"),
    ("procedure_codes", "procedure-code"),
    ("possible_determinations", "possible-determination"),
)


_OBJECTS = (
    ("criteria", "criterion", ("sheet", "id", "requirement", "status", "finding", "cell")),
    ("rules", "rule", ("decision", "rule", "cell")),
)
"""What the record lists as objects: the key, the parameter, and which of the object's keys are its parts."""


def bundle(responses: Iterable[Resource]) -> Resource:
    """A Bundle of the type `collection`."""
    entries = [{"resource": response} for response in responses]
    return {"resourceType": "Bundle", "type": "collection", **({"entry": entries} if entries else {})}


def guidance_response(record: Record, questions: Mapping[str, str]) -> Resource:
    """A record, or an error record, as a GuidanceResponse.

    questions: what to ask for a fact, by the fact's name. The status is `data-required` for `needs
    information`, `failure` for an error, else `success`.
    """
    error = record.get("error")
    determination = record.get("determination")
    response: Resource = {"resourceType": "GuidanceResponse"}
    response["contained"] = [_problems(error) if error else _output(record, questions)]
    if "case_id" in record:
        response["requestIdentifier"] = {"value": _string(record["case_id"])}
    response["moduleCodeableConcept"] = {"text": _string(_module(record))}
    if error:
        return response | {"status": "failure", "evaluationMessage": [{"reference": "#problems"}]}
    response["status"] = "data-required" if determination == "needs information" else "success"
    if record["notes"]:
        response["note"] = [{"text": _string(note)} for note in record["notes"]]
    response["outputParameters"] = {"reference": "#output"}
    if record["missing_facts"]:
        response["dataRequirement"] = [_requirement(fact, questions) for fact in record["missing_facts"]]
    return response


def coverage_terms(record: Record, questions: Mapping[str, str]) -> list[tuple[str, str]]:
    """CRD's terms for a record, each where it applies: `covered`, `doc-needed`, `info-needed`, `reason`.

    `covered` asks whether the service is a benefit of the member's plan. No determination says that; only
    where facts of the case are missing is the answer known whatever the plan is: `conditional`, no decision
    without more information. It comes with `info-needed` (crd-ci-q3) and, as what is missing is in none of
    CRD's other classes, a `reason` that names it (crd-ci-q6). `doc-needed` is `clinical` where the policy
    names documentation to submit.
    """
    missing: Sequence[str] = record["missing_facts"]
    terms = [("covered", "conditional")] if missing else []
    if record["documentation"]:
        terms.append(("doc-needed", "clinical"))
    kinds = {_INFORMATION.get(fact, _OTHER) for fact in missing}
    terms += [("info-needed", kind) for kind in sorted(kinds)]
    if missing:
        terms.append(("reason", _needed(missing, questions)))
    return terms


def _needed(missing: Iterable[str], questions: Mapping[str, str]) -> str:
    """What is missing, by the questions to ask."""
    asked = [f"{questions[fact]} ({fact})" if questions.get(fact) else fact for fact in missing]
    return f"Needed for a determination: {'; '.join(asked)}"


def _module(record: Record) -> str:
    """The policy version in words."""
    policy = record.get("policy")
    if policy is None:
        return str(record["payer"])
    named = " ".join(part for part in (policy["number"], policy["title"]) if part)
    since = f", in force from {policy['effective_from']}" if policy["effective_from"] else ""
    return f"{record['payer']}: {named or policy['workbook']}{since}"


def _output(record: Record, questions: Mapping[str, str]) -> Resource:
    """The record as Parameters: CRD's terms first, then the record's own."""
    parameters: list[Resource] = [
        _parameter(name, term) if name == "reason" else {"name": name, "valueCode": term}
        for name, term in coverage_terms(record, questions)
    ]
    for key, name in (("determination", "determination"), *_OUTPUTS):
        value = record[key]
        values: Sequence[Any] = value if isinstance(value, list | tuple) else [value]
        parameters += [_parameter(name, each) for each in values if each is not None and each != ""]
    for key, name, keys in _OBJECTS:
        for each in record[key]:
            parts = [_parameter(part, each[part]) for part in keys]
            parameters.append({"name": name, "part": parts})
    policy = record["policy"] or {}
    for key in ("source_document", "last_review", "next_review", "workbook", "sha256", "facts_sha256"):
        if policy.get(key):
            parameters.append(_parameter(key.replace("_", "-"), policy[key]))
    return {"resourceType": "Parameters", "id": "output", "parameter": parameters}


def _parameter(name: str, value: Any) -> dict[str, Any]:
    match value:
        case bool():
            return {"name": name, "valueBoolean": value}
        case int() | float():
            return {"name": name, "valueDecimal": value}
    return {"name": name, "valueString": _string(value)}


def _string(value: object) -> str:
    """Text as FHIR has it: no control characters but blanks, and never empty."""
    return visible(spoken(value), "\t\r\n") or "-"


def _requirement(fact: str, questions: Mapping[str, str]) -> Resource:
    """A missing fact: an observation whose code is the fact's name, and the question to ask."""
    coding: dict[str, Any] = {"code": fact}
    if questions.get(fact):
        coding["display"] = _string(questions[fact])
    return {"type": "Observation", "codeFilter": [{"path": "code", "code": [coding]}]}


def _problems(error: Mapping[str, Any]) -> Resource:
    """All problems of an error record as an OperationOutcome."""
    code = "invalid" if error["kind"] == "case" else "processing"
    issues = [
        {"severity": "error", "code": code, "diagnostics": _string(problem["reason"])}
        for problem in error["problems"]
    ]
    return {"resourceType": "OperationOutcome", "id": "problems", "issue": issues}
