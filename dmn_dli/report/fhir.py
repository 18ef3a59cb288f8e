"""Records as FHIR R4 GuidanceResponses, with the terms of Da Vinci CRD's coverage information.

Sources: FHIR 4.0.1, GuidanceResponse; Da Vinci Coverage Requirements Discovery 2.0.1, the value sets of
`ext-coverage-information`. docs/fhir.md says what is mapped, and what is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dmn_dli.report.layout import spoken
from dmn_dli.runtime.plain import visible

Record = Mapping[str, Any]
Resource = dict[str, Any]

COVERED = {
    "medically necessary": "covered",
    "not medically necessary": "not-covered",
    "investigational": "not-covered",
    "criteria not met": "conditional",
    "needs information": "conditional",
}
"""Determination to CRD's `covered`. Where the policy says nothing, neither does this: others have none.

`criteria not met` is no denial by the policy, which prints no outcome for the case: the payer must decide.
"""

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
    response["contained"] = [_problems(error) if error else _output(record)]
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


def coverage_terms(record: Record) -> dict[str, str]:
    """CRD's terms for a record: `covered`, `doc-needed` and `info-needed`, each where it applies.

    doc-needed is `clinical` where the policy names documentation to submit. info-needed is `OTH`: facts of
    the case are missing, which are neither performer, location nor time frame.
    """
    terms: dict[str, str] = {}
    determination = record["determination"]
    if isinstance(determination, str) and determination in COVERED:
        terms["covered"] = COVERED[determination]
    if record["documentation"]:
        terms["doc-needed"] = "clinical"
    if record["missing_facts"]:
        terms["info-needed"] = "OTH"
    return terms


def _module(record: Record) -> str:
    """The policy version in words."""
    policy = record.get("policy")
    if policy is None:
        return str(record["payer"])
    named = " ".join(part for part in (policy["number"], policy["title"]) if part)
    since = f", in force from {policy['effective_from']}" if policy["effective_from"] else ""
    return f"{record['payer']}: {named or policy['workbook']}{since}"


def _output(record: Record) -> Resource:
    """The record as Parameters: CRD's terms first, then the record's own."""
    terms = coverage_terms(record)
    parameters: list[Resource] = [{"name": name, "valueCode": code} for name, code in terms.items()]
    for key, name in (("determination", "determination"), *_OUTPUTS):
        value = record[key]
        values: Sequence[Any] = value if isinstance(value, list | tuple) else [value]
        parameters += [_parameter(name, each) for each in values if each is not None and each != ""]
    for rule in record["rules"]:
        parts = [_parameter(key, rule[key]) for key in ("decision", "rule", "cell")]
        parameters.append({"name": "rule", "part": parts})
    policy = record["policy"] or {}
    for key in ("workbook", "sha256", "facts_sha256"):
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
