"""The cache of artefacts: what is believed, what is not, and that it is never in the way."""

from __future__ import annotations

import errno
import marshal
import os
import zlib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import dmn_dli
from dmn_dli.runtime import whole_files
from dmn_dli.store import artefact, cache
from dmn_dli.store.artefact import Origin
from dmn_dli.store.digest import seal
from dmn_dli.store.plain import to_plain
from tests.cli.program import run
from tests.cli.tables import FACTS, write_tables
from tests.excel.build import make_workbook
from tests.store.test_artefact import compiled, determination, the_artefact

posix = pytest.mark.skipif(os.name != "posix", reason="owners and modes of files are POSIX's")
SECRET = b"s" * 32


@pytest.fixture
def folder(cache: Path) -> Path:
    return cache


def forged(file: Path, folder: Path) -> bytes:
    """An artefact that gives another answer for the same workbook, sealed as only this program can."""
    key, secret = file.stem, (folder / "secret").read_bytes()
    policy = artefact.parse(file.read_bytes(), key, secret)
    assert policy is not None
    data = marshal.dumps(to_plain(policy), 2).replace(b"medically necessary", b"MEDICALLY NECESSARY")
    return artefact.MAGIC + seal(key.encode() + data, secret) + data


@pytest.fixture
def kept(workbook: Path, folder: Path) -> Path:
    """An artefact of the workbook that gives a forged answer, of the user's own hand."""
    dmn_dli.load_policy(workbook)
    file = the_artefact(folder)
    file.write_bytes(forged(file, folder))
    # Seen to be believed, else the tests below would prove nothing.
    assert determination(dmn_dli.load_policy(workbook)) == "MEDICALLY NECESSARY"
    return file


@posix
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_an_artefact_that_others_may_write_is_not_believed(mode: int, workbook: Path, kept: Path) -> None:
    kept.chmod(mode)
    assert determination(dmn_dli.load_policy(workbook)) == "medically necessary"
    assert kept.stat().st_mode & 0o777 == 0o600


@posix
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o1777])
def test_a_folder_that_others_may_write_is_neither_believed_nor_written(
    mode: int, workbook: Path, kept: Path, folder: Path
) -> None:
    before = kept.read_bytes()
    folder.chmod(mode)
    assert determination(dmn_dli.load_policy(workbook)) == "medically necessary"
    assert kept.read_bytes() == before


@posix
def test_what_another_user_owns_is_not_believed(
    workbook: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept.read_bytes()
    someone_else = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: someone_else)
    assert determination(dmn_dli.load_policy(workbook)) == "medically necessary"
    assert kept.read_bytes() == before


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize("given_away", ["artefact", "secret"])
def test_a_file_of_another_user_is_not_believed(
    given_away: str, workbook: Path, kept: Path, folder: Path
) -> None:
    os.chown(kept if given_away == "artefact" else folder / "secret", 12_345, -1)
    assert determination(dmn_dli.load_policy(workbook)) == "medically necessary"


