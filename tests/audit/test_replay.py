"""An audit log loses no line, keeps no facts unless asked, and tells what no longer comes out."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from dmn_dli.audit.entry import (
    FIRST_KEYS,
    Entry,
    NotAnEntry,
    canonical_facts,
    entry_of,
    facts_digest,
    read_entry,
    record_digest,
    record_keys,
)
from dmn_dli.audit.log import append
from dmn_dli.audit.replay import reader_of, replay
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.store.folder import bundled_tables
from dmn_dli.store.load import group, load_versions

FACTS = {"service": "donor lymphocyte infusion", "donor_chimerism_percent": 99.5}
TEXTS = ("case_id", "payer", "facts_digest", "package_version", "record_digest")
ROOT = Path(__file__).resolve().parents[2]


@cache
def series() -> dict[str, KernelSeries]:
    return group(load_versions(bundled_tables()))


def entry(facts: dict[str, Any] = FACTS, *, keep_facts: bool = True) -> Entry:
    molina = series()["molina"]
    canonical = canonical_facts(facts, reader_of(molina))
    return entry_of(molina.determine(facts, "a"), canonical, "0.1.0", keep_facts=keep_facts, time=None)


def test_a_line_is_read_back_as_it_was_written() -> None:
    assert read_entry(entry().line()) == evolve(entry(), policy=read_entry(entry().line()).policy)


def test_no_facts_are_kept_unless_asked_for() -> None:
    line = entry(keep_facts=False).line()
    assert "chimerism" not in line
    assert "time" not in json.loads(line)


def test_cases_that_mean_the_same_have_the_same_digest() -> None:
    reader = reader_of(series()["molina"])
    ways = [
        {"service": " CAR-T ", "donor_chimerism_percent": 50, "disease_status": None},
        {"donor_chimerism_percent": 50.0, "service": "car-t"},
    ]
    assert len({facts_digest(canonical_facts(facts, reader)) for facts in ways}) == 1


def test_what_still_comes_out_is_the_same() -> None:
    assert replay(read_entry(entry().line()), series(), {}).verdict == "same"


def first_record() -> dict[str, Any]:
    """The record as the program gave it before any key was added."""
    record = series()["molina"].determine(FACTS)
    whole: dict[str, Any] = {key: value for key, value in record.items() if key in FIRST_KEYS}
    for key in ("policy", "rules"):
        objects = record[key] if isinstance(record[key], list) else [record[key]]
        kept = [
            {name: value for name, value in each.items() if f"{key}.{name}" in FIRST_KEYS} for each in objects
        ]
        whole[key] = kept if isinstance(record[key], list) else kept[0]
    return whole


def line_of(record: dict[str, Any]) -> dict[str, Any]:
    """An entry's line as the program wrote it before entries named their record's keys."""
    data = json.loads(entry().line())
    del data["record_keys"]
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {**data, "record_digest": sha256(text.encode()).hexdigest()}


def test_keys_added_since_an_entry_was_written_make_no_difference() -> None:
    old = first_record()
    assert "next_review" in (entry().policy or {}), "a key that was added since"
    assert "next_review" not in old["policy"]
    found = replay(read_entry(json.dumps(line_of(old))), series(), {})
    assert (found.verdict, found.entry.record_keys) == ("same", FIRST_KEYS)


def test_an_older_entry_tells_of_every_key_that_it_has() -> None:
    for key in ("notes", "policy", "rules", "decisions"):
        changed = first_record()
        changed[key] = (
            [*changed[key], "more"] if isinstance(changed[key], list) else changed[key] | {"title": ""}
        )
        assert replay(read_entry(json.dumps(line_of(changed))), series(), {}).verdict == "other record", key


def test_a_key_within_an_object_that_was_added_since_makes_no_difference() -> None:
    record = {"payer": "a", "criteria": [{"id": "1", "status": "met"}], "decisions": {"A": 1}}
    keys = record_keys(record)
    assert keys == ("payer", "criteria.id", "criteria.status", "decisions")
    digest = record_digest(record)
    later = {**record, "criteria": [{"id": "1", "status": "met", "matters": False}], "more": []}
    assert record_digest(later, keys) == digest
    assert record_digest({**later, "criteria": [{"id": "1", "status": "unknown"}]}, keys) != digest
    assert record_digest({**later, "decisions": {"A": 1, "B": 2}}, keys) != digest
    assert record_digest({"payer": "a", "decisions": {"A": 1}}, keys) != digest


def test_an_entry_names_the_keys_of_its_record_and_is_still_of_the_first_format() -> None:
    data = json.loads(entry().line())
    assert data["format_version"] == 1
    assert {"policy.next_review", "rules.cell", "notes"} < set(data["record_keys"])
    assert set(FIRST_KEYS) <= set(data["record_keys"])


def test_another_determination_is_named() -> None:
    found = replay(evolve(entry(), determination="medically necessary"), series(), {})
    assert found.verdict == "changed"
    assert found.reason == "recorded medically necessary; now needs information"


def test_another_workbook_is_named() -> None:
    policy = dict(entry().policy or {}, sha256="0" * 64)
    found = replay(evolve(entry(), policy=policy, record_digest="0" * 64), series(), {})
    assert found.verdict == "other record"
    assert found.reason.endswith("; molina-2025-02-12.xlsx changed since")


def test_facts_that_are_not_those_of_the_digest_are_altered() -> None:
    assert replay(evolve(entry(), facts={"service": "other"}), series(), {}).verdict == "altered"


def test_facts_are_found_by_their_digest() -> None:
    alone = entry(keep_facts=False)
    assert replay(alone, series(), {}).verdict == "not replayed"
    assert replay(alone, series(), {alone.facts_digest: FACTS}).verdict == "same"


def test_an_unknown_payer_is_not_replayed() -> None:
    assert replay(evolve(entry(), payer="acme"), series(), {}).verdict == "not replayed"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "[]",
        '{"format_version": 2}',
        '{"format_version": 1, "payer": 3}',
        json.dumps({**dict.fromkeys(TEXTS, ""), "format_version": 1, "record_keys": "notes"}),
    ],
)
def test_what_is_no_entry_says_so(line: str) -> None:
    with pytest.raises(NotAnEntry):
        read_entry(line)


def test_an_unfinished_line_spoils_no_other(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text('{"format_ver', encoding="utf-8")
    append(log, [entry()])
    assert log.read_text(encoding="utf-8") == '{"format_ver\n' + entry().line()


def test_programs_that_write_at_once_lose_and_mix_no_line(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from tests.audit.test_replay import entry\nfrom dmn_dli.audit.log import append\n"
        "line = entry()\n"
        "for _ in range(40):\n    append(Path(sys.argv[1]), [line] * 5)\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", script, str(log)], cwd=ROOT) for _ in range(3)]
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    assert lines == [entry().line()] * 600
