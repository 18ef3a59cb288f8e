"""Where a value of a fact stands: the dictionary, row 4, cells and expressions, cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from attrs import frozen

from dmn_dli.cases.columns import Role
from dmn_dli.excel.sheet import Sheet
from dmn_dli.feel import Environment, FeelSyntaxError, FeelType, parse_unary_tests, syntax, to_feel
from dmn_dli.feel.syntax import Span
from dmn_dli.keeping.rename.carriers import Carriers, carries, compared, source_carries
from dmn_dli.keeping.rename.cells import Edit, change, whole
from dmn_dli.keeping.rename.data import Change
from dmn_dli.keeping.rename.facts import beside, case_columns
from dmn_dli.keeping.rename.reading import Passage, Reading
from dmn_dli.model.cell import Cell
from dmn_dli.model.criteria import CriteriaSheet
from dmn_dli.model.facts import Dictionary, Fact
from dmn_dli.model.repair import plain_word
from dmn_dli.model.table import DecisionTable
from dmn_dli.runtime.words import folded
from dmn_dli.tables.allowed_values import FEEL_TYPES, is_quoted, item_spans, split_items

Value = str | Decimal


@frozen
class Revalued:
    """A fact's value, and what it is to be from now on."""

    fact: Fact
    old: Value
    new: Value

    @property
    def written(self) -> str:
        """The new value as a cell of cases holds it."""
        return to_feel(self.new) if isinstance(self.new, Decimal) else self.new

    def mapped(self, value: object) -> object:
        """What a value of the fact, or a list of such, is from now on."""
        if isinstance(value, list):
            return [self.mapped(item) for item in value]
        return self.new if self.is_old(value) else value

    def is_old(self, value: object) -> bool:
        """Whether a value is the old one, letter for letter."""
        return not isinstance(value, bool) and value == self.old


def value_changes(reading: Reading, revalued: Revalued, known: Carriers) -> Iterator[Change]:
    """The cells of a workbook that name a value of a fact."""
    yield from _passages(reading.shown, reading.sheets, reading.passages, revalued, known)
    grids: list[DecisionTable | CriteriaSheet] = [*reading.workbook.tables, *reading.workbook.criteria]
    for table in grids:
        for clause in table.inputs:
            column = reading.column(clause)
            if clause.allowed is not None and column is not None and source_carries(column.source, known):
                edits = list(allowed_edits(clause.allowed.text, column.context.type, revalued))
                sheet = reading.sheets[table.sheet]
                yield from change(reading.shown, sheet, clause.allowed, clause.allowed.text, edits)
    yield from _cases(reading, revalued, known)


def dictionary_value_changes(
    file: str, sheets: Mapping[str, Sheet], dictionary: Dictionary, revalued: Revalued
) -> Iterator[Change]:
    """The cells of a dictionary that name a value: the fact's list, and the assumptions beside it."""
    fact = revalued.fact
    if fact.allowed is not None:
        edits = list(allowed_edits(fact.allowed.text, FEEL_TYPES[fact.type], revalued))
        yield from change(file, sheets[dictionary.sheet], fact.allowed, fact.allowed.text, edits)
    yield from _passages(file, sheets, beside(dictionary), revalued, {fact.name})


def _passages(
    file: str, sheets: Mapping[str, Sheet], passages: Iterable[Passage], revalued: Revalued, known: Carriers
) -> Iterator[Change]:
    for passage in passages:
        edits = [
            (node.span, _respelt(passage.text[node.span.start : node.span.end], revalued.new))
            for node in literals(passage, known)
            if revalued.is_old(_said(node))
        ]
        yield from change(file, sheets[passage.sheet], passage.cell, passage.text, edits)


def literals(passage: Passage, known: Carriers) -> Iterator[syntax.Node]:
    """The literals of a passage that stand for values of the fact."""
    if passage.output:
        return compared(passage.tree, known, given=passage.output in known)
    if passage.clause or passage.column is None:
        return compared(passage.tree, known, given=carries(passage.tree, known))
    return compared(passage.tree, known, value=source_carries(passage.column.source, known))


