"""DMN models as people, tools and enemies spoil them: elements, attributes, texts and bytes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from copy import deepcopy
from decimal import Decimal
from random import Random

from lxml import etree

from dmn_dli.feel.budget import FeelLimit
from dmn_dli.feel.values import from_python
from dmn_dli.interchange.dmn.lower import lower
from dmn_dli.interchange.dmn.lowered_model import LoweredModel
from dmn_dli.interchange.dmn.model import Definitions
from dmn_dli.interchange.dmn.read import read_model
from tests.fuzz.mutations import mutated
from tests.interchange.dmn.lowering import decided, function, given, requires, text
from tests.interchange.dmn.models import model

_OTHER = "urn:other"
_IMPORT = f'<import namespace="{_OTHER}" name="o" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
_TYPES = """
<itemDefinition name="tAge"><typeRef>number</typeRef><allowedValues><text>[0..150]</text></allowedValues>
</itemDefinition>
<itemDefinition name="tPerson">
 <itemComponent name="age"><typeRef>tAge</typeRef></itemComponent>
 <itemComponent name="unit-price" isCollection="true"><typeRef>number</typeRef></itemComponent>
</itemDefinition>
<itemDefinition name="tAges" isCollection="true"><typeRef>tAge</typeRef>
 <typeConstraint><text>count(?) &lt; 5</text></typeConstraint></itemDefinition>
<itemDefinition name="tRule"><functionItem outputTypeRef="number"><parameters name="n" typeRef="tAge"/>
</functionItem></itemDefinition>
"""
_TABLE = """
<decisionTable hitPolicy="COLLECT" aggregation="SUM">
 <input><inputExpression typeRef="number"><text>P.age</text></inputExpression>
  <inputValues><text>[0..150]</text></inputValues></input>
 <input><inputExpression><text>Ages</text></inputExpression></input>
 <output name="a" typeRef="number"><outputValues><text>1, 2, 3</text></outputValues>
  <defaultOutputEntry><text>3</text></defaultOutputEntry></output>
 <rule><inputEntry><text>&lt; 18</text></inputEntry><inputEntry><text>-</text></inputEntry>
  <outputEntry><text>1</text></outputEntry></rule>
 <rule><inputEntry><text>[18..65)</text></inputEntry><inputEntry><text>count(?) > 1</text></inputEntry>
  <outputEntry><text>P.age / 10</text></outputEntry></rule>
 <rule><inputEntry><text>not(1, 2)</text></inputEntry><inputEntry><text>null</text></inputEntry>
  <outputEntry><text>sum(Ages)</text></outputEntry></rule>
</decisionTable>
"""
_CONTEXT = f"""
<context><contextEntry><variable name="f"/><functionDefinition><formalParameter name="n" typeRef="number"/>
 {text("if n < 1 then 0 else n + fib(n - 1)")}</functionDefinition></contextEntry>
 <contextEntry><variable name="rows" typeRef="Any"/><relation><column name="a"/><column name="b c"/>
 <row>{text("1")}{text("f(3)")}</row><row>{text('"x"')}{text("P")}</row></relation></contextEntry>
 <contextEntry><variable name="some"/><some iteratorVariable="r"><in>{text("rows")}</in>
 <satisfies>{text("r.a = 1")}</satisfies></some></contextEntry>
 <contextEntry><filter><in>{text("rows")}</in><match>{text("a = 1 or item.b c = 7")}</match></filter>
 </contextEntry>
</context>
"""
_FOR = f"""
<for iteratorVariable="in out"><in>{text("Ages")}</in><return><conditional><if>{text("in out > 3")}</if>
 <then>{text("partial[-1]")}</then><else><list>{text("@'P1D'".replace("'", '"'))}{text("in out ** 2")}</list>
 </else></conditional></return></for>
"""
_SERVICE = """
<decisionService id="_s" name="s"><variable name="s"/><outputDecision href="#_Points"/>
 <outputDecision href="#_Each"/><inputDecision href="#_Rows"/><inputData href="#_P"/></decisionService>
