"""A policy on known facts, table after table; on facts of which some are unknown, by all completions.

docs/semantics.md, "Unknown is not no" and "Assumptions".
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from math import prod
from typing import Any

from dmn_dli.tables.linked import LinkedPolicy, LinkedTable
from tests.reference.criteria import Criteria, Row, Status
from tests.reference.tables import Answer, answer_of, expression, part, plain
from tests.reference.values import literals, values_of

Case = dict[str, Any]
"""A FEEL value for each fact, or for those that are known."""


class Oracle:
    """A linked policy, read naively.

    tables: the decision tables in sheet order; criteria: the rows of the sheets of criteria.
    names: the facts that some table, row or assumption reads; domains: for each the values that stand for
        all.
    """

    def __init__(self, policy: LinkedPolicy) -> None:
        self.policy = policy
        self.criteria = Criteria(policy)
        linked = self.criteria.linked
        self.tables = [linked.by_name[table.name] for table in policy.workbook.tables]
        self.by_name = {table.name: table for table in self.tables}
        self.final = self.by_name[policy.workbook.policy.final_decision or ""]
        self.conditions = [expression(each.tree) for each in policy.assumptions]
        read = {name for each in (*linked.tables, *policy.assumptions) for name in _reads(each)}
        self.names = sorted(read & set(policy.dictionary.by_name))
        self._needs: dict[str, set[str]] = {}
        self._required: dict[str, set[str]] = {}
        self.order = self._order()
        points = literals(linked)
        self.domains = {name: values_of(policy.dictionary.by_name[name], points) for name in self.names}
        self._answers: dict[tuple[str, str], Answer] = {}

    def decide(self, facts: Mapping[str, Any], wanted: str = "") -> dict[str, Answer]:
        """Every decision and row on one complete case; what requires something without a value has none.

        wanted: the only one that is asked for.
        """
        scope = {name: facts.get(name) for name in self.names}
        answers: dict[str, Answer] = {}
        for name in self.order:
            if wanted and name not in self.requires(wanted):
                continue
            if name in self.by_name:
                answers[name] = self._answer(self.by_name[name], scope, answers)
                scope |= known_as(self.by_name[name], answers[name].value)
            else:
                answers[name] = self._status(self.criteria.rows[name], scope, answers)
                scope[name] = answers[name].value
        return answers

    def needs(self, name: str) -> set[str]:
        """The decisions and rows of criteria that a decision or row reads."""
        if name not in self._needs:
            tables = self.by_name
            read = tables[name].reads if name in tables else self.criteria.reads(self.criteria.rows[name])
            known = self.criteria.linked.decision_names
            self._needs[name] = {known[each] for each in read if each in known}
        return self._needs[name]

    def requires(self, name: str) -> set[str]:
        """The decisions and rows that a decision or row needs, itself among them, all the way up."""
        if name not in self._required:
            self._required[name] = {name}.union(*(self.requires(each) for each in self.needs(name)))
        return self._required[name]

    def _order(self) -> list[str]:
        """Decisions and rows, each behind those that it reads."""
        order: dict[str, None] = {}

        def place(name: str) -> None:
            for each in sorted(self.needs(name) - order.keys()):
                place(each)
            order[name] = None

        for name in (*self.by_name, *self.criteria.rows):
            place(name)
        return list(order)

    def statuses(self, answers: Mapping[str, Answer]) -> dict[str, Status]:
        """What each row of criteria is."""
        return {name: answers[name].value for name in self.criteria.rows}

    def scope(self, facts: Mapping[str, Any], answers: Mapping[str, Answer]) -> dict[str, Any]:
        """All that a table or row may read of a case: its facts, decisions' values, rows' statuses."""
        scope = {**facts, **self.statuses(answers)}
        for table in self.tables:
            scope |= known_as(table, answers[table.name].value)
        return scope

    def _status(self, row: Row, scope: Mapping[str, Any], answers: Mapping[str, Answer]) -> Answer:
        if any(answers[name].trouble for name in self.needs(row.name)):
            return Answer((), None, ("upstream",))
        if not self.criteria.arrives(row, scope):
            return Answer((), None, ("arrival", row.name))
        return Answer((), self.criteria.status(row, scope))

    def _answer(self, table: LinkedTable, scope: Mapping[str, Any], answers: Mapping[str, Answer]) -> Answer:
        if any(answers[name].trouble for name in self.needs(table.name)):
            return Answer((), None, ("upstream",))
        key = table.name, repr([(name, scope[name]) for name in sorted(table.reads)])
        if key not in self._answers:
            self._answers[key] = self._without_gap(table, answer_of(table, scope))
        return self._answers[key]

    def _without_gap(self, table: LinkedTable, answer: Answer) -> Answer:
        """A payer's table with one answer due, no default, and no rule that fires, is an error."""
        due = table.hit_policy.value in ("U", "A", "P", "F") and not table.has_default
        if answer.rules or answer.trouble or not due or self.policy.workbook.generic:
            return answer
        return Answer((), None, ("gap", table.name))

    def unknown(self, facts: Mapping[str, Any]) -> list[str]:
        """The facts that are absent; null is a value of a nullable fact alone."""
        known = self.policy.dictionary.by_name
        return [
            name
            for name in self.names
            if facts.get(name) is None and not (name in facts and known[name].nullable)
        ]

    def count(self, facts: Mapping[str, Any]) -> int:
        """How many ways there are to fill in the unknown facts."""
        return prod(len(self.domains[name]) for name in self.unknown(facts))

    def completions(self, facts: Mapping[str, Any]) -> Iterator[Case]:
        """Every way to fill in the unknown facts that no assumption rules out; null rules out nothing."""
        unknown = self.unknown(facts)
        for values in product(*(self.domains[name] for name in unknown)):
            case = {**facts, **dict(zip(unknown, values, strict=True))}
            if all(holds(case) is not False for holds in self.conditions):
                yield case

    def determination(self, answer: Answer) -> Any:
        """The first output of the final decision, as JSON; of a payer's list that of its first entry."""
        value = plain(answer.value)

        def first(entry: Any) -> Any:
            return entry.get(self.final.outputs[0].name) if isinstance(entry, dict) else entry

        if not isinstance(value, list):
            return first(value)
        if self.policy.workbook.generic:
            return [first(entry) for entry in value]
        return first(value[0]) if value else None

    def failed(self, answers: Mapping[str, Answer]) -> bool:
        """Whether the case is an error: a conflict, an unlisted value, or no determination."""
        generic = self.policy.workbook.generic
        no_value = not generic and self.determination(answers[self.final.name]) is None
        return no_value or any(each.trouble for each in answers.values())

    def mattering(self, cases: Sequence[Case], unknown: Sequence[str], said: Sequence[Hashable]) -> set[str]:
        """The unknown facts on which it depends what is said; `said` holds one thing for each completion.

        They are those of each smallest set by which completions differ of which different things are said.
        Where no assumption binds the facts such a set is a single fact: one completion is turned into the
        other fact by fact, over completions, and at some step what is said changes.
        """
        if len(set(said)) == 1:
            return set()
        keys = _keys(cases, unknown)
        if not self.conditions:
            return {name for name in unknown if _parts(name, keys, said)}
        apart = {frozenset(_apart(keys[a], keys[b])) for a, b in self.smallest_steps(cases, unknown, said)}
        return set[str]().union(*apart)

    def smallest_steps(
        self, cases: Sequence[Case], unknown: Sequence[str], said: Sequence[Hashable]
    ) -> list[tuple[int, int]]:
        """Pairs of completions of which different things are said, apart in a smallest set of facts."""
        keys = _keys(cases, unknown)
        if not self.conditions:
            return [
                pair
                for name in unknown
                for alike in _alike_but_for(name, keys)
                for pair in combinations(alike, 2)
                if said[pair[0]] != said[pair[1]]
            ]
        apart = {
            (a, b): frozenset(_apart(keys[a], keys[b]))
            for a, b in combinations(range(len(cases)), 2)
            if said[a] != said[b]
        }
        sets = set(apart.values())
        smallest = {each for each in sets if not any(smaller < each for smaller in sets)}
        return [pair for pair, names in apart.items() if names in smallest]


