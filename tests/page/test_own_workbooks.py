"""Workbooks that are dropped on the page get the command's own findings, results, copies and differences."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dmn_dli.model.finding import Kind
from dmn_dli.page.live.session import Session
from dmn_dli.report import findings, test_results
from dmn_dli.runtime.bounded_files import WORKBOOK_BYTES
from dmn_dli.store.folder import bundled_tables
from tests.cli.program import invoke
from tests.excel import broken
from tests.excel.attacks import ATTACKS
from tests.excel.build import GOOD_NAME, make_workbook, put, save
from tests.page.dropping import TODAY, ask, beside, drop, look_at

MOLINA = "molina-2025-02-12.xlsx"
MOLINA_BYTES = (bundled_tables() / MOLINA).read_bytes()
DICTIONARY = (bundled_tables() / "facts.xlsx").read_bytes()
HOSTILE_TEXT = '<img src=x onerror="alert(1)">\u202e'
ODD_NAMES = (
    "../../etc/passwd.xlsx",
    "a/b\\c.xlsx",
    "nul\0.xlsx",
    "\u202excod.xlsx",
    "x" * 5_000 + ".xlsx",
    "é" * 150 + ".xlsx",
    "..",
    "",
)


@pytest.fixture(scope="module")
def session() -> Session:
    """A session of the bundled tables; who makes it use others makes it go back."""
    return Session(bundled_tables())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder, so that the command knows files by the names by which the page does."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _by_the_command(command: str, *arguments: str) -> Any:
    return json.loads(invoke(command, "--format", "json", *arguments).stdout)


def _agreed(session: Session, folder: Path, files: dict[str, bytes]) -> str:
    """What the page shows, held to what `check` and `test` say of the same files in a folder."""
    names = beside(folder, files)
    shown: str = drop(session, folder, *files.items())["html"]
    assert session.checked is not None
    contents = session.checked.contents
    assert json.loads(findings.json_text(contents.check)) == _by_the_command(
        "check", "--today", TODAY, *names
    )
    told = [each.cases for each in contents.policies if each.cases is not None]
    with_cases = [each.file for each in told]
    assert json.loads(test_results.json_text(told)) == _by_the_command("test", *with_cases)
    return shown


def test_a_good_workbook_and_its_dictionary(session: Session, folder: Path) -> None:
    shown = _agreed(session, folder, {MOLINA: MOLINA_BYTES, "facts.xlsx": DICTIONARY})
    assert "58 of 58 cases passed" in shown


def test_bad_files_get_the_messages_of_the_command_and_hide_no_good_one(
    session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dmn_dli.excel.files._PAUSES", ())
    every = [*broken.FILES, *broken.BROKEN[len(broken.FILES) :: 12]]
    files = {f"{number}-{each.name}": each.make() for number, each in enumerate(every)}
    files |= {f"attack-{number}.xlsx": each.make() for number, each in enumerate(ATTACKS[:2])}
    good = make_workbook(broken.WITH_FACTS)
    shown = _agreed(session, folder, files | {"good.xlsx": good, "facts.xlsx": DICTIONARY})
    assert "2 of 2 cases passed" in shown
    assert [each.what for each in every if each.code.code not in shown] == []


def test_without_a_dictionary_it_is_said_that_the_page_s_own_is_used(session: Session, folder: Path) -> None:
    shown = _agreed(session, folder, {GOOD_NAME: make_workbook()})
    assert "There is no facts.xlsx" in shown
    assert "the facts of this page are used" in shown


def test_what_cannot_be_opened_is_not_offered_for_use(session: Session, folder: Path) -> None:
    offer = "Use these in this page"
    assert offer not in drop(session, folder, ("scan.png", b"\x89PNG\r\n"))["html"]
    both = drop(session, folder, ("scan.png", b"\x89PNG\r\n"), (MOLINA, MOLINA_BYTES))["html"]
    assert offer in both


def test_text_of_workbooks_stays_text(session: Session, folder: Path) -> None:
    data = put("Determination", B5=HOSTILE_TEXT, A5=HOSTILE_TEXT)
    answer = drop(session, folder, ("<img src=x onerror=alert(1)>.xlsx", data))
    views = ask(session, "check/use")["views"]
    ask(session, "check/back")
    for told in (answer["html"], ask(session, "check/difference", number=0)["html"], *_html(views)):
        assert "<img" not in told
        assert "\u202e" not in told


def _html(views: list[dict[str, str | None]]) -> list[str]:
    return [each["html"] for each in views if each["html"] is not None]


def test_files_that_were_dropped_before_are_forgotten_and_stay_in_use(folder: Path) -> None:
    session = Session(bundled_tables())
    drop(session, folder, (GOOD_NAME, make_workbook()))
    assert session.checked is not None
    before = session.checked.dropped.folder
    ask(session, "check/use")
    said = ask(session, "answers", facts={})["said"]
    drop(session, folder, (MOLINA, MOLINA_BYTES))
    assert not before.exists()
    assert ask(session, "answers", facts={})["said"] == said != ""


def test_the_annotated_copy_is_that_of_the_command(session: Session, folder: Path) -> None:
    data = put("Determination", B5="addresed")
    drop(session, folder, (GOOD_NAME, data))
    copy = ask(session, "check/copy", number=0)["downloads"][0]
    beside(folder, {GOOD_NAME: data})
    invoke("check", "--today", TODAY, "--annotate", "copies", GOOD_NAME)
    assert base64.b64decode(copy["base64"]) == (folder / "copies" / GOOD_NAME).read_bytes()
    assert copy["name"] == "acme-2025-02-12.checked.xlsx"


def test_of_what_is_no_workbook_there_is_no_copy_and_no_difference(session: Session, folder: Path) -> None:
    drop(session, folder, ("cases.csv", b"case_id,payer\n1,molina\n"))
    assert "cannot be opened" in ask(session, "check/copy", number=0)["problem"]
    assert ask(session, "check/difference", number=0) == {"html": ""}


def test_the_difference_is_to_the_page_s_own_version_of_the_payer(session: Session, folder: Path) -> None:
    book = load_workbook(bundled_tables() / MOLINA)
    book["Determination"]["A5"] = "M-NEW"
    drop(session, folder, (MOLINA, save(book)), ("facts.xlsx", DICTIONARY))
    assert "M-NEW" in ask(session, "check/difference", number=0)["html"]
    drop(session, folder, (MOLINA, MOLINA_BYTES), (GOOD_NAME, make_workbook()))
    assert "no earlier version" in ask(session, "check/difference", number=0)["html"]
    assert "very file" in ask(session, "check/difference", number=1)["html"]


def test_a_name_is_never_a_path(session: Session, folder: Path) -> None:
    files = [(name, f"no workbook {number}".encode()) for number, name in enumerate(ODD_NAMES)]
    answer = drop(session, folder, *files, (GOOD_NAME, make_workbook()))
    shown = [each["name"] for each in answer["workbooks"]]
    assert len(shown) == len(ODD_NAMES) + 1
    assert all(0 < len(each.encode()) <= 210 and not set(each) & set("/\\\0\u202e") for each in shown)
    assert not {".", ".."} & set(shown)
    assert [path for path in folder.iterdir() if path.is_file()] == []


def test_what_is_dropped_twice_is_said(session: Session, folder: Path) -> None:
    again = drop(session, folder, (GOOD_NAME, make_workbook()), (GOOD_NAME, make_workbook()))
    assert [each["name"] for each in again["workbooks"]] == [GOOD_NAME]
    assert "was given twice" in again["html"]
    other = drop(session, folder, (GOOD_NAME, make_workbook()), (GOOD_NAME, put("Scope", B1="Is it?")))
    assert [each["name"] for each in other["workbooks"]] == ["acme-2025-02-12 (2).xlsx", GOOD_NAME]
    assert "Two different files are named" in other["html"]
    assert session.checked is not None
    found = session.checked.contents.check.findings
    assert [each for each in found if each.code.kind is Kind.VERSION and each.is_error]


def test_folders_lock_files_and_what_cannot_be_read_are_told_and_left_out(
    session: Session, folder: Path
) -> None:
    files = ("~$acme.xlsx", b"user"), (GOOD_NAME, make_workbook())
    answer = drop(session, folder, *files, tables="folder", gone="unreadable")
    assert [each["name"] for each in answer["workbooks"]] == [GOOD_NAME]
    for told in ("~$acme.xlsx", '"tables" is a folder', '"gone" could not be read'):
        assert told in answer["html"]
    nothing = drop(session, folder, tables="folder")
    assert nothing["summary"] == "No workbook was looked at."
    assert "data-use" not in nothing["html"]


def test_a_file_that_is_too_large_is_refused_without_its_bytes(session: Session, folder: Path) -> None:
    place = folder / "dropped"
    place.mkdir()
    (place / "0").touch()
    files = [{"name": "huge.xlsx", "size": WORKBOOK_BYTES * 2}]
    answer = look_at(session, folder=str(place), files=files)
    assert "more than 100 million bytes" in answer["html"]


def test_dropped_workbooks_are_used_until_people_go_back(session: Session, folder: Path) -> None:
    draft = put("Policy", A9="Status", B9="draft")
    drop(session, folder, (GOOD_NAME, draft), ("broken-2025-01-01.xlsx", put("Determination", B5="=A1")))
    answer = ask(session, "check/use")
    own = ["policy/acme-2025-02-12", "policy/broken-2025-01-01"]
    anchors = [each["anchor"] for each in answer["views"]]
    assert anchors == ["overview", *own, "try", "check", "facts", "about"]
    assert {each["anchor"] for each in answer["views"] if each["html"] is None} == {"try", "check", "about"}
    assert GOOD_NAME in answer["banner"]
    assert "#policy/acme-2025-02-12" in answer["menu"]
    assert ask(session, "payers")["payers"] == ["acme"]
    ask(session, "check/back")
    assert "molina" in ask(session, "payers")["payers"]
