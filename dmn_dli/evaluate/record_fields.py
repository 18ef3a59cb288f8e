"""A record's fields under one name each: the columns of tables, which are chosen, and what stands in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from attrs import fields, frozen

from dmn_dli.evaluate.determination import PolicyReference
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.runtime.input_error import InputError
from dmn_dli.runtime.record import new_record
from dmn_dli.runtime.words import folded

_POLICY = tuple(field.name for field in fields(PolicyReference))
_ERROR = ("kind", "message", "problems")
_EMPTY = new_record("", "")

KEYS = tuple(_EMPTY)
"""The keys of a record, in its order."""

COLUMNS = (
    *[
        column
        for key in KEYS
        for column in ([f"policy.{name}" for name in _POLICY] if key == "policy" else [key])
    ],
    *[f"error.{name}" for name in _ERROR],
)
"""The columns of a table of records where none are chosen."""

RULE = "rule"
"""The column with the ids of the final decision's rules that contribute; no key of a record."""

ANSWERS = (
    "determination",
    RULE,
    "reason",
    "citation",
    "possible_determinations",
    "missing_facts",
    "unmet_criteria",
)
"""The columns that the Python interface gives where none are chosen, besides that of what is wrong."""

CHOICES = (*KEYS, RULE, *[column for column in COLUMNS if column not in KEYS])
"""All columns that can be chosen: the record's keys, and what a table has in their place."""

OF_ERRORS = frozenset(column for column in COLUMNS if column.startswith("error."))
"""The columns that say what is wrong where a record is an error record."""

Finals: TypeAlias = Mapping[tuple[str, str], str]
"""The name of the final decision, by payer and workbook."""

LISTED = frozenset(key for key, value in _EMPTY.items() if isinstance(value, list)) | {"error.problems"}
"""The columns that hold lists."""


def chosen_columns(given: Iterable[str]) -> tuple[str, ...]:
    """The columns that somebody names, each once, in the order given; commas part them within a text.

    Letter case and blanks do not count, nor whether words are joined by _, - or a blank. Raises InputError,
    with the nearest name, for one that there is not, and where none is named.
    """
    named = [name for text in given for part in text.split(",") if (name := folded(part))]
    if not named:
        raise InputError(f"No column is named. There are: {', '.join(CHOICES)}.")
    return tuple(dict.fromkeys([_known(name) for name in named]))


def _known(name: str) -> str:
    found = name.replace(" ", "_").replace("-", "_")
    if found in CHOICES:
        return found
    from dmn_dli.runtime.nearest import did_you_mean

    hint = did_you_mean(found, CHOICES)
    raise InputError(f'There is no column "{name}".{hint} There are: {", ".join(CHOICES)}.')


def keys_of(columns: Iterable[str]) -> tuple[str, ...]:
    """The record's keys that columns are made from, and `rule`, each once."""
    return tuple(dict.fromkeys([key for each in columns if (key := each.partition(".")[0]) != "error"]))


def finals_of(series: Mapping[str, KernelSeries]) -> Finals:
    """The final decisions of payers' versions."""
    kernels = [kernel for each in series.values() for kernel in each.deciding]
    return {(kernel.payer, kernel.workbook): kernel.final.name for kernel in kernels}


def rule_of(record: Mapping[str, Any], finals: Finals) -> str | None:
    """The ids of the final decision's rules that contribute in every completion; None where none does."""
    if not record.get("policy"):
        return None
    final = finals[record["payer"], record["policy"]["workbook"]]
    return joined_ids(each for each in record["rules"] if each["decision"] == final)


def joined_ids(rules: Iterable[Mapping[str, Any]]) -> str | None:
    """The ids of rules as a record has them, as one text; None where there are none."""
    return ", ".join([each["rule"] for each in rules]) or None


def field(record: Mapping[str, Any], column: str, finals: Finals) -> Any:
    """What a record has in a column; None where it has nothing."""
    if column == RULE:
        return rule_of(record, finals)
    value: Any = record
    for key in column.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


@frozen
class ChosenColumns:
    """Some columns of records, in their order. finals: those of the payers' versions, for `rule`."""

    names: tuple[str, ...]
    finals: Finals

    def of(self, record: Mapping[str, Any]) -> Mapping[str, Any]:
        """The record with these columns alone as its keys.

        An error record stays whole, since it stands in a record's place.
        """
        return record if "error" in record else {name: self.field(record, name) for name in self.names}

    def field(self, record: Mapping[str, Any], name: str) -> Any:
        """What a record has in a column; None where it has nothing."""
        return field(record, name, self.finals)


ALL = ChosenColumns(COLUMNS, {})
"""The columns of a table where none are chosen."""


def texts_of(column: str, value: Sequence[Any]) -> list[str]:
    """The items of a list in a column, each as text: a criterion is its id and status."""
    if column == "criteria":
        return [f"{row['id']} {row['status']}" for row in value]
    return [compact(item) if isinstance(item, list) else text_of(column, item) for item in value]


def text_of(column: str, value: Any) -> str:
    """The text in a column: null is blank, a list is joined by ` | `, else compact JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return " | ".join(texts_of(column, value)) if isinstance(value, list) else compact(value)


def compact(value: Any) -> str:
    """A value as JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
