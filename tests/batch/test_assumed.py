"""Assumptions, and tables whose rules fire in too many sets, are told of rows as of single cases."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow", reason="batches need the extra batch: numpy and pyarrow")

from dmn_dli.batch.assumed import AssumedRows
from dmn_dli.batch.record_columns import RecordColumns
from dmn_dli.diagrams import build
from dmn_dli.runtime.diagram import compatible
from dmn_dli.tables.linked import LinkedPolicy
from tests.batch.test_record_columns import KEYS, agrees
from tests.linking.books import assuming as with_assumption
from tests.linking.books import fact, kernel, linked, table
from tests.properties.many_rules import many_rules
from tests.properties.test_assumptions import assuming
from tests.reference.policy import Oracle

_SETTINGS = settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))


@pytest.fixture(params=[-1, 100])
def sets(request: pytest.FixtureRequest) -> Iterator[None]:
    """With tables in parts, and without."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "MOST_SETS", request.param)
        yield


@pytest.mark.usefixtures("sets")
@_SETTINGS
@given(st.one_of(assuming(), many_rules()), st.data())
def test_random_policies(policy: LinkedPolicy, data: st.DataObject) -> None:
    agrees(Oracle(policy), RecordColumns(kernel(policy), KEYS), data, 12, 2)


def test_rows_are_possible_where_some_completion_fulfils_all_assumptions_together() -> None:
    facts = [fact(name, "boolean") for name in ("one", "two", "three")]
    rows = [["true", "yes", "page 1"], ["false", "no", "page 2"]]
    headings = ["IF one", "THEN answer", "NOTE Citation"]
    policy = linked(facts, table("Final", "U", headings, None, *rows), payer="acme")
    made = kernel(with_assumption(policy, "one = two", "two = three", "one or not(three)"))
    assert made.analysable
    assumed = AssumedRows(made.policy)
    conditions = [(each.diagram, each.possible) for each in made.policy.assumptions]
    variables = sorted({each for diagram, _ in conditions for each in diagram.variables})
    assert len(variables) == 3
    grid = np.array(np.meshgrid(*[range(3)] * 3)).reshape(3, -1)
    atoms = dict(zip(variables, grid.astype(np.int8), strict=True))
    found = assumed.possible(atoms, 27)
    want = []
    for row in range(27):
        placed = [0] * (made.policy.variables + 1)
        for variable, column in atoms.items():
            placed[variable] = int(column[row])
        want.append(compatible(conditions, placed))
    assert found.tolist() == want
    assert 0 < sum(want) < 27
    assert assumed.possible(atoms, 27).tolist() == want
    assert not assumed.full
