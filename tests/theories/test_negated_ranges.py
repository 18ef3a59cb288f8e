"""Cells such as `not([birth..birth + duration("P30D")])`: nothing is within a range that lacks an end."""

from __future__ import annotations

import pytest

from dmn_dli.analysis.check import analyse
from dmn_dli.analysis.proof import Proof
from tests.linking.books import fact, linked, table

FACTS = [
    fact("score", "number", "[0..100]"),
    fact("lab", "number", "[0..100]", nullable=True),
    fact("level", "number", "[0..100]"),
    fact("birth", "date"),
    fact("start", "date"),
    fact("seen", "date", nullable=True),
]


def proof(clauses: list[str], *rows: tuple[str, ...]) -> Proof:
    rules = [(*row, f"result {number}") for number, row in enumerate(rows)]
    headings = [*[f"IF {each}" for each in clauses], "THEN T"]
    return analyse(linked(FACTS, table("T", "U", headings, None, *rules))).proofs[0]


@pytest.mark.parametrize(
    "within", ["[birth..start]", '[birth..birth + duration("P30D")]', "[2020-01-01..birth)"]
)
@pytest.mark.parametrize("clause", ["start", "seen"])
def test_a_range_between_facts_and_what_lies_outside_are_all_dates(clause: str, within: str) -> None:
    found = proof([clause], (within,), (f"not({within}, null)",), ("null",))
    told = found.complete, found.overlap_free
    # A rule for null is idle where the fact is never null, and nothing is held against it here.
    assert told == (True, True)


def test_what_lies_outside_does_not_hold_without_a_value() -> None:
    found = proof(["seen"], ("[birth..start]",), ("not([birth..start])",))
    assert (found.complete, found.overlap_free) == (False, True)
    assert [(each.witness["seen"], each.certain) for each in found.gaps] == [(None, True)]


def test_neither_holds_without_an_end_of_the_range() -> None:
    both = [("[level..lab]", "-"), ("not([level..lab])", "-")]
    found = proof(["score", "score >= level"], *both)
    assert (found.complete, found.overlap_free) == (False, True)
    assert all(each.witness["lab"] is None and each.certain for each in found.gaps)
    # Below the one end, too: not within is no more certain there than anywhere else.
    above = proof(["score", "score >= level", "lab"], *[(*row, "-") for row in both], ("-", "true", "null"))
    assert above.complete is False
    witness = above.gaps[0].witness
    assert witness["lab"] is None
    assert witness["score"] < witness["level"]
    whole = proof(["score", "lab"], *both, ("-", "null"))
    assert (whole.complete, whole.overlap_free) == (True, True)