def _said(node: syntax.Node) -> object:
    return node.value if isinstance(node, syntax.StringLiteral | syntax.NumberLiteral) else None


def _respelt(written: str, new: Value) -> str:
    """The new value as a literal: without quotes where the old one had none and FEEL can read it so."""
    if isinstance(new, Decimal):
        return to_feel(new)
    return to_feel(new) if is_quoted(written) or not _stands_bare(new) else new


def _stands_bare(word: str) -> bool:
    if "," in word:
        return False  # FEEL would take it for one word, a reader for two
    try:
        tree = parse_unary_tests(
            f"{word}, {word}", Environment.workbook(words={folded(word): word}, fold_case=True)
        ).tree
    except FeelSyntaxError:
        return False
    test = syntax.ValueTest(syntax.StringLiteral(word))
    return tree == syntax.UnaryTests((test, test))


def allowed_edits(text: str, type_: FeelType, revalued: Revalued) -> Iterator[Edit]:
    """Where a list of allowed values names the old one, and what is to stand there."""
    if type_ is FeelType.STRING and not text.lstrip().startswith("["):
        for start, end in item_spans(text):
            item = text[start:end]
            if revalued.is_old(_item(item)):
                yield Span(start, end), _list_item(item, revalued.written)
        return
    try:
        tree = parse_unary_tests(text, Environment.workbook(fold_case=True)).tree
    except FeelSyntaxError:
        return
    for node in compared(tree, frozenset(), value=True):
        if revalued.is_old(_said(node)):
            yield node.span, to_feel(revalued.new)


def _item(item: str) -> object:
    """What an item of a list of texts says."""
    if not is_quoted(item):
        return " ".join(item.split())
    tree = parse_unary_tests(item).tree
    return next(map(_said, compared(tree, frozenset(), value=True)), None)


def _list_item(written: str, new: str) -> str:
    """A text as an item of a list: in quotes where the old one is, or where it would be taken for more."""
    plain = '"' not in new and split_items(new) == [new] and new != "null" and not new.startswith("[")
    return new if plain and not is_quoted(written) else to_feel(new)


def _cases(reading: Reading, revalued: Revalued, known: Carriers) -> Iterator[Change]:
    cases = reading.workbook.cases
    if cases is None:
        return
    sheet = reading.sheets[cases.sheet]
    for position, column in enumerate(case_columns(reading)):
        given = column.role is Role.FACT and column.name == revalued.fact.name
        expected = (
            column.role in (Role.DECISION, Role.DETERMINATION)
            and _first_output(reading, column.name) in known
        )
        for cell in (row.values[position] for row in cases.rows):
            if given and _is_written(cell.text, revalued.old):
                yield from whole(reading.shown, sheet, cell, revalued.written)
            elif expected:
                yield from _lines(reading.shown, sheet, cell, revalued)


def _first_output(reading: Reading, decision: str) -> str:
    """The name of a decision's first output, which is what a case expects."""
    names = [output.name for output in reading.outputs.get(decision, ())]
    return f"{decision}.{names[0]}" if len(names) > 1 else decision


def _lines(file: str, sheet: Sheet, cell: Cell, revalued: Revalued) -> Iterator[Change]:
    """The lines of an expectation that are the old value."""
    lines = cell.text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines))]
    edits = [
        (Span(start, start + len(line.rstrip())), revalued.written)
        for start, line in zip(starts, lines, strict=True)
        if _is_written(line, revalued.old)
    ]
    yield from change(file, sheet, cell, cell.text, edits)


def _is_written(text: str, value: Value) -> bool:
    """Whether a cell of cases, which knows no quotes, holds a value."""
    if isinstance(value, str):
        return bool(folded(text) == folded(value))
    try:
        return Decimal(plain_word(text)) == value
    except ArithmeticError:
        return False
