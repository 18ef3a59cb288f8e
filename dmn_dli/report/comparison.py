"""All payers side by side for a case, and the regions where two payers decide differently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dmn_dli.diff.payers import PayerPair
from dmn_dli.report.comparison_criteria import (
    Labels,
    Record,
    criteria_json,
    criteria_lines,
    criteria_markdown,
    subjects,
)
from dmn_dli.report.difference_json import behaviour_json
from dmn_dli.report.difference_markdown import behaviour_markdown
from dmn_dli.report.difference_text import Page, behaviour_lines
from dmn_dli.report.documents import escaped, grid, json_document
from dmn_dli.report.layout import BOLD, clean, labelled, paint, paragraph, spoken, table
from dmn_dli.report.share_words import combinations

HEADINGS = ("Payer", "Determination", "Criterion", "Unmet criteria", "Missing facts")


def cases_text(cases: Sequence[Sequence[Record]], page: Page, labels: Labels) -> str:
    """For each case a table of the payers, what each finds unmet and lacks, and the criteria of all."""
    return "\n".join("\n".join(_case_lines(records, page, labels)) + "\n" for records in cases)


def cases_markdown(cases: Sequence[Sequence[Record]], labels: Labels) -> str:
    """For each case a table of the payers, and one of their criteria."""
    parts = []
    for records in cases:
        rows = [_row(record, labels) for record in records]
        lines = [
            f"### Case {escaped(records[0]['case_id'])}",
            "",
            escaped(_agreement(records)),
            *grid(HEADINGS, rows),
            *criteria_markdown(subjects(records, labels)),
        ]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def cases_json(cases: Sequence[Sequence[Record]], labels: Labels) -> str:
    """For each case the payers by determination, their criteria by what they ask, and their records."""
    document = {
        "cases": [
            {
                "case_id": records[0]["case_id"],
                "agree": len(by_determination(records)) == 1,
                "determinations": by_determination(records),
                "criteria": criteria_json(subjects(records, labels)),
                "records": list(records),
            }
            for records in cases
        ],
    }
    return json_document(document)


def by_determination(records: Sequence[Record]) -> dict[str, list[str]]:
    """The payers that come to each determination; "error" for those that come to none."""
    found: dict[str, list[str]] = {}
    for record in records:
        found.setdefault(_determination(record), []).append(str(record["payer"]))
    return {determination: found[determination] for determination in sorted(found)}


def pair_text(pair: PayerPair, page: Page) -> str:
    """Where two payers decide differently."""
    title = clean(" and ".join(pair.payers))
    lines = [paint(title, BOLD) if page.styled else title]
    lines += labelled("Compared", [" → ".join(pair.workbooks)], page.width)
    lines += labelled("In short", [_in_short(pair)], page.width)
    return "\n".join([*lines, *behaviour_lines(pair.behaviour, page)]) + "\n"


def pair_markdown(pair: PayerPair) -> str:
    """Where two payers decide differently, as a table."""
    lines = [f"### {escaped(' and '.join(pair.payers))}", "", escaped(" → ".join(pair.workbooks)), ""]
    return "\n".join([*lines, f"{escaped(_in_short(pair))}.", *behaviour_markdown(pair.behaviour)]) + "\n"


def pair_json(pair: PayerPair) -> str:
    """Where two payers decide differently; `old` is the first of them, `new` the second."""
    document = {
        "payers": list(pair.payers),
        "workbooks": list(pair.workbooks),
        "behaviour": behaviour_json(pair.behaviour),
    }
    return json_document(document)


def _in_short(pair: PayerPair) -> str:
    first, second = pair.payers
    shares = [share for _, share in pair.behaviour.shares]
    told = {
        "equivalent": f"{first} and {second} decide every case alike",
        "stricter": f"wherever they differ, {second} is stricter than {first}",
        "more permissive": f"wherever they differ, {second} is more permissive than {first}",
        "mended": f"{second} decides cases that are errors under {first}, and all others alike",
        "broken": f"{first} decides cases that are errors under {second}; where both decide they agree",
        "incomparable": f"neither of {first} and {second} is always the stricter one",
        "unknown": f"whether {first} and {second} decide alike could not be settled",
    }[pair.behaviour.verdict.value]
    return "; ".join([told, *(f"they differ {combinations(share)}" for share in shares)])


def _case_lines(records: Sequence[Record], page: Page, labels: Labels) -> Iterator[str]:
    title = clean(f"Case {records[0]['case_id']}")
    yield paint(title, BOLD) if page.styled else title
    yield from paragraph(_agreement(records), page.width, "  ")
    yield ""
    rows = [_row(record, labels) for record in records]
    yield from table([HEADINGS[:3], *[row[:3] for row in rows]], page.width)
    for heading, position in (("Unmet criteria", 3), ("Missing facts", 4)):
        told = [f"{row[0]}: {row[position]}" for row in rows if row[position]]
        if told:
            yield ""
            yield from labelled(heading, told, page.width)
    yield from criteria_lines(subjects(records, labels), page.width)


def _agreement(records: Sequence[Record]) -> str:
    found = by_determination(records)
    if len(found) == 1:
        return (
            f"All {len(records)} payers: {next(iter(found))}."
            if len(records) > 1
            else f"{next(iter(found))}."
        )
    return "; ".join(f"{determination}: {', '.join(payers)}" for determination, payers in found.items()) + "."


def _row(record: Record, labels: Labels) -> tuple[str, str, str, str, str]:
    if "error" in record:
        reasons = "; ".join(problem["reason"] for problem in record["error"]["problems"])
        return str(record["payer"]), "error", reasons, "", ""
    unmet = "; ".join(map(str, record["unmet_criteria"]))
    known = labels.get(record["payer"], {})
    missing = ", ".join(known.get(fact, fact) for fact in record["missing_facts"])
    return str(record["payer"]), _determination(record), str(record["citation"] or ""), unmet, missing


def _determination(record: Record) -> str:
    return "error" if "error" in record else spoken(record["determination"])
