"""A case that is taken along comes back as it was: as a row of a Cases sheet, as JSON, as a link."""

from __future__ import annotations

import base64
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dmn_dli.cases.columns import Role, read_columns
from dmn_dli.cases.files import given_case
from dmn_dli.cases.rows import known_cases
from dmn_dli.cases.written_facts import read_fact
from dmn_dli.page.case_code import code, entered
from dmn_dli.page.live.take_along import case_json, case_row
from tests.page.live.asking import asked, session


def test_the_row_read_back_gives_the_same_facts() -> None:
    for series in session().series.values():
        (kernel,) = series.deciding
        workbook, readers = kernel.linked.workbook, kernel.case_reader.facts
        columns = read_columns(workbook, readers.values(), [each.name for each in kernel.tables])
        for case in known_cases(workbook, kernel):
            facts = {name: entered(value) for name, value in case.facts.items()}
            row = case_row(kernel, session().payers, {"facts": facts, "case": case.name})
            assert row.left_out == []
            read = {
                column.name: read_fact(row.values[column.heading.column - 1], readers[column.name])
                for column in columns
                if column.role is Role.FACT and row.values[column.heading.column - 1]
            }
            assert read == case.facts
            assert row.values[0] == case.name


def test_the_row_expects_the_determination_that_the_case_gets() -> None:
    (kernel,) = session().series["molina"].deciding
    row = case_row(kernel, session().payers, {"facts": {"service": "car-t"}})
    assert row.values[list(row.headings).index("expect determination")] == "not addressed"


def test_what_a_spreadsheet_would_take_for_a_formula_is_pasted_with_an_apostrophe() -> None:
    html = asked("take", facts={"service": "car-t"}, case="=1+1")["html"]
    assert '<td data-plain="\'=1+1">=1+1</td>' in html
    assert html.count("data-plain") == 1


def test_the_json_is_a_case_as_evaluate_takes_it() -> None:
    facts = {"service": "CAR-T", "purpose_prevent_relapse": "Yes", "donor_chimerism_percent": "82.5"}
    case = json.loads(case_json(session().payers, {"facts": facts, "case": "a1"}))
    assert case == {
        "case_id": "a1",
        "service": "car-t",
        "purpose_prevent_relapse": True,
        "donor_chimerism_percent": 82.5,
    }
    assert given_case(case, 1).problems == ()


@settings(max_examples=20)
@given(st.dictionaries(st.text(), st.text()))
def test_a_link_holds_the_facts_and_nothing_that_an_address_lacks(facts: dict[str, str]) -> None:
    text = code(facts)
    assert text.isascii()
    assert not set(text) & set("+/=#?& ")
    read: Any = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    assert read == facts


def test_the_summary_is_that_of_the_command() -> None:
    text = asked("summary", facts={"service": "car-t"}, payer="molina")["text"]
    assert text.startswith("# Determination summary: case 1\n\n**Molina Healthcare**")
