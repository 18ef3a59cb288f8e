"""A determination as the Python interface gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import asdict, fields, frozen

from dmn_dli.runtime.record import new_record


@frozen
class PolicyReference:
    """The policy version that decided, its reviews and its source, and the exact bytes behind it."""

    number: str | None
    title: str | None
    effective_from: str | None
    last_review: str | None
    next_review: str | None
    source_document: str | None
    workbook: str
    sha256: str
    facts_sha256: str


@frozen
class RuleReference:
    """A rule that contributed: the decision, the rule's id, and its cell as Excel writes it."""

    decision: str
    rule: str
    cell: str


@frozen(repr=False)
class Determination:
    """What a policy says of a case, with the reason; the attributes are the record's keys.

    determination: the outcome, `needs information` where absent facts leave more
    than one possible, or `no policy on file`. For a generic workbook any value.
    Texts are None where they are not the same in every completion of the facts.
    """

    payer: str
    policy: PolicyReference | None
    determination: Any
    payer_wording: str | None
    reason: str | None
    citation: str | None
    refer_to: str | None
    rules: tuple[RuleReference, ...]
    decisions: Mapping[str, Any]
    criteria: tuple[Mapping[str, Any], ...]
    unmet_criteria: tuple[Any, ...]
    documentation: tuple[Any, ...]
    procedure_codes: tuple[Any, ...]
    missing_facts: tuple[str, ...]
    possible_determinations: tuple[Any, ...]
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        """The determination in a line; `record()` says all of it."""
        from dmn_dli.evaluate.determination_html import shown

        missing = f"; missing: {', '.join(self.missing_facts)}" if self.missing_facts else ""
        said = " ".join(f"{shown(self.payer)}: {shown(self.determination)}".split())
        return f"<Determination {said}{missing}>"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from dmn_dli.evaluate.determination_html import html_of

        return html_of(self.record())

    def record(self, case_id: str | None = None) -> dict[str, Any]:
        """The record of the contract (`format_version` 1); without `case_id` it has none."""
        said = {key: list(value) if key in _LISTS else value for key, value in asdict(self).items()}
        return new_record(self.payer, case_id) | said


_NAMES = tuple(field.name for field in fields(Determination))
_LISTS = frozenset(name for name, value in new_record("", "").items() if isinstance(value, list))


def from_record(record: Mapping[str, Any]) -> Determination:
    """The determination in a record."""
    given = [(name, record[name]) for name in _NAMES]
    values: dict[str, Any] = {name: tuple(value) if name in _LISTS else value for name, value in given}
    policy = record["policy"]
    values["policy"] = None if policy is None else PolicyReference(**policy)
    values["rules"] = tuple([RuleReference(**rule) for rule in record["rules"]])
    return Determination(**values)
