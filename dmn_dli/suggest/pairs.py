"""Pairs of cases that show the effect of one cell alone (modified condition/decision coverage).

For each cell of a rule that asks for something: a case that uses the rule, and
one that differs in a single fact and for which that cell no longer accepts, all
others of the rule still do. Where two cells hang on one another so that there is
no such pair, the others need not accept.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import permutations
from typing import Any

from attrs import evolve, frozen

from dmn_dli.analysis.reach import both, everywhere, nowhere
from dmn_dli.compiler.build import DecisionDiagram
from dmn_dli.compiler.diagram import Diagrams, TooLarge
from dmn_dli.compiler.payload import facts_read
from dmn_dli.model.cell import cell_name
from dmn_dli.suggest.ground import STEPS, Facts, Ground
from dmn_dli.suggest.known_cases import KnownCase
from dmn_dli.suggest.paths import fixed, outcome
from dmn_dli.suggest.probes import Probe
from dmn_dli.suggest.rules import contributing
from dmn_dli.suggest.suggestion import Aim, SuggestedCase, Unreached, shown

_FIRST_CASES = 12
"""With how many cases that use a rule a second one is sought."""


@frozen
class Condition:
    """A cell of a rule that asks for something; `roots` are the diagrams of the masks of all columns.

    alone: whether the other cells of the rule must still accept.
    """

    decision: DecisionDiagram
    rule: int
    column: int
    roots: tuple[int, ...]
    alone: bool = True

    @property
    def identifier(self) -> str:
        """The rule's id."""
        table = self.decision.logic.table
        return table.table.rules[table.rule_indexes[self.rule]].id

    @property
    def words(self) -> str:
        """The cell as messages name it."""
        table = self.decision.logic.table
        column = table.columns[self.column]
        cell = column.cells[self.rule]
        return f"{column.label} `{cell.text}` ({cell_name(table.table.sheet, cell.reference)})"


@frozen
class _Pair:
    """A case that uses a rule, and the change of one fact after which a cell no longer accepts."""

    first: KnownCase
    fact: str
    probe: Probe


def pair_cases(ground: Ground, suggested: list[KnownCase]) -> Iterator[SuggestedCase | Unreached]:
    """The cases that pairs lack; `suggested` cases count as there."""
    for condition in _conditions(ground):
        made = _lacking(ground, condition, suggested)
        if made is None:
            made = _lacking(ground, evolve(condition, alone=False), suggested)
        if made is None:
            made = []
            what = f"no two cases were found that show {condition.words} of rule {condition.identifier} alone"
            yield Unreached(Aim.PAIR, condition.decision.name, condition.identifier, what)
        suggested += [KnownCase(each.name, each.facts) for each in made]
        yield from made


def _lacking(ground: Ground, condition: Condition, suggested: list[KnownCase]) -> list[SuggestedCase] | None:
    """The cases that a pair lacks, none where it is there; None where there can be no pair."""
    known = [*ground.cases, *suggested]
    pairs = list(_known_pairs(ground, condition, known))
    present = {_key(ground, case.facts) for case in known}
    if any(_key(ground, _second(pair)) in present for pair in pairs):
        return []
    return [_second_case(ground, condition, pairs[0])] if pairs else _new_pair(ground, condition)


def _conditions(ground: Ground) -> Iterator[Condition]:
    for decision in ground.diagrams.decisions:
        table, columns = decision.logic.table, ground.diagrams.columns
        ground.diagrams.store.allow(STEPS)
        try:
            roots = tuple(columns.column(table, *each) for each in enumerate(decision.logic.columns))
        except TooLarge:
            continue
        for position, column in enumerate(table.columns):
            for rule, test in enumerate(column.rules):
                if column.tests[test].tests:
                    yield Condition(decision, rule, position, roots)


def _known_pairs(ground: Ground, condition: Condition, known: list[KnownCase]) -> Iterator[_Pair]:
    """Changes of one fact of a known case that uses the rule, such that the cell no longer accepts."""
    column = condition.decision.logic.table.columns[condition.column]
    read = facts_read(ground.policy.linked, frozenset(column.names))
    names = [name for name in ground.variables if name in read]
    using = [
        case
        for case in known
        if condition.identifier in ground.used(case.facts).get(condition.decision.name, ())
    ]
    for case in using[:_FIRST_CASES]:
        atoms = ground.atoms(case.facts)
        for name in names:
            number = ground.variables[name].number
            for probe in ground.probes[name]:
                if number not in atoms or probe.atom == atoms[number]:
                    continue
                changed = {**atoms, number: probe.atom}
                if _refuses(ground, condition, changed) and ground.possible(changed):
                    yield _Pair(case, name, probe)


