"""Hypothesis strategies for the facts of a policy or of one of its decisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from attrs import frozen
from hypothesis import assume
from hypothesis import strategies as st

from dmn_dli.diagrams.variables import FactVariable
from dmn_dli.feel import DateValue, FeelType, compile_expression, from_python
from dmn_dli.feel.python_dates import FIRST_DATE, LAST_DATE
from dmn_dli.policy import Policy
from dmn_dli.suggest.probes import plain, probes
from dmn_dli.tables.linked import FactSource, LinkedPolicy
from dmn_dli.tables.logic import ColumnLogic
from dmn_dli.tables.orders import SOME_DATE
from dmn_dli.testing.criteria_aims import Aim, CriteriaAims, criteria_aims, narrow
from dmn_dli.theories.lowering import fact_domains

Facts: TypeAlias = dict[str, Any]


def facts_for(
    policy: Policy, decision: str | None = None, *, unknown: bool = False
) -> st.SearchStrategy[Facts]:
    """Facts as `policy.evaluate` and `policy.decide` take them, such as the assumptions allow.

    decision: the decision whose facts are wanted, with those of the decisions that
    it requires; None for all facts that the tables read. unknown: leave some facts
    out too. Half of the cases are made to pass the cells of some rules, and to make
    some row of a sheet of criteria met or not met, and values
    at, just below and just above the constants of the cells are the most frequent.
    Raises KeyError for a decision that does not exist.
    """
    linked = policy.linked
    decisions = linked.requires(decision) if decision else frozenset(linked.by_name)
    assumed = frozenset(name for assumption in linked.assumptions for name in assumption.names)
    read = linked.facts_read(decisions) | assumed
    choices = [
        _Choice.of(FactVariable(number, linked.dictionary.by_name[name], domain))
        for number, (name, domain) in enumerate(fact_domains(linked).items(), 1)
        if name in read
    ]
    aims = _aims(linked, decisions, choices)
    criteria = criteria_aims(linked, decisions, {choice.name: choice.values for choice in choices})
    return _facts(choices, aims, criteria, _possible(linked), unknown)


@frozen
class _Choice:
    """A fact with the values to try, and a strategy for all others that it may have."""

    name: str
    values: tuple[Any, ...]
    others: st.SearchStrategy[Any] | None

    @classmethod
    def of(cls, variable: FactVariable) -> _Choice:
        values = tuple(plain(probe.value) for probe in probes(variable))
        return cls(variable.fact.name, values, _others(variable))


def _others(variable: FactVariable) -> st.SearchStrategy[Any] | None:
    """Values from anywhere in a fact's domain; None where the values to try are all there are."""
    domain = variable.domain
    if domain.finite:
        return None
    anywhere: st.SearchStrategy[Any]
    if domain.type is FeelType.DATE:
        anywhere = st.dates(*_days(domain.cuts))
    elif domain.type is FeelType.NUMBER:
        low, high = _span(domain.cuts, Decimal(0), Decimal(1000))
        if variable.fact.type.value == "integer":
            anywhere = st.integers(int(low), int(high))
        else:
            hundredths = st.integers(int(low * 100), int(high * 100))
            anywhere = hundredths.map(lambda number: plain(Decimal(number) / 100))
    else:
        anywhere = st.text("abcxyz ", max_size=6).filter(lambda text: text == text.strip())
    return anywhere.filter(lambda value: domain.locate(from_python(value)) >= 0)


def _span(cuts: Sequence[Any], middle: Decimal, margin: Decimal) -> tuple[Decimal, Decimal]:
    """A stretch that holds all cuts and something on either side."""
    first, last = (cuts[0], cuts[-1]) if cuts else (middle, middle)
    return first - margin, last + margin


def _days(cuts: Sequence[DateValue]) -> tuple[date, date]:
    """A stretch that holds all cuts and a year on either side, as far as the calendar of facts goes."""
    first, last = (cuts[0].day, cuts[-1].day) if cuts else (SOME_DATE.day, SOME_DATE.day)
    low, high = max(first - _MARGIN, FIRST_DATE.day), min(last + _MARGIN, LAST_DATE.day)
    return date.fromordinal(low), date.fromordinal(high)


_MARGIN = 400

_NO_AIM: Aim = {}


def _aims(linked: LinkedPolicy, decisions: frozenset[str], choices: Sequence[_Choice]) -> list[list[Aim]]:
    """For each table what passes each of its rules, as far as its clauses are facts."""
    by_name = {choice.name: choice for choice in choices}
    tables = []
    for table in linked.tables:
        if table.name not in decisions:
            continue
        aims: list[Aim] = [{} for _ in table.rule_indexes]
        for column in table.columns:
            if not isinstance(column.source, FactSource) or column.reads:
                continue
            name = column.source.fact.name
            masks = [ColumnLogic(column).mask(from_python(value), {}) for value in by_name[name].values]
            for rule, aim in enumerate(aims):
                passing = [each for each, mask in enumerate(masks) if mask >> rule & 1]
                both = [each for each in passing if each in aim.get(name, passing)]
                if both and len(both) < len(masks):
                    aim[name] = tuple(both)
        tables.append([aim for aim in aims if aim])
    return [aims for aims in tables if aims]


def _possible(linked: LinkedPolicy) -> Callable[[Facts], bool]:
    """Whether no assumption rules facts out."""
    assumptions = [(each.names, compile_expression(each.tree)) for each in linked.assumptions]

    def possible(facts: Facts) -> bool:
        return all(
            holds({name: from_python(facts[name]) for name in names}) is not False
            for names, holds in assumptions
        )

    return possible


@st.composite
def _facts(
    draw: st.DrawFn,
    choices: Sequence[_Choice],
    tables: Sequence[Sequence[Aim]],
    criteria: CriteriaAims,
    possible: Callable[[Facts], bool],
    unknown: bool,
) -> Facts:
    wanted: Aim = {}
    aimed = draw(st.booleans())
    if aimed:
        drawn = [*criteria.draw(draw), *[draw(st.sampled_from([_NO_AIM, *aims])) for aims in tables]]
        for aim in drawn:
            for name, passing in aim.items():
                narrow(wanted, name, passing)
    facts: Facts = {}
    for choice in choices:
        if choice.name in wanted:
            facts[choice.name] = choice.values[draw(st.sampled_from(wanted[choice.name]))]
        elif choice.others is not None and draw(st.integers(0, 3)) == 3:
            facts[choice.name] = draw(choice.others)
        else:
            facts[choice.name] = draw(st.sampled_from(choice.values))
    assume(possible(facts))
    return {name: value for name, value in facts.items() if not unknown or draw(st.booleans())}
