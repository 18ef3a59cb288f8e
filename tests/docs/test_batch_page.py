"""The example on the page on batches runs, and answers as the single case does."""

from __future__ import annotations

import pytest

import dmn_dli
from tests.docs.pages import ROOT, blocks

pytest.importorskip("pyarrow", reason="batches need the extra batch: numpy and pyarrow")

PAGE = ROOT / "docs" / "batch.md"


def test_the_example_answers_as_single_cases_are_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (example,) = blocks(PAGE, "python")
    printed: list[dict[str, object]] = []
    exec(example.text, {"print": printed.append})  # noqa: S102 - the page's own example
    policy = dmn_dli.load_policy("tables/molina-2025-02-12.xlsx")
    cases = [
        {"service": "donor lymphocyte infusion", "transplant_type": "autologous"},
        {"service": "donor lymphocyte infusion"},
        {"service": "other"},
    ]
    found = [policy.evaluate(facts) for facts in cases]
    assert [row["case_id"] for row in printed] == ["1", "2", "3"]
    assert [row["determination"] for row in printed] == [each.determination for each in found]
    assert [row["missing_facts"] for row in printed] == [[*each.missing_facts] for each in found]
