"""A compiled module stands alone, reads well, is the same each time, and is refused where it would lie."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.runtime.errors import CaseError
from dmn_dli.source.module import NotCompilable, file_name, module_source
from tests import payers
from tests.linking.books import assuming, fact, kernel, linked, table
from tests.payers import WORKBOOKS
from tests.source.modules import compiled, said_by_module, said_by_package

GOLDEN = Path(__file__).parent / "golden" / "molina_20250212.py.txt"

WHOLE_CASE = {
    "date_of_service": "2026-03-02",
    "service": "donor lymphocyte infusion",
    "transplant_type": "allogeneic",
    "transplant_determination": "medically necessary",
    "malignancy_type": "hematologic",
    "disease_status": "relapsed",
    "lymphocyte_donor": "original donor",
    "lymphocyte_manipulation": "none",
}


def molina() -> PolicyKernel:
    return payers.kernel("molina-2025-02-12.xlsx")


def test_the_module_of_molina_is_the_reviewed_one() -> None:
    """UPDATE_GOLDEN=1 writes it anew: read it before it is committed."""
    source = module_source(molina())
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(source, encoding="utf-8", newline="\n")
    assert source == GOLDEN.read_text(encoding="utf-8")


def test_the_file_is_named_after_payer_and_date() -> None:
    assert file_name(molina()) == "molina_20250212.py"


def test_the_same_policy_gives_the_same_bytes_in_another_process() -> None:
    script = (
        "from dmn_dli.source.module import module_source\n"
        "from dmn_dli.evaluate.kernel import PolicyKernel\n"
        "from dmn_dli.store.compile import compile_linked, link_file\n"
        "from dmn_dli.store.folder import bundled_tables\n"
        "import sys\n"
        "compiled, _ = compile_linked(link_file(bundled_tables() / 'molina-2025-02-12.xlsx'))\n"
        "sys.stdout.buffer.write(module_source(PolicyKernel(compiled)).encode())\n"
    )
    root = Path(__file__).resolve().parents[2]
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(root)}
    other = subprocess.run([sys.executable, "-c", script], capture_output=True, env=environment, timeout=60)
    assert other.stdout.decode() == module_source(molina())


def test_it_runs_alone_without_the_package_and_without_site_packages(tmp_path: Path) -> None:
    path = tmp_path / file_name(molina())
    path.write_text(module_source(molina()), encoding="utf-8")
    call = f"import json\nprint(json.dumps(determine({WHOLE_CASE!r})))\n"
    path.write_text(path.read_text(encoding="utf-8") + call, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-I", "-S", str(path)], capture_output=True, cwd=tmp_path, timeout=60
    )
    assert run.stderr == b""
    assert json.loads(run.stdout) == molina().determine(WHOLE_CASE)


@pytest.mark.parametrize("name", WORKBOOKS)
def test_it_imports_the_standard_library_alone(name: str) -> None:
    imports = [
        node
        for node in ast.walk(ast.parse(module_source(payers.kernel(name))))
        if isinstance(node, ast.ImportFrom)
    ]
    assert {str(node.module).partition(".")[0] for node in imports} <= sys.stdlib_module_names


def test_all_are_clean_under_strict_typing(tmp_path: Path) -> None:
    for name in WORKBOOKS:
        path = tmp_path / file_name(payers.kernel(name))
        path.write_text(module_source(payers.kernel(name)), encoding="utf-8")
    cache_folder = Path(__file__).resolve().parents[2] / ".mypy_cache" / "compiled"
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(cache_folder), "."]
    run = subprocess.run(command, capture_output=True, cwd=tmp_path, encoding="utf-8", timeout=120)
    assert run.returncode == 0, run.stdout
    assert f"{len(WORKBOOKS)} source files" in run.stdout


@pytest.mark.parametrize("name", WORKBOOKS)
def test_every_rule_in_force_stands_in_a_docstring_with_its_cell(name: str) -> None:
    module = compiled(payers.kernel(name))
    told = "\n".join(each.__doc__ or "" for each in vars(module).values() if callable(each))
    policy = payers.kernel(name).policy
    for decision in policy.decisions:
        for identifier, rule in decision.rules.items():
            assert decision.criterion or f"{identifier} ({rule.cell})" in told
    for row in policy.criteria:
        assert f"{row.id} ({row.cell})" in told


def test_each_decision_is_a_function_of_what_its_table_reads() -> None:
    module = compiled(molina())
    infusion = "donor lymphocyte infusion"
    assert module.scope(infusion) == (("M-S1",), "addressed", ())
    assert module.scope("car-t").value == "not addressed"
    assert module.criteria_2_b_2(infusion, 50) is True
    assert module.criteria_2_b_2(infusion, 100) is False
    assert module.criteria_2_b_2("car-t", 50) is None


def test_a_date_outside_the_version_is_no_policy_on_file() -> None:
    record = compiled(molina()).determine({"date_of_service": "2025-02-11"})
    assert record == molina().determine({"date_of_service": "2025-02-11"})
    assert record["determination"] == "no policy on file"


def test_facts_that_do_not_exist_raise_the_documented_exception_with_all_problems() -> None:
    module = compiled(molina())
    with pytest.raises(module.EvaluationError, match="and 1 more") as caught:
        module.determine({"servise": "other", "disease_status": "cured"})
    assert caught.value.kind == "case"
    assert [problem["fact"] for problem in caught.value.problems] == ["servise", "disease_status"]


def test_a_clause_without_classes_is_refused_with_its_cell() -> None:
    facts = [fact("weight", "number"), fact("height", "number")]
    opaque = table("Final", "F", ["IF weight / height", "THEN Final"], None, ["> 2", "a"], ["-", "b"])
    with pytest.raises(NotCompilable, match=r"Final!B3 has no finite number of classes of height, weight"):
        module_source(kernel(linked(facts, opaque)))


def test_a_decision_is_not_named_like_what_every_module_has() -> None:
    facts = [fact("flag", "boolean")]
    first = table(
        "Evaluate", "U", ["IF flag", "THEN Evaluate"], [None, "boolean"], ["true", "true"], ["false", "false"]
    )
    final = table("Policy", "U", ["IF Evaluate", "THEN Policy"], None, ["true", "a"], ["false", "b"])
    made = kernel(linked(facts, first, final))
    assert compiled(made).determine({"flag": True}) == made.determine({"flag": True})


def test_texts_with_quotes_brackets_and_line_ends_survive_the_layout() -> None:
    text = "a \"quoted\" (word), and 'another' [one], with a \\ and {braces}, longer than one line is wide"
    facts = [fact("flag", "boolean")]
    final = table("Final", "F", ["IF flag", "THEN Final"], None, ["true", text], ["-", "line\nend"])
    made = kernel(linked(facts, final))
    module = compiled(made)
    for flag in (True, False):
        assert module.determine({"flag": flag}) == made.determine({"flag": flag})


def test_where_the_assumptions_rule_out_every_case_the_module_refuses_each() -> None:
    first = table("Scope", "F", ["IF flag", "THEN Scope"], None, ["true", "in"], ["-", "out"])
    final = table("Final", "F", ["IF Scope", "THEN Final"], None, ["in", "a"], ["-", "b"])
    made = kernel(assuming(linked([fact("flag", "boolean")], first, final), "flag", "not(flag)"))
    module = compiled(made)
    for facts in ({}, {"flag": True}):
        with pytest.raises(CaseError) as package:
            made.determine(facts)
        with pytest.raises(module.CaseError) as alone:
            module.determine(facts)
        assert alone.value.problems == package.value.problems


@pytest.mark.parametrize(
    "text",
    [
        '"""  """ """',
        "'''",
        "\"\"\" and '''",
        'ends in """\\',
        '"',
        "\\",
        '"""\nimport os\nos.abort()\n"""',
        "{name} {0!r}",
        "a\rb\u2028c",
        "\u202egnp\u202c",
        "\udcff",
    ],
    ids=ascii,
)
def test_whatever_a_workbook_is_titled_its_module_is_the_same_program(text: str) -> None:
    plain, odd = (
        kernel(
            linked(
                [fact("flag", "boolean")],
                table("Final", "F", ["IF flag", "THEN Final"], None, ["true", f"a {each}"], ["-", "b"]),
                payer="acme",
                payer_name=each,
                title=each,
            )
        )
        for each in ("plain", text)
    )
    source = module_source(odd)
    assert [type(each) for each in ast.parse(source.encode()).body] == [
        type(each) for each in ast.parse(module_source(plain)).body
    ]
    assert f"{text}: {text}" in str(ast.get_docstring(ast.parse(source), clean=False))
    module = compiled(odd)
    for flag in (True, False):
        assert said_by_module(module, {"flag": flag}) == said_by_package(odd, {"flag": flag})
