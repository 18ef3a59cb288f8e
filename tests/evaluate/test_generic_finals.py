"""The determination of a generic workbook: the value of its final decision, a list as a whole, null too."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from dmn_dli import load_policy
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.policy import Policy
from tests.cli.program import invoke
from tests.excel.build import Rows, make_workbook
from tests.linking.books import fact, kernel, linked, table
from tests.source.modules import compiled, said_by_module

FACTS = (fact("age", "integer", "[0..120]"), fact("status", "string", "gold, silver, none"))
ROWS = (
    ["< 18", "-", "first"],
    [">= 18", "gold", "second"],
    [">= 18", "silver", "second"],
    [">= 60", "gold", "third"],
)
ORDER = "third, second, first"


def policy(hit_policy: str, *rows: list[str]) -> PolicyKernel:
    values = [None, None, ORDER] if hit_policy == "O" else None
    final = table("Grade", hit_policy, ["IF age", "IF status", "THEN Result"], values, *(rows or ROWS))
    return kernel(linked(FACTS, final))


def determined(asked: PolicyKernel, **facts: Any) -> Any:
    """The determination; the compiled module and the Python interface give the same record."""
    record = asked.determine(facts)
    assert said_by_module(compiled(asked), facts) == json.dumps(record)
    found = Policy(asked).evaluate(facts)
    assert found.determination == record["determination"]
    assert found.record() == record
    return record["determination"]


@pytest.mark.parametrize(
    ("hit_policy", "two", "nothing"),
    [
        ("C", ["second", "third"], []),
        ("R", ["second", "third"], []),
        ("O", ["third", "second"], []),
        ("C#", 2, 0),
        ("C<", "second", None),
        ("C>", "third", None),
        ("F", "second", None),
    ],
)
def test_the_determination_is_the_whole_value(hit_policy: str, two: Any, nothing: Any) -> None:
    asked = policy(hit_policy)
    assert determined(asked, age=70, status="gold") == two
    assert asked.determine({"age": 70, "status": "gold"})["possible_determinations"] == [two]
    assert determined(asked, age=30, status="none") == nothing
    assert asked.determine({"age": 30, "status": "none"})["possible_determinations"] == [nothing]
    assert type(determined(asked, age=70, status="gold")) is type(two)


def test_lists_that_may_still_come_out_are_told_whole_and_in_order() -> None:
    record = policy("C").determine({"status": "gold"})
    assert record["determination"] == "needs information"
    assert record["possible_determinations"] == [["first"], ["second"], ["second", "third"]]
    assert record["missing_facts"] == ["age"]
    assert policy("R").determine({"age": 30})["possible_determinations"] == [[], ["second"]]
    assert policy("C#").determine({"age": 30})["possible_determinations"] == [0, 1]


def test_a_record_is_its_readers_own() -> None:
    asked = policy("C")
    first = asked.determine({"age": 70, "status": "gold"})
    first["determination"].append("more")
    first["possible_determinations"][0].append("more")
    again = asked.determine({"age": 70, "status": "gold"})
    assert (again["determination"], again["possible_determinations"]) == (
        ["second", "third"],
        [["second", "third"]],
    )


def test_of_several_outputs_it_is_the_first_of_every_entry() -> None:
    headings = ["IF age", "THEN Result", "THEN More"]
    final = table(
        "Grade", "R", headings, None, [">= 18", "a", "x"], [">= 60", "a", "y"], ["< 18", "null", "z"]
    )
    asked = kernel(linked(FACTS, final))
    assert determined(asked, age=70) == ["a", "a"]
    assert determined(asked, age=3) == [None]


def test_a_list_that_an_expression_gives_is_whole_too() -> None:
    final = table("Grade", "U", ["IF age", "THEN Result"], [None, "expression"], ["-", "[age, 1]"])
    asked = kernel(linked(FACTS, final))
    assert asked.determine({"age": 7})["determination"] == [7, 1]


def test_of_many_independent_rules_the_list_is_whole_and_nothing_is_made_up() -> None:
    facts = [fact(f"f{number}", "boolean") for number in range(40)]
    headings = [*(f"IF {each.name}" for each in facts), "THEN Result"]
    rows = [["true" if column == row else "-" for column in range(40)] + [f"r{row}"] for row in range(40)]
    asked = kernel(linked(facts, table("Grade", "C", headings, None, *rows)))
    case = {each.name: int(each.name[1:]) % 3 == 0 for each in facts}
    assert asked.determine(case)["determination"] == [f"r{row}" for row in range(0, 40, 3)]
    assert asked.determine(dict.fromkeys(case, False))["determination"] == []
    del case["f7"]
    record = asked.determine(case)
    assert (record["determination"], record["missing_facts"]) == ("needs information", ["f7"])


DICTIONARY: Rows = [
    ["fact", "label", "type", "allowed values", "unit", "nullable", "question", "description"],
    ["age", "Age", "integer", "[0..120]", None, "No", "How old?", None],
    ["status", "Status", "string", '"gold", "silver", "none"', None, "No", "Which?", None],
]


def written(folder: Path, hit_policy: str, two: str, nothing: str, third: str = "third") -> Path:
    rows = [[f"R-{number}", *row] for number, row in enumerate(ROWS, 1)]
    rows[-1][-1] = third
    sheets: Mapping[str, Rows] = {
        "Policy": [["Field", "Value"], ["Final decision", "Grade"]],
        "Grade": [
            ["Grade", "Which?"],
            [hit_policy, "IF", "IF", "THEN"],
            ["Rule", "age", "status", "Result"],
            ["values", None, None, ORDER if hit_policy == "O" else None],
            *rows,
        ],
        "Cases": [
            ["case", "Age", "Status", "expect determination", "expect missing"],
            ["two", 70, "gold", two, None],
            ["nothing", 30, "none", nothing, None],
            ["open", None, "gold", "needs information", "age"],
        ],
    }
    folder.mkdir(exist_ok=True)
    (folder / "facts.xlsx").write_bytes(make_workbook({"Facts": DICTIONARY}))
    (folder / "grade.xlsx").write_bytes(make_workbook(sheets))
    return folder


@pytest.mark.parametrize(
    ("hit_policy", "two", "nothing"),
    [
        ("C", "third\nsecond", "none"),
        ("R", "second\nthird", "none"),
        ("O", "third\nsecond", "none"),
        ("C#", "2", "0"),
    ],
)
def test_a_cases_sheet_expects_it_as_it_is(hit_policy: str, two: str, nothing: str, tmp_path: Path) -> None:
    good = invoke("test", str(written(tmp_path, hit_policy, two, nothing)), "--format", "json")
    assert (good.exit_code, good.stderr) == (0, "")
    swapped = "third\nsecond" if hit_policy == "R" else "second"
    bad = invoke("test", str(written(tmp_path, hit_policy, swapped, "first")), "--format", "json")
    assert bad.exit_code == 1
    assert len([case for case in json.loads(bad.stdout)["cases"] if case["failures"]]) == 2


def test_every_command_speaks_of_lists_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    here = tmp_path
    tables = str(written(here / "tables", "R", "second\nthird", "none"))
    (here / "a.json").write_text(
        '[{"age": 70, "status": "gold"}, {"age": 30, "status": "none"}, {"status": "gold"}]'
    )
    text = invoke("evaluate", "a.json").stdout
    assert "grade: SECOND; THIRD\n" in text
    assert "grade: NONE\n" in text
    assert "Possible         first or second or second; third\n" in text
    rows = invoke("evaluate", "a.json", "--format", "csv").stdout.splitlines()
    assert ",second | third," in rows[1]
    assert '["first"]' in rows[3].replace('""', '"')
    for command in ("explain", "evaluate"):
        for form in ("text", "json"):
            assert invoke(command, "a.json", "--format", form).exit_code == 0
    assert "grade: SECOND; THIRD\n" in invoke("explain", "a.json").stdout
    assert "DT601" not in invoke("check", tables).stdout
    new = str(written(here / "new", "R", "second\nthird", "none", third="fourth"))
    assert "second; third → second; fourth" in invoke("diff", tables, new).stdout
    assert invoke("diff", tables, new, "--format", "md").exit_code == 0
    assert invoke("test", tables, "--suggest").exit_code == 0
    assert invoke("evaluate", "a.json", "--format", "fhir").exit_code == 0


def test_the_interface_gives_a_list(tmp_path: Path) -> None:
    asked = load_policy(written(tmp_path, "C", "2", "none") / "grade.xlsx")
    assert asked.evaluate({"age": 70, "status": "gold"}).determination == ["second", "third"]
    assert asked.decide("Grade", {"age": 70, "status": "gold"}) == ["second", "third"]
