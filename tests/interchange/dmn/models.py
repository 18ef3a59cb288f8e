"""Small DMN models as text, for tests."""

from __future__ import annotations

NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def model(body: str, attributes: str = "", namespace: str = NAMESPACE) -> str:
    """A whole model around its elements; the body begins in line 3."""
    named = 'id="_model" name="Sample" namespace="urn:sample"'
    return f'{HEAD}<definitions xmlns="{namespace}" {named} {attributes}>\n{body}\n</definitions>\n'


def literal(text: str) -> str:
    """A literal expression."""
    return f"<literalExpression><text>{text}</text></literalExpression>"


def decision(name: str, logic: str, before: str = "") -> str:
    """A decision with its variable; before: requirements."""
    return (
        f'<decision id="_{name.replace(" ", "_")}" name="{name}"><variable name="{name}"/>'
        f"{before}{logic}</decision>"
    )


TABLE = """\
<decisionTable hitPolicy="{policy}">
 <input label="Age"><inputExpression typeRef="number"><text>Age</text></inputExpression></input>
 <output typeRef="string"/>
 <rule><inputEntry><text>&lt; 18</text></inputEntry><outputEntry><text>"child"</text></outputEntry></rule>
 <rule>{inputs}<outputEntry><text>"adult"</text></outputEntry></rule>
</decisionTable>"""


def table(policy: str = "UNIQUE", inputs: str = "<inputEntry><text>>= 18</text></inputEntry>") -> str:
    """A table of one input and two rules."""
    return TABLE.format(policy=policy, inputs=inputs)
