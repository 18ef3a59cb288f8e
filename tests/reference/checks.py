"""What is proven of a table, by trying every case. docs/semantics.md, "What is proven of a table"."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

from attrs import frozen

from dmn_dli.model.facts import FactType
from dmn_dli.tables.linked import LinkedPolicy, LinkedTable
from tests.reference.policy import Oracle
from tests.reference.tables import Answer, answer_of, fired_rules

ONE_ANSWER = ("U", "A", "P", "F")
"""The hit policies of which every case needs a rule, and whose deciding rule has notes."""


@frozen
class Tried:
    """A case as it reaches one table: the facts, all that the table can read, the rules that fire."""

    facts: dict[str, Any]
    scope: dict[str, Any]
    fired: frozenset[int]
    answer: Answer


def tried(policy: LinkedPolicy) -> dict[str, list[Tried]]:
    """For each table the cases that reach it: what it requires has a value, and row 4 admits what arrives."""
    oracle = Oracle(policy)
    found: dict[str, list[Tried]] = {table.name: [] for table in policy.tables}
    for facts in oracle.completions({}):
        answers = oracle.decide(facts)
        scope = oracle.scope(facts, answers)
        for table in policy.tables:
            answer = answers[table.name]
            if not answer.trouble or answer.trouble[0] in ("conflict", "gap"):
                fired = frozenset(fired_rules(table, scope))
                found[table.name].append(Tried(facts, scope, fired, answer))
    return found


def witnessed(policy: LinkedPolicy, witness: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a witness as FEEL has them, of which it has JSON; whatever else it names is left out."""
    known = policy.dictionary.by_name
    return {name: _feel(value, known[name].type) for name, value in witness.items() if name in known}


def _feel(value: Any, kind: FactType) -> Any:
    if value is None:
        return None
    match kind:
        case FactType.NUMBER | FactType.INTEGER:
            return Decimal(str(value))
        case FactType.DATE:
            return date.fromisoformat(str(value))
    return value


def size(policy: LinkedPolicy) -> int:
    """How many combinations of facts there are to try."""
    return Oracle(policy).count({})


def complete(table: LinkedTable, cases: Iterable[Tried]) -> bool:
    """Whether in every case a rule fires, or a default answers."""
    return table.outputs[0].default is not None or all(each.fired for each in cases)


def overlap_free(cases: Iterable[Tried]) -> bool:
    """Whether in no case two rules fire together, whatever the hit policy."""
    return all(len(each.fired) < 2 for each in cases)


def overlaps(cases: Iterable[Tried]) -> Iterator[tuple[int, int]]:
    """The pairs of rules that fire together in some case."""
    for each in cases:
        yield from combinations(sorted(each.fired), 2)


def ever_fire(cases: Iterable[Tried]) -> frozenset[int]:
    """The rules that fire in some case; any other is dead."""
    return frozenset[int]().union(*[each.fired for each in cases])


def ever_decide(cases: Iterable[Tried]) -> set[int]:
    """The rules that contribute to the value in some case; one that fires and never does is masked."""
    return {rule for each in cases for rule in each.answer.rules}


def alike(one: LinkedTable, other: LinkedTable, cases: Sequence[Tried]) -> bool:
    """Whether a reader sees the same of both tables in every case."""
    return all(effect(one, each.scope) == effect(other, each.scope) for each in cases)


def effect(table: LinkedTable, scope: Mapping[str, Any]) -> Hashable:
    """What a reader sees of a table's answer: the value, and where one rule speaks its notes."""
    answer = answer_of(table, scope)
    notes = None
    if table.hit_policy.value in ONE_ANSWER and not answer.trouble:
        notes = frozenset(
            tuple(cell.text for cell in table.table.rules[table.rule_indexes[rule]].annotations)
            for rule in answer.rules
        )
    return repr(answer.value), answer.trouble, notes
