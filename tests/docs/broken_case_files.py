"""Files of cases, and cases, that cannot be used, with what `dmn-dli evaluate` says of them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from attrs import frozen
from click.testing import CliRunner
from openpyxl import Workbook

from cli.main import group as program
from dmn_dli import EvaluationError
from tests.docs.pages import ROOT
from tests.evaluate.broken import BROKEN_CASES, BrokenCase

FILE, CASE = "Files of cases", "Cases in files"
_GROUPS = {"case": "The facts of a case", "table": "Cases that the tables cannot decide"}


@frozen
class BrokenCases:
    """A file of cases: its group on the page, what is wrong in a reader's words, its name and its bytes."""

    group: str
    what: str
    name: str
    content: bytes


def _sheet(*rows: list[Any]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    if isinstance(sheet["C2"].value, float):
        sheet["C2"].number_format = "0%"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


FILES_OF_CASES = (
    BrokenCases(FILE, "an empty JSON file", "cases.json", b""),
    BrokenCases(FILE, "JSON that lacks a comma", "cases.json", b'{"service": "other" "a": 1}'),
    BrokenCases(FILE, "JSON lines under the name of JSON", "cases.json", b'{"case_id": 1}\n{"case_id": 2}\n'),
    BrokenCases(FILE, "a number that JSON does not know", "cases.json", b'{"acute_gvhd_grade": NaN}'),
    BrokenCases(FILE, "text that is not UTF-8", "cases.csv", b"Service,Notes\nother,caf\xe9\n"),
    BrokenCases(FILE, "text saved as Unicode (UTF-16)", "cases.csv", "Service\nother\n".encode("utf-16")),
    BrokenCases(FILE, "two columns of one heading", "cases.csv", b"Service,service\nother,other\n"),
    BrokenCases(FILE, "a workbook that is none", "cases.xlsx", b"case;service\n"),
    BrokenCases(FILE, "a kind of file that is not read", "cases.docx", b"PK"),
)

CASES = (
    BrokenCases(CASE, "a list where a case is due", "cases.jsonl", b'["other"]\n'),
    BrokenCases(
        CASE,
        "a key that stands there twice",
        "cases.json",
        b'{"payer": "molina", "service": "other", "service": "car-t"}',
    ),
    BrokenCases(
        CASE, "a line with a value too many", "cases.csv", b"payer,Service\nmolina,other,commercial\n"
    ),
    BrokenCases(CASE, "a value without heading", "cases.csv", b"payer,Service,\nmolina,other,commercial\n"),
    BrokenCases(
        CASE,
        "one fact by its name and by its label",
        "cases.csv",
        b"payer,Prior transplant,transplant_type\nmolina,allogeneic,autologous\n",
    ),
    BrokenCases(
        CASE,
        "a formula in a worksheet of cases",
        "cases.xlsx",
        _sheet(["payer", "Service"], ["molina", "=B1"]),
    ),
    BrokenCases(
        CASE,
        "a percentage in a worksheet of cases",
        "cases.xlsx",
        _sheet(["payer", "Service", "Donor chimerism"], ["molina", "other", 0.85]),
    ),
    BrokenCases(CASE, "a payer that there is not", "cases.json", b'{"payer": "molena"}'),
)


@frozen
class Answer:
    """A broken file of cases and all that is said of it; `exit_code` is the program's."""

    broken: BrokenCases
    text: str
    exit_code: int


@cache
def answers() -> tuple[Answer, ...]:
    """What is said of each file of cases."""
    with TemporaryDirectory() as folder:
        before = Path.cwd()
        os.chdir(folder)
        try:
            return tuple([_answer(broken) for broken in (*FILES_OF_CASES, *CASES)])
        finally:
            os.chdir(before)


def _answer(broken: BrokenCases) -> Answer:
    Path(broken.name).write_bytes(broken.content)
    tables = str(ROOT / "tables")
    result = CliRunner().invoke(program, ["evaluate", broken.name, "--tables", tables, "--format", "jsonl"])
    return Answer(broken, "\n".join(dict.fromkeys(_said(result.stdout, result.stderr))), result.exit_code)


def _said(records: str, messages: str) -> Iterator[str]:
    """The reasons in the error records, and the messages about whole files."""
    for line in records.splitlines():
        for problem in json.loads(line).get("error", {}).get("problems", ()):
            yield problem["reason"]
    for line in messages.splitlines():
        if line and not line.startswith(("Using tables", "Usage:", "Try ")):
            yield line.removeprefix("Error: ")


def said_of_facts() -> Iterator[tuple[str, str, str]]:
    """Group, what is broken, and the reasons, of each case that gets no determination."""
    for kind, group in _GROUPS.items():
        for broken in BROKEN_CASES:
            if broken.kind == kind:
                yield group, broken.what, "\n".join(_reasons(broken))


def _reasons(broken: BrokenCase) -> Iterator[str]:
    with pytest.raises(EvaluationError) as caught:
        broken.make().determine(broken.facts)
    for problem in caught.value.problems:
        yield problem["reason"]