"""
_READS = requires("_P", "_Ages")
_BOOK = model(
    _IMPORT
    + _TYPES
    + given("P", "tPerson")
    + given("Ages", "tAges")
    + decided("Points", _TABLE, _READS, "number")
    + decided("Rows", _CONTEXT, _READS + requires("_fib", kind="requiredKnowledge"))
    + decided("Each", _FOR, _READS)
    + decided(
        "All",
        text('{a: Points, b: o.There(P.age), c: s(P, [1]), d: P.unit-price[1], e: date("2025-02-12")}'),
        _READS
        + requires("_Points", "_Rows", kind="requiredDecision")
        + requires(f"{_OTHER}#_There", "_s", kind="requiredKnowledge"),
    )
    + function("fib", {"n": "number"}, text("if n < 2 then n else fib(n - 1) + fib(n - 2)"), type_ref="tRule")
    + _SERVICE
)
_OTHER_BOOK = model(function("There", {"n": "Any"}, text("n * 2"))).replace("urn:sample", _OTHER)

BOOKS = (_BOOK, _OTHER_BOOK)
_VALUES: Sequence[object] = (
    None,
    1,
    -1,
    Decimal("1e30"),
    "x",
    True,
    [1, 20],
    [],
    {"age": 7, "unit-price": [1]},
)


def spoilt(chance: Random, texts: Sequence[str]) -> bytes:
    """A model with one to five changes; one in eight has its bytes changed as well."""
    root = etree.fromstring(chance.choice(BOOKS).encode())
    for _ in range(chance.randint(1, 5)):
        _change(root, chance, texts)
    data = etree.tostring(root)
    if chance.random() < 0.125:
        at = chance.randrange(len(data))
        data = data[:at] + bytes(chance.choices(range(256), k=chance.randint(0, 4))) + data[at + 2 :]
    return data


def _change(root: etree._Element, chance: Random, texts: Sequence[str]) -> None:
    elements = list(root.iter("*"))
    element, other = chance.choice(elements), chance.choice(elements)
    parent = element.getparent()
    match chance.randrange(7):
        case 0 | 1 if element.text and element.text.strip():
            with suppress(ValueError):  # XML does not hold every character
                element.text = mutated(element.text, chance, texts)
        case 2 if element.attrib and other.attrib:
            key = chance.choice(sorted(map(str, element.attrib)))
            element.set(key, str(chance.choice(sorted(map(str, other.attrib.values())))))
        case 3 if element.attrib:
            del element.attrib[chance.choice(sorted(map(str, element.attrib)))]
        case 4 if parent is not None:
            parent.remove(element)
        case 5 if parent is not None:
            parent.insert(0, deepcopy(other))
        case _:
            element.append(deepcopy(other))


def run(data: bytes, chance: Random) -> None:
    """The model read, lowered and evaluated with anything. Nothing but FeelLimit may come of it."""
    definitions, _ = read_model(data, "sample.dmn")
    if definitions is None:
        return
    others = [read_model(each.encode(), "other.dmn")[0] for each in BOOKS]
    lowered = lower(definitions, {each.namespace: each for each in others if each is not None})
    evaluate(lowered, chance)


def evaluate(lowered: LoweredModel, chance: Random) -> None:
    """Every decision, service and function with anything."""
    inputs = {each.name: from_python(chance.choice(_VALUES)) for each in lowered.of_kind("input")}
    for each in lowered.of_kind("decision"):
        with suppress(FeelLimit):
            lowered.decide(each.name, inputs)
    for each in lowered.of_kind("service"):
        with suppress(FeelLimit):
            lowered.service(each.name, inputs)
    for each in lowered.of_kind("function"):
        with suppress(FeelLimit):
            lowered.invoke(each.name, [from_python(chance.choice(_VALUES))])


def sound() -> tuple[Definitions, ...]:
    """The models as they are before they are spoilt."""
    read = [read_model(each.encode(), "sample.dmn") for each in BOOKS]
    assert [findings for _, findings in read] == [(), ()]
    return tuple(each for each, _ in read if each is not None)
