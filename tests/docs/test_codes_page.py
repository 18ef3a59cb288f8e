"""The page of all codes: made from the catalogue, each code with the message of a broken workbook."""

from __future__ import annotations

import json

from dmn_dli.analysis.catalogue import CATALOGUE
from dmn_dli.model.finding import Code
from tests.docs.broken_things import Said, said_of_workbooks
from tests.docs.pages import ROOT, check_generated

PAGE = ROOT / "docs" / "codes.md"
SHIPPED_EXAMPLES = ROOT / "dmn_dli" / "report" / "examples.json"

_INTRODUCTION = """\
# The codes of all messages

Every message that a workbook can get carries a code, such as DT153. Codes are stable: a code keeps its
meaning from version to version, and a new kind of message gets a new one, so that you may search for a code,
filter by it, and link to it.

`error`: the workbook cannot be evaluated until it is mended. `warning`: it is evaluated, and you should look
(`dmn-dli check --strict` treats it as an error). `info`: something was repaired or is worth knowing.

The examples are the true messages of broken workbooks that the tests make;
[What broken input is told](bad-input.md) has more of them. This page is written by the tests, from the
program's own catalogue.

| code | severity | kind | what it is about |
|---|---|---|---|
"""


def _row(code: Code) -> str:
    link = f"[{code.code}](#{code.code.lower()})"
    return f"| {link} | {code.severity.value} | {code.kind.value} | {code.title} |\n"


def _section(code: Code, example: Said | None) -> str:
    lines = [f"## {code.code}\n", f"{code.title} ({code.severity.value}, {code.kind.value})\n"]
    lines.append(f"**What to do.** {code.remedy}\n")
    if example is not None:
        lines.append(f"For example, {example.what}:\n\n```text\n{example.text}\n```\n")
    return "\n".join(lines)


def _examples() -> dict[str, Said]:
    """For each code the first broken thing that is about it, with that one message."""
    examples: dict[str, Said] = {}
    for said in said_of_workbooks():
        for finding in said.findings:
            if finding.code is said.code:
                one = Said(said.group, said.what, said.code, (finding,))
                examples.setdefault(finding.code.code, one)
    return examples


def _page() -> str:
    examples = _examples()
    codes = [CATALOGUE[key] for key in sorted(CATALOGUE)]
    rows = "".join(_row(code) for code in codes)
    return _INTRODUCTION + rows + "\n" + "\n".join(_section(code, examples.get(code.code)) for code in codes)


def test_the_page_of_codes_is_the_catalogue() -> None:
    """UPDATE_GOLDEN=1 writes the page anew."""
    check_generated(PAGE, _page())


def test_the_program_explains_codes_by_the_examples_of_the_page() -> None:
    """UPDATE_GOLDEN=1 writes the program's examples anew."""
    shown = {}
    for code, said in sorted(_examples().items()):
        (finding,) = said.findings
        shown[code] = {"what": said.what, "place": finding.place, "message": finding.message}
    check_generated(SHIPPED_EXAMPLES, json.dumps(shown, ensure_ascii=False, indent=1) + "\n")


def test_every_code_has_an_example() -> None:
    shown = {finding.code.code for said in said_of_workbooks() for finding in said.findings}
    assert set(CATALOGUE) - shown == set()


def test_every_code_says_what_to_do() -> None:
    assert [code.code for code in CATALOGUE.values() if not code.remedy.endswith((".", "..."))] == []


def test_codes_have_one_form_and_are_listed_in_order() -> None:
    assert all(key == code.code and key[:2] == "DT" and key[2:].isdigit() for key, code in CATALOGUE.items())
    assert list(CATALOGUE) == sorted(CATALOGUE)
