"""What git is to know so that it merges and compares workbooks by what they say.

Sources: gitattributes(5), "Defining a custom merge driver" and "Performing text diffs of binary files".
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from attrs import frozen

from dmn_dli.runtime.whole_files import write_whole
from dmn_dli.store.revision import git

DRIVER = "dmn-dli"
"""The driver's name in git's configuration and in `.gitattributes`."""

ATTRIBUTES = ".gitattributes"
LINE = f"*.xlsx merge={DRIVER} diff={DRIVER}"

_PATTERN, *_WANTED = LINE.split()
_NAME = "dmn-dli: workbooks by sheet, rule and heading"
_REMOVE_ATTRIBUTES = f"delete the line `{LINE}` from {ATTRIBUTES}"


@frozen
class Setting:
    """An entry of a repository's configuration."""

    name: str
    value: str


@frozen
class Installed:
    """What was done to a repository.

    attributes: the file that says which files the driver is for; added: whether the line was missing there.
    changed: the settings that were not so before. removal: the commands and words that take it all out.
    """

    attributes: Path
    added: bool
    settings: tuple[Setting, ...]
    changed: tuple[Setting, ...]
    removal: tuple[str, ...]


def install(folder: Path) -> Installed:
    """Teach the repository that holds a folder to merge and compare workbooks; twice is once.

    Raises RevisionError where git is missing or there is no working tree, OSError where a file cannot be
    read or written.
    """
    top = Path(
        git(folder, "rev-parse", "--show-toplevel").decode(errors="surrogateescape").removesuffix("\n")
    )
    attributes = top / ATTRIBUTES
    before = attributes.read_bytes() if attributes.exists() else b""
    after = with_line(before)
    settings = settings_for(program())
    changed = tuple(each for each in settings if _configured(top, each.name) != each.value)
    for each in changed:
        git(top, "config", "--local", "--replace-all", each.name, each.value)
    if after != before:  # last, so that no attribute names a driver that is not there
        write_whole(after, attributes)
    removal = (
        f"git config --local --remove-section merge.{DRIVER}",
        f"git config --local --remove-section diff.{DRIVER}",
        _REMOVE_ATTRIBUTES,
    )
    return Installed(attributes, after != before, settings, changed, removal)


def settings_for(program: str) -> tuple[Setting, ...]:
    """The settings by which git runs a program, written as a shell reads it.

    Git itself quotes the path in place of %P, and puts names without blanks in place of the other three. In a
    merge of several common ancestors these are not merged by the driver: a sheet Conflicts would become part
    of the base.
    """
    return (
        Setting(f"merge.{DRIVER}.name", _NAME),
        Setting(f"merge.{DRIVER}.driver", f"{program} merge --driver %O %A %B %P"),
        Setting(f"merge.{DRIVER}.recursive", "binary"),
        Setting(f"diff.{DRIVER}.textconv", f"{program} show"),
    )


def program() -> str:
    """This very program, as a shell runs it from any folder.

    Not `dmn-dli`: git is started by editors too, which know nothing of a virtual environment's PATH. `-P`
    keeps Python from taking modules out of the repository, where git runs it.
    """
    return f"{shlex.quote(Path(sys.executable).as_posix())} -P -m dmn_dli"


def with_line(attributes: bytes) -> bytes:
    """The attributes with our line behind all others, which stay as they are; unchanged where it holds."""
    lines = [line.split() for line in attributes.decode(errors="surrogateescape").splitlines()]
    ours = [words[1:] for words in lines if words[:1] == [_PATTERN]]
    if all(_last(ours, wanted.partition("=")[0]) == wanted for wanted in _WANTED):
        return attributes
    end = b"\r\n" if b"\r\n" in attributes else b"\n"
    gap = end if attributes and not attributes.endswith((b"\n", b"\r")) else b""
    return attributes + gap + LINE.encode() + end


def _last(lines: list[list[str]], name: str) -> str | None:
    """What the lines of our pattern say of an attribute in the end; `binary` unsets both."""
    said = None
    for words in lines:
        for word in words:
            if word == "binary" or word.lstrip("-!").partition("=")[0] == name:
                said = word
    return said


def _configured(top: Path, name: str) -> str | None:
    """What the repository's own configuration says; None where it says nothing, or several things."""
    listed = git(top, "config", "--local", "--null", "--list").decode(errors="surrogateescape")
    values = [value for key, _, value in (each.partition("\n") for each in listed.split("\0")) if key == name]
    return values[0] if len(values) == 1 else None
