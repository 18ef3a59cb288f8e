"""A payer's first workbook: it decides at once, and says of every cell that only a document can fill."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from shutil import copyfile

import pytest

import dmn_dli
from dmn_dli.checking import CheckResult
from dmn_dli.diff.grid import grid_of
from dmn_dli.excel import read_dictionary, read_workbook
from dmn_dli.keeping.house_style import in_house_style
from dmn_dli.model.finding import Severity
from dmn_dli.model.to_fill_in import is_to_fill_in
from dmn_dli.runtime.input_error import InputError
from tests.cli.tables import FACTS as SMALL_FACTS
from tests.docs.pages import ROOT
from tests.excel.build import Rows, make_workbook

DAY, TODAY = date(2026, 1, 1), date(2026, 1, 2)
TABLES = ROOT / "tables"
SHORT = ("bcbsms-2025-03-28.xlsx", "molina-2025-02-12.xlsx")
"""The workbooks of the short run: one with accepted findings, one with wording that names its payer."""
PAYERS = [
    pytest.param(path.name, marks=() if path.name in SHORT else pytest.mark.slow)
    for path in sorted(TABLES.glob("*-*.xlsx"))
]
YET_TO_DO = {"DT135", "DT616", "DT617"}
HEADINGS = ["fact", "label", "type", "allowed values", "unit", "nullable", "question"]


def _facts(*rows: tuple[str, str, str | None]) -> Rows:
    return [
        HEADINGS,
        *(
            [name, name.replace("_", " ").capitalize(), type_, allowed, None, "No", "?"]
            for name, type_, allowed in rows
        ),
    ]


ODD: Rows = _facts(
    ("kind", "string", '"in, or out", "not known", "say \\"x\\"", "true"'),
    ("level", "number", "0.5, 1, 10"),
    ("planned", "boolean", None),
)
BOOLEANS: Rows = _facts(
    ("asked_for", "string", '"yes", "no"'), ("one", "boolean", None), ("two", "boolean", None)
)


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    copyfile(TABLES / "facts.xlsx", tmp_path / "facts.xlsx")
    return tmp_path


def _write(folder: Path, made: dmn_dli.NewFile) -> Path:
    path = folder / made.name
    path.write_bytes(made.data)
    return path


def _checked(path: Path) -> CheckResult:
    return dmn_dli.check(path, today=TODAY)


def _codes(result: CheckResult) -> set[str]:
    return {each.code.code for each in result.findings}


def _passes(path: Path) -> bool:
    (result,) = dmn_dli.test(path)
    return result.passed and bool(result.cases)


@pytest.mark.parametrize(
    "facts", [None, SMALL_FACTS, ODD, BOOLEANS], ids=["ours", "small", "odd", "booleans"]
)
def test_check_says_only_what_is_left_to_fill_in_and_where(facts: Rows | None, tables: Path) -> None:
    if facts is not None:
        (tables / "facts.xlsx").write_bytes(make_workbook({"Facts": facts}))
    path = _write(tables, dmn_dli.new_payer(tables, "acme", DAY))
    result = _checked(path)
    assert _codes(result) == YET_TO_DO
    assert [each for each in result.findings if not each.cell] == []
    assert [table.complete for table in result.tables if table.hit_policy == "U"] == [True, True]
    assert [(claim.means, claim.holds) for claim in result.claims] == [("medically necessary", True)]
    assert _passes(path)


def test_every_rule_and_criterion_is_covered_by_a_case(tables: Path) -> None:
    (result,) = dmn_dli.test(_write(tables, dmn_dli.new_payer(tables, "acme", DAY)))
    assert [each for each in result.coverage if each.uncovered] == []


def test_every_row_of_the_workbook_has_something_to_fill_in(tables: Path) -> None:
    path = _write(tables, dmn_dli.new_payer(tables, "acme", DAY))
    book = read_workbook(path)
    told = {(each.sheet, int(each.cell[1:])) for each in _checked(path).findings}
    rows = [(table.sheet, rule.cell.row) for table in book.tables for rule in table.rules]
    rows += [(sheet.sheet, row.cell.row) for sheet in book.criteria for row in sheet.rows]
    assert set(rows) - told == set()


def test_it_is_a_draft_with_the_name_that_was_given(tables: Path) -> None:
    path = _write(tables, dmn_dli.new_payer(tables, "acme", DAY, name="=Acme & Sons"))
    fields = read_workbook(path).policy
    assert (fields.payer, fields.payer_name, fields.effective_from) == ("acme", "=Acme & Sons", DAY)
    assert fields.draft
    assert dmn_dli.load(tables) == {}


def test_it_is_in_the_house_style_as_it_was_begun(tables: Path) -> None:
    copyfile(TABLES / "molina-2025-02-12.xlsx", tables / "molina-2025-02-12.xlsx")
    dictionary, _ = read_dictionary(tables / "facts.xlsx")
    for like in (None, "molina"):
        made = dmn_dli.new_payer(tables, "acme", DAY, like=like)
        assert in_house_style(made.data, dictionary) == made.data


def test_the_same_words_give_the_same_bytes(tables: Path) -> None:
    first, second = (dmn_dli.new_payer(tables, "acme", DAY) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "name", ["Acme", "acme health", "../acme", "2acme", "", "acme.", "a/b", "ümlaut", "-x"]
)
def test_an_id_that_is_no_part_of_a_files_name_is_refused(name: str, tables: Path) -> None:
    with pytest.raises(InputError, match="cannot be a payer's id"):
        dmn_dli.new_payer(tables, name, DAY)


def test_an_id_that_would_do_is_offered(tables: Path) -> None:
    with pytest.raises(InputError, match='"acme-health" would do'):
        dmn_dli.new_payer(tables, "Acme Health", DAY)


def test_a_payer_that_has_versions_is_told_of_new_version(tables: Path) -> None:
    _write(tables, dmn_dli.new_payer(tables, "acme", DAY))
    with pytest.raises(InputError, match="`dmn-dli new version acme 2027-01-01` begins the next"):
        dmn_dli.new_payer(tables, "acme", date(2027, 1, 1))


@pytest.mark.parametrize(
    "rows",
    [
        _facts(("service", "string", '"a", "b"'), ("planned", "boolean", None)),
        _facts(("one", "boolean", None), ("two", "boolean", None), ("three", "boolean", None)),
        _facts(
            ("day", "date", None),
            ("name", "string", None),
            ("level", "number", "[0..9]"),
            ("x", "string", '"a"'),
        ),
    ],
)
def test_a_dictionary_with_too_few_facts_is_refused(rows: Rows, tables: Path) -> None:
    (tables / "facts.xlsx").write_bytes(make_workbook({"Facts": rows}))
    with pytest.raises(InputError, match="too few facts"):
        dmn_dli.new_payer(tables, "acme", DAY)


def test_a_dictionary_with_errors_is_refused_with_what_is_wrong(tables: Path) -> None:
    (tables / "facts.xlsx").write_bytes(make_workbook({"Facts": _facts(("service", "strnig", None))}))
    with pytest.raises(InputError, match=r"has errors:\n +Facts!C2: .*string"):
        dmn_dli.new_payer(tables, "acme", DAY)


def test_without_a_dictionary_the_bundled_one_is_used_and_said(tmp_path: Path) -> None:
    made = dmn_dli.new_payer(tmp_path, "acme", DAY)
    assert [remark for remark in made.remarks if "no facts.xlsx" in remark] != []
    assert _codes(_checked(_write(tmp_path, made))) == {*YET_TO_DO, "DT109"}


def _texts(path: Path, headings: Iterable[str]) -> set[str]:
    """What stands in the columns of these headings, in small letters, of all tables and criteria."""
    book = read_workbook(path)
    found = set()
    for grid in (*map(grid_of, book.tables), *map(grid_of, book.criteria)):
        for column in grid.columns:
            if column.heading.text.casefold() in headings:
                found |= {row.cells[column.position].text for row in grid.rows}
    return found - {"", "null"}


@pytest.mark.parametrize("workbook", PAYERS)
def test_of_another_payer_nothing_passes_for_the_new_ones_own(workbook: str, tables: Path) -> None:
    copyfile(TABLES / workbook, tables / workbook)
    made = dmn_dli.new_payer(tables, "acme", DAY, name="Acme", like=workbook[:-16])
    path = _write(tables, made)
    own = ("citation", "payer wording", "refer to", "note")
    assert _texts(TABLES / workbook, own) != set()
    assert [text for text in _texts(path, own) if not is_to_fill_in(text)] == []
    before, after = read_workbook(TABLES / workbook), read_workbook(path)
    assert (after.policy.payer, after.policy.payer_name, after.policy.status) == ("acme", "Acme", "draft")
    others = (
        after.policy.policy_number,
        after.policy.title,
        after.policy.source_document,
        after.policy.notes,
    )
    assert {*others, after.policy.last_review, after.policy.next_review} == {None}
    assert len(after.changes) == 1
    assert not {entry.what for entry in before.changes} & {entry.what for entry in after.changes}
    kept = [(table.name, [rule.id for rule in table.rules]) for table in before.tables]
    assert [(table.name, [rule.id for rule in table.rules]) for table in after.tables] == kept


def test_only_of_rows_of_tables_it_is_said_that_they_may_go(tables: Path) -> None:
    result = _checked(_write(tables, dmn_dli.new_payer(tables, "acme", DAY)))
    told = [each for each in result.findings if each.code.code == "DT616"]
    assert {each.sheet for each in told if "delete the row" not in each.remedy} == {"Change History"}
    assert {each.message for each in result.findings if each.code.code == "DT135"} == {
        "Payer name is blank.",
        "Policy number is blank.",
        "Title is blank.",
    }


@pytest.mark.parametrize("workbook", PAYERS)
def test_what_is_begun_from_another_payer_is_proven_and_its_cases_pass(workbook: str, tables: Path) -> None:
    copyfile(TABLES / workbook, tables / workbook)
    path = _write(tables, dmn_dli.new_payer(tables, "acme", DAY, like=workbook[:-16]))
    result = _checked(path)
    wrong = {each.code.code for each in result.findings if each.code.severity is Severity.ERROR}
    assert wrong == {"DT616"}
    warned = {each.code.code for each in result.findings if each.code.severity is Severity.WARNING}
    assert {each for each in warned if each not in YET_TO_DO} <= {"DT608"}
    assert all(claim.holds for claim in result.claims)
    assert _passes(path)


def test_the_cells_that_name_the_other_payer_are_told(tables: Path) -> None:
    copyfile(TABLES / "molina-2025-02-12.xlsx", tables / "molina-2025-02-12.xlsx")
    made = dmn_dli.new_payer(tables, "acme", DAY, like="molina")
    (told,) = (remark for remark in made.remarks if "name the other payer" in remark)
    assert "'Plan notes'!G" in told


def test_another_payer_that_is_not_there_is_answered_with_the_nearest(tables: Path) -> None:
    copyfile(TABLES / "molina-2025-02-12.xlsx", tables / "molina-2025-02-12.xlsx")
    with pytest.raises(InputError, match='Did you mean "molina"'):
        dmn_dli.new_payer(tables, "acme", DAY, like="molnia")
