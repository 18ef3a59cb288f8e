"""Which assumptions over several facts stand, and which are refused."""

from __future__ import annotations

import pytest

from dmn_dli.source.module import NotCompilable, module_source
from dmn_dli.theories.lowering import lower
from tests.linking.books import assuming, fact, kernel, linked, table

FACTS = [
    fact("lean_mass", "number", "[0..300]"),
    fact("weight", "number", "[0..300]"),
    fact("flag", "boolean"),
]
PLAIN = linked(FACTS, table("D", "U", ["IF flag", "THEN D"], None, ["true", "x"], ["false", "y"]))


def test_facts_may_be_compared_with_each_other_and_reckoned_with() -> None:
    for condition in ("lean_mass < weight", "lean_mass >= 0.2 * weight", "flag or lean_mass + weight > 3"):
        policy = assuming(PLAIN, condition)
        assert [finding.text for finding in policy.findings if finding.is_error] == []
        assert lower(policy).over_terms(0)
    assert not lower(assuming(PLAIN, "flag or weight > 3")).over_terms(0)


def test_work_that_grows_with_a_list_is_refused_with_what_may_be_written() -> None:
    policy = assuming(
        PLAIN, "some each in [lean_mass, weight] satisfies sum(for i in 1..each return i) > weight"
    )
    (error,) = [finding for finding in policy.findings if finding.is_error]
    assert "Write it with comparisons of facts, such as: lean_mass < weight" in error.text


def test_of_two_assumptions_the_one_that_cannot_be_traced_is_told() -> None:
    policy = assuming(PLAIN, "flag", "count(for i in 1..weight return i) > lean_mass", "lean_mass < weight")
    (error,) = [finding for finding in policy.findings if finding.is_error]
    assert "count(for" in error.text


def test_a_module_cannot_carry_one_and_says_so() -> None:
    with pytest.raises(NotCompilable, match="Assumptions!A2 has no finite number of classes"):
        module_source(kernel(assuming(PLAIN, "lean_mass < weight")))
