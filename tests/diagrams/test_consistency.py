"""What guards diagrams takes a bounded number of steps, and says the same whoever asked before."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dmn_dli.diagrams import consistency as module
from dmn_dli.diagrams.composition import Composition
from dmn_dli.diagrams.consistency import consistency
from dmn_dli.diagrams.guard import MOST_PARTS
from dmn_dli.diagrams.transfer import compiled_diagram
from dmn_dli.tables.linked import LinkedPolicy
from dmn_dli.theories.linear import LinearTheory
from dmn_dli.theories.ranges import RangeTheory
from tests.theories.workbooks import workbook


def _policy() -> LinkedPolicy:
    """Five terms over five facts that hang together: more than 300,000 steps as a whole."""
    return workbook(5008, hard=True).policy


def _found(policy: LinkedPolicy, steps: int) -> Sequence[object]:
    """The diagrams, each by itself."""
    composition = Composition(policy, {})
    store = composition.store
    store.allow(1_000_000)
    return [compiled_diagram(store, root) for root in consistency(composition, MOST_PARTS, steps)]


@pytest.mark.parametrize("steps", [3_000, 30_000])
def test_the_theories_take_no_more_steps_than_are_allowed(
    monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    made: list[RangeTheory | LinearTheory] = []
    for theory in (RangeTheory, LinearTheory):
        original = theory.__init__

        def noted(self, group, original=original):  # type: ignore[no-untyped-def]
            original(self, group)
            made.append(self)

        monkeypatch.setattr(theory, "__init__", noted)
    _found(_policy(), steps)
    # A single question may go somewhat beyond what is left.
    assert 0 < sum(theory.steps for theory in made) < steps * 1.1


def test_a_group_that_takes_too_many_steps_is_gone_through_in_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    original = module._worked_out

    def noted(composition, group, most):  # type: ignore[no-untyped-def]
        root, steps = original(composition, group, most)
        sizes.append(len(group.terms) if root is not None else 0)
        return root, steps

    monkeypatch.setattr(module, "_worked_out", noted)
    _found(_policy(), 60_000)
    assert sizes[0] == 0
    assert {1, 2} <= set(sizes[1:])


def test_what_was_asked_before_changes_nothing() -> None:
    policy = _policy()
    for steps in (9_000, 3_000, 12_000, 9_000):
        assert _found(policy, steps) == _found(_policy(), steps)
