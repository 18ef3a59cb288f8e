"""Small tables for the command line's tests: two payers, one dictionary; and the same with mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tests.excel.build import Rows, make_workbook

FACTS: Rows = [
    ["fact", "label", "type", "allowed values", "unit", "nullable", "question", "description"],
    ["date_of_service", "Date of service", "date", None, None, "No", "On what date?", None],
    ["service", "Service", "string", '"infusion", "boost", "other"', None, "No", "Which service?", None],
    ["gvhd_grade", "GVHD grade", "integer", "0, 1, 2, 3, 4", "grade", "No", "Which grade?", None],
    ["donor_cells", "Donor cells", "number", "[0..100]", "%", "No", "What share of cells?", None],
    [
        "prevents_relapse",
        "To prevent relapse",
        "boolean",
        None,
        None,
        "No",
        "Is it to prevent relapse?",
        None,
    ],
]


def _policy(payer: str, name: str, day: date) -> Rows:
    return [
        ["Field", "Value"],
        ["Payer", payer],
        ["Payer name", name],
        ["Policy number", f"{payer[0].upper()}-1"],
        ["Title", "Donor cells"],
        ["Effective from", day],
        ["Last review", day],
        ["Next review", date(2030, 1, 1)],
        ["Source document", "Donor cells, version 1"],
        ["Final decision", "Determination"],
    ]


_CHANGES: Rows = [["date", "who", "what", "why"], [date(2025, 1, 1), "A. Nurse", "first version", "new"]]

ACME: Mapping[str, Rows] = {
    "Policy": _policy("acme", "Acme Health", date(2025, 1, 1)),
    "Scope": [
        ["Scope", "Does the policy speak of the service?"],
        ["U", "IF", "THEN", "NOTE"],
        ["Rule", "Service", "Scope", "Citation"],
        ["values", None, "addressed, not addressed", None],
        ["S-1", "infusion", "addressed", "Title"],
        ["S-2", "boost, other", "not addressed", "Title"],
    ],
    "Determination": [
        ["Determination", "Is it medically necessary?"],
        ["F", "IF", "IF", "IF", "THEN", "THEN", "THEN", "NOTE"],
        [
            "Rule",
            "Scope",
            "GVHD grade",
            "Donor cells",
            "Determination",
            "Payer wording",
            "Reason",
            "Citation",
        ],
        [
            "values",
            None,
            None,
            None,
            "medically necessary, not medically necessary, investigational, not addressed",
            None,
            None,
            None,
        ],
        ["D-1", "not addressed", "-", "-", "not addressed", "null", "Another service.", "Title"],
        ["D-2", "-", ">= 2", "-", "investigational", "unproven", "GVHD of grade 2 or more.", "Section 2"],
        ["D-3", "-", "-", "(0..100)", "medically necessary", "necessary", "Cells are mixed.", "Section 1"],
        ["D-4", "-", "-", "-", "not medically necessary", "not necessary", "Cells are unmixed.", "Section 1"],
    ],
    "Unmet criteria": [
        ["Unmet criteria", "Which criteria fail?"],
        ["C", "IF", "IF", "IF", "THEN", "NOTE"],
        ["Rule", "Scope", "GVHD grade", "Donor cells", "Criterion", "Citation"],
        ["values", None, None, None, None, None],
        ["C-1", "addressed", ">= 2", "-", "2: GVHD of grade 2 or more", "Section 2"],
        ["C-2", "addressed", "-", "0, 100", "1: cells are not mixed", "Section 1"],
    ],
    "Procedure codes": [
        ["Procedure codes", "Which codes apply?"],
        ["C", "IF", "THEN", "THEN", "NOTE"],
        ["Rule", "Scope", "Code", "System", "Citation"],
        ["values", None, None, None, None],
        ["P-1", "addressed", "38242", "CPT", "Coding"],
        ["P-2", "addressed", "S2150", "HCPCS", "Coding"],
    ],
    "Plan notes": [
        ["Plan notes", "What else must the user know?"],
        ["R", "IF", "THEN", "NOTE"],
        ["Rule", "Scope", "Note", "Citation"],
        ["values", None, None, None],
        ["N-1", "-", "The benefit plan takes precedence.", "Preamble"],
        ["N-2", "addressed", "Prior authorization is required.", "Preamble"],
    ],
    "Cases": [
        [
            "case",
            "Date of service",
            "Service",
            "GVHD grade",
            "Donor cells",
            "expect determination",
            "expect Scope",
            "expect Unmet criteria",
            "expect Procedure codes",
            "expect Plan notes",
            "expect missing",
            "why",
        ],
        [
            "mixed cells",
            date(2025, 6, 1),
            "infusion",
            1,
            "0.5",
            "medically necessary",
            "addressed",
            "none",
            "S2150\n38242",
            "The benefit plan takes precedence.\nPrior authorization is required.",
            "none",
            "Section 1",
        ],
        [
            "unmixed cells",
            None,
            "infusion",
            1,
            100,
            "not medically necessary",
            None,
            "1: cells are not mixed",
        ],
        [
            "high grade",
            None,
            "infusion",
            2,
            50,
            "investigational",
            None,
            "2: GVHD of grade 2 or more",
            None,
            None,
            None,
            None,
        ],
        ["another service", None, "boost", None, None, "not addressed", "not addressed", "none", "none"],
        [
            "grade and cells unknown",
            None,
            "infusion",
            None,
            None,
            "needs information",
            None,
            None,
            None,
            None,
            "Donor cells, gvhd_grade",
        ],
        ["before the policy", date(2024, 1, 1), "infusion", None, None, "no policy on file"],
    ],
    "Change History": _CHANGES,
    "Notes": [["GVHD", "graft-versus-host disease"]],
}

BETA: Mapping[str, Rows] = {
    "Policy": _policy("beta", "Beta Plan", date(2024, 6, 1)),
    "Determination": [
        ["Determination", "Is it medically necessary?"],
        ["U", "IF", "THEN", "NOTE", "NOTE"],
        ["Rule", "To prevent relapse", "Determination", "Citation", "Status"],
        ["values", None, "medically necessary, criteria not met", None, None],
        ["B-1", "true", "medically necessary", "A", None],
        ["B-2", "false", "criteria not met", "B", None],
        ["B-3", "-", "criteria not met", "C", "retired"],
    ],
    "Cases": [
        ["case", "prevents_relapse", "expect determination"],
        ["relapse is to be prevented", True, "medically necessary"],
    ],
    "Change History": _CHANGES,
}


def changed(
    sheets: Mapping[str, Rows], sheet: str, changes: Mapping[tuple[int, int], object]
) -> dict[str, Rows]:
    """The sheets with some cells of one of them, by row and column from 1, replaced."""
    rows = [list(row) for row in sheets[sheet]]
    for (row, column), value in changes.items():
        rows[row - 1] += [None] * (column - len(rows[row - 1]))
        rows[row - 1][column - 1] = value
    return {**sheets, sheet: rows}


ACME_FAILING = changed(
    changed(ACME, "Cases", {(2, 6): "investigational", (2, 9): "38242", (3, 1): None, (5, 6): None}),
    "Cases",
    {(4, 4): 7, (5, 7): None, (5, 8): None, (5, 9): None, (6, 11): "Donor cels", (1, 7): "expect Scop"},
)
"""Cases that fail in every way that there is."""

ACME_BROKEN = changed(
    changed(ACME, "Scope", {(5, 2): "infussion", (6, 3): None}), "Determination", {(3, 3): "GVHD degree"}
)
"""Tables with a misspelt value, a blank cell and a name that nothing has."""

ACME_LACKING: Mapping[str, Rows] = {**ACME, "Cases": ACME["Cases"][:3]}
"""Two cases, which leave rules unused and boundaries untried."""

BETA_TRIED: Mapping[str, Rows] = {
    **BETA,
    "Cases": [*BETA["Cases"], ["no relapse is to be prevented", False, "criteria not met"]],
}
"""Cases that use every rule."""

_S_2 = "S-2 | IF Service: boost | THEN Scope: not addressed"

ACME_UNPROVEN: Mapping[str, Rows] = {
    **changed(ACME, "Scope", {(5, 2): "infusion, boost", (6, 2): "boost"}),
    "Accepted": [
        ["code", "where", "why", "who", "until", "as it stood"],
        [
            "DT511",
            "Scope rule S-2",
            "A boost is decided by hand.",
            "A. Nurse",
            date(2026, 6, 30),
            f"S-1 | IF Service: infusion, boost | THEN Scope: addressed / {_S_2}",
        ],
        ["DT516", "Determination", "It was so in the old table.", "A. Nurse", None],
    ],
}
"""A table with a gap and with an overlap that is accepted, and an acceptance of something that is no more."""

VARIANTS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "good": {"acme-2025-01-01.xlsx": ACME, "beta-2024-06-01.xlsx": BETA},
    "failing": {"acme-2025-01-01.xlsx": ACME_FAILING},
    "lacking": {"acme-2025-01-01.xlsx": ACME_LACKING, "beta-2024-06-01.xlsx": BETA_TRIED},
    "unproven": {"acme-2025-01-01.xlsx": ACME_UNPROVEN},
    "broken": {"acme-2025-01-01.xlsx": ACME_BROKEN, "beta-2024-06-01.xlsx": BETA},
}


def write_tables(folder: Path, variant: str = "good") -> Path:
    """Write a variant's workbooks and their dictionary into a new folder."""
    folder.mkdir()
    (folder / "facts.xlsx").write_bytes(make_workbook({"Facts": FACTS}))
    for name, sheets in VARIANTS[variant].items():
        (folder / name).write_bytes(make_workbook(sheets))
    return folder
