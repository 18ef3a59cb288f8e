"""A decision table from its elements (DMN 1.5, chapter 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dmn_dli.interchange.dmn.cursor import Cursor
from dmn_dli.interchange.dmn.expressions import (
    DecisionTable,
    InputClause,
    LiteralExpression,
    OutputClause,
    Rule,
)
from dmn_dli.interchange.dmn.read_literals import literal, texts, texts_within
from dmn_dli.interchange.dmn.type_refs import type_ref
from dmn_dli.model.dmn_codes import MISSING, RULE_WIDTH

if TYPE_CHECKING:
    from lxml.etree import _Element

HIT_POLICIES: Final = ("UNIQUE", "FIRST", "PRIORITY", "ANY", "COLLECT", "RULE ORDER", "OUTPUT ORDER")
AGGREGATIONS: Final = ("", "SUM", "COUNT", "MIN", "MAX")
ORIENTATIONS: Final = ("Rule-as-Row", "Rule-as-Column", "CrossTable")


def decision_table(cursor: Cursor) -> DecisionTable:
    """A table; clauses and rules are numbered in messages as people count them."""
    inputs = tuple(_input(cursor.within(each, f"input {n}")) for n, each in _numbered(cursor, "input"))
    outputs = tuple(_output(cursor.within(each, f"output {n}")) for n, each in _numbered(cursor, "output"))
    headings = tuple(_annotation(cursor.within(each, "")) for each in cursor.all("annotation"))
    rules = tuple(_rule(cursor.within(each, f"rule {n}")) for n, each in _numbered(cursor, "rule"))
    if not outputs:
        cursor.tell(MISSING, "The `decisionTable` has no `output`.")
    for rule in rules:
        for entries, clauses, words in (
            (rule.inputs, inputs, "inputEntry"),
            (rule.outputs, outputs, "outputEntry"),
        ):
            if len(entries) != len(clauses):
                message = f"The rule has {len(entries)} `{words}`, and the table {len(clauses)} such clauses."
                cursor.told.tell(RULE_WIDTH, rule.place, message, cursor.decision)
    return DecisionTable(
        type_ref(cursor),
        cursor.choice("hitPolicy", HIT_POLICIES, "UNIQUE"),
        cursor.choice("aggregation", AGGREGATIONS, ""),
        inputs,
        outputs,
        headings,
        rules,
        cursor.choice("preferredOrientation", ORIENTATIONS, "Rule-as-Row"),
        cursor.get("outputLabel") or "",
        **cursor.rest(),
    )


def _numbered(cursor: Cursor, name: str) -> enumerate[_Element]:
    return enumerate(cursor.all(name), 1)


def _input(cursor: Cursor) -> InputClause:
    found = cursor.one("inputExpression")
    if found is None:
        cursor.tell(MISSING, "The input has no `inputExpression`.")
    expression = literal(cursor.within(found, "")) if found is not None else None
    return InputClause(expression, texts_within(cursor, "inputValues"), **cursor.rest())


def _output(cursor: Cursor) -> OutputClause:
    found = cursor.one("defaultOutputEntry")
    default: LiteralExpression | None = literal(cursor.within(found, "")) if found is not None else None
    return OutputClause(type_ref(cursor), texts_within(cursor, "outputValues"), default, **cursor.rest())


def _annotation(cursor: Cursor) -> str:
    name = cursor.get("name") or ""
    cursor.rest()
    return name


def _rule(cursor: Cursor) -> Rule:
    inputs = tuple(texts(cursor.within(each, "")) for each in cursor.all("inputEntry"))
    outputs = tuple(literal(cursor.within(each, "")) for each in cursor.all("outputEntry"))
    notes = tuple(_note(cursor.within(each, "")) for each in cursor.all("annotationEntry"))
    return Rule(inputs, outputs, notes, **cursor.rest())


def _note(cursor: Cursor) -> str:
    text = cursor.text("text")
    cursor.rest()
    return text
