"""Output clauses and entries: text, allowed values, numbers, booleans, dates or expressions."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from dmn_dli.feel import (
    Environment,
    FeelSyntaxError,
    FeelType,
    FeelUnsupported,
    constant_value,
    free_names,
    infer,
    is_constant,
    parse_expression,
    to_feel,
)
from dmn_dli.linking import codes
from dmn_dli.linking.allowed import judge_allowed
from dmn_dli.linking.cells import bare_words
from dmn_dli.linking.expressions import read_expression, report_letter_case, report_unsupported
from dmn_dli.linking.names import Names
from dmn_dli.linking.reporter import Reporter
from dmn_dli.linking.stored import article, kind_fits
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.table import OutputClause, Rule
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.runtime.nearest import did_you_mean
from dmn_dli.runtime.words import folded
from dmn_dli.tables.admission import admits
from dmn_dli.tables.allowed_values import guess_allowed, is_quoted
from dmn_dli.tables.linked import AllowedValues, Computed, Constant, Entry, OutputColumn

TYPE_WORDS = {
    "number": FeelType.NUMBER,
    "boolean": FeelType.BOOLEAN,
    "date": FeelType.DATE,
    "expression": FeelType.ANY,
}


@frozen
class OutputContext:
    """What row 4 says of an output: its type, its allowed values, whether its entries are plain text."""

    clause: OutputClause
    type: FeelType
    allowed: AllowedValues | None = None
    plain_text: bool = False


def output_context(clause: OutputClause, reporter: Reporter) -> OutputContext:
    """Read row 4 of an output clause."""
    word = clause.values.strip().casefold()
    if clause.values_cell is not None and clause.values_cell.kind in (CellKind.FORMULA, CellKind.ERROR):
        return OutputContext(clause, FeelType.ANY, plain_text=True)
    if not word:
        return OutputContext(clause, FeelType.STRING, plain_text=True)
    if word in TYPE_WORDS:
        return OutputContext(clause, TYPE_WORDS[word])
    try:
        type_, allowed = guess_allowed(clause.values)
    except FeelSyntaxError as error:
        reporter.add(
            codes.ALLOWED_UNREADABLE,
            clause.values_cell or clause.cell,
            f'Row 4 of "{clause.name}" reads "{clause.values}": {error.message}.',
        )
        # Taken for what it most likely is, so that one mistake in row 4 gives one message.
        is_range = word[:1] in ("[", "(", "<", ">")
        return OutputContext(clause, FeelType.ANY if is_range else FeelType.STRING, plain_text=True)
    judge_allowed(allowed, clause.values_cell or clause.cell, "Row 4", reporter)
    return OutputContext(clause, type_, allowed)


def read_output(
    context: OutputContext, position: int, rules: Sequence[Rule], names: Names, reporter: Reporter
) -> OutputColumn:
    """All entries of an output clause; an entry that a finding objects to becomes null."""
    entries = tuple(
        _entry(rule.outputs[position], rule.outputs[position].text, context, names, reporter)
        or Constant(None)
        for rule in rules
    )
    clause = context.clause
    default = None
    if clause.default is not None:
        place = clause.values_cell or clause.cell
        text = Cell(place.row, place.column, CellKind.TEXT, clause.default)
        default = _entry(text, clause.default, context, names, reporter) or Constant(None)
    return OutputColumn(clause.name, context.type, context.allowed, entries, default)


def check_aggregation(hit_policy: HitPolicy, contexts: Sequence[OutputContext], reporter: Reporter) -> None:
    """C+ needs numbers; C< and C> need values with an order; all three need one output (DMN 1.5, 8.2.11)."""
    if not hit_policy.aggregates:
        return
    if len(contexts) > 1:
        reporter.add(
            codes.AGGREGATION,
            contexts[1].clause.cell,
            f"Hit policy {hit_policy.value} works on one output, but the table has {len(contexts)}.",
            "Keep one output, or choose hit policy C.",
        )
    first = contexts[0]
    summable = (FeelType.NUMBER, FeelType.ANY)
    orderable = (*summable, FeelType.DATE, FeelType.STRING)
    fits = summable if hit_policy.adds else orderable
    if first.type not in fits:
        reporter.add(
            codes.AGGREGATION,
            first.clause.values_cell or first.clause.cell,
            f'Hit policy {hit_policy.value} works on numbers, but "{first.clause.name}" holds '
            f"{article(first.type)}.",
        )


def _entry(cell: Cell, text: str, context: OutputContext, names: Names, reporter: Reporter) -> Entry | None:
    label = context.clause.name
    if not kind_fits(cell, context.type, label, reporter):
        return None
    if context.plain_text:
        return Constant(_plain(text))
    if context.type is FeelType.ANY:
        return _expression(cell, text, names, reporter)
    if text.strip() == "null":
        return Constant(None)
    if context.allowed is not None and context.type is FeelType.STRING:
        return _listed_string(cell, text, context, context.allowed, reporter)
    return _typed_constant(cell, text, context, names, reporter)


def _plain(text: str) -> str | None:
    stripped = text.strip()
    if stripped == "null":
        return None
    return stripped[1:-1] if is_quoted(stripped) else stripped


def _listed_string(
    cell: Cell, text: str, context: OutputContext, allowed: AllowedValues, reporter: Reporter
) -> Entry | None:
    words = bare_words(FeelType.STRING, allowed)
    plain = _plain(text) or ""
    found = words.get(folded(plain))
    if found is None:
        known = [str(value) for value in allowed.values or ()]
        reporter.add(
            codes.NOT_ALLOWED,
            cell,
            f'The cell reads "{text}", but "{context.clause.name}" allows: {allowed.text}.'
            + did_you_mean(plain, known),
        )
        return None
    if found != plain:
        reporter.add(codes.LETTER_CASE, cell, f'Read "{plain}" as "{found}".')
    return Constant(found)


def _typed_constant(
    cell: Cell, text: str, context: OutputContext, names: Names, reporter: Reporter
) -> Entry | None:
    environment = Environment.workbook(
        words=bare_words(context.type, context.allowed),
        bare_dates=context.type is FeelType.DATE,
        fold_case=True,
    )
    expected = f'"{context.clause.name}" holds {article(context.type)}'
    try:
        parsed = parse_expression(text, environment)
    except FeelSyntaxError:
        reporter.add(codes.TYPE, cell, f'The cell reads "{text}", but {expected}.')
        return None
    report_letter_case(parsed, cell, reporter)
    type_ = infer(parsed.tree, names.types).type
    if not is_constant(parsed.tree) or type_ is not context.type:
        reporter.add(codes.TYPE, cell, f'The cell reads "{text}", but {expected}.')
        return None
    try:
        value = constant_value(parsed.tree)
    except FeelUnsupported as error:
        report_unsupported(error, text, cell, "The cell", reporter)
        return None
    if context.allowed is not None and not admits(context.allowed)(value):
        reporter.add(
            codes.NOT_ALLOWED,
            cell,
            f'The cell reads "{to_feel(value)}", but "{context.clause.name}" allows: {context.allowed.text}.',
        )
        return None
    return Constant(value)


def _expression(cell: Cell, text: str, names: Names, reporter: Reporter) -> Entry | None:
    tree = read_expression(text, cell, "The cell", names, reporter)
    if tree is None:
        return None
    return Constant(constant_value(tree)) if is_constant(tree) else Computed(tree, free_names(tree))
