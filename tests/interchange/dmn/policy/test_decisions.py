"""What a model answers: one decision, several side by side, and what is unknown of each."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dmn_dli.feel.json_values import feel_json
from dmn_dli.interchange.dmn.lower import lower
from dmn_dli.interchange.dmn.read import read_model
from dmn_dli.runtime.errors import TableError
from dmn_dli.runtime.input_error import InputError
from dmn_dli.tables.linked import DecisionSource, FactSource
from tests.interchange.dmn.policy.made import arrow, cut, decision, given, kernel, literal, model, policy

_GROUP = decision("Group", cut("", [["< 18", '"child"'], [">= 18", '"adult"']], inputs=["Age"]), arrow("Age"))
_FEE = decision(
    "Fee",
    cut('typeRef="number"', [['"child"', "0"], ['"adult"', "10"]], inputs=["Group"]),
    arrow("Group", "decision"),
)
_TOTAL = decision("Total", literal("Weight * 2"), arrow("Weight"))
MODEL = model(given("Age", "number") + given("Weight", "number") + _GROUP + _FEE + _TOTAL)


def test_without_a_name_the_decisions_that_no_other_reads_are_the_answer() -> None:
    assert policy(MODEL).answers == ("Fee", "Total")
    record = kernel(MODEL).determine({"Age": 30, "Weight": 4})
    assert record["determination"] == {"Fee": 10, "Total": 8}
    assert record["decisions"] == {"Group": "adult", "Fee": 10, "Total": 8}
    assert record["payer"] == "Sample"


def test_what_one_of_several_decisions_lacks_the_answer_lacks_and_no_more() -> None:
    record = kernel(MODEL).determine({"Age": 30})
    assert (record["determination"], record["missing_facts"]) == ("needs information", ["Weight"])
    assert record["decisions"] == {"Group": "adult", "Fee": 10}
    assert kernel(MODEL).determine({})["missing_facts"] == ["Age", "Weight"]


def test_one_decision_that_is_asked_for_gives_its_value() -> None:
    one = kernel(MODEL, ["Group"]).determine({"Age": 3})
    assert (one["determination"], one["missing_facts"]) == ("child", [])


def test_an_unknown_decision_is_named_with_the_nearest() -> None:
    with pytest.raises(InputError, match=r'There is no decision "Fees"\. Did you mean "Fee"\?'):
        policy(MODEL, ["Fees"])


def test_a_table_of_several_outputs_answers_with_all_of_them() -> None:
    table = (
        "<decisionTable><input><inputExpression><text>Age</text></inputExpression></input>"
        '<output name="Price"/><output name="Seat"/>'
        "<rule><inputEntry><text>&lt; 3</text></inputEntry><outputEntry><text>0</text></outputEntry>"
        '<outputEntry><text>"lap"</text></outputEntry></rule>'
        "<rule><inputEntry><text>>= 3</text></inputEntry><outputEntry><text>0</text></outputEntry>"
        '<outputEntry><text>"own"</text></outputEntry></rule></decisionTable>'
    )
    text = model(
        given("Age", "number")
        + decision("Ticket", table, arrow("Age"))
        + decision("Own seat", literal('Ticket.Seat = "own"'), arrow("Ticket", "decision"))
    )
    assert kernel(text, ["Ticket"]).determine({"Age": 2})["determination"] == {"Price": 0, "Seat": "lap"}
    # The prices are equal, and the answer hangs on the age all the same.
    assert kernel(text, ["Ticket"]).determine({})["missing_facts"] == ["Age"]
    assert kernel(text).determine({"Age": 9})["determination"] is True


def test_columns_are_facts_and_decisions_where_the_model_names_them() -> None:
    linked = policy(MODEL)
    (age,), (group,) = linked.by_name["Group"].columns, linked.by_name["Fee"].columns
    assert isinstance(age.source, FactSource)
    assert group.source == DecisionSource("Group")


def test_input_values_of_a_table_are_the_values_of_a_fact_whose_type_states_none() -> None:
    table = cut("", [['"a"', "1"], ['"b"', "2"]], inputs=["Kind"]).replace(
        "</inputExpression>", '</inputExpression><inputValues><text>"a", "b"</text></inputValues>'
    )
    linked = policy(model(given("Kind", "string") + decision("D", table, arrow("Kind"))))
    assert linked.allowed["Kind"].values == ("a", "b")
    assert isinstance(linked.by_name["D"].columns[0].source, FactSource)


def test_an_invoked_function_that_is_a_table_is_looked_into() -> None:
    table = cut("", [["< 18", '"child"'], [">= 18", '"adult"']], inputs=["years"])
    knowledge = (
        '<businessKnowledgeModel id="_f" name="Group of"><variable name="Group of"/><encapsulatedLogic>'
        f'<formalParameter name="years" typeRef="number"/>{table}</encapsulatedLogic>'
        "</businessKnowledgeModel>"
    )
    call = (
        "<invocation><literalExpression><text>Group of</text></literalExpression><binding>"
        '<parameter name="years"/><literalExpression><text>Age</text></literalExpression></binding>'
        "</invocation>"
    )
    needs = '<knowledgeRequirement><requiredKnowledge href="#_f"/></knowledgeRequirement>'
    text = model(given("Age", "number") + knowledge + decision("D", call, arrow("Age") + needs))
    linked = policy(text)
    assert linked.findings == ()
    (column,) = linked.by_name["D"].columns
    assert isinstance(column.source, FactSource)
    assert kernel(
        model(given("Age", "number") + knowledge + decision("D", call, arrow("Age") + needs))
    ).determine({})["possible_determinations"] == ["adult", "child"]


def test_a_model_reads_what_another_model_beside_it_has() -> None:
    base = model(given("Age", "number") + _GROUP).replace("urn:sample", "urn:base")
    text = model(
        '<import namespace="urn:base" name="base" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
        + decision(
            "Door",
            literal('if base.Group = "child" then "left" else "right"'),
            '<informationRequirement><requiredDecision href="urn:base#_Group"/></informationRequirement>',
        )
    )
    made = kernel(text, beside={"base.dmn": base})
    assert made.determine({"base.Age": 3})["determination"] == "left"
    assert made.determine({})["possible_determinations"] == ["left", "right"]
    (missing,) = policy(text).findings[:1]
    assert missing.is_error


def _collected(aggregation: str, outputs: str, entries: str) -> str:
    """A table that fires twice for a Weight above 5, with these output clauses and entries."""
    rows = "".join(
        f"<rule><inputEntry><text>&gt; {bound}</text></inputEntry>{each}</rule>"
        for bound, each in zip((5, 4), entries.split("|"), strict=True)
    )
    return (
        f'<decisionTable hitPolicy="COLLECT" aggregation="{aggregation}">'
        f"<input><inputExpression><text>Weight</text></inputExpression></input>{outputs}{rows}</decisionTable>"
    )


def _entries(*texts: str) -> str:
    return "".join(f"<outputEntry><text>{each}</text></outputEntry>" for each in texts)


_WITH_DEFAULT = '<output name="a"><defaultOutputEntry><text>5</text></defaultOutputEntry></output>'


@pytest.mark.parametrize("aggregation", ["SUM", "MIN", "MAX", "COUNT"])
@pytest.mark.parametrize("weight", [1, 5, 9])
@pytest.mark.parametrize(
    ("outputs", "entries"),
    [
        ('<output name="a"/><output name="b"/>', _entries("1", "2") + "|" + _entries("3", "4")),
        (f'{_WITH_DEFAULT}<output name="b"/>', _entries("1", "2") + "|" + _entries("3", "4")),
        ("<output/>", _entries("1") + "|" + _entries('"x"')),
        ("<output/>", _entries("[1]") + "|" + _entries("[2]")),
        ("<output/>", _entries("null") + "|" + _entries("2")),
        ("<output/>", _entries('@"10:00:00Z"') + "|" + _entries('@"10:00:00"')),
    ],
)
def test_what_cannot_be_aggregated_is_null_as_in_the_model(
    outputs: str, entries: str, weight: int, aggregation: str
) -> None:
    text = model(
        given("Weight", "number") + decision("D", _collected(aggregation, outputs, entries), arrow("Weight"))
    )
    definitions, _ = read_model(text.encode(), "sample.dmn")
    assert definitions is not None
    value = lower(definitions).decide("D", {"Weight": Decimal(weight)})
    assert kernel(text, ["D"]).determine({"Weight": weight})["determination"] == feel_json(value)


@pytest.mark.parametrize("policy_", ["FIRST", "RULE ORDER"])
def test_of_several_outputs_one_may_have_a_default(policy_: str) -> None:
    table = (
        f'<decisionTable hitPolicy="{policy_}">'
        "<input><inputExpression><text>Age</text></inputExpression></input>"
        f'{_WITH_DEFAULT}<output name="b"/>'
        "<rule><inputEntry><text>&lt; 3</text></inputEntry><outputEntry><text>0</text></outputEntry>"
        '<outputEntry><text>"lap"</text></outputEntry></rule></decisionTable>'
    )
    text = model(given("Age", "number") + decision("Ticket", table, arrow("Age")))
    nothing = {"a": 5, "b": None}
    found = kernel(text).determine({"Age": 30})["determination"]
    assert found == (nothing if policy_ == "FIRST" else [nothing])


def test_a_conflict_in_a_decision_that_is_not_asked_for_spoils_no_other() -> None:
    clash = decision("Clash", cut("", [["-", '"a"'], ["-", '"b"']], inputs=["Age"]), arrow("Age"))
    text = model(given("Age", "number") + _GROUP + clash)
    with pytest.raises(TableError, match='"Clash"'):
        kernel(text).determine({"Age": 3})
    record = kernel(text, ["Group"]).determine({"Age": 3})
    assert (record["determination"], record["decisions"]) == ("child", {})
