"""What columns are about: the fact or decision that a heading names, its row 4, the words to choose from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from attrs import define, frozen

from dmn_dli.cases.columns import criteria_names
from dmn_dli.feel import DateValue, FeelSyntaxError, FeelType
from dmn_dli.linking.names import Names, gather_names
from dmn_dli.model.facts import Dictionary, Fact, FactType
from dmn_dli.model.repair import plain_word, repair_text
from dmn_dli.model.table import DecisionTable, OutputClause
from dmn_dli.model.workbook import Workbook
from dmn_dli.runtime.words import folded
from dmn_dli.tables.allowed_values import FEEL_TYPES, guess_allowed, parse_allowed

BOOLEANS = ("true", "false")
ANY = "-"
_BOOLEAN = "boolean"
_LONGEST = 255
"""Characters of a dropdown's words, commas among them, that Excel takes."""


@frozen
class Subject:
    """What a clause or a column of cases is about.

    fact: of the dictionary. table, output: of a decision. criterion: the name of a row of criteria. None of
    them: an expression, or a name that nothing bears.
    """

    fact: Fact | None = None
    table: DecisionTable | None = None
    output: OutputClause | None = None
    criterion: str = ""

    @property
    def known(self) -> bool:
        """Whether it is one of them."""
        return self != Subject()


@define
class Words:
    """The names and values that a workbook and its dictionary speak of."""

    dictionary: Dictionary | None
    names: Names
    tables: Mapping[str, DecisionTable]
    criteria: frozenset[str]
    final: DecisionTable | None

    def subject(self, heading: str) -> Subject:
        """What a heading names, letter case aside; nothing where it could be two things."""
        spelling = folded(repair_text(heading)[0])
        name = None if spelling in self.names.ambiguous else self.names.canonical.get(spelling)
        if name is None:
            return Subject()
        if name in self.names.facts:
            return Subject(self.names.facts[name])
        if name in self.criteria:
            return Subject(criterion=name)
        for table in self.tables.values():
            if name == table.name:
                return Subject(table=table, output=table.outputs[0])
            for output in table.outputs:
                if name == f"{table.name}.{output.name}":
                    return Subject(table=table, output=output)
        return Subject()

    def names_something(self, text: str) -> bool:
        """Whether a text is the name of a fact, a decision or a criterion, or could be."""
        spelling = folded(repair_text(text)[0])
        return spelling in self.names.canonical or spelling in self.names.ambiguous

    def clause_choices(self, subject: Subject, row_4: str) -> tuple[str, ...]:
        """The words that an IF cell may hold, besides lists and other tests of them."""
        if subject.fact is not None:
            return fact_choices(subject.fact)
        if row_4:
            return stated_choices(row_4)
        if subject.criterion:
            return BOOLEANS
        table, output = subject.table, subject.output
        if table is None or output is None or table.hit_policy.gives_list or table.hit_policy.own_values:
            return ()
        return stated_choices(output.values)

    @property
    def determinations(self) -> tuple[str, ...]:
        """What the final decision may give, as far as its row 4 lists it."""
        return stated_choices(self.final.outputs[0].values) if self.final else ()


def words_of(workbook: Workbook, dictionary: Dictionary | None) -> Words:
    """The words of a workbook and of the dictionary that it uses."""
    unknown: defaultdict[tuple[str, str], FeelType] = defaultdict(lambda: FeelType.ANY)
    names = gather_names(
        dictionary or Dictionary(()), workbook.tables, unknown, workbook.unread, criteria=workbook.criteria
    )
    tables = {plain_word(table.name): table for table in workbook.tables}
    final = tables.get(plain_word(workbook.policy.final_decision or ""))
    return Words(dictionary, names, tables, frozenset(criteria_names(workbook)), final)


def row_4_of(fact: Fact) -> str | None:
    """Row 4 of a fact's clause: the dictionary's values, bare where that reads the same; None for blank.

    Raises FeelSyntaxError where the dictionary's values cannot be read.
    """
    if fact.allowed is None:
        return None
    text = fact.allowed.text
    type_ = FEEL_TYPES[fact.type]
    allowed = parse_allowed(text, type_)
    if type_ is not FeelType.STRING or allowed.values is None:
        return text
    bare = ", ".join("null" if value is None else str(value) for value in allowed.values)
    return bare if _listed(bare, type_) == allowed.values else text


def fact_choices(fact: Fact) -> tuple[str, ...]:
    """The values of a fact as words to choose from; nothing where they cannot be listed."""
    if fact.allowed is None:
        return BOOLEANS if fact.type is FactType.BOOLEAN else ()
    return choices(_listed(fact.allowed.text, FEEL_TYPES[fact.type]) or ())


def stated_choices(row_4: str) -> tuple[str, ...]:
    """The values that a row 4 lists, as words to choose from; those of `boolean`."""
    text = repair_text(row_4)[0]
    if plain_word(text) == _BOOLEAN:
        return BOOLEANS
    if not text or plain_word(text) in ("number", "date", "string", "expression"):
        return ()
    try:
        return choices(guess_allowed(text)[1].values or ())
    except FeelSyntaxError:
        return ()


def choices(values: Sequence[object]) -> tuple[str, ...]:
    """Values as the words of a dropdown; nothing where one of them cannot be one, or all are too long."""
    words = tuple(_word(value) for value in values)
    return tuple(word or "" for word in words) if all(words) else ()


def offered(words: Iterable[str]) -> tuple[str, ...]:
    """Words for a dropdown, each once; nothing where Excel would not take so many."""
    once = tuple(dict.fromkeys(words))
    return once if len(",".join(once)) <= _LONGEST else ()


def _word(value: object) -> str | None:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return value if value.strip() == value and not set(value) & set(',"\n') else None
        case Decimal():
            return format(value, "f")
        case DateValue():
            return str(value)
    return None


def _listed(text: str, type_: FeelType) -> tuple[object, ...] | None:
    try:
        return parse_allowed(text, type_).values
    except FeelSyntaxError:
        return None
