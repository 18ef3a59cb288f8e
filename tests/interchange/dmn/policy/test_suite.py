"""The standard's suite as policies: what is decided, and what is proven of its tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

import pytest

from dmn_dli.analysis.check import analyse
from dmn_dli.feel import FeelType
from dmn_dli.interchange.dmn.policy.kernel import ModelKernel
from dmn_dli.interchange.dmn.policy.link import ModelPolicy
from dmn_dli.interchange.tck.cases import read_test_file
from dmn_dli.interchange.tck.comparison import as_expected
from dmn_dli.model.finding import errors
from dmn_dli.policy import Policy
from dmn_dli.store.models import link_model
from dmn_dli.tables.admission import clause_value
from dmn_dli.tables.linked import LinkedTable
from dmn_dli.tables.logic import TableLogic
from dmn_dli.theories.lowering import fact_domains
from tests.interchange.dmn.suite import suite

MOST_CASES = 20_000
"""How many combinations of atoms brute force looks at for one table; those of the suite have far fewer."""


def _models(level: str) -> Iterator[Path]:
    yield from sorted((suite() / level).glob("*/*.dmn"))


def _columns(policy: ModelPolicy, table: LinkedTable) -> list[tuple[str, list[object]]] | None:
    """The facts that a table tests, each with a value of every atom; None where it tests anything else."""
    domains = fact_domains(policy)
    found: dict[str, list[object]] = {}
    for column in table.columns:
        names = [name for name in column.names if name in domains]
        if len(names) != len(column.names) or any(domains[name].whole for name in names):
            return None
        if column.reads or (column.type is FeelType.ANY and column.all_constants is None):
            return None
        for name in names:
            found[name] = [atom.representative for atom in domains[name].atoms]
    return list(found.items())


def _brute_force(policy: ModelPolicy, table: LinkedTable) -> tuple[bool, bool] | None:
    """Whether a rule or a default answers everywhere, and whether no two rules ever fire together."""
    columns = _columns(policy, table)
    if columns is None or any(not column.names for column in table.columns):
        return None
    logic = TableLogic(table)
    clauses = [clause_value(column) for column in table.columns]
    complete = overlap_free = True
    names = [name for name, _ in columns]
    for values in islice(product(*[values for _, values in columns]), MOST_CASES):
        scope = dict(zip(names, values, strict=True))
        fired = logic.all_rules
        for clause, column in zip(clauses, logic.columns, strict=True):
            fired &= column.mask(clause(scope), scope)
        complete &= bool(fired) or table.has_default
        overlap_free &= fired.bit_count() < 2
    return complete, overlap_free


@pytest.mark.parametrize("level", ["compliance-level-2", "compliance-level-3"])
def test_what_is_proven_of_tables_is_what_brute_force_finds(level: str) -> None:
    looked_at = 0
    for path in _models(level):
        policy = link_model(path)
        if errors(policy.findings) or not any(table.columns for table in policy.tables):
            continue
        proofs = {proof.decision: proof for proof in analyse(policy).proofs}
        for table in policy.tables:
            found = _brute_force(policy, table) if table.columns else None
            if found is not None:
                proof = proofs[table.name]
                assert (proof.complete, proof.overlap_free) == found, f"{path.name}: {table.name}"
                looked_at += 1
    assert looked_at >= {"compliance-level-2": 17, "compliance-level-3": 5}[level]


def test_a_policy_decides_the_cases_of_level_2_as_the_suite_expects() -> None:
    decided = 0
    for path in sorted((suite() / "compliance-level-2").glob("*/*-test-*.xml")):
        tests = read_test_file(path)
        policy = Policy(ModelKernel(link_model(path.parent / tests.model)))
        for case in tests.cases:
            given = {each.name: each.value for each in case.given}
            for expected in case.expected:
                assert as_expected(policy.decide(expected.name, given), expected.value), (path.name, case.id)
                decided += 1
    assert decided >= 100
