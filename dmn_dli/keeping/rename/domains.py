"""The values that names of a policy may have, where they can be listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from dmn_dli.keeping.rename.reading import output_name
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.tables.linked import AllowedValues, LinkedPolicy


def listed_values(policy: LinkedPolicy) -> Mapping[str, Sequence[object] | None]:
    """The values of facts and outputs, where they can be listed; null where they may be null."""
    facts = {fact.name: _fact_values(fact, policy.allowed.get(fact.name)) for fact in policy.dictionary.facts}
    outputs = {
        output_name(table.table, output): (*output.allowed.values, None)
        for table in policy.tables
        for output in table.outputs
        if output.allowed is not None
        and output.allowed.values is not None
        and not table.hit_policy.gives_list
    }
    criteria = {row.name: (True, False, None) for row in policy.criteria}
    return {**outputs, **criteria, **facts}


def _fact_values(fact: Fact, allowed: AllowedValues | None) -> Sequence[object] | None:
    listed = (True, False) if fact.type is FactType.BOOLEAN else allowed.values if allowed else None
    # An absent fact is null to an expression, whether the dictionary admits null or not.
    return None if listed is None else tuple(dict.fromkeys(chain(listed, [None])))
