"""Of many edits the few are found that show a thing together, with a bounded number of trials."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.merge.smallest import SpentError, smallest


@given(st.sets(st.integers(0, 40), min_size=1), st.data())
def test_what_is_needed_is_found_and_nothing_besides(items: set[int], data: st.DataObject) -> None:
    needed = data.draw(st.sets(st.sampled_from(sorted(items)), min_size=1))
    assert smallest(sorted(items), lambda part: needed <= set(part)) == sorted(needed)


def test_one_of_a_thousand_takes_few_trials() -> None:
    trials = []

    def shows(part: Sequence[int]) -> bool:
        trials.append(part)
        return 700 in part

    assert smallest(range(1000), shows) == [700]
    assert len(trials) <= 22


def test_when_the_trials_are_spent_what_was_found_so_far_is_the_answer() -> None:
    left = 3

    def shows(part: Sequence[int]) -> bool:
        nonlocal left
        if left == 0:
            raise SpentError
        left -= 1
        return 0 in part

    assert smallest(range(64), shows) == list(range(8))
