"""A record says why a clause or an output is null where an expression has no value for what it is given."""

from __future__ import annotations

from dmn_dli.evaluate.kernel import PolicyKernel
from tests.linking.books import fact, kernel, linked, table

_FACTS = [
    fact("weight", "number", nullable=True),
    fact("height", "number", nullable=True),
    fact("words", "string", nullable=True),
]


def _index() -> PolicyKernel:
    """A clause over two numbers, which no diagram answers."""
    made = table("D", "F", ["IF weight / height", "THEN D"], [None, "a, b"], ["< 20", "a"], ["-", "b"])
    return kernel(linked(_FACTS, made))


def _sum() -> PolicyKernel:
    """An output that is computed from numbers of any value."""
    made = table(
        "D", "F", ["IF weight", "THEN D"], [None, "expression"], ["> 0", "weight / height"], ["-", "0"]
    )
    return kernel(linked(_FACTS, made))


def test_a_clause_without_a_value_says_why() -> None:
    record = _index().determine({"weight": 60, "height": 0})
    assert record["determination"] == "b"
    assert record["notes"] == ["D!B3: 60 is divided by zero"]


def test_an_output_without_a_value_says_why_where_its_rule_decides() -> None:
    assert _sum().determine({"weight": 60, "height": 0})["notes"][-1] == "D!C5: 60 is divided by zero"
    assert not any("zero" in note for note in _sum().determine({"weight": 0, "height": 0})["notes"])


def test_what_has_a_value_or_is_handed_a_null_says_nothing() -> None:
    asked = _index()
    assert asked.determine({"weight": 60, "height": 2})["notes"] == []
    assert asked.determine({"weight": None, "height": 2})["notes"] == []


def test_what_is_not_known_is_not_worked_out() -> None:
    notes = _index().determine({"height": 0})["notes"]
    assert not any("divided" in note for note in notes)


def test_the_same_case_has_the_same_notes_again() -> None:
    asked = _index()
    records = [asked.determine({"weight": 60, "height": 0}) for _ in range(2)]
    assert records[0] == records[1]


def test_what_reads_another_table_knows_its_value() -> None:
    first = table("A", "F", ["IF weight", "THEN A"], [None, "number"], ["> 10", "0"], ["-", "2"])
    final = table("D", "F", ["IF height / A + weight", "THEN D"], [None, "a, b"], ["< 20", "a"], ["-", "b"])
    asked = kernel(linked(_FACTS, first, final))
    assert asked.determine({"weight": 60, "height": 3})["notes"] == ["D!B3: 3 is divided by zero"]
    assert asked.determine({"weight": 6, "height": 3})["notes"] == []
