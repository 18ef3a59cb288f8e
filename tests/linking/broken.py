"""Every kind of cell, clause and name that linking objects to, each in a small table around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from attrs import evolve, frozen

from dmn_dli.linking import codes
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.facts import Fact
from dmn_dli.model.finding import Code
from dmn_dli.model.table import DecisionTable
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import fact, linked, table

FACTS: Sequence[Fact] = (
    fact("disease_status", "string", "relapsed, refractory, persistent, remission"),
    fact("donor_chimerism_percent", "number", "[0..100]", label="Donor chimerism"),
    fact("acute_gvhd_grade", "integer", "0, 1, 2, 3, 4", label="Acute GVHD grade"),
    fact("prior_transplant", "boolean"),
    fact("date_of_service", "date"),
    fact("procedure_code", "string"),
)

_ROW_4 = "eligible, not eligible"


@frozen
class BrokenCell:
    """What is wrong in a reader's words, the code that it is due, and the policy that shows it."""

    what: str
    code: Code
    make: Callable[[], LinkedPolicy]


def _linked(*tables: DecisionTable, facts: Sequence[Fact] = FACTS, **fields: Any) -> LinkedPolicy:
    return linked(facts, *tables, **fields)


def _input(what: str, code: Code, clause: str, *entries: Any, row_4: Any = None) -> BrokenCell:
    """A broken input cell (B5, B6 …) below a clause."""
    rules = [[entry, "eligible"] for entry in entries]

    def make() -> LinkedPolicy:
        return _linked(table("Eligibility", "F", [f"IF {clause}", "THEN Eligible"], [row_4, _ROW_4], *rules))

    return BrokenCell(what, code, make)


def _output(what: str, code: Code, row_4: Any, *entries: Any, hit_policy: str = "F") -> BrokenCell:
    """A broken output cell (C5, C6 …) below row 4."""
    rules = [["-", entry] for entry in entries]

    def make() -> LinkedPolicy:
        headings = ["IF Prior transplant", "THEN Eligible"]
        return _linked(table("Eligibility", hit_policy, headings, [None, row_4], *rules))

    return BrokenCell(what, code, make)


def _stored(kind: CellKind, text: str, number_format: str = "General") -> Cell:
    return Cell(1, 1, kind, text, number_format)


_INDICATION = table(
    "Indication",
    "F",
    ["IF Disease status", "THEN Indication", "THEN Reason"],
    [None, "yes, no", None],
    ["relapsed", "yes", "The disease came back."],
    ["-", "no", "No indication is given."],
)


def _reading(clause: str, entry: str) -> DecisionTable:
    return table("Eligibility", "F", [f"IF {clause}", "THEN Eligible"], [None, _ROW_4], [entry, "eligible"])


def _dictionary(what: str, allowed: str) -> BrokenCell:
    facts = (*FACTS[:1], fact("acute_gvhd_grade", "integer", allowed))
    tables = _reading("Disease status", "relapsed")
    return BrokenCell(what, codes.ALLOWED_UNREADABLE, lambda: _linked(tables, facts=facts))


def _blood(what: str, code: Code, allowed: str) -> BrokenCell:
    facts = (fact("blood_group", "string", allowed),)
    tables = _reading("Blood group", "K")
    return BrokenCell(what, code, lambda: _linked(tables, facts=facts))


def _final(what: str, code: Code, row_4: str) -> BrokenCell:
    given = row_4.rpartition(", ")[2]
    final = table("Determination", "F", ["IF Prior transplant", "THEN R"], [None, row_4], ["-", given])
    return BrokenCell(what, code, lambda: _linked(final, payer="acme"))


def _circle() -> LinkedPolicy:
    return _linked(
        table("Scope", "U", ["IF Exclusion", "THEN Scope"], [None, "in, out"], ["none", "in"]),
        table("Exclusion", "U", ["IF Scope", "THEN Exclusion"], [None, "none, some"], ["in", "none"]),
    )


def _ambiguous() -> LinkedPolicy:
    return _linked(
        table("Disease status", "U", ["IF Prior transplant", "THEN Status"], None, ["true", "poor"]),
        _reading("Disease status", "relapsed"),
    )


