"""What git is told about workbooks: every other line and setting stays, and twice is once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest

from dmn_dli.merge.git_setup import LINE, install, settings_for, with_line
from dmn_dli.store.revision import RevisionError

needs_git = pytest.mark.skipif(which("git") is None, reason="git is not installed")


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)  # noqa: S607
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "a repository"
    (folder / "tables").mkdir(parents=True)
    _git(folder, "init", "--initial-branch=main")
    return folder


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"{LINE}\n"),
        ("*.png binary\n", f"*.png binary\n{LINE}\n"),
        ("*.png binary", f"*.png binary\n{LINE}\n"),
        ("*.png binary\r\n", f"*.png binary\r\n{LINE}\r\n"),
        ("*.xlsx diff=dmn-dli\n", f"*.xlsx diff=dmn-dli\n{LINE}\n"),
        (f"{LINE}\n*.xlsx binary\n", f"{LINE}\n*.xlsx binary\n{LINE}\n"),
        (f"{LINE}\n*.xlsx -merge\n", f"{LINE}\n*.xlsx -merge\n{LINE}\n"),
        ("caf\udce9.txt text\n", f"caf\udce9.txt text\n{LINE}\n"),
    ],
)
def test_a_line_is_added_behind_all_others(before: str, after: str) -> None:
    encoded = before.encode(errors="surrogateescape")
    assert with_line(encoded) == after.encode(errors="surrogateescape")
    assert with_line(with_line(encoded)) == with_line(encoded)


@pytest.mark.parametrize(
    "held",
    [f"{LINE}\n", f"{LINE} -text", "*.xlsx merge=dmn-dli\n*.xlsx diff=dmn-dli\n", f"*.xlsx binary\n{LINE}\n"],
)
def test_where_it_holds_already_nothing_changes(held: str) -> None:
    assert with_line(held.encode()) == held.encode()


@needs_git
def test_installing_twice_is_installing_once(repository: Path) -> None:
    _git(repository, "config", "user.name", "A. Nurse")
    first = install(repository / "tables")
    config, attributes = (
        (repository / ".git/config").read_bytes(),
        (repository / ".gitattributes").read_bytes(),
    )
    second = install(repository)
    assert first.added
    assert first.changed == first.settings
    assert (second.added, second.changed) == (False, ())
    assert (repository / ".git/config").read_bytes() == config
    assert (repository / ".gitattributes").read_bytes() == attributes
    assert _git(repository, "config", "user.name") == "A. Nurse\n"


@needs_git
def test_a_driver_of_another_place_is_replaced_whole(repository: Path) -> None:
    for old in ("old merge %A", "older merge %A"):
        _git(repository, "config", "--add", "merge.dmn-dli.driver", old)
    changed = {each.name for each in install(repository).changed}
    assert "merge.dmn-dli.driver" in changed
    assert _git(repository, "config", "--get-all", "merge.dmn-dli.driver").count("\n") == 1


@needs_git
def test_the_way_out_takes_everything_out(repository: Path) -> None:
    before = (repository / ".git/config").read_text()
    removal = install(repository).removal
    for command in removal:
        if command.startswith("git "):
            _git(repository, *command.split()[1:])
    assert (repository / ".git/config").read_text() == before
    assert LINE in removal[-1]


@needs_git
def test_git_runs_this_very_program_from_any_path(monkeypatch: pytest.MonkeyPatch, repository: Path) -> None:
    monkeypatch.setattr(sys, "executable", "/opt/our tools/python")
    install(repository)
    driver = _git(repository, "config", "merge.dmn-dli.driver").rstrip("\n")
    assert driver == "'/opt/our tools/python' -P -m dmn_dli merge --driver %O %A %B %P"
    assert _git(repository, "config", "diff.dmn-dli.textconv").rstrip("\n").endswith("dmn_dli show")


@needs_git
def test_outside_of_a_working_tree_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(RevisionError):
        install(tmp_path)
    _git(tmp_path, "init", "--bare", "bare")
    with pytest.raises(RevisionError):
        install(tmp_path / "bare")
    assert [path.name for path in tmp_path.iterdir()] == ["bare"]


def test_without_git_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RevisionError, match="git is not installed"):
        install(tmp_path)


def test_a_recursive_merge_leaves_the_bases_alone() -> None:
    assert ("merge.dmn-dli.recursive", "binary") in [(each.name, each.value) for each in settings_for("x")]
