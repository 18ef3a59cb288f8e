"""What a cell that is no test is offered: a form that it accepts, and that means what was written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.facts import Fact
from tests.linking.books import fact, linked, table

STATUS = fact("status", "string", "gold, silver, light gold, none")
DISEASE = fact("disease", "string", "relapsed, refractory, remission")
ANSWER = fact("answer", "string", "yes, no", nullable=True)
AGE = fact("age", "integer", "[0..120]")
PERCENT = fact("percent", "number", "[0..100]")
FLAG = fact("flag", "boolean")
DAY = fact("day", "date")


def offered(of: Fact, entry: Any) -> str:
    """The remedy of the one error that a cell gets; "" where it gets none."""
    errors = [
        found
        for found in linked([of], table("T", "F", [f"IF {of.label}", "THEN R"], None, [entry, "x"])).findings
        if found.is_error
    ]
    assert len(errors) <= 1, [found.text for found in errors]
    return errors[0].remedy if errors else ""


@pytest.mark.parametrize(
    ("of", "written", "form"),
    [
        (DISEASE, "not remission", "not(remission)"),
        (DISEASE, "relapsed refractory", "relapsed, refractory"),
        (STATUS, "light gold none", "light gold, none"),
        (STATUS, "gold or silver", "gold, silver"),
        (STATUS, "gold, silver or none", "gold, silver, none"),
        (STATUS, "gold / silver", "gold, silver"),
        (STATUS, "gold; silver", "gold, silver"),
        (STATUS, "gold | silver", "gold, silver"),
        (STATUS, "'gold'", "gold"),
        (STATUS, "'gold', 'silver'", "gold, silver"),
        (STATUS, "any", "-"),
        (STATUS, "n/a", "-"),
        (ANSWER, "n/a", "null or -"),
        (STATUS, "*", "-"),
        (STATUS, "<> gold", "not(gold)"),
        (STATUS, "not gold or silver", "not(gold, silver)"),
        (FLAG, "Y", "true"),
        (FLAG, "n", "false"),
        (AGE, "any", "-"),
        (AGE, "18+", ">= 18"),
        (AGE, "=< 17", "<= 17"),
        (AGE, "=> 18", ">= 18"),
        (AGE, "> = 18", ">= 18"),
        (AGE, "< 18 or > 65", "< 18, > 65"),
        (AGE, "5 or 6", "5, 6"),
        (AGE, "5; 6", "5, 6"),
        (AGE, "<> 5", "not(5)"),
        (AGE, "0..4", "[0..4]"),
        (AGE, "2 or more", ">= 2"),
        (AGE, "10 to 90", "[10..90]"),
        (PERCENT, ">0 and <95", "(0..95)"),
        (PERCENT, "<= 95 and > 5.5", "(5.5..95]"),
        (PERCENT, "< 95%", "< 95"),
        (PERCENT, "5 % to 10 %", "[5..10]"),
        (DAY, "12 Feb 2025", "2025-02-12"),
        (DAY, "12. February 2025", "2025-02-12"),
        (DAY, "February 12, 2025", "2025-02-12"),
        (DAY, "> 12/02/2025", "> 2025-12-02 or > 2025-02-12"),
        (DAY, "> 25/02/2025", "> 2025-02-25"),
        (DAY, "2025-2-12", "2025-02-12"),
        (DAY, "2025/02/12", "2025-02-12"),
        (DAY, "20250212", "2025-02-12"),
        (DAY, ">= 20250212", ">= 2025-02-12"),
        (DAY, "< 12 Feb 2025 or > 1 March 2025", "< 2025-02-12, > 2025-03-01"),
        (DAY, Cell(1, 1, CellKind.DATE, "2025-02-12T13:00:00"), "2025-02-12"),
    ],
)
def test_what_people_write_is_offered_as_a_test(of: Fact, written: Any, form: str) -> None:
    assert offered(of, written) == f"Write {form}."


@pytest.mark.parametrize(
    ("of", "written"),
    [(AGE, "> 95 and < 0"), (STATUS, "bronze or gold"), (DAY, "31 Feb 2025"), (AGE, "soon")],
)
def test_nothing_is_offered_that_a_cell_would_not_accept_or_that_passes_no_value(
    of: Fact, written: str
) -> None:
    remedy = offered(of, written).removeprefix("Write ").removesuffix(".")
    assert remedy not in ("(95..0)", "bronze, gold", "2025-02-31")


@pytest.mark.parametrize(
    ("of", "written"),
    [
        (STATUS, "not(gold, silver)"),
        (STATUS, "!= gold"),
        (fact("unit", "string", "mg / kg, any, a or b, not given"), "any, mg / kg, a or b, not given"),
        (AGE, "< 18, > 65"),
        (DAY, "[2025-02-12..2025-03-01]"),
        (FLAG, "Yes"),
    ],
)
def test_what_is_a_test_is_offered_nothing_else(of: Fact, written: str) -> None:
    assert offered(of, written) == ""


def tree_of(of: Fact, entry: str) -> Any:
    """What a cell's tests are; the fact is of the column."""
    made = linked([of], table("T", "F", [f"IF {of.label}", "THEN R"], None, [entry, "x"]))
    assert not [found.text for found in made.findings if found.is_error]
    return made.tables[0].columns[0].tests