def _renamed() -> LinkedPolicy:
    facts = (
        *FACTS[:1],
        fact("donor_chimerism_percent", "number", "[0..100]", label="Donor cells"),
        *FACTS[2:],
    )
    return _linked(
        table("Mixed", "F", ["IF Donor chimerism", "THEN Mixed"], None, ["(0..100)", "yes"], ["-", "no"]),
        table("Full", "F", ["IF Donor chimerism", "THEN Full"], None, ["100", "yes"], ["-", "no"]),
        table(
            "T", "F", ["IF Mixed", "IF Full", "IF Donor chimerism", "THEN T"], None, ["yes", "no", "> 5", "x"]
        ),
        facts=facts,
    )


def _collected() -> LinkedPolicy:
    return _linked(
        table("Grade", "C", ["IF Acute GVHD grade", "THEN Grade"], None, ["< 2", "low"], ["-", "high"]),
        table("T", "F", ["IF Grade", "THEN T"], None, ["low", "x"], ["high", "y"]),
    )


def _marked(what: str, headings: Sequence[str]) -> BrokenCell:
    rules = ["-", "true", "x"] if headings[0].startswith("THEN") else ["true", "-", "x"]
    made = table("T", "F", headings, None, rules)
    return BrokenCell(what, codes.RESULT_OR_CONDITION, lambda: _linked(made))


PITFALLS = (
    _input("a range written with a hyphen", codes.LOOKS_LIKE_RANGE, "Acute GVHD grade", "2-4"),
    _input("a range written with a long dash", codes.LOOKS_LIKE_RANGE, "Acute GVHD grade", "2–4"),
    _input("a date with slashes", codes.LOOKS_LIKE_RANGE, "Date of service", "2/12/2025"),
    _input(
        "a date with slashes that can be read one way", codes.LOOKS_LIKE_RANGE, "Date of service", "2/25/2025"
    ),
    _input("a date with hyphens, year last", codes.LOOKS_LIKE_RANGE, "Date of service", "2-12-2025"),
    _input("a date with dots, day first", codes.LOOKS_LIKE_RANGE, "Date of service", "25.2.2025"),
    _input("a fraction written with a slash", codes.LOOKS_LIKE_RANGE, "Donor chimerism", "1/2"),
    _input("two bounds joined by a comma", codes.COMMA_MEANS_OR, "Donor chimerism", ">= 2, < 4"),
    _input("two bounds in the other order", codes.COMMA_MEANS_OR, "Donor chimerism", "<= 90, > 10"),
    _input(
        "two dates joined by a comma", codes.COMMA_MEANS_OR, "Date of service", ">= 2025-01-01, < 2026-01-01"
    ),
    _input("a decimal comma", codes.DECIMAL_COMMA, "Donor chimerism", "0,5"),
)

STORED = (
    _input(
        "a percentage where text is due",
        codes.PERCENT_OR_EXPONENT,
        "Procedure code",
        _stored(CellKind.NUMBER, "0.05", "0%"),
    ),
    _input(
        "a code that Excel turned into scientific notation",
        codes.PERCENT_OR_EXPONENT,
        "Procedure code",
        _stored(CellKind.NUMBER, "10000000", "0.00E+00"),
    ),
    _input("a percentage typed as text", codes.PERCENT_OR_EXPONENT, "Disease status", "5%"),
    _input("a percentage typed as text among numbers", codes.PERCENT_OR_EXPONENT, "Donor chimerism", "5%"),
    _input(
        "a number shown as a percentage",
        codes.PERCENT_NUMBER,
        "Donor chimerism",
        _stored(CellKind.NUMBER, "0.05", "0%"),
    ),
    _input("a number where text is due", codes.NUMBER_FOR_TEXT, "Procedure code", 38242),
    _input("a number where true or false is due", codes.NUMBER_FOR_TEXT, "Prior transplant", 1),
    _input("a date where a number is due", codes.DATE_FOR_OTHER, "Acute GVHD grade", date(2026, 1, 2)),
    _input(
        "a time where a date is due",
        codes.DATE_FOR_OTHER,
        "Date of service",
        _stored(CellKind.TIME, "08:30:00"),
    ),
    _input(
        "TRUE where text is due", codes.BOOLEAN_FOR_OTHER, "Disease status", _stored(CellKind.BOOLEAN, "true")
    ),
    _output("a number where text is due as a result", codes.NUMBER_FOR_TEXT, None, 38242),
    _output("a date where text is due as a result", codes.DATE_FOR_OTHER, None, date(2026, 1, 2)),
)

