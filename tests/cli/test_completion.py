"""What a shell offers at the Tab key."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from cli.main import group


def offered(*words: str) -> list[str]:
    """The completions of the last of these words behind `dmn-dli`."""
    complete = ShellComplete(group, {}, "dmn-dli", "_DMN_DLI_COMPLETE")
    return [each.value for each in complete.get_completions(list(words[:-1]), words[-1])]


@pytest.mark.usefixtures("with_tables")
@pytest.mark.parametrize(
    "words", [("evaluate", "--payer", ""), ("explain", "--payer", ""), ("compare", "--payers", "")]
)
def test_payers_are_those_of_the_tables(words: tuple[str, ...]) -> None:
    assert offered(*words) == ["acme", "beta"]
    assert offered(*words[:-1], "B") == ["beta"]


def test_payers_are_those_of_the_tables_that_are_named(with_tables: Path) -> None:
    (with_tables / "other").mkdir()
    for name in ("facts.xlsx", "beta-2024-06-01.xlsx"):
        (with_tables / "other" / name).write_bytes((with_tables / "tables" / name).read_bytes())
    assert offered("evaluate", "--tables", "other", "--payer", "") == ["beta"]


def test_tables_that_cannot_be_used_offer_nothing(here: Path) -> None:
    (here / "empty").mkdir()
    assert offered("evaluate", "--tables", "empty", "--payer", "") == []


def test_determinations_codes_formats_and_commands_are_offered() -> None:
    assert offered("evaluate", "--fail-on", "not ") == ["not medically necessary", "not addressed"]
    assert offered("check", "--explain", "dt51")[:2] == ["DT510", "DT511"]
    assert offered("check", "--format", "git") == ["github", "gitlab"]
    assert offered("co") == ["compare", "compile"]
