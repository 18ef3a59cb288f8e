"""Whatever is renamed in random workbooks: every case is decided as before, but for the name."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from dmn_dli import Policy, TableError, load_policy
from dmn_dli.keeping.rename.data import Request, Subject
from dmn_dli.keeping.rename.rename import rename_files
from dmn_dli.runtime.input_error import InputError
from tests.excel.build import Rows
from tests.keeping.renames import FACTS, place, table

# A renaming takes a second; a failing one is small enough as it is.
_SETTINGS = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)

BOOLEAN = ("-", "true", "false", "not(true)")
CELLS: Mapping[str, tuple[str, ...]] = {
    "Disease status": (
        "-",
        "relapsed",
        "not(relapsed)",
        "remission, not relapsed",
        '"relapsed"',
        '? = "relapsed" or Urgent',
        'not("not relapsed", relapsed)',
    ),
    "prior_status": ("-", "relapsed", "not(remission)", '["relapsed", "remission"]'),
    "GVHD grade": ("-", "2", "< 3", "[1..3]", "not(4)", "0, 4", "grade"),
    "Urgent": ("-", "true", "false", "yes"),
    'Disease status = "relapsed"': BOOLEAN,
    'if Urgent then Disease status in ("relapsed", "remission") else grade > 2': BOOLEAN,
    'list contains(["relapsed", "ward"], prior_status)': BOOLEAN,
    "grade + Weight / 10": ("-", "> 3", "[2..4)"),
}
READ: Mapping[str, tuple[str, ...]] = {
    **CELLS,
    "First": ("-", "relapsed", "not(relapsed)", "other"),
    "Criteria.a.1": BOOLEAN,
    'First = "relapsed" or Criteria.G': BOOLEAN,
}
RESULTS = ("relapsed", "other")
NEW: Mapping[Subject, tuple[str, ...]] = {
    Subject.FACT: ("renamed", "x_1"),
    Subject.LABEL: ("Renamed", "status relapsed", "new + old", "Of the First"),
    Subject.VALUE: ("recurrent", "a, b", 'so "called"', "true", "First", "not it", "5"),
    Subject.DECISION: ("Renamed", "grade of it", "A.b", "Some: thing"),
    Subject.RULE: ("R 9", "1.a", "Urgent"),
    Subject.CRITERION: ("1", "z.1", "b-c"),
}


@frozen
class Tried:
    """A workbook and what is renamed in it."""

    book: Mapping[str, Rows]
    request: Request


@st.composite
def _columns(draw: st.DrawFn, pool: Mapping[str, tuple[str, ...]], rules: int) -> dict[str, list[str]]:
    heads = draw(st.lists(st.sampled_from(sorted(pool)), min_size=1, max_size=3, unique=True))
    return {head: [draw(st.sampled_from(pool[head])) for _ in range(rules)] for head in heads}


@st.composite
def _table(draw: st.DrawFn, name: str, pool: Mapping[str, tuple[str, ...]]) -> Rows:
    rules = draw(st.integers(1, 3))
    columns = draw(_columns(pool, rules))
    results = [draw(st.sampled_from(RESULTS)) for _ in range(rules)]
    rows: list[list[object]] = [
        [*cells, result] for *cells, result in zip(*columns.values(), results, strict=True)
    ]
    rows.append([*("-" for _ in columns), RESULTS[1]])
    return table(
        name,
        ["IF"] * len(columns) + ["THEN"],
        [*columns, name],
        [None] * len(columns) + [", ".join(RESULTS)],
        *rows,
    )


@st.composite
def _criteria(draw: st.DrawFn) -> Rows:
    head = draw(st.sampled_from(sorted(CELLS)))
    first, second = (draw(st.sampled_from(CELLS[head][1:])) for _ in range(2))
    need = draw(st.sampled_from(("all", "any", "none", "at least 1")))
    return [
        ["Criteria", "?"],
        ["Criteria", "GROUP", "GROUP", "GROUP", "IF", "THEN"],
        ["Criterion", "Part of", "Needs", "Means", head, "Requirement"],
        ["values"],
        ["G", None, need, None, "-", "The group"],
        ["a.1", "G", None, None, first, "relapsed"],
        ["a.1.b", "G", None, None, second, "relapsed or not"],
    ]


@st.composite
def _tried(draw: st.DrawFn) -> Tried:
    book: dict[str, Rows] = {
        "Policy": [["Field", "Value"], ["Final decision", "Outcome"]],
        "First": draw(_table("First", CELLS)),
        "Criteria": draw(_criteria()),
        "Outcome": draw(_table("Outcome", READ)),
        "Cases": [["case", "Disease status", "grade", "expect First"], ["a", "relapsed", 2, None]],
    }
    subject = draw(st.sampled_from(Subject))
    new = draw(st.sampled_from(NEW[subject]))
    fact, sheet = "", ""
    match subject:
        case Subject.FACT | Subject.LABEL:
            row = draw(st.sampled_from(FACTS[1:]))
            old = row[0 if subject is Subject.FACT else 1]
        case Subject.VALUE:
            fact, old = draw(
                st.sampled_from(
                    (("disease_status", "relapsed"), ("prior_status", "relapsed"), ("grade", "4"))
                )
            )
        case Subject.DECISION:
            old = draw(st.sampled_from(("First", "Outcome", "Criteria")))
        case Subject.RULE:
            sheet = draw(st.sampled_from(("First", "Outcome")))
            old = f"{sheet[0]}-1"
        case Subject.CRITERION:
            sheet, old = "Criteria", draw(st.sampled_from(("G", "a.1", "a.1.b")))
    return Tried(book, Request(subject, old, new, fact, sheet))


CASES = st.fixed_dictionaries(
    {},
    optional={
        "disease_status": st.sampled_from(("relapsed", "not relapsed", "remission")),
        "prior_status": st.sampled_from(("relapsed", "remission")),
        "grade": st.integers(0, 4),
        "weight": st.sampled_from((0, 10, 25.5)),
        "urgent": st.booleans(),
    },
)


def _decided(policy: Policy, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What a record says of a case, each name in a key of its own."""
    found = policy.kernel.determine(facts)
    return {
        "determination": found["determination"],
        "possible": found["possible_determinations"],
        "decisions": found["decisions"],
        "rules": [
            (each["decision"], each["rule"], each["cell"].rpartition("!")[2]) for each in found["rules"]
        ],
        "criteria": [
            (each["sheet"], each["id"], each["status"], each["matters"]) for each in found["criteria"]
        ],
        "missing": sorted(found["missing_facts"]),
    }


