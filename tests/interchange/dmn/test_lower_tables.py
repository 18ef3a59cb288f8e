"""Boxed decision tables: every hit policy, against a naive reading of the standard's words (8.2.8 on)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st

from dmn_dli.feel.reasons import gathered
from tests.interchange.dmn.lowering import N, codes, decided, given, lowered, requires, text, value

POLICIES = {
    "U": 'hitPolicy="UNIQUE"',
    "A": 'hitPolicy="ANY"',
    "P": 'hitPolicy="PRIORITY"',
    "F": 'hitPolicy="FIRST"',
    "R": 'hitPolicy="RULE ORDER"',
    "O": 'hitPolicy="OUTPUT ORDER"',
    "C": 'hitPolicy="COLLECT"',
    "C+": 'hitPolicy="COLLECT" aggregation="SUM"',
    "C<": 'hitPolicy="COLLECT" aggregation="MIN"',
    "C>": 'hitPolicy="COLLECT" aggregation="MAX"',
    "C#": 'hitPolicy="COLLECT" aggregation="COUNT"',
}
ORDER = (3, 1, 2)
Rule = tuple[int, int, int]
"""From, to and output: fires where the input lies between."""


def cell(feel: str) -> str:
    return f"<text>{feel.replace('<', '&lt;')}</text>"


def table(
    policy: str,
    rules: Sequence[tuple[Sequence[str], Sequence[str]]],
    inputs: Sequence[str] = ("x",),
    outputs: Sequence[str] = ("<output/>",),
    input_values: str = "",
) -> str:
    """A table of texts."""
    allowed = f"<inputValues>{cell(input_values)}</inputValues>" if input_values else ""
    clauses = "".join(
        f"<input><inputExpression>{cell(each)}</inputExpression>{allowed}</input>" for each in inputs
    )
    rows = "".join(
        f"<rule>{''.join(f'<inputEntry>{cell(each)}</inputEntry>' for each in tests)}"
        f"{''.join(f'<outputEntry>{cell(each)}</outputEntry>' for each in entries)}</rule>"
        for tests, entries in rules
    )
    return f"<decisionTable {POLICIES[policy]}>{clauses}{''.join(outputs)}{rows}</decisionTable>"


def output(name: str = "", values: str = "", default: str = "", type_ref: str = "") -> str:
    """An output clause."""
    inside = f"<outputValues>{cell(values)}</outputValues>" if values else ""
    inside += f"<defaultOutputEntry>{cell(default)}</defaultOutputEntry>" if default else ""
    type_ = f' typeRef="{type_ref}"' if type_ref else ""
    return f'<output name="{name}"{type_}>{inside}</output>'


def naive(policy: str, rules: Sequence[Rule], x: int, default: int | None) -> object:
    """What the standard says in words, for one numeric output."""
    outputs = [out for low, high, out in rules if low <= x <= high]
    listed = policy in ("R", "O", "C")
    if not outputs:
        if default is not None:
            return [N(default)] if listed else N(default)
        return [] if listed else N(0) if policy == "C#" else None
    match policy:
        case "U":
            return N(outputs[0]) if len(outputs) == 1 else None
        case "A":
            return N(outputs[0]) if len(set(outputs)) == 1 else None
        case "P":
            return N(min(outputs, key=ORDER.index))
        case "F":
            return N(outputs[0])
        case "O":
            return [N(each) for each in sorted(outputs, key=ORDER.index)]
        case "C+":
            return N(sum(outputs))
        case "C<":
            return N(min(outputs))
        case "C>":
            return N(max(outputs))
        case "C#":
            return N(len(outputs))
    return [N(each) for each in outputs]


@settings(max_examples=150, deadline=None)
@hypothesis_given(
    policy=st.sampled_from(sorted(POLICIES)),
    rules=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from(ORDER)), max_size=5),
    default=st.none() | st.sampled_from(ORDER),
)
def test_tables_mean_what_the_standard_says(policy: str, rules: list[Rule], default: int | None) -> None:
    rows = [([f"[{min(a, b)}..{max(a, b)}]"], [str(out)]) for a, b, out in rules]
    clause = output(values=", ".join(map(str, ORDER)), default="" if default is None else str(default))
    model = lowered(given("x", "number"), decided("D", table(policy, rows, outputs=[clause]), requires("_x")))
    assert model.findings == ()
    sorted_rules = [(min(a, b), max(a, b), out) for a, b, out in rules]
    for x in range(6):
        assert value(model, "D", x=x) == naive(policy, sorted_rules, x, default)


def test_several_outputs_make_a_context() -> None:
    outputs = [output("a", default="0"), output("b c")]
    box = table("F", [(["> 1"], ["x", '"big"'])], outputs=outputs)
    model = lowered(given("x"), decided("D", box, requires("_x")))
    assert value(model, "D", x=2) == {"a": N(2), "b c": "big"}
    assert value(model, "D", x=0) == {"a": N(0), "b c": None}


def test_priority_of_several_outputs_goes_output_by_output() -> None:
    outputs = [output("a", values='"high", "low"'), output("b", values="2, 1")]
    rows = [(["-"], ['"low"', "2"]), (["-"], ['"high"', "1"]), (["> 0"], ['"high"', "2"])]
    model = lowered(given("x"), decided("D", table("P", rows, outputs=outputs), requires("_x")))
    assert value(model, "D", x=1) == {"a": "high", "b": N(2)}
    assert value(model, "D", x=0) == {"a": "high", "b": N(1)}


def test_priority_comes_from_the_type_where_the_clause_lists_no_values() -> None:
    type_ = (
        '<itemDefinition name="tSize"><typeRef>string</typeRef>'
        '<allowedValues><text>"big", "small"</text></allowedValues></itemDefinition>'
    )
    rows = [(["-"], ['"small"']), (["-"], ['"big"'])]
    box = table("P", rows, outputs=[output(type_ref="tSize")])
    assert value(lowered(type_, given("x"), decided("D", box, requires("_x"))), "D", x=1) == "big"
    untyped = decided("D", table("P", rows), requires("_x"), type_ref="tSize")
    assert value(lowered(type_, given("x"), untyped), "D", x=1) == "big"


def test_an_output_is_brought_to_its_type() -> None:
    box = table("F", [(["1"], ["[7]"]), (["-"], ['"x"'])], outputs=[output(type_ref="number")])
    model = lowered(given("x"), decided("D", box, requires("_x")))
    assert [value(model, "D", x=x) for x in (1, 2)] == [N(7), None]


@pytest.mark.parametrize(
    ("policy", "outputs"), [("C+", ['"a"', "1"]), ("C<", ['"a"', "1"]), ("C>", ["true"] * 2)]
)
def test_what_cannot_be_aggregated_is_null_and_says_why(policy: str, outputs: list[str]) -> None:
    box = table(policy, [(["-"], [each]) for each in outputs])
    model = lowered(given("x"), decided("D", box, requires("_x")))
    with gathered() as reasons:
        assert value(model, "D", x=1) is None
    assert "outputs of the rules that fire" in reasons.text


def test_an_input_outside_its_allowed_values_makes_the_table_null() -> None:
    box = table("F", [(["-"], ["1"])], input_values="[0..10]")
    model = lowered(given("x"), decided("D", box, requires("_x")))
    assert [value(model, "D", x=x) for x in (5, 11)] == [N(1), None]
    with gathered() as reasons:
        value(model, "D", x=11)
    assert reasons.text == "the table's inputs are [11], which their allowed values forbid"


def test_rules_that_disagree_say_so() -> None:
    model = lowered(given("x"), decided("D", table("U", [(["-"], ["1"]), (["> 0"], ["2"])]), requires("_x")))
    with gathered() as reasons:
        assert value(model, "D", x=1) is None
    assert reasons.text.startswith("rules 1, 2 of the table fire together")


def test_no_rule_that_fires_says_so() -> None:
    model = lowered(given("x"), decided("D", table("U", [(["> 5"], ["1"])]), requires("_x")))
    with gathered() as reasons:
        assert value(model, "D", x=1) is None
    assert reasons.text == "no rule of the table fires for [1]"


def test_cells_speak_of_their_input_and_read_other_names() -> None:
    rows = [(["? > limit and ? < 10"], ['"inside"']), (["limit"], ['"equal"']), (["-"], ['"else"'])]
    box = table("F", rows)
    model = lowered(given("x"), given("limit"), decided("D", box, requires("_x", "_limit")))
    assert [value(model, "D", x=x, limit=3) for x in (5, 3, 11)] == ["inside", "equal", "else"]


def test_a_cell_answers_by_its_condition_where_the_input_is_a_boolean_or_a_list() -> None:
    rows = [(["? = false"], ['"no"']), (["count(?) > 1"], ['"many"']), (["-"], ['"else"'])]
    model = lowered(given("x", "Any"), decided("D", table("F", rows), requires("_x")))
    assert [value(model, "D", x=x) for x in (False, True, [1, 2], [1])] == ["no", "else", "many", "else"]


def test_members_of_the_input_are_known_by_its_type() -> None:
    type_ = (
        '<itemDefinition name="tItem"><itemComponent name="unit-price"><typeRef>number</typeRef>'
        "</itemComponent></itemDefinition>"
    )
    rows = [(["?.unit-price > 5"], ['"dear"']), (["-"], ['"cheap"'])]
    model = lowered(type_, given("x", "tItem"), decided("D", table("F", rows), requires("_x")))
    assert [value(model, "D", x={"unit-price": each}) for each in (7, 3)] == ["dear", "cheap"]


def test_a_cell_that_is_no_feel_lets_nothing_pass_and_is_told() -> None:
    model = lowered(
        given("x"), decided("D", table("F", [(["> > 1"], ["1"]), (["-"], ["2"])]), requires("_x"))
    )
    assert codes(model) == ["DT740"]
    assert value(model, "D", x=5) == N(2)


def test_a_table_inside_an_expression_sees_what_is_bound_around_it() -> None:
    inner = table("C+", [(["> 0"], ["x * factor"])], inputs=["x"])
    box = (
        f'<context><contextEntry><variable name="factor"/>{text("10")}</contextEntry>'
        f'<contextEntry><for iteratorVariable="x"><in>{text("[-1, 2, 3]")}</in>'
        f"<return>{inner}</return></for></contextEntry></context>"
    )
    assert value(lowered(decided("D", box)), "D") == [None, N(20), N(30)]
