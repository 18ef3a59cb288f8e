"""Counts of records: nothing is counted twice or left out, whatever the parts in which the records come."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from dmn_dli.cases.asking import ask, payers_of
from dmn_dli.cases.files import given_case
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.report.schemas import summary_schema
from dmn_dli.report.summary import MOST, Summary
from dmn_dli.report.summary_words import SHOWN, summary_json, summary_text
from dmn_dli.report.text import page_of
from tests import payers

KERNELS = [payers.kernel(name) for name in payers.WORKBOOKS]
SERIES = {kernel.payer: KernelSeries(kernel.payer, [kernel]) for kernel in KERNELS}

Records = Sequence[dict[str, Any]]


def _records(count: int, seed: int) -> list[Records]:
    """The records of random cases, errors and unknown payers among them."""
    chance = random.Random(seed)
    facts = [each for each in next(iter(SERIES.values())).facts.values() if each.type != "date"]
    found: list[Records] = []
    for position in range(1, count + 1):
        given = {
            each.name: chance.choice([0, 1, 3] if each.slots else [*each.values])
            for each in facts
            if (each.slots or each.values) and chance.random() < 0.7
        }
        given |= {"payer": "molna"} if chance.random() < 0.05 else {}
        given |= {"transplant_type": "no such type"} if chance.random() < 0.05 else {}
        case = given_case(given, position)
        found.append([ask(case, payer, SERIES) for payer in payers_of(case, None, SERIES)])
    return found


def _summary(cases: Sequence[Records], most: int | None = MOST) -> Summary:
    summary = Summary(SERIES, most)
    for records in cases:
        summary.case(records)
    return summary


def test_every_record_is_counted_once() -> None:
    cases = _records(120, 1)
    document = json.loads(summary_json(_summary(cases)))
    assert [*Draft202012Validator(summary_schema()).iter_errors(document)] == []
    records = [each for found in cases for each in found]
    assert (document["cases"], document["records"]) == (len(cases), len(records))
    assert document["errors"] == sum("error" in each for each in records) > 0
    for found in document["payers"]:
        its = [each for each in records if (each["payer"] in SERIES) == (found["payer"] is not None)]
        its = [each for each in its if found["payer"] in (None, each["payer"])]
        assert found["records"] == len(its) > 0
        told = {each["determination"]: each["records"] for each in found["determinations"]}
        assert told == Counter(each["determination"] for each in its if "error" not in each)
        assert sum(each["records"] for each in found["errors"]) == sum("error" in each for each in its)


def test_unmet_criteria_are_counted_without_what_cases_give() -> None:
    cases = _records(120, 2)
    want: Counter[tuple[str, str, str]] = Counter()
    for record in [each for found in cases for each in found if "error" not in each]:
        rows = {f"{row['id']}: {row['finding']}": row for row in record["criteria"]}
        for item in record["unmet_criteria"]:
            row = rows[item]
            want[record["payer"], row["id"], row["requirement"]] += 1
    found = {
        (payer["payer"], each["id"], each["requirement"]): each["records"]
        for payer in json.loads(summary_json(_summary(cases)))["payers"]
        for each in payer["unmet_criteria"]
    }
    assert len({payer for payer, _, _ in want}) > 2
    assert found == want


@pytest.mark.parametrize("size", [1, 7, 120])
def test_parts_that_are_merged_give_the_same_as_the_whole(size: int) -> None:
    cases = _records(120, 3)
    merged = Summary(SERIES)
    for start in range(0, len(cases), size):
        merged.merge(_summary(cases[start : start + size], None))
    assert summary_json(merged) == summary_json(_summary(cases))


@pytest.mark.parametrize("parts", [1, 3])
def test_a_number_of_different_determinations_without_end_takes_no_memory_without_end(parts: int) -> None:
    payer = next(iter(SERIES))
    whole = Summary(SERIES)
    values = [*range(MOST + 500), *range(MOST)]
    for part in range(parts):
        some = Summary(SERIES, None)
        for value in values[part::parts]:
            some.determination(payer, value, 1)
            some.unmet(payer, f"value {value}", 1)
        whole.merge(some)
    (found,) = json.loads(summary_json(whole))["payers"]
    assert len(found["determinations"]) == len(found["unmet_criteria"]) == MOST
    told = sum(each["records"] for each in found["determinations"])
    assert told + found["other_determinations"] == found["records"] == len(values)
    assert found["other_unmet_criteria"] >= 500
    text = summary_text(whole, page_of(SERIES, 100, styled=False))
    assert "other determinations" in text


def test_the_text_shows_the_most_frequent_and_counts_the_rest() -> None:
    payer = next(iter(SERIES))
    summary = Summary(SERIES)
    summary.determination(payer, "criteria not met", 100)
    for number in range(SHOWN + 3):
        summary.unmet(payer, f"text {number}", 50 - number)
    lines = summary_text(summary, page_of(SERIES, 100, styled=False)).splitlines()
    shown = lines[lines.index("  unmet most often:") + 1 :]
    assert [line.split()[-1] for line in shown] == [*map(str, range(SHOWN)), "others"]
    assert shown[-1].split()[0] == str(40 + 39 + 38)


def test_no_case_at_all_is_a_summary_too() -> None:
    summary = Summary(SERIES)
    assert summary_text(summary, page_of(SERIES, 100, styled=False)) == "0 cases, 0 records\n"
    assert json.loads(summary_json(summary))["payers"] == []
