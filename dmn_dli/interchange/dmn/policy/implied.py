"""Input data that a model does not declare, but its tables read: many tools leave it out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import evolve

from dmn_dli.feel.builtins import BUILTIN_NAMES
from dmn_dli.interchange.dmn.expressions import DecisionTable, InformationItem
from dmn_dli.interchange.dmn.lower_graph import DrgElement, variable_name
from dmn_dli.interchange.dmn.model import Decision, Definitions, InputData, Requirement
from dmn_dli.interchange.dmn.policy.layout import HEADINGS
from dmn_dli.linking.reporter import Reporter
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.dmn_policy_codes import IMPLIED_INPUT
from dmn_dli.model.finding import Finding

_NAME = re.compile(r"[^\W\d]\w*\Z")
_NO_NAMES = frozenset({"true", "false", "null", "item", *BUILTIN_NAMES})


def with_implied_inputs(definitions: Definitions) -> tuple[Definitions, tuple[Finding, ...]]:
    """The model with input data for each lone name in an input clause that nothing of the model bears.

    Each is told, at the first clause that reads it.
    """
    elements: tuple[DrgElement, ...] = (
        *definitions.inputs,
        *definitions.decisions,
        *definitions.knowledge,
        *definitions.services,
    )
    known = {name for each in elements for name in (each.name, variable_name(each))}
    known |= {each.name for each in definitions.imports}
    added: dict[str, InputData] = {}
    findings: list[Finding] = []
    decisions = []
    for decision in definitions.decisions:
        reporter = Reporter(definitions.file, decision.name, decision.name)
        names = {name: column for column, name in _lone_names(decision) if name not in known}
        for name, column in names.items():
            if name not in added:
                message = (
                    f'The clause reads "{name}", which the model does not declare; it is taken for a fact.'
                )
                reporter.add(IMPLIED_INPUT, Cell(HEADINGS, column, CellKind.TEXT, name), message)
                added[name] = InputData(id=_id(name), name=name, variable=InformationItem(name=name))
        findings += reporter.findings
        arrows = tuple(Requirement(kind="requiredInput", href=f"#{_id(name)}") for name in names)
        decisions.append(evolve(decision, requirements=(*decision.requirements, *arrows)))
    if not added:
        return definitions, ()
    inputs = (*definitions.inputs, *added.values())
    return evolve(definitions, inputs=inputs, decisions=tuple(decisions)), tuple(findings)


def _id(name: str) -> str:
    return f"implied input {name}"


def _lone_names(decision: Decision) -> Iterator[tuple[int, str]]:
    """The input clauses of a decision's table that are one word, by the columns in which they would stand."""
    if isinstance(decision.expression, DecisionTable):
        for column, clause in enumerate(decision.expression.inputs, 2):
            text = clause.expression.text.strip() if clause.expression is not None else ""
            if _NAME.match(text) and text not in _NO_NAMES:
                yield column, text
