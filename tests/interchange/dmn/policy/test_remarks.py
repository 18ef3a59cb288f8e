"""What is said of a model besides the proof: tables that are not looked into, names that nobody declares."""

from __future__ import annotations

import pytest

from dmn_dli.model.finding import Code
from tests.interchange.dmn.policy.made import arrow, cut, decision, given, model, policy
from tests.interchange.dmn.policy.remarked import REMARKED


@pytest.mark.parametrize(("what", "code", "text"), REMARKED, ids=[each[0] for each in REMARKED])
def test_each_remark_is_made_once_and_alone(what: str, code: Code, text: str) -> None:
    assert [finding.code for finding in policy(text).findings] == [code], what


def test_a_table_of_one_decision_needs_no_remark() -> None:
    table = cut("", [["< 18", '"child"'], ["-", '"adult"']], "FIRST", ["Age"])
    assert policy(model(given("Age", "number") + decision("Group", table, arrow("Age")))).findings == ()


def test_a_remark_stands_where_an_import_would_lay_the_table_out() -> None:
    (finding,) = policy(REMARKED[3][2]).findings
    assert finding.place == "Group!B3"
