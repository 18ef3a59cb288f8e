"""The graph: what an element may read, services, imports, circles, and how deep it may be (6, 10.4)."""

from __future__ import annotations

import pytest

from dmn_dli.feel.budget import FeelLimit
from dmn_dli.interchange.dmn.lowered_model import NoSuchElement
from tests.interchange.dmn.lowering import (
    N,
    codes,
    decided,
    definitions,
    function,
    given,
    lowered,
    requires,
    text,
    value,
)


def after(*ids: str) -> str:
    return requires(*ids, kind="requiredDecision")


def calling(*ids: str) -> str:
    return requires(*ids, kind="requiredKnowledge")


def test_a_decision_reads_what_it_requires_and_nothing_else() -> None:
    model = lowered(
        given("income", "number"),
        given("debts", "number"),
        decided("Ratio", text("debts / income"), requires("_income", "_debts")),
        decided("Grade", text('if Ratio < 0.5 then "A" else "B"'), after("_Ratio")),
        decided("Beyond", text("Ratio + incme + debts"), after("_Ratio") + requires("_income")),
    )
    assert value(model, "Grade", income=10, debts=4) == "A"
    assert value(model, "Beyond", income=10, debts=4) is None
    assert codes(model) == ["DT742", "DT742"]
    assert model.findings[0].message == (
        'Decision "Beyond", line 7: it reads `incme`, which is not in its scope. Did you mean "income"?'
    )


def test_an_absent_input_is_null() -> None:
    model = lowered(given("x", "number"), decided("D", text("x = null"), requires("_x")))
    assert value(model, "D") is True


def test_names_that_differ_in_letter_case_alone_are_two() -> None:
    model = lowered(given("x"), given("X"), decided("D", text("x - X"), requires("_x", "_X")))
    assert model.decide("D", {"x": N(5), "X": N(3)}) == N(2)


def test_a_variable_hides_a_built_in_of_its_name() -> None:
    model = lowered(given("count"), decided("D", text("count + 1"), requires("_count")))
    assert value(model, "D", count=1) == N(2)


def service(name: str, **hrefs: str) -> str:
    inside = "".join(f'<{kind} href="#{each}"/>' for kind, ids in hrefs.items() for each in ids.split())
    return f'<decisionService id="_{name}" name="{name}"><variable name="{name}"/>{inside}</decisionService>'


SERVED = (
    given("x", "number"),
    decided("Rate", text("10"), type_ref="number"),
    decided("Fee", text("x * Rate"), requires("_x") + after("_Rate")),
    decided("Note", text('"fee " + string(Fee)'), after("_Fee")),
    service("pay", outputDecision="_Fee", inputDecision="_Rate", inputData="_x"),
    service("both", outputDecision="_Fee _Note", encapsulatedDecision="_Rate", inputData="_x"),
    decided("Called", text("[pay(2, 3), pay(x: 2, Rate: 3), pay(2), pay(2, true)]"), calling("_pay")),
    decided("Both", text("both(2)"), calling("_both")),
)


def test_a_service_takes_its_input_data_then_its_input_decisions() -> None:
    model = lowered(*SERVED)
    assert value(model, "Called") == [N(6), N(6), None, None]
    assert value(model, "Both") == {"Fee": N(20), "Note": "fee 20"}


def test_a_service_is_evaluated_with_what_it_is_given_and_no_more() -> None:
    model = lowered(*SERVED)
    assert model.service("pay", {"x": N(2), "Rate": N(5)}) == N(10)
    assert model.service("pay", {"x": N(2)}) is None
    assert model.service("both", {"x": N(2), "Rate": N(5)}) == {"Fee": N(20), "Note": "fee 20"}


IMPORT = '<import namespace="{}" name="{}" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'


def imports(namespace: str, name: str) -> str:
    return IMPORT.format(namespace, name)


