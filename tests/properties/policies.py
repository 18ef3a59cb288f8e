"""Random small policies over facts of every type, as workbooks in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen
from hypothesis import strategies as st

from dmn_dli.model.facts import Fact
from dmn_dli.model.table import DecisionTable
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import fact, linked, table

FACTS: dict[str, Fact] = {
    each.name: each
    for each in (
        fact("colour", "string", "red, green, blue"),
        fact("size", "string", "small, large", nullable=True),
        fact("remark", "string"),
        fact("flag", "boolean"),
        fact("consent", "boolean", nullable=True),
        fact("percent", "number", "[0..100]"),
        fact("weight", "number"),
        fact("dose", "number", "> 0", nullable=True),
        fact("grade", "integer", "0, 1, 2, 3"),
        fact("count", "integer", "[0..4]"),
        fact("age", "integer"),
        fact("day", "date"),
        fact("start", "date", "[2024-01-01..2024-12-31]"),
    )
}

# Pairs of tests of which each value passes exactly one; a U table can be made of them.
_HALVES: dict[str, Sequence[tuple[str, str]]] = {
    "colour": [("red", "not(red)"), ("red, green", "blue")],
    "size": [("small", "not(small)"), ("null", "small, large")],
    "remark": [('"a"', 'not("a")'), ('"a", "b"', 'not("a", "b")')],
    "flag": [("true", "false"), ("Yes", "No")],
    "consent": [("true", "false, null"), ("null", "true, false")],
    "percent": [("0", "> 0"), ("< 50", ">= 50"), ("(0..100)", "0, 100")],
    "weight": [("<= 10", "> 10"), ("[10..50]", "not([10..50])"), ("0.1", "not(0.1)")],
    "dose": [("< 2.5", ">= 2.5, null"), ("null", "> 0")],
    "grade": [(">= 2", "< 2"), ("0", "not(0)")],
    "count": [("< 3", ">= 3"), ("? = 2", "not(2)")],
    "age": [(">= 18", "< 18"), ("? > 2.5", "<= 2.5")],
    "day": [("< 2024-03-01", ">= 2024-03-01"), ("2024-03-01", "not(2024-03-01)")],
    "start": [
        ("< 2024-03-01", ">= 2024-03-01"),
        ("[2024-03-01..2024-06-30]", "not([2024-03-01..2024-06-30])"),
    ],
}
_MORE: dict[str, Sequence[str]] = {
    "percent": ["(10..90]", "100", "not(50)"],
    "weight": ["[0..10), 50", "? > 3 and ? < 7", "> 0.1"],
    "grade": ["1, 3", "< count", "[1..2]"],
    "count": ["< grade", "grade", "0, 4"],
    "flag": ["consent"],
    "day": ["(2024-03-01..2024-06-30)", "> 2024-06-30"],
    "age": ["(17..19)", "65"],
    "remark": ['"b", "c"', '"a", "b", "c"', 'not(? != "a")'],
    "dose": ["? < 5", "? in (< 2.5)", "not(? < 5)", "? > 1 and ? < 7"],
    "size": ['starts with(?, "s")', "string length(?) < 6", "? in (small)"],
    "consent": ["? = true", "? and flag", "? = false"],
}

# Expressions over facts, and halves of their values.
_EXPRESSIONS: Sequence[tuple[str, tuple[str, ...], Sequence[tuple[str, str]]]] = (
    ("flag and consent", ("flag", "consent"), [("true", "not(true)"), ("null", "true, false")]),
    ("grade + count", ("grade", "count"), [("< 3", ">= 3")]),
    ("grade * 2 - 1", ("grade",), [("< 3", ">= 3")]),
    ('if flag then "x" else "y"', ("flag",), [('"x"', '"y"')]),
    ("percent > 50", ("percent",), [("true", "false")]),
    ("percent in (10..20) or weight < 3", ("percent", "weight"), [("true", "false")]),
    ('day < date("2024-05-05")', ("day",), [("true", "false")]),
    ('colour = "red" and remark != "a"', ("colour", "remark"), [("true", "false")]),
    ('if size = null then "none" else size', ("size",), [('"none"', 'not("none")')]),
)

# Clauses and cells that no atoms of facts can answer.
_OPAQUE_EXPRESSIONS: Sequence[tuple[str, tuple[str, ...], Sequence[tuple[str, str]]]] = (
    ("weight * 2", ("weight",), [("< 10", ">= 10")]),
    ("weight + percent", ("weight", "percent"), [("< 50", ">= 50")]),
    ("age - grade", ("age", "grade"), [("<= 10", "> 10")]),
    ("string length(remark)", ("remark",), [("< 2", ">= 2")]),
)
_OPAQUE_HALVES: dict[str, Sequence[tuple[str, str]]] = {
    "percent": [("< weight", ">= weight")],
    "age": [("< count", ">= count")],
    "weight": [("<= age", "> age")],
    "dose": [("abs(?) <= 3", "abs(?) > 3, null"), ("? < weight", "not(? < weight), null")],
}

# What row 4 may say of a clause; values that it leaves out are errors when they arrive.
_STATED: dict[str, Sequence[str | None]] = {
    "grade * 2 - 1": [None, None, "[-1..5]", "-1, 1, 3"],
    'if flag then "x" else "y"': [None, '"x", "y"', '"x"'],
    "percent > 50": [None, "true, false"],
    "weight * 2": [None, None, "[0..20]"],
}

# What row 4 says of an output, and what its entries may be.
_OUTPUTS: Sequence[tuple[str | None, Sequence[Any]]] = (
    ("a, b, c", ["a", "b", "c", "null"]),
    (None, ["first text", "second text", "null"]),
    ("number", [1, 2, "0.5"]),
    ("boolean", ["true", "false"]),
    ("3, 1, 2", [1, 2, 3]),
)
_COMPUTED: Sequence[tuple[str, tuple[str, ...]]] = (
    ("grade + 1", ("grade",)),
    ('if flag then "a" else "b"', ("flag",)),
    ('"k"', ()),
    ("[1, 2]", ()),
)
_OPAQUE_COMPUTED: Sequence[tuple[str, tuple[str, ...]]] = (
    ("weight + 1", ("weight",)),
    ('remark + "!"', ("remark",)),
)

_SINGLE = ("U", "A", "P", "F")
_LISTS = ("R", "O", "C")
_NUMBERS = ("C+", "C<", "C>", "C#")


_Reading = tuple[str, Sequence[tuple[str, str]], Sequence[str | None]]
"""A clause, halves of its values, and what row 4 may say of it."""


@frozen
class _Made:
    """A table, and the ways in which later tables may read it."""

    table: DecisionTable
    clauses: Sequence[_Reading]


@frozen
class _Scope:
    facts: tuple[str, ...]
    made: tuple[_Made, ...]
    opaque: bool


@st.composite
def policies(draw: st.DrawFn, *, opaque: bool = False) -> LinkedPolicy:
    """A linked policy of one to four tables. opaque: with things that the diagrams cannot answer."""
    chosen = draw(st.lists(st.sampled_from(sorted(FACTS)), min_size=2, max_size=4, unique=True))
    if opaque and "weight" not in chosen:
        chosen = ["weight", *chosen[:2]]
    made: list[_Made] = []
    for name in draw(st.sampled_from([(), ("T1",), ("T1", "T2"), ("Unmet criteria",), ("T1", "Plan notes")])):
        made.append(draw(_tables(name, _Scope(tuple(chosen), tuple(made), opaque))))
    final = draw(_tables("Final", _Scope(tuple(chosen), tuple(made), opaque)))
    tables = [each.table for each in (*made, final)]
    return linked([FACTS[name] for name in chosen], *tables, payer="acme")


@st.composite
def _tables(draw: st.DrawFn, name: str, scope: _Scope) -> _Made:
    hit_policy = draw(_hit_policies(name))
    outputs = draw(_outputs(name, hit_policy, scope))
    drawn = [draw(_columns(scope)) for _ in range(draw(st.integers(1, 3)))]
    columns = [(clause, tests) for clause, tests, _ in drawn]
    if hit_policy == "U" and draw(st.integers(0, 3)):
        tests = _partition(draw, columns)
    else:
        cells = [st.sampled_from(["-", *tests]) for _, tests in columns]
        tests = draw(st.lists(st.tuples(*cells), min_size=1, max_size=4))
        if name == "Final" and draw(st.integers(0, 3)):
            tests.append(("-",) * len(columns))
    headings = [f"IF {clause}" for clause, _ in columns] + [f"THEN {heading}" for heading, _, _ in outputs]
    row_4 = [stated for _, _, stated in drawn] + [values for _, values, _ in outputs]
    rules = [
        [
            f"{name[0]}-{number}",
            *row,
            *[draw(st.sampled_from(entries)) for _, _, entries in outputs],
            f"page {number % 3}",
        ]
        for number, row in enumerate(tests)
    ]
    made = table(name, hit_policy, [*headings, "NOTE Citation"], [*row_4, None], *rules)
    return _Made(made, _readings(name, hit_policy, outputs))


def _partition(draw: st.DrawFn, columns: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[str, ...]]:
    """Rules of which no two fire together: the halves of the first column, refined by the second."""
    halves = [tests[:2] for _, tests in columns]
    rows: list[tuple[str, ...]] = [(half,) for half in halves[0]]
    for each in halves[1:]:
        split = draw(st.integers(0, len(rows) - 1))
        rows = [
            (*row, test) for number, row in enumerate(rows) for test in (each if number == split else ["-"])
        ]
    return rows if draw(st.booleans()) else rows[:-1]


@st.composite
def _hit_policies(draw: st.DrawFn, name: str) -> str:
    if name in ("Unmet criteria", "Plan notes"):
        return draw(st.sampled_from(("C", "R", "O", "F")))
    if name == "Final":
        return draw(st.sampled_from((*_SINGLE, "F", "F", "U", "C", "O", "C#", "C+", "C<", "C>")))
    return draw(st.sampled_from((*_SINGLE, *_SINGLE, *_LISTS, *_NUMBERS)))


@st.composite
def _outputs(
    draw: st.DrawFn, name: str, hit_policy: str, scope: _Scope
) -> list[tuple[str, str | None, Sequence[Any]]]:
    pool = list(_OUTPUTS)
    if hit_policy in ("P", "O"):
        pool = [_OUTPUTS[0], _OUTPUTS[4]]
    elif hit_policy in ("C+", "C<", "C>"):
        pool = [_OUTPUTS[2], _OUTPUTS[4]]
    computed = [
        text
        for text, reads in (*_COMPUTED, *(_OPAQUE_COMPUTED if scope.opaque else ()))
        if set(reads) <= set(scope.facts)
    ]
    if hit_policy in ("U", "A", "F", "R") and draw(st.integers(0, 1 if scope.opaque else 4)) == 0:
        pool = [("expression", computed)]
    first = draw(st.sampled_from(pool))
    outputs = [(f"{name} value", *first)]
    if hit_policy not in ("C+", "C<", "C>", "C#") and draw(st.booleans()):
        heading = draw(st.sampled_from(["Reason", "Extra"]))
        outputs.append((heading, *draw(st.sampled_from(_OUTPUTS[:3]))))
    if draw(st.integers(0, 2)) == 0:
        return [
            (heading, f"{values or ''}\ndefault: {draw(st.sampled_from(entries))}", entries)
            for heading, values, entries in outputs
        ]
    return outputs


@st.composite
def _columns(draw: st.DrawFn, scope: _Scope) -> tuple[str, Sequence[str], str | None]:
    """A clause, the tests that its cells may hold (a pair of halves first), and its row 4."""
    kinds = ["fact", "fact", "expression", *(["decision", "decision"] if scope.made else [])]
    if scope.opaque:
        kinds += ["opaque", "opaque"]
    kind = draw(st.sampled_from(kinds))
    if kind == "decision":
        reading = draw(st.sampled_from([clause for made in scope.made for clause in made.clauses]))
        return reading[0], [test for pair in reading[1] for test in pair], draw(st.sampled_from(reading[2]))
    if kind in ("expression", "opaque"):
        pool = _EXPRESSIONS if kind == "expression" else _OPAQUE_EXPRESSIONS
        fitting = [each for each in pool if set(each[1]) <= set(scope.facts)]
        if fitting:
            clause, _, pairs = draw(st.sampled_from(fitting))
            stated = draw(st.sampled_from(_STATED.get(clause, [None])))
            return (
                clause,
                [test for pair in pairs for test in pair if stated != '"x"' or test == '"x"'],
                stated,
            )
    name = draw(st.sampled_from(scope.facts))
    pairs = draw(st.permutations(_HALVES[name]))
    tests = [test for pair in pairs for test in pair]
    if kind == "opaque" and name in _OPAQUE_HALVES:
        tests = [*_OPAQUE_HALVES[name][0], *tests]
    return name, [test for test in (*tests, *_MORE.get(name, ())) if _reads(test) <= set(scope.facts)], None


def _reads(test: str) -> set[str]:
    return {name for name in FACTS if name in test and name != "day"}


def _readings(
    name: str, hit_policy: str, outputs: Sequence[tuple[str, str | None, Sequence[Any]]]
) -> list[_Reading]:
    """How later tables may read a decision."""
    if hit_policy == "C#":
        return [(name, [("< 2", ">= 2"), ("1", "not(1)")], [None, "[0..4]"])]
    readings: list[_Reading] = []
    for heading, values, _ in outputs:
        clause = name if len(outputs) == 1 else f"{name}.{heading}"
        kind = (values or "").partition("\n")[0]
        stated: list[str | None] = [None]
        if hit_policy in _LISTS:
            tests = [("count(?) > 1", "count(?) < 2")]
            stated = [None, "a, b, c", "a, b"] if kind == "a, b, c" else [None]
        elif kind in ("number", "3, 1, 2"):
            tests = [("< 2", ">= 2, null"), ("1", "not(1)")]
        elif kind == "a, b, c":
            tests = [("a", "not(a)"), ("a, b", "c, null")]
            stated = [None, "a, b, c"]
        elif kind == "boolean":
            tests = [("true", "not(true)"), ("true, false", "null")]
        elif kind == "expression":
            tests = [('"a"', 'not("a")'), ("2", "not(2)")]
        else:
            tests = [("null", "not(null)")]
        readings.append((clause, tests, stated))
    return readings
