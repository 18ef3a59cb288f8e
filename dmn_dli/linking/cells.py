"""Input cells: from what stands in Excel to unary tests, with everything that may be wrong told apart."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import evolve, frozen

from dmn_dli.feel import (
    Environment,
    FeelSyntaxError,
    FeelType,
    FeelUnsupported,
    Parsed,
    compile_unary_tests,
    constant_value,
    feel_compare,
    free_names,
    infer,
    is_constant,
    mentions_input,
    parse_unary_tests,
    syntax,
    to_feel,
    try_constants,
)
from dmn_dli.linking import codes
from dmn_dli.linking.expressions import report_letter_case, report_syntax, report_unknown, report_unsupported
from dmn_dli.linking.names import Names
from dmn_dli.linking.pitfall_words import beginning
from dmn_dli.linking.pitfalls import comma_means_or, looks_like_range, offers
from dmn_dli.linking.reporter import Reporter
from dmn_dli.linking.stored import article, due, kind_fits
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.finding import errors
from dmn_dli.runtime.nearest import did_you_mean
from dmn_dli.runtime.words import folded
from dmn_dli.tables.admission import admits
from dmn_dli.tables.allowed_values import BOOLEAN_WORDS, alike, is_quoted, split_items
from dmn_dli.tables.linked import AllowedValues

_DECIMAL_COMMA = re.compile(r"-?\d+,\d+\Z")
_PERCENT_OR_EXPONENT = re.compile(r"(-?\d+(?:\.\d+)?)(?:\s*%|[eE][+-]?\d+)\Z")
_DIGITS = re.compile(r"-?\d+(\.\d+)?\Z")
_BARE = re.compile(r"[^\W\d][\w \-'/.]*\Z")


@frozen
class CellContext:
    """What a column expects of its cells.

    environment: the names in scope, and the column's bare words with their values.
    allowed: what row 4 or the dictionary admits. label: the column's heading, for messages.
    nullable: whether it is a fact's that may be null.
    """

    label: str
    type: FeelType
    environment: Environment
    allowed: AllowedValues | None
    nullable: bool = False


def cell_environment(type_: FeelType, words: Mapping[str, str | bool], names: Names) -> Environment:
    """What the words of a column's cells mean; `words` are the bare ones, folded, with their values."""
    dated = type_ in (FeelType.DATE, FeelType.DATE_TIME, FeelType.ANY)
    return names.environment.with_words(words, bare_dates=dated)


def bare_words(type_: FeelType, allowed: AllowedValues | None) -> dict[str, str | bool]:
    """The bare words of a column: its allowed strings, or yes and no."""
    if type_ is FeelType.BOOLEAN:
        return dict(BOOLEAN_WORDS)
    if allowed is None or allowed.values is None:
        return {}
    values = [value for value in allowed.values if isinstance(value, str)]
    exact = {value: value for pair in alike(values) for value in pair}
    return {**{folded(value): value for value in values}, **exact}


def parse_input_cell(
    cell: Cell, context: CellContext, names: Names, reporter: Reporter
) -> syntax.UnaryTests | None:
    """The unary tests of an input cell; None where a finding says why not."""
    if not kind_fits(cell, context.type, context.label, reporter):
        return None
    if _seems_else(cell, context, reporter):
        return None
    before = len(reporter.findings)
    tree = _read(cell, context, names, reporter)
    if tree is None and codes.COMMA_MEANS_OR not in {found.code for found in reporter.findings[before:]}:
        offered = _offered(cell, context, names)
        if offered:
            del reporter.findings[before:]
            message = f'The cell reads "{cell.text}", which is no {due(context.type)}.'
            reporter.add(codes.SYNTAX, cell, message, f"Write {' or '.join(offered)}.")
    return tree


def _offered(cell: Cell, context: CellContext, names: Names) -> tuple[str, ...]:
    """The forms in which a cell may have been meant that it would be accepted in."""

    def accepted(form: str) -> bool:
        trial = Reporter("", "")
        tree = _read(evolve(cell, kind=CellKind.TEXT, text=form), context, names, trial)
        return tree is not None and not errors(trial.findings) and not _empty(tree)

    words = context.environment.words
    for forms in offers(cell.text, context.type, words, nullable=context.nullable):
        # Where one of two ways to read a date is none, the other is meant.
        found = tuple(form for form in forms if form and form != cell.text and accepted(form))
        if found:
            return found
    return ()


