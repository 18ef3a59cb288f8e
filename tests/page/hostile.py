"""Workbooks whose texts, names and sizes try to break a page."""

from __future__ import annotations

from collections.abc import Mapping

from tests.excel.build import CASES, CRITERIA, FACTS, GOOD, SCOPE, Rows

MARKUP = "<img src=x onerror=alert(1)>\"'></td><script>alert(2)</script>&amp; \u202egnol\u2066 ]]> <!--"
LONG = "long " * 6_000

NASTY_FACTS: Rows = [
    FACTS[0],
    ["service", MARKUP, *FACTS[1][2:6], f"{MARKUP}?", MARKUP, None],
    FACTS[2],
    ["empty", "Empty", "string", None, None, None, None, None, None],
]

_RULES = [[f"R-{number}", "-", "addressed", LONG if number == 1 else None] for number in range(2_000)]
_DEEP = [[f"d{each}", f"d{each - 1}", "all", None, "-", "-", "deep", None, "1"] for each in range(1_200)]

NASTY: Mapping[str, Mapping[str, Rows]] = {
    "acme-2025-02-12.xlsx": {
        **GOOD,
        "Policy": [
            *GOOD["Policy"][:2],
            ["Payer name", MARKUP],
            *GOOD["Policy"][3:],
            ["Notes", f"{MARKUP}\n{LONG}"],
        ],
        "Scope": [
            *SCOPE[:2],
            ["Rule", MARKUP, "Scope", "Citation"],
            SCOPE[3],
            [MARKUP, "donor lymphocyte infusion", "addressed", MARKUP],
            ["S 2/ü#%", "other", "not addressed", "Title"],
        ],
        "Criteria": [
            *CRITERIA,
            [MARKUP, "DLI", None, None, "donor lymphocyte infusion", "-", MARKUP, MARKUP, MARKUP],
        ],
        "Cases": [*CASES, [MARKUP, "other", None, "medically necessary"], [MARKUP, MARKUP, 1, MARKUP]],
        "Notes": [[MARKUP, MARKUP], [LONG]],
    },
    "broken.xlsx": {
        **GOOD,
        "Scope": [
            *SCOPE[:2],
            ["Rule", "Service", "Scope", "Scope"],
            SCOPE[3],
            ["S-1", "boost", "addressed", "Title"],
            ["S-1", "other", None, None],
            [None, "other", "not addressed", None],
        ],
        "Criteria": [
            *CRITERIA[:4],
            ["1", "2", "all", None, "-", "-", "a circle", None, "1"],
            ["2", "1", "any", None, "-", "-", "a circle", None, "1"],
            ["2", "nowhere", None, None, "other", "-", "twice", None, "1"],
            ["3", "3", "at least 9", None, "-", "-", "itself", None, None],
            *(
                [f"d{depth}", f"d{depth - 1}", "all", None, "-", "-", "deep", None, "1"]
                for depth in range(1_200)
            ),
        ],
        MARKUP[:20].replace("/", ""): [["nothing"]],
        "Wrong": [["Wrong", "?"], ["X", "IF", "THEN"], ["Rule", "Service", "Out"]],
    },
    "generic.xlsx": {
        "Policy": [["Field", "Value"], ["Final decision", "Many"]],
        "Many": [
            ["Many", "Which?"],
            ["C", "IF", "THEN", "NOTE"],
            ["Rule", "Service", "Out", "Why"],
            ["values", None, None, None],
            *_RULES,
        ],
        "None": [["None", "No rules"], ["U", "IF", "THEN"], ["Rule", "Service", "Nothing"], ["values"]],
        "Facts": FACTS,
    },
    "empty.xlsx": {"Sheet1": []},
}
