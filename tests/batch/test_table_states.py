"""Tables without a diagram leave the same of known rows as of single cases."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="batches need the extra batch: numpy and pyarrow")

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from dmn_dli.batch import table_states
from dmn_dli.batch.columns import ColumnReader
from dmn_dli.batch.table_states import ALONE, TableStates
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.runtime.errors import EvaluationError
from tests.bench.tables_in_memory import BenchColumn, as_policy, random_facts, random_rules
from tests.linking.books import fact, policy, table

FACTS = (
    fact("dose", "number", "[0..10]"),
    fact("flag", "boolean", nullable=True),
    fact("name", "string", "red, green, blue"),
)
_CELLS = {
    "Dose": ("-", "< 5", "[2..7)", "5, 8", "not(3)"),
    "Flag": ("-", "true", "false, null"),
    "Name": ("-", "red", "green, blue", "not(red)"),
}
_CASES = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "dose": st.sampled_from([0, 2, 2.5, 3, 5, 7, 8, 10, 99]),
            "flag": st.sampled_from([True, False, None]),
            "name": st.sampled_from(["red", "green", "blue"]),
        },
    ),
    min_size=1,
    max_size=30,
)


def numbers(states: TableStates, kernel: PolicyKernel, cases: list[dict[str, Any]]) -> list[int]:
    """The number of each case; values that its fact cannot have count as unknown, as in batches."""
    columns: dict[int, Any] = {}
    for name, fact_reader in kernel.case_reader.facts.items():
        reader = ColumnReader(fact_reader)
        read = [reader.atom(case[name]) if name in case else 0 for case in cases]
        columns[fact_reader.variable] = np.maximum(np.array(read, np.intp), 0)
    return [int(each) for each in states.of(columns, len(cases))]


@pytest.mark.parametrize("hit_policy", ["F", "U", "A", "P", "C", "R", "C+", "C#"])
def test_what_fires_in_a_row_is_what_fires_in_the_single_case(
    hit_policy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_states, "_BLOCK", 1)
    monkeypatch.setattr(table_states, "_CHUNK", 7)
    entries = ["1", "2", "3"]
    row_4 = {"P": "3, 1, 2", "C+": "number"}.get(hit_policy)

    @settings(max_examples=20)
    @given(st.data())
    def held(data: st.DataObject) -> None:
        count = data.draw(st.sampled_from([1, 3, 70]))
        rules = [
            [*[data.draw(st.sampled_from(cells)) for cells in _CELLS.values()], entries[at % 3]]
            for at in range(count)
        ]
        headings = [*[f"IF {name}" for name in _CELLS], "THEN Result"]
        asked = policy(FACTS, table("Result", hit_policy, headings, [None, None, None, row_4], *rules))
        kernel, cases = asked.kernel, data.draw(_CASES)
        assert TableStates.fits(kernel, kernel.final)
        states = TableStates(kernel, kernel.final)
        for case, number in zip(cases, numbers(states, kernel, cases), strict=True):
            try:
                record = kernel.determine(case)
            except EvaluationError:
                assert number == ALONE or case.get("dose") == 99, "of bad values batches know themselves"
                continue
            if len(case) < len(FACTS) and hit_policy in ("C", "R"):
                assert number == ALONE, "of lists it is asked rule by rule"
            if number == ALONE:
                continue
            answered.append(number)
            left = states.residuals[number]
            assert [dict(each) for each in left.rules] == record["rules"]
            assert kernel.determined(left)["missing_facts"] == record["missing_facts"]
            assert left.determinations == record["possible_determinations"]

    answered: list[int] = []
    held()
    assert answered


def test_a_thousand_rules_beyond_any_diagram_are_answered_as_single_cases() -> None:
    columns = (
        BenchColumn("region", tuple(f"region {number}" for number in range(12))),
        BenchColumn("member", (False, True)),
        BenchColumn("age", upto=120),
        BenchColumn("amount", upto=5_000),
    )
    asked = as_policy(columns, random_rules(columns, 1_000, 1))
    kernel = asked.kernel
    cases = random_facts(columns, 9_000, 2)
    states = TableStates(kernel, kernel.final)
    batch = pa.RecordBatch.from_pylist(cases)
    atoms = {
        each.variable: ColumnReader(each).atoms(batch.column(name))
        for name, each in kernel.case_reader.facts.items()
    }
    found = states.of(atoms, len(cases)).tolist()
    for case, number in zip(cases[::30], found[::30], strict=True):
        assert states.residuals[number].determinations == [asked.decide("Result", case)]


def test_where_states_are_too_large_further_rows_that_lack_facts_are_asked_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rules = ["> 3", "true", "red", "1"], ["-", "false", "-", "2"], ["-", "-", "-", "3"]
    headings = [*[f"IF {name}" for name in _CELLS], "THEN Result"]
    kernel = policy(FACTS, table("Result", "F", headings, None, *rules)).kernel
    monkeypatch.setattr(table_states, "_MOST", 1)
    states = TableStates(kernel, kernel.final)
    cases: list[dict[str, Any]] = [
        {"dose": 5},
        {"flag": True},
        {"dose": 5},
        {"dose": 5, "flag": True, "name": "red"},
    ]
    first, second, again, known = numbers(states, kernel, cases)
    assert states.full
    assert (first, second) == (again, ALONE)
    assert states.residuals[first].determinations == ["1", "2", "3"]
    assert states.residuals[known].determinations == ["1"], "nothing else could say it"


def test_tables_that_ask_for_more_than_facts_do_not_fit() -> None:
    scope = table(
        "Scope", "U", ["IF Name", "THEN Scope"], [None, "in, out"], ["red", "in"], ["not(red)", "out"]
    )
    final = table("Final", "F", ["IF Scope", "IF Dose + 1", "THEN Final"], None, ["in", "> 3", "yes"])
    kernel = policy(FACTS, scope, final).kernel
    assert TableStates.fits(kernel, kernel.decisions[0])
    assert not TableStates.fits(kernel, kernel.final)
    assert all(each.doubtful for each in TableStates(kernel, kernel.decisions[0]).residuals)
