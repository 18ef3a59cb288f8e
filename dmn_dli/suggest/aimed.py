"""Cases made to pass the cells of one rule, for tables whose diagrams are too large to be searched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from dmn_dli.analysis.gaps import SearchLimitError
from dmn_dli.diagrams.build import DecisionDiagram
from dmn_dli.diagrams.store import TooLarge
from dmn_dli.suggest.ground import STEPS, Facts, Ground, first_that
from dmn_dli.tables.linked import FactSource

TRIES = 40
"""How many cases made for a rule are tried."""


def case_of(
    ground: Ground,
    decision: DecisionDiagram,
    rule: int,
    region: Callable[[], int],
    check: Callable[[Facts], bool],
) -> Facts | None:
    """A case that passes a check: by the rule's cells where diagrams are large, else out of a region.

    region: gives the diagram of the cases to look among, asked for where the decision has one; may raise
    TooLarge.
    """
    if decision.root is None or not ground.small:
        found = first_that(check, islice(aimed(ground, decision, rule), TRIES))
        if found is not None or decision.root is None:
            return found
    ground.diagrams.store.allow(STEPS)
    try:
        return ground.case_for(region(), check)
    except (TooLarge, SearchLimitError):
        return None


def aimed(ground: Ground, decision: DecisionDiagram, rule: int) -> Iterator[Facts]:
    """Typical cases that pass the cells of a rule as far as its clauses are facts.

    The first changes as little as can be; in each of the others one fact has another value.
    """
    made = dict(ground.bases[0])
    names = []
    for position, logic in enumerate(decision.logic.columns):
        source = logic.column.source
        if not isinstance(source, FactSource) or logic.column.reads:
            continue
        name = source.fact.name
        masks = ground.masks(decision, position)
        locate = ground.variables[name].domain.locate
        tried = [made[name], *[probe.value for probe in ground.probes[name]]]
        passing = [value for value in tried if masks[locate(value)] >> rule & 1]
        if not passing:
            return
        made[name] = passing[0]
        names.append(name)
    yield made
    for name in names:
        yield from ground.combinations(made, [name])