def test_what_is_imported_lies_behind_the_import_s_name() -> None:
    base = definitions(
        given("n", "number"), decided("Twice", text("n * 2"), requires("_n")), namespace="urn:base"
    )
    other = definitions(
        imports("urn:base", "base"),
        decided("Thrice", text("base.Twice * 1.5"), after("urn:base#_Twice")),
        function("add", {"a": "number"}, text("a + 1")),
        namespace="urn:other",
    )
    model = lowered(
        imports("urn:other", "my other"),
        decided(
            "D", text("my other.add(my other.Thrice)"), after("urn:other#_Thrice") + calling("urn:other#_add")
        ),
        imported=(base, other),
    )
    assert model.findings == ()
    assert model.find("n", "input", "urn:base").name == "my other.base.n"
    assert model.decide("D", {"my other.base.n": N(2)}) == N(7)


def test_an_import_without_a_name_brings_the_names_as_they_are() -> None:
    other = definitions(decided("A", text("5")), namespace="urn:other")
    model = lowered(
        imports("urn:other", ""), decided("D", text("A + 1"), after("urn:other#_A")), imported=(other,)
    )
    assert value(model, "D") == N(6)


def test_an_import_without_a_name_that_brings_a_name_twice_is_told() -> None:
    other = definitions(decided("A", text("5")), namespace="urn:other")
    model = lowered(
        imports("urn:other", ""),
        decided("A", text("1")),
        decided("D", text("A"), after("urn:other#_A")),
        imported=(other,),
    )
    assert codes(model) == ["DT723"]


@pytest.mark.parametrize("name", ["o", ""])
def test_two_imports_of_one_name_are_told(name: str) -> None:
    first = definitions(decided("A", text("1")), namespace="urn:first")
    second = definitions(decided("B", text("2")), namespace="urn:second")
    model = lowered(
        imports("urn:first", name),
        imports("urn:second", name),
        decided("D", text("o.A" if name else "A"), after("urn:first#_A")),
        imported=(first, second),
    )
    assert codes(model) == ["DT723"]
    assert "nothing of urn:second can be read" in model.findings[0].message
    assert value(model, "D") == N(1)


def test_an_import_that_is_not_there_is_told() -> None:
    model = lowered(imports("urn:other", "o"), decided("D", text("1")))
    assert codes(model) == ["DT746"]
    assert value(model, "D") == N(1)


def test_models_that_import_each_other_end() -> None:
    other = definitions(imports("urn:sample", "back"), decided("A", text("5")), namespace="urn:other")
    model = lowered(
        imports("urn:other", "o"), decided("D", text("o.A"), after("urn:other#_A")), imported=(other,)
    )
    assert value(model, "D") == N(5)


def test_decisions_that_require_each_other_are_told_and_null() -> None:
    model = lowered(
        decided("A", text("B"), after("_B")),
        decided("B", text("A"), after("_A")),
        decided("Own", text("1"), after("_Own")),
        decided("C", text("A = null"), after("_A")),
    )
    assert sorted(codes(model)) == ["DT744", "DT744"]
    assert any("A -> B -> A" in each.message or "B -> A -> B" in each.message for each in model.findings)
    assert [value(model, name) for name in ("A", "B", "Own", "C")] == [None, None, None, True]


def test_a_service_that_needs_its_caller_ends_in_words() -> None:
    model = lowered(
        decided("A", text("s()"), calling("_s")), service("s", outputDecision="_A"), decided("B", text("1"))
    )
    with pytest.raises(FeelLimit):
        model.decide("A", {})
    assert value(model, "B") == N(1)


def test_a_chain_of_two_thousand_decisions_is_no_recursion() -> None:
    links = [decided("D0", text("0"))]
    links += [decided(f"D{at}", text(f"D{at - 1} + 1"), after(f"_D{at - 1}")) for at in range(1, 2000)]
    model = lowered(*reversed(links))
    assert value(model, "D1999") == N(1999)


def test_a_name_that_is_not_there_is_refused_with_the_nearest() -> None:
    model = lowered(decided("Routing", text("1")))
    with pytest.raises(NoSuchElement, match=r"has no decision called `Ruoting`.*Routing"):
        model.decide("Ruoting", {})
    with pytest.raises(NoSuchElement, match="service"):
        model.service("Routing", {})


def test_a_decision_without_logic_is_told_and_null() -> None:
    model = lowered(decided("D", ""))
    assert codes(model) == ["DT747"]
    assert value(model, "D") is None


def test_what_is_null_for_certain_is_told() -> None:
    model = lowered(decided("D", text('1 + "a"')))
    assert codes(model) == ["DT749"]
