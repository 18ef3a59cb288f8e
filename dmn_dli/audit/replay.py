"""Replaying an audit log: each determination is made anew, and compared with what was recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias

from attrs import frozen

from dmn_dli.audit.entry import (
    Entry,
    NotAnEntry,
    canonical_facts,
    facts_digest,
    read_entry,
    record_digest,
)
from dmn_dli.cases.asking import read_facts
from dmn_dli.cases.files import Case
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.runtime.errors import EvaluationError
from dmn_dli.runtime.facts import CaseReader

Verdict: TypeAlias = Literal["same", "other record", "changed", "altered", "not replayed"]
"""What became of an entry.

same: the record comes out as it was. other record: the determination does, but something else of the
record is new. changed: another determination comes out. altered: the entry's facts are not those of its
digest. not replayed: the facts, or the payer, are not at hand.
"""


@frozen
class Replay:
    """What became of an entry, with the reason in words, and what comes out now."""

    entry: Entry
    verdict: Verdict
    reason: str = ""
    determination: Any = None


def reader_of(series: KernelSeries) -> CaseReader | None:
    """What reads a payer's cases: that of its latest version that can decide; None where there is none."""
    return series.deciding[-1].case_reader if series.deciding else None


def replay(
    entry: Entry, series: Mapping[str, KernelSeries], known: Mapping[str, Mapping[str, Any]]
) -> Replay:
    """Make an entry's determination anew. known: facts by their digest, for entries without facts."""
    facts = known.get(entry.facts_digest) if entry.facts is None else entry.facts
    if facts is None:
        return Replay(entry, "not replayed", "its facts are not recorded, and no given case has their digest")
    if entry.facts is not None and facts_digest(canonical_facts(facts, None)) != entry.facts_digest:
        return Replay(entry, "altered", "the facts are not those of the digest")
    payer = series.get(entry.payer)
    if payer is None:
        return Replay(entry, "not replayed", f'these tables do not know the payer "{entry.payer}"')
    try:
        record = payer.determine(facts)
    except EvaluationError as error:
        return Replay(entry, "changed", f"recorded {entry.determination}; now an error: {error.message}")
    now = record["determination"]
    if now != entry.determination:
        reason = f"recorded {entry.determination}; now {now}{_tables(entry, record)}"
        return Replay(entry, "changed", reason, now)
    if record_digest(record, entry.record_keys) != entry.record_digest:
        why = _tables(entry, record) or f"; recorded by version {entry.package_version} of the program"
        return Replay(entry, "other record", f"still {now}, but not all of the record is as it was{why}", now)
    return Replay(entry, "same", determination=now)


@frozen
class ReplayedLog:
    """What became of each line, by its number; and the lines that are no entries, with the reason."""

    replays: tuple[tuple[int, Replay], ...]
    unread: tuple[tuple[int, str], ...]


def replay_log(
    lines: Iterable[tuple[int, str]],
    series: Mapping[str, KernelSeries],
    known: Mapping[str, Mapping[str, Any]],
) -> ReplayedLog:
    """Make the determination of each line anew. lines: numbered; known: as `replay` takes it."""
    replays: list[tuple[int, Replay]] = []
    unread: list[tuple[int, str]] = []
    for number, line in lines:
        try:
            replays.append((number, replay(read_entry(line), series, known)))
        except NotAnEntry as error:
            unread.append((number, str(error)))
    return ReplayedLog(tuple(replays), tuple(unread))


def case_facts(case: Case, series: KernelSeries) -> dict[str, Any]:
    """A case's facts in canonical form, as a payer's dictionary reads them."""
    return canonical_facts(read_facts(case, series)[0], reader_of(series))


def facts_by_digest(
    cases: Iterable[Case], series: Mapping[str, KernelSeries]
) -> dict[str, Mapping[str, Any]]:
    """The canonical facts of cases, as each payer's dictionary reads them, by their digest."""
    read = [case_facts(case, each) for case in cases for each in series.values()]
    return {facts_digest(facts): facts for facts in read}


def _tables(entry: Entry, record: Mapping[str, Any]) -> str:
    """Whether the tables are other ones than those that decided then."""
    then, now = entry.policy or {}, record.get("policy") or {}
    if then.get("workbook") != now.get("workbook"):
        return f"; by {then.get('workbook') or 'no workbook'} then, {now.get('workbook') or 'none'} now"
    changed = [
        name
        for key, name in (("sha256", str(then.get("workbook"))), ("facts_sha256", "the dictionary of facts"))
        if then.get(key) != now.get(key)
    ]
    return f"; {' and '.join(changed)} changed since" if changed else ""
