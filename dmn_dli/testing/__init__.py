"""Property tests for decision tables: strategies for facts, and assertions that clinicians can read.

    policy = dmn_dli.load_policy("tables/molina-2025-02-12.xlsx")
    assert_complete(policy, "Scope")
    assert_no_overlap(policy, "Scope")

The same checks run without any code: `pytest --dmn-tables tables/`.
"""

from __future__ import annotations

try:
    import hypothesis as _hypothesis  # noqa: F401 - asked for here so that its absence is said in plain words
except ImportError as error:
    raise ImportError('dmn_dli.testing needs Hypothesis: pip install "dmn-dli[test]"') from error

from dmn_dli.testing.assertions import (
    TableFailure,
    assert_claims,
    assert_complete,
    assert_determined,
    assert_hit_policy,
    assert_no_overlap,
)
from dmn_dli.testing.strategies import facts_for

__all__ = [
    "TableFailure",
    "assert_claims",
    "assert_complete",
    "assert_determined",
    "assert_hit_policy",
    "assert_no_overlap",
    "facts_for",
]
