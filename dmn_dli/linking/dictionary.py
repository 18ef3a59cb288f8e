"""The dictionary's rows: the allowed values of each, parsed once for all who ask for them."""

from __future__ import annotations

from dmn_dli.feel import FeelSyntaxError, FeelType
from dmn_dli.linking import codes
from dmn_dli.linking.allowed import judge_allowed
from dmn_dli.linking.pitfalls import looks_like_range, offers
from dmn_dli.linking.reporter import Reporter
from dmn_dli.model.facts import Dictionary
from dmn_dli.model.finding import Finding
from dmn_dli.runtime.words import folded
from dmn_dli.tables.allowed_values import FEEL_TYPES, parse_allowed
from dmn_dli.tables.linked import AllowedValues

_WHOLE, _ANY = "Write integer in the column type, and leave this cell blank.", "Leave this cell blank."
_TYPES_IN_WORDS = {
    **dict.fromkeys(("whole number", "whole numbers", "integer", "integers"), _WHOLE),
    **dict.fromkeys(("number", "numbers", "any", "any number", "any value", "date", "any date", "-"), _ANY),
}
"""What some write as allowed values, and what to do instead."""


def fact_values(dictionary: Dictionary, file: str) -> tuple[dict[str, AllowedValues], tuple[Finding, ...]]:
    """The allowed values of each fact that states some, by its name, and what is wrong with the others."""
    reporter = Reporter(file, dictionary.sheet)
    found: dict[str, AllowedValues] = {}
    for fact in dictionary.facts:
        if fact.allowed is None:
            continue
        mistaken = FEEL_TYPES[fact.type] in (FeelType.NUMBER, FeelType.DATE) and looks_like_range(
            fact.allowed.text
        )
        if mistaken:
            message = (
                f'The allowed values of "{fact.name}" read "{fact.allowed.text}", which is taken for a '
                "calculation; a range or a list of values is expected."
            )
            reporter.add(codes.ALLOWED_UNREADABLE, fact.allowed, message, f"Write {mistaken}.")
            continue
        try:
            found[fact.name] = parse_allowed(fact.allowed.text, FEEL_TYPES[fact.type])
        except FeelSyntaxError as error:
            reporter.add(
                codes.ALLOWED_UNREADABLE,
                fact.allowed,
                f'The allowed values of "{fact.name}" read "{fact.allowed.text}": {error.message}.',
                _remedy(fact.allowed.text, FEEL_TYPES[fact.type]),
            )
        else:
            judge_allowed(found[fact.name], fact.allowed, f'The row of "{fact.name}"', reporter)
    return found, tuple(reporter.findings)


def _remedy(text: str, type_: FeelType) -> str:
    """What to write instead of allowed values that cannot be read; "" where nothing is known."""
    if folded(text) in _TYPES_IN_WORDS:
        return _TYPES_IN_WORDS[folded(text)]
    for forms in offers(text, type_, ()):
        for form in forms:
            try:
                parse_allowed(form, type_)
            except FeelSyntaxError:
                continue
            if form not in ("", "-"):
                return f"Write {form}."
    return ""
