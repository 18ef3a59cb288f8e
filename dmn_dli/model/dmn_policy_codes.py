"""DT76x: a DMN model in place of workbooks.

They stand here, below the room that makes policies of models, because the catalogue of all codes does too.
"""

from __future__ import annotations

from dmn_dli.model.finding import Code, Kind, Severity

NO_DECISION = Code(
    "DT760",
    Kind.LAYOUT,
    Severity.INFO,
    "A model has no decision: it serves those that import it, and decides nothing itself.",
    "Where something is to be decided, name a model with decisions.",
)
INNER_TABLE = Code(
    "DT761",
    Kind.UNKNOWN,
    Severity.INFO,
    "A decision table of a model stands inside other logic, so that nothing is proven of it.",
    "Give the table a decision of its own, which the other logic then reads.",
)
WHOLE_TABLE = Code(
    "DT762",
    Kind.UNKNOWN,
    Severity.INFO,
    "A decision table's value is brought to a type as a whole, so that nothing is proven of the table.",
    "Let the decision's type be that of the table's outputs: a list where several rules add to the value.",
)
IMPLIED_INPUT = Code(
    "DT763",
    Kind.UNKNOWN_NAME,
    Severity.WARNING,
    "An input clause reads a name that the model does not declare; it is taken for a fact.",
    "Give the model input data of that name, and let the decision require it.",
)