def _refuses(ground: Ground, condition: Condition, atoms: dict[int, int]) -> bool:
    masks = [outcome(ground.diagrams.store, root, atoms) for root in condition.roots]
    accepts = [isinstance(mask, int) and bool(mask >> condition.rule & 1) for mask in masks]
    others = [each for position, each in enumerate(accepts) if position != condition.column]
    refused = isinstance(masks[condition.column], int) and not accepts[condition.column]
    return refused and (not condition.alone or all(others))


def _second(pair: _Pair) -> Facts:
    return {**pair.first.facts, pair.fact: pair.probe.value}


def _key(ground: Ground, facts: Any) -> frozenset[tuple[int, int]]:
    """Equal for cases that no cell tells apart."""
    return frozenset(ground.atoms(facts).items())


def _second_case(ground: Ground, condition: Condition, pair: _Pair) -> SuggestedCase:
    fact = ground.variables[pair.fact].fact
    before = shown(ground.policy.kernel.case_reader.values(pair.first.facts)[pair.fact])
    after = shown(pair.probe.value)
    decision = condition.decision.name
    name = f"{decision}: rule {condition.identifier} and {fact.label} {after}"
    why = (
        f'As "{pair.first.name}", but {fact.label} is {after} instead of {before}: '
        f"rule {condition.identifier} then does not fire, because of {condition.words}{_alone(condition)}."
    )
    values = ground.policy.kernel.case_reader.values(_second(pair))
    return SuggestedCase(name, ground.plain(values), why, Aim.PAIR, decision, condition.identifier, pair.fact)


def _alone(condition: Condition) -> str:
    return " alone" if condition.alone else ""


def _new_pair(ground: Ground, condition: Condition) -> list[SuggestedCase] | None:
    """Two new cases, where no known case that uses the rule has a second; None where there are none."""
    diagrams, root = ground.diagrams, condition.decision.root
    store = diagrams.store
    store.allow(STEPS)
    if root is None:
        return None
    try:
        uses = both(store, contributing(ground, root, condition.rule), diagrams.admissible)
        refuses = both(store, _refusing(ground, condition), diagrams.admissible)
        for name in ground.variables:
            found = _pair_over(ground, condition, name, uses, refuses)
            if found:
                return found
    except TooLarge:
        return None
    return None


def _pair_over(
    ground: Ground, condition: Condition, name: str, uses: int, refuses: int
) -> list[SuggestedCase]:
    """Two cases that differ in a given fact."""
    store, variable = ground.diagrams.store, ground.variables[name]
    tried = {probe.atom: probe for probe in ground.probes[name]}
    for first, second in permutations(tried.values(), 2):
        goal = both(
            store,
            fixed(store, uses, variable.number, first.atom),
            fixed(store, refuses, variable.number, second.atom),
        )
        facts = ground.case_for(goal, partial(_uses, ground, condition, {name: first.value}))
        if facts is not None:
            one = _first_case(ground, condition, {**facts, name: first.value})
            return [one, _second_case(ground, condition, _Pair(KnownCase(one.name, one.facts), name, second))]
    return []


def _uses(ground: Ground, condition: Condition, given: Facts, facts: Facts) -> bool:
    """Whether a case with some facts given uses the rule."""
    return condition.identifier in ground.used({**facts, **given}).get(condition.decision.name, ())


def _first_case(ground: Ground, condition: Condition, facts: Facts) -> SuggestedCase:
    decision, column = condition.decision.name, condition.decision.logic.table.columns[condition.column]
    name = f"{decision}: rule {condition.identifier} for {column.label}"
    why = f"Rule {condition.identifier} is used, and hangs on {condition.words}{_alone(condition)}."
    return SuggestedCase(name, ground.plain(facts), why, Aim.PAIR, decision, condition.identifier)


def _refusing(ground: Ground, condition: Condition) -> int:
    """Where the cell does not accept (and the others do). Raises TooLarge."""
    store = ground.diagrams.store
    found = everywhere(store)
    for position, root in enumerate(condition.roots):
        if position == condition.column:
            found = both(store, found, store.map(root, partial(_bit, store, condition.rule, wanted=0)))
        elif condition.alone:
            found = both(store, found, store.map(root, partial(_bit, store, condition.rule, wanted=1)))
    return found


def _bit(store: Diagrams, rule: int, mask: Any, *, wanted: int) -> int:
    return everywhere(store) if isinstance(mask, int) and mask >> rule & 1 == wanted else nowhere(store)
