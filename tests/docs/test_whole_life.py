"""The whole life of a policy, as the guide for pipelines tells it: its commands run in their order.

What the guide says of Excel in between is typed into the workbook here, for a new payer by the steps of the
clinician's guide.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from shutil import copyfile, which

import pytest
from attrs import frozen
from openpyxl import load_workbook

import dmn_dli
from tests.cli.program import environment, invoke
from tests.docs.pages import ROOT, blocks, read, rewriting
from tests.docs.test_new_payer_guide import COMMAND, STEPS, perform

pytestmark = pytest.mark.skipif(which("git") is None, reason="git is not installed")

GUIDE = ROOT / "docs" / "ci-guide.md"
START = read(GUIDE).index("## The whole life of a policy\n")
END = read(GUIDE).index("\n## `evaluate`")
BLOCKS = [block.text for block in blocks(GUIDE, "sh") if START < block.start < END]
(SHOWN,) = [block.text for block in blocks(GUIDE, "text") if START < block.start < END]

FIRST, NEXT = "tables/aurora-2026-01-01.xlsx", "tables/aurora-2027-01-01.xlsx"
SOURCE = "Aurora Medical Policy AU-12, Donor Lymphocyte Infusion, last review 10/26/2026"
EVIDENCE = "Collection report that names the donor"
CLAIMS = """\
case_id,date_of_service,_paid,service,disease_status,lymphocyte_donor,acute_gvhd_grade
c1,2026-03-01,41200.50,donor lymphocyte infusion,relapsed,original donor,1
c2,2026-03-02,38100,donor lymphocyte infusion,relapsed,original donor,2
c3,2026-03-03,900,donor lymphocyte infusion,relapsed,original donor,2
c4,2026-03-04,55000,donor lymphocyte infusion,refractory,original donor,4
"""


def _type(file: str, cells: Mapping[tuple[str, str], str | int | date]) -> None:
    book = load_workbook(file)
    for (sheet, cell), value in cells.items():
        book[sheet][cell] = value
    book.save(file)


def _fill_in() -> None:
    """All steps of the clinician's guide but the last, which puts the policy in force."""
    perform(Path(FIRST), STEPS[:-1])


def _put_in_force(file: str) -> None:
    _type(file, {("Policy", "B6"): "in force"})


def _edit_the_next_version() -> None:
    _type(
        NEXT,
        {
            ("Policy", "B9"): date(2026, 10, 26),
            ("Policy", "B10"): "November 2027",
            ("Policy", "B11"): SOURCE,
            ("Criteria", "E8"): "Acute graft-versus-host disease is absent or of grade 1 or 2",
            ("Criteria", "L8"): "0, 1, 2",
            ("Cases", "I8"): "Grade 3 is the first that is too high.",
            ("Cases", "J8"): 3,
            ("Change History", "C3"): "Criterion 3: grade 2 counts too",
            ("Change History", "D3"): SOURCE,
        },
    )


IN_EXCEL: Mapping[str, Callable[[], None]] = {
    "dmn-dli format tables": _fill_in,
    'git commit -a -m "Aurora\'s policy of 2026-01-01 is in force"': lambda: _put_in_force(FIRST),
    'git commit --no-verify -a -m "Criterion 2: what shows it"': lambda: _type(
        NEXT, {("Criteria", "I7"): EVIDENCE}
    ),
    "dmn-dli check tables": _edit_the_next_version,
    'git commit -a -m "Aurora\'s version of 2027-01-01 is in force"': lambda: _put_in_force(NEXT),
}
"""What is done in Excel before a block of commands, by its first line."""


@frozen
class Life:
    """What each command of the guide said, with its exit code; and the folder as they leave it."""

    said: tuple[tuple[str, int, str], ...]
    folder: Path

    def output(self, start: str) -> str:
        """All that the commands said that begin so."""
        return "".join(text for command, _, text in self.said if command.startswith(start))


def _run(command: str) -> tuple[str, int, str]:
    program, *words = shlex.split(command)
    if program == "dmn-dli":
        result = invoke(*words)
        return command, result.exit_code, result.output if result.exit_code else result.stdout
    assert program == "git", command
    done = subprocess.run(
        ["git", *words],  # noqa: S607
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    return command, done.returncode, done.stdout


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Life:
    """All that the guide runs, in a repository that begins with the dictionary alone."""
    folder: Path = tmp_path_factory.mktemp("life")
    (folder / "tables").mkdir()
    copyfile(ROOT / "tables" / "facts.xlsx", folder / "tables" / "facts.xlsx")
    (folder / "claims.csv").write_text(CLAIMS, encoding="utf-8")
    author = {f"GIT_{role}_NAME": "A. Nurse" for role in ("AUTHOR", "COMMITTER")}
    address = {f"GIT_{role}_EMAIL": "nurse@example.org" for role in ("AUTHOR", "COMMITTER")}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(GIT_CONFIG_GLOBAL=os.devnull, **author, **address).items():
            patch.setenv(name, value)
        patch.chdir(folder)
        said = [_run(f"git {each}") for each in ("init -b main", "add tables", "commit -m Facts")]
        for block in BLOCKS:
            first, *others = block.splitlines()
            IN_EXCEL.get(first, lambda: None)()
            said += [_run(command) for command in (first, *others)]
        said.append(_run("git diff HEAD --exit-code"))
    return Life(tuple(said), folder)


def test_the_life_begins_with_the_payer_of_the_clinicians_guide() -> None:
    assert COMMAND in "".join(BLOCKS).splitlines()
    assert STEPS[-1] == ("Policy", "B6", "in force")
    assert IN_EXCEL.keys() <= {block.splitlines()[0] for block in BLOCKS}


def test_every_command_of_the_guide_does_its_work_and_nothing_is_left_to_commit(life: Life) -> None:
    assert [each for each in life.said if each[1] != 0] == []
    assert len(life.said) > 40


def test_the_reviewers_see_the_new_payer(life: Life) -> None:
    assert life.output("dmn-dli diff main..").startswith("aurora: ADDED\n")


def test_the_guide_shows_what_the_next_version_does_to_claims(life: Life) -> None:
    """UPDATE_GOLDEN=1 writes it into the page."""
    told = life.output("dmn-dli diff main.. --cases").partition("\n\n")[0] + "\n"
    assert "2 of 4 cases" in told
    if rewriting():
        GUIDE.write_text(read(GUIDE).replace(SHOWN, told), encoding="utf-8", newline="\n")
        return
    assert told == SHOWN


def test_git_merges_the_edits_of_two_people_in_one_workbook(life: Life) -> None:
    assert "merged by sheet, rule and heading" in life.output("git merge aurora-2027-evidence")
    criteria = load_workbook(life.folder / NEXT)["Criteria"]
    assert (criteria["I7"].value, criteria["L8"].value) == (
        EVIDENCE,
        "0, 1, 2",
    )


def test_each_version_decides_the_services_of_its_days(life: Life) -> None:
    aurora = dmn_dli.load(life.folder / "tables")["aurora"]
    request = {
        "service": "donor lymphocyte infusion",
        "disease_status": "relapsed",
        "lymphocyte_donor": "original donor",
        "acute_gvhd_grade": 2,
    }
    days = ("2025-12-31", "2026-12-31", "2027-01-01")
    assert [aurora.evaluate({**request, "date_of_service": day}).determination for day in days] == [
        "no policy on file",
        "not medically necessary",
        "medically necessary",
    ]
    assert life.output("dmn-dli audit").endswith("4 lines: 4 same\n")
