"""What a page shows the program to say is what it says."""

from __future__ import annotations

import doctest
import json
import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import invoke
from tests.docs.pages import PAGES, ROOT, Block, blocks, read, rewriting

ANY = "…"
"""Stands for whatever comes out: in a console any characters, in JSON any text, or the rest of a list."""

_CRITERIA_SHOWN = 3

_ENVIRONMENT_KEPT = {"PATH", "DMN_DLI_CACHE", "HOME", "SYSTEMROOT", "LANG", "UPDATE_GOLDEN"}
_OUTPUT_OF = re.compile(
    r"<!-- the output of: dmn-dli (?P<line>[^>]+?) -->\n```json\n(?P<text>.*?)```", re.DOTALL
)


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that the shell sets besides steers what is said."""
    monkeypatch.chdir(ROOT)
    for name in os.environ.keys() - _ENVIRONMENT_KEPT:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NO_COLOR", "1")


def _replayed(text: str) -> str:
    """A console block with its commands run anew: `$ dmn-dli ...`, and `$ echo $?` for the exit code."""
    spoken = []
    code = 0
    for line in text.splitlines():
        if line == "$ echo $?":
            spoken.append(f"{line}\n{code}\n")
        elif line.startswith("$ dmn-dli "):
            result = invoke(*shlex.split(line)[2:])
            code = result.exit_code
            # A person sees the messages before the results.
            spoken.append(f"{line}\n{result.stderr}{result.stdout}")
        else:
            assert not line.startswith("$ "), f"only dmn-dli is run in a console block: {line}"
    return "".join(spoken)


def _shows(shown: str, true: str) -> bool:
    return re.fullmatch(re.escape(shown).replace(re.escape(ANY), ".*"), true, re.DOTALL) is not None


def _consoles() -> Iterator[Block]:
    for page in PAGES:
        yield from blocks(page, "console")


@pytest.mark.parametrize("block", list(_consoles()), ids=lambda block: block.place)
def test_a_console_shows_what_the_program_says(block: Block) -> None:
    """UPDATE_GOLDEN=1 writes the output into the page."""
    replayed = _replayed(block.text)
    if rewriting() and not _shows(block.text, replayed):
        page = read(block.page).replace(f"```console\n{block.text}```", f"```console\n{replayed}```")
        block.page.write_text(page, encoding="utf-8", newline="\n")
        return
    assert _shows(block.text, replayed), replayed


def _pages_with(language: str) -> list[Path]:
    return [page for page in PAGES if blocks(page, language)]


@pytest.mark.parametrize(
    "page",
    [page for page in _pages_with("python") if any(">>>" in each.text for each in blocks(page, "python"))],
    ids=lambda page: page.name,
)
def test_python_examples_do_what_they_show(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder of their own, since some write files; the checkout's folders are seen from there."""
    for folder in ("docs", "tables"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)
    text = "\n".join(block.text for block in blocks(page, "python"))
    examples = doctest.DocTestParser().get_doctest(text, {}, page.name, page.name, 0)
    assert examples.examples
    before = _in_plain_sight()
    assert doctest.DocTestRunner(verbose=False).run(examples).failed == 0
    assert _in_plain_sight() == before, "an example writes into the checkout"


def _in_plain_sight() -> set[str]:
    return {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}


def _differences(shown: Any, true: Any, path: str = "") -> list[str]:
    """Where the shown value is not the true one."""
    if shown == ANY and isinstance(true, str):
        return []
    if isinstance(shown, dict) and isinstance(true, dict) and list(shown) == list(true):
        return [line for key in shown for line in _differences(shown[key], true[key], f"{path}.{key}")]
    if isinstance(shown, list) and isinstance(true, list) and shown[-1:] == [ANY]:
        shown, true = shown[:-1], true[: len(shown) - 1]
    if isinstance(shown, list) and isinstance(true, list) and len(shown) == len(true):
        pairs = enumerate(zip(shown, true, strict=True))
        return [line for number, (a, b) in pairs for line in _differences(a, b, f"{path}[{number}]")]
    return [] if shown == true else [f"{path}: {shown!r} is shown, {true!r} comes out"]


def _shown_json() -> list[tuple[Path, str, str]]:
    return [
        (page, match["line"], match["text"]) for page in PAGES for match in _OUTPUT_OF.finditer(read(page))
    ]


@pytest.mark.parametrize(("page", "line", "text"), _shown_json())
def test_a_shown_record_is_the_one_that_comes_out(page: Path, line: str, text: str) -> None:
    """UPDATE_GOLDEN=1 writes the record into the page, with `…` for digests and further criteria."""
    true = json.loads(invoke(*shlex.split(line)).stdout)
    if rewriting() and _differences(json.loads(text), true):
        command = f"<!-- the output of: dmn-dli {line} -->\n```json\n"
        written = json.dumps(_without_digests(true), ensure_ascii=False, indent=2)
        changed = read(page).replace(f"{command}{text}```", f"{command}{written}\n```")
        page.write_text(changed, encoding="utf-8", newline="\n")
        return
    assert _differences(json.loads(text), true) == []


def _without_digests(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _shown(key, each) for key, each in value.items()}
    return [_without_digests(each) for each in value] if isinstance(value, list) else value


def _shown(key: str, value: Any) -> Any:
    """A value as the page shows it, without digests, and of criteria the first."""
    if key.endswith("sha256"):
        return ANY
    found = _without_digests(value)
    return [*found[:_CRITERIA_SHOWN], ANY] if key == "criteria" and len(found) > _CRITERIA_SHOWN else found


def test_consoles_python_and_records_are_shown_somewhere() -> None:
    assert len(list(_consoles())) >= 3
    assert len(_pages_with("python")) >= 1
    assert len(_shown_json()) >= 2


def test_the_example_cases_say_the_same_as_json_and_as_csv() -> None:
    said = [invoke("evaluate", f"docs/examples/cases.{form}", "--format", "json") for form in ("json", "csv")]
    assert [result.exit_code for result in said] == [0, 0]
    assert said[0].stdout == said[1].stdout
