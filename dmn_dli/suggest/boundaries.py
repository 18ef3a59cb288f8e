"""Cases on either side of each number and date at which a table's answer or a criterion's status changes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice, pairwise

from attrs import frozen

from dmn_dli.analysis.gaps import SearchLimitError
from dmn_dli.cases.rows import KnownCase
from dmn_dli.diagrams.build import DecisionDiagram
from dmn_dli.diagrams.cases import both, restrict, unequal
from dmn_dli.diagrams.store import TooLarge
from dmn_dli.feel import FeelType
from dmn_dli.feel.python_dates import feel_fact
from dmn_dli.model.cell import cell_name
from dmn_dli.suggest.aimed import aimed
from dmn_dli.suggest.ground import STEPS, Facts, Ground, first_that
from dmn_dli.suggest.probes import Probe, unit
from dmn_dli.suggest.suggestion import Aim, SuggestedCase, Unreached, shown
from dmn_dli.tables.linked import FactSource
from dmn_dli.tables.masks import members

_RULES = 5
"""For how many of the rules that change at a boundary of a large table a case is made."""


@frozen
class Boundary:
    """Two neighbouring values of a fact that a column treats differently.

    place: the column's heading, of a criterion its cell. changing: the rules whose cells accept only one of
    them.
    """

    decision: DecisionDiagram
    fact: str
    label: str
    place: str
    below: Probe
    above: Probe
    changing: int


def boundary_cases(ground: Ground, suggested: list[KnownCase]) -> Iterator[SuggestedCase | Unreached]:
    """For each boundary the sides that no case probes where it matters; `suggested` cases count too."""
    for boundary in _boundaries(ground):
        facts = _case(ground, boundary)
        if facts is None:
            what = f"no case was found in which {_words(boundary)} changes the answer"
            yield Unreached(Aim.BOUNDARY, boundary.decision.name, "", what)
            continue
        for side in (boundary.below, boundary.above):
            if any(_probes(ground, boundary, side, case) for case in (*ground.cases, *suggested)):
                continue
            case = _suggestion(ground, boundary, side, facts)
            suggested.append(KnownCase(case.name, case.facts))
            yield case


def _case(ground: Ground, boundary: Boundary) -> Facts | None:
    """A case in which the boundary matters."""
    check = partial(_matters, ground, boundary)
    if not ground.small:
        for rule in members(boundary.changing)[:_RULES]:
            found = first_that(check, islice(aimed(ground, boundary.decision, rule), 1))
            if found is not None:
                return found
    try:
        goal = _goal(ground, boundary)
        return None if goal is None else ground.case_for(goal, check)
    except (TooLarge, SearchLimitError):
        return None


def _boundaries(ground: Ground) -> Iterator[Boundary]:
    told: set[str] = set()
    for decision in (*ground.diagrams.tables, *ground.diagrams.criteria):
        table = decision.logic.table
        for position, logic in enumerate(decision.logic.columns):
            source = logic.column.source
            if not isinstance(source, FactSource) or logic.column.reads:
                continue
            name = source.fact.name
            if ground.variables[name].domain.type not in (FeelType.NUMBER, FeelType.DATE):
                continue
            masks = ground.masks(decision, position)
            place = cell_name(table.table.sheet, logic.column.clause.reference)
            if table.criterion is not None:
                # A group's cell is one of each of its members' tables; the first speaks for it.
                place = cell_name(table.table.sheet, logic.column.cells[0].reference)
                if place in told:
                    continue
                told.add(place)
            values = [probe for probe in ground.probes[name] if probe.value is not None]
            for below, above in pairwise(sorted(values, key=lambda probe: probe.value)):
                changing = masks[below.atom] ^ masks[above.atom]
                if changing:
                    yield Boundary(decision, name, source.fact.label, place, below, above, changing)


def _goal(ground: Ground, boundary: Boundary) -> int | None:
    """Where the decision's outcome differs between the two sides, whatever the fact is. Raises TooLarge."""
    root = boundary.decision.root
    if root is None:
        return None
    diagrams = ground.diagrams
    store, variable = diagrams.store, ground.variables[boundary.fact].number
    store.allow(STEPS)
    sides = (boundary.below.atom, boundary.above.atom)
    left, right = [restrict(store, root, variable, atom) for atom in sides]
    goal = unequal(store, left, right)
    for atom in sides:
        goal = both(store, goal, restrict(store, ground.sound, variable, atom))
    return goal


def _matters(ground: Ground, boundary: Boundary, facts: Facts) -> bool:
    used = [
        ground.used({**facts, boundary.fact: side.value}).get(boundary.decision.name)
        for side in (boundary.below, boundary.above)
    ]
    return None not in used and used[0] != used[1]


def _probes(ground: Ground, boundary: Boundary, side: Probe, case: KnownCase) -> bool:
    """Whether a case stands close enough to a boundary, on this side, and where it matters."""
    values = ground.policy.kernel.case_reader.values(case.facts)
    value = values.get(boundary.fact)
    domain = ground.variables[boundary.fact].domain
    if value is None or domain.locate(feel_fact(value)) != side.atom:
        return False
    other = boundary.above if side is boundary.below else boundary.below
    if not domain.atoms[side.atom].single and abs(value - other.value) > unit(other.value):
        return False
    read = ground.policy.linked.facts_read(boundary.decision.logic.table.reads)
    return read <= values.keys() and _matters(ground, boundary, values)


def _suggestion(ground: Ground, boundary: Boundary, side: Probe, facts: Facts) -> SuggestedCase:
    name = f"{boundary.decision.name}: {boundary.label} {shown(side.value)}"
    why = f"{_words(boundary)}: the answer changes there."
    given = ground.plain({**facts, boundary.fact: side.value})
    return SuggestedCase(name, given, why, Aim.BOUNDARY, boundary.decision.name, fact=boundary.fact)


def _words(boundary: Boundary) -> str:
    between = f"{shown(boundary.below.value)} and {shown(boundary.above.value)}"
    return f"{boundary.label} ({boundary.place}) between {between}"
