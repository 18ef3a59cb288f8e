"""What `evaluate` promises beyond what it prints: exit codes, gates, tables, and a quick start."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from dmn_dli.evaluate.record_fields import COLUMNS
from tests.cli.program import environment, invoke, run
from tests.cli.tables import write_tables
from tests.excel.build import Rows, make_workbook

GENERIC: Mapping[str, Rows] = {
    "Policy": [["Field", "Value"], ["Final decision", "Fee"]],
    "Fee": [
        ["Fee", "How much?"],
        ["F", "IF", "THEN"],
        ["Rule", "weight", "Fee"],
        ["values", None, "number"],
        ["1", "< 10", 5],
        ["2", "-", 7.5],
    ],
    "Facts": [["fact", "label", "type", "allowed values"], ["weight", "Weight", "number", None]],
}


@pytest.mark.parametrize(
    ("case", "gates", "code"),
    [
        ('{"prevents_relapse": false}', (), 0),
        ('{"prevents_relapse": false}', ("medically necessary",), 0),
        ('{"prevents_relapse": false}', ("needs information", "CRITERIA  not met"), 1),
        ('{"prevents_relapse": 1}', ("criteria not met",), 2),
        ('[{"prevents_relapse": false}, {"prevents_relapse": 1}]', ("criteria not met",), 2),
        ('[{"prevents_relapse": 1}, {"prevents_relapse": false}]', ("criteria not met",), 2),
    ],
)
def test_an_error_outranks_a_gate_and_an_adverse_answer_is_none(
    case: str, gates: tuple[str, ...], code: int, with_tables: Path
) -> None:
    (with_tables / "case.json").write_text(case)
    options = [option for gate in gates for option in ("--fail-on", gate)]
    assert invoke("evaluate", "case.json", "--payer", "beta", *options).exit_code == code


def test_a_generic_workbook_gives_values_of_any_type_and_gates_on_them(here: Path) -> None:
    (here / "fees.xlsx").write_bytes(make_workbook(GENERIC))
    (here / "case.json").write_text('{"weight": 12}')
    arguments = ("evaluate", "case.json", "--tables", "fees.xlsx", "--format", "json", "--fail-on")
    result = invoke(*arguments, "7.5")
    (record,) = json.loads(result.stdout)
    assert (record["payer"], record["determination"], result.exit_code) == ("fees", 7.5, 1)
    assert invoke(*arguments, "5").exit_code == 0


def test_without_a_folder_of_tables_the_bundled_ones_are_used(here: Path) -> None:
    (here / "tables").mkdir()
    (here / "case.json").write_text("{}")
    result = invoke("evaluate", "case.json", "--format", "jsonl")
    payers = [json.loads(line)["payer"] for line in result.stdout.splitlines()]
    assert payers == ["bcbsms", "centene", "cigna", "molina", "regence"]
    assert result.stderr == "Using the bundled tables\n"


def test_a_named_folder_goes_before_the_one_here(with_tables: Path) -> None:
    write_tables(with_tables / "others", "failing")
    (with_tables / "case.json").write_text("{}")
    result = invoke("evaluate", "case.json", "--tables", "others", "--format", "jsonl")
    assert [json.loads(line)["payer"] for line in result.stdout.splitlines()] == ["acme"]
    assert result.stderr == "Using tables in others\n"


def test_a_folder_without_a_policy_is_no_work_done(here: Path) -> None:
    (here / "none").mkdir()
    (here / "case.json").write_text("{}")
    result = invoke("evaluate", "case.json", "--tables", "none")
    assert (result.exit_code, 'There is no policy in "none"' in result.stderr) == (2, True)


def test_csv_columns_are_the_fields_of_the_record(with_tables: Path) -> None:
    (with_tables / "case.json").write_text('{"service": "infusion"}')
    (record,) = json.loads(invoke("evaluate", "case.json", "--payer", "acme", "--format", "json").stdout)
    text = invoke("evaluate", "case.json", "--payer", "acme", "--format", "csv").stdout
    (row,) = csv.DictReader(text.splitlines())
    assert {name.partition(".")[0] for name in COLUMNS} == {*record, "error"}
    for field in ("missing_facts", "possible_determinations", "procedure_codes", "notes"):
        assert row[field] == " | ".join(record[field])
    assert row["policy.number"] == record["policy"]["number"]
    assert json.loads(row["decisions"]) == record["decisions"]


def test_a_record_leaves_before_the_next_case_is_read(with_tables: Path) -> None:
    """A program that feeds one case at a time gets each answer at once."""
    arguments = [sys.executable, "-m", "cli", "evaluate", "-", "--payer", "beta", "--format", "jsonl"]
    process = subprocess.Popen(
        arguments,
        cwd=with_tables,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        for number in (1, 2):
            process.stdin.write(b'{"prevents_relapse": true}\n')
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["case_id"] == str(number)
        process.stdin.close()
        assert process.wait(30) == 0


def test_nothing_heavy_is_imported_where_the_artefact_exists(with_tables: Path) -> None:
    (with_tables / "case.json").write_text("{}")
    assert run("evaluate", "case.json", cwd=with_tables).returncode == 0
    script = (
        "import sys; from cli.main import exit_code; exit_code(['evaluate', 'case.json']);"
        "print(*[name for name in sys.modules], file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=with_tables, env=environment(), capture_output=True, text=True
    )
    loaded = set(result.stderr.split())
    assert "dmn_dli.report.text" in loaded
    heavy = {
        "attr",
        "attrs",
        "openpyxl",
        "dmn_dli.feel",
        "dmn_dli.tables",
        "dmn_dli.linking",
        "dmn_dli.diagrams",
        "dmn_dli.excel",
        "csv",
        "difflib",
    }
    assert loaded & heavy == set()


def test_the_same_input_gives_the_same_bytes(with_tables: Path) -> None:
    (with_tables / "case.json").write_text('{"service": "infusion", "payer": ["beta", "acme"]}')
    for form in ("text", "json", "jsonl", "csv"):
        first, second = (run("evaluate", "case.json", "--format", form, cwd=with_tables) for _ in range(2))
        assert first.stdout == second.stdout != b""


def test_text_that_json_cannot_hold_leaves_as_it_came(with_tables: Path) -> None:
    (with_tables / "case.json").write_text('{"case_id": "\\ud800"}')
    result = run("evaluate", "case.json", "--payer", "beta", "--format", "json", cwd=with_tables)
    assert json.loads(result.stdout)[0]["case_id"] == "\ud800"


def test_a_workbook_that_is_not_read_makes_the_work_incomplete_whoever_is_asked(with_tables: Path) -> None:
    (with_tables / "tables" / "gamma-2025-01-01.ods").write_bytes(b"")
    (with_tables / "case.json").write_text("{}", encoding="utf-8")
    result = invoke("evaluate", "case.json", "--payer", "acme")
    assert result.exit_code == 2
    assert "gamma-2025-01-01.ods is not read" in result.stderr


def test_a_parquet_file_says_what_csv_says_whole_or_not_at_all(with_tables: Path) -> None:
    pytest.importorskip("numpy", reason="Parquet output needs the extra batch: numpy and pyarrow")
    pq = pytest.importorskip("pyarrow.parquet", reason="Parquet output needs the extra batch")
    (with_tables / "cases.json").write_text('[{"service": "infusion"}, {"service": "infussion"}, {}]')
    columns = ("--columns", "case_id,payer,policy.number,determination,missing_facts")
    table = ("evaluate", "cases.json", "--format", "parquet", *columns, "--output")
    result = invoke(*table, "out.parquet")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "2 records are error records, and the columns chosen do not say why" in result.stderr
    csv_rows = [
        *csv.DictReader(invoke("evaluate", "cases.json", "--format", "csv", *columns).stdout.splitlines())
    ]
    rows = pq.read_table("out.parquet").to_pylist()
    assert [{**row, "missing_facts": " | ".join(row["missing_facts"] or ())} for row in rows] == [
        {name: text or (None if name != "missing_facts" else "") for name, text in row.items()}
        for row in csv_rows
    ]
    before = (with_tables / "out.parquet").read_bytes()
    assert invoke(*table, "out.parquet").exit_code == 2
    assert (with_tables / "out.parquet").read_bytes() == before
    assert invoke(*table, "cases.json").exit_code == 2
    assert (with_tables / "cases.json").read_text().startswith("[")
    assert sorted(path.name for path in with_tables.iterdir()) == ["cases.json", "out.parquet", "tables"]


def test_text_that_a_parquet_file_cannot_hold_leaves_as_it_came(with_tables: Path) -> None:
    pytest.importorskip("numpy", reason="Parquet output needs the extra batch: numpy and pyarrow")
    pq = pytest.importorskip("pyarrow.parquet", reason="Parquet output needs the extra batch")
    lines = '{"case_id": "\\ud800", "service": "\\ud801"}\n{"payer": "\\ud802"}\n'
    (with_tables / "cases.jsonl").write_text(lines)
    for given in ("cases.jsonl", "-"):
        table = ("--payer", "acme", "--format", "parquet", "--output", "out.parquet")
        assert invoke("evaluate", given, *table, stdin=lines).exit_code == 2
        rows = pq.read_table("out.parquet").to_pylist()
        assert [row["case_id"] for row in rows] == ["\\ud800", "2"]
        assert "\\ud801" in rows[0]["error.message"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize(
    "options",
    [("csv", "--columns", "case_id"), ("parquet",), ("json", "--summary"), ("text", "--summary")],
)
def test_an_output_that_cannot_be_written_is_said(options: tuple[str, ...], with_tables: Path) -> None:
    if "parquet" in options:
        pytest.importorskip("numpy", reason="Parquet output needs the extra batch: numpy and pyarrow")
        pytest.importorskip("pyarrow", reason="Parquet output needs the extra batch: numpy and pyarrow")
    (with_tables / "cases.json").write_text("{}")
    result = run("evaluate", "cases.json", "--format", *options, "--output", "/dev/full", cwd=with_tables)
    assert result.returncode == 2
    assert b'The output cannot be written to "/dev/full": No space left on device.' in result.stderr