def _empty(tree: syntax.UnaryTests) -> bool:
    """Whether a test is a range that no value is in."""
    for test in tree.tests:
        match test:
            case syntax.ValueTest(syntax.Range(low, high)) if low and high:
                if is_constant(low) and is_constant(high):
                    order = feel_compare(constant_value(low), constant_value(high))
                    if order == 1:
                        return True
    return False


def _read(cell: Cell, context: CellContext, names: Names, reporter: Reporter) -> syntax.UnaryTests | None:
    """The tests as FEEL reads them; None where a finding says why there are none."""
    parsed = _parse(cell, context, names, reporter)
    if parsed is None:
        return None
    tree = parsed.tree
    assert isinstance(tree, syntax.UnaryTests)
    report_letter_case(parsed, cell, reporter)
    if not (
        _names_known(tree, cell, context, names, reporter)
        and _types_fit(tree, cell, context, names, reporter)
    ):
        return None
    offer = comma_means_or(tree)
    if offer:
        reporter.add(
            codes.COMMA_MEANS_OR,
            cell,
            f'The cell reads "{cell.text}"; the comma means "or", so that every value passes.',
            f"Write {offer}.",
        )
        return None
    if not _values_allowed(tree, cell, context, reporter):
        return None
    return _as_equality(tree) if context.type is FeelType.BOOLEAN else tree


_DURATIONS = {
    FeelType.DAYS_DURATION: 'Write a duration: @"P14D" is one of 14 days.',
    FeelType.YEARS_DURATION: 'Write a duration: @"P13Y" is one of 13 years, @"P6M" one of six months.',
}
"""What to write in a column of durations: a number has no unit."""


def _seems_else(cell: Cell, context: CellContext, reporter: Reporter) -> bool:
    """Whether the cell reads like something that FEEL takes for something else; a finding says what."""
    text = cell.text
    if context.type in (FeelType.NUMBER, FeelType.DATE):
        offer = looks_like_range(text)
        if offer:
            due = "a date such as 2025-02-12" if context.type is FeelType.DATE else "a value"
            reporter.add(
                codes.LOOKS_LIKE_RANGE,
                cell,
                f'The cell reads "{text}", which is taken for a calculation; {due} or a range is expected.',
                f"Write {offer}.",
            )
            return True
        if _DECIMAL_COMMA.match(text):
            reporter.add(
                codes.DECIMAL_COMMA,
                cell,
                f'The cell reads "{text}", which is a list of two numbers, not a fraction.',
            )
    odd = _PERCENT_OR_EXPONENT.match(text)
    if odd and (context.type is not FeelType.NUMBER or "%" in text):
        plain = f"Write {odd[1]}, or the fraction, as the unit of the column asks for."
        reporter.add(
            codes.PERCENT_OR_EXPONENT,
            cell,
            f'The cell reads "{text}", but the column "{context.label}" holds {article(context.type)}.',
            plain if context.type is FeelType.NUMBER else "",
        )
        return True
    return False


def _as_equality(tree: syntax.UnaryTests) -> syntax.UnaryTests:
    """In a boolean column an expression such as another fact's name is a value to be equal to.

    FEEL by itself would take it for the test's answer where the input is null.
    """

    def compared(test: syntax.ComparisonTest | syntax.ValueTest) -> syntax.ComparisonTest | syntax.ValueTest:
        if isinstance(test, syntax.ComparisonTest) or is_constant(test.expression):
            return test
        if mentions_input(test.expression):
            return test
        return syntax.ComparisonTest("=", test.expression, span=test.span)

    return evolve(tree, tests=tuple(compared(test) for test in tree.tests))


def _parse(cell: Cell, context: CellContext, names: Names, reporter: Reporter) -> Parsed | None:
    try:
        return parse_unary_tests(cell.text, context.environment)
    except FeelSyntaxError as error:
        if not _report_misspelt(cell, context, names, reporter):
            report_syntax(error, cell.text, cell, "The cell", reporter)
    return None


