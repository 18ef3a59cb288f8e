"""Records as text for a reviewer: the determination, why, the criterion, what is missing and what to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.report.layout import (
    BOLD,
    GREEN,
    RED,
    YELLOW,
    clean,
    labelled,
    many,
    paint,
    paragraph,
    spoken,
    spoken_values,
    table,
)
from dmn_dli.runtime.record import NEEDS_INFORMATION, NO_POLICY

Record = Mapping[str, Any]

_COLOURS = {"medically necessary": GREEN, NEEDS_INFORMATION: YELLOW, "not addressed": "", NO_POLICY: ""}


CLOSING = (
    "These determinations apply the payers' published criteria to the facts given. "
    "Coverage is the plan's decision."
)


class FactWords(Protocol):
    """What the text says of a fact."""

    @property
    def label(self) -> str:
        """What people call it."""

    @property
    def question(self) -> str:
        """What to ask when it is missing; may be empty."""

    @property
    def allowed(self) -> str | None:
        """The allowed values as the dictionary writes them; None where any value goes."""


class Payer(NamedTuple):
    """A payer's name, and the facts of its dictionary by name."""

    name: str
    facts: Mapping[str, FactWords]


class Page(NamedTuple):
    """What the text is written on: payers by id; columns; whether colour and bold letters are welcome."""

    payers: Mapping[str, Payer]
    width: int = 100
    styled: bool = False


def page_of(series: Mapping[str, KernelSeries], width: int, *, styled: bool) -> Page:
    """A page on which the payers stand with the names and facts of their latest versions."""
    payers = {}
    for payer, each in series.items():
        facts = each.facts
        names = [kernel.policy.payer_name for kernel in each.deciding]
        payers[payer] = Payer(next((name for name in reversed(names) if name), payer), facts)
    return Page(payers, width, styled)


def case_text(records: Sequence[Record], page: Page) -> str:
    """The records of one case, one for each payer; several payers first in a short table."""
    lines = [_bold(f"Case {record_id(records)}", page)]
    if len(records) > 1:
        lines += ["", *_overview(records, page)]
    for record in records:
        lines += ["", *record_text(record, page)]
    return "\n".join(lines) + "\n"


def record_id(records: Sequence[Record]) -> str:
    """The case's id on one line."""
    return clean(records[0]["case_id"])


def closing_text(page: Page) -> str:
    """What every reader should know."""
    return "\n".join(paragraph(CLOSING, page.width)) + "\n"


def _overview(records: Sequence[Record], page: Page) -> list[str]:
    rows = [("Payer", "Determination", "In brief")]
    rows += [(payer_name(record, page), headline(record), brief(record)) for record in records]
    return table(rows, page.width)


def payer_name(record: Record, page: Page) -> str:
    """What the record's payer is called."""
    payer = str(record["payer"])
    return clean(page.payers[payer].name if payer in page.payers else payer)


def colour(determination: str) -> str:
    """What a determination is shown in: red where it is adverse, "" where it is neither good nor bad."""
    return _COLOURS.get(determination, RED)


def headline(record: Record) -> str:
    """The determination, or that there is none."""
    return "error" if "error" in record else clean(spoken(record["determination"]))


def brief(record: Record) -> str:
    """Why, in a few words beside the determination."""
    if "error" in record:
        return f"{many(len(record['error']['problems']), 'problem')} with {whose(record)}"
    missing = len(record["missing_facts"])
    if missing:
        return f"{missing} {'fact is' if missing == 1 else 'facts are'} missing"
    if record["determination"] == NO_POLICY:
        return "no policy was in force on the date of service"
    if record["criteria"] and record["unmet_criteria"]:
        return f"unmet: {', '.join(item.partition(': ')[0] for item in record['unmet_criteria'])}"
    # Findings of criteria are told in full below.
    keys = ("citation", "reason") if record["criteria"] else ("reason", "citation")
    return str(record[keys[0]] or record[keys[1]] or "")


