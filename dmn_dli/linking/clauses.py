"""Input clauses: which fact, decision or expression a column tests, and which values can arrive."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dmn_dli.feel import (
    FeelSyntaxError,
    FeelType,
    free_names,
    infer,
)
from dmn_dli.linking import codes
from dmn_dli.linking.allowed import judge_allowed
from dmn_dli.linking.expressions import parse, read_expression, report_unknown
from dmn_dli.linking.former_labels import FormerLabel
from dmn_dli.linking.names import Names
from dmn_dli.linking.reporter import Reporter
from dmn_dli.linking.stored import reported
from dmn_dli.model.cell import Cell
from dmn_dli.model.facts import Fact
from dmn_dli.model.table import InputClause
from dmn_dli.runtime.nearest import did_you_mean
from dmn_dli.runtime.words import folded
from dmn_dli.tables.allowed_values import guess_allowed, parse_allowed
from dmn_dli.tables.linked import AllowedValues, DecisionSource, ExpressionSource, FactSource, Source

_HEADING = re.compile(r"[^\W\d][\w \-'/()%,.:;&?#°]*\Z")
_NEW_FACT = (
    "Write a fact's name or label from facts.xlsx, or the name of a decision in this workbook; if it is a "
    "new fact, give it a row on the sheet Facts of facts.xlsx."
)


def names_nothing(clause: InputClause, names: Names) -> bool:
    """Whether a clause is a name, and none that is known."""
    text = " ".join(clause.cell.text.split())
    known = folded(text) in names.canonical.keys() | names.ambiguous.keys()
    return not (reported(clause.cell) or known or _is_unread(text, names)) and _is_lone_name(text, names)


def resolve_clause(
    clause: InputClause, names: Names, reporter: Reporter, former: Mapping[str, FormerLabel] | None = None
) -> tuple[Source, FeelType] | None:
    """What an input clause stands for and its type; None where a finding says why not.

    former: headings that were the labels of facts, each told at the first of its places.
    """
    cell = clause.cell
    if reported(cell):
        return None
    text = " ".join(cell.text.split())
    spelling = folded(text)
    if _is_unread(text, names):
        return None
    if spelling in names.ambiguous:
        reporter.add(
            codes.AMBIGUOUS_NAME,
            cell,
            f'"{text}" could be {" or ".join(names.ambiguous[spelling])}.',
        )
        return None
    name = names.canonical.get(spelling)
    if name is not None:
        if text not in names.exact:
            reporter.add(codes.LETTER_CASE, cell, f'Read "{text}" as "{names.spellings[spelling]}".')
        return _named(name, cell, names, reporter)
    if former and spelling in former:
        former[spelling].report(cell, reporter)
        return None
    return _expression(text, cell, names, reporter)


def _is_unread(text: str, names: Names) -> bool:
    spelling = folded(text)
    return any(spelling == folded(name) or spelling.startswith(f"{folded(name)}.") for name in names.unread)


def _named(name: str, cell: Cell, names: Names, reporter: Reporter) -> tuple[Source, FeelType] | None:
    if name in names.facts:
        return FactSource(names.facts[name]), names.types[name]
    if name in names.bare:
        report_unknown(name, cell, names, reporter)
        return None
    for decision in names.bare:
        if name.startswith(f"{decision}."):
            return DecisionSource(decision, name[len(decision) + 1 :]), names.types[name]
    return DecisionSource(name), names.types[name]


def _expression(text: str, cell: Cell, names: Names, reporter: Reporter) -> tuple[Source, FeelType] | None:
    if _is_lone_name(text, names):
        near = did_you_mean(text, names.spellings.values())
        message = f'"{text}" is neither a fact nor a decision.{near}'
        reporter.add(codes.UNKNOWN_NAME, cell, message, _NEW_FACT)
        return None
    tree = read_expression(text, cell, "The input clause", names, reporter)
    if tree is None:
        return None
    return ExpressionSource(tree, free_names(tree)), infer(tree, names.types).type


def _is_lone_name(text: str, names: Names) -> bool:
    """Whether a clause that names nothing known is a name all the same, and no expression.

    `Age at transplant (years)` and `Blood pressure / systolic` are headings of somebody's own: were they
    expressions, they would be of facts that are known.
    """
    try:
        used = free_names(parse(text, names).tree)
    except FeelSyntaxError:
        return _HEADING.match(text) is not None and not any(
            re.search(rf"(?<!\w){re.escape(spelling)}(?!\w)", folded(text)) for spelling in names.canonical
        )
    return used == {text} or (
        bool(used) and _HEADING.match(text) is not None and not used & names.types.keys()
    )


def clause_values(
    clause: InputClause, source: Source, type_: FeelType, names: Names, reporter: Reporter
) -> tuple[FeelType, AllowedValues | None]:
    """The values that can arrive at a clause: the dictionary's for a fact, row 4's for all else.

    Row 4 of a fact's clause must agree with the dictionary. The type is that of
    row 4 where nothing else states one.
    """
    row_4 = None if clause.allowed is None or reported(clause.allowed) else clause.allowed
    if isinstance(source, FactSource):
        allowed = names.allowed.get(source.fact.name)
        if row_4 is not None:
            _check_repeated(row_4, source.fact, allowed, type_, reporter)
        return type_, allowed
    if row_4 is None:
        return type_, None
    if row_4.text.strip().casefold() in ("number", "boolean", "date", "string"):
        return FeelType[row_4.text.strip().upper()], None
    try:
        if type_ in (FeelType.ANY, FeelType.LIST, FeelType.NULL):
            guessed, allowed = guess_allowed(row_4.text)
            type_ = guessed if type_ is FeelType.ANY else type_
        else:
            allowed = parse_allowed(row_4.text, type_)
    except FeelSyntaxError as error:
        reporter.add(
            codes.ALLOWED_UNREADABLE,
            row_4,
            f'Row 4 reads "{row_4.text}": {error.message}.',
        )
        return type_, None
    judge_allowed(allowed, row_4, "Row 4", reporter)
    return type_, allowed


def _check_repeated(
    row_4: Cell, fact: Fact, allowed: AllowedValues | None, type_: FeelType, reporter: Reporter
) -> None:
    """Report a row 4 that does not repeat what the dictionary allows for the fact."""
    if allowed is None and fact.allowed is not None:
        return  # what cannot be read is reported with the dictionary
    try:
        stated = parse_allowed(row_4.text, type_)
    except FeelSyntaxError:
        stated = None
    if stated is None or allowed is None or not _agree(stated, allowed):
        reporter.add(
            codes.ALLOWED_DIFFER,
            row_4,
            f'Row 4 reads "{row_4.text}", but the dictionary allows for '
            f'"{fact.label}": {allowed.text if allowed else "any value"}.',
        )


def _agree(stated: AllowedValues, allowed: AllowedValues) -> bool:
    """Whether two statements allow the same, in whatever order and letter case values are listed."""
    if stated.values is None or allowed.values is None:
        return stated.tests == allowed.tests
    return set(map(folded, stated.values)) == set(map(folded, allowed.values))
