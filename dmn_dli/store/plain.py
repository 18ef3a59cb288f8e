"""Compiled policies as plain data, which `marshal` writes, and back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from dmn_dli.runtime.compiled import CompiledPolicy, DerivedClause
from dmn_dli.runtime.marks import Mark
from dmn_dli.runtime.policy import Assumption, Criterion, Decision, Diagram, Fact, Outcome, Policy, Rule

SHAPE = tuple(
    [
        (each.__name__, *each._fields)
        for each in (
            CompiledPolicy,
            DerivedClause,
            Policy,
            Fact,
            Decision,
            Rule,
            Outcome,
            Diagram,
            Assumption,
            Criterion,
            Mark,
        )
    ]
)
"""What the plain data is made of: data of another shape is not read."""


def to_plain(value: Any) -> Any:
    """Named tuples as tuples of their fields; decimals and dates as tagged text; all else as it is."""
    if isinstance(value, tuple):
        return tuple([to_plain(each) for each in value])
    if value.__class__ is dict:
        return {key: to_plain(each) for key, each in value.items()}
    if isinstance(value, Decimal):
        return ("Decimal", str(value))
    return ("date", value.isoformat()) if isinstance(value, date) else value


def from_plain(data: Any) -> CompiledPolicy:
    """The compiled policy in plain data. Raises TypeError or ValueError for data of another form."""
    policy, linked, derived, values = data
    return CompiledPolicy(_policy(policy), linked, tuple([DerivedClause(*each) for each in derived]), values)


def _policy(data: Any) -> Policy:
    policy = Policy(*data)
    return policy._replace(
        facts=tuple([_fact(each) for each in policy.facts]),
        decisions=tuple([_decision(each) for each in policy.decisions]),
        assumptions=tuple([_assumption(each) for each in policy.assumptions]),
        criteria=tuple([Criterion(*each) for each in policy.criteria]),
    )


def _fact(data: Any) -> Fact:
    fact = Fact(*data)
    if fact.type in ("string", "boolean"):
        return fact._replace(marks=tuple([Mark(*each) for each in fact.marks])) if fact.marks else fact
    return fact._replace(
        values=tuple([_scalar(each) for each in fact.values]),
        cuts=tuple([_scalar(each) for each in fact.cuts]),
    )


def _scalar(data: tuple[str, str]) -> Any:
    kind, text = data
    return Decimal(text) if kind == "Decimal" else date.fromisoformat(text)


def _decision(data: Any) -> Decision:
    decision = Decision(*data)
    return decision._replace(
        rules={identifier: Rule(*rule) for identifier, rule in decision.rules.items()},
        diagram=None if decision.diagram is None else Diagram(*decision.diagram),
        outcomes=tuple([Outcome(*each) for each in decision.outcomes]),
        default=Rule(*decision.default),
        parts={rule: Diagram(*part) for rule, part in decision.parts.items()},
        items=tuple([(item, Diagram(*where)) for item, where in decision.items]),
    )


def _assumption(data: Any) -> Assumption:
    assumption = Assumption(*data)
    return assumption._replace(diagram=Diagram(*assumption.diagram))
