"""Workbooks as git keeps them: the files of a folder, or one file, at a revision."""

from __future__ import annotations

import subprocess
from pathlib import Path, PurePosixPath
from shutil import which

from attrs import frozen


class RevisionError(Exception):
    """Something that git does not have, with the reason in words."""


@frozen
class Revision:
    """A commit of the repository that holds `folder`; `shown` is how the user wrote it."""

    shown: str
    commit: str
    folder: Path

    def names(self) -> tuple[str, ...]:
        """The names of the files in the folder at this commit, sorted. Raises RevisionError."""
        listed = git(self.folder, "ls-tree", "--name-only", "-z", self.commit)
        return tuple(sorted(name for name in listed.decode().split("\0") if name))

    def read(self, name: str) -> bytes | None:
        """The bytes of a file of the folder; None where the commit has none. Raises RevisionError."""
        if name not in self.names():
            return None
        return git(self.folder, "show", f"{self.commit}:./{PurePosixPath(name)}")


def revision(shown: str, folder: Path) -> Revision:
    """A revision by any name that git knows (`main`, `HEAD~2`, `v1.0`, the beginning of a commit's number).

    folder: one of the working tree, whose files are meant. Raises RevisionError.
    """
    if not folder.is_dir():
        raise RevisionError(f'There is no folder "{folder}" in the working tree.')
    found = git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{shown}^{{commit}}")
    return Revision(shown, found.decode().strip(), folder)


def git(folder: Path, *arguments: str) -> bytes:
    """What git says, asked in a folder. Raises RevisionError where it cannot do it."""
    program = which("git")
    if program is None:
        raise RevisionError("git is not installed.")
    result = subprocess.run(  # noqa: S603 - no shell, and the revision stands behind --end-of-options
        [program, *arguments], cwd=folder, capture_output=True, check=False
    )
    if result.returncode:
        reason = result.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise RevisionError(reason or f'git knows no revision "{arguments[-1].removesuffix("^{commit}")}".')
    return result.stdout
