"""A model's environment: exact names with types, what hides built-ins, a clock, foreign functions."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal

import pytest

from dmn_dli.feel import (
    Environment,
    FeelType,
    FeelUnsupported,
    ForeignFunctions,
    ItemType,
    coerced,
    compile_expression,
    from_python,
    parse_expression,
    parse_unary_tests,
    syntax,
)
from dmn_dli.feel.temporal import parse_date, parse_date_and_time

ANY = ItemType()
NUMBER = ItemType(FeelType.NUMBER)
COSINE = 'function(a) external {java: {class: "java.lang.Math", method signature: "cos( double )"}}'


def value(text: str, environment: Environment, **scope: object) -> object:
    return compile_expression(parse_expression(text, environment).tree, environment)(scope)


def test_names_of_a_model_are_exact_and_may_hold_operators() -> None:
    environment = Environment.model({"Applicant": ANY, "unit-price": NUMBER})
    assert parse_expression("unit-price", environment).tree == syntax.Name("unit-price")
    assert parse_expression("Applicant", environment).tree == syntax.Name("Applicant")
    known, other = environment.variable("Applicant", 0), environment.variable("applicant", 0)
    assert (known is not None, other is None) == (True, True)


def test_a_child_scope_hides_what_is_outside() -> None:
    outer = Environment.model({"a": NUMBER, "b": NUMBER})
    inner = outer.bind({"b": ANY, "a-b": NUMBER})
    assert (inner.type_of("a"), inner.type_of("b"), inner.type_of("c")) == (NUMBER, ANY, None)
    assert parse_expression("a-b", inner).tree == syntax.Name("a-b")
    assert isinstance(parse_expression("a-b", outer).tree, syntax.Arithmetic)


def test_a_variable_hides_the_built_in_of_its_name() -> None:
    environment = Environment.model({"count": ANY, "date": ANY})
    own = value("function(x) 17", Environment.model({}))
    assert value("count([1, 2])", environment, count=own) == Decimal(17)
    assert value('date("2025-02-12")', environment, date=own) == Decimal(17)
    assert value("sum([1, 2])", environment, count=own) == Decimal(3)


def test_types_of_the_model_stand_in_instance_of_and_at_parameters() -> None:
    allowed = parse_unary_tests('"low", "high"').tree
    assert isinstance(allowed, syntax.UnaryTests)
    risk = ItemType(FeelType.STRING, title="Risk", allowed=allowed)
    environment = Environment.model({}, {"Risk": risk, "lib.Risk": risk})
    assert value('"low" instance of Risk', environment) is True
    assert value('"none" instance of lib.Risk', environment) is True, "what is allowed is not the type"
    assert value("1 instance of lib.Risk", environment) is False
    assert value('(function(r: Risk) r)("none")', environment) is None
    assert value('(function(r: Risk) r)(["high"])', environment) == "high"
    with pytest.raises(FeelUnsupported, match=r"the type `Rsk` is not one of FEEL's own"):
        value('"low" instance of Rsk', environment)


def test_the_clock_answers_only_where_there_is_one() -> None:
    moment = datetime.datetime(2025, 2, 12, 14, 30, tzinfo=datetime.UTC)
    environment = Environment.model({}, clock=lambda: moment)
    assert value("now()", environment) == from_python(moment)
    assert value("today()", environment) == from_python(moment.date())
    with pytest.raises(FeelUnsupported, match="reads the clock"):
        value("now()", Environment.model({}))


def test_foreign_functions_are_those_that_the_caller_registers() -> None:
    def cosine(angle: Decimal) -> float:
        return math.cos(angle)

    registered = ForeignFunctions({("java.lang.Math", "cos(double)"): cosine})
    assert value(f"({COSINE})(0)", Environment.model({}, foreign=registered)) == Decimal(1)
    assert value(f'({COSINE})("a")', Environment.model({}, foreign=registered)) is None
    assert value(f"({COSINE})(0)", Environment.model({})) is None
    with pytest.raises(FeelUnsupported, match="other languages"):
        value(COSINE, Environment.workbook())


@pytest.mark.parametrize(
    ("given", "type_", "expected"),
    [
        (Decimal(1), NUMBER, Decimal(1)),
        ("1", NUMBER, None),
        ([Decimal(1)], NUMBER, Decimal(1)),
        ([Decimal(1), Decimal(2)], NUMBER, None),
        (Decimal(1), ItemType(FeelType.LIST, item=NUMBER), [Decimal(1)]),
        (["1"], ItemType(FeelType.LIST, item=NUMBER), None),
        ([None, Decimal(1)], ItemType(FeelType.LIST, item=NUMBER), [None, Decimal(1)]),
        ({"a": [Decimal(1)]}, ItemType(FeelType.CONTEXT, fields=(("a", NUMBER),)), None),
        ([[Decimal(1)]], NUMBER, None),
        ({"a": "1"}, ItemType(FeelType.CONTEXT, fields=(("a", NUMBER),)), None),
        (
            parse_date("2025-02-12"),
            ItemType(FeelType.DATE_TIME),
            parse_date_and_time("2025-02-12T00:00:00Z"),
        ),
        ("x", ANY, "x"),
        (None, NUMBER, None),
    ],
)
def test_values_are_converted_where_the_standard_says_so(
    given: object, type_: ItemType, expected: object
) -> None:
    assert coerced(given, type_) == expected
