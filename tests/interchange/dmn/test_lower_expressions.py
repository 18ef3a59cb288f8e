"""Boxed expressions lower to FEEL that gives what the standard says (DMN 1.5, section 10.2)."""

from __future__ import annotations

import math

import pytest

from dmn_dli.feel.foreign import ForeignFunctions
from tests.interchange.dmn.lowering import (
    N,
    codes,
    decided,
    function,
    given,
    lowered,
    of,
    requires,
    text,
    value,
)


def entry(name: str, logic: str, type_ref: str = "Any") -> str:
    return f'<contextEntry><variable name="{name}" typeRef="{type_ref}"/>{logic}</contextEntry>'


def result(logic: str) -> str:
    return f"<contextEntry>{logic}</contextEntry>"


def context(*entries: str) -> str:
    return f"<context>{''.join(entries)}</context>"


def test_entries_of_a_context_see_those_before_them() -> None:
    assert of(context(entry("a b", text("2")), entry("c", text("a b + 1")))) == {"a b": N(2), "c": N(3)}


def test_the_entry_without_a_name_is_the_value_of_the_whole() -> None:
    assert of(context(entry("a", text("2")), result(text("a * 10")))) == N(20)
    assert of(context(result(text("7")))) == N(7)


def test_an_entry_is_brought_to_its_type() -> None:
    assert of(context(entry("a", text("[2]"), "number"), entry("b", text('"x"'), "number"))) == {
        "a": N(2),
        "b": None,
    }


def test_members_of_an_entry_are_known_by_its_shape() -> None:
    inner = context(entry("unit-price", text("3")))
    assert of(context(entry("p", inner), result(text("p.unit-price * 2")))) == N(6)


def test_a_list() -> None:
    assert of(f"<list>{text('1')}{text('[2]')}</list>") == [N(1), [N(2)]]


def test_a_relation_is_a_list_of_contexts_whose_cells_do_not_see_each_other() -> None:
    relation = (
        '<relation><column name="a"/><column name="b"/>'
        f"<row>{text('1')}{text('a')}</row><row>{text('2')}{text('b')}</row></relation>"
    )
    model = lowered(given("a"), given("b"), decided("D", relation, requires("_a", "_b")))
    assert value(model, "D", a=8, b=9) == [{"a": N(1), "b": N(8)}, {"a": N(2), "b": N(9)}]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [("true", "yes"), ("1 > 2", "no"), ("null", "no"), ('"true"', None), ("1", None)],
)
def test_a_conditional_has_no_value_where_the_condition_is_none(condition: str, expected: str | None) -> None:
    parts = (("if", condition), ("then", '"yes"'), ("else", '"no"'))
    box = "".join(f"<{part}>{text(each)}</{part}>" for part, each in parts)
    assert value(lowered(decided("D", f"<conditional>{box}</conditional>")), "D") == expected


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        ("item > 1", [N(2), N(3)]),
        ("item > 7", []),
        ("if item > 2 then null else true", [N(1), N(2)]),
        ("if item > 2 then 1 else true", None),
        ("2", None),
    ],
)
def test_a_filter_takes_conditions_alone(match: str, expected: object) -> None:
    box = f"<filter><in>{text('[1, 2, 3]')}</in><match>{text(match)}</match></filter>"
    assert value(lowered(decided("D", box)), "D") == expected


def test_a_filter_knows_the_entries_of_the_items() -> None:
    people = '[{age: 3, "first name": "A"}, {age: 30, "first name": "B"}]'
    match = 'age > 10 and first name = "B"'
    box = f"<filter><in>{text(people)}</in><match>{text(match)}</match></filter>"
    found = value(lowered(decided("D", box)), "D")
    assert found == [{"age": N(30), "first name": "B"}]


def iterated(kind: str, source: str, body: str) -> str:
    role = "return" if kind == "for" else "satisfies"
    return (
        f'<{kind} iteratorVariable="each one"><in>{text(source)}</in><{role}>{text(body)}</{role}></{kind}>'
    )


def test_iterators() -> None:
    assert of(iterated("for", "[1, 2]", "each one * 10")) == [N(10), N(20)]
    assert of(iterated("for", "[1, 2, 3]", "each one + count(partial)")) == [N(1), N(3), N(5)]
    assert of(iterated("some", "[1, 2]", "each one > 1")) is True
    assert of(iterated("every", "[1, 2]", "each one > 1")) is False
    assert of(iterated("some", "[]", "each one > 1")) is False
    # An answer that is no boolean spoils the whole, wherever it stands.
    assert of(iterated("some", "[1, 2]", 'if each one = 1 then true else "x"')) is None
    assert of(iterated("every", "[1, 2]", 'if each one = 1 then false else "x"')) is None
    assert of(iterated("every", "[1, 2]", "if each one = 1 then null else true")) is None


