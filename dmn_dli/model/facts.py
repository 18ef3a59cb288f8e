"""The dictionary of facts that the tables speak about."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cached_property

from attrs import frozen

from dmn_dli.model.cell import Cell


class FactType(Enum):
    """The types of facts: those that a dictionary row may name, then those that models have besides."""

    STRING = "string"
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "date and time"
    DAYS_DURATION = "days and time duration"
    YEARS_DURATION = "years and months duration"
    LIST = "list"
    CONTEXT = "context"
    ANY = "Any"


DICTIONARY_TYPES = (
    FactType.STRING,
    FactType.NUMBER,
    FactType.INTEGER,
    FactType.BOOLEAN,
    FactType.DATE,
)
"""The types that a dictionary row may name."""

FACT_HEADINGS = (
    *("fact", "label", "type", "allowed values", "unit", "nullable", "question", "description"),
    "changeable",
)
"""The headings of the dictionary's sheet, in its order."""


class Changeable(Enum):
    """Who or what can change a fact's value: care or time, nobody, the requester who states it."""

    YES = "Yes"
    NO = "No"
    REQUEST = "request"


@frozen
class Fact:
    """One row of the dictionary.

    name: snake_case, the key in a case; label: what people read.
    allowed: the cell with the allowed values as FEEL text (a list of values, or a range);
        None where any value goes.
    nullable: whether an explicit null is a value ("not applicable").
    question: what to ask when the fact is missing.
    changeable: whether care or time can change it (YES), it is past or the patient's (NO), or the requester
        states it (REQUEST); None where the dictionary does not say.
    """

    name: str
    label: str
    type: FactType
    allowed: Cell | None = None
    unit: str = ""
    nullable: bool = False
    question: str = ""
    description: str = ""
    changeable: Changeable | None = None
    row: int = 0

    @property
    def can_change(self) -> bool:
        """Whether it may still become another, as everything may of which the dictionary does not say No."""
        return self.changeable is not Changeable.NO


@frozen
class Assumption:
    """A FEEL condition over facts that holds of every real case, and why; `sheet` is where it stands."""

    condition: Cell
    reason: str
    sheet: str = "Assumptions"


@frozen(slots=False)
class Dictionary:
    """All facts, in the order of the sheet; `sha256` of the workbook that holds them, `file` its name.

    assumptions: those beside the facts; a workbook with facts of its own has them as its own.
    """

    facts: tuple[Fact, ...]
    file: str = ""
    sheet: str = "Facts"
    sha256: str = ""
    assumptions: tuple[Assumption, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, Fact]:
        """Each fact under its name."""
        return {fact.name: fact for fact in self.facts}
