"""The page answers as the command does: the same bytes, the same exit codes."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from dmn_dli.cases.rows import known_cases
from dmn_dli.store.folder import bundled_tables
from tests import payers
from tests.cli.program import run
from tests.reference.policy import Oracle

PARTIAL_CASES = 500


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder as the page's commands have it: the tables, and nothing besides."""
    folder = tmp_path_factory.mktemp("place")
    (folder / "tables").symlink_to(bundled_tables())
    return folder


def same(page: Page, place: Path, arguments: Sequence[str], stdin: str = "") -> dict[str, Any]:
    """What the page gives, which is what the command gives."""
    given: dict[str, Any] = page.evaluate("each => dmnDli.run(...each)", [list(arguments), stdin])
    due = run(*arguments, cwd=place, stdin=stdin.encode())
    assert given == {"exit": due.returncode, "stdout": due.stdout.decode(), "stderr": due.stderr.decode()}
    return given


def _jsonl(cases: Sequence[dict[str, Any]]) -> str:
    return "".join(json.dumps(case, ensure_ascii=False, default=_plain) + "\n" for case in cases)


def _plain(value: object) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    assert isinstance(value, date)
    return value.isoformat()


def _rows() -> list[dict[str, Any]]:
    """The cases of every payer, each to be put to all of them."""
    return [
        {**case.facts, "case_id": f"{name} {case.name}"}
        for name in payers.WORKBOOKS
        for case in known_cases(payers.linked(name).workbook, payers.kernel(name))
    ]


def _partial_cases() -> list[dict[str, Any]]:
    """Cases of the payers in turn, with any share of the facts known that the policy to be asked reads."""
    chance = random.Random("the page")
    domains = [Oracle(payers.linked(name)).domains for name in payers.WORKBOOKS]
    cases = []
    for number in range(PARTIAL_CASES):
        name, known = payers.WORKBOOKS[number % len(domains)], domains[number % len(domains)]
        share = chance.random()
        facts = {fact: chance.choice(values) for fact, values in known.items() if chance.random() < share}
        cases.append({**facts, "payer": payers.kernel(name).policy.payer})
    return cases


def test_every_case_on_file_and_five_hundred_partial_ones_get_the_commands_records(
    ready_page: Page, place: Path
) -> None:
    rows = _rows()
    stdin = _jsonl([*rows, *_partial_cases()])
    given = same(ready_page, place, ["evaluate", "-", "--format", "jsonl"], stdin)
    assert len(given["stdout"].splitlines()) == len(rows) * len(payers.WORKBOOKS) + PARTIAL_CASES


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--help",), 0),
        (("evaluate", "--help"), 0),
        (("--version",), 0),
        (("evaluate",), 2),
        (("evalute", "-"), 2),
        (("evaluate", "-", "--format", "yaml"), 2),
        (("evaluate", "nowhere.json"), 2),
        pytest.param(("test",), 0, marks=pytest.mark.slow),
        (("explain", "-"), 0),
        (("explain", "-", "--format", "json", "--payer", "molina"), 0),
        (("diff", "tables", "tables"), 0),
        (("check", "tables/molina-2025-02-12.xlsx", "--today", "2026-03-01"), 0),
        (("evaluate", "-", "--format", "csv", "--fail-on", "needs information"), 1),
        pytest.param(("compile", "--output", "modules"), 0, marks=pytest.mark.slow),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_command_is_the_command(
    arguments: tuple[str, ...], code: int, ready_page: Page, place: Path, tmp_path: Path
) -> None:
    (tmp_path / "tables").symlink_to(place / "tables")
    stdin = '{"service": "donor lymphocyte infusion", "disease_status": "relapsed", "_note": "é \\u202e"}'
    assert same(ready_page, tmp_path, arguments, stdin)["exit"] == code


def test_a_run_leaves_nothing_behind_for_the_next(ready_page: Page, place: Path) -> None:
    written = ["show", "tables/molina-2025-02-12.xlsx", "--output", "left.txt"]
    assert ready_page.evaluate("each => dmnDli.run(each)", written)["exit"] == 0
    assert same(ready_page, place, ["show", "left.txt"])["exit"] == 2
