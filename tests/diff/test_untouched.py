"""A difference says of a later version that nobody has touched its source, reviews or history."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import dmn_dli
from dmn_dli.report.difference_words import sides
from tests.cli.tables import ACME, FACTS
from tests.excel.build import make_workbook, put

OLD, NEW = "acme-2025-01-01.xlsx", "acme-2026-01-01.xlsx"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    (tmp_path / "facts.xlsx").write_bytes(make_workbook({"Facts": FACTS}))
    (tmp_path / OLD).write_bytes(make_workbook(ACME))
    return tmp_path


def test_a_copy_of_the_version_before_is_told_in_the_line_that_names_the_two(tables: Path) -> None:
    (tables / NEW).write_bytes(put("Policy", ACME, B6=date(2026, 1, 1)))
    (difference,) = dmn_dli.diff(tables / OLD, tables / NEW)
    assert difference.untouched == ("the source document", "the reviews", "the Change History")
    assert sides(difference).endswith(
        "; nobody has touched the source document, the reviews or the Change History since"
    )


def test_what_was_touched_is_not_told(tables: Path) -> None:
    (tables / NEW).write_bytes(put("Policy", ACME, B6=date(2026, 1, 1), B9="Version 2"))
    (difference,) = dmn_dli.diff(tables / OLD, tables / NEW)
    assert difference.untouched == ("the reviews", "the Change History")


def test_of_two_states_of_one_version_nothing_is_told(tables: Path) -> None:
    (tables / "new").mkdir()
    (tables / "new" / OLD).write_bytes(put("Policy", ACME, B5="Cells"))
    (difference,) = dmn_dli.diff(tables / OLD, tables / "new" / OLD)
    assert difference.untouched == ()


def test_the_note_that_names_the_version_is_no_change_of_a_case(tables: Path) -> None:
    (tables / NEW).write_bytes(put("Policy", ACME, B6=date(2026, 1, 1)))
    (difference,) = dmn_dli.diff(tables / OLD, tables / NEW)
    assert difference.cases == ()
