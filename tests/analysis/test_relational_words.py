"""What is said of columns whose cells read other facts."""

from __future__ import annotations

import pytest

from dmn_dli.analysis.check import analyse
from dmn_dli.analysis.proof import Proof
from dmn_dli.analysis.relational_words import in_cells
from tests.linking.books import fact, linked, table

FACTS = [
    fact("score", "number", "[0..100]"),
    fact("lab", "number", "[0..100]", nullable=True),
    fact("level", "number", "[0..100]"),
    fact("birth", "date"),
    fact("start", "date"),
]


def proof(clause: str, *tests: str) -> Proof:
    rules = [(test, f"result {number}") for number, test in enumerate(tests)]
    return analyse(linked(FACTS, table("T", "U", [f"IF {clause}", "THEN T"], None, *rules))).proofs[0]


@pytest.mark.parametrize(
    ("clause", "tests", "cell"),
    [
        ("score", ("> level", "< level"), "not(> level, < level)"),
        ("start", ('< birth + duration("P18Y")',), 'not(< birth + duration("P18Y"))'),
        ("lab", ("> level", "< level", "null"), "not(> level, < level, null)"),
    ],
)
def test_a_gap_beside_relational_cells_is_told_as_the_cell_that_closes_it(
    clause: str, tests: tuple[str, ...], cell: str
) -> None:
    gap = proof(clause, *tests).gaps[0]
    assert gap.cells == (cell,)
    assert gap.certain
    whole = proof(clause, *tests, cell)
    assert (whole.complete, whole.overlap_free) == (True, True)


@pytest.mark.parametrize(
    ("clause", "tests", "words"),
    [
        ("lab", ("> level", "< level"), "none of > level, < level"),  # null lies there too
        ("score", ("> lab", "<= lab"), "none of > lab, <= lab"),
        ("score", ("not(< level)",), "not not(< level)"),
    ],
)
def test_what_no_cell_can_hold_is_told_in_words_alone(
    clause: str, tests: tuple[str, ...], words: str
) -> None:
    gap = proof(clause, *tests).gaps[0]
    assert gap.words[0][1] == words
    assert gap.cells == ("",)


def test_an_overlap_of_relational_cells_names_both() -> None:
    shared = proof("score", ">= level", "<= level").overlaps[0]
    assert shared.words == (("Score", "accepted by >= level and <= level"),)


def test_a_remedy_asks_for_a_condition_and_not_for_any_value() -> None:
    policy = linked(FACTS, table("T", "U", ["IF lab", "THEN T"], None, ("> level", "a"), ("< level", "b")))
    told = next(each for each in analyse(policy).findings if each.code.code == "DT510")
    assert "a condition that such cases meet in B7" in told.remedy


def test_a_set_that_is_neither_told_nor_left_over_is_bounded_on_both_sides() -> None:
    cells = {"a": 0b0111, "b": 0b1000, "-": 0b11111}
    assert in_cells(cells, 0b0001, 0b11111, nullable=False, doubtful=False).text == (
        "accepted by a but not accepted by b"
    )
