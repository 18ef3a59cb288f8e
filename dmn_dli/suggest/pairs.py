"""Pairs of cases that show the effect of one cell alone (modified condition/decision coverage).

For each cell of a rule that asks for something: a case that uses the rule, and
one that differs in a single fact and for which that cell no longer accepts, all
others of the rule still do. Where two cells hang on one another so that there is
no such pair, the others need not accept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import partial
from itertools import permutations
from typing import Any, TypeAlias

from attrs import evolve, frozen

from dmn_dli.analysis.gaps import SearchLimitError
from dmn_dli.cases.rows import KnownCase
from dmn_dli.diagrams.build import DecisionDiagram
from dmn_dli.diagrams.cases import both, everywhere, restrict, result, where
from dmn_dli.diagrams.store import TooLarge
from dmn_dli.model.cell import cell_name
from dmn_dli.runtime.criterion import MET, NOT_MET
from dmn_dli.suggest.criteria import standing_as
from dmn_dli.suggest.ground import STEPS, Facts, Ground
from dmn_dli.suggest.probes import Probe
from dmn_dli.suggest.rules import contributing
from dmn_dli.suggest.suggestion import Aim, SuggestedCase, Unreached, shown
from dmn_dli.tables.linked import Criterion

_FIRST_CASES = 12
"""With how many cases that use a rule a second one is sought, where there is none."""

_Key: TypeAlias = frozenset[tuple[int, int]]
"""The atoms of a case by variable."""


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
    def criterion(self) -> Criterion | None:
        """The criterion whose condition it is; None for a rule of a table."""
        return self.decision.logic.table.criterion

    @property
    def identifier(self) -> str:
        """The rule's id; of a criterion the status that it has where its cells hold."""
        table = self.decision.logic.table
        return MET if self.criterion else table.rules[self.rule].id

    @property
    def whose(self) -> str:
        """The rule, or the criterion, as messages name it."""
        return f"criterion {self.criterion.id}" if self.criterion else f"rule {self.identifier}"

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


class _Known:
    """The cases that there are, by the rules that they use."""

    def __init__(self, ground: Ground, cases: Iterable[KnownCase]) -> None:
        self.ground = ground
        self.keys: set[_Key] = set()
        self.using: dict[tuple[str, str], list[KnownCase]] = {}
        for case in cases:
            self.add(case)

    def add(self, case: KnownCase) -> None:
        self.keys.add(self.key(case.facts))
        for decision, rules in self.ground.used(case.facts).items():
            for rule in rules:
                self.using.setdefault((decision, rule), []).append(case)

    def key(self, facts: Mapping[str, Any]) -> _Key:
        """Equal for cases that no cell tells apart."""
        return frozenset(self.ground.atoms(facts).items())


def pair_cases(ground: Ground, suggested: list[KnownCase]) -> Iterator[SuggestedCase | Unreached]:
    """The cases that pairs lack; `suggested` cases count as there."""
    known = _Known(ground, (*ground.cases, *suggested))
    for condition in _conditions(ground):
        made = _lacking(ground, condition, known)
        if made is None:
            made = _lacking(ground, evolve(condition, alone=False), known)
        if made is None:
            made = []
            what = f"no two cases were found that show {condition.words} of {condition.whose} alone"
            yield Unreached(Aim.PAIR, condition.decision.name, _rule(condition), what)
        for case in made:
            known.add(KnownCase(case.name, case.facts))
        yield from made


def _lacking(ground: Ground, condition: Condition, known: _Known) -> list[SuggestedCase] | None:
    """The cases that a pair lacks, none where it is there; None where no pair was found."""
    using = known.using.get((condition.decision.name, condition.identifier), [])
    if next(_known_pairs(ground, condition, using, known.keys), None) is not None:
        return []
    pair = next(_known_pairs(ground, condition, using[:_FIRST_CASES]), None)
    return _new_pair(ground, condition) if pair is None else [_second_case(ground, condition, pair)]


def _conditions(ground: Ground) -> Iterator[Condition]:
    criteria = [each for each in ground.diagrams.criteria if not _is_group(each)]
    for decision in (*ground.diagrams.tables, *criteria):
        table, columns = decision.logic.table, ground.diagrams.columns
        ground.diagrams.store.allow(STEPS)
        try:
            roots = tuple(columns.column(table, *each) for each in enumerate(decision.logic.columns))
        except TooLarge:
            continue
        for position, column in enumerate(table.columns):
            for rule, test in enumerate(column.rules):
                # Of a criterion's table the first rule says that it is met; a group's cells are not its own.
                own = table.criterion is None or (rule == 0 and len(column.tests) > 1)
                if own and column.tests[test].tests:
                    yield Condition(decision, rule, position, roots)


