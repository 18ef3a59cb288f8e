"""Logic that is no table, and what a workbook cannot say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dmn_dli.interchange.dmn.model import Definitions
from dmn_dli.interchange.dmn.read import read_model
from dmn_dli.interchange.dmn.to_workbook.book import workbook_of
from dmn_dli.model.finding import errors
from dmn_dli.runtime.input_error import InputError
from tests.interchange.dmn.models import decision, literal, model, table
from tests.interchange.dmn.to_workbook.books import imported, linked

AGE = '<inputData id="_age" name="Age"><variable name="Age" typeRef="number"/></inputData>'
NEEDS_AGE = '<informationRequirement><requiredInput href="#_age"/></informationRequirement>'


def read(body: str) -> Definitions:
    definitions, findings = read_model(model(body).encode(), "sample.dmn")
    assert definitions is not None
    assert findings == ()
    return definitions


def bkm(name: str, parameter: str, logic: str, before: str = "") -> str:
    variable = f'<variable name="{name}"/>'
    formal = f'<formalParameter name="{parameter}" typeRef="number"/>'
    own = f"<encapsulatedLogic>{formal}{logic}</encapsulatedLogic>"
    return (
        f'<businessKnowledgeModel id="_{name}" name="{name}">{variable}{own}{before}</businessKnowledgeModel>'
    )


def knows(name: str) -> str:
    return f'<knowledgeRequirement><requiredKnowledge href="#_{name}"/></knowledgeRequirement>'


def test_a_table_inside_a_context_becomes_conditions() -> None:
    entry = '<contextEntry><variable name="group"/>{}</contextEntry>'.format(table("FIRST"))
    context = f"<context>{entry}<contextEntry>{literal('upper case(group)')}</contextEntry></context>"
    policy = imported(read(AGE + decision("Group", context, NEEDS_AGE)))
    assert [policy.decide("Group", {"age": Decimal(age)}) for age in (17, 18)] == ["CHILD", "ADULT"]


def test_a_collecting_table_inside_a_context_becomes_a_list() -> None:
    entry = '<contextEntry><variable name="groups"/>{}</contextEntry>'.format(table("COLLECT"))
    context = f"<context>{entry}<contextEntry>{literal('count(groups)')}</contextEntry></context>"
    policy = imported(read(AGE + decision("How many", context, NEEDS_AGE)))
    assert policy.decide("How many", {"age": Decimal(17)}) == 1


def test_a_function_stands_where_it_is_called() -> None:
    called = decision("Twice", literal("double(Age) + double(1)"), NEEDS_AGE + knows("double"))
    policy = imported(read(AGE + called + bkm("double", "x", literal("2 * x"))))
    assert policy.decide("Twice", {"age": Decimal(20)}) == 42


def test_a_table_that_a_decision_calls_is_its_sheet() -> None:
    call = (
        f"<invocation>{literal('grouping')}<binding><parameter name='Age'/>{literal('Years + 1')}</binding>"
        "</invocation>"
    )
    years = AGE.replace('name="Age"', 'name="Years"')
    body = years + decision("Group", call, NEEDS_AGE + knows("grouping")) + bkm("grouping", "Age", table())
    book = workbook_of(read(body))
    assert book.sheets["Group"][2] == ["Rule", "years + 1", "Group"]
    assert imported(read(body)).decide("Group", {"years": Decimal(17)}) == "adult"


def test_a_function_that_calls_itself_is_to_be_filled_in() -> None:
    logic = literal("if n &lt;= 1 then 1 else n * factorial(n - 1)")
    body = AGE + decision("Ways", literal("factorial(Age)"), NEEDS_AGE + knows("factorial"))
    book = workbook_of(read(body + bkm("factorial", "n", logic)))
    reason = '"factorial" calls itself, and a function in a cell cannot do that.'
    assert book.sheets["Ways"][4] == ["1", f"to fill in: {reason}"]
    assert f'"Ways" is to be filled in. {reason}' in [each.text for each in book.guesses]
    assert errors(linked(book).findings)


@pytest.mark.parametrize(
    ("type_", "text", "logic", "value"),
    [
        ("time", "12:30:00", 'Start > time("12:00:00")', True),
        ("days and time duration", "P2D", 'Start > duration("P1D")', True),
        ("years and months duration", "P1Y", "Start.years", Decimal(1)),
    ],
)
def test_a_time_or_a_duration_is_given_as_text(type_: str, text: str, logic: str, value: object) -> None:
    start = f'<inputData id="_s" name="Start"><variable name="Start" typeRef="{type_}"/></inputData>'
    needs = '<informationRequirement><requiredInput href="#_s"/></informationRequirement>'
    logic = logic.replace(">", "&gt;").replace('"', "&quot;")
    policy = imported(read(start + decision("Late", literal(logic), needs)))
    assert policy.decide("Late", {"start": text}) == value


def test_a_model_without_a_decision_is_refused() -> None:
    with pytest.raises(InputError, match="has no decision"):
        workbook_of(read(AGE))


def test_what_no_sheet_holds_is_told() -> None:
    service = '<decisionService id="_v" name="Door"><outputDecision href="#_Group"/></decisionService>'
    book = workbook_of(read(AGE + decision("Group", table(), NEEDS_AGE) + service))
    assert ("decision service", "Door", "gives Group; takes nothing.") in list(book.sheets["Notes"])
    assert 'The decision service "Door" stands in the sheet Notes alone.' in [
        each.text for each in book.guesses
    ]


def test_labels_are_told_apart_where_names_differ_in_letter_case_alone() -> None:
    inputs = "".join(
        f'<inputData id="_{name}" name="{name}"><variable name="{name}" typeRef="number"/></inputData>'
        for name in ("rate", "Rate")
    )
    needs = "".join(
        f'<informationRequirement><requiredInput href="#_{name}"/></informationRequirement>'
        for name in ("rate", "Rate")
    )
    book = workbook_of(read(inputs + decision("Spread", literal("Rate - rate"), needs)))
    assert [row[:2] for row in book.sheets["Facts"][1:]] == [["rate", "rate"], ["rate_2", "Rate (rate_2)"]]
    assert any('labelled "Rate (rate_2)"' in guess.text for guess in book.guesses)
    assert not linked(book).findings


@pytest.mark.parametrize(("condition", "told"), [("item &gt; 1", False), ("item", True)])
def test_a_box_that_is_null_where_a_condition_is_no_boolean_is_told(condition: str, told: bool) -> None:
    filtered = f"<filter><in>{literal('[1, 2, Age]')}</in><match>{literal(condition)}</match></filter>"
    some = (
        f'<some iteratorVariable="item"><in>{literal("[1, 2, Age]")}</in>'
        f"<satisfies>{literal(condition)}</satisfies></some>"
    )
    for box in (filtered, some):
        book = workbook_of(read(AGE + decision("Some", box, NEEDS_AGE)))
        assert any("condition is no boolean" in each.text for each in book.guesses) is told
