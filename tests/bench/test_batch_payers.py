"""The payers' policies over record batches of random claims, distinct and repeated.

`make bench` prints rows a second; answers are checked, the times never.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="batches need the extra batch: numpy and pyarrow")

from dmn_dli.batch.evaluator import COLUMNS, BatchEvaluator
from tests import payers
from tests.batch.arrow import answer
from tests.bench import claims
from tests.bench.numpy_gather import COLUMNS as COLUMNS_OF_GATHER
from tests.bench.numpy_gather import gather
from tests.bench.tables_in_memory import random_facts
from tests.bench.timing import rates

pytestmark = pytest.mark.bench

FIVE = ("determination", "rule", "citation", "possible_determinations", "missing_facts")


@pytest.mark.parametrize("columns", [FIVE, COLUMNS], ids=["five-columns", "all-columns"])
@pytest.mark.parametrize("name", payers.WORKBOOKS)
def test_a_payers_policy_on_random_claims(name: str, columns: Sequence[str]) -> None:
    kernel = payers.kernel(name)
    plainly = gather(COLUMNS_OF_GATHER, random_facts(COLUMNS_OF_GATHER, claims.ROWS, 4))
    for repeated in (False, True):
        said = []
        for unknown in (0.0, 0.1):
            batch, further = claims.batches(
                2 * claims.ROWS, unknown=unknown, repeated=repeated, names=list(kernel.case_reader.facts)
            )
            evaluator = BatchEvaluator(kernel, columns)
            got = evaluator.evaluate(batch).slice(0, 200).to_pylist()
            for facts, each in zip(batch.slice(0, 200).to_pylist(), got, strict=True):
                want = answer(kernel, {key: value for key, value in facts.items() if key != "case_id"})
                assert each == {column: want[column] for column in columns}
            # A batch that was not met before, once; then the same again.
            first = rates({"": _evaluation(evaluator, further)}, claims.ROWS, 1)[""]
            again = rates({"": _evaluation(evaluator, further)}, claims.ROWS, 5)[""]
            known = "all known" if not unknown else "a tenth unknown"
            said.append(f"{known} {again:.2f} ({first:.2f} in a batch's first run)")
        kind = "repeated" if repeated else "distinct"
        print(
            f"\n{name}, {len(columns)} columns, {kind}, million rows/s: {', '.join(said)}; "
            f"numpy's gather here {rates({'': plainly}, claims.ROWS, 9)['']:.0f}"
        )


def _evaluation(evaluator: BatchEvaluator, batch: Any) -> Any:
    return lambda: evaluator.evaluate(batch)
