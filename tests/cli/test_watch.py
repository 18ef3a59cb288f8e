"""Checking again whenever a workbook is saved, with real saves and a real interruption."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest

from tests.cli.program import INTERRUPTIBLE, environment, invoke
from tests.cli.tables import ACME, changed
from tests.excel.build import Rows, make_workbook

NAME = "acme-2025-01-01.xlsx"
END = "=" * 100
"""What ends a report where no terminal is cleared."""

PATIENCE = 30
"""Seconds after which a report will not come any more."""


class Watch:
    """A running `dmn-dli check --watch`, and the reports that it has printed."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [*INTERRUPTIBLE, "check", "--today", "2026-01-01", "--watch", *arguments],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=environment(PYTHONUNBUFFERED="1"),
        )
        self._lines: Queue[str] = Queue()
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))

    def report(self) -> str:
        """The next report; fails where none comes."""
        lines: list[str] = []
        until = time.monotonic() + PATIENCE
        while not lines or lines[-1] != END:
            lines.append(self._lines.get(timeout=max(0.1, until - time.monotonic())))
        return "\n".join(lines[:-1])

    def is_silent(self) -> bool:
        """Whether nothing more has been printed for a while."""
        try:
            self._lines.get(timeout=1.5)
        except Empty:
            return True
        return False

    def interrupt(self) -> tuple[int, str]:
        """End it as Ctrl+C does: its exit code, and what it wrote to standard error."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=PATIENCE)
        assert self.process.stderr is not None
        return code, self.process.stderr.read()


@pytest.fixture
def watches() -> Iterator[list[Watch]]:
    started: list[Watch] = []
    yield started
    for each in started:
        if each.process.poll() is None:
            each.process.kill()
            each.process.wait()


def start(watches: list[Watch], folder: Path, *arguments: str) -> Watch:
    watches.append(Watch(folder, *arguments))
    return watches[-1]


def scope(*cells: str) -> bytes:
    """Acme's workbook with these conditions of its first table."""
    rows: dict[str, Rows] = dict(ACME)
    for row, text in enumerate(cells, 5):
        rows = changed(rows, "Scope", {(row, 2): text})
    return make_workbook(rows)


def save_as_excel_does(path: Path, data: bytes) -> None:
    """Write beside the file under another name, then put that in its place; a lock file stands by."""
    lock = path.with_name(f"~${path.name}")
    lock.write_bytes(b"A. Nurse")
    temporary = path.with_name("A1B2C3D4.tmp")
    temporary.write_bytes(data)
    path.unlink()
    time.sleep(0.5)
    temporary.replace(path)
    lock.unlink()


def test_each_save_is_checked_and_an_interruption_is_a_good_end(
    with_tables: Path, watches: list[Watch]
) -> None:
    path = with_tables / "tables" / NAME
    watch = start(watches, with_tables)
    assert "Tables proven complete: 3 of 3" in watch.report()
    save_as_excel_does(path, scope("infusion", "boost"))
    assert "error DT510 Scope!A7: No rule answers when Service is other" in watch.report()
    path.write_bytes(scope("infusion", "boost, other"))
    assert "error" not in watch.report()
    assert watch.is_silent()
    code, said = watch.interrupt()
    assert code == 0
    assert said.count("Using tables in ./tables") == 1
    assert said.count("Waiting for a workbook to be saved; Ctrl+C ends.") == 3


def test_a_file_that_is_being_written_is_waited_for(with_tables: Path, watches: list[Watch]) -> None:
    path = with_tables / "tables" / NAME
    watch = start(watches, with_tables, f"tables/{NAME}")
    watch.report()
    data = scope("infusion", "boost")
    with path.open("wb") as stream:
        for part in range(0, len(data), len(data) // 12):
            stream.write(data[part : part + len(data) // 12])
            stream.flush()
            time.sleep(0.1)
    report = watch.report()
    assert "DT510 Scope!A7" in report
    assert "DT105" not in report
    assert watch.is_silent()


def test_locks_and_other_files_cause_no_check(with_tables: Path, watches: list[Watch]) -> None:
    watch = start(watches, with_tables)
    watch.report()
    (with_tables / "tables" / f"~${NAME}").write_bytes(b"A. Nurse")
    (with_tables / "tables" / f".~lock.{NAME}#").write_bytes(b"A. Nurse")
    (with_tables / "tables" / "notes.txt").write_text("to do", encoding="utf-8")
    assert watch.is_silent()


def test_a_new_workbook_and_the_dictionary_count_too(with_tables: Path, watches: list[Watch]) -> None:
    folder = with_tables / "tables"
    watch = start(watches, with_tables, f"tables/{NAME}", "tables")
    assert "in 3 workbooks" in watch.report()
    (folder / "copy.xlsx").write_bytes((folder / NAME).read_bytes())
    assert "DT502" in watch.report()
    (folder / "facts.xlsx").write_bytes(b"")
    assert "DT101" in watch.report()


def test_a_deleted_workbook_is_told_and_the_watch_goes_on(with_tables: Path, watches: list[Watch]) -> None:
    path = with_tables / "tables" / NAME
    watch = start(watches, with_tables, f"tables/{NAME}")
    watch.report()
    path.unlink()
    assert watch.report() == ""
    path.write_bytes(scope("infusion", "boost"))
    assert "DT510" in watch.report()
    assert f"{NAME}" in watch.interrupt()[1]


def test_copies_are_renewed_with_each_save(with_tables: Path, watches: list[Watch]) -> None:
    watch = start(watches, with_tables, "--annotate", "out")
    watch.report()
    copy = with_tables / "out" / NAME
    before = copy.read_bytes()
    (with_tables / "tables" / NAME).write_bytes(scope("infusion", "boost"))
    watch.report()
    assert copy.read_bytes() != before
    assert sorted(each.name for each in (with_tables / "out").iterdir()) == [
        NAME,
        "beta-2024-06-01.xlsx",
        "facts.xlsx",
    ]


@pytest.mark.usefixtures("with_tables")
@pytest.mark.parametrize("options", [("--format", "json"), ("--output", "out.txt")])
def test_a_watch_is_for_people(options: tuple[str, ...]) -> None:
    assert invoke("check", "--watch", *options).exit_code == 2


@pytest.mark.usefixtures("here")
def test_a_watch_without_workbooks_ends_at_once() -> None:
    assert invoke("check", "--watch").exit_code == 2
