"""Models whose logic is wrong in one way each, with the code that says so."""

from __future__ import annotations

from collections.abc import Sequence

from dmn_dli.interchange.dmn.lower import lower
from dmn_dli.interchange.dmn.read import read_model
from dmn_dli.model import dmn_logic_codes as codes
from dmn_dli.model.finding import Code, Finding
from tests.interchange.dmn.lowering import decided, given, requires, text
from tests.interchange.dmn.models import model

_JAVASCRIPT = (
    '<literalExpression expressionLanguage="urn:javascript"><text>age * 2</text></literalExpression>'
)
_PMML = '<functionDefinition kind="PMML"><formalParameter name="x"/></functionDefinition>'
_IMPORT = (
    '<import namespace="urn:other" name="other" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
)
_AROUND = requires("_Grade", kind="requiredDecision")

LOGIC: Sequence[tuple[str, Code, str]] = (
    ("an expression that breaks off", codes.MODEL_SYNTAX, decided("Grade", text("1 +"))),
    ("an expression in another language", codes.OTHER_LANGUAGE, decided("Grade", _JAVASCRIPT)),
    (
        "an expression that reads what it does not require",
        codes.OUT_OF_SCOPE,
        given("Age") + decided("Grade", text("Aeg * 2"), requires("_Age")),
    ),
    ("an expression that reads the clock", codes.REFUSED, decided("Grade", text("today()"))),
    ("a decision that requires itself", codes.CIRCLE, decided("Grade", text("1"), _AROUND)),
    (
        "an item definition based on itself",
        codes.TYPE_CIRCLE,
        '<itemDefinition name="tDose"><typeRef>tDose</typeRef></itemDefinition>',
    ),
    ("an import of a model that is not there", codes.NO_SUCH_MODEL, _IMPORT),
    ("a decision without logic", codes.NO_LOGIC, decided("Grade", "")),
    ("a function in PMML", codes.NOT_CALLED, decided("Grade", _PMML)),
    ("a sum of a number and a text", codes.NEVER_A_VALUE, decided("Grade", text('1 + "a"'))),
)


def said_of_logic() -> list[tuple[str, Code, tuple[Finding, ...]]]:
    """What is wrong, its code, and all that lowering says of it."""
    said = []
    for what, code, body in LOGIC:
        definitions, _ = read_model(model(body).encode(), "sample.dmn")
        assert definitions is not None
        said.append((what, code, lower(definitions).findings))
    return said
