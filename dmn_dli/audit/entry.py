"""One line of an audit log: who was asked, by which tables and program, and what came out."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from attrs import frozen

from dmn_dli.feel.json_values import feel_json
from dmn_dli.runtime.errors import CaseError
from dmn_dli.runtime.facts import CaseReader
from dmn_dli.runtime.plain import for_programs
from dmn_dli.runtime.record import FORMAT_VERSION
from dmn_dli.store.digest import hex_digest

Record = Mapping[str, Any]

_OBJECTS = ("policy", "rules", "criteria")
"""The record's keys that hold objects of fixed keys, one or a list of them; all other objects count whole."""

FIRST_KEYS = (
    "format_version", "payer",
    "policy.number", "policy.title", "policy.effective_from",
    "policy.workbook", "policy.sha256", "policy.facts_sha256",
    "determination", "payer_wording", "reason", "citation", "refer_to",
    "rules.decision", "rules.rule", "rules.cell",
    "decisions", "unmet_criteria", "documentation", "procedure_codes",
    "missing_facts", "possible_determinations", "notes",
)  # fmt: skip
"""What the digest of an entry covers that does not say it: the keys of a record when none did."""


class NotAnEntry(Exception):
    """A line that no audit log of this format holds; the message says what is wrong."""


@frozen
class Entry:
    """A determination as the log keeps it.

    facts_digest: SHA-256 of the facts in canonical form. facts: these, where they were asked for.
    time: as it was given, None otherwise. record_digest: SHA-256 of the record without its `case_id`.
    record_keys: the keys that it covers, those of objects within after a dot; a record made by a later
    version of the program has more.
    """

    case_id: str
    payer: str
    facts_digest: str
    package_version: str
    policy: Mapping[str, Any] | None
    determination: Any
    record_digest: str
    record_keys: tuple[str, ...] = FIRST_KEYS
    facts: Mapping[str, Any] | None = None
    time: str | None = None

    def line(self) -> str:
        """The entry as a line of JSON."""
        policy = self.policy or {}
        data: dict[str, Any] = {
            "format_version": FORMAT_VERSION,
            "case_id": self.case_id,
            "payer": self.payer,
            "facts_digest": self.facts_digest,
            "package_version": self.package_version,
            "workbook": policy.get("workbook"),
            "sha256": policy.get("sha256"),
            "facts_sha256": policy.get("facts_sha256"),
            "determination": self.determination,
            "record_digest": self.record_digest,
            "record_keys": self.record_keys,
        }
        if self.time is not None:
            data["time"] = self.time
        if self.facts is not None:
            data["facts"] = self.facts
        return for_programs(json.dumps(data, ensure_ascii=False, default=str)) + "\n"


def canonical_facts(facts: Mapping[str, Any], reader: CaseReader | None) -> dict[str, Any]:
    """The facts as the dictionary spells them, by name, unknown ones left out.

    Cases that mean the same have the same canonical facts.
    Facts that the dictionary refuses stay as they were given. Without a reader nothing is known of them.
    """
    try:
        if reader is not None:
            reader.atoms(facts)
            facts = reader.values(facts)
    except CaseError:
        pass
    return {name: _plain(facts[name]) for name in sorted(facts)}


def facts_digest(canonical: Mapping[str, Any]) -> str:
    """The SHA-256 of canonical facts."""
    return _digest(canonical)


def record_keys(record: Record) -> tuple[str, ...]:
    """The record's keys but `case_id`, in its order; of those that hold objects, these objects' keys."""
    return tuple([path for key, value in record.items() if key != "case_id" for path in _paths(key, value)])


def record_digest(record: Record, keys: Collection[str] | None = None) -> str:
    """The SHA-256 of a record, whatever the case is called.

    keys: those that count; all of them where none are given.
    """
    if keys is None:
        return _digest({key: value for key, value in record.items() if key != "case_id"})
    inner = {path.partition(".")[0] for path in keys}
    return _digest({key: _kept(key, value, keys) for key, value in record.items() if key in inner})


def entry_of(
    record: Record, facts: Mapping[str, Any], version: str, *, keep_facts: bool, time: str | None
) -> Entry:
    """The entry for a record that is no error; `facts` are canonical, `version` is the package's."""
    return Entry(
        case_id=record["case_id"],
        payer=record["payer"],
        facts_digest=facts_digest(facts),
        package_version=version,
        policy=record["policy"],
        determination=record["determination"],
        record_digest=record_digest(record),
        record_keys=record_keys(record),
        facts=facts if keep_facts else None,
        time=time,
    )


def read_entry(line: str) -> Entry:
    """The entry in a line. Raises NotAnEntry."""
    try:
        data = json.loads(line, parse_float=Decimal)
    except ValueError as error:
        raise NotAnEntry("it is not JSON") from error
    if not isinstance(data, dict) or data.get("format_version") != FORMAT_VERSION:
        raise NotAnEntry(f"it is not an entry of format version {FORMAT_VERSION}")
    texts = ("case_id", "payer", "facts_digest", "package_version", "record_digest")
    missing = [key for key in texts if not isinstance(data.get(key), str)]
    if missing or not isinstance(data.get("facts", {}), dict):
        raise NotAnEntry(f"{', '.join(missing) or 'facts'} is missing or not what it should be")
    keys = data.get("record_keys", list(FIRST_KEYS))
    if not isinstance(keys, list) or not all(isinstance(each, str) for each in keys):
        raise NotAnEntry("record_keys is not what it should be")
    return Entry(
        **{key: data[key] for key in texts},
        record_keys=tuple(keys),
        policy={key: data.get(key) for key in ("workbook", "sha256", "facts_sha256")},
        determination=data.get("determination"),
        facts=data.get("facts"),
        time=data.get("time"),
    )


def _paths(key: str, value: Any) -> list[str]:
    """A key of the record, or the keys of the objects that it holds."""
    objects = value if isinstance(value, list) else [value]
    if key not in _OBJECTS or not objects or not isinstance(objects[0], Mapping):
        return [key]
    return [f"{key}.{name}" for name in objects[0]]


def _kept(key: str, value: Any, keys: Collection[str]) -> Any:
    """What a key of the record holds, of objects the keys that count; whole where the key itself does."""
    if key in keys:
        return value
    if isinstance(value, list):
        return [_kept(key, each, keys) for each in value]
    if isinstance(value, Mapping):
        return {name: each for name, each in value.items() if f"{key}.{name}" in keys}
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.loads(json.dumps(value, default=str))
    return value if isinstance(value, float) else feel_json(value)


def _digest(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hex_digest(text.encode("utf-8", "backslashreplace"))
