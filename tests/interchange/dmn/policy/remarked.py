"""Models of which a policy has something to say, each with the code that says it."""

from __future__ import annotations

from dmn_dli.model import dmn_policy_codes as codes
from dmn_dli.model.finding import Code, Finding
from tests.interchange.dmn.policy.made import arrow, cut, decision, given, model, policy

_AGE = given("Age", "number")
_TABLE = cut("", [["< 18", '"child"'], [">= 18", '"adult"']], inputs=["Age"])

REMARKED = (
    ("a model without a decision", codes.NO_DECISION, model(_AGE)),
    (
        "a table inside a context",
        codes.INNER_TABLE,
        model(
            _AGE
            + decision(
                "Advice",
                f'<context><contextEntry><variable name="Group"/>{_TABLE}</contextEntry></context>',
                arrow("Age"),
            )
        ),
    ),
    (
        "a table that gives a list, in a decision of a text",
        codes.WHOLE_TABLE,
        model(_AGE + decision("Group", _TABLE.replace("UNIQUE", "RULE ORDER"), arrow("Age"))).replace(
            '<variable name="Group"/>', '<variable name="Group" typeRef="string"/>'
        ),
    ),
    (
        "an input clause that names nothing of the model",
        codes.IMPLIED_INPUT,
        model(decision("Group", _TABLE)),
    ),
)


def said_of_policies() -> list[tuple[str, Code, tuple[Finding, ...]]]:
    """What is to be remarked, its code, and all that is said of it."""
    return [(what, code, policy(text).findings) for what, code, text in REMARKED]
