"""What the known facts settle of each decision."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from dmn_dli.source.runtime.facts import DeterminationError, _problem, read_facts
from dmn_dli.source.runtime.terms import Assumption, Decision, Diagram, Known, Outcome, Policy, Settled


def settle(policy: Policy, known: Known) -> dict[str, Settled]:
    """What is settled of each decision: by its function where all it reads is known, else by its diagram.

    Raises DeterminationError where the facts contradict the assumptions.
    """
    _refuse_impossible(policy, known.classes)
    values = dict(known.values)
    settled: dict[str, Settled] = {}
    for decision in policy.decisions:
        if decision.function is not None and all(name in values for name in decision.reads):
            outcomes = {0: decision.function(*[values[name] for name in decision.reads])}
        else:
            outcomes = _reached(decision, known.classes)
        settled[decision.name] = Settled(decision, known.classes, outcomes)
        if len(outcomes) == 1:
            (outcome,) = outcomes.values()
            values[decision.name] = outcome.value
            if isinstance(outcome.value, dict):
                values |= {f"{decision.name}.{name}": value for name, value in outcome.value.items()}
    return settled


def by_diagram(policy: Policy, name: str, facts: Mapping[str, Any]) -> Outcome:
    """A decision's outcome for facts that settle it. Raises DeterminationError where they do not."""
    decision = next(each for each in policy.decisions if each.name == name)
    outcomes = list(_reached(decision, read_facts(policy.facts, facts).classes).values())
    if len(outcomes) > 1:
        raise DeterminationError("case", [_problem(f"The facts do not settle {name}.", decision=name)])
    return outcomes[0]


def _reached(decision: Decision, classes: Mapping[str, int]) -> dict[int, Outcome]:
    reached, _ = spread(decision.diagram, classes, range(len(decision.outcomes)))
    found = {number: decision.outcomes[number] for number in sorted(reached)}
    possible = {number: each for number, each in found.items() if each.trouble != ("impossible",)}
    return possible or found


def _refuse_impossible(policy: Policy, classes: Mapping[str, int]) -> None:
    def contradicted(each: Assumption) -> bool:
        reached, _ = spread(each.diagram, classes, range(len(each.possible)))
        return not any(each.possible[number] for number in reached)

    problems = [
        _problem(
            f"The facts contradict the assumption {each.place}: {each.text} ({each.reason})", cell=each.place
        )
        for each in policy.assumptions
        if contradicted(each)
    ]
    if not problems and policy.assumptions:
        final = next(each for each in policy.decisions if each.name == policy.final)
        if any(each.trouble == ("impossible",) for each in _reached(final, classes).values()):
            places = ", ".join(each.place for each in policy.assumptions)
            problems = [_problem(f"The facts contradict the assumptions taken together: {places}")]
    if problems:
        raise DeterminationError("case", problems)


def spread(
    diagram: Diagram, classes: Mapping[str, int], answers: Sequence[Hashable]
) -> tuple[set[Any], set[str]]:
    """The answers that remain while facts are unknown, and the unknown facts on which the answer depends.

    answers: for each outcome what counts as its answer. A fact is depended on where two completions of
    the facts that differ in it alone lead to different answers.
    """
    reached: set[Hashable] = set()
    memory: dict[int, Hashable] = {}
    nodes: dict[Hashable, str] = {}

    def visit(number: int) -> Hashable:
        number = _follow(diagram, number, classes)
        if number < 0:
            reached.add(answers[~number])
            return ("answer", answers[~number])
        if number not in memory:
            fact, *children = diagram.nodes[number]
            below = tuple([visit(child) for child in children])
            memory[number] = below[0]
            if len(set(below)) > 1:
                memory[number] = known.setdefault((fact, *below), ("node", len(known)))
                nodes[memory[number]] = fact
        return memory[number]

    known: dict[Hashable, Hashable] = {}
    visit(diagram.root)
    return reached, set(nodes.values())


def _follow(diagram: Diagram, number: int, classes: Mapping[str, int]) -> int:
    """The node, or the outcome, to which the known facts lead from here."""
    while number >= 0 and classes[diagram.nodes[number][0]]:
        number = diagram.nodes[number][classes[diagram.nodes[number][0]]]
    return number
