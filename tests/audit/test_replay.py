"""An audit log loses no line, keeps no facts unless asked, and tells what no longer comes out."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from dmn_dli.audit.entry import Entry, NotAnEntry, canonical_facts, entry_of, facts_digest, read_entry
from dmn_dli.audit.log import append
from dmn_dli.audit.replay import reader_of, replay
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.store.folder import bundled_tables
from dmn_dli.store.load import group, load_versions

FACTS = {"service": "donor lymphocyte infusion", "donor_chimerism_percent": 99.5}
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
    "line", ["", "{", "[]", '{"format_version": 2}', '{"format_version": 1, "payer": 3}']
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
