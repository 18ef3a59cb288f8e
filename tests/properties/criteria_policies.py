"""Random small policies whose final decision reads a sheet of criteria, as workbooks in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import define, field
from hypothesis import strategies as st

from dmn_dli.model.criteria import CriteriaSheet
from dmn_dli.model.facts import Fact
from dmn_dli.model.table import DecisionTable
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import fact, table
from tests.linking.criteria_books import criteria, linked

FACTS: dict[str, Fact] = {
    each.name: each
    for each in (
        fact("colour", "string", "red, green, blue"),
        fact("size", "string", "small, large", nullable=True),
        fact("flag", "boolean"),
        fact("consent", "boolean", nullable=True),
        fact("percent", "number", "[0..100]", unit="% of cells"),
        fact("grade", "integer", "0, 1, 2, 3"),
        fact("day", "date"),
        fact("weight", "number"),
    )
}
_OPAQUE = "weight"
"""The fact of which clauses are made that no atoms of facts can answer."""

_TESTS: Mapping[str, Sequence[str]] = {
    "colour": ["red", "red, green", "not(green)", "blue"],
    "size": ["small", "null", "not(small)", "small, large"],
    "flag": ["true", "Yes", "false", "consent"],
    "consent": ["true", "null", "not(true)", "flag"],
    "percent": ["(0..100)", "< 50", "100", ">= 50"],
    "grade": [">= 2", "0, 1", "1", "not(0)"],
    "weight": ["< 20", ">= 20"],
    "day": [">= 2024-03-01", "< 2024-03-01"],
}
_EXPRESSIONS: Sequence[tuple[str, tuple[str, ...], Sequence[str]]] = (
    ("flag and consent", ("flag", "consent"), ["true", "not(true)", "null"]),
    ("grade * 2 - 1", ("grade",), ["< 3", ">= 3"]),
    ('if size = null then "none" else size', ("size",), ['"none"', 'not("none")']),
)
ASSUMPTIONS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("flag or consent", ("flag", "consent")),
    ('colour = "red" or flag', ("colour", "flag")),
    ('not(colour = "red" and grade > 1)', ("colour", "grade")),
    ("percent > 50 or grade = 0", ("percent", "grade")),
    ("flag = (grade >= 2)", ("flag", "grade")),
)
_OPAQUE_EXPRESSIONS: Sequence[tuple[str, tuple[str, ...], Sequence[str]]] = (
    ("weight * 2", ("weight",), ["< 10", ">= 10"]),
    ("weight + grade", ("weight", "grade"), ["< 5", ">= 5"]),
)
_OF_A_ROW = ["true", "false", "null", "not(true)", "true, false"]

NECESSARY = "medically necessary"
_DETERMINATIONS = (NECESSARY, "investigational", "criteria not met", "not addressed")
_CLAIMS = (None, NECESSARY, NECESSARY, "investigational", "criteria not met")
_ROOTS = ("1", "2", "Exclusion 1", "I")
_MOST_ROWS = 14
_DEEPEST = 4
_NAMES = ("Criteria", "Further criteria")


@define
class _Sheet:
    """A sheet in the making.

    clauses: what cells may test; rows: each with its cells by clause. stated: row 4 of a table's column.
    """

    name: str
    clauses: dict[str, Sequence[str]]
    stated: str | None
    rows: list[tuple[list[Any], dict[str, str], list[Any]]] = field(factory=list)

    def row(self, identifier: str, group: tuple[Any, ...], cells: dict[str, str], texts: list[Any]) -> None:
        """Add a row. group: part of, needs and means."""
        self.rows.append(([identifier, *group], cells, texts))

    def finished(self) -> CriteriaSheet:
        """The sheet with a column for each clause that some cell tests."""
        used = [clause for clause in self.clauses if any(clause in cells for _, cells, _ in self.rows)]
        stated = [(clause, self.stated if clause.startswith("T") else None) for clause in used]
        rows = [[*head, *(cells.get(each, "-") for each in used), *texts] for head, cells, texts in self.rows]
        return criteria(stated, *rows, name=self.name)


@st.composite
def criteria_policies(draw: st.DrawFn, *, opaque: bool = False) -> LinkedPolicy:
    """A linked policy of one or two sheets of criteria, tables that they read and that read them.

    opaque: with clauses that the diagrams cannot answer.
    """
    known = sorted({*FACTS} - {_OPAQUE})
    names = draw(st.lists(st.sampled_from(known), min_size=2, max_size=3 if opaque else 4, unique=True))
    names += [_OPAQUE] if opaque else []
    clauses = _clauses(names)
    tables: list[DecisionTable] = []
    if draw(st.booleans()):
        tables.append(draw(_helper("T1", clauses)))
        clauses = {"T1": ["a", "not(a)", "null"], **clauses}
    sheets, roots = [], dict[str, str | None]()
    for name in _NAMES[: draw(st.sampled_from((1, 1, 2)))]:
        sheet = _Sheet(name, dict(clauses), draw(st.sampled_from((None, None, None, "a, b", "a"))))
        top = draw(_trees(sheet))
        roots |= {f"{name}.{head[0]}": head[3] for head, _, _ in sheet.rows if head[0] in top}
        clauses = {f"{name}.{head[0]}": _OF_A_ROW for head, _, _ in sheet.rows if head} | clauses
        if draw(st.integers(0, 2)) == 0:
            sheet.rows = draw(st.permutations(sheet.rows))
        if draw(st.integers(0, 3)) == 0:
            retired = {draw(st.sampled_from(names)): "-"}
            sheet.row(
                "9",
                (draw(st.sampled_from([None, *top])), None, None),
                retired,
                [None, None, "p. 9", "retired"],
            )
        sheets.append(sheet.finished())
        if name == "Criteria" and draw(st.integers(0, 2)) == 0:
            tables.append(draw(_helper("T2", clauses)))
            clauses = {"T2": ["a", "not(a)", "null"], **clauses}
    if draw(st.integers(0, 3)) == 0:
        tables.append(draw(_helper("Plan notes", clauses, lists=True)))
    tables.append(draw(_final(clauses, roots)))
    payer = {"payer": "acme"} if draw(st.integers(0, 2)) else {}
    return linked([FACTS[name] for name in names], sheets, *tables, **payer)


def _clauses(names: Sequence[str]) -> dict[str, Sequence[str]]:
    known = {*names}
    clauses: dict[str, Sequence[str]] = {
        name: [test for test in _TESTS[name] if test not in FACTS or test in known] for name in names
    }
    return clauses | {
        clause: tests for clause, reads, tests in (*_EXPRESSIONS, *_OPAQUE_EXPRESSIONS) if {*reads} <= known
    }


@st.composite
def _trees(draw: st.DrawFn, sheet: _Sheet) -> list[str]:
    """One to three criteria or groups that stand alone; later rows may read those that are finished."""
    roots = draw(st.permutations(_ROOTS))[: draw(st.integers(1, 3))]
    for root in roots:
        draw(_tree(sheet, root, None, 1))
    return list(roots)


@st.composite
def _tree(draw: st.DrawFn, sheet: _Sheet, identifier: str, group: str | None, depth: int) -> None:
    is_group = depth <= _DEEPEST and len(sheet.rows) < _MOST_ROWS and draw(st.integers(0, depth + 2)) <= 2
    texts = [
        f"Words of {identifier}",
        draw(st.sampled_from([None, "a letter\nthe chart"])),
        f"page {draw(st.integers(1, 3))}",
    ]
    if not is_group:
        sheet.row(
            identifier, (group, None, None), draw(_cells(sheet, draw(st.sampled_from((1, 1, 1, 2))))), texts
        )
    else:
        number = draw(st.integers(1, 3))
        needs = draw(
            st.sampled_from(("all", "all", "any", "none", f"at least {draw(st.integers(1, number))}"))
        )
        means = draw(st.sampled_from(_CLAIMS)) if group is None else None
        cells = draw(_cells(sheet, draw(st.sampled_from((0, 0, 1)))))
        sheet.row(identifier, (group, needs, means), cells, texts)
        for position in range(number):
            member = f"{identifier}.{'abc'[position] if depth % 2 else position + 1}"
            draw(_tree(sheet, member, identifier, depth + 1))
    # What is finished has a value by now; a row that is read by one of its own members would be a circle.
    sheet.clauses[f"{sheet.name}.{identifier}"] = _OF_A_ROW


@st.composite
def _cells(draw: st.DrawFn, sheet: _Sheet, number: int) -> dict[str, str]:
    chosen = draw(
        st.lists(st.sampled_from(list(sheet.clauses)), min_size=number, max_size=number, unique=True)
    )
    return {clause: draw(st.sampled_from(sheet.clauses[clause])) for clause in chosen}


@st.composite
def _helper(
    draw: st.DrawFn, name: str, clauses: Mapping[str, Sequence[str]], *, lists: bool = False
) -> DecisionTable:
    chosen = draw(st.lists(st.sampled_from(list(clauses)), min_size=1, max_size=2, unique=True))
    tests = [st.sampled_from(["-", *clauses[clause]]) for clause in chosen]
    rules = draw(st.lists(st.tuples(*tests, st.sampled_from("ab"), st.just("p. 1")), min_size=1, max_size=3))
    headings = [*(f"IF {clause}" for clause in chosen), f"THEN {name} value", "NOTE Citation"]
    default = None if lists else "a, b\ndefault: b"
    return table(name, "C" if lists else "F", headings, [*[None] * len(chosen), default, None], *rules)


@st.composite
def _final(
    draw: st.DrawFn, clauses: Mapping[str, Sequence[str]], claims: Mapping[str, str | None]
) -> DecisionTable:
    """A final decision of the usual shape: the groups' claims, then whatever else, then all other cases."""
    others = draw(st.lists(st.sampled_from(list(clauses)), max_size=2, unique=True))
    read = [*dict.fromkeys([*claims, *others])]
    rules: list[tuple[dict[str, str], str]] = []
    texts: list[st.SearchStrategy[str | None]] = [
        st.sampled_from([None, None, "One reason", "Another reason"]),
        st.sampled_from([None, "p. 1", "p. 2"]),
    ]
    for root in claims:
        if (claim := claims.get(root)) and draw(st.integers(0, 3)):
            if draw(st.booleans()):
                rules.append(({root: "null"}, "not addressed"))
            rules.append(({root: "true"}, claim))
            continue
        for _ in range(draw(st.integers(0, 2))):
            cells = {root: draw(st.sampled_from(_OF_A_ROW))}
            if draw(st.booleans()) and others:
                other = draw(st.sampled_from(others))
                cells[other] = draw(st.sampled_from(clauses[other]))
            rules.append((cells, draw(st.sampled_from(_DETERMINATIONS))))
    rules.append(({}, draw(st.sampled_from(_DETERMINATIONS[1:]))))
    rows = [
        [*(cells.get(clause, "-") for clause in read), determination, *[draw(each) for each in texts]]
        for cells, determination in rules
    ]
    headings = [*(f"IF {clause}" for clause in read), "THEN Final", "NOTE Reason", "NOTE Citation"]
    row_4 = [*[None] * len(read), ", ".join(_DETERMINATIONS), None, None]
    return table("Final", "F", headings, row_4, *rows)
