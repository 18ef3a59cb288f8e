"""The pages "to add …" are tried: a copy of the program with the page's change knows the new thing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, blocks

_HIT_POLICY = """
from dmn_dli.analysis.check import analyse
from dmn_dli.excel.table import hit_policy
from dmn_dli.source.module import module_source
from tests.linking.books import fact, kernel, linked, table

assert hit_policy("Collect product") is hit_policy("C*")
rules = ["true", "-", 3], ["-", "true", 5]
made = table("Risk", "C*", ["IF a", "IF b", "THEN risk"], [None, None, "number\\ndefault: 1"], *rules)
policy = linked([fact("a", "boolean"), fact("b", "boolean")], made)
decided = kernel(policy)
assert decided.determine({"a": True, "b": True})["determination"] == 15
assert decided.determine({"a": True})["possible_determinations"] == [3, 15]
assert decided.determine({"a": False, "b": False})["determination"] == 1
assert not [each.code.code for each in analyse(policy).findings if each.is_error]
names = {}
exec(module_source(decided), names)
assert names["determine"]({"a": True, "b": True})["determination"] == 15
words = table("Risk", "C*", ["IF a", "THEN risk"], [None, None], ["true", "high"])
assert [each.code.code for each in linked([fact("a", "boolean")], words).findings if each.is_error]
"""
_BUILT_IN = """
from dmn_dli.analysis.check import analyse
from tests.linking.books import fact, kernel, linked, table

made = table("Size", "U", ["IF double(n)", "THEN size"], None, ["< 10", "small"], [">= 10", "large"])
policy = linked([fact("n", "integer", "[0..9]")], made)
assert kernel(policy).determine({"n": 5})["determination"] == "large"
assert not [each.code.code for each in analyse(policy).findings if each.is_error]
"""
_CASE_FORMAT = """
from itertools import count
from pathlib import Path
from dmn_dli.cases.files import check_case_file, read_case_file

Path("cases.tsv").write_text("case_id\\tservice\\n1\\tother\\n")
check_case_file("cases.tsv")
(case,) = read_case_file("cases.tsv", count(1))
assert (case.case_id, case.facts) == ("1", {"service": "other"})
"""
_RECORD_KEY = """
from dmn_dli.evaluate.record_fields import COLUMNS
from dmn_dli.runtime.record import no_policy_record
from dmn_dli.source.module import module_source
from dmn_dli.store.artefact import dump, parse
from tests.linking.books import fact, policy, table

columns = ["IF a", "THEN answer", "NOTE Citation", "NOTE Payer phone", "NOTE Note"]
rows = ["true", "yes", "page 1", "555-01", "Call."], ["false", "no", "page 2", "555-02", "Call."]
made = policy([fact("a", "boolean")], table("Final", "U", columns, None, *rows), payer="acme")
answer = made.evaluate({"a": True})
assert (answer.payer_phone, answer.notes) == ("555-01", ("Call.",))
assert made.evaluate({}).payer_phone is None
assert "payer_phone" in COLUMNS and no_policy_record("acme", None)["payer_phone"] is None
names = {}
exec(module_source(made.kernel), names)
assert names["determine"]({"a": False})["payer_phone"] == "555-02"
"""
_LIST_SHEET = """
from openpyxl import Workbook
from io import BytesIO
from dmn_dli.excel import read_workbook_bytes
from dmn_dli.excel.place import Place
from dmn_dli.excel.workbook import open_package
from dmn_dli.keeping.house_style import restyled
from dmn_dli.merge.reading import read_grids
from dmn_dli.report.workbook_text import workbook_text

book = Workbook()
book.active.title = "Contacts"
for row in ["what for", "who", "phone"], ["criterion 2", "A. Nurse", "555-01"]:
    book.active.append(row)
stream = BytesIO()
book.save(stream)
data = stream.getvalue()
assert not [each for each in read_workbook_bytes(data, "a.xlsx", "a.xlsx").findings if each.sheet]
styled = restyled(data, lambda: None)
assert styled.changed and not styled.left
(grid,) = read_grids(styled.data, "a.xlsx").values()
assert "criterion 2" in [key.name for key in grid.rows]
package, _ = open_package(styled.data, "a.xlsx", Place("a.xlsx"))
assert "contact: criterion 2" in workbook_text(package)
"""
_LAYOUT = """
from pathlib import Path
import dmn_dli
from tests.interchange.layouts.books import policy

data = b"when,when,then,\\nAge,Donor,Group\\n< 18,,child\\n>= 18,true,adult,seen\\n"
made = policy(Path(), data, "ages.csv", hit_policy="F")
assert made.evaluate({"age": 5}).determination == "child"
assert made.evaluate({"age": 18, "donor": True}).determination == "adult"
Path("ages.csv").write_bytes(data)
(book,) = dmn_dli.import_files("ages.csv", hit_policy="F")
assert any("seen" in guess.text for guess in book.guesses)
"""

TRIALS = {
    "add-a-hit-policy.md": (4, _HIT_POLICY),
    "add-a-record-key.md": (3, _RECORD_KEY),
    "add-a-built-in.md": (1, _BUILT_IN),
    "add-a-case-format.md": (2, _CASE_FORMAT),
    "add-a-layout.md": (2, _LAYOUT),
    "add-a-list-sheet.md": (5, _LIST_SHEET),
}
"""For each page how many source files its change may touch, and what holds once it is made."""


@pytest.mark.parametrize("name", sorted(TRIALS))
def test_the_change_of_the_page_is_all_that_it_takes(name: str, tmp_path: Path) -> None:
    most, trial = TRIALS[name]
    (block,) = blocks(ROOT / "docs" / name, "diff")
    touched = re.findall(r"^\+\+\+ b/(.+)$", block.text, re.MULTILINE)
    assert 0 < len(touched) <= most
    shutil.copytree(ROOT / "dmn_dli", tmp_path / "dmn_dli")
    # Without the ceiling git would look for the change in a repository that the folder may lie in.
    environment = os.environ | {
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}",
        "DMN_DLI_CACHE": "",
        "GIT_CEILING_DIRECTORIES": str(tmp_path.parent),
    }

    def refused(*command: str, given: str = "") -> str:
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, input=given, capture_output=True, encoding="utf-8"
        )
        return done.stderr if done.returncode else ""

    assert refused(sys.executable, "-c", trial), "the trial would pass without the change"
    assert not refused("git", "apply", "-", given=block.text)
    assert not refused(sys.executable, "-c", trial)
