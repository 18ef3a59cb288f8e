"""What a model answers: the value of one decision, or those of several side by side."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from dmn_dli.feel import FeelType, syntax
from dmn_dli.interchange.dmn.policy.layout import HEADINGS
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.table import DecisionTable, OutputClause
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.runtime.input_error import InputError
from dmn_dli.runtime.nearest import did_you_mean
from dmn_dli.tables.linked import Computed, LinkedTable, OutputColumn


def asked_of(asked: Sequence[str], last: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """The decisions that are asked for, each once: those named, else the last ones, that no other reads.

    Raises InputError, with the nearest, for a name that is no decision.
    """
    unknown = [name for name in asked if name not in known]
    if unknown:
        told = " ".join(
            f'There is no decision "{name}".{did_you_mean(name, known)}' for name in dict.fromkeys(unknown)
        )
        raise InputError(f"{told} The model has: {', '.join(known) or 'none'}.")
    return tuple(dict.fromkeys(asked or last))


def answer_of(asked: Sequence[str], model: str, tables: Mapping[str, LinkedTable]) -> LinkedTable:
    """The table that gives the answer.

    Of one decision with one output its own. Else one of no rule, whose default is the whole value: of several
    decisions a context of their values by their names.
    """
    if len(asked) == 1 and len(tables[asked[0]].outputs) == 1:
        return tables[asked[0]]
    name = model or "Answer"
    while name in tables:
        name += " (all)"
    names = [syntax.Name(each) for each in asked]
    tree = names[0] if len(asked) == 1 else syntax.ContextLiteral(tuple(zip(asked, names, strict=True)))
    heading = Cell(HEADINGS, 2, CellKind.TEXT, name)
    clause = OutputClause(name, heading)
    table = DecisionTable(name, name, "", HitPolicy.FIRST, (), (clause,), (), ())
    values = Computed(tree, frozenset(asked))
    return LinkedTable(table, (), (OutputColumn(name, FeelType.CONTEXT, None, (), values),), ())
