"""DT7xx: the file of a DMN model, its elements and what they refer to.

They stand here, below the room that reads such files, because the catalogue of all codes does too.
"""

from __future__ import annotations

from dmn_dli.model.finding import Code, Kind, Severity


def _error(code: str, title: str, remedy: str, kind: Kind = Kind.FILE) -> Code:
    return Code(code, kind, Severity.ERROR, title, remedy)


def _warning(code: str, title: str, remedy: str, kind: Kind = Kind.LAYOUT) -> Code:
    return Code(code, kind, Severity.WARNING, title, remedy)


# The file

NOT_XML = _error(
    "DT701",
    "The file is no well-formed XML.",
    "Open the model in the tool that it comes from and save it again; or correct the line by hand.",
)
DOCUMENT_TYPE = _error(
    "DT702",
    "The file declares a document type, which no model needs and which may reach outside of the file.",
    "Delete the line that begins with <!DOCTYPE, and write what its entities stand for.",
)
TOO_LARGE_MODEL = _error(
    "DT703", "The model is of an absurd size.", "Split the model into several that import each other."
)
NOT_DMN = _error(
    "DT704",
    "The file is no DMN model.",
    "Name a file whose outermost element is `definitions` in a namespace of DMN 1.1 to 1.5; most tools call "
    "it Export > DMN.",
)
LATER_VERSION = _warning(
    "DT705",
    "The model is of a version of DMN that is not known.",
    "Export the model as DMN 1.5 if the tool can; else look over what was made of it.",
    Kind.FILE,
)
UNREADABLE_MODEL = _error(
    "DT706", "The model's file cannot be read.", "Check that the file exists and that you may read it."
)

# Elements

UNKNOWN_ELEMENT = _warning(
    "DT710",
    "The model has an element or attribute that DMN does not have at this place, and it was not read.",
    "Correct its name, or move it where the standard has it; what belongs to a tool alone goes into "
    "extensionElements.",
)
MISSING = _error(
    "DT711",
    "An element lacks something without which it says nothing.",
    "Add it in the tool that the model comes from.",
    Kind.LAYOUT,
)
BAD_VALUE = _error(
    "DT712",
    "An attribute has a value that DMN does not know.",
    "Write one of the values that the message names.",
    Kind.LAYOUT,
)
FOREIGN = Code(
    "DT713",
    Kind.LAYOUT,
    Severity.INFO,
    "An element of another namespace stands outside of extensionElements.",
    "Nothing need be done; it is kept, and stands among the extension elements when the model is written.",
)
RULE_WIDTH = _error(
    "DT714",
    "A rule has more or fewer entries than its table has clauses.",
    "Give the rule an entry for each input and output; - stands for any value.",
    Kind.LAYOUT,
)
SECOND_EXPRESSION = _error(
    "DT715",
    "An element holds two expressions where one is due.",
    "Delete one of the two.",
    Kind.LAYOUT,
)

# What elements refer to

DUPLICATE_ID = _error(
    "DT720", "Two elements have the same id.", "Give one of them an id of its own.", Kind.LAYOUT
)
DANGLING = _error(
    "DT721",
    "An element refers to one that the model does not have.",
    "Draw the arrow anew, or delete it; or import the model that has the element.",
    Kind.UNKNOWN_NAME,
)
UNKNOWN_TYPE = _warning(
    "DT722",
    "A type is named that the model does not define.",
    "Correct the type's name, or add an item definition of this name.",
    Kind.UNKNOWN_NAME,
)
DUPLICATE_NAME = _error(
    "DT723",
    "Two elements of the model have the same name.",
    "Rename one of them: expressions know elements by their names.",
    Kind.LAYOUT,
)

# What is written

NOT_IN_VERSION = _error(
    "DT730",
    "The version of DMN that is written cannot say this.",
    "Export to DMN 1.5, or write the logic in another way.",
)
NOT_IN_XML = _error(
    "DT731",
    "A text holds a character that XML cannot hold.",
    "Type the text again without it.",
)
