"""Numbers in cases: what is none is refused where it stands, in every format; other cases are decided."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dmn_dli.cases.sheet import case_findings, run_cases
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.excel import read_workbook
from dmn_dli.store.load import load_version
from tests.cases.test_sheet import NAME, write
from tests.cli.program import invoke
from tests.cli.tables import ACME
from tests.excel.build import make_workbook

NO_NUMBERS = ["Infinity", "-Infinity", "inf", "NaN", "-nan", "sNaN", "1_0", "1E-4009999999999999999999999"]
TOO_LONG = ["1e-400999999999", "1e999999999", "9" * 10**6, "0." + "3" * 10**6]


def strictly(text: str) -> Any:
    """JSON as its standard has it, which knows no NaN."""

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.mark.parametrize("text", [*NO_NUMBERS, *(pytest.param(each, id=each[:12]) for each in TOO_LONG)])
@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
def test_what_is_no_number_is_a_problem_of_its_case_alone(ending: str, text: str, with_tables: Path) -> None:
    if ending == "xlsx":
        if len(text) > 30_000:
            text = text[:30_000]
        rows = [["case_id", "Donor cells"], ["bad", text], ["good", "5"]]
        (with_tables / "a.xlsx").write_bytes(make_workbook({"Cases": rows}))
    else:
        # In JSON the same stands for a number where JSON has it, else it is text.
        written = text if text[0].isdigit() and "_" not in text else json.dumps(text)
        lines = {
            "csv": f"case_id,Donor cells\nbad,{text}\ngood,5\n",
            "jsonl": f'{{"case_id": "bad", "donor_cells": {written}}}\n'
            '{"case_id": "good", "donor_cells": 5}\n',
        }
        (with_tables / f"a.{ending}").write_text(lines[ending])
    result = invoke("evaluate", f"a.{ending}", "--payer", "acme", "--format", "json")
    bad, good = strictly(result.stdout)
    assert result.exit_code == 2
    assert good["determination"] == "needs information"
    (problem,) = bad["error"]["problems"]
    assert (bad["case_id"], problem["fact"]) == ("bad", "donor_cells")
    assert "a number" in problem["reason"]
    assert len(problem["reason"]) < 300


@pytest.mark.parametrize("text", [*NO_NUMBERS, "1e-400999999999", "1e999999999"])
def test_what_is_no_number_on_a_cases_sheet_is_told_with_its_cell(text: str, tmp_path: Path) -> None:
    rows = [["case", "Donor cells", "expect determination"], ["x", text, "needs information"]]
    path = write(tmp_path, {**ACME, "Cases": rows})
    kernel = load_version(path)
    assert isinstance(kernel, PolicyKernel)
    (finding,) = case_findings(read_workbook(path, NAME), kernel)
    assert (finding.sheet, finding.cell) == ("Cases", "B2")
    assert f"is '{text}': a number" in finding.message
    (case,) = run_cases(read_workbook(path, NAME), kernel).cases
    assert [(each.cell, each.expectation) for each in case.failures] == [("B2", "Donor cells")]


@pytest.mark.parametrize(("text", "form"), [("0,5", "0.5"), (" 12,50", "12.50"), ("1,234", "1.234")])
def test_a_decimal_comma_is_refused_with_the_form_to_write(text: str, form: str, with_tables: Path) -> None:
    (with_tables / "a.csv").write_text(f"case_id;Donor cells\nx;{text}\n")
    result = invoke("evaluate", "a.csv", "--payer", "acme", "--format", "json")
    (problem,) = strictly(result.stdout)[0]["error"]["problems"]
    assert f"a number is expected; write {form} if its comma stands before the decimals" in problem["reason"]
