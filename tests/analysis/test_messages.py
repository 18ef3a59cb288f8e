"""What the analysis says of each example, word for word, in `messages.txt`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from dmn_dli.analysis.check import analyse
from dmn_dli.analysis.findings import winners_unknown
from dmn_dli.analysis.registry import CRITERIA_CHECKS, POLICY_CHECKS, TABLE_CHECKS
from dmn_dli.model.finding import Finding
from tests.analysis.criteria_examples import CRITERIA_EXAMPLES
from tests.analysis.examples import EXAMPLES as OF_TABLES
from tests.analysis.examples import Example

EXAMPLES = (*OF_TABLES, *CRITERIA_EXAMPLES)
GOLDEN = Path(__file__).with_name("messages.txt")


def found(example: Example) -> tuple[Finding, ...]:
    assert not [finding.text for finding in example.policy.findings if finding.is_error]
    return analyse(example.policy).findings


def said(example: Example) -> str:
    """All findings about an example, one paragraph."""
    lines = [
        f"  {finding.code.severity.value} {finding.code.code} {finding.place or 'file'}\n"
        f"    {finding.message}\n    {finding.remedy}\n"
        for finding in found(example)
    ]
    return f"{example.what}\n{''.join(lines)}"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.what)
def test_each_kind_of_flaw_gets_its_code(example: Example) -> None:
    assert example.code in {finding.code for finding in found(example)}


def test_every_code_has_an_example_but_the_one_that_takes_long_to_provoke() -> None:
    checks = [each.code for each in TABLE_CHECKS] + [each.code for each in CRITERIA_CHECKS]
    every = {*checks, *(each.code for each in POLICY_CHECKS)}
    assert every - {example.code for example in EXAMPLES} == {winners_unknown.CODE}


def test_messages_read_as_agreed() -> None:
    """Set UPDATE_GOLDEN=1 to write the file anew, and review its difference."""
    spoken = "\n".join(said(example) for example in EXAMPLES)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(spoken, encoding="utf-8")
    assert spoken == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.what)
def test_every_finding_can_be_written_as_json_and_says_what_to_do(example: Example) -> None:
    for finding in found(example):
        assert json.loads(json.dumps(finding.witness)) == finding.witness
        assert finding.message.endswith(".")
        assert finding.remedy.endswith(".")
        assert finding.file == "book.xlsx"
