"""A sheet as large as a policy prints them: 60 criteria, nested five deep, exact where facts are unknown."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.model.facts import Fact
from tests.linking.books import fact, kernel, table
from tests.linking.criteria_books import criteria, linked
from tests.properties.test_criteria import is_record
from tests.reference.policy import Oracle
from tests.reference.record import record

_FACTS: tuple[Fact, ...] = (
    *(fact(f"sign_{number}", "boolean") for number in range(8)),
    *(fact(f"grade_{number}", "integer", "0, 1, 2, 3") for number in range(4)),
    *(fact(f"status_{number}", "string", "relapsed, refractory, remission") for number in range(4)),
    *(fact(f"share_{number}", "number", "[0..100]", nullable=number == 0) for number in range(2)),
)
_TESTS = {
    "boolean": ("true", "false"),
    "integer": (">= 2", "0, 1", "3"),
    "string": ("relapsed", "not(remission)", "remission, refractory"),
    "number": ("(0..100)", "< 50", ">= 50"),
}
_MOST_UNKNOWN = 300
_CRITERIA = 60


class _Sheet:
    """Rows as they are made: groups by a plan, below them criteria that test fact after fact."""

    def __init__(self) -> None:
        self.rows: list[list[Any]] = []
        self.criteria = 0

    def group(self, identifier: str, part_of: str | None, needs: str, *, means: str | None = None) -> str:
        """A group; each third one applies for some values of a fact alone."""
        cells = ["-"] * len(_FACTS)
        if part_of and len(self.rows) % 3 == 0:
            cells[len(self.rows) % len(_FACTS)] = _TESTS[_FACTS[len(self.rows) % len(_FACTS)].type.value][0]
        self.rows.append([identifier, part_of, needs, means, *cells, f"Group {identifier}", None, "page 1"])
        return identifier

    def criterion(self, part_of: str, number: int) -> None:
        """A criterion that tests one fact."""
        at = (self.criteria * 5 + number) % len(_FACTS)
        tests = _TESTS[_FACTS[at].type.value]
        cells = ["-"] * len(_FACTS)
        cells[at] = tests[self.criteria % len(tests)]
        self.criteria += 1
        identifier = f"{part_of}.{number}"
        self.rows.append([identifier, part_of, None, None, *cells, f"Words of {identifier}", None, "page 2"])


def _sheet() -> _Sheet:
    sheet = _Sheet()
    top = sheet.group("P", None, "any", means="medically necessary")
    for letter, needs in (("a", "all"), ("b", "any")):
        second = sheet.group(f"{top}.{letter}", top, needs)
        for number, inner in ((1, "any"), (2, "none")):
            third = sheet.group(f"{second}.{number}", second, inner)
            for roman, innermost in (("i", "at least 2"), ("ii", "all" if number == 1 else "at least 2")):
                fourth = sheet.group(f"{third}.{roman}", third, innermost)
                for each in range(7):
                    sheet.criterion(fourth, each)
        for each in range(2):
            sheet.criterion(second, each + 3)
    return sheet


@cache
def _policy() -> tuple[Oracle, PolicyKernel]:
    sheet = _sheet()
    assert sheet.criteria == _CRITERIA
    final = table(
        "Final",
        "F",
        ["IF Criteria.P", "IF Criteria.P.a.2", "THEN Final", "NOTE Reason", "NOTE Citation"],
        [None, None, "medically necessary, investigational, criteria not met", None, None],
        ["true", "-", "medically necessary", None, None],
        ["-", "false", "investigational", None, "page 3"],
        ["-", "-", "criteria not met", None, None],
    )
    policy = linked(_FACTS, [criteria([each.name for each in _FACTS], *sheet.rows)], final, payer="acme")
    return Oracle(policy), kernel(policy)


def _cases(number: int) -> Iterator[dict[str, Any]]:
    oracle, _ = _policy()
    chance = random.Random(number)
    for _ in range(number):
        facts = {name: chance.choice(values) for name, values in oracle.domains.items()}
        for name in chance.sample(oracle.names, chance.randrange(9)):
            fewer = {other: value for other, value in facts.items() if other != name}
            facts = fewer if oracle.count(fewer) <= _MOST_UNKNOWN else facts
        yield facts


def _agrees(number: int) -> None:
    oracle, compiled = _policy()
    for facts in _cases(number):
        is_record(compiled.determine(facts), record(oracle, facts))


def test_sixty_criteria_five_deep_are_judged_exactly() -> None:
    _agrees(12)


@pytest.mark.slow
def test_sixty_criteria_five_deep_are_judged_exactly_at_length() -> None:
    _agrees(400)
