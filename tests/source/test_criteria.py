"""Rows of a sheet of criteria in a compiled module: functions as an engineer would have written them."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

from dmn_dli.source.module import module_source
from tests.linking import criteria_example
from tests.linking.books import kernel
from tests.source.modules import compiled

_CRITERION = """
def criteria_2_a(service: str, disease: str) -> bool | None:
    \"""The disease has relapsed

    A criterion, part of 2.
    True is met, False is not met, None does not apply.

    2.a (Criteria!A8)
    \"""
    if service == 'infusion':
        return disease == 'relapsed'
    return None
"""

_GROUP = """
def criteria_3(
    criteria_3_a: bool | None, criteria_3_b: bool | None, criteria_3_c: bool | None
) -> bool | None:
    \"""Two signs are present

    A group that needs at least 2 of its members, part of DLI.
    True is met, False is not met, None does not apply.

    3 (Criteria!A12)
    \"""
    return at_least(2, criteria_3_a, criteria_3_b, criteria_3_c)
"""


def _source() -> str:
    return module_source(kernel(criteria_example.policy()))


def test_a_criterion_is_a_condition_where_its_groups_apply() -> None:
    assert _CRITERION in _source()


def test_a_group_that_needs_so_many_counts_in_its_own_function() -> None:
    assert _GROUP in _source()
    assert "def criteria_3_members_met" not in _source()


def test_functions_of_rows_are_called_with_what_they_read() -> None:
    module = compiled(kernel(criteria_example.policy()))
    assert module.criteria_2_b_1("infusion", Decimal(50)) is True
    assert module.criteria_2_b_1("infusion", Decimal(0)) is False
    assert module.criteria_2_b_1("boost", Decimal(50)) is None
    met, not_met, beside = True, False, None
    assert module.criteria_3(met, beside, met) is True
    assert module.criteria_3(met, beside, not_met) is False
    assert module.criteria_x(None) is None


def test_a_module_with_criteria_is_clean_under_strict_typing(tmp_path: Path) -> None:
    (tmp_path / "book.py").write_text(_source(), encoding="utf-8")
    cache_folder = Path(__file__).resolve().parents[2] / ".mypy_cache" / "compiled"
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(cache_folder), "."]
    run = subprocess.run(command, capture_output=True, cwd=tmp_path, encoding="utf-8", timeout=120)
    assert run.returncode == 0, run.stdout
