"""What is packed into the page: the published engine, the whole program, and the tables as they are given."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from dmn_dli.page.contents import Contents, gather
from dmn_dli.page.engine.archive import archive, unpacked
from dmn_dli.page.engine.bundle import bundle
from dmn_dli.page.engine.files import DIGESTS, PACKAGE, read_engine
from dmn_dli.page.engine.program import program_files
from dmn_dli.page.engine.tables import table_files, tables_in_page
from dmn_dli.runtime.input_error import InputError
from dmn_dli.store.folder import bundled_tables
from dmn_dli.store.given import Given, workbooks_at
from tests.cli.program import run
from tests.cli.tables import write_tables
from tests.page.made import TODAY

ACME = "acme-2025-01-01.xlsx"


def _table_files(*places: Path) -> dict[str, bytes]:
    workbooks = workbooks_at([str(place) for place in places])
    return table_files(workbooks, gather(workbooks, TODAY))


def _unpack(files: Mapping[str, bytes], folder: Path) -> None:
    for name, data in unpacked(archive(files)).items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def test_what_is_packed_runs_without_what_is_installed_here(
    workbooks: tuple[Given, ...], contents: Contents, tmp_path: Path
) -> None:
    site, place = tmp_path / "site", tmp_path / "place"
    _unpack(program_files() | table_files(workbooks, contents), site)
    place.mkdir()
    start = f"import sys; sys.path.append({str(site)!r}); from dmn_dli_cli.main import run; run()"
    cache = {"DMN_DLI_CACHE": str(tmp_path / "cache")}
    cigna = str(site / "dmn_dli/workbooks/cigna-2024-05-15.xlsx")
    for arguments, stdin in (
        (["evaluate", "-", "--format", "jsonl"], b'{"service": "donor lymphocyte infusion"}'),
        (["page", cigna, "--no-engine", "--output", "page.html"], b""),
    ):
        # Isolated, and without this environment's packages.
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", start, *arguments],
            cwd=place,
            input=stdin,
            capture_output=True,
            env=cache,
        )
        assert (done.returncode, b"Error" in done.stderr) == (0, False)
        if stdin:
            assert done.stdout == run(*arguments, cwd=place, stdin=stdin).stdout
            assert not (tmp_path / "cache").exists(), "the tables were compiled anew"


def test_the_same_files_give_the_same_bytes_whenever_they_are_packed() -> None:
    assert archive({"b": b"2", "a": b"1"}) == archive({"a": b"1", "b": b"2"})
    assert unpacked(archive({"a/b": b"1"})) == {"a/b": b"1"}


def test_an_engine_that_is_missing_or_another_is_told_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is missing") as missing:
        read_engine(tmp_path)
    for remedy in ("make engine", f"npm pack {PACKAGE}", "--engine", "--no-engine"):
        assert remedy in str(missing.value)
    for name in DIGESTS:
        (tmp_path / name).write_bytes(b"another")
    with pytest.raises(InputError, match="is not the file of that name"):
        read_engine(tmp_path)


def test_a_workbook_with_errors_is_packed_with_the_others(tmp_path: Path) -> None:
    tables = write_tables(tmp_path / "tables")
    (tables / "broken-2025-01-01.xlsx").write_bytes(b"no workbook")
    files = _table_files(tables)
    assert files["dmn_dli/workbooks/broken-2025-01-01.xlsx"] == b"no workbook"
    assert sum(name.endswith(".artefact") for name in files) == 2


def test_workbooks_of_one_name_do_not_go_into_one_page(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_tables(tmp_path / name)
    with pytest.raises(InputError, match=f'Two workbooks are named "{ACME}"'):
        _table_files(tmp_path / "a", tmp_path / "b" / ACME)


def test_workbooks_of_two_dictionaries_do_not_go_into_one_page(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_tables(tmp_path / name)
    shutil.copyfile(bundled_tables() / "facts.xlsx", tmp_path / "b" / "facts.xlsx")
    other = (tmp_path / "b" / ACME).rename(tmp_path / "b" / "other-2025-01-01.xlsx")
    with pytest.raises(InputError, match="share no dictionary"):
        _table_files(tmp_path / "a" / ACME, other)


def test_a_workbook_that_is_named_alone_is_asked_though_it_is_a_draft(tmp_path: Path) -> None:
    tables = write_tables(tmp_path / "tables")
    assert tables_in_page(workbooks_at([str(tables / ACME)])).name == ACME
    assert tables_in_page(workbooks_at([str(tables)])).name == "workbooks"


def test_a_name_that_is_no_text_does_not_go_into_a_page(tmp_path: Path) -> None:
    tables = write_tables(tmp_path / "tables")
    odd = (tables / ACME).rename(tables / os.fsdecode(b"a\xff-2025-01-01.xlsx"))
    with pytest.raises(InputError, match="is no text"):
        _table_files(odd)


def test_a_name_that_looks_like_markup_does_not_hide_where_its_block_ends(
    engine_files: None,  # noqa: ARG001 - without them there is nothing to pack
    tmp_path: Path,
) -> None:
    tables = write_tables(tmp_path / "tables")
    odd = (tables / ACME).rename(tables / "<!--<script>.xlsx")
    workbooks = workbooks_at([str(odd)])
    blocks = bundle(workbooks, gather(workbooks, TODAY))
    assert json.loads(blocks["engine/settings"])["tables"].endswith("<!--<script>.xlsx")
    assert not any("<" in text for name, text in blocks.items() if name != "engine/worker")


def test_settings_are_data_and_no_script(page_file: Path) -> None:
    block = page_file.read_text("utf-8").split('id="engine/settings">')[1].split("</script>")[0]
    assert set(json.loads(block)) == {"tables", "lock"}