VALUES = st.lists(
    st.sampled_from(["gold", "silver", "light gold", "none"]), min_size=2, max_size=4, unique=True
)
NUMBERS = st.lists(st.integers(0, 120).map(str), min_size=2, max_size=4, unique=True)


@given(
    VALUES,
    st.sampled_from([" or ", " / ", "; ", " | ", "/", ";", " ", ", or "]),
    st.booleans(),
    st.booleans(),
)
def test_values_offered_are_those_that_were_written(
    values: list[str], sign: str, denied: bool, quoted: bool
) -> None:
    parts = [f"'{value}'" for value in values] if quoted and sign != " " else values
    written = ("not " if denied and sign != " " else "") + sign.join(parts)
    meant = ", ".join(values)
    form = offered(STATUS, written).removeprefix("Write ").removesuffix(".")
    if form == "":  # two values side by side may be one: `light gold`
        assert sign == " "
        return
    if written.startswith("not "):
        meant = f"not({meant})"
    if sign != " ":
        assert tree_of(STATUS, form) == tree_of(STATUS, meant)
    else:
        assert form.replace(", ", " ") == written


@given(
    st.integers(0, 120), st.integers(0, 120), st.sampled_from(["{}+", "=> {}", "at least {}", "{} or more"])
)
def test_bounds_offered_are_those_that_were_written(low: int, high: int, notation: str) -> None:
    form = offered(AGE, notation.format(low)).removeprefix("Write ").removesuffix(".")
    assert tree_of(AGE, form) == tree_of(AGE, f">= {low}")
    if low < high:
        form = offered(AGE, f">{low} and <={high}").removeprefix("Write ").removesuffix(".")
        assert tree_of(AGE, form) == tree_of(AGE, f"({low}..{high}]")


@given(st.dates(date(1000, 1, 1)), st.sampled_from(["%d %b %Y", "%B %d, %Y", "%d. %B %Y", "%Y/%m/%d"]))
def test_days_offered_are_those_that_were_written(day: date, notation: str) -> None:
    form = offered(DAY, f"<= {day.strftime(notation)}").removeprefix("Write ").removesuffix(".")
    assert form == f"<= {day.isoformat()}"


@pytest.mark.parametrize(
    ("clause", "written", "remedy"),
    [
        ("code", "C91*", 'starts with(?, "C91")'),
        ("code", "C91*, C92.1*", 'starts with(?, "C91"), starts with(?, "C92.1")'),
        ("code", "starts with C91", 'starts with(?, "C91")'),
        ("code", "begins with C91", 'starts with(?, "C91")'),
        ("seen - born", "< 14", 'Write a duration: @"P14D"'),
        ("seen - born", "[0..14)", 'Write a duration: @"P14D"'),
        ("years and months duration(born, seen)", ">= 13", '@"P13Y" is one of 13 years'),
    ],
)
def test_beginnings_of_codes_and_ages_are_offered_as_cells_have_them(
    clause: str, written: str, remedy: str
) -> None:
    facts = [fact("code", "string"), fact("born", "date"), fact("seen", "date")]
    made = linked(facts, table("T", "F", [f"IF {clause}", "THEN R"], None, [written, "x"]))
    errors = [found for found in made.findings if found.is_error]
    assert len(errors) == 1
    assert remedy in errors[0].remedy