VALUES = (
    _input("a misspelt value", codes.NOT_ALLOWED, "Disease status", "relapst"),
    _input("a misspelt value in a list", codes.NOT_ALLOWED, "Disease status", "relapsed, refractary"),
    _input("a misspelt value in not()", codes.NOT_ALLOWED, "Disease status", "not(remision)"),
    _input("a misspelt value in quotes", codes.NOT_ALLOWED, "Disease status", '"relapsd"'),
    _input("a number outside the range", codes.NOT_ALLOWED, "Donor chimerism", "101"),
    _input("a sum that says the same of every case", codes.NOT_ALLOWED, "Acute GVHD grade", "3 > 1"),
    _input("a number that is not on the list", codes.NOT_ALLOWED, "Acute GVHD grade", "2, 7"),
    _input("neither true nor false", codes.NOT_ALLOWED, "Prior transplant", "maybe"),
    _input("another letter case", codes.LETTER_CASE, "Disease status", "Relapsed"),
    _output("a misspelt result", codes.NOT_ALLOWED, _ROW_4, "eligibel"),
    _output("a result outside the range", codes.NOT_ALLOWED, "[0..10]", "11"),
    _output("another letter case of a result", codes.LETTER_CASE, _ROW_4, "Eligible"),
    _output("text where a number is due", codes.TYPE, "number", "two"),
    _output("text where a date is due", codes.TYPE, "date", "soon"),
    _output("a list of numbers whose row 4 has a gap", codes.ALLOWED_UNREADABLE, "1, , 2", "1"),
    _output("a result list with a gap", codes.ALLOWED_UNREADABLE, "eligible,, not eligible", "eligible"),
    _output("texts added up", codes.AGGREGATION, None, "three", hit_policy="C+"),
    _output("the least of true and false", codes.AGGREGATION, "boolean", "true", hit_policy="C<"),
    _final("a determination that is none", codes.DETERMINATION_UNKNOWN, "medically necessary, coverd"),
    _final("a determination that is nearly one", codes.DETERMINATION_UNKNOWN, "medicaly necessary"),
    BrokenCell(
        "two results added up",
        codes.AGGREGATION,
        lambda: _linked(
            table(
                "Points",
                "C+",
                ["IF Prior transplant", "THEN Points", "THEN Weight"],
                [None, "number", "number"],
                ["-", "1", "2"],
            )
        ),
    ),
    _input(
        "row 4 that disagrees with the dictionary",
        codes.ALLOWED_DIFFER,
        "Disease status",
        "relapsed",
        row_4="relapsed, refractory",
    ),
    _input(
        "row 4 for a fact that may have any value",
        codes.ALLOWED_DIFFER,
        "Procedure code",
        '"38242"',
        row_4="38242, 38243",
    ),
    _input(
        "row 4 of an expression that cannot be read",
        codes.ALLOWED_UNREADABLE,
        "Acute GVHD grade * 2",
        "2",
        row_4="[0..",
    ),
    _dictionary("allowed values of a fact that cannot be read", "[0..4"),
    _dictionary("allowed values of a fact that are no values", "0, many"),
    _dictionary("allowed values of a fact that a function makes", "list replace([1, 2], 1, 3)"),
    _dictionary("allowed values of another type than the fact", "true, false"),
    _dictionary("a range of allowed values without brackets", "0..4"),
    _dictionary("a range of allowed values with a hyphen", "0-4"),
    _dictionary("a type for allowed values", "whole number"),
    _blood("allowed values of a fact that differ in letter case only", codes.ALLOWED_ALIKE, "K, k, none"),
    _blood("a hyphen among the allowed values of a fact", codes.ALLOWED_ANY, 'K, k-, "-"'),
    _output("results of row 4 that differ in letter case only", codes.ALLOWED_ALIKE, "K, k", "k"),
    _input(
        "values of row 4 that differ in letter case only",
        codes.ALLOWED_ALIKE,
        "substring(Procedure code, 1, 1)",
        "k",
        row_4="K, k",
    ),
)

