"""What the model calls facts, decisions and outputs: legal names, each once, as near to ours as can be."""

from __future__ import annotations

import pytest

from dmn_dli.feel import Environment, parse_expression, syntax
from dmn_dli.feel.item_types import ANY
from dmn_dli.interchange.dmn.from_policy.names import Ids, model_names
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import fact, linked, table


def _tables(*names: str) -> LinkedPolicy:
    made = [table(name, "F", ["IF Age", "THEN Result"], None, ["-", "a"]) for name in names]
    return linked([fact("age", "number")], *made)


@pytest.mark.parametrize(
    ("ours", "model"),
    [
        ("Unmet criteria", "Unmet criteria"),
        ("Follow-up", "Follow up"),
        ("A/B ratio", "A B ratio"),
        ("2 of 3", "_2 of 3"),
        ("if needed", "If needed"),
        ("Größe", "Größe"),
        ("x² (m²)", "x m"),
        ("…", "_"),
    ],
)
def test_a_decision_keeps_its_name_as_far_as_every_tool_reads_it(ours: str, model: str) -> None:
    names = model_names(_tables(ours), marked_dates=True)
    assert names.decisions == {ours: model}
    environment = Environment.model({model: ANY})
    assert parse_expression(model, environment).tree == syntax.Name(model)


def test_two_names_that_become_one_are_numbered() -> None:
    names = model_names(_tables("A-B", "A B", "A.B"), marked_dates=True)
    assert names.decisions == {"A-B": "A B", "A B": "A B 2", "A.B": "A B 3"}


def test_a_variable_hides_no_function_that_is_called() -> None:
    policy = linked(
        [fact("count", "number"), fact("sum", "number")],
        table("D", "F", ["IF count([sum]) + count", "THEN Result"], None, ["1", "a"]),
    )
    assert model_names(policy, marked_dates=True).facts == {"count": "count 2", "sum": "sum"}


def test_where_dates_are_calls_their_functions_are_not_hidden() -> None:
    policy = linked([fact("date", "date")], table("D", "F", ["IF date", "THEN R"], None, ["-", "a"]))
    assert model_names(policy, marked_dates=True).facts == {"date": "date"}
    assert model_names(policy, marked_dates=False).facts == {"date": "date 2"}


def test_a_new_name_is_none_that_an_expression_binds() -> None:
    policy = linked(
        [fact("age", "number")],
        table("a-b", "F", ["IF Age", "THEN R"], ["", "number"], ["-", 1]),
        table("D", "F", ["IF for a b in [1] return a b + a-b", "THEN R"], None, ["-", "a"]),
    )
    assert model_names(policy, marked_dates=True).decisions["a-b"] == "a b 2"


def test_outputs_of_one_table_differ() -> None:
    policy = linked(
        [fact("age", "number")],
        table("D", "F", ["IF Age", "THEN A-B", "THEN A B"], None, ["-", "a", "b"]),
    )
    names = model_names(policy, marked_dates=True)
    assert names.outputs == {("D", "A-B"): "A B", ("D", "A B"): "A B 2"}
    assert names.nodes["D.A-B"] == syntax.Path(syntax.Name("D"), "A B")


def test_ids_are_names_of_xml_and_each_is_given_out_once() -> None:
    ids = Ids()
    assert [ids.new("rule", "Größe (m)", "R.1"), ids.new("rule", "Gr-e m", "R-1")] == [
        "rule_Gr_e_m_R_1",
        "rule_Gr_e_m_R_1_2",
    ]
