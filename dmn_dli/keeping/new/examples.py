"""Facts of a dictionary that can stand as examples in a new workbook: conditions that part their values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from attrs import frozen

from dmn_dli.analysis.place import listed
from dmn_dli.feel.keywords import KEYWORDS
from dmn_dli.linking.dictionary import fact_values
from dmn_dli.model.facts import Changeable, Dictionary, Fact, FactType
from dmn_dli.runtime.input_error import InputError

_WORDS = re.compile(r"[^\W\d_][\w-]*( [\w-]+)*")

_LIKELY = (Changeable.YES, Changeable.REQUEST, None, Changeable.NO)
"""What a criterion asks for first: what care or time can change; last what is past."""


@frozen
class ExampleFact:
    """A fact, the values of it that meet a condition, and those that do not."""

    fact: Fact
    meeting: tuple[str | Decimal | bool, ...]
    failing: tuple[str | Decimal | bool, ...]

    @property
    def met(self) -> str:
        """The condition as an IF cell holds it."""
        return ", ".join(map(_text, self.meeting))

    @property
    def unmet(self) -> str:
        """Its contrary."""
        return ", ".join(map(_text, self.failing))

    @property
    def requirement(self) -> str:
        """The condition as a requirement in words."""
        words = ["Yes" if value is True else str(value) for value in self.meeting]
        return f"{self.fact.label} must be {listed(words, 'or')}"


def example_facts(dictionary: Dictionary) -> tuple[ExampleFact, ExampleFact, ExampleFact]:
    """The fact that tells which service is requested, and two that criteria can ask for.

    Raises InputError where the dictionary has no three facts of which the values can be listed.
    """
    usable = tuple(_usable(dictionary))
    strings = [each for each in usable if each.fact.type is FactType.STRING]
    requested = [each for each in strings if each.fact.changeable is Changeable.REQUEST]
    service = next(iter((*requested, *strings)), None)
    others = sorted(
        (each for each in usable if each is not service), key=lambda each: _LIKELY.index(each.fact.changeable)
    )
    if service is None or len(others) < 2:
        raise InputError(
            f'The dictionary "{dictionary.file}" has too few facts for the examples of a new workbook. A '
            "string with allowed values, which says what is requested, and two further facts of which the "
            "values are listed (strings or numbers with allowed values, or booleans) are expected."
        )
    first, *rest = (*service.meeting, *service.failing)
    return ExampleFact(service.fact, (first,), tuple(rest)), others[0], others[1]


def _usable(dictionary: Dictionary) -> Iterator[ExampleFact]:
    """The facts with listed values, of which all but the last meet the condition."""
    allowed = fact_values(dictionary, dictionary.file)[0]
    for fact in dictionary.facts:
        if fact.type is FactType.BOOLEAN:
            yield ExampleFact(fact, (True,), (False,))
        elif fact.type is not FactType.DATE and fact.name in allowed:
            values = allowed[fact.name].values or ()
            plain = tuple(value for value in values if isinstance(value, str | Decimal))
            if len(plain) == len(values) > 1:
                yield ExampleFact(fact, plain[:-1], plain[-1:])


def _text(value: str | Decimal | bool) -> str:
    """A value as an IF cell holds it; in quotation marks where its words could be read as FEEL."""
    if not isinstance(value, str):
        return str(value).lower()
    plain = _WORDS.fullmatch(value) and not KEYWORDS & set(value.casefold().split())
    return value if plain else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