EXPRESSIONS = (
    _input("a cell that is no test", codes.SYNTAX, "Acute GVHD grade", "2 2"),
    _input("a list in words", codes.SYNTAX, "Disease status", "relapsed or refractory"),
    _input("a denial in words", codes.SYNTAX, "Disease status", "not remission"),
    _input("a date in words", codes.SYNTAX, "Date of service", "12 Feb 2025"),
    _input("words for a comparison", codes.SYNTAX, "Acute GVHD grade", "2 or more"),
    _input("words for a range", codes.SYNTAX, "Donor chimerism", "10 to 90"),
    _input("digits without quotes where text is due", codes.TYPE, "Procedure code", "38242"),
    _input("a range without its end", codes.SYNTAX, "Donor chimerism", "[2..4"),
    _input("words without quotes where any text goes", codes.UNKNOWN_NAME, "Procedure code", "biopsy"),
    _input("a number compared with text", codes.TYPE, "Acute GVHD grade", '"severe"'),
    _input("text compared by size", codes.TYPE, "Disease status", "< 5"),
    _input("a cell that asks for today's date", codes.UNSUPPORTED, "Date of service", "< today()"),
    _input("an expression that asks for the time", codes.UNSUPPORTED, 'now() > date("2025-01-01")', "true"),
    _input("an expression that is none", codes.SYNTAX, "Acute GVHD grade *", "2"),
    _input("an expression of odd types", codes.TYPE, "Acute GVHD grade + Disease status", "2"),
    _output("a computed result that is no expression", codes.SYNTAX, "expression", "1 +"),
    _output("a computed result of odd types", codes.TYPE, "expression", "Acute GVHD grade * Disease status"),
    _output("a computed result from an unknown fact", codes.UNKNOWN_NAME, "expression", "GVHD grade + 1"),
    _input("a cell without end", codes.UNSUPPORTED, "Acute GVHD grade", "count(for i in 1..1e9 return i)"),
    _input(
        "a condition without end", codes.UNSUPPORTED, "Acute GVHD grade + sum(for i in 1..1e9 return i)", "2"
    ),
    _output("a number without end", codes.UNSUPPORTED, "number", "count(for i in 1..1e9 return i)"),
    _output("a computed result without end", codes.UNSUPPORTED, "expression", "for i in 1..1e9 return i"),
    _input("a pattern that is none", codes.TYPE, 'matches(Procedure code, "(3824")', "true"),
    _output("a computed result that asks for the day", codes.UNSUPPORTED, "expression", "today()"),
)

NAMES = (
    BrokenCell("a fact that was given another label", codes.UNKNOWN_NAME, _renamed),
    BrokenCell("a hit policy that gives a list unexpectedly", codes.LIST_FOR_VALUE, _collected),
    _marked(
        "a condition that is marked as a result", ["THEN Disease status", "IF Prior transplant", "THEN R"]
    ),
    _marked(
        "the last condition marked as a result", ["IF Prior transplant", "THEN Disease status", "THEN R"]
    ),
    _input("a misspelt condition", codes.UNKNOWN_NAME, "Diseas status", "relapsed"),
    _input(
        "a condition that is no fact, with its unit", codes.UNKNOWN_NAME, "Age at transplant (years)", "< 18"
    ),
    _input(
        "a condition that is no fact, of two words", codes.UNKNOWN_NAME, "Blood pressure / systolic", "< 18"
    ),
    _input("a condition that is no fact, with a hyphen", codes.UNKNOWN_NAME, "Age - donor", "< 18"),
    _input("a misspelt fact in an expression", codes.UNKNOWN_NAME, "Acute GVH grade * 2", "2"),
    BrokenCell(
        "a decision of two results without saying which",
        codes.BARE_DECISION,
        lambda: _linked(_INDICATION, _reading("Indication", "yes")),
    ),
    BrokenCell(
        "a decision of two results within an expression",
        codes.BARE_DECISION,
        lambda: _linked(_INDICATION, _reading("Indication = null", "true")),
    ),
    BrokenCell("a fact and a decision of one name", codes.AMBIGUOUS_NAME, _ambiguous),
    BrokenCell("decisions in a circle", codes.CYCLE, _circle),
    BrokenCell(
        "a condition in another letter case",
        codes.LETTER_CASE,
        lambda: _linked(_reading("disease Status", "relapsed")),
    ),
)

BROKEN_CELLS = (*PITFALLS, *STORED, *VALUES, *EXPRESSIONS, *NAMES)


def with_unread(policy: LinkedPolicy, *names: str) -> LinkedPolicy:
    """The same workbook linked again, with decisions whose tables the reader had to leave out."""
    from dmn_dli.linking.link import link

    return link(evolve(policy.workbook, unread=names), policy.dictionary)
