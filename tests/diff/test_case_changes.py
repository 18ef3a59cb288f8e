"""What a change does to cases: counted case by case, as each version decides it, with sums and causes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from itertools import count, product
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dmn_dli.cases.files import given_case, read_case_file
from dmn_dli.diff import case_changes as counting
from dmn_dli.diff.case_amounts import AmountColumn
from dmn_dli.diff.case_changes import case_changes
from dmn_dli.diff.case_counts import CaseChanges, total
from dmn_dli.diff.case_pairs import payer_versions
from dmn_dli.diff.edition import Edition
from dmn_dli.diff.editions import Editions
from dmn_dli.diff.placed_cases import PlacedCase
from dmn_dli.diff.version_difference import folder_difference
from dmn_dli.report import case_change_words as words
from dmn_dli.report import case_changes as told
from dmn_dli.report.difference_book import book
from dmn_dli.report.difference_text import Page
from dmn_dli.runtime.input_error import InputError
from tests.cli.tables import ACME, BETA, FACTS, changed
from tests.excel.build import Rows, make_workbook

FACTS_BYTES = make_workbook({"Facts": FACTS})
STRICTER = changed(ACME, "Determination", {(6, 3): ">= 1"})


def _edition(book: Any, name: str = "acme-2025-01-01.xlsx", facts: bytes = FACTS_BYTES) -> Edition:
    return Edition(name, name, make_workbook(book), facts)


OLD, NEW = (_edition(ACME),), (_edition(STRICTER),)


def _placed(folder: Path, *rows: dict[str, Any] | str, aside: Sequence[str] = ()) -> Iterator[PlacedCase]:
    file = folder / "claims.jsonl"
    file.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows))
    for row, case in enumerate(read_case_file(str(file), count(1), aside), 1):
        yield PlacedCase(file.name, row, case)


def _changes(
    folder: Path,
    *rows: dict[str, Any] | str,
    sides: tuple[Editions, Editions] = (OLD, NEW),
    amount: str | None = None,
    samples: int = 5,
) -> CaseChanges:
    aside = () if amount is None else (amount,)
    return case_changes(*sides, _placed(folder, *rows, aside=aside), amount, samples)


def _every_case() -> list[dict[str, Any]]:
    """Every combination of some values, unknown ones among them."""
    names = ("service", "gvhd_grade", "donor_cells", "prevents_relapse")
    values = ("infusion", "boost", None), (0, 1, 2, None), (0, 50, None), (True, None)
    return [
        {"case_id": f"c{number}"}
        | {name: value for name, value in zip(names, case, strict=True) if value is not None}
        for number, case in enumerate(product(*values))
    ]


def test_the_counts_are_those_of_each_case_decided_by_itself(tmp_path: Path) -> None:
    cases = _every_case()
    expected: Counter[tuple[str, str]] = Counter()
    for case in cases:
        facts = {name: value for name, value in case.items() if name != "case_id"}
        kernels = [edition.kernel for edition in (*OLD, *NEW)]
        expected[tuple(kernel.determine(facts)["determination"] for kernel in kernels if kernel)] += 1
    found = _changes(tmp_path, *cases)
    (payer,) = found.payers
    assert {(each.old, each.new): each.cases for each in payer.transitions} == expected
    assert found.cases == payer.cases == len(cases)
    assert found.changed == sum(number for (old, new), number in expected.items() if old != new) > 0
    assert found.whole


def test_a_change_is_told_with_its_first_cases_its_sum_and_what_parts_them(tmp_path: Path) -> None:
    case = {"service": "infusion", "gvhd_grade": 1, "donor_cells": 50}
    rows = [{"case_id": f"a{number}", **case, "paid": "0.10"} for number in range(7)]
    found = _changes(
        tmp_path, *rows, {"case_id": "z", "service": "boost", "paid": 1000}, amount="Paid", samples=2
    )
    (each,) = found.payers[0].changed
    assert (each.old, each.new, each.cases) == ("medically necessary", "investigational", 7)
    assert each.samples == ("a0", "a1")
    assert each.amount == Decimal("0.70")
    assert [(cause.subject, cause.old, cause.new, cause.cases) for cause in each.causes] == [
        ("rule", "D-3", "D-2", 7)
    ]
    assert total(found.payers[0].transitions) == Decimal("1000.70")


def test_sums_are_exact_however_many_digits_they_have(tmp_path: Path) -> None:
    rows = [
        {"service": "boost", "paid": "99999999999999999999.01"},
        {"service": "boost", "paid": "0.0000000001"},
    ]
    (payer,) = _changes(tmp_path, *rows, amount="paid").payers
    assert total(payer.transitions) == Decimal("99999999999999999999.0100000001")


def test_bad_rows_are_named_with_file_row_and_reason_and_the_others_are_counted(tmp_path: Path) -> None:
    found = _changes(
        tmp_path,
        {"case_id": "good", "service": "boost", "paid": "1"},
        {"case_id": "word", "service": "bost", "paid": "1"},
        "no json",
        {"case_id": "sum", "service": "boost", "paid": "1,5"},
        {"case_id": "whose", "payer": "acne", "service": "boost", "paid": "1"},
        amount="paid",
    )
    assert [(each.file, each.row) for each in found.bad] == [("claims.jsonl", row) for row in (2, 3, 4, 5)]
    reasons = [each.problems[0]["reason"] for each in found.bad]
    assert ["allowed" in reasons[0], "JSON" in reasons[1], "amount" in reasons[2], "acme" in reasons[3]] == [
        True
    ] * 4
    assert (found.cases, found.bad_rows, found.payers[0].cases, found.whole) == (5, 4, 1, False)


def test_a_value_that_one_dictionary_alone_knows_is_no_bad_row(tmp_path: Path) -> None:
    facts = [list(row) for row in FACTS]
    facts[2][3] = '"infusion", "boost", "other", "new"'
    newer = changed(ACME, "Scope", {(6, 2): "not(infusion)"})
    sides = OLD, (_edition(newer, facts=make_workbook({"Facts": facts})),)
    found = _changes(tmp_path, {"service": "new"}, sides=sides)
    assert [(each.old, each.new) for each in found.payers[0].transitions] == [
        ("not accepted", "not addressed")
    ]
    assert found.whole


def test_a_fact_that_one_dictionary_alone_knows_is_left_out_on_the_other_side(tmp_path: Path) -> None:
    facts: Rows = [*FACTS, ["height", "Height", "number", "[0..300]", "cm", "No", "How tall?", None]]
    sides = OLD, (_edition(ACME, facts=make_workbook({"Facts": facts})),)
    found = _changes(tmp_path, {"service": "boost", "height": 170}, sides=sides)
    assert (found.changed, found.whole) == (0, True)


def test_a_case_goes_to_the_version_of_its_day_and_to_what_has_taken_its_place() -> None:
    later = changed(STRICTER, "Policy", {(6, 2): "2026-01-01"})
    added = (*OLD, _edition(later, "acme-2026-01-01.xlsx"))
    versions = payer_versions(OLD, added)["acme"]
    names = [
        tuple(each.name if each else None for each in (pair.old, pair.new))
        for pair in (versions.pair(day) for day in ("2025-06-01", "2026-06-01", None))
    ]
    assert names == [("acme-2025-01-01.xlsx", "acme-2026-01-01.xlsx")] * 3
    edited = (NEW[0], added[1])
    pair = payer_versions(OLD, edited)["acme"].pair("2025-06-01")
    assert pair.new is NEW[0]
    before = versions.pair("2024-06-01")
    assert (before.old, before.new) == (None, None)


def test_a_payer_that_one_side_lacks_has_no_policy_there(tmp_path: Path) -> None:
    beta = _edition(BETA, "beta-2024-06-01.xlsx")
    found = _changes(tmp_path, {"service": "boost"}, sides=(OLD, (*OLD, beta)))
    by_payer = {each.payer: [each.old for each in each.transitions] for each in found.payers}
    assert by_payer["beta"] == ["no policy on file"]


def test_a_workbook_that_lacks_the_dictionarys_values_in_row_4_alone_is_told_what_writes_them(
    tmp_path: Path,
) -> None:
    facts = [list(row) for row in FACTS]
    facts[2][3] = '"infusion", "boost", "other", "new"'
    row_4 = changed(ACME, "Scope", {(4, 2): "infusion, boost, other"})
    newer = _edition(row_4, facts=make_workbook({"Facts": facts}))
    (limit,) = words.limits(_changes(tmp_path, {"service": "boost"}, sides=(OLD, (newer,))))
    assert limit == (
        "row 4 of acme-2025-01-01.xlsx lacks the dictionary's values; `dmn-dli format` writes them there; "
        "until then it decides no case"
    )
    (difference,) = folder_difference(OLD, (newer,))
    assert difference.behaviour
    assert "`dmn-dli format` writes them there" in difference.behaviour.reasons[0]
    assert "`dmn-dli format` writes them there" in (difference.values[0].unknown or "")
    wrong = _edition(changed(row_4, "Scope", {(5, 2): "infussion"}), facts=make_workbook({"Facts": facts}))
    (limit,) = words.limits(_changes(tmp_path, {"service": "boost"}, sides=(OLD, (wrong,))))
    assert limit.startswith("acme-2025-01-01.xlsx has errors; `dmn-dli check` says which")


def test_a_fact_is_no_column_of_amounts(tmp_path: Path) -> None:
    for column in ("donor_cells", "Donor cells", "payer"):
        with pytest.raises(InputError, match="no amount"):
            _changes(tmp_path, {"service": "boost"}, amount=column)


def test_every_format_tells_the_change(tmp_path: Path) -> None:
    row = {"case_id": "a1", "service": "infusion", "gvhd_grade": 1, "donor_cells": 50, "paid": "1234.50"}
    found = _changes(tmp_path, row, {"case_id": "a2", "service": "bost"}, amount="paid")
    text = told.text(found, Page())
    assert "1 of 2 cases get another determination; paid: 1,234.50 of 1,234.50" in text
    assert "medically necessary → investigational: 1 case, paid 1,234.50 (a1)" in text
    assert "rule: D-3 → D-2 (1 case)" in text
    assert "claims.jsonl, case 2 (id a2)" in text
    assert "| medically necessary | 1 |" in told.markdown(found)
    (payer,) = told.changes_json(found)["payers"]
    assert payer["transitions"][0]["amount"] == "1234.50"
    made = load_workbook(BytesIO(book(folder_difference(OLD, NEW), found)))
    listed = made["Changed cases"]
    assert listed["A1"].value == "1 of 2 cases get another determination; paid: 1,234.50 of 1,234.50"
    assert [cell.value for cell in listed[2]][3:5] == ["Cases", "paid"]
    assert [cell.value for cell in listed[3]] == [
        *("acme", "medically necessary", "investigational", 1, 1234.5, "a1", "rule: D-3 → D-2 (1 case)")
    ]
    assert made["Cases left out"]["B3"].value == 2


def test_sums_of_the_headline_count_each_case_once_however_many_payers_are_asked(tmp_path: Path) -> None:
    row = {"service": "infusion", "gvhd_grade": 1, "donor_cells": 50}
    beta = changed(ACME, "Policy", {(2, 2): "beta"})
    stricter = changed(STRICTER, "Policy", {(2, 2): "beta"})
    sides = (*OLD, _edition(beta, "beta.xlsx")), (*NEW, _edition(stricter, "beta.xlsx"))
    rows = {**row, "paid": "10.10"}, {**row, "gvhd_grade": 0, "paid": "-0.10"}, {"service": "bost", "paid": 9}
    found = _changes(tmp_path, *rows, sides=sides, amount="paid")
    assert [total(payer.changed) for payer in found.payers] == [Decimal("10.10")] * 2
    assert (found.changed_amount, found.total_amount) == (Decimal("10.10"), Decimal("10.00"))
    assert "1 of 3 cases get another determination; paid: 10.10 of 10.00" in told.text(found, Page())


def test_payers_without_a_change_are_told_in_one_line(tmp_path: Path) -> None:
    beta = _edition(BETA, "beta-2024-06-01.xlsx")
    found = _changes(tmp_path, *_every_case(), sides=((*OLD, beta), (*NEW, beta)))
    for text in (told.text(found, Page()), told.markdown(found)):
        assert f"no case gets another determination from beta ({found.cases})" in text
        assert "**beta**" not in text
        assert "beta:" not in text


def test_a_table_that_cannot_decide_is_named_as_what_parts_the_cases(tmp_path: Path) -> None:
    gap = changed(ACME, "Determination", {(8, 4): "> 50"})
    found = _changes(
        tmp_path,
        {"service": "infusion", "gvhd_grade": 1, "donor_cells": 0},
        sides=(OLD, (_edition(gap),)),
    )
    (each,) = found.payers[0].changed
    assert (each.old, each.new) == ("not medically necessary", "error")
    assert [(cause.subject, cause.old, cause.new) for cause in each.causes] == [
        ("rule", "D-4", "error in Determination")
    ]


def test_a_value_that_one_dictionary_alone_knows_is_what_parts_its_cases(tmp_path: Path) -> None:
    facts = [list(row) for row in FACTS]
    facts[2][3] = '"infusion", "boost", "other", "new"'
    newer = changed(ACME, "Scope", {(6, 2): "not(infusion)"})
    sides = OLD, (_edition(newer, facts=make_workbook({"Facts": facts})),)
    (each,) = _changes(tmp_path, {"service": "new"}, sides=sides).payers[0].changed
    assert [(cause.subject, cause.old, cause.new) for cause in each.causes] == [
        ("service", "not accepted", "accepted")
    ]


def test_values_without_end_are_counted_together_and_none_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = _changes(tmp_path, *_every_case())
    monkeypatch.setattr(counting, "MOST_TRANSITIONS", 2)
    monkeypatch.setattr(counting, "MOST_CAUSES", 1)
    few = _changes(tmp_path, *_every_case())
    (payer,) = few.payers
    assert len(payer.transitions) == 4
    assert {(each.old, each.new) for each in payer.transitions} >= {
        ("another value", "another value"),
        ("another value", "yet another value"),
    }
    assert (payer.cases, few.changed) == (every.payers[0].cases, every.changed)
    assert sum(each.cases for each in payer.changed) == few.changed
    causes = [cause for each in payer.changed for cause in each.causes]
    assert "other causes" in {cause.subject for cause in causes}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        *(("1234.50", "1234.50"), ("-80", "-80"), ("0", "0"), (" 7 ", "7"), ("", None), (None, None)),
        *((1234.5, "1234.5"), (-0.1, "-0.1"), (12, "12"), (Decimal("1E+3"), "1000"), (1e21, "1" + "0" * 21)),
    ],
)
def test_an_amount_is_read_exactly(written: object, expected: str | None) -> None:
    column = AmountColumn("paid")
    amount, problems = column.of("a.csv", given_case({"paid": written}, 1, ("paid",)))
    assert (amount, problems) == (None if expected is None else Decimal(expected), ())


@pytest.mark.parametrize(
    "written",
    [
        *("$12", "€ 12", "12 USD", "1,234.50", "1.234,50", "1 234", "(12.00)", "1e3", "twelve", "12.", ".5"),
        *("--5", "+5", "٣", "12-", "9" * 40, True, float("inf"), Decimal("1E+999999")),
    ],
)
def test_what_is_no_plain_number_is_no_amount_and_never_guessed(written: object) -> None:
    amount, (problem,) = AmountColumn("paid").of("a.csv", given_case({"paid": written}, 1, ("paid",)))
    assert amount is None
    assert problem["reason"].startswith('"paid" is "')
    assert "as in 1234.50 or -80" in problem["reason"]


def test_a_column_of_amounts_that_no_case_has_is_refused_with_the_nearest(tmp_path: Path) -> None:
    row = {"service": "boost", "paid_amount": 1}
    with pytest.raises(InputError, match=r'anything under "payd_amount".* Did you mean "paid_amount"'):
        _changes(tmp_path, row, row, amount="payd_amount")
    with pytest.raises(InputError, match=r'Besides facts they have: "paid_amount"\.'):
        _changes(tmp_path, row, amount="cost")
    blank = _changes(tmp_path, {"service": "boost", "paid": None}, amount="paid")
    assert [*words.limits(blank)] == ["no case has an amount under paid"]


def test_a_file_in_which_no_case_has_an_amount_is_named() -> None:
    paid: dict[str, Any] = {"service": "boost", "paid": 1}
    rows = [("a.csv", paid), ("b.csv", {"service": "boost"})]
    cases = [PlacedCase(file, 1, given_case(row, 1, ("paid",))) for file, row in rows]
    found = case_changes(OLD, NEW, cases, "paid")
    assert found.lacking == ("b.csv",)
    assert 'no case of b.csv has anything under "paid"' in told.text(found, Page())
    assert told.changes_json(found)["files_without_amount"] == ["b.csv"]
