"""Models that are broken in one way each, with the code that says so."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from dmn_dli.interchange.dmn.expressions import DecisionTable, Filter, LiteralExpression, OutputClause, Texts
from dmn_dli.interchange.dmn.model import Decision, Definitions, ItemDefinition
from dmn_dli.interchange.dmn.read import read_model, read_model_file
from dmn_dli.interchange.dmn.write import Unwritable, model_xml
from dmn_dli.model import dmn_codes as codes
from dmn_dli.model.finding import Code, Finding
from tests.interchange.dmn.models import HEAD, decision, literal, model, table

FILE = "sample.dmn"


@frozen
class Broken:
    """What is wrong in a reader's words, its code, and the bytes."""

    what: str
    code: Code
    data: bytes


def _broken(what: str, code: Code, text: str) -> Broken:
    return Broken(what, code, text.encode())


_DOCTYPE = '<!DOCTYPE definitions [<!ENTITY secret SYSTEM "file:///etc/passwd">]>\n'
_DEEP = "<context><contextEntry>" * 90 + literal("1") + "</contextEntry></context>" * 90
_REQUIRED = '<informationRequirement><requiredInput href="#{}"/></informationRequirement>'

MODELS = (
    _broken("a file that is no XML", codes.NOT_XML, "Age;Group\n17;child\n"),
    _broken("an empty file", codes.NOT_XML, ""),
    _broken("a workbook that bears a model's name", codes.NOT_XML, "PK\x03\x04"),
    _broken("a model that was cut off", codes.NOT_XML, model(decision("A", literal("1")))[:-40]),
    Broken(
        "a model in another encoding than it says",
        codes.NOT_XML,
        model(decision("Größe", "")).encode("cp1252"),
    ),
    _broken(
        "a model with a document type",
        codes.DOCUMENT_TYPE,
        model(decision("A", literal("&secret;"))).replace(HEAD, HEAD + _DOCTYPE),
    ),
    _broken("expressions within each other without end", codes.TOO_LARGE_MODEL, model(decision("A", _DEEP))),
    _broken("XML of something else", codes.NOT_DMN, HEAD + '<html xmlns="http://www.w3.org/1999/xhtml"/>'),
    _broken(
        "a model of a version that is yet to come",
        codes.LATER_VERSION,
        model(decision("A", literal("1")), namespace="https://www.omg.org/spec/DMN/20990101/MODEL/"),
    ),
    _broken(
        "an element that DMN does not have",
        codes.UNKNOWN_ELEMENT,
        model(decision("A", "<literalExpresion><text>1</text></literalExpresion>")),
    ),
    _broken(
        "an attribute that DMN does not have",
        codes.UNKNOWN_ELEMENT,
        model('<inputData id="_i" name="Age" unit="a"><variable name="Age" typeRef="number"/></inputData>'),
    ),
    _broken(
        "an input without a name",
        codes.MISSING,
        model('<inputData id="_i"><variable name="Age"/></inputData>'),
    ),
    _broken("a hit policy that is none", codes.BAD_VALUE, model(decision("A", table(policy="BEST")))),
    _broken(
        "a tool's element among DMN's own",
        codes.FOREIGN,
        model('<inputData id="_i" name="Age"><t:colour xmlns:t="urn:tool">red</t:colour></inputData>'),
    ),
    _broken("a rule without an entry", codes.RULE_WIDTH, model(decision("A", table(inputs="")))),
    _broken(
        "a decision with two expressions",
        codes.SECOND_EXPRESSION,
        model(decision("A", literal("1") + literal("2"))),
    ),
    _broken(
        "two elements of one id",
        codes.DUPLICATE_ID,
        model('<inputData id="_i" name="Age"/>\n<inputData id="_i" name="Weight"/>'),
    ),
    _broken(
        "an arrow that leads nowhere",
        codes.DANGLING,
        model(decision("A", literal("Age"), _REQUIRED.format("_age"))),
    ),
    _broken(
        "a type that nobody defines",
        codes.UNKNOWN_TYPE,
        model('<inputData id="_i" name="Age"><variable name="Age" typeRef="numer"/></inputData>'),
    ),
    _broken(
        "an input and a decision of one name",
        codes.DUPLICATE_NAME,
        model('<inputData id="_i" name="A"/>\n' + decision("A", literal("1"))),
    ),
)

_TABLE = DecisionTable(outputs=(OutputClause(),))
WRITTEN = (
    (
        "a collection with a constraint, written as DMN 1.3",
        codes.NOT_IN_VERSION,
        Definitions(
            item_definitions=(
                ItemDefinition("number", constraint=Texts("count(?) > 1"), is_collection=True, name="tDoses"),
            )
        ),
    ),
    (
        "a filter by a table, written as DMN 1.3",
        codes.NOT_IN_VERSION,
        Definitions(name="Sample", decisions=(Decision(expression=Filter(match=_TABLE), name="A"),)),
    ),
    (
        "a text with a character that XML cannot hold",
        codes.NOT_IN_XML,
        Definitions(decisions=(Decision(expression=LiteralExpression(text='"a\x0bb"'), name="A"),)),
    ),
)


def said_of_models() -> list[tuple[str, Code, tuple[Finding, ...]]]:
    """What is broken, its code, and all that is said of it."""
    said = [(each.what, each.code, read_model(each.data, FILE)[1]) for each in MODELS]
    missing = read_model_file(Path("no-such-folder") / FILE)[1]
    said.append(("a file that is not there", codes.UNREADABLE_MODEL, missing))
    for what, code, definitions in WRITTEN:
        try:
            model_xml(definitions, "1.3")
        except Unwritable as problem:
            said.append((what, code, problem.findings))
    return said
