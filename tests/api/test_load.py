"""Loading by the Python interface: versions by date, drafts, broken workbooks, an installed package."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import dmn_dli
from dmn_dli.store.folder import INSTALLED_FOLDER, bundled_tables
from tests.excel.build import FACTS, GOOD, make_workbook, put

DATED = {**GOOD, "Facts": [*FACTS, ["date_of_service", "Date of service", "date", *[None] * 6]]}
CASE = {"service": "donor lymphocyte infusion"}


def version(folder: Path, day: str, name: str = "", **fields: Any) -> None:
    """A version of acme's policy from a day on; further fields go below the Policy sheet's own."""
    below: dict[str, Any] = {}
    for row, (label, value) in enumerate(fields.items(), 9):
        below |= {f"A{row}": label.replace("_", " "), f"B{row}": value}
    data = put("Policy", DATED, B4=f"A of {day}", B6=date.fromisoformat(day), **below)
    (folder / (name or f"acme-{day}.xlsx")).write_bytes(data)


def on(folder: Path, day: str | None) -> str | None:
    """The number of the policy that decides a case of a day."""
    case = CASE if day is None else {**CASE, "date_of_service": day}
    found = dmn_dli.load(folder)["acme"].evaluate(case)
    return found.policy.number if found.policy else None


def test_the_version_in_force_on_the_date_of_service_decides(tmp_path: Path) -> None:
    version(tmp_path, "2025-02-12")
    version(tmp_path, "2024-01-01")
    assert on(tmp_path, "2023-12-31") is None
    assert on(tmp_path, "2024-01-01") == "A of 2024-01-01"
    assert on(tmp_path, "2025-02-11") == "A of 2024-01-01"
    assert on(tmp_path, "2025-02-12") == "A of 2025-02-12"
    assert on(tmp_path, None) == "A of 2025-02-12"


def test_a_service_before_the_first_version_has_no_policy_on_file(tmp_path: Path) -> None:
    version(tmp_path, "2025-02-12")
    found = dmn_dli.load(tmp_path)["acme"].evaluate({**CASE, "date_of_service": date(2025, 2, 11)})
    assert found.determination == "no policy on file"
    assert found.possible_determinations == ("no policy on file",)
    assert found.policy is None
    assert (found.rules, found.notes, found.missing_facts) == ((), (), ())


def test_the_last_day_of_a_version_counts_and_a_gap_follows_it(tmp_path: Path) -> None:
    version(tmp_path, "2024-01-01", Effective_to=date(2024, 6, 30))
    version(tmp_path, "2025-02-12")
    assert on(tmp_path, "2024-06-30") == "A of 2024-01-01"
    assert on(tmp_path, "2024-07-01") is None
    assert on(tmp_path, "2025-02-11") is None


def test_without_a_date_the_latest_version_applies_and_a_note_says_so(tmp_path: Path) -> None:
    version(tmp_path, "2024-01-01")
    version(tmp_path, "2025-02-12")
    notes = dmn_dli.load(tmp_path)["acme"].evaluate(CASE).notes
    assert notes[0] == "No date of service given; version of 2025-02-12 applied"


def test_a_service_after_the_review_that_was_due_is_said_to_be_one_and_no_other_is(tmp_path: Path) -> None:
    version(tmp_path, "2025-02-12")
    due = "Review was due 2026-02-28; a newer version may be in force"
    acme = dmn_dli.load(tmp_path)["acme"]

    def notes(**facts: str) -> tuple[str, ...]:
        return acme.evaluate({**CASE, **facts}).notes

    assert notes(date_of_service="2026-03-01")[0] == due
    assert due not in notes(date_of_service="2026-02-28")
    assert notes()[0] == "No date of service given; version of 2025-02-12 applied"
    assert due not in notes()


def test_a_record_names_the_reviews_and_the_document_of_its_policy(tmp_path: Path) -> None:
    version(tmp_path, "2025-02-12", Source_document="Printed, page 1")
    policy = dmn_dli.load(tmp_path)["acme"].evaluate(CASE).record()["policy"]
    assert list(policy.items())[2:6] == [
        ("effective_from", "2025-02-12"),
        ("last_review", None),
        ("next_review", "2026-02-28"),
        ("source_document", "Printed, page 1"),
    ]


def test_versions_are_in_the_order_in_which_they_take_effect(tmp_path: Path) -> None:
    version(tmp_path, "2025-02-12")
    version(tmp_path, "2024-01-01")
    versions = dmn_dli.load(tmp_path)["acme"].versions
    assert [each.effective_from for each in versions] == [date(2024, 1, 1), date(2025, 2, 12)]
    assert [each.workbook for each in versions] == ["acme-2024-01-01.xlsx", "acme-2025-02-12.xlsx"]


@pytest.mark.parametrize("status", ["draft", "withdrawn", " Withdrawn\u00a0"])
def test_a_draft_or_what_was_withdrawn_is_used_only_when_named_by_its_path(
    tmp_path: Path, status: str
) -> None:
    version(tmp_path, "2024-01-01")
    version(tmp_path, "2025-02-12", Status=status)
    assert on(tmp_path, None) == "A of 2024-01-01"
    assert on(tmp_path / "acme-2025-02-12.xlsx", None) == "A of 2025-02-12"
    draft = dmn_dli.load_policy(tmp_path / "acme-2025-02-12.xlsx")
    assert draft.evaluate(CASE).determination == "medically necessary"


def test_a_broken_version_raises_where_it_would_decide_and_leaves_the_others_alone(tmp_path: Path) -> None:
    version(tmp_path, "2024-01-01")
    broken = put("Scope", DATED, C5="adressed", B6="othr")
    (tmp_path / "acme-2025-02-12.xlsx").write_bytes(broken)
    assert on(tmp_path, "2024-05-05") == "A of 2024-01-01"
    with pytest.raises(dmn_dli.TableError) as caught:
        on(tmp_path, None)
    assert [each["cell"] for each in caught.value.problems] == ["Scope!C5", "Scope!B6"]
    assert 'acme-2025-02-12.xlsx, Scope!B6: The cell names "othr"' in caught.value.problems[1]["reason"]
    with pytest.raises(dmn_dli.TableError):
        dmn_dli.load_policy(tmp_path / "acme-2025-02-12.xlsx")


@pytest.mark.parametrize("status", ["not in force", "superseded", "draf", "draft v2"])
def test_a_policy_of_a_status_that_nobody_knows_never_decides(tmp_path: Path, status: str) -> None:
    version(tmp_path, "2025-02-12", Status=status)
    with pytest.raises(dmn_dli.TableError, match=f'Status holds "{status}"'):
        on(tmp_path, None)


def test_a_broken_draft_stands_in_nobodys_way(tmp_path: Path) -> None:
    version(tmp_path, "2024-01-01")
    sheets = {**DATED, "Policy": [*DATED["Policy"], ["Status", "draft"]]}
    (tmp_path / "acme-2025-02-12.xlsx").write_bytes(put("Scope", sheets, C5="adressed"))
    assert on(tmp_path, None) == "A of 2024-01-01"


def test_two_versions_of_one_day_cannot_both_decide(tmp_path: Path) -> None:
    version(tmp_path, "2024-01-01")
    version(tmp_path, "2025-02-12")
    version(tmp_path, "2025-02-12", "acme-2025-02-12-copy.xlsx")
    assert on(tmp_path, "2024-05-05") == "A of 2024-01-01"
    with pytest.raises(dmn_dli.TableError, match=r"2025-02-12\.xlsx"):
        on(tmp_path, "2025-03-03")


def test_a_generic_workbook_has_its_files_name_for_a_payer_and_any_value_for_a_determination(
    tmp_path: Path,
) -> None:
    policy_sheet = [["Field", "Value"], ["Final decision", "Scope"]]
    path = tmp_path / "routing.xlsx"
    path.write_bytes(make_workbook({**DATED, "Policy": policy_sheet}, without=["Determination", "Cases"]))
    found = dmn_dli.load(tmp_path)["routing"].evaluate(CASE)
    assert found.determination == "addressed"
    assert found.policy is not None
    assert (found.policy.number, found.policy.title, found.policy.effective_from) == (None, None, None)
    assert found.notes == ()


def test_what_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        dmn_dli.load(tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError):
        dmn_dli.load_policy(tmp_path / "nowhere.xlsx")
    assert dmn_dli.load(tmp_path) == {}


def test_an_unknown_decision_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    version(tmp_path, "2025-02-12")
    with pytest.raises(KeyError, match="Did you mean"):
        dmn_dli.load_policy(tmp_path / "acme-2025-02-12.xlsx").decide("Determnation", {})


def test_the_bundled_tables_hold_the_five_payers() -> None:
    assert list(dmn_dli.load(bundled_tables())) == ["bcbsms", "centene", "cigna", "molina", "regence"]


def test_a_name_that_the_package_does_not_offer_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        dmn_dli.lode  # noqa: B018
    assert all(hasattr(dmn_dli, name) for name in dmn_dli.__all__)


def test_an_installed_package_finds_its_own_tables_from_anywhere(tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    package = Path(dmn_dli.__file__).parent
    shutil.copytree(package, site / "dmn_dli", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(bundled_tables(), site / "dmn_dli" / INSTALLED_FOLDER)
    elsewhere.mkdir()
    code = (
        "import dmn_dli\n"
        "from dmn_dli.store.folder import INSTALLED_FOLDER, bundled_tables\n"
        "print(bundled_tables())\n"
        "record = dmn_dli.load(bundled_tables())['molina'].evaluate({'service': 'car-t'})\n"
        "print(record.determination)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(site), "DMN_DLI_CACHE": ""},
        cwd=elsewhere,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [str(site / "dmn_dli" / INSTALLED_FOLDER), "not addressed"]
