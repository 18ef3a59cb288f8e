"""Whatever a workbook, a case, a file's name or an argument says steers neither a terminal nor a runner."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import click
import pytest
from openpyxl import load_workbook

from cli.main import COMMANDS, exit_code, group
from tests.cli.kit import write_kit
from tests.cli.program import invoke
from tests.cli.tables import ACME, BETA, FACTS, changed
from tests.excel.build import Rows, make_workbook
from tests.interchange.dmn.policy.made import arrow, cut, decision, model

STEERING = (
    "_x001B_[2J_x001B_[32mGOOD_x0007_ _x009B_31m \u202egnol\u2066 \u200b\u2028::warning::x\n"
    "::stop-commands::x _x000B_::debug::x\n  ::add-mask::e\n##[error]x\n##vso[task.complete]x"
)
"""What Excel keeps as `_x001B_` is an escape when it is read; `_x000B_` a break that some programs heed."""
RAW = re.sub(r"_x(....)_", lambda found: chr(int(found[1], 16)), STEERING)

_STYLE = re.compile(r"\x1b\[[0-9;]*m")


def _hostile(sheets: Mapping[str, Rows]) -> dict[str, Rows]:
    """The sheets with steering characters in every free text."""
    found = {**sheets, "Policy": [*sheets["Policy"]]}
    found = changed(
        found, "Policy", {(row, 2): f"{sheets['Policy'][row - 1][1]} {STEERING}" for row in (3, 4, 5, 9)}
    )
    rows = len(sheets["Determination"])
    headings = sheets["Determination"][2]
    changes: dict[tuple[int, int], object] = {(1, 2): STEERING}
    for row in range(5, rows + 1):
        changes[row, 1] = f"D-{row} {STEERING}"
        for column, heading in enumerate(headings, 1):
            if heading in ("Payer wording", "Reason", "Citation"):
                changes[row, column] = f"told {STEERING} {'long ' * 20} {STEERING}"
    found = changed(found, "Determination", changes)
    for sheet, column in (("Unmet criteria", 5), ("Plan notes", 3), ("Procedure codes", 4)):
        if sheet in found:
            found = changed(found, sheet, {(5, column): STEERING, (6, column): f"b {STEERING}"})
    names = {(row, 1): f"{row} {STEERING}" for row in range(2, len(found["Cases"]) + 1)}
    return changed(found, "Cases", names)


_FACTS = changed(
    {"Facts": FACTS},
    "Facts",
    {
        **{(row, 2): f"{FACTS[row - 1][1]} {STEERING}" for row in (3, 5)},
        **{(row, 7): f"{STEERING}?" for row in (3, 4, 5, 6)},
        (5, 5): STEERING,
    },
)
EDITED = changed(_hostile(ACME), "Determination", {(7, 7): f"another {STEERING}", (8, 5): "investigational"})
BROKEN = changed(_hostile(ACME), "Scope", {(5, 2): f"infussion {STEERING}", (6, 3): f"what {STEERING}"})
_BOOK = "acme-2025-01-01.xlsx"
NAME = "broken \x1b[2J\u202e\n::stop-commands::x.xlsx"


_IN_XML = "".join(each for each in RAW if each == "\n" or unicodedata.category(each) != "Cc")
"""What XML can hold of it."""


def _model(test: str) -> str:
    """A DMN model with such characters in its names and texts, and a gap."""
    text = f"&#10;{_IN_XML}".replace("\n", "&#10;")
    rows = [[test, f'"{text}"'], [f'"{text}"', '"x"']]
    table = cut(f'name="{text}"', rows, inputs=["Kind"]).replace("&amp;#10;", "&#10;")
    logic = decision("D", table, arrow("Kind")).replace('name="D"', f'name="D {text}"')
    return model(f'<inputData id="_Kind" name="Kind"><description>{text}</description></inputData>' + logic)


@pytest.fixture
def place(here: Path) -> Path:
    for folder, acme in (("tables", _hostile(ACME)), ("edited", EDITED), ("bad", BROKEN)):
        (here / folder).mkdir()
        (here / folder / "facts.xlsx").write_bytes(make_workbook(_FACTS))
        name = NAME if folder == "bad" else "acme-2025-01-01.xlsx"
        (here / folder / name).write_bytes(make_workbook(acme))
        (here / folder / "beta-2024-06-01.xlsx").write_bytes(make_workbook(_hostile(BETA)))
    cases = [
        {"case_id": RAW, "service": "infusion", "gvhd_grade": 1, "donor_cells": 50, "prevents_relapse": True},
        {
            "case_id": "2",
            "service": "infusion",
            "gvhd_grade": 1,
            "donor_cells": 100,
            "prevents_relapse": False,
        },
        {"case_id": "3"},
        {"case_id": "4", "service": RAW, RAW: RAW, "payer": RAW},
    ]
    (here / "cases.json").write_text(json.dumps(cases))
    write_kit(here / "kit", RAW, failing=True)
    (here / "hostile.dmn").write_text(_model('"a"'), encoding="utf-8")
    (here / "edited.dmn").write_text(_model('"b"'), encoding="utf-8")
    (here / "foreign.csv").write_text(f'"{RAW}","{RAW} b"\n"{RAW}","{RAW}"\n', encoding="utf-8")
    (here / "log.jsonl").write_text('{"\u202e": 1}\n')
    return here


_RUNS: Mapping[str, list[tuple[str, ...]]] = {
    "evaluate": [("cases.json", "--format", form) for form in ("text", "json", "jsonl", "csv", "fhir")]
    + [
        ("cases.json", "--tables", "bad"),
        (NAME,),
        ("cases.json", "--tables", "hostile.dmn"),
        ("cases.json", "--tables", "hostile.dmn", "--decision", RAW),
        ("cases.json", "--payer", RAW),
        ("--fail-on", RAW, "cases.json"),
        ("--columns", RAW, "cases.json", "--format", "csv"),
        ("--columns", "notes,case_id", "cases.json", "--format", "csv"),
        ("--columns", "rule,payer", "cases.json", "--format", "jsonl"),
        ("--summary", "cases.json"),
        ("--summary", "cases.json", "--format", "json"),
    ],
    "explain": [("cases.json", "--format", form) for form in ("text", "json", "md")]
    + [("cases.json", "--tables", "hostile.dmn", "--format", "md")],
    "compare": [("cases.json", "--format", form) for form in ("text", "json", "md")]
    + [("--payers", "acme", "beta", "--format", form) for form in ("text", "json", "md")],
    "check": [
        (folder, "--format", form)
        for folder in ("tables", "bad")
        for form in ("text", "json", "sarif", "github")
    ]
    + [("hostile.dmn", "--format", form) for form in ("text", "json", "github")]
    + [("--explain", RAW)],
    "test": [(folder, "--format", form) for folder in ("tables", "bad") for form in ("text", "json", "junit")]
    + [("tables", "--suggest")],
    "export": [
        ("tables/acme-2025-01-01.xlsx",),
        ("tables", "--output", "models"),
        ("bad", "--output", RAW[:20]),
    ],
    "import": [
        ("foreign.csv", "--output", "made", "--format", "text"),
        ("foreign.csv", "--output", "made", "--format", "json"),
        (NAME, "--output", "made"),
        ("foreign.csv", "--output", "made", "--outputs", RAW),
        ("foreign.csv", "--output", "made", "--hit-policy", RAW),
    ],
    "format": [("tables", "--check"), ("tables",), ("bad",)],
    "diff": [("tables", "edited", "--format", form) for form in ("text", "json", "md")]
    + [("hostile.dmn", "edited.dmn")],
    "show": [("tables/acme-2025-01-01.xlsx",), ("bad/" + NAME,), ("tables/facts.xlsx",)],
    "tck": [(".",), ("kit", "--format", "json"), (RAW,)],
    "audit": [("audit.jsonl", "--format", form) for form in ("text", "json")] + [("log.jsonl",)],
    "compile": [()],
    "new": [
        ("payer", RAW, "--effective", "2026-01-01"),
        ("payer", "gamma", "--effective", RAW),
        ("payer", "gamma", "--effective", "2026-01-01", "--name", RAW, "--from", "acme"),
        ("version", "acme", "2026-01-01", "--what", RAW),
        ("version", RAW, "2026-01-01"),
        ("tables", f"new {RAW[:20]}"),
        (RAW,),
    ],
    "page": [(folder, "--no-engine", "--output", "page.html") for folder in ("tables", "bad")]
    + [("tables", "--engine", RAW[:20], "--output", "page.html"), ("tables",)],
    "rename": [
        ("fact", "service", "treatment", "--dry-run"),
        ("fact", RAW, RAW),
        ("label", "Service", RAW),
        ("value", "service", "infusion", f"x {RAW}"),
        ("decision", "acme-2025-01-01", "Scope", RAW),
        ("rule", "tables/acme-2025-01-01.xlsx", "Scope", RAW, "x"),
        ("fact", "service", "treatment", "--tables", "bad"),
        (RAW,),
    ],
    "merge": [
        (
            "tables/" + _BOOK,
            f"{side}/" + _BOOK,
            "edited/" + _BOOK,
            "--output",
            "merged.xlsx",
            "--format",
            form,
        )
        for side in ("tables", "edited")
        for form in ("text", "json")
    ]
    + [("tables/" + _BOOK, "bad/" + NAME, "edited/" + _BOOK, "--output", "merged.xlsx"), (NAME, RAW, RAW)],
    "schema": [("cases",), ("records",), (RAW,)],
}
RUNS = [(command, *arguments) for command, each in _RUNS.items() for arguments in each]


def steering(text: str) -> list[str]:
    """The characters that may steer a terminal or turn text round."""
    return [
        each for each in text if each != "\n" and unicodedata.category(each) in ("Cc", "Cf", "Zl", "Zp", "Cs")
    ]


def obeyed(text: str) -> list[str]:
    """The lines that a runner would take for a command."""
    return [
        line for line in text.splitlines() if line.strip().startswith("::") or re.search(r"##\w*\[", line)
    ]


def test_every_command_is_tried() -> None:
    assert set(_RUNS) == set(COMMANDS)


@pytest.mark.parametrize("run", RUNS, ids=lambda run: " ".join(map(repr, run))[:60])
def test_nothing_that_goes_out_steers_a_terminal_or_a_runner(
    run: tuple[str, ...], place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    if run[0] == "audit":
        exit_code(["evaluate", "cases.json", "--audit", "audit.jsonl", "--output", "out"])
        assert steering((place / "audit.jsonl").read_text(encoding="utf-8")) == []
    capfd.readouterr()
    assert exit_code(list(run)) in (0, 1, 2)
    came = capfd.readouterr()
    assert steering(came.out + came.err) == []
    commands = obeyed(came.out)
    if "github" in run:
        commands = [line for line in commands if not re.match(r"::(error|warning|notice) file=", line)]
    assert commands + obeyed(came.err) == []
    for path in (*place.glob("*.py"), *place.glob("*.html")):
        assert steering(path.read_text(encoding="utf-8")) == []


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    "run",
    # What has been begun once is not begun again, and what has been written in place is found written.
    [
        run
        for run in RUNS
        if ("--format" not in run or run[-1] == "text")
        and run[0] not in ("import", "new")
        and (run[0] != "format" or "--check" in run)
    ],
    ids=lambda run: repr(run)[:60],
)
def test_colours_are_ours_alone(
    run: tuple[str, ...],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if run[0] == "audit":
        exit_code(["evaluate", "cases.json", "--audit", "audit.jsonl", "--output", "out"])
    capfd.readouterr()
    exit_code(list(run))
    plain = capfd.readouterr().out
    commands = [group.get_command(click.Context(group), each) for each in COMMANDS]
    names = [each.callback.__module__ for each in commands if each is not None and each.callback is not None]
    assert len(names) == len(COMMANDS)
    for name in ("cli.output", "cli.asking", *names):
        if hasattr(import_module(name), "styled"):
            monkeypatch.setattr(f"{name}.styled", lambda _: True)
    exit_code(list(run))
    assert _STYLE.sub("", capfd.readouterr().out) == plain


@pytest.mark.usefixtures("place")
def test_json_keeps_every_character() -> None:
    records = json.loads(invoke("evaluate", "cases.json", "--payer", "acme", "--format", "json").stdout)
    assert records[0]["case_id"] == RAW


def test_workbooks_that_we_write_hold_what_is_shown(place: Path) -> None:
    assert exit_code(["diff", "tables", "edited", "--format", "xlsx", "--output", "diff.xlsx"]) in (0, 2)
    assert exit_code(["check", "tables", "--annotate", "notes"]) in (0, 1)
    assert exit_code(["check", "bad/facts.xlsx", "--annotate", "notes"]) in (0, 1)
    for path in [place / "diff.xlsx", *(place / "notes").iterdir()]:
        book = load_workbook(path)
        for sheet in book if path.name == "diff.xlsx" else [book["Findings"]] if "Findings" in book else []:
            told = [str(cell.value) for row in sheet.iter_rows() for cell in row]
            assert steering("".join(told)) == []
