"""Models of a few lines, read and lowered, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from dmn_dli.feel.foreign import ForeignFunctions
from dmn_dli.feel.values import from_python
from dmn_dli.interchange.dmn.lower import lower
from dmn_dli.interchange.dmn.lowered_model import LoweredModel
from dmn_dli.interchange.dmn.model import Definitions
from dmn_dli.interchange.dmn.read import read_model
from tests.interchange.dmn.models import model


def requires(*ids: str, kind: str = "requiredInput") -> str:
    """Requirements of the elements with these ids."""
    wrapper = "knowledgeRequirement" if kind == "requiredKnowledge" else "informationRequirement"
    return "".join(f'<{wrapper}><{kind} href="{_href(each)}"/></{wrapper}>' for each in ids)


def _href(id_: str) -> str:
    return id_ if "#" in id_ else f"#{id_}"


def given(name: str, type_ref: str = "Any") -> str:
    """Input data, its id the name behind an underscore."""
    id_ = f"_{name.replace(' ', '_')}"
    return f'<inputData id="{id_}" name="{name}"><variable name="{name}" typeRef="{type_ref}"/></inputData>'


def text(feel: str) -> str:
    """A literal expression, its text escaped."""
    for sign, entity in (("&", "&amp;"), ("<", "&lt;")):
        feel = feel.replace(sign, entity)
    return f"<literalExpression><text>{feel}</text></literalExpression>"


def decided(name: str, logic: str, before: str = "", type_ref: str = "Any") -> str:
    """A decision with its variable's type."""
    id_ = f"_{name.replace(' ', '_')}"
    variable = f'<variable name="{name}" typeRef="{type_ref}"/>'
    return f'<decision id="{id_}" name="{name}">{variable}{before}{logic}</decision>'


def function(
    name: str, parameters: Mapping[str, str], body: str, before: str = "", type_ref: str = "Any"
) -> str:
    """A business knowledge model."""
    formal = "".join(
        f'<formalParameter name="{key}" typeRef="{type_}"/>' for key, type_ in parameters.items()
    )
    return (
        f'<businessKnowledgeModel id="_{name}" name="{name}"><variable name="{name}" typeRef="{type_ref}"/>'
        f"<encapsulatedLogic>{formal}{body}</encapsulatedLogic>{before}</businessKnowledgeModel>"
    )


def definitions(*elements: str, namespace: str = "urn:sample", name: str = "Sample") -> Definitions:
    """The model of these elements, which must read without errors."""
    data = model("\n".join(elements)).replace("urn:sample", namespace, 1).replace('"Sample"', f'"{name}"', 1)
    found, findings = read_model(data.encode(), f"{name}.dmn")
    assert [each for each in findings if each.is_error] == []
    assert found is not None
    return found


def lowered(
    *elements: str, imported: tuple[Definitions, ...] = (), foreign: ForeignFunctions | None = None
) -> LoweredModel:
    """The elements as one lowered model."""
    others = {each.namespace: each for each in imported}
    return lower(definitions(*elements), others, foreign=foreign)


def value(model_: LoweredModel, name: str, **inputs: object) -> object:
    """A decision's value for Python's values."""
    return model_.decide(name, {key.replace("_", " "): from_python(each) for key, each in inputs.items()})


def of(logic: str) -> object:
    """The value of a decision that reads nothing; no finding."""
    model_ = lowered(decided("D", logic))
    assert model_.findings == ()
    return value(model_, "D")


def codes(model_: LoweredModel) -> list[str]:
    """The codes of what was found, in order."""
    return [finding.code.code for finding in model_.findings]


N = Decimal