def _keys(cases: Sequence[Case], unknown: Sequence[str]) -> list[dict[str, Hashable]]:
    """The completions' values of the unknown facts; true is not 1."""
    return [{name: (case[name].__class__, case[name]) for name in unknown} for case in cases]


def _apart(one: Mapping[str, Hashable], other: Mapping[str, Hashable]) -> Iterator[str]:
    return (name for name in one if one[name] != other[name])


def _alike_but_for(name: str, keys: Sequence[Mapping[str, Hashable]]) -> Iterable[list[int]]:
    """Completions that differ at most in one fact, together."""
    found: dict[Hashable, list[int]] = {}
    for at, key in enumerate(keys):
        found.setdefault(tuple(value for each, value in key.items() if each != name), []).append(at)
    return found.values()


def _parts(name: str, keys: Sequence[Mapping[str, Hashable]], said: Sequence[Hashable]) -> bool:
    """Whether two completions that differ in one fact alone have different things said of them."""
    seen: dict[Hashable, Hashable] = {}
    rest = (tuple(value for each, value in key.items() if each != name) for key in keys)
    return any(seen.setdefault(others, each) != each for others, each in zip(rest, said, strict=True))


def _reads(each: Any) -> frozenset[str]:
    """The names that a table or an assumption reads."""
    return each.reads if isinstance(each, LinkedTable) else each.names


def known_as(table: LinkedTable, value: Any) -> dict[str, Any]:
    """A decision's value under every name by which tables read it."""
    return {table.name: value} | {
        f"{table.name}.{each.name}": part(value, each.name) for each in table.outputs
    }
