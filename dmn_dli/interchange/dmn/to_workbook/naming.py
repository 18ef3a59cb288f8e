"""What a workbook calls the facts, decisions and outputs of a model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from dmn_dli.feel import syntax
from dmn_dli.interchange.dmn.expressions import DecisionTable, Extension
from dmn_dli.interchange.dmn.model import Decision, Definitions, InputData
from dmn_dli.interchange.dmn.ours import attribute, one_of
from dmn_dli.interchange.dmn.policy.layout import output_name
from dmn_dli.interchange.dmn.to_workbook.guesses import Guesses
from dmn_dli.interchange.dmn.to_workbook.kept import KeptBook, criterion_of
from dmn_dli.interchange.layouts.naming import decision_name, fact_name, tab_name, unique
from dmn_dli.model.repair import plain_word


@frozen
class Names:
    """Names of the workbook, by those of the policy (facts by path, `Decision.output`).

    nodes: what stands in a cell for each name that an expression of the policy may use.
    outputs: of a decision that is a table, the headings of its outputs.
    """

    facts: Mapping[str, str]
    decisions: Mapping[str, str]
    tabs: Mapping[str, str]
    outputs: Mapping[str, tuple[str, ...]]
    nodes: Mapping[str, syntax.Node]


def names_of(
    definitions: Definitions,
    facts: Iterable[str],
    decisions: Mapping[str, Decision],
    kept: KeptBook | None,
    guesses: Guesses,
) -> Names:
    """facts: by path. decisions: by the policy's names, in the order of the sheets."""
    inputs = {each.name: each for each in definitions.inputs}
    fact_names = _facts(facts, inputs)
    taken = {plain_word(name) for name in (*fact_names, *fact_names.values())}
    tabs_taken = {"policy", "facts", "notes", "notes of the import"}
    own: dict[str, str] = {}
    tabs: dict[str, str] = {}
    outputs: dict[str, tuple[str, ...]] = {}
    nodes: dict[str, syntax.Node] = {name: syntax.Name(new) for name, new in fact_names.items()}
    for name, decision in decisions.items():
        criterion = criterion_of(decision, kept)
        own[name], tabs[name] = _decision(name, decision, criterion, taken, tabs_taken)
        if own[name] != name and one_of(decision, "table") is None and criterion is None:
            guesses.add(decision.place, f'The decision "{name}" is called "{own[name]}" in the workbook.')
        taken.add(plain_word(own[name]))
        tabs_taken.add(plain_word(tabs[name]))
        nodes[name] = syntax.Name(own[name])
        if isinstance(decision.expression, DecisionTable):
            outputs[name] = headings(name, own[name], decision.expression)
            for position, heading in enumerate(outputs[name]):
                known = output_name(name, decision.expression, position)
                nodes[f"{name}.{known}"] = syntax.Name(f"{own[name]}.{heading}")
    return Names(fact_names, own, tabs, outputs, nodes)


def headings(name: str, own: str, table: DecisionTable) -> tuple[str, ...]:
    """What stands above the outputs: the label that our export wrote, else what expressions call them."""
    found = []
    for position, clause in enumerate(table.outputs):
        ours = one_of(clause, "row4") is not None and clause.label
        known = output_name(name, table, position)
        found.append(clause.label if ours else (own if known == name else known))
    return tuple(unique(found))


def _facts(facts: Iterable[str], inputs: Mapping[str, InputData]) -> dict[str, str]:
    """A fact keeps a name that is one of a dictionary's; another becomes snake case."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for path in facts:
        fact = one_of(inputs[path], "fact") if path in inputs else None
        name = (attribute(fact, "name") or path) if fact is not None else fact_name(path, taken)
        names[path] = name
        taken.add(name)
    return names


def _decision(
    name: str, decision: Decision, row: Extension | None, taken: set[str], tabs: set[str]
) -> tuple[str, str]:
    """A decision's name and its tab; row: what it says as a row of a sheet of criteria, which has no tab."""
    table, criterion = one_of(decision, "table"), one_of(decision, "criterion")
    if table is not None:
        return attribute(table, "name") or name, attribute(table, "sheet") or name
    if row is not None:
        return attribute(row, "name") or name, ""
    called = ""
    if criterion is not None and attribute(criterion, "counts") != "true":
        called = attribute(criterion, "name")
    # A row whose sheet is gone keeps the name by which the other sheets read it.
    own = called if called and plain_word(called) not in taken else decision_name(name, taken)
    return own, tab_name(own, tabs)
