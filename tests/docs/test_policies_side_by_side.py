"""The page that compares the payers says what their tables do: an approved request with one thing changed."""

from __future__ import annotations

from typing import Any

import pytest

import dmn_dli
from tests.docs.pages import ROOT, read

PAGE = read(ROOT / "docs" / "policies" / "index.md")
PAYERS = ("molina", "cigna", "centene", "regence", "bcbsms")

YES, NO = "medically necessary", "not medically necessary"
OUT, UNMET, SILENT = "investigational", "criteria not met", "not addressed"

APPROVED: dict[str, Any] = {
    "service": "donor lymphocyte infusion",
    "line_of_business": "commercial",
    "transplant_type": "allogeneic",
    "transplant_determination": "medically necessary",
    "malignancy_type": "hematologic",
    "disease_status": "relapsed",
    "relapse_risk_setting": "t-cell depleted graft",
    "purpose_prevent_relapse": True,
    "purpose_convert_chimerism": True,
    "purpose_promote_engraftment": False,
    "donor_chimerism_percent": 60,
    "lymphocyte_donor": "original donor",
    "lymphocyte_manipulation": "none",
    "acute_gvhd_grade": 0,
}
"""Relapse, prevention and conversion at once, since Regence asks for all three."""

ONE_AIM = {
    "disease_status": "remission",
    "relapse_risk_setting": "not high risk",
    "purpose_prevent_relapse": False,
    "purpose_convert_chimerism": False,
}
"""What is left when every indication is taken away."""

PREVENTION = {**ONE_AIM, "purpose_prevent_relapse": True}
BOOST = {"service": "hpc boost", "purpose_promote_engraftment": True}

# The row of the page, what is changed, and what each payer then says.
ROWS: tuple[tuple[str, dict[str, Any], tuple[str, ...]], ...] = (
    ("allogeneic transplant", {}, (YES, YES, YES, YES, YES)),
    ("allogeneic transplant", {"transplant_type": "autologous"}, (UNMET, NO, OUT, NO, UNMET)),
    (
        "transplant was itself medically necessary",
        {"transplant_determination": NO},
        (UNMET, YES, YES, YES, UNMET),
    ),
    (
        "investigational transplant, hematologic malignancy",
        {"transplant_determination": OUT},
        (UNMET, YES, YES, OUT, OUT),
    ),
    ("hematologic malignancy", {"malignancy_type": "none"}, (UNMET, NO, OUT, NO, UNMET)),
    ("cells of the original donor", {"lymphocyte_donor": "different donor"}, (UNMET, YES, YES, YES, YES)),
    ("relapsed or refractory disease", {**ONE_AIM, "disease_status": "refractory"}, (YES, YES, YES, NO, YES)),
    ("persistent disease", {**ONE_AIM, "disease_status": "persistent"}, (YES, YES, OUT, OUT, UNMET)),
    ("to prevent relapse", PREVENTION, (UNMET, NO, YES, OUT, UNMET)),
    (
        "high-risk settings",
        {**PREVENTION, "relapse_risk_setting": "other high risk"},
        (UNMET, YES, YES, OUT, YES),
    ),
    (
        "high-risk settings",
        {**PREVENTION, "relapse_risk_setting": "nonmyeloablative conditioning"},
        (YES, YES, YES, NO, YES),
    ),
    ("to convert mixed chimerism", {**ONE_AIM, "purpose_convert_chimerism": True}, (YES, NO, OUT, NO, YES)),
    (
        "mixed means",
        {**ONE_AIM, "purpose_convert_chimerism": True, "donor_chimerism_percent": 0},
        (UNMET, NO, OUT, OUT, UNMET),
    ),
    (
        "full chimerism (100 %)",
        {**ONE_AIM, "purpose_convert_chimerism": True, "donor_chimerism_percent": 100},
        (UNMET, NO, OUT, OUT, UNMET),
    ),
    ("genetic modification", {"lymphocyte_manipulation": "genetic"}, (OUT, YES, OUT, OUT, OUT)),
    ("ex vivo manipulation", {"lymphocyte_manipulation": "ex vivo"}, (YES, YES, OUT, YES, OUT)),
    (
        "nonhematologic malignancy after an allogeneic transplant",
        {"malignancy_type": "nonhematologic"},
        (OUT, NO, OUT, NO, OUT),
    ),
    ("acute GVHD of grade 2 or more", {"acute_gvhd_grade": 2}, (YES, YES, OUT, YES, YES)),
    ("HPC boost", BOOST, (SILENT, YES, SILENT, SILENT, SILENT)),
    (
        "HPC boost",
        {
            "service": "hpc boost",
            "transplant_type": "autologous",
            "donor_chimerism_percent": 0,
            "purpose_convert_chimerism": True,
        },
        (SILENT, YES, SILENT, SILENT, SILENT),
    ),
    ("CAR-T and others", {"service": "car-t"}, (SILENT, SILENT, SILENT, SILENT, SILENT)),
    ("Medicare", {"line_of_business": "medicare"}, (YES, YES, SILENT, YES, YES)),
)


@pytest.mark.parametrize(("row", "change", "expected"), ROWS)
def test_a_row_of_the_comparison_is_what_the_tables_do(
    row: str, change: dict[str, Any], expected: tuple[str, ...]
) -> None:
    assert f"\n| {row} |" in PAGE
    series = dmn_dli.load(ROOT / "tables")
    said = tuple(series[payer].evaluate(APPROVED | change).determination for payer in PAYERS)
    assert said == expected


NO_LONGER_MET = APPROVED | ONE_AIM

# How Regence calls a request that is not covered, as the page says it.
REGENCE: tuple[tuple[dict[str, Any], str], ...] = (
    (APPROVED | {"purpose_convert_chimerism": False}, NO),
    (NO_LONGER_MET | {"transplant_type": "autologous"}, NO),
    (NO_LONGER_MET | {"transplant_type": "none"}, NO),
    (NO_LONGER_MET | {"malignancy_type": "nonhematologic"}, NO),
    (NO_LONGER_MET, OUT),
    (NO_LONGER_MET | {"malignancy_type": "nonhematologic", "lymphocyte_manipulation": "genetic"}, OUT),
)


@pytest.mark.parametrize(("facts", "expected"), REGENCE)
def test_what_regence_calls_a_failed_request_is_as_the_page_says(
    facts: dict[str, Any], expected: str
) -> None:
    said = "where there was no allogeneic transplant, and where the malignancy is nonhematologic"
    assert said in PAGE
    assert dmn_dli.load(ROOT / "tables")["regence"].evaluate(facts).determination == expected
