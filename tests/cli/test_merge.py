"""`dmn-dli merge`: what it writes and says, its exit codes, and how git is told of it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from shutil import which

import pytest

import dmn_dli
from tests.cli.program import invoke
from tests.cli.tables import ACME, changed
from tests.excel.build import make_workbook

BOOK = "acme-2025-01-01.xlsx"
BASE, FACTS = f"tables/{BOOK}", "tables/facts.xlsx"
OUT = ("--output", "merged.xlsx")


@pytest.fixture
def place(with_tables: Path) -> Path:
    """Three edited versions beside the tables: two that go together with ours, and one that does not."""
    edits = {
        "ours": ("Determination", {(6, 3): ">= 3"}),
        "theirs": ("Plan notes", {(5, 3): "The plan comes first."}),
        "rival": ("Determination", {(6, 3): "> 2"}),
    }
    for name, (sheet, cells) in edits.items():
        book = changed(ACME, sheet, cells)
        if name != "theirs":
            book = changed(book, "Cases", {(4, 4): 3})
        else:
            book = changed(
                book, "Cases", {(2, 10): "The plan comes first.\nPrior authorization is required."}
            )
        (with_tables / f"{name}.xlsx").write_bytes(make_workbook(book))
    return with_tables


def test_a_clean_merge_is_exit_code_0_and_says_what_each_side_gave(place: Path) -> None:
    result = invoke("merge", BASE, "ours.xlsx", "theirs.xlsx", "--tables", "tables", *OUT)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "merged.xlsx: MERGED, AND PROVEN" in result.stdout
    for told in ("Edits of OURS (2)", "Edits of THEIRS (2)", ">= 2 → >= 3", "Against OURS", "dmn-dli check"):
        assert told in result.stdout
    assert (place / "merged.xlsx").exists()


def test_conflicts_are_exit_code_1_and_the_file_is_written(place: Path) -> None:
    result = invoke("merge", BASE, "ours.xlsx", "rival.xlsx", "--tables", "tables", *OUT)
    assert result.exit_code == 1
    assert 'Determination!C6 (cell): before ">= 2", ours (kept) ">= 3", theirs "> 2"' in result.stdout
    assert "DT178" in invoke("check", "merged.xlsx").stdout
    assert (place / "merged.xlsx").exists()


def test_errors_that_theirs_brings_along_are_exit_code_1(place: Path) -> None:
    (place / "broken.xlsx").write_bytes(make_workbook(changed(ACME, "Determination", {(6, 3): ">= 9"})))
    result = invoke("merge", BASE, "theirs.xlsx", "broken.xlsx", "--tables", "tables", *OUT)
    assert result.exit_code == 1
    assert "merged.xlsx: MERGED, WITH ERRORS OF THEIRS" in result.stdout
    assert "Wrong in THEIRS, and in the file now" in result.stdout
    result = invoke("merge", BASE, "broken.xlsx", "theirs.xlsx", "--tables", "tables", *OUT)
    assert result.exit_code == 0
    assert "merged.xlsx: MERGED; ERRORS AS BEFORE" in result.stdout


def test_git_s_own_options_take_no_others(place: Path) -> None:
    for arguments in (("--install", "--driver"), ("--install", *OUT), ("--driver", BASE, *OUT)):
        result = invoke("merge", *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "leave out the other options" in result.stderr
    assert not (place / "merged.xlsx").exists()


@pytest.mark.parametrize("files", [(FACTS, BASE, BASE), (BASE, FACTS, BASE), (BASE, BASE, FACTS)])
def test_a_dictionary_among_workbooks_is_refused(place: Path, files: tuple[str, ...]) -> None:
    result = invoke("merge", *files, *OUT)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{FACTS} is a dictionary of facts, and {BASE} is none" in result.stderr
    assert not (place / "merged.xlsx").exists()


def test_json_has_the_keys_that_others_rely_on(place: Path) -> None:
    arguments = ("merge", BASE, "ours.xlsx", "rival.xlsx", "--tables", "tables", *OUT, "--format", "json")
    document = json.loads(invoke(*arguments).stdout)
    assert document["format_version"] == 1
    assert document["conflicts"] == [
        {
            "sheet": "Determination",
            "cell": "C6",
            "kind": "cell",
            "base": ">= 2",
            "ours": ">= 3",
            "theirs": "> 2",
        }
    ]
    assert {each["side"] for each in document["merged"]} == {"ours"}
    assert document["proven"] is None
    clean = json.loads(invoke(*arguments[:3], "theirs.xlsx", *arguments[4:]).stdout)
    assert (clean["proven"], clean["clashes"], clean["against_base"]["verdict"]) == (
        True,
        [],
        "more permissive",
    )
    assert place.exists()


@pytest.mark.usefixtures("place")
def test_edits_that_do_not_go_together_are_exit_code_1_and_named() -> None:
    case = changed(
        ACME, "Cases", {(2, 4): 2, (2, 6): "investigational", (2, 8): "2: GVHD of grade 2 or more"}
    )
    Path("case.xlsx").write_bytes(make_workbook(case))
    result = invoke("merge", BASE, "ours.xlsx", "case.xlsx", "--tables", "tables", *OUT)
    assert result.exit_code == 1
    assert "EDITS THAT DO NOT GO TOGETHER" in result.stdout
    assert "OURS             Determination: D-2, GVHD grade: >= 2 → >= 3" in result.stdout
    assert Path("merged.xlsx").exists()


@pytest.mark.usefixtures("place")
def test_the_dictionary_is_that_of_the_folder_in_which_the_merged_file_is_to_lie() -> None:
    assert invoke("merge", BASE, "ours.xlsx", "theirs.xlsx", *OUT).exit_code == 0
    Path("new").mkdir()
    Path("new/facts.xlsx").write_bytes(Path(FACTS).read_bytes())
    result = invoke("merge", BASE, "ours.xlsx", "theirs.xlsx", "--output", f"new/{BOOK}")
    assert "MERGED, AND PROVEN" in result.stdout


@pytest.mark.usefixtures("place")
def test_dictionaries_are_merged_too_and_an_empty_base_is_allowed() -> None:
    Path("empty.xlsx").write_bytes(b"")
    result = invoke("merge", "empty.xlsx", FACTS, FACTS, "--output", "facts.xlsx")
    assert (result.exit_code, Path("facts.xlsx").read_bytes()) == (0, Path(FACTS).read_bytes())
    assert "on the folder" in result.stdout


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((BASE, "ours.xlsx", *OUT), "Three files"),
        ((BASE, "ours.xlsx", "theirs.xlsx"), "--output"),
        ((BASE, "ours.xlsx", "nobody.xlsx", *OUT), '"nobody.xlsx" cannot be read'),
        ((BASE, "ours.xlsx", "broken.xlsx", *OUT), "broken.xlsx: "),
        ((BASE, "empty.xlsx", "theirs.xlsx", *OUT), "empty.xlsx: "),
        ((BASE, "ours.xlsx", "tables", *OUT), '"tables" cannot be read'),
        ((BASE, FACTS, "theirs.xlsx", *OUT), "is a dictionary of facts"),
        ((BASE, "ours.xlsx", "theirs.xlsx", "--output", "ours.xlsx"), "never written over"),
        ((BASE, "ours.xlsx", "theirs.xlsx", "--output", "tables"), "no plain file"),
        ((BASE, "ours.xlsx", "theirs.xlsx", "--output", "no/where.xlsx"), "cannot be written"),
        (("--install", BASE), "takes no files"),
        (("--driver", BASE), "four arguments"),
    ],
)
def test_what_cannot_be_done_is_exit_code_2_and_nothing_is_written(
    arguments: tuple[str, ...], told: str
) -> None:
    Path("broken.xlsx").write_bytes(b"no workbook")
    Path("empty.xlsx").write_bytes(b"")
    before = {path: path.read_bytes() for path in Path().rglob("*.xlsx")}
    result = invoke("merge", *arguments)
    assert (result.exit_code, told in result.stderr) == (2, True), result.stderr
    assert {path: path.read_bytes() for path in Path().rglob("*.xlsx")} == before


@pytest.mark.usefixtures("place")
def test_a_driver_writes_over_ours_and_leaves_it_where_it_cannot_merge() -> None:
    ours = Path("ours.xlsx").read_bytes()
    Path("broken.xlsx").write_bytes(b"no workbook")
    result = invoke("merge", "--driver", BASE, "ours.xlsx", "broken.xlsx", "tables/named by git.xlsx")
    assert (result.exit_code, Path("ours.xlsx").read_bytes()) == (2, ours)
    assert "tables/named by git.xlsx: not merged" in result.stderr
    result = invoke("merge", "--driver", BASE, "ours.xlsx", "theirs.xlsx", "tables/named by git.xlsx")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "tables/named by git.xlsx: merged" in result.stderr
    assert Path("ours.xlsx").read_bytes() != ours
    result = invoke("merge", "--driver", BASE, "ours.xlsx", "rival.xlsx", "x.xlsx")
    assert (result.exit_code, "x.xlsx: 1 conflict" in result.stderr) == (1, True)


@pytest.mark.skipif(which("git") is None, reason="git is not installed")
def test_installing_says_what_was_done_and_how_to_take_it_out(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(here.parent))
    result = invoke("merge", "--install")
    assert (result.exit_code, "Nothing is installed" in result.stderr) == (2, True)
    subprocess.run(["git", "init"], check=True, capture_output=True)  # noqa: S607
    result = invoke("merge", "--install")
    assert result.exit_code == 0
    assert "To take it out:\n  git config --local --remove-section merge.dmn-dli\n" in result.stdout
    assert "has a new line" in result.stdout
    assert "says so already" in invoke("merge", "--install").stdout


@pytest.mark.usefixtures("place")
def test_in_python_the_same_comes_as_data() -> None:
    result = dmn_dli.merge(BASE, "ours.xlsx", "rival.xlsx", tables="tables")
    assert isinstance(result, dmn_dli.MergeResult)
    assert (result.sound, [each.cell for each in result.merged.conflicts]) == (False, ["C6"])
    again = dmn_dli.merge(None, BASE, BASE, at=f"tables/{BOOK}")
    assert (again.sound, again.data) == (True, Path(BASE).read_bytes())
    with pytest.raises(dmn_dli.InputError):
        dmn_dli.merge(BASE, BASE, "nobody.xlsx")