def record_text(record: Record, page: Page) -> list[str]:
    """The lines of one record: the determination, why, what is missing, what to submit, the policy."""
    if "error" in record:
        return _error(record, page)
    determination = clean(spoken(record["determination"]))
    styles = (BOLD, *filter(None, [colour(determination)]))
    head = f"{payer_name(record, page)}: "
    lines = [head + (paint(determination.upper(), *styles) if page.styled else determination.upper())]
    lines += labelled("Why", [why(record)], page.width)
    lines += _criterion(record, page)
    lines += labelled("Unmet criteria", record["unmet_criteria"], page.width)
    lines += _missing(record, page)
    lines += labelled("Documentation", record["documentation"], page.width)
    lines += labelled("Procedure codes", codes(record), page.width)
    lines += labelled("Notes", record["notes"], page.width)
    return lines + _source(record, page)


def why(record: Record) -> str:
    """Why the determination is what it is, in a sentence."""
    missing = len(record["missing_facts"])
    if record["determination"] == NEEDS_INFORMATION:
        known = "1 fact that is" if missing == 1 else f"{missing} facts that are"
        return f"The determination depends on {known} not given."
    if record["determination"] == NO_POLICY:
        return "The payer has no policy on file that was in force on the date of service."
    if record["criteria"] and record["reason"] == ("; ".join(record["unmet_criteria"]) or None):
        return "The unmet criteria below say why."
    if record["reason"]:
        return str(record["reason"])
    rules = ", ".join(rule["rule"] for rule in record["rules"])
    return f"Decided by {rules}." if rules else "Every way of filling in the absent facts leads to it."


def _criterion(record: Record, page: Page) -> list[str]:
    lines = labelled("Criterion", filter(None, [record["citation"]]), page.width)
    lines += labelled("Payer's wording", filter(None, [record["payer_wording"]]), page.width)
    return lines + labelled("Refer to", filter(None, [record["refer_to"]]), page.width)


def _missing(record: Record, page: Page) -> list[str]:
    """The missing facts with the question for each, and what may come out once they are known."""
    if not record["missing_facts"]:
        return []
    facts = page.payers[record["payer"]].facts if record["payer"] in page.payers else {}
    lines = labelled("Possible", [possible(record)], page.width)
    return lines + labelled(
        "Please find out", [question(name, facts.get(name)) for name in record["missing_facts"]], page.width
    )


def possible(record: Record) -> str:
    """What may come out; lists are parted from each other by more than their items are."""
    possible = record["possible_determinations"]
    several = any(isinstance(each, list) and len(each) > 1 for each in possible)
    return (" or " if several else ", ").join(map(spoken, possible))


def question(name: str, fact: FactWords | None) -> str:
    """What to find out of a missing fact, with the values that it may have."""
    if fact is None:
        return name
    allowed = f" ({spoken_values(fact.allowed)})" if fact.allowed else ""
    return f"{fact.label}: {fact.question}{allowed}" if fact.question else f"{fact.label}{allowed}"


def codes(record: Record) -> list[str]:
    """Each code with what its table says of it besides."""
    entries = next((v for k, v in record["decisions"].items() if k.casefold() == "procedure codes"), None)
    described: dict[object, str] = {}
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict):
            code, *others = entry.values()
            described.setdefault(code, ", ".join(str(other) for other in others if other is not None))
    return [
        f"{code}  ({described[code]})" if described.get(code) else code for code in record["procedure_codes"]
    ]


def _source(record: Record, page: Page) -> list[str]:
    policy = record["policy"]
    if policy is None:
        return []
    rules = [f"{rule['decision']} {rule['rule']}" for rule in record["rules"]]
    lines = labelled("Rules", filter(None, [", ".join(rules)]), page.width)
    parts = [policy["number"], policy["title"]]
    version = f"version of {policy['effective_from']}" if policy["effective_from"] else None
    named = ", ".join(part for part in (*parts, version) if part)
    return lines + labelled(
        "Policy", [f"{named} ({policy['workbook']})" if named else policy["workbook"]], page.width
    )


def _error(record: Record, page: Page) -> list[str]:
    error = record["error"]
    head = f"{payer_name(record, page)}: "
    lines = [head + (paint("CANNOT BE EVALUATED", BOLD, RED) if page.styled else "CANNOT BE EVALUATED")]
    return lines + labelled(
        whose(record).capitalize(), [problem["reason"] for problem in error["problems"]], page.width
    )


def whose(record: Record) -> str:
    """Where the problems of an error record lie."""
    return "the case" if record["error"]["kind"] == "case" else "the tables"


def _bold(text: str, page: Page) -> str:
    return paint(text, BOLD) if page.styled else text
