"""The names by which a model knows a policy's facts, decisions and outputs, and the ids of its elements.

A fact keeps its name, by which cases give it. Decisions and outputs keep theirs as far as every tool reads
them alike: letters, digits, `_` and blanks. FEEL allows more (`.`, `-`, `/`, `'`, `+`, `*`; DMN 1.5, section
10.3.1.2), but in `Criteria.2.c` or `follow-up` some tools see paths and subtractions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from attrs import define, field, frozen

from dmn_dli.feel import children, syntax
from dmn_dli.feel.builtins import BUILTIN_NAMES
from dmn_dli.feel.keywords import KEYWORDS
from dmn_dli.tables.linked import Column, ExpressionSource, LinkedPolicy, LinkedTable

_FOREIGN = re.compile(r"[^\w]+|[²³¹⁰-₉]+")
_NO_ID = re.compile(r"[^A-Za-z0-9]+")


@define
class Ids:
    """Ids that XML admits, each given out once."""

    _taken: set[str] = field(factory=set)

    def new(self, kind: str, *names: str) -> str:
        """The next id for something: `decision_Unmet_criteria`."""
        base = "_".join([kind, *(_NO_ID.sub("_", name).strip("_") for name in names)])
        return _free(base, self._taken, "_")


@frozen
class Names:
    """What the model calls facts, decisions and outputs.

    facts, decisions: by the workbook's names. outputs: of tables with several, by decision and output. nodes:
    what the model's expressions say instead of each name that the workbook's may use.
    """

    facts: Mapping[str, str]
    decisions: Mapping[str, str]
    outputs: Mapping[tuple[str, str], str]
    nodes: Mapping[str, syntax.Node]


def model_names(policy: LinkedPolicy, *, marked_dates: bool) -> Names:
    """The names of a policy; marked_dates: whether `@"…"` is written, else functions make the dates."""
    trees = list(_trees(policy))
    bound = set(_bound(trees))
    # A variable would hide the function of its name.
    taken = {name for name in _called(trees) if name in BUILTIN_NAMES}
    if not marked_dates:
        taken |= {"date", "time", "date and time", "duration"}
    facts = {fact.name: _free(_plain(fact.name), taken) for fact in policy.dictionary.facts}
    decisions: dict[str, str] = {}
    outputs: dict[tuple[str, str], str] = {}
    nodes: dict[str, syntax.Node] = {name: syntax.Name(variable) for name, variable in facts.items()}
    for table in policy.decisions:
        plain = _plain(table.name)
        # A name that stays as it is means what it meant; another must not mean what an expression binds.
        variable = _free(plain, taken, avoided=() if plain == table.name else bound)
        decisions[table.name] = variable
        nodes[table.name] = syntax.Name(variable)
        own: set[str] = set()
        for output in table.outputs if several(table) else ():
            name = outputs[table.name, output.name] = _free(_plain(output.name), own)
            nodes[f"{table.name}.{output.name}"] = syntax.Path(syntax.Name(variable), name)
    return Names(facts, decisions, outputs, nodes)


def several(table: LinkedTable) -> bool:
    """Whether the decision's value is a context, one entry for each output."""
    return len(table.outputs) > 1 and not table.hit_policy.counts


def _plain(name: str) -> str:
    """The name in letters, digits, `_` and single blanks, beginning as a name does."""
    text = " ".join(_FOREIGN.sub(" ", name).split())
    first = text.split(" ")[0]
    if first in KEYWORDS:
        text = text[:1].upper() + text[1:]
    return text if text and not text[0].isdigit() else f"_{text}"


def _free(name: str, taken: set[str], joint: str = " ", avoided: Collection[str] = ()) -> str:
    """The name, with a number where it is taken or to be avoided; from now on it is taken."""
    found, number = name, 1
    while found in taken or found in avoided:
        number += 1
        found = f"{name}{joint}{number}"
    taken.add(found)
    return found


def _trees(policy: LinkedPolicy) -> Iterator[syntax.Node]:
    for table in policy.decisions:
        for column in table.columns:
            yield from _column_trees(column)
        yield from _entry_trees(table)


def _column_trees(column: Column) -> Iterator[syntax.Node]:
    if isinstance(column.source, ExpressionSource):
        yield column.source.tree
    yield from column.tests


def _entry_trees(table: LinkedTable) -> Iterator[syntax.Node]:
    return (entry.tree for entry in table.computed_entries)


def _all_nodes(trees: Iterable[syntax.Node]) -> Iterator[syntax.Node]:
    waiting = list(trees)
    while waiting:
        node = waiting.pop()
        yield node
        waiting += children(node)


def _called(trees: Iterable[syntax.Node]) -> Iterator[str]:
    for node in _all_nodes(trees):
        match node:
            case syntax.Invocation(syntax.Name(name)):
                yield name


def _bound(trees: Iterable[syntax.Node]) -> Iterator[str]:
    """The names that trees bind themselves, which a variable of the model must not be taken for."""
    for node in _all_nodes(trees):
        match node:
            case syntax.Iterator(name) | syntax.Parameter(name):
                yield name
            case syntax.ContextLiteral(entries):
                yield from (key for key, _ in entries)
