"""Models for these tests: as text, as policies, and ready to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dmn_dli.interchange.dmn.policy.kernel import ModelKernel
from dmn_dli.interchange.dmn.policy.link import ModelPolicy
from dmn_dli.store.models import kernel_of, link_model_bytes
from tests.interchange.dmn.models import decision, literal, model

FILE = "sample.dmn"


def policy(text: str, asked: Sequence[str] = (), beside: Mapping[str, str] | None = None) -> ModelPolicy:
    """The policy of a model's text; beside: texts of other models by their files' names."""
    others = {name: other.encode() for name, other in (beside or {}).items()}
    return link_model_bytes(text.encode(), FILE, FILE, lambda: others, asked)


def kernel(text: str, asked: Sequence[str] = (), beside: Mapping[str, str] | None = None) -> ModelKernel:
    """A model's text, ready to decide."""
    linked = policy(text, asked, beside)
    made = kernel_of(linked)
    assert made is not None, [finding.text for finding in linked.findings]
    return made


def given(name: str, type_ref: str = "") -> str:
    """Input data."""
    type_ = f' typeRef="{type_ref}"' if type_ref else ""
    return f'<inputData id="_{name}" name="{name}"><variable name="{name}"{type_}/></inputData>\n'


def arrow(name: str, kind: str = "input") -> str:
    """A requirement of input data or of a decision."""
    what = "Input" if kind == "input" else "Decision"
    id_ = name.replace(" ", "_")
    return f'<informationRequirement><required{what} href="#_{id_}"/></informationRequirement>'


def cut(text: str, rules: Sequence[Sequence[str]], policy: str = "UNIQUE", inputs: Sequence[str] = ()) -> str:
    """A table of these input clauses, one output of text, and rules whose last text is the output entry.

    text: attributes of the table's output, such as a type.
    """
    clauses = "".join(
        f"<input><inputExpression><text>{_escaped(each)}</text></inputExpression></input>" for each in inputs
    )
    rows = "".join(
        "<rule>"
        + "".join(f"<inputEntry><text>{_escaped(test)}</text></inputEntry>" for test in row[:-1])
        + f"<outputEntry><text>{_escaped(row[-1])}</text></outputEntry></rule>"
        for row in rules
    )
    return f'<decisionTable hitPolicy="{policy}">{clauses}<output {text}/>{rows}</decisionTable>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


__all__ = ["arrow", "cut", "decision", "given", "kernel", "literal", "model", "policy"]
