"""Cases of a model: facts by path, exact names first, every kind of FEEL, and what is refused in words."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import pytest

import dmn_dli
from dmn_dli.cases.asking import ask
from dmn_dli.cases.files import read_case_file
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.explain.explainer import Explainer
from dmn_dli.report import explanation_words as words
from dmn_dli.report.schemas import cases_schema
from dmn_dli.runtime.errors import CaseError
from tests.interchange.dmn.policy.made import arrow, cut, decision, given, kernel, literal, model

_TYPES = """\
<itemDefinition name="tAddress">
 <itemComponent name="City"><typeRef>string</typeRef></itemComponent>
 <itemComponent name="Since"><typeRef>date</typeRef></itemComponent>
</itemDefinition>
<itemDefinition name="tStatus">
 <typeRef>string</typeRef><allowedValues><text>"single", "married"</text></allowedValues>
</itemDefinition>
<itemDefinition name="tApplicant">
 <itemComponent name="Age"><typeRef>number</typeRef></itemComponent>
 <itemComponent name="Status"><typeRef>tStatus</typeRef></itemComponent>
 <itemComponent name="Address"><typeRef>tAddress</typeRef></itemComponent>
</itemDefinition>
<itemDefinition name="tAmounts" isCollection="true"><typeRef>number</typeRef></itemDefinition>
"""
_RULES = [["< 18", "-", '"minor"'], [">= 18", '"single"', '"adult"'], [">= 18", '"married"', '"couple"']]
APPLICANT = model(
    _TYPES
    + given("Applicant", "tApplicant")
    + decision("Group", cut("", _RULES, inputs=["Applicant.Age", "Applicant.Status"]), arrow("Applicant"))
)
ADULT = {"Applicant": {"Age": 30, "Status": "single"}}


@pytest.mark.parametrize(
    "facts",
    [
        ADULT,
        {"Applicant.Age": 30, "Applicant.Status": "single"},
        {"Applicant": {"Age": 30}, "Applicant.Status": "single"},
        {"applicant": {"AGE": 30}, "APPLICANT.STATUS": "single"},
        {"Applicant": {"Age": 30, "Status": "single", "Address": {"City": "Bonn", "_remark": "moved"}}},
    ],
)
def test_components_are_given_as_objects_or_by_dotted_keys(facts: dict[str, Any]) -> None:
    assert kernel(APPLICANT).determine(facts)["determination"] == "adult"


def test_an_absent_component_is_unknown_and_is_asked_for_where_it_matters() -> None:
    policy = kernel(APPLICANT)
    assert policy.determine({"Applicant": {"Age": 10}})["determination"] == "minor"
    open_case = policy.determine({"Applicant": {"Age": 30}})
    assert open_case["missing_facts"] == ["Applicant.Status"]
    assert open_case["possible_determinations"] == ["adult", "couple"]


_DIVORCED = (
    'Applicant.Status is \'divorced\': it is not among the allowed values; allowed: "single", "married"'
)


def test_all_that_is_wrong_with_a_case_is_told_at_once() -> None:
    facts = {"Applicant": {"Age": "x", "Agee": 3, "Status": "divorced", "Address": "Bonn"}}
    with pytest.raises(CaseError) as told:
        kernel(APPLICANT).determine(facts)
    assert [each["reason"] for each in told.value.problems] == [
        "Applicant.Address has components: an object is expected, or keys such as Applicant.Address.City.",
        "Applicant.Age is 'x': a number is expected",
        '"Applicant.Agee" is no fact. Did you mean "Applicant.Age"?',
        _DIVORCED,
    ]


def test_a_fact_that_two_keys_give_is_refused() -> None:
    with pytest.raises(CaseError, match=r"Two keys give Applicant\.Age"):
        kernel(APPLICANT).determine({"Applicant": {"Age": 30}, "applicant.age": 30})


def test_names_that_differ_in_letter_case_alone_are_two_facts() -> None:
    text = model(
        given("rate", "number")
        + given("Rate", "number")
        + decision("Spread", literal("Rate - rate"), arrow("rate") + arrow("Rate"))
    )
    policy = kernel(text)
    assert policy.determine({"rate": 1, "Rate": 3})["determination"] == 2
    with pytest.raises(CaseError, match='"RATE" is no fact'):
        policy.determine({"RATE": 1})


def test_text_is_compared_letter_for_letter_as_feel_does() -> None:
    table = cut("", [['"yes"', '"low"'], ['not("yes")', '"high"']], inputs=["Answer"])
    policy = kernel(model(given("Answer", "string") + decision("Level", table, arrow("Answer"))))
    assert policy.determine({"Answer": "yes"})["determination"] == "low"
    assert policy.determine({"Answer": "YES"})["determination"] == "high"


@pytest.mark.parametrize(
    ("type_ref", "value", "expression", "answer"),
    [
        ("time", "13:30:00", "Value.hour", 13),
        ("date and time", "2025-02-12T13:30:00", "Value.day", 12),
        ("years and months duration", "P1Y6M", "Value.months", 6),
        ("days and time duration", "P2DT12H", "Value.hours", 12),
        ("date", "2025-02-12", "Value.year", 2025),
        ("tAmounts", [1, 2, 3], "sum(Value)", 6),
        ("tAmounts", 5, "sum(Value)", 5),
        ("tAddress", {"City": "Bonn", "Since": "2020-01-01"}, "Value.Since.year", 2020),
        ("Any", True, "Value instance of boolean", True),
        ("Any", 1, "Value instance of boolean", False),
        ("Any", {"a": [1, {"b": 2}]}, "Value.a[2].b", 2),
        ("", "text", "string length(Value)", 4),
    ],
)
def test_a_fact_may_be_of_any_kind(type_ref: str, value: Any, expression: str, answer: Any) -> None:
    text = model(_TYPES + given("Value", type_ref) + decision("Answer", literal(expression), arrow("Value")))
    policy = kernel(text)
    facts = (
        {f"Value.{key}": each for key, each in value.items()} if type_ref == "tAddress" else {"Value": value}
    )
    assert policy.determine(facts)["determination"] == answer
    assert policy.determine({})["determination"] == "needs information"


@pytest.mark.parametrize(
    ("type_ref", "value", "reason"),
    [
        ("time", "soon", "a time such as 13:30:00 is expected"),
        ("date and time", 5, "a date and time such as 2025-02-12T13:30:00 is expected"),
        ("years and months duration", "P1D", "a duration such as P1Y6M is expected"),
        ("tAmounts", ["a"], "a list of number values is expected"),
        ("tAmounts", {"a": 1}, "a list of number values is expected"),
        ("string", 5, "text is expected"),
    ],
)
def test_a_value_of_a_wrong_kind_is_a_problem_of_the_case(type_ref: str, value: Any, reason: str) -> None:
    text = model(_TYPES + given("Value", type_ref) + decision("Answer", literal("Value"), arrow("Value")))
    with pytest.raises(CaseError) as told:
        kernel(text).determine({"Value": value})
    assert [each["reason"].rpartition(": ")[2] for each in told.value.problems] == [reason]


def test_a_fact_that_a_table_knows_by_its_value_alone_is_not_mixed_up_with_its_like() -> None:
    """What was worked out for one value of a fact without atoms is not remembered for another."""
    text = model(
        given("Value", "Any") + decision("Answer", literal("Value instance of boolean"), arrow("Value"))
    )
    policy = kernel(text)
    found = [policy.determine({"Value": value})["determination"] for value in (True, 1, True, 1.0, "1")]
    assert found == [True, False, True, False, False]


def test_csv_has_facts_by_path_and_lists_as_json(tmp_path: Path) -> None:

    text = model(
        _TYPES
        + given("Applicant", "tApplicant")
        + given("Debts", "tAmounts")
        + decision(
            "Sum",
            literal("if Applicant.Age > 18 then sum(Debts) + count(Debts) else Applicant.Address.Since.year"),
            arrow("Applicant") + arrow("Debts"),
        )
    )
    file = tmp_path / "cases.csv"
    file.write_text(
        "case_id,Applicant.Age,applicant.address.since,Debts\n"
        'a,30,2020-01-01,"[1, 2]"\nb,3,2020-01-01,7\nc,30,2020-01-01,x\n'
    )
    policy = kernel(text)
    series = {"Sample": KernelSeries("Sample", [policy])}
    records = [ask(case, "Sample", series) for case in read_case_file(str(file), count(1))]
    assert [record.get("determination") for record in records] == [5, 2020, None]
    assert "a list of number values is expected" in records[2]["error"]["message"]


def test_decide_takes_objects_and_makes_null_of_what_a_type_does_not_admit(tmp_path: Path) -> None:
    path = tmp_path / "loans.dmn"
    path.write_text(APPLICANT)
    policy = dmn_dli.load_policy(path)
    assert policy.decide("Group", ADULT) == "adult"
    assert policy.decide("Group", {"Applicant": {"Age": "x"}}) is None
    assert policy.evaluate(ADULT).determination == "adult"
    assert dmn_dli.explain(policy, ADULT).record["determination"] == "adult"


def test_the_schema_of_cases_takes_objects_and_dotted_keys() -> None:
    (case,) = cases_schema({"Sample": KernelSeries("Sample", [kernel(APPLICANT)])})["$defs"].values()
    assert case["properties"]["Applicant"]["type"] == ["object", "null"]
    assert case["properties"]["Applicant.Age"]["type"] == ["number", "null"]
    assert case["properties"]["Applicant.Status"]["enum"] == ["single", "married", None]


@pytest.mark.parametrize(
    ("type_ref", "expected"),
    [
        ("tAmounts", "A list in JSON, such as [1, 2]."),
        ("years and months duration", "A duration such as P1Y6M."),
        ("", "A value in JSON."),
    ],
)
def test_an_interview_says_what_an_answer_looks_like(type_ref: str, expected: str) -> None:
    policy = kernel(
        model(_TYPES + given("Value", type_ref) + decision("D", literal("Value"), arrow("Value")))
    )
    question = Explainer(policy).explain({}).question
    assert question is not None
    assert words.expected(question) == expected
    reader = policy.case_reader.facts["Value"]
    answer = {"tAmounts": "[1, 2]", "": '{"a": [true]}'}.get(type_ref, "P2Y")
    assert policy.determine({"Value": reader.from_text(answer)})["missing_facts"] == []