def _renamed(said: dict[str, Any], request: Request) -> dict[str, Any]:
    """The same with the new name, told by hand and not by what renames."""
    subject, old, new = request.subject, request.old, request.new

    def decision(name: str) -> str:
        return new if subject is Subject.DECISION and name == old else name

    def row(sheet: str, identifier: str) -> str:
        named = subject in (Subject.RULE, Subject.CRITERION) and (sheet, identifier) == (request.sheet, old)
        return new if named else identifier

    missing = (new if subject is Subject.FACT and each == old else each for each in said["missing"])
    return {
        **said,
        "decisions": {decision(name): value for name, value in said["decisions"].items()},
        "rules": [(decision(name), row(name, rule), cell) for name, rule, cell in said["rules"]],
        "criteria": [(decision(name), row(name, id_), *rest) for name, id_, *rest in said["criteria"]],
        "missing": sorted(missing),
    }


def _facts(facts: Mapping[str, Any], request: Request) -> dict[str, Any]:
    if request.subject is Subject.VALUE:
        value = int(request.new) if request.fact == "grade" else request.new
        return {
            name: value if name == request.fact and str(each) == request.old else each
            for name, each in facts.items()
        }
    return {
        request.new if request.subject is Subject.FACT and name == request.old else name: each
        for name, each in facts.items()
    }


def _try(tried: Tried, cases: list[dict[str, Any]]) -> None:
    request = tried.request
    assume(request.fact != "grade" or request.new == "5")
    with tempfile.TemporaryDirectory() as made:
        folder = place(Path(made) / "t", acme=tried.book)
        path = folder / "acme.xlsx"
        policy = _loaded(path)
        assume(policy is not None)
        assert policy is not None
        before = [_decided(policy, facts) for facts in cases]
        refusal = _refused(folder, request)
        if refusal:
            # A number may be compared with others, and a text with another fact's.
            assert request.subject is Subject.VALUE, refusal
            assert "cannot be proven" in refusal
            return
        renamed = load_policy(path)
        after = [_decided(renamed, _facts(facts, request)) for facts in cases]
        assert [_renamed(each, request) for each in before] == after


def _refused(folder: Path, request: Request) -> str:
    try:
        rename_files(request, folder, "acme")
    except InputError as error:
        return str(error)
    return ""


def _loaded(path: Path) -> Policy | None:
    """The policy; None where the random workbook has errors."""
    try:
        return load_policy(path)
    except TableError:
        return None


@given(_tried(), st.lists(CASES, min_size=4, max_size=4))
@settings(_SETTINGS, max_examples=8)
def test_a_random_renaming_changes_no_decision(tried: Tried, cases: list[dict[str, Any]]) -> None:
    _try(tried, cases)


@pytest.mark.slow
@given(_tried(), st.lists(CASES, min_size=6, max_size=6))
@settings(_SETTINGS, max_examples=300)
def test_no_random_renaming_changes_a_decision(tried: Tried, cases: list[dict[str, Any]]) -> None:
    _try(tried, cases)
