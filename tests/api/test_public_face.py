"""The functions of `dmn_dli`: there in every order of imports, light to import, and what each gives."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest

import dmn_dli
from dmn_dli.diff.verdict import Verdict
from dmn_dli.model.finding import Severity
from tests.excel.build import FACTS, GOOD, make_workbook, put

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "tables"
MOLINA = TABLES / "molina-2025-02-12.xlsx"
SOUND = {**GOOD, "Facts": FACTS}
CASE = {"service": "donor lymphocyte infusion", "transplant_type": "allogeneic"}

VERBS = (
    "check",
    "compare",
    "compile",
    "diff",
    "diff_cases",
    "explain",
    "format",
    "merge",
    "page",
    "rename",
    "suggest",
    "test",
    "load",
    "load_policy",
)
_IMPORTS = (
    "import dmn_dli",
    "from dmn_dli.diff.verdict import Verdict",
    "from dmn_dli.explain import questions; questions.best_question",
    "import importlib; importlib.import_module('dmn_dli.suggest.suggest').suggest",
    "from dmn_dli import diff, explain, suggest",
)


def _python(*lines: str) -> str:
    """What a fresh interpreter prints."""
    run = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return run.stdout.strip()


@pytest.mark.parametrize("first", _IMPORTS)
def test_a_function_that_bears_the_name_of_a_room_is_there_whatever_is_imported_first(first: str) -> None:
    told = [f"print(*sorted(name for name in {VERBS} if not callable(getattr(dmn_dli, name))))"]
    assert _python(first, *_IMPORTS, "import dmn_dli", *told) == ""


def test_rooms_are_found_in_every_order_beside_the_functions_of_their_names() -> None:
    rooms = ("diff.verdict import Verdict", "explain.path import path", "suggest.suggestion import Aim")
    told = "from dmn_dli import *; print(diff.__module__, explain.__module__, suggest.__module__)"
    # One interpreter, in which nothing of the package is imported before each order.
    anew = "import sys; [sys.modules.pop(name) for name in [*sys.modules] if name.startswith('dmn_dli')]"
    orders = [*permutations(rooms)]
    lines = [line for order in orders for line in (anew, *[f"from dmn_dli.{each}" for each in order], told)]
    assert _python(*lines).splitlines() == ["dmn_dli.api dmn_dli.api dmn_dli.api"] * len(orders)


def test_importing_the_package_loads_no_room() -> None:
    listed = _python(
        "import sys, dmn_dli", "print(*[name for name in sys.modules if name.startswith('dmn_dli')])"
    )
    assert sorted(listed.split()) == [
        "dmn_dli", "dmn_dli.api", "dmn_dli.diff", "dmn_dli.explain", "dmn_dli.merge", "dmn_dli.page",
        "dmn_dli.suggest",
    ]  # fmt: skip
    heavy = "print({'attr', 'openpyxl', 'click'} & set(sys.modules))"
    assert _python("import sys, dmn_dli", heavy) == "set()"


@pytest.mark.parametrize("name", dmn_dli.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(dmn_dli, name) is not None


def test_check_gives_findings_and_proofs_of_files_as_they_were_named(tmp_path: Path) -> None:
    broken = tmp_path / "acme-2025-02-12.xlsx"
    broken.write_bytes(put("Scope", SOUND, C5="adressed"))
    result = dmn_dli.check(broken, today=date(2025, 3, 1))
    assert result.number(Severity.ERROR) == 1
    assert result.findings[0].file == str(broken)
    assert [table.decision for table in result.tables] == ["Scope", "Determination"]
    assert dmn_dli.check([str(broken)], today=date(2025, 3, 1)).findings == result.findings


def test_a_folder_without_a_workbook_is_an_input_error(tmp_path: Path) -> None:
    for function in (dmn_dli.check, dmn_dli.test, dmn_dli.compile):
        with pytest.raises(dmn_dli.InputError, match=r"holds no workbook|no policy"):
            function(tmp_path)


def test_test_runs_the_cases_and_leaves_the_dictionary_out(tmp_path: Path) -> None:
    (tmp_path / "acme-2025-02-12.xlsx").write_bytes(make_workbook(SOUND))
    (tmp_path / "facts.xlsx").write_bytes((TABLES / "facts.xlsx").read_bytes())
    (result,) = dmn_dli.test(tmp_path)
    assert result.cases
    assert result.coverage


def test_a_series_explains_by_the_version_in_force_as_its_policy_does() -> None:
    series = dmn_dli.load(TABLES)["molina"]
    found = dmn_dli.explain(series, CASE)
    assert found == dmn_dli.explain(series.versions[-1], CASE)
    assert found.question is not None
    early = dmn_dli.explain(series, {**CASE, "date_of_service": "1999-01-01"})
    assert early.record["determination"] == "no policy on file"
    with pytest.raises(dmn_dli.CaseError):
        dmn_dli.explain(series, {"servise": "x"})


def test_diff_of_the_same_bytes_is_empty_and_revisions_need_a_path() -> None:
    assert dmn_dli.diff(MOLINA, str(MOLINA)) == ()
    with pytest.raises(dmn_dli.InputError, match="tables"):
        dmn_dli.diff("main..")


def test_diff_cases_counts_cases_of_files_and_as_mappings_alike(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder, word in ((old, "addressed"), (new, "not addressed")):
        folder.mkdir()
        (folder / "acme-2025-02-12.xlsx").write_bytes(put("Scope", SOUND, C5=word))
    case = {"service": "donor lymphocyte infusion", "acute_gvhd_grade": 0, "paid": Decimal("0.1")}
    rows = [{"case_id": number, **case} for number in range(3)]
    file = tmp_path / "claims.jsonl"
    file.write_text("".join(f"{json.dumps(row, default=float)}\n" for row in rows))
    found = dmn_dli.diff_cases(old, new, cases=rows, amount="paid", samples=1)
    assert isinstance(found, dmn_dli.CaseChanges)
    assert found == dmn_dli.diff_cases(old, new, cases=file, amount="paid", samples=1)
    assert (found.cases, found.changed, found.changed_amount) == (3, 3, Decimal("0.3"))
    (transition,) = found.payers[0].changed
    assert (transition.old, transition.new, transition.samples) == (
        *("medically necessary", "not addressed"),
        ("0",),
    )
    assert dmn_dli.diff_cases(old, new, cases=[file, *rows]).cases == 6
    assert dmn_dli.diff_cases(old, new, cases=[{"service": "nonsense"}]).bad[0].file == "the cases given"
    file.write_bytes(b"")
    for wrong in (file, tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(dmn_dli.InputError, match=wrong.name):
            dmn_dli.diff_cases(old, new, cases=wrong)


def test_compare_takes_policies_and_series_and_refuses_a_broken_latest_version(tmp_path: Path) -> None:
    payers = dmn_dli.load(TABLES)
    pair = dmn_dli.compare(payers["molina"], payers["molina"].versions[-1])
    assert pair.payers == ("molina", "molina")
    assert pair.behaviour.verdict is Verdict.EQUIVALENT
    (tmp_path / "acme-2025-02-12.xlsx").write_bytes(put("Scope", SOUND, C5="adressed"))
    with pytest.raises(dmn_dli.InputError, match="has errors"):
        dmn_dli.compare(dmn_dli.load(tmp_path)["acme"], payers["molina"])


def test_compile_gives_a_module_or_the_reasons_why_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "acme-2025-02-12.xlsx").write_bytes(make_workbook(SOUND))
    (tmp_path / "beta-2025-02-12.xlsx").write_bytes(put("Scope", SOUND, C5="adressed"))
    module, refused, *_ = dmn_dli.compile(tmp_path)
    assert isinstance(module, dmn_dli.CompiledModule)
    assert module.name == "acme_20250212.py"
    assert "def determine(" in module.source
    assert isinstance(refused, dmn_dli.NotCompiled)
    assert refused.reasons


def test_suggest_gives_cases_that_the_sheet_lacks() -> None:
    found = dmn_dli.suggest(dmn_dli.load_policy(MOLINA))
    assert all(case.facts for case in found.cases)