@posix
def test_a_link_or_a_pipe_in_the_cache_is_not_believed(workbook: Path, kept: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    kept.rename(elsewhere)
    kept.symlink_to(elsewhere)
    assert determination(dmn_dli.load_policy(workbook)) == "medically necessary"
    kept.unlink()
    os.mkfifo(kept, 0o600)
    assert determination(dmn_dli.load_policy(workbook)) == "medically necessary"


def _checksummed(data: bytes) -> bytes:
    return artefact.MAGIC + zlib.crc32(data).to_bytes(4, "big") + data


@pytest.mark.parametrize(
    "forge",
    [
        lambda data: _checksummed(data.replace(b"medically necessary", b"MEDICALLY NECESSARY")),
        lambda _: artefact.dump(compiled()),
        lambda data: artefact.MAGIC + seal(data, b"") + data,
    ],
    ids=["an old checksum", "another policy", "sealed without the secret"],
)
def test_an_artefact_with_a_recomputed_checksum_is_not_believed(
    forge: Callable[[bytes], bytes], workbook: Path, folder: Path
) -> None:
    dmn_dli.load_policy(workbook)
    file = the_artefact(folder)
    whole = file.read_bytes()
    file.write_bytes(forge(whole[len(artefact.MAGIC) + 32 :]))
    assert determination(dmn_dli.load_policy(workbook)) == "medically necessary"
    assert file.read_bytes() == whole


def test_an_artefact_under_the_name_of_another_is_not_believed(workbook: Path, kept: Path) -> None:
    other = workbook.with_name("other-2025-02-12.xlsx")
    other.write_bytes(workbook.read_bytes())
    dmn_dli.load_policy(other)
    (name,) = {path.name for path in kept.parent.glob("*.artefact")} - {kept.name}
    kept.replace(kept.with_name(name))
    assert determination(dmn_dli.load_policy(other)) == "medically necessary"


@pytest.mark.parametrize(
    "content",
    [None, 1, (), (1, 2, 3, 4), ("", b"", (), {}), ((), b"", ((),), {}), (((),) * 20, b"", (), {}), "text"],
    ids=repr,
)
def test_an_artefact_of_right_seal_and_wrong_content_is_as_good_as_none(
    content: Any, workbook: Path, folder: Path
) -> None:
    dmn_dli.load_policy(workbook)
    file = the_artefact(folder)
    key, secret, data = file.stem, (folder / "secret").read_bytes(), marshal.dumps(content, 2)
    file.write_bytes(artefact.MAGIC + seal(key.encode() + data, secret) + data)
    done = run("evaluate", "-", "--tables", str(workbook), cwd=workbook.parent, stdin=b"{}")
    assert (done.returncode, b"defect" in done.stderr) == (0, False)
    assert determination(dmn_dli.load_policy(workbook)) == "medically necessary"


def test_a_policy_of_another_workbook_or_dictionary_is_not_kept(folder: Path) -> None:
    policy = compiled()
    right = artefact.origin_of(policy)
    assert cache.save(right, policy)
    assert cache.find(right) == policy
    for wrong in (
        Origin("b.xlsx", right.sha256, right.facts_sha256),
        Origin(right.workbook, "0", right.facts_sha256),
    ):
        assert not cache.save(wrong, policy)
    assert len(list(folder.glob("*.artefact"))) == 1


def test_a_dictionary_replaced_while_it_is_read_leaves_no_artefact_of_the_other(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = write_tables(tmp_path / "tables")
    facts = tables / "facts.xlsx"
    before = facts.read_bytes()
    other = [[*row[:3], "[0..4]" if row[0] == "gvhd_grade" else row[3], *row[4:]] for row in FACTS]
    original = cache.find

    def replaced(origin: Origin) -> Any:
        """Between the look for artefacts and the reading of tables somebody saves the dictionary."""
        facts.write_bytes(make_workbook({"Facts": other}))
        return original(origin)

    monkeypatch.setattr("dmn_dli.store.load.find", replaced)
    first = dmn_dli.load(tables)["acme"].evaluate({"service": "infusion"})
    monkeypatch.undo()
    monkeypatch.setenv("DMN_DLI_CACHE", str(folder))
    assert first.policy is not None
    assert first.policy.facts_sha256 == sha256(before).hexdigest()
    second = dmn_dli.load(tables)["acme"].evaluate({"service": "infusion"})
    assert second.policy is not None
    assert second.policy.facts_sha256 == sha256(facts.read_bytes()).hexdigest()


def test_a_dictionary_read_anew_because_it_was_not_whole_leaves_no_artefact(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = write_tables(tmp_path / "tables")
    facts = tables / "facts.xlsx"
    whole = facts.read_bytes()
    facts.write_bytes(whole[:-100])
    monkeypatch.setattr("time.sleep", lambda _: facts.write_bytes(whole))
    assert dmn_dli.load(tables)["acme"].evaluate({"service": "boost"}).determination == "not addressed"
    assert list(folder.glob("*.artefact")) == []


def test_a_full_disk_leaves_nothing_in_the_cache(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = compiled()
    assert cache.save(artefact.origin_of(policy), policy)
    the_artefact(folder).unlink()

    class Full:
        def __init__(self, stream: Any) -> None:
            self.stream = stream

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            self.stream.close()

        def write(self, data: bytes) -> None:
            self.stream.write(data[:100])
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(whole_files, "open", lambda path, *_, **__: Full(path.open("xb")), raising=False)
    assert not cache.save(artefact.origin_of(policy), policy)
    assert [path.name for path in folder.iterdir()] == ["secret"]


def test_temporary_files_of_runs_that_died_are_pruned_after_an_hour(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    fresh, stale = folder / ".dmn-dli.1.a.tmp", folder / ".dmn-dli.2.b.tmp"
    others = folder / ".profile"
    for path, age in ((fresh, 600), (stale, 4_000), (others, 1_000_000)):
        path.write_bytes(b"half")
        then = path.stat().st_mtime - age
        os.utime(path, (then, then))
    policy = compiled()
    assert cache.save(artefact.origin_of(policy), policy)
    assert (fresh.exists(), stale.exists(), others.exists()) == (True, False, True)


def test_a_cache_that_cannot_be_written_does_no_harm(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("DMN_DLI_CACHE", str(blocked / "cache"))
    assert determination(dmn_dli.load_policy(workbook)) == "medically necessary"
    policy = compiled()
    assert not cache.save(artefact.origin_of(policy), policy)


def test_an_empty_variable_turns_the_cache_off(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DMN_DLI_CACHE", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    assert cache.cache_folder() is None
    assert determination(dmn_dli.load_policy(workbook)) == "medically necessary"
    assert not (tmp_path / "home").exists()


def test_without_the_variable_the_cache_is_the_users_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DMN_DLI_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.cache_folder() == tmp_path / "dmn-dli"
    with cache.without_cache():
        assert cache.cache_folder() is None
    assert cache.cache_folder() == tmp_path / "dmn-dli"


def test_the_oldest_artefacts_make_room(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_KEEP", 3)
    policy = compiled()
    origins = [
        Origin(artefact.origin_of(policy).workbook, *policy_digests(policy), source=str(number))
        for number in range(5)
    ]
    for origin in origins:
        assert cache.save(origin, policy)
    assert len(list(folder.glob("*.artefact"))) == 3
    assert cache.find(origins[-1]) == policy
    assert cache.find(origins[0]) is None


def policy_digests(policy: Any) -> tuple[str, str]:
    right = artefact.origin_of(policy)
    return right.sha256, right.facts_sha256
