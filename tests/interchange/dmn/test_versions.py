"""What DMN 1.3 cannot say in a box is said in FEEL, and means the same."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dmn_dli.interchange.dmn.lower import lower
from dmn_dli.interchange.dmn.read import read_model
from dmn_dli.interchange.dmn.write import model_xml
from tests.interchange.dmn.models import decision, literal, model, table

AGE = '<inputData id="_age" name="Age"><variable name="Age" typeRef="number"/></inputData>'
NEEDS_AGE = '<informationRequirement><requiredInput href="#_age"/></informationRequirement>'

TEXT = literal("if Age &gt; 1 then 10 else 20 // as ever")
LIST = literal("[Age, Age + 1]")
IF = f"<if>{literal('Age = 17')}</if>"


@pytest.mark.parametrize(
    ("box", "value"),
    [
        (
            f"<conditional>{IF}<then>{TEXT}</then><else>{LIST}</else></conditional>",
            10,
        ),
        (
            f"<conditional>{IF}<then>{table()}</then><else>{LIST}</else></conditional>",
            "child",
        ),
        (f"<filter><in>{LIST}</in><match>{literal('item &gt; 17')}</match></filter>", [Decimal(18)]),
        (
            f'<for iteratorVariable="x"><in>{LIST}</in><return>{literal("x * 2 // twice")}</return></for>',
            [Decimal(34), Decimal(36)],
        ),
        (
            f'<for iteratorVariable="Age"><in>{LIST}</in><return>{table()}</return></for>',
            ["child", "adult"],
        ),
        (
            f'<some iteratorVariable="x"><in>{LIST}</in><satisfies>{literal("x = 18")}</satisfies></some>',
            True,
        ),
        (
            f'<every iteratorVariable="x"><in>{LIST}</in><satisfies>{literal("x = 18")}</satisfies></every>',
            False,
        ),
    ],
)
def test_boxes_of_later_versions_decide_the_same_in_1_3(box: str, value: object) -> None:
    definitions, findings = read_model(model(AGE + decision("A", box, NEEDS_AGE)).encode(), "sample.dmn")
    assert definitions is not None
    assert findings == ()
    older, told = read_model(model_xml(definitions, "1.3"), "sample.dmn")
    assert older is not None
    assert told == ()
    for each in (definitions, older):
        assert lower(each).decide("A", {"Age": Decimal(17)}) == value


def test_a_constraint_of_a_single_value_is_its_allowed_values_in_1_3() -> None:
    body = (
        '<itemDefinition id="_t" name="tAge"><typeRef>number</typeRef>'
        "<typeConstraint><text>[0..120]</text></typeConstraint></itemDefinition>"
    )
    definitions, _ = read_model(model(body).encode(), "sample.dmn")
    assert definitions is not None
    older, _ = read_model(model_xml(definitions, "1.3"), "sample.dmn")
    assert older is not None
    (type_,) = older.item_definitions
    assert type_.constraint is None
    assert type_.allowed is not None
    assert type_.allowed.text == "[0..120]"


def test_types_of_dmn_1_1_lose_their_prefixes() -> None:
    old = "http://www.omg.org/spec/DMN/20151101/dmn.xsd"
    spaces = (
        'xmlns:feel="http://www.omg.org/spec/FEEL/20140401" xmlns:own="urn:sample" xmlns:other="urn:other"'
    )
    body = (
        f'<import namespace="urn:other" importType="{old}"/>'
        '<itemDefinition name="tAge"><typeRef>feel:number</typeRef></itemDefinition>'
        '<inputData id="_a" name="A"><variable name="A" typeRef="own:tAge"/></inputData>'
        '<inputData id="_b" name="B"><variable name="B" typeRef="other:tPerson"/></inputData>'
    )
    definitions, findings = read_model(model(body, spaces, old).encode(), "old.dmn")
    assert definitions is not None
    assert definitions.version == "1.1"
    assert findings == ()
    assert definitions.item_definitions[0].type_ref == "number"
    assert [each.variable and each.variable.type_ref for each in definitions.inputs] == [
        "tAge",
        "other.tPerson",
    ]
