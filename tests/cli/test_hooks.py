"""The hooks that other repositories install run this program."""

from __future__ import annotations

import re

import pytest

from tests.cli.program import ROOT, invoke

HOOKS = {
    match["id"]: match
    for match in re.finditer(
        r"^- id: (?P<id>\S+)\n(?:  (?!entry|files).*\n)*  entry: dmn-dli (?P<entry>.+)\n"
        r"(?:  (?!files).*\n)*  files: (?P<files>\S+)\n",
        (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
}


def test_there_is_a_hook_to_check_one_to_test_and_one_for_the_form() -> None:
    assert list(HOOKS) == ["dmn-dli-check", "dmn-dli-test", "dmn-dli-format"]


@pytest.mark.usefixtures("with_tables")
@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_is_a_command_that_passes_on_good_tables(hook: str) -> None:
    entry = HOOKS[hook]["entry"].split()
    assert invoke("format").exit_code == 0
    assert invoke(*entry).exit_code == 0
    assert invoke(*entry, "tables").exit_code == 0


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_is_for_workbooks(hook: str) -> None:
    files = HOOKS[hook]["files"]
    assert re.search(files, "tables/facts.xlsx")
    assert not re.search(files, "README.md")
