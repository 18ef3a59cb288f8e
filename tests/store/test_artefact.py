"""Artefacts: read back as written, never trusted when damaged, never in the way."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

import dmn_dli
from dmn_dli.diagrams.build import build
from dmn_dli.diagrams.compiled import compile_policy
from dmn_dli.policy import Policy
from dmn_dli.runtime.compiled import CompiledPolicy
from dmn_dli.store import artefact
from tests.excel.broken import WITH_FACTS
from tests.excel.build import put
from tests.linking.books import fact, linked, table

CASE = {"service": "donor lymphocyte infusion"}
CONTENT_DIGEST = "12:ce923391e4580ef88bc5889bc4259a8d1156a6f749f911b53e2cf9e102b4638f"


def the_artefact(cache: Path) -> Path:
    (file,) = cache.glob(f"*{artefact.SUFFIX}")
    return file


def determination(policy: Policy) -> object:
    return policy.evaluate(CASE).determination


def fresh_python(code: str, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """A new interpreter that knows the package, and nothing else of this one."""
    root = str(Path(dmn_dli.__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env={"PYTHONPATH": root, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def compiled() -> CompiledPolicy:
    """A policy with a bit of everything."""
    facts = [
        fact("service", "string", "infusion, boost, other"),
        fact("grade", "integer", "[0..4]", nullable=True),
        fact("percent", "number"),
        fact("day", "date"),
        fact("remark", "string"),
    ]
    scope = table(
        "Scope", "U", ["IF Service", "THEN Scope"], [None, "in, out\ndefault: out"], ["infusion", "in"]
    )
    points = table("Points", "C+", ["IF Percent", "IF Grade", "THEN Points"], [None, None, "number"],
                   [">= 0.5", "-", "1"], ["-", "null", "2"])  # fmt: skip
    sum_ = table(
        "Sum", "F", ["IF percent * 2", "THEN Sum"], [None, "expression"], ["> 3", "percent + 1"], ["-", "0"]
    )
    final = table(
        "Final",
        "F",
        ["IF Scope", "IF Points", "IF Day", "IF Remark", "THEN Final", "THEN Reason", "NOTE Citation"],
        [None, None, None, None, "yes sir, no sir", None, None],
        ["in", ">= 1", "< 2025-02-12", '"odd"', "yes sir", "Because.", "I.A"],
        ["-", "-", "-", "-", "no sir", "null", "II"],
    )
    policy = linked(facts, scope, points, sum_, final, payer="acme", policy_number="A-1")
    return compile_policy(build(policy))


def test_what_was_written_is_read_back_with_its_types() -> None:
    policy = compiled()
    read = artefact.parse(artefact.dump(policy))
    assert read == policy
    assert repr(read) == repr(policy)


@pytest.mark.parametrize(
    "harm",
    [
        lambda whole: whole[:-1],
        lambda whole: whole[:10],
        lambda _: b"",
        lambda whole: whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:],
        lambda whole: whole + b"\0",
        lambda _: b"another program's file\n",
        lambda whole: whole.replace(b"artefact", b"artifact", 1),
    ],
    ids=["cut by a byte", "cut short", "empty", "a bit turned", "too long", "foreign", "of another kind"],
)
def test_a_damaged_artefact_is_made_anew(harm: object, workbook: Path, cache: Path) -> None:
    assert callable(harm)
    before = determination(dmn_dli.load_policy(workbook))
    whole = the_artefact(cache).read_bytes()
    the_artefact(cache).write_bytes(harm(whole))
    assert determination(dmn_dli.load_policy(workbook)) == before == "medically necessary"
    assert the_artefact(cache).read_bytes() == whole


def test_an_artefact_of_another_workbook_is_made_anew(workbook: Path, cache: Path) -> None:
    dmn_dli.load_policy(workbook)
    whole = the_artefact(cache).read_bytes()
    the_artefact(cache).write_bytes(artefact.dump(compiled()))
    assert determination(dmn_dli.load_policy(workbook)) == "medically necessary"
    assert the_artefact(cache).read_bytes() == whole


def test_no_workbook_is_read_where_the_artefact_is_whole(
    workbook: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dmn_dli.load_policy(workbook)
    monkeypatch.setattr("dmn_dli.store.compile.link_file", None)
    assert determination(dmn_dli.load_policy(workbook)) == "medically necessary"
    assert the_artefact(cache)


def test_a_changed_workbook_has_another_artefact(workbook: Path, cache: Path) -> None:
    dmn_dli.load_policy(workbook)
    workbook.write_bytes(put("Determination", WITH_FACTS, D5="not addressed"))
    assert determination(dmn_dli.load_policy(workbook)) == "not addressed"
    assert len(list(cache.glob("*.artefact"))) == 2


def test_a_changed_dictionary_changes_the_key() -> None:
    keys = {artefact.Origin("a.xlsx", book, facts).key for book in ("0", "1") for facts in ("0", "1")}
    keys.add(artefact.Origin("b.xlsx", "0", "0").key)
    assert len(keys) == 5


def test_processes_that_start_together_all_get_the_policy(
    workbook: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import sys, dmn_dli\n"
        f"print(dmn_dli.load_policy(sys.argv[1]).evaluate({CASE!r}).determination, end='')"
    )
    started = [fresh_python(code, str(workbook), DMN_DLI_CACHE=str(cache)) for _ in range(4)]
    answers = [process.communicate(timeout=60) for process in started]
    assert answers == [("medically necessary", "")] * 4
    dmn_dli.load_policy(workbook)  # of two that made the cache's secret at once one wins
    monkeypatch.setattr("dmn_dli.store.compile.link_file", None)
    assert determination(dmn_dli.load_policy(workbook)) == "medically necessary"


def test_two_processes_write_the_same_bytes(workbook: Path, tmp_path: Path) -> None:
    contents = set()
    for seed in ("1", "2"):
        cache = tmp_path / seed
        cache.mkdir(mode=0o700)
        (cache / "secret").write_bytes(b"s" * 32)
        (cache / "secret").chmod(0o600)
        code = "import sys, dmn_dli\ndmn_dli.load_policy(sys.argv[1])"
        process = fresh_python(code, str(workbook), DMN_DLI_CACHE=str(cache), PYTHONHASHSEED=seed)
        assert process.communicate(timeout=60) == ("", "")
        contents.add(the_artefact(cache).read_bytes())
    assert len(contents) == 1


def test_the_content_is_the_one_that_the_format_number_stands_for() -> None:
    digest = sha256(artefact.dump(compiled())).hexdigest()
    assert f"{artefact.FORMAT}:{digest}" == CONTENT_DIGEST, (
        "the artefact's content changed: raise FORMAT in dmn_dli/store/artefact.py and record the new digest"
    )
