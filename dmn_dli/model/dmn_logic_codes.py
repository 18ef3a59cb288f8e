"""DT74x: the logic of a DMN model, what its elements read and the types that it builds.

They stand here, below the room that lowers models, because the catalogue of all codes does too.
"""

from __future__ import annotations

from dmn_dli.model.finding import Code, Kind, Severity

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

MODEL_SYNTAX = Code(
    "DT740",
    Kind.SYNTAX,
    _ERROR,
    "A text of the model is not FEEL.",
    "Correct the text in the tool that the model comes from.",
)
OTHER_LANGUAGE = Code(
    "DT741",
    Kind.SYNTAX,
    _ERROR,
    "An expression is written in another language than FEEL.",
    "Write it in FEEL.",
)
OUT_OF_SCOPE = Code(
    "DT742",
    Kind.UNKNOWN_NAME,
    _ERROR,
    "An expression reads a name that is not in its scope.",
    "Correct the name, or let the element require what it reads: draw the arrow.",
)
REFUSED = Code(
    "DT743",
    Kind.SYNTAX,
    _ERROR,
    "An expression uses something that models cannot use here, or that takes too much work.",
    "Write it with what the message names; give a date as input data in place of the clock.",
)
CIRCLE = Code(
    "DT744",
    Kind.UNKNOWN_NAME,
    _ERROR,
    "Decisions require each other in a circle.",
    "Break the circle: one of the decisions must do without the other.",
)
TYPE_CIRCLE = Code(
    "DT745",
    Kind.TYPE,
    _ERROR,
    "An item definition is defined by itself, or by too many others in turn.",
    "Break the circle: one of the item definitions must do without the other.",
)
NO_SUCH_MODEL = Code(
    "DT746",
    Kind.FILE,
    _ERROR,
    "A model that is imported is not there.",
    "Put the model's file beside the one that imports it, or correct the namespace of the import.",
)
NO_LOGIC = Code(
    "DT747",
    Kind.LAYOUT,
    _WARNING,
    "A decision or a function has no logic, so that its value is null.",
    "Give it an expression or a table.",
)
NOT_CALLED = Code(
    "DT748",
    Kind.SYNTAX,
    _WARNING,
    "A function is defined in another language, which is not called here: its value is null.",
    "Write the function in FEEL.",
)
NEVER_A_VALUE = Code(
    "DT749",
    Kind.TYPE,
    _WARNING,
    "A part of an expression is null whatever the facts are.",
    "Correct the types of what is put together there.",
)
