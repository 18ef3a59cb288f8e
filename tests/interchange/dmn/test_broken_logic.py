"""Whatever a model's logic says, lowering ends, and tells it with its place."""

from __future__ import annotations

import pytest

from dmn_dli.model.finding import Code, Finding
from tests.interchange.dmn.broken_logic import said_of_logic


@pytest.mark.parametrize(("what", "code", "findings"), said_of_logic(), ids=lambda each: str(each)[:40])
def test_each_broken_logic_gets_its_one_message(what: str, code: Code, findings: tuple[Finding, ...]) -> None:
    (finding,) = findings
    assert finding.code is code, what
    assert finding.file == "sample.dmn"
    assert ", line 3: " in finding.message
    assert finding.message.endswith((".", "?"))
