"""Members that a text reaches by the types of a model, whatever characters their names hold."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dmn_dli.feel import Environment, FeelType, ItemType, compile_expression, infer, parse_expression

NUMBER = ItemType(FeelType.NUMBER)
STRING = ItemType(FeelType.STRING)
FIELDS = (("unit-price", NUMBER), ("per cent in total", NUMBER), ("größe*2", STRING), ("if not", NUMBER))
PART = ItemType(FeelType.CONTEXT, title="tPart", fields=FIELDS)
PARTS = ItemType(FeelType.LIST, item=PART)
ORDER = ItemType(FeelType.CONTEXT, title="tOrder", fields=(("its parts", PARTS), ("main", PART)))
MAKER = ItemType(FeelType.FUNCTION, parameters=(NUMBER,), result=PART)
ENVIRONMENT = Environment.model(
    {"p": PART, "parts": PARTS, "order": ORDER, "unit": NUMBER, "price": NUMBER, "made": MAKER},
    {"tPart": PART, "tOrder": ORDER},
)
CHEAP = {"unit-price": Decimal(1), "per cent in total": Decimal(40), "größe*2": "S", "if not": Decimal(7)}
DEAR = {"unit-price": Decimal(9), "per cent in total": Decimal(60), "größe*2": "L", "if not": Decimal(8)}
SCOPE = {
    "p": DEAR,
    "parts": [CHEAP, DEAR],
    "order": {"its parts": [CHEAP, DEAR], "main": DEAR},
    "unit": Decimal(5),
    "price": Decimal(3),
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("p.unit-price", Decimal(9)),
        ("p.unit-price-price", Decimal(6)),
        ("unit-price", Decimal(2)),
        ("p.größe*2", "L"),
        ("p.if not", Decimal(8)),
        ("p.per cent  in total + 1", Decimal(61)),
        ("parts.unit-price", [Decimal(1), Decimal(9)]),
        ("parts[1].unit-price", Decimal(1)),
        ("parts[unit-price > 5].größe*2", ["L"]),
        ("parts[item.unit-price > 5].größe*2", ["L"]),
        ("parts[unit - price > 1].unit-price", [Decimal(1), Decimal(9)]),
        ("order.its parts[per cent in total < 50][1].unit-price", Decimal(1)),
        ("order.main.unit-price", Decimal(9)),
        ("for x in parts return x.unit-price", [Decimal(1), Decimal(9)]),
        ("some x in order.its parts satisfies x.unit-price = 9", True),
        ("sort(parts, function(a, b) a.unit-price > b.unit-price)[1].unit-price", Decimal(9)),
        ("sort(parts, function(a: tPart, b: tPart) a.unit-price > b.unit-price)[1].unit-price", Decimal(9)),
        ("reverse(parts)[1].unit-price", Decimal(9)),
        ("(if unit > 1 then p else null).unit-price", Decimal(9)),
        ("{q: p, r: q.unit-price}.r", Decimal(9)),
        ("{the-part: p}.the-part.unit-price", Decimal(9)),
        ("(function(x: tOrder) x.main.unit-price)(order)", Decimal(9)),
        ("{f: function(x) p, y: f(1).unit-price}.y", Decimal(9)),
        ("parts[parts[1].unit-price].unit-price", Decimal(1)),
    ],
)
def test_a_member_is_read_as_far_as_the_type_names_it(text: str, value: object) -> None:
    tree = parse_expression(text, ENVIRONMENT).tree
    assert compile_expression(tree, ENVIRONMENT)(SCOPE) == value


def test_the_type_of_what_a_function_of_the_model_gives_is_known() -> None:
    found = infer(parse_expression("made(1).unit-price", ENVIRONMENT).tree, environment=ENVIRONMENT)
    assert (found.type, found.problems) == (FeelType.NUMBER, ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "p.price",
            "`tPart` has no entry `price`; it has unit-price, per cent in total, größe*2, if not",
        ),
        ("p.unit-price + p.größe*2", "a number and text cannot be added"),
        ("made(1, 2)", "`made` takes another number of arguments: 1"),
        ("parts[größe*2 = 1]", "text cannot be compared with a number"),
        ("for x in parts return x.größe*2 - 1", "text and a number cannot be subtracted"),
    ],
)
def test_what_can_never_work_by_the_types_of_the_model_is_told(text: str, message: str) -> None:
    tree = parse_expression(text, ENVIRONMENT).tree
    assert [problem.message for problem in infer(tree, environment=ENVIRONMENT).problems] == [message]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('(function() "a") instance of function<>->Any', True),
        ('(function() "a") instance of function<>->string', True),
        ('(function() "a") instance of function<>->number', False),
        ("(function(a: number) a) instance of function<number>->number", True),
        ("(function(a: number) a) instance of function<string>->number", False),
        ("(function(a) a) instance of function<string>->Any", True),
        ("(function(a: number, b: number) a) instance of function<number>->number", False),
        ('(function(a: number) {b: "b"}) instance of function<number>->context<b: string>', True),
        ('(function(a: number) {b: "b"}) instance of function<number>->context<b: string, c: string>', False),
        (
            "(function(a: context<a: string>) 1) instance of function<context<a: string, b: string>>->Any",
            True,
        ),
        (
            "(function(a: context<a: string, b: string>) 1) instance of function<context<a: string>>->Any",
            False,
        ),
        ("abs instance of function<number>->number", True),
        ("upper case instance of function<number>->string", False),
        ("sum instance of function<list<number>>->number", True),
        ("1 instance of function<number>->number", False),
        ("(function(a: number) a) instance of function", True),
    ],
)
def test_a_function_is_of_a_type_where_it_takes_more_and_gives_less(text: str, value: object) -> None:
    assert compile_expression(parse_expression(text).tree)({}) is value
