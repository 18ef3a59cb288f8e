"""The dictionary's rows: the allowed values of each, parsed once for all who ask for them."""

from __future__ import annotations

from dmn_dli.feel import FeelSyntaxError
from dmn_dli.linking import codes
from dmn_dli.linking.allowed import judge_allowed
from dmn_dli.linking.reporter import Reporter
from dmn_dli.model.facts import Dictionary
from dmn_dli.model.finding import Finding
from dmn_dli.tables.allowed_values import FEEL_TYPES, parse_allowed
from dmn_dli.tables.linked import AllowedValues


def fact_values(dictionary: Dictionary, file: str) -> tuple[dict[str, AllowedValues], tuple[Finding, ...]]:
    """The allowed values of each fact that states some, by its name, and what is wrong with the others."""
    reporter = Reporter(file, dictionary.sheet)
    found: dict[str, AllowedValues] = {}
    for fact in dictionary.facts:
        if fact.allowed is None:
            continue
        try:
            found[fact.name] = parse_allowed(fact.allowed.text, FEEL_TYPES[fact.type])
        except FeelSyntaxError as error:
            reporter.add(
                codes.ALLOWED_UNREADABLE,
                fact.allowed,
                f'The allowed values of "{fact.name}" read "{fact.allowed.text}": {error.message}.',
            )
        else:
            judge_allowed(found[fact.name], fact.allowed, f'The row of "{fact.name}"', reporter)
    return found, tuple(reporter.findings)
