"""Whatever stands in cells, files, cases and expressions: an answer or a message, soon, and no defect.

A short run with a fixed seed is part of every test run; `make slow` runs the long one. What it finds is added
to `corpus/` as a line (a JSON string), so that every later run starts from it.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, NoReturn

import pytest

import dmn_dli
from dmn_dli.feel import (
    Environment,
    FeelLimit,
    compile_expression,
    compile_unary_tests,
    infer,
    parse_expression,
    parse_unary_tests,
)
from dmn_dli.feel.errors import FeelProblem
from dmn_dli.interchange.dmn.lower import lower
from dmn_dli.runtime.errors import CaseError, TableError
from tests.bench.test_evaluate import KNOWN
from tests.cli.program import invoke
from tests.fuzz import books, feel_texts, models
from tests.fuzz.bounds import bounded
from tests.fuzz.mutations import corpus, mutated

TABLES = Path(__file__).resolve().parents[2] / "tables"
CELLS = corpus("cells")
EXPRESSIONS = corpus("expressions")
VALUES = corpus("values")
TEXTS = [*CELLS, *EXPRESSIONS, *VALUES]
PAYERS = sorted(dmn_dli.load(TABLES))
PARTS = range(20)
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")

Fuzz = Callable[[Path, Random, int], None]


def fuzz_cells(folder: Path, chance: Random, count: int) -> None:
    """`check` of tables whose cells are anything; `count` cells."""
    done = 0
    while done < count:
        sheets = books.many_cells(chance, TEXTS, rules=40)
        done += 40 * (len(sheets["Final"][2]) - 1)
        path = folder / "book.xlsx"
        path.write_bytes(books.book(sheets))
        with bounded(sheets["Final"]):
            checked = dmn_dli.check([path], today=date(2026, 1, 1))
        assert all(finding.message for finding in checked.findings)


def fuzz_workbooks(folder: Path, chance: Random, count: int) -> None:
    """`check`, and where that has no objection `evaluate`, of `count` workbooks: one half is clean."""
    path = folder / "book.xlsx"
    for number in range(count):
        sheets = books.clean_sheets(chance)
        if number % 2 == 0:
            path.write_bytes(books.book(sheets))
            with bounded(sheets):
                checked = dmn_dli.check([path], today=date(2026, 1, 1))
            assert not [each for each in checked.findings if each.is_error], sheets
            assert all(each.complete is True and each.overlap_free is True for each in checked.tables), sheets
        elif number % 4 == 1:
            spoilt = books.spoil(sheets, chance, TEXTS, chance.randint(1, 3))
            path.write_bytes(books.book(sheets))
            with bounded((sheets, spoilt)):
                checked = dmn_dli.check([path], today=date(2026, 1, 1))
        else:
            data = books.damaged(books.book(sheets), chance)
            path.write_bytes(data)
            with bounded(data.hex()):
                checked = dmn_dli.check([path], today=date(2026, 1, 1))
        if not any(each.is_error for each in checked.findings):
            _decide(path, chance)


def _decide(path: Path, chance: Random) -> None:
    case = {name: chance.choice(values) for name, values in books.FACTS.items() if chance.random() < 0.8}
    with bounded((case, path.read_bytes().hex())), suppress(CaseError, TableError):
        # What was spoilt may be the dictionary: then a value of the case may no longer be allowed.
        dmn_dli.load_policy(path).evaluate(case)


def fuzz_cases(folder: Path, chance: Random, count: int) -> None:
    """`evaluate` of `count` cases, in each format that people write by hand, to each that machines read."""
    for number in range(0, count, 500):
        cases = [_case(chance) for _ in range(min(500, count - number))]
        written = chance.choice(("jsonl", "json", "csv"))
        path = folder / f"cases.{written}"
        path.write_text(_written(cases, written), encoding="utf-8", errors="surrogatepass")
        form = chance.choice(("json", "jsonl", "csv", "text"))
        with bounded(cases):
            result = invoke(
                "evaluate",
                str(path),
                "--tables",
                str(TABLES),
                "--payer",
                chance.choice(PAYERS),
                "--format",
                form,
            )
        assert result.exit_code in (0, 2), result.output[-500:]
        if form == "json" and result.stdout:
            json.loads(result.stdout, parse_constant=_refused)


def _case(chance: Random) -> dict[str, Any]:
    case: dict[str, Any] = {key: value for key, value in KNOWN.items() if chance.random() < 0.8}
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
        key = chance.choice(sorted(KNOWN)) if chance.random() < 0.8 else mutated("age", chance, VALUES)
        case[key] = _value(chance)
    return case


def _value(chance: Random) -> Any:
    text = mutated(chance.choice(VALUES), chance, TEXTS)
    match chance.randrange(8):
        case 0:
            return chance.choice((0, -1, 10**30, 1e308, float("nan"), float("inf"), 0.1, True, False, None))
        case 1:
            return [text]
        case 2:
            return {text: 1}
    return text


def _written(cases: list[dict[str, Any]], form: str) -> str:
    if form == "json":
        return json.dumps(cases)
    if form == "jsonl":
        return "".join(json.dumps(case) + "\n" for case in cases)
    columns = list(dict.fromkeys(key for case in cases[:50] for key in case))
    lines: list[str] = []

    class Sink:
        def write(self, text: str) -> int:
            lines.append(text)
            return len(text)

    writer = csv.DictWriter(Sink(), columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(cases)
    return "".join(lines)


def _refused(constant: str) -> NoReturn:
    raise AssertionError(f"{constant} is no JSON")


def fuzz_outputs(folder: Path, chance: Random, count: int) -> None:
    """What `show`, `check` and `evaluate` print of hostile workbooks steers no terminal and no runner."""
    path = folder / "book.xlsx"
    case = folder / "case.json"
    case.write_text(json.dumps({"age": 18, "status": "gold"}), encoding="utf-8")
    for _ in range(count):
        sheets = books.clean_sheets(chance)
        spoilt = books.spoil(sheets, chance, TEXTS, chance.randint(1, 4))
        path.write_bytes(books.book(sheets))
        for command in (
            ["show", str(path)],
            ["check", str(path), "--format", chance.choice(("text", "json", "sarif", "github"))],
            [
                "evaluate",
                str(case),
                "--tables",
                str(path),
                "--format",
                chance.choice(("text", "json", "csv")),
            ],
        ):
            with bounded((command, spoilt)):
                result = invoke(*command)
            assert result.exit_code in (0, 1, 2), (command, spoilt, result.output[-500:])
            if command[-1] in ("json", "sarif"):
                if result.stdout:
                    json.loads(result.stdout, parse_constant=_refused)
            else:
                _harmless(result.output, command, spoilt)


def _harmless(printed: str, command: list[str], spoilt: object) -> None:
    steering = sorted(set(_STEERING.findall(printed)))
    assert not steering, (steering, command, spoilt)
    obeyed = [line for line in printed.splitlines() if line.lstrip().startswith(("::", "##["))]
    assert "github" in command or not obeyed, (obeyed, command, spoilt)


def fuzz_expressions(_folder: Path, chance: Random, count: int) -> None:
    """`count` FEEL texts, parsed as expression or cell, typed, compiled and run."""
    names = ["age", "status", "free text", "for", "Grade"]
    environment = Environment.workbook(
        names={name: name for name in names},
        words={"gold": "gold", "car-t": "car-t"},
        bare_dates=True,
        fold_case=True,
    )
    for _ in range(count):
        text = chance.choice(TEXTS)
        if chance.random() < 0.85:
            text = mutated(text, chance, TEXTS)
        scope = {
            "age": chance.choice((Decimal(1), None)),
            "status": "gold",
            "free text": "a" * 40 + "!",
            "Grade": None,
        }
        with bounded(text):
            try:
                if chance.random() < 0.5:
                    tree = parse_expression(text, environment).tree
                    infer(tree, {})
                    compile_expression(tree)(scope)
                else:
                    tree = parse_unary_tests(text, environment).tree
                    infer(tree, {})
                    compile_unary_tests(tree)("a" * 40 + "!", scope)
            except (FeelProblem, FeelLimit):
                continue


def fuzz_models(_folder: Path, chance: Random, count: int) -> None:
    """`count` DMN models: read, lowered to FEEL, and evaluated."""
    for _ in range(count):
        data = models.spoilt(chance, EXPRESSIONS)
        with bounded(data):
            models.run(data, chance)


def fuzz_feel(_folder: Path, chance: Random, count: int) -> None:
    """`count` FEEL texts of the grammar, spoilt, as expressions and cells."""
    for _ in range(count):
        text = feel_texts.texts(chance, 1)[0]
        with bounded(text):
            feel_texts.tried(text, cell=chance.random() < 0.3)


_KINDS: dict[Fuzz, tuple[int, int]] = {
    fuzz_cells: (720, 5_000),
    fuzz_workbooks: (24, 500),
    fuzz_cases: (500, 5_000),
    fuzz_outputs: (8, 100),
    fuzz_expressions: (2_000, 5_000),
    fuzz_feel: (500, 5_000),
    fuzz_models: (150, 5_000),
}
"""For each kind how many in the short run, and in each part of the long one."""


def test_the_models_that_are_spoilt_are_sound() -> None:
    """Else every change would be lost behind the first mistake."""
    book, other = models.sound()
    lowered = lower(book, {other.namespace: other})
    assert lowered.findings == ()
    person = {"age": Decimal(20), "unit-price": [Decimal(3)]}
    found = lowered.decide("All", {"P": person, "Ages": [Decimal(2), Decimal(5)]})
    assert isinstance(found, dict)
    assert (found["a"], found["b"], found["d"]) == (Decimal(2), Decimal(40), Decimal(3))


@pytest.mark.parametrize("fuzz", _KINDS, ids=lambda fuzz: fuzz.__name__)
def test_nothing_that_comes_in_is_a_defect(fuzz: Fuzz, tmp_path: Path) -> None:
    fuzz(tmp_path, Random(2025_02_12), _KINDS[fuzz][0])


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("fuzz", _KINDS, ids=lambda fuzz: fuzz.__name__)
def test_nothing_of_very_much_that_comes_in_is_a_defect(fuzz: Fuzz, part: int, tmp_path: Path) -> None:
    fuzz(tmp_path, Random(part), _KINDS[fuzz][1])
