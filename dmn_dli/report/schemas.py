"""JSON Schemas (2020-12) of what goes in and out: cases, records, summaries, findings.

Sources: JSON Schema 2020-12, core and validation. The schema of cases is made from the dictionaries of the
payers' latest versions; what JSON Schema cannot say (a range of dates, letter case aside) is described in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from attrs import fields

from dmn_dli.evaluate.determination import PolicyReference
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.model.determinations import DETERMINATIONS
from dmn_dli.model.finding import Kind, Severity
from dmn_dli.report.documents import FORMAT_VERSION
from dmn_dli.runtime.criterion import STATUSES
from dmn_dli.runtime.errors import problem
from dmn_dli.runtime.facts import FactReader
from dmn_dli.runtime.record import new_record

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_VERSION: Schema = {"const": FORMAT_VERSION}
_TYPES = {
    "boolean": ("boolean",),
    "number": ("number",),
    "integer": ("integer",),
    "list": ("array",),
    "context": ("object",),
    "Any": ("string", "number", "boolean", "array", "object"),
}

_OBJECT: Schema = {"type": ["object", "null"], "description": "Its components, in place of keys with dots."}


def cases_schema(series: Mapping[str, KernelSeries]) -> Schema:
    """A case, or a list of cases, by the dictionaries of these payers."""
    facts: dict[str, list[Schema]] = {}
    for each in series.values():
        for kernel in each.deciding:
            for name, fact in kernel.case_reader.facts.items():
                told = _fact(fact)
                if told not in facts.setdefault(name, []):
                    facts[name].append(told)
            for name in kernel.objects:
                facts.setdefault(name, [_OBJECT])
    known = {name: told[0] if len(told) == 1 else {"anyOf": told} for name, told in sorted(facts.items())}
    case = {
        "type": "object",
        "properties": {
            "case_id": {"type": ["string", "number", "null"], "description": "Absent: the case's position."},
            "payer": {
                "type": ["string", "array", "null"],
                "items": _TEXT,
                "description": f"One or more of {', '.join(series)}; absent: all.",
            },
            **known,
        },
        "patternProperties": {"^_": True},
        "additionalProperties": False,
    }
    return {
        "$schema": DIALECT,
        "title": "Cases for dmn-dli evaluate",
        "anyOf": [{"$ref": "#/$defs/case"}, {"type": "array", "items": {"$ref": "#/$defs/case"}}],
        "$defs": {"case": case},
    }


def _fact(fact: FactReader) -> Schema:
    """One fact: unknown where it is absent or null."""
    words = [fact.question, f"Allowed: {fact.allowed}." if fact.allowed else "", _unit(fact.unit)]
    told: Schema = {"title": fact.label, "type": [*_TYPES.get(fact.type, ("string",)), "null"]}
    told |= {"format": "date"} if fact.type == "date" else {}
    told |= {"description": " ".join(filter(None, words))} if any(words) else {}
    if fact.slots or fact.any_text or fact.type == "boolean":
        return told | (_bounds(fact) if fact.type in ("number", "integer") else {})
    listed = [_number(each) if isinstance(each, Decimal) else each for each in fact.allowed_values or ()]
    return told | ({"enum": [*listed, None]} if listed else {})


def _unit(unit: str) -> str:
    return f"In {unit}." if unit else ""


def _bounds(fact: FactReader) -> Schema:
    """The smallest and the greatest number that the dictionary allows, each where there is one."""
    allowed = [position for position, atom in enumerate(fact.slots) if atom]
    if not allowed:
        return {}
    first, last = allowed[0], allowed[-1]
    bounds: Schema = {}
    if first > 0:
        bounds["minimum" if first % 2 else "exclusiveMinimum"] = _number(fact.cuts[(first - 1) // 2])
    if last < len(fact.slots) - 1:
        bounds["maximum" if last % 2 else "exclusiveMaximum"] = _number(fact.cuts[last // 2])
    return bounds


def _number(value: Any) -> int | float:
    number = Decimal(value)
    return int(number) if number == number.to_integral_value() else float(number)


def records_schema() -> Schema:
    """The list of records that `evaluate --format json` writes, and (`$defs/record`) one line of jsonl."""
    known: dict[str, Schema] = {
        "format_version": _VERSION,
        "case_id": _TEXT,
        "payer": _TEXT,
        "policy": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/policy"}]},
        "determination": {
            "description": f"Of a payer: {', '.join(DETERMINATIONS)}. Of a generic workbook: any value.",
        },
        "payer_wording": _TEXT_OR_NULL,
        "reason": _TEXT_OR_NULL,
        "citation": _TEXT_OR_NULL,
        "refer_to": _TEXT_OR_NULL,
        "rules": {"type": "array", "items": _object({"decision": _TEXT, "rule": _TEXT, "cell": _TEXT})},
        "decisions": {"type": "object"},
        "criteria": {"type": "array", "items": _criterion()},
        "unmet_criteria": {"type": "array"},
        "documentation": {"type": "array"},
        "procedure_codes": {"type": "array"},
        "missing_facts": _TEXTS,
        "possible_determinations": {"type": "array"},
        "notes": {"type": "array"},
    }
    policy = {
        **dict.fromkeys([field.name for field in fields(PolicyReference)], _TEXT_OR_NULL),
        **dict.fromkeys(("workbook", "sha256", "facts_sha256"), _TEXT),
    }
    error = _object({"kind": {"enum": ["case", "table"]}, "message": _TEXT, "problems": _problems()})
    return {
        "$schema": DIALECT,
        "title": "Records of dmn-dli evaluate",
        "type": "array",
        "items": {"anyOf": [{"$ref": "#/$defs/record"}, {"$ref": "#/$defs/error"}]},
        "$defs": {
            "record": _object({key: known.get(key, {}) for key in new_record("", "")}),
            "policy": {"type": "object", "required": list(policy), "properties": policy},
            "error": _object({"format_version": _VERSION, "case_id": _TEXT, "payer": _TEXT, "error": error}),
        },
    }


def _criterion() -> Schema:
    """A row of a sheet of criteria, as a record has it."""
    return _object(
        {
            "sheet": _TEXT,
            "id": _TEXT,
            "part_of": _TEXT_OR_NULL,
            "needs": _TEXT_OR_NULL,
            "means": {"description": "The determination that a group claims; null for none."},
            "requirement": _TEXT,
            "applies": {"type": ["boolean", "null"]},
            "status": {"enum": list(STATUSES)},
            "facts": {"type": "object"},
            "not_given": _TEXTS,
            "matters": {"type": "boolean"},
            "finding": _TEXT,
            "citation": _TEXT_OR_NULL,
            "evidence": _TEXTS,
            "cell": _TEXT,
        }
    )


def _problems() -> Schema:
    known = {"reason": _TEXT, "rules": _TEXTS, "fact": _TEXT_OR_NULL, "decision": _TEXT_OR_NULL}
    return {"type": "array", "items": _object({key: known.get(key, {}) for key in problem("")})}


def findings_schema() -> Schema:
    """The document that `check --format json` writes."""
    proven: Schema = {"enum": [True, False, "unknown"]}
    finding = _object(
        {
            "code": {"type": "string", "pattern": "^DT[0-9]{3}$"},
            "kind": {"enum": [kind.value for kind in Kind]},
            "severity": {"enum": [severity.value for severity in Severity]},
            "waived": {"type": "boolean"},
            **dict.fromkeys(("file", "sheet", "cell", "decision"), _TEXT),
            "rules": _TEXTS,
            "message": _TEXT,
            "witness": {"type": "object"},
        }
    )
    table = _object(
        {
            **dict.fromkeys(("file", "decision", "hit_policy"), _TEXT),
            "rules": {"type": "integer", "minimum": 0},
            "complete": proven,
            "overlap_free": proven,
        }
    )
    claim = _object({**dict.fromkeys(("file", "sheet", "id"), _TEXT), "means": {}, "holds": proven})
    lists = {
        key: {"type": "array", "items": each}
        for key, each in (("findings", finding), ("tables", table), ("claims", claim))
    }
    return {
        "$schema": DIALECT,
        "title": "Findings of dmn-dli check",
        "type": "object",
        "required": ["format_version", *lists],
        "properties": {"format_version": _VERSION, **lists},
    }


def summary_schema() -> Schema:
    """The document that `evaluate --summary --format json` writes."""
    number: Schema = {"type": "integer", "minimum": 0}
    counted = {
        "determinations": {"determination": {"description": "As a record has it."}, "records": number},
        "errors": {"kind": {"enum": ["case", "table"]}, "records": number},
        "unmet_criteria": {
            "id": _TEXT_OR_NULL | {"description": "Null of a text that a table says."},
            "requirement": _TEXT,
            "records": number,
        },
    }
    lists = {key: {"type": "array", "items": _object(each)} for key, each in counted.items()}
    payer = _object(
        {
            "payer": _TEXT_OR_NULL | {"description": "Null of all payers that the tables do not know."},
            "records": number,
            "determinations": lists["determinations"],
            "other_determinations": number,
            "errors": lists["errors"],
            "unmet_criteria": lists["unmet_criteria"],
            "other_unmet_criteria": number,
        }
    )
    document = _object(
        {
            "format_version": _VERSION,
            **dict.fromkeys(("cases", "records", "errors"), number),
            "complete": {"type": "boolean", "description": "Whether all files could be read to their end."},
            "payers": {"type": "array", "items": payer},
        }
    )
    return {"$schema": DIALECT, "title": "Summary of dmn-dli evaluate", **document}


def _object(properties: Mapping[str, Schema], optional: Iterable[str] = ()) -> Schema:
    """An object with these keys and no others."""
    left = set(optional)
    return {
        "type": "object",
        "required": [key for key in properties if key not in left],
        "properties": dict(properties),
        "additionalProperties": False,
    }