def boxed(parameters: str, body: str, kind: str = "FEEL") -> str:
    formal = "".join(f'<formalParameter name="{each}" typeRef="number"/>' for each in parameters.split())
    return f'<functionDefinition kind="{kind}">{formal}{body}</functionDefinition>'


def test_a_boxed_function_is_a_closure() -> None:
    body = context(
        entry("factor", text("3")), entry("f", boxed("x", text("x * factor"))), result(text("f(2) + f(x: 1)"))
    )
    assert of(body) == N(9)


_COS = context(entry("class", text('"java.lang.Math"')), entry("method signature", text('"cos(double)"')))


def test_a_function_of_java_is_called_where_it_is_registered_and_nowhere_else() -> None:
    body = decided("D", context(entry("f", boxed("x", _COS, "Java")), result(text("f(0)"))))
    functions = ForeignFunctions({("java.lang.Math", "cos(double)"): lambda x: math.cos(float(str(x)))})
    assert value(lowered(body, foreign=functions), "D") == N(1)
    assert value(lowered(body), "D") is None


def test_a_function_of_pmml_is_told_and_null() -> None:
    model = lowered(decided("D", context(entry("f", boxed("x", _COS, "PMML")), result(text("f(0)")))))
    assert codes(model) == ["DT748"]
    assert value(model, "D") is None


def invoked(name: str, **arguments: str) -> str:
    bindings = "".join(
        f'<binding><parameter name="{key}"/>{text(each)}</binding>' for key, each in arguments.items()
    )
    return f"<invocation>{text(name)}{bindings}</invocation>"


def test_a_boxed_invocation_gives_arguments_by_name() -> None:
    less = function("less", {"a": "number", "b": "number"}, text("a - b"))
    known = requires("_less", kind="requiredKnowledge")
    model = lowered(
        less,
        decided("D", invoked("less", b="1", a="5"), known),
        decided("Lacking", invoked("less", a="5"), known),
        decided("Wrong", invoked("less", a="5", b='"x"'), known),
    )
    assert [value(model, name) for name in ("D", "Lacking", "Wrong")] == [N(4), None, None]


def test_functions_of_the_model_call_each_other_and_themselves() -> None:
    odd, even = requires("_odd", kind="requiredKnowledge"), requires("_even", kind="requiredKnowledge")
    model = lowered(
        function("factorial", {"n": "number"}, text("if n < 2 then 1 else n * factorial(n - 1)")),
        function("even", {"n": "number"}, text("if n = 0 then true else odd(n - 1)"), odd),
        function("odd", {"n": "number"}, text("if n = 0 then false else even(n - 1)"), even),
        decided("F", text("factorial(10)"), requires("_factorial", kind="requiredKnowledge")),
        decided("E", text("even(10)"), even),
    )
    assert model.findings == ()
    assert value(model, "F") == N(3628800)
    assert value(model, "E") is True
    assert model.invoke("factorial", [N(5)]) == model.invoke("factorial", {"n": N(5)}) == N(120)


def test_what_a_function_of_the_model_gives_is_of_its_type() -> None:
    model = lowered(
        function("f", {"x": "Any"}, text("x"), type_ref="number"),
        decided("D", text('[f(1), f([2]), f("3")]'), requires("_f", kind="requiredKnowledge")),
    )
    assert value(model, "D") == [N(1), N(2), None]


def test_a_text_that_is_no_feel_is_told_with_its_place_and_says_why_it_is_null() -> None:
    model = lowered(decided("D", text("1 +")))
    (finding,) = model.findings
    assert (finding.code.code, finding.file) == ("DT740", "Sample.dmn")
    assert finding.message.startswith('Decision "D", line 3: `1 +` is not FEEL')
    assert value(model, "D") is None


def test_another_language_is_told() -> None:
    other = '<literalExpression expressionLanguage="urn:javascript"><text>1</text></literalExpression>'
    model = lowered(decided("D", other))
    assert codes(model) == ["DT741"]
    assert value(model, "D") is None


def test_the_clock_is_refused() -> None:
    model = lowered(decided("D", text("today()")))
    assert codes(model) == ["DT743"]
    assert value(model, "D") is None
