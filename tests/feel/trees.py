"""Syntax trees for Hypothesis: any construct in any place, well typed or not, over a few names and values."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from dmn_dli.feel import DaysTimeDuration, YearsMonthsDuration, syntax
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.temporal import parse_date
from dmn_dli.feel.temporal_values import DAY

NAMES = ("n", "s", "b", "d", "l", "c", "missing")
KEYS = ("n", "k", "item")

NUMBERS = st.sampled_from([Decimal(text) for text in ("0", "1", "-1", "2", "0.5", "1.0", "100", "1E+6144")])
STRINGS = st.sampled_from(["", "a", "b", "relapsed"])
DATES = st.sampled_from(["2025-02-12", "2024-02-29", "0001-01-01"]).map(parse_date)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    NUMBERS,
    STRINGS,
    DATES,
    st.builds(YearsMonthsDuration, st.integers(-13, 13)),
    st.integers(-3, 3).map(lambda days: DaysTimeDuration(days * DAY)),
)
VALUES = st.one_of(
    SCALARS,
    st.lists(SCALARS, max_size=3),
    st.dictionaries(st.sampled_from(KEYS), SCALARS, max_size=2),
)
SCOPES = st.one_of(
    st.dictionaries(st.sampled_from(NAMES[:-1]), VALUES),
    st.fixed_dictionaries({}, optional={"n": NUMBERS, "i": NUMBERS, "s": STRINGS, "b": st.booleans()}),
)

LITERALS = st.one_of(
    NUMBERS.map(syntax.NumberLiteral),
    STRINGS.map(syntax.StringLiteral),
    st.booleans().map(syntax.BooleanLiteral),
    st.just(syntax.NullLiteral()),
    DATES.map(lambda date: syntax.TemporalLiteral(str(date))),
)
LEAVES = st.one_of(
    LITERALS, st.sampled_from((*NAMES, "item", "i", "k")).map(syntax.Name), st.just(syntax.InputValue())
)
COMPARISONS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])


def unary_tests(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[syntax.UnaryTests]:
    one = st.one_of(st.builds(syntax.ComparisonTest, COMPARISONS, nodes), st.builds(syntax.ValueTest, nodes))
    return st.builds(syntax.UnaryTests, st.lists(one, max_size=3).map(tuple), st.booleans())


def _larger(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    iterators = st.lists(
        st.builds(syntax.Iterator, st.sampled_from(["i", "n"]), nodes), min_size=1, max_size=2
    )
    return st.one_of(
        st.builds(syntax.Arithmetic, st.sampled_from(["+", "-", "*", "/"]), nodes, nodes),
        st.builds(syntax.Negation, nodes),
        st.builds(syntax.Comparison, COMPARISONS, nodes, nodes),
        st.builds(syntax.Conjunction, nodes, nodes),
        st.builds(syntax.Disjunction, nodes, nodes),
        st.builds(syntax.Between, nodes, nodes, nodes),
        st.builds(syntax.In, nodes, unary_tests(nodes)),
        st.builds(syntax.If, nodes, nodes, nodes),
        st.builds(syntax.Range, nodes, nodes, st.booleans(), st.booleans()),
        st.builds(lambda low: syntax.Range(low, None, low_closed=True, high_closed=False), nodes),
        st.lists(nodes, max_size=3).map(lambda items: syntax.ListLiteral(tuple(items))),
        st.lists(st.tuples(st.sampled_from(KEYS), nodes), max_size=3).map(
            lambda entries: syntax.ContextLiteral(tuple(entries))
        ),
        st.builds(syntax.Path, nodes, st.sampled_from((*KEYS, "year"))),
        st.builds(syntax.Filter, nodes, nodes),
        st.builds(syntax.Quantified, st.sampled_from(["some", "every"]), iterators.map(tuple), nodes),
        st.builds(syntax.For, iterators.map(tuple), nodes),
    )


ANY_TREES = st.recursive(LEAVES, _larger, max_leaves=12)

# Trees of random parts are mostly null. These are well typed but for a leaf here and there.
_STRAY = st.sampled_from([syntax.NullLiteral(), syntax.StringLiteral("a"), syntax.Name("missing")])


def _leaf(kind: str) -> st.SearchStrategy[Node]:
    leaves = {
        "number": st.one_of(NUMBERS.map(syntax.NumberLiteral), st.sampled_from(["n", "i"]).map(syntax.Name)),
        "boolean": st.one_of(st.booleans().map(syntax.BooleanLiteral), st.just(syntax.Name("b"))),
        "string": st.one_of(STRINGS.map(syntax.StringLiteral), st.just(syntax.Name("s"))),
        "date": DATES.map(lambda date: syntax.TemporalLiteral(str(date))),
    }
    usual = leaves[kind]
    return st.one_of(usual, usual, usual, usual, usual, _STRAY)


@cache
def typed(kind: str, depth: int) -> st.SearchStrategy[Node]:
    """Trees whose value is of that kind, for the most part."""
    if depth == 0:
        return _leaf(kind)
    same, number, boolean = (typed(each, depth - 1) for each in (kind, "number", "boolean"))
    grown = [_leaf(kind), st.builds(syntax.If, boolean, same, same), _filtered_member(same, number)]
    if kind == "number":
        operators = st.sampled_from(["+", "-", "*", "/", "**"])
        grown += [st.builds(syntax.Arithmetic, operators, number, number), st.builds(syntax.Negation, number)]
        grown.append(
            st.builds(syntax.Path, typed("date", depth - 1), st.sampled_from(["year", "month", "day"]))
        )
    if kind == "string":
        grown.append(st.builds(syntax.Arithmetic, st.just("+"), same, same))
    if kind == "boolean":
        grown += _conditions(depth)
    return st.one_of(grown)


def _filtered_member(
    same: st.SearchStrategy[Node], number: st.SearchStrategy[Node]
) -> st.SearchStrategy[Node]:
    """`[{k: …, n: …}, …][condition][1].k`: entries that hide variables, and a position."""
    context = st.builds(lambda k, n: syntax.ContextLiteral((("k", k), ("n", n))), same, number)
    items = st.lists(context, min_size=1, max_size=2).map(lambda found: syntax.ListLiteral(tuple(found)))
    condition = st.builds(syntax.Comparison, COMPARISONS, st.just(syntax.Name("n")), typed("number", 0))
    kept = st.builds(syntax.Filter, items, condition)
    place = st.sampled_from([1, -1, 2]).map(lambda at: syntax.NumberLiteral(Decimal(at)))
    return st.builds(syntax.Path, st.builds(syntax.Filter, kept, place), st.just("k"))


def _conditions(depth: int) -> list[st.SearchStrategy[Node]]:
    boolean, number = typed("boolean", depth - 1), typed("number", depth - 1)
    found: list[st.SearchStrategy[Node]] = [
        st.builds(syntax.Conjunction, boolean, boolean),
        st.builds(syntax.Disjunction, boolean, boolean),
        st.builds(syntax.Between, number, number, number),
    ]
    for kind in ("number", "string", "date", "boolean"):
        part = typed(kind, depth - 1)
        ranges = st.builds(syntax.Range, part, part, st.booleans(), st.booleans())
        cell = unary_tests(st.one_of(part, ranges))
        items = st.lists(part, max_size=3).map(lambda chosen: syntax.ListLiteral(tuple(chosen)))
        iterators = items.map(lambda source: (syntax.Iterator("i", source),))
        found += [
            st.builds(syntax.Comparison, COMPARISONS, part, part),
            st.builds(syntax.In, part, cell),
            st.builds(syntax.Quantified, st.sampled_from(["some", "every"]), iterators, boolean),
        ]
    return found


EXPRESSIONS = st.one_of(ANY_TREES, *(typed(kind, 3) for kind in ("number", "boolean", "string")))
CELLS = st.one_of(
    unary_tests(ANY_TREES),
    *(unary_tests(st.one_of(typed(kind, 2), typed("boolean", 2))) for kind in ("number", "string", "date")),
)
