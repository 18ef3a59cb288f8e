"""Item definitions as types (7.3.2): what they admit, and what they make of a value (10.3.2.9.4)."""

from __future__ import annotations

import pytest

from tests.interchange.dmn.lowering import (
    N,
    codes,
    decided,
    definitions,
    given,
    lowered,
    requires,
    text,
    value,
)


def item(name: str, inside: str, attributes: str = "") -> str:
    return f'<itemDefinition name="{name}" {attributes}>{inside}</itemDefinition>'


def based(type_ref: str, allowed: str = "", constraint: str = "") -> str:
    found = f"<typeRef>{type_ref}</typeRef>"
    for element, tests in (("allowedValues", allowed), ("typeConstraint", constraint)):
        found += f"<{element}><text>{tests.replace('<', '&lt;')}</text></{element}>" if tests else ""
    return found


@pytest.mark.parametrize(
    ("types", "x", "expected"),
    [
        (item("T", based("number", "[0..10]")), 5, N(5)),
        (item("T", based("number", "[0..10]")), 50, None),
        (item("T", based("number", "[0..10]")), "5", None),
        (item("T", based("number", "[0..10]")), [5], N(5)),
        (item("T", based("number", "[0..10]"), 'isCollection="true"'), [5, 6], [N(5), N(6)]),
        (item("T", based("number", "[0..10]"), 'isCollection="true"'), [5, 60], None),
        (item("T", based("number", "[0..10]"), 'isCollection="true"'), 5, [N(5)]),
        (item("T", based("number", constraint="count(?) > 1"), 'isCollection="true"'), [5, 6], [N(5), N(6)]),
        (item("T", based("number", constraint="count(?) > 1"), 'isCollection="true"'), [5], None),
        (item("S", based("number", "> 0")) + item("T", based("S", "< 10")), 5, N(5)),
        (item("S", based("number", "> 0")) + item("T", based("S", "< 10")), -5, None),
        (item("S", based("number", "> 0")) + item("T", based("S", "< 10")), 15, None),
    ],
)
def test_a_value_is_brought_to_its_type_or_is_null(types: str, x: object, expected: object) -> None:
    assert (
        value(lowered(types, given("x", "T"), decided("D", text("x"), requires("_x"))), "D", x=x) == expected
    )


def component(name: str, type_ref: str) -> str:
    return f'<itemComponent name="{name}"><typeRef>{type_ref}</typeRef></itemComponent>'


def test_components_make_a_context() -> None:
    types = item("T", component("age", "number") + component("full name", "string"))
    model = lowered(types, given("x", "T"), decided("D", text("x.full name"), requires("_x")))
    assert value(model, "D", x={"age": 3, "full name": "A B"}) == "A B"
    assert value(model, "D", x={"age": "3", "full name": "A B"}) is None
    assert value(model, "D", x={"full name": "A B"}) is None


def test_expressions_name_the_types_of_the_model() -> None:
    types = item("positive", based("number", "> 0"))
    body = text("function(x: positive) x")
    function = f"<contextEntry><variable name='f'/>{body}</contextEntry>"
    call = f"<context>{function}<contextEntry>{text('[f(1), f(-1)]')}</contextEntry></context>"
    model = lowered(types, decided("D", call))
    assert model.findings == ()
    assert value(model, "D") == [N(1), None]


def test_types_of_an_imported_model_bear_its_name() -> None:
    other = definitions(item("T", based("number", "> 0")), namespace="urn:other", name="Other")
    import_ = (
        '<import namespace="urn:other" name="o" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
    )
    model = lowered(import_, given("x", "o.T"), decided("D", text("x"), requires("_x")), imported=(other,))
    assert [value(model, "D", x=x) for x in (1, -1)] == [N(1), None]


def test_the_names_of_dmn_1_1_are_known() -> None:
    model = lowered(given("x", "yearMonthDuration"), decided("D", text("x"), requires("_x")))
    assert value(model, "D", x=7) is None


def test_a_type_that_is_defined_by_itself_is_told_and_admits_all() -> None:
    types = item("S", based("T")) + item("T", component("next", "S"))
    model = lowered(types, given("x", "T"), decided("D", text("x"), requires("_x")))
    assert codes(model) == ["DT745"]
    assert model.findings[0].message.count("->") == 2
    assert value(model, "D", x={"next": 7}) == {"next": N(7)}


def test_definitions_that_are_built_on_each_other_without_end_are_told() -> None:
    chain = "".join(item(f"T{at}", based(f"T{at + 1}")) for at in range(2000)) + item(
        "T2000", based("number")
    )
    model = lowered(chain, given("x", "T0"), decided("D", text("x"), requires("_x")))
    assert set(codes(model)) == {"DT745"}
    assert value(model, "D", x=7) == N(7)


def test_allowed_values_that_are_no_feel_are_told() -> None:
    model = lowered(
        item("T", based("number", "> >")), given("x", "T"), decided("D", text("x"), requires("_x"))
    )
    assert codes(model) == ["DT740"]
    assert value(model, "D", x=7) == N(7)