def _known_pairs(
    ground: Ground, condition: Condition, using: Iterable[KnownCase], seconds: Set[_Key] | None = None
) -> Iterator[_Pair]:
    """Changes of one fact of cases that use the rule, such that the cell no longer accepts.

    seconds: the cases that a change may lead to; None for any.
    """
    column = condition.decision.logic.table.columns[condition.column]
    read = ground.policy.linked.facts_read(frozenset(column.names))
    names = [name for name in ground.variables if name in read]
    for case in using:
        atoms = ground.atoms(case.facts)
        for name in names:
            number = ground.variables[name].number
            for probe in ground.probes[name]:
                if number not in atoms or probe.atom == atoms[number]:
                    continue
                changed = {**atoms, number: probe.atom}
                if seconds is not None and frozenset(changed.items()) not in seconds:
                    continue
                if _refuses(ground, condition, changed) and ground.is_sound(changed):
                    yield _Pair(case, name, probe)


def _refuses(ground: Ground, condition: Condition, atoms: dict[int, int]) -> bool:
    masks = [result(ground.diagrams.store, root, atoms) for root in condition.roots]
    accepts = [isinstance(mask, int) and bool(mask >> condition.rule & 1) for mask in masks]
    others = [each for position, each in enumerate(accepts) if position != condition.column]
    refused = isinstance(masks[condition.column], int) and not accepts[condition.column]
    return refused and (not condition.alone or all(others))


def _second(pair: _Pair) -> Facts:
    return {**pair.first.facts, pair.fact: pair.probe.value}


def _second_case(ground: Ground, condition: Condition, pair: _Pair) -> SuggestedCase:
    fact = ground.variables[pair.fact].fact
    before = shown(ground.policy.kernel.case_reader.values(pair.first.facts)[pair.fact])
    after = shown(pair.probe.value)
    decision = condition.decision.name
    ceases = "is then not met" if condition.criterion else "then does not fire"
    about = NOT_MET if condition.criterion else condition.whose
    name = f"{decision}: {about} and {fact.label} {after}"
    why = (
        f'As "{pair.first.name}", but {fact.label} is {after} instead of {before}: '
        f"{condition.whose} {ceases}, because of {condition.words}{_alone(condition)}."
    )
    values = ground.policy.kernel.case_reader.values(_second(pair))
    return SuggestedCase(name, ground.plain(values), why, Aim.PAIR, decision, _rule(condition), pair.fact)


def _rule(condition: Condition) -> str:
    """The rule's id as suggestions name it."""
    return "" if condition.criterion else condition.identifier


def _is_group(decision: DecisionDiagram) -> bool:
    """Whether it is a group, whose own cells are conditions of its members."""
    criterion = decision.logic.table.criterion
    return criterion is not None and criterion.needs is not None


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
        uses = both(store, _using(ground, condition), ground.sound)
        refuses = both(store, _refusing(ground, condition), ground.sound)
        for name in ground.variables:
            found = _pair_over(ground, condition, name, uses, refuses)
            if found:
                return found
    except (TooLarge, SearchLimitError):
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
            restrict(store, uses, variable.number, first.atom),
            restrict(store, refuses, variable.number, second.atom),
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
    about, holds = (MET, "met") if condition.criterion else (condition.whose, "used")
    name = f"{decision}: {about} for {column.label}"
    whose = condition.whose[0].upper() + condition.whose[1:]
    why = f"{whose} is {holds}, and hangs on {condition.words}{_alone(condition)}."
    return SuggestedCase(name, ground.plain(facts), why, Aim.PAIR, decision, _rule(condition))


def _using(ground: Ground, condition: Condition) -> int:
    """Where the rule is used, or the criterion is met. Raises TooLarge."""
    if condition.criterion:
        return standing_as(ground, condition.decision, MET)
    return contributing(ground, condition.decision, condition.rule)


def _refusing(ground: Ground, condition: Condition) -> int:
    """Where the cell does not accept (and the others do). Raises TooLarge."""
    store = ground.diagrams.store
    found = everywhere(store)
    for position, root in enumerate(condition.roots):
        refuses = position == condition.column
        if refuses or condition.alone:
            accepted = partial(_accepts, condition.rule, wanted=not refuses)
            found = both(store, found, where(store, root, accepted))
    return found


def _accepts(rule: int, mask: Any, *, wanted: bool) -> bool:
    return isinstance(mask, int) and bool(mask >> rule & 1) is wanted
