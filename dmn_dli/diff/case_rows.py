"""Which cases of the Cases sheets come out otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from dmn_dli.cases.rows import known_cases
from dmn_dli.diff.answers import LIST_DECISIONS, Aspect
from dmn_dli.diff.verdict import ERROR
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.model.workbook import Workbook
from dmn_dli.runtime.errors import EvaluationError
from dmn_dli.runtime.kernel import DATE_FACT
from dmn_dli.runtime.record import LISTS, TEXT_KEYS

_LIST_KEYS = {aspect: key for aspect, name in LIST_DECISIONS.items() for key in LISTS if LISTS[key] == name}

UNDECIDED: Mapping[str, Any] = {"determination": ERROR}
"""What stands for the record of a case that a version cannot decide."""


@frozen
class CaseChange:
    """A case that comes out otherwise: its determinations ("error" where there is none), and what differs."""

    case: str
    old: Any
    new: Any
    aspects: tuple[Aspect, ...]


def changed_cases(
    workbooks: tuple[Workbook, Workbook], kernels: tuple[PolicyKernel, PolicyKernel]
) -> tuple[CaseChange, ...]:
    """The new workbook's cases, and those that only the old one has, as both versions decide them.

    Both versions are asked as if they were in force: a date of service that no table reads is left out, and
    so is the note by which a record without one names its version.
    """
    cases: dict[str, Mapping[str, Any]] = {}
    for workbook, kernel in reversed(tuple(zip(workbooks, kernels, strict=True))):
        for case in known_cases(workbook, kernel):
            cases.setdefault(case.name, case.facts)
    changes = []
    for name, facts in cases.items():
        old, new = (_record(kernel, facts) for kernel in kernels)
        aspects = differing_aspects(old, new)
        if aspects:
            changes.append(CaseChange(name, old["determination"], new["determination"], aspects))
    return tuple(changes)


def _record(kernel: PolicyKernel, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        return record_in_force(kernel, facts)
    except EvaluationError:
        return UNDECIDED


def record_in_force(kernel: PolicyKernel, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a version says of a case as if it were in force. Raises EvaluationError."""
    readers = kernel.case_reader.facts
    dated = DATE_FACT in readers and readers[DATE_FACT].variable
    known = {name: facts[name] for name in facts if name in readers and (name != DATE_FACT or dated)}
    record = kernel.determine(known)
    names_version = kernel.effective_from is not None and known.get(DATE_FACT) is None
    return {**record, "notes": record["notes"][1:]} if names_version else record


def differing_aspects(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Aspect, ...]:
    """What two records of a case differ in."""
    return tuple(aspect for aspect in Aspect if _differs(old, new, aspect))


def _differs(old: Mapping[str, Any], new: Mapping[str, Any], aspect: Aspect) -> bool:
    """Whether two records say something else of an aspect; of criteria those count that both name."""
    if aspect is not Aspect.CRITERIA:
        return bool(_part(old, aspect) != _part(new, aspect))
    before, after = (
        {(row["sheet"], row["id"]): row["status"] for row in record.get("criteria", ())}
        for record in (old, new)
    )
    return any(before[row] != after[row] for row in before.keys() & after.keys())


def _part(record: Mapping[str, Any], aspect: Aspect) -> Any:
    """What the record says of an aspect."""
    if aspect is Aspect.DETERMINATION:
        return record["determination"]
    if aspect is Aspect.WORDING:
        return [record.get(key) for key in TEXT_KEYS]
    return record.get(_LIST_KEYS[aspect], [])
