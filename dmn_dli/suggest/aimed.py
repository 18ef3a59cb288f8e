"""Cases made to pass the cells of one rule, for tables whose diagrams are too large to be searched."""

from __future__ import annotations

from collections.abc import Iterator

from dmn_dli.diagrams.build import DecisionDiagram
from dmn_dli.suggest.ground import Facts, Ground
from dmn_dli.tables.linked import FactSource

TRIES = 40
"""How many cases made for a rule are tried."""


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
