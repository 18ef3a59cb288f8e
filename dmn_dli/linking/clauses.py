"""Input clauses: which fact, decision or expression a column tests, and which values can arrive."""

from __future__ import annotations

import re

from dmn_dli.feel import (
    FeelSyntaxError,
    FeelType,
    FeelUnsupported,
    Vocabulary,
    compile_expression,
    free_names,
    infer,
    parse_expression,
)
from dmn_dli.linking import codes
from dmn_dli.linking.cells import report_bare, report_letter_case
from dmn_dli.linking.names import Names, fold
from dmn_dli.linking.outputs import EXPRESSION_REMEDY, check_expression
from dmn_dli.linking.reporter import Reporter
from dmn_dli.linking.stored import reported
from dmn_dli.model.cell import Cell
from dmn_dli.model.table import InputClause
from dmn_dli.runtime.nearest import did_you_mean
from dmn_dli.tables.allowed_values import fact_values, guess_allowed, parse_allowed
from dmn_dli.tables.linked import AllowedValues, DecisionSource, ExpressionSource, FactSource, Source

_PLAIN_WORDS = re.compile(r"[^\W\d][\w \-'/]*\Z")


def resolve_clause(clause: InputClause, names: Names, reporter: Reporter) -> tuple[Source, FeelType] | None:
    """What an input clause stands for and its type; None where a finding says why not."""
    cell = clause.cell
    if reported(cell):
        return None
    text = " ".join(cell.text.split())
    folded = fold(text)
    if any(folded == fold(name) or folded.startswith(f"{fold(name)}.") for name in names.unread):
        return None
    if folded in names.ambiguous:
        reporter.add(
            codes.AMBIGUOUS_NAME,
            cell,
            f'"{text}" could be {" or ".join(names.ambiguous[folded])}.',
        )
        return None
    name = names.canonical.get(folded)
    if name is not None:
        if text not in names.exact:
            reporter.add(codes.LETTER_CASE, cell, f'Read "{text}" as "{names.spellings[folded]}".')
        return _named(name, cell, names, reporter)
    return _expression(text, cell, names, reporter)


def _named(name: str, cell: Cell, names: Names, reporter: Reporter) -> tuple[Source, FeelType] | None:
    if name in names.facts:
        return FactSource(names.facts[name]), names.types[name]
    if name in names.bare:
        report_bare(name, cell, names, reporter)
        return None
    for decision in names.bare:
        if name.startswith(f"{decision}."):
            return DecisionSource(decision, name[len(decision) + 1 :]), names.types[name]
    return DecisionSource(name), names.types[name]


def _expression(text: str, cell: Cell, names: Names, reporter: Reporter) -> tuple[Source, FeelType] | None:
    unknown = f'"{text}" is neither a fact nor a decision.' + did_you_mean(text, names.spellings.values())
    try:
        parsed = parse_expression(text, Vocabulary(names=names.canonical, fold_case=True))
        compile_expression(parsed.tree)
    except FeelSyntaxError as error:
        if _PLAIN_WORDS.match(text):
            reporter.add(codes.UNKNOWN_NAME, cell, unknown)
        else:
            reporter.add(
                codes.SYNTAX,
                cell,
                f'The input clause reads "{text}": {error.message} (at character {error.span.start + 1}).',
                EXPRESSION_REMEDY,
            )
        return None
    except FeelUnsupported as error:
        reporter.add(codes.UNSUPPORTED, cell, f'The input clause reads "{text}": {error.message}.')
        return None
    report_letter_case(parsed, cell, reporter)
    if free_names(parsed.tree) == {text}:
        reporter.add(codes.UNKNOWN_NAME, cell, unknown)
        return None
    if not check_expression(parsed.tree, cell, names, reporter):
        return None
    return ExpressionSource(parsed.tree, free_names(parsed.tree)), infer(parsed.tree, names.types).type


def clause_values(
    clause: InputClause, source: Source, type_: FeelType, reporter: Reporter
) -> tuple[FeelType, AllowedValues | None]:
    """The values that can arrive at a clause: the dictionary's for a fact, row 4's for all else.

    Row 4 of a fact's clause must agree with the dictionary. The type is that of
    row 4 where nothing else states one.
    """
    if isinstance(source, FactSource):
        return type_, _fact_clause_values(clause, source, type_, reporter)
    if clause.allowed is None or reported(clause.allowed):
        return type_, None
    if clause.allowed.text.strip().casefold() in ("number", "boolean", "date", "string"):
        return FeelType[clause.allowed.text.strip().upper()], None
    try:
        if type_ in (FeelType.ANY, FeelType.LIST, FeelType.NULL):
            guessed, allowed = guess_allowed(clause.allowed.text)
            return (guessed if type_ is FeelType.ANY else type_), allowed
        return type_, parse_allowed(clause.allowed.text, type_)
    except FeelSyntaxError as error:
        reporter.add(
            codes.ALLOWED_UNREADABLE,
            clause.allowed,
            f'Row 4 reads "{clause.allowed.text}": {error.message}.',
        )
    return type_, None


def _fact_clause_values(
    clause: InputClause, source: FactSource, type_: FeelType, reporter: Reporter
) -> AllowedValues | None:
    try:
        allowed = fact_values(source.fact)
    except FeelSyntaxError:
        return None  # reported once, with the dictionary
    if clause.allowed is None or reported(clause.allowed):
        return allowed
    dictionary = allowed.text if allowed else "any value"
    try:
        stated = parse_allowed(clause.allowed.text, type_)
    except FeelSyntaxError:
        stated = None
    agrees = (
        allowed is not None
        and stated is not None
        and (
            stated.tests == allowed.tests
            if stated.values is None or allowed.values is None
            else _folded(stated.values) == _folded(allowed.values)
        )
    )
    if not agrees:
        reporter.add(
            codes.ALLOWED_DIFFER,
            clause.allowed,
            f'Row 4 reads "{clause.allowed.text}", but the dictionary allows for '
            f'"{source.fact.label}": {dictionary}.',
        )
    return allowed


def _folded(values: tuple[object, ...]) -> set[object]:
    return {fold(value) if isinstance(value, str) else value for value in values}