def _report_misspelt(cell: Cell, context: CellContext, names: Names, reporter: Reporter) -> bool:
    """Report each bare word that is no allowed value of a column of strings; whether there were any."""
    misspelt = [
        item
        for item in _items(cell.text)
        if _BARE.match(item)
        and item.casefold() not in context.environment.words
        and item.casefold() not in names.canonical
    ]
    if context.type in (FeelType.STRING, FeelType.BOOLEAN) and context.environment.words:
        for item in misspelt:
            _report_not_allowed(item, cell, context, reporter)
        return bool(misspelt)
    return False


def _items(text: str) -> list[str]:
    stripped = text.strip()
    match = re.fullmatch(r"not\s*\((.*)\)", stripped, re.IGNORECASE | re.DOTALL)
    return [item for item in split_items(match[1] if match else stripped) if not is_quoted(item)]


def _report_not_allowed(shown: str, cell: Cell, context: CellContext, reporter: Reporter) -> None:
    known = [str(value) for value in context.allowed.values or ()] if context.allowed else []
    if context.type is FeelType.BOOLEAN:
        known = ["true", "false"]
    expected = context.allowed.text if context.allowed else "true or false"
    reporter.add(
        codes.NOT_ALLOWED,
        cell,
        f'The cell names "{shown}", but "{context.label}" allows: {expected}.' + did_you_mean(shown, known),
    )


def _names_known(
    tree: syntax.Node, cell: Cell, context: CellContext, names: Names, reporter: Reporter
) -> bool:
    unknown = sorted(free_names(tree) - names.types.keys())
    text_fits = context.type in (FeelType.STRING, FeelType.ANY)
    for name in unknown:
        if context.environment.words and name not in names.bare:
            _report_not_allowed(name, cell, context, reporter)
        else:
            remedy = f'Where the text itself is meant, put it in quotes: "{name}".' if text_fits else ""
            meant = beginning(name) if text_fits else None
            remedy = f"Write {meant}." if meant else remedy
            report_unknown(name, cell, names, reporter, remedy)
    return not unknown


def _types_fit(
    tree: syntax.UnaryTests, cell: Cell, context: CellContext, names: Names, reporter: Reporter
) -> bool:
    digits = _DIGITS.match(cell.text) is not None
    inference = infer(tree, names.types, context.type)
    for problem in inference.problems:
        reporter.add(
            codes.TYPE,
            cell,
            f'The cell reads "{cell.text}" in the column "{context.label}", which holds '
            f"{article(context.type)}: {problem.message}.",
            f'Put it in quotes: "{cell.text}".'
            if context.type is FeelType.STRING and digits
            else _DURATIONS.get(context.type, ""),
        )
    if inference.problems:
        return False
    try:
        compile_unary_tests(tree)
        try_constants(tree)
    except FeelUnsupported as error:
        report_unsupported(error, cell.text, cell, "The cell", reporter)
        return False
    return True


def _values_allowed(tree: syntax.UnaryTests, cell: Cell, context: CellContext, reporter: Reporter) -> bool:
    """Whether each value that the cell names can occur at all."""
    if context.allowed is None or context.type is FeelType.LIST:
        return True
    admitted = admits(context.allowed)
    allowed = True
    for test in tree.tests:
        if not isinstance(test, syntax.ValueTest) or isinstance(test.expression, syntax.Range):
            continue
        if not is_constant(test.expression):
            continue
        value = constant_value(test.expression)
        for member in value if isinstance(value, list) else [value]:
            if not admitted(member):
                allowed = False
                shown = member if isinstance(member, str) else to_feel(member)
                if shown.casefold() in cell.text.casefold() or not context.allowed:
                    _report_not_allowed(shown, cell, context, reporter)
                    continue
                reporter.add(
                    codes.NOT_ALLOWED,
                    cell,
                    f'The cell reads "{cell.text}", which comes to {shown} whatever the case; '
                    f'"{context.label}" allows: {context.allowed.text}.',
                )
    return allowed
