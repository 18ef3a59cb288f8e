"""Folders of small workbooks to rename in, and what a renaming does to them in short."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from dmn_dli.keeping.rename.data import Renamed, Request, Subject
from dmn_dli.keeping.rename.rename import rename, rename_files
from dmn_dli.runtime.input_error import InputError
from tests.excel.build import Rows, make_workbook

FACTS: Rows = [
    ["fact", "label", "type", "allowed values", "question"],
    [
        "disease_status",
        "Disease status",
        "string",
        '"relapsed", "not relapsed", "remission"',
        "relapsed?",
    ],
    ["prior_status", "Prior status", "string", "relapsed, remission", "What was it?"],
    ["grade", "GVHD grade", "integer", "0, 1, 2, 3, 4", "Which grade?"],
    ["weight", "Weight", "number", "[0..300]", "How many kg?"],
    ["urgent", "Urgent", "boolean", None, "Is it urgent?"],
    ["setting", "Setting", "string", '"clinic, day", "ward"', "Where?"],
]

POLICY: Rows = [["Field", "Value"], ["Final decision", "Outcome"]]

OUTCOME: Rows = [
    ["Outcome", "What comes of it when relapsed?"],
    ["F", "IF", "IF", "THEN", "NOTE"],
    ["Rule", "Disease status", "GVHD grade", "Outcome", "Remark"],
    ["values", "relapsed, not relapsed, remission", None, "yes, no", None],
    ["R-1", "relapsed", "< 3", "yes", "relapsed, but mild"],
    ["R-2", "not(relapsed, remission)", "-", "no", None],
    ["R-3", "-", "-", "no", None],
]

CASES: Rows = [
    ["case", "Disease status", "grade", "expect Outcome", "expect missing", "why"],
    ["mild", "Relapsed", 1, "yes", "none", "relapsed"],
    ["open", None, None, None, "Disease status, grade", None],
]

BOOK: Mapping[str, Rows] = {"Policy": POLICY, "Outcome": OUTCOME, "Cases": CASES}


def table(name: str, kinds: list[str], heads: list[str], values: list[object], *rules: list[object]) -> Rows:
    """A decision table with hit policy F; rules without their ids."""
    numbered = [[f"{name[0]}-{number}", *rule] for number, rule in enumerate(rules, 1)]
    return [[name, "?"], ["F", *kinds], ["Rule", *heads], ["values", *values], *numbered]


def place(folder: Path, facts: Rows | None = FACTS, **books: Mapping[str, Rows]) -> Path:
    """A folder with a dictionary and these workbooks; without `facts` without one."""
    folder.mkdir(exist_ok=True)
    if facts is not None:
        (folder / "facts.xlsx").write_bytes(make_workbook({"Facts": facts}))
    for name, sheets in books.items():
        (folder / f"{name}.xlsx").write_bytes(make_workbook(sheets))
    return folder


def changed(
    folder: Path, subject: str, old: str, new: str, *, fact: str = "", workbook: str = "", sheet: str = ""
) -> dict[str, str]:
    """The cells that a renaming changes, with what they hold then; it is written."""
    renamed = _asked(folder, subject, old, new, fact=fact, workbook=workbook, sheet=sheet, write=True)
    return {f"{Path(each.file).stem} {each.place}": each.after for each in renamed.changes}


def mentioned(
    folder: Path, subject: str, old: str, new: str, *, fact: str = "", workbook: str = "", sheet: str = ""
) -> list[str]:
    """The cells whose free texts a renaming leaves; it is not written."""
    renamed = _asked(folder, subject, old, new, fact=fact, workbook=workbook, sheet=sheet, write=False)
    return [f"{Path(each.file).stem} {each.place}" for each in renamed.mentions]


def refused(
    folder: Path, subject: str, old: str, new: str, *, fact: str = "", workbook: str = "", sheet: str = ""
) -> str:
    """Why a renaming is refused; no file has changed then."""
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(InputError) as error:
        _asked(folder, subject, old, new, fact=fact, workbook=workbook, sheet=sheet, write=True)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    return str(error.value).replace(f"{folder}/", "")


def _asked(
    folder: Path,
    subject: str,
    old: str,
    new: str,
    *,
    fact: str,
    workbook: str,
    sheet: str,
    write: bool,
) -> Renamed:
    request = Request(Subject(subject), old, new, fact, sheet)
    return rename_files(request, folder, workbook) if write else rename(request, folder, workbook)
