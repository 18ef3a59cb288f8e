"""Facts of random workbooks, each with a way to draw values that the dictionary allows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from attrs import frozen

from dmn_dli.model.facts import Fact, FactType
from tests.linking.books import fact

_FAR_DAYS = (date(1, 1, 1), date(9999, 12, 31), date(2024, 2, 29), date(2023, 1, 31), date(2000, 2, 29))
_FAR_NUMBERS = tuple(
    map(Decimal, ("1E+14", "-1E+14", "1E-14", "-1E-14", "3.33333333333333", "99.9999999999999"))
)

Value = Any
"""A fact's value as a case has it: Decimal, str, bool, date, None."""


@frozen
class Drawn:
    """A fact, and where its values lie.

    low, high: the least and greatest number or day that is allowed, None where there is none; above: whether
    the least itself is not allowed. usual: between which numbers or days values are mostly drawn.
    texts: all values where they are listed, else examples.
    """

    fact: Fact
    usual: tuple[Any, Any] = (None, None)
    low: Any = None
    high: Any = None
    above: bool = False
    texts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The fact's name."""
        return self.fact.name

    @property
    def listed(self) -> bool:
        """Whether all values are listed."""
        return self.fact.type is FactType.BOOLEAN or (bool(self.texts) and self.fact.allowed is not None)

    def admits(self, value: Value) -> bool:
        """Whether the dictionary allows a value."""
        if value is None:
            return self.fact.nullable
        if self.fact.type is FactType.BOOLEAN:
            return isinstance(value, bool)
        if self.fact.type is FactType.STRING:
            return not self.listed or value in self.texts
        if self.fact.type is FactType.INTEGER and value != value.to_integral_value():
            return False
        if self.low is not None and (value <= self.low if self.above else value < self.low):
            return False
        return self.high is None or bool(value <= self.high)

    def draw(self, chance: Random, *, far: bool = False) -> Value:
        """A value, null now and then where that is one; far: now and then also one that nobody has."""
        if self.fact.nullable and chance.random() < 0.15:
            return None
        if self.fact.type is FactType.BOOLEAN:
            return chance.random() < 0.5
        if self.fact.type is FactType.STRING:
            return chance.choice(self.texts)
        while True:
            value = self._far(chance) if far and chance.random() < 0.04 else self._near(chance)
            if self.admits(value):
                return value

    def _far(self, chance: Random) -> Value:
        return chance.choice(_FAR_DAYS if self.fact.type is FactType.DATE else _FAR_NUMBERS)

    def _near(self, chance: Random) -> Value:
        low, high = self.usual
        if self.fact.type is FactType.DATE:
            if chance.random() < 0.3 and self.low is None:
                return date(chance.choice((1900, 1970, 2000, 2023, 2024, 2100)), 1, 1) + timedelta(
                    chance.randrange(366)
                )
            return low + timedelta(chance.randrange((high - low).days + 1))
        if chance.random() < 0.15 and self.low is None:
            return Decimal(chance.choice((-1_000_000, -1_000, -10, -1, 0, 1, 1_000, 1_000_000)))
        if self.fact.type is FactType.INTEGER:
            return Decimal(chance.randint(int(low), int(high)))
        digits = chance.choice((0, 0, 1, 2, 3))
        return Decimal(round(chance.uniform(float(low), float(high)), digits)).quantize(
            Decimal(1).scaleb(-digits)
        )


def _number(name: str, usual: tuple[int | str, int | str], allowed: str = "", **where: Any) -> Drawn:
    nullable, kind = where.pop("nullable", False), where.pop("kind", "number")
    low, high = (None if where.get(each) is None else Decimal(where[each]) for each in ("low", "high"))
    return Drawn(
        fact(name, kind, allowed or None, nullable=nullable),
        (Decimal(usual[0]), Decimal(usual[1])),
        low,
        high,
        where.get("above", False),
    )


_CODES = ("J9271", "J9299", "J1100", "99213", "99214", "E11.9", "E11.65", "C50.911")
_PLANS = ("gold", "silver", "bronze")
_YEARS = (date(2023, 1, 1), date(2025, 12, 31))

FACTS: tuple[Drawn, ...] = (
    _number("weight_kg", (2, 250), "[2..250]", low=2, high=250),
    _number("height_m", ("0.4", "2.3"), "[0.4..2.3]", low="0.4", high="2.3"),
    _number("dose_mg", (1, 500), "> 0", low=0, above=True),
    _number("baseline", (1, 400), "(0..500]", low=0, high=500, above=True),
    _number("current", (0, 400), "[0..500]", low=0, high=500),
    _number("score", (-20, 60)),
    _number("level", (-20, 60)),
    _number("lab", (-5, 40), nullable=True),
    _number("age", (0, 100), "[0..120]", kind="integer", low=0, high=120),
    _number("visits", (-5, 30), kind="integer"),
    _number("cycles", (1, 6), "[1..6]", kind="integer", low=1, high=6),
    Drawn(fact("birth", "date"), (date(1940, 1, 1), date(2025, 12, 31))),
    Drawn(fact("seen", "date"), _YEARS),
    Drawn(
        fact("start", "date", "[2024-01-01..2024-12-31]"),
        (date(2024, 1, 1), date(2024, 12, 31)),
        date(2024, 1, 1),
        date(2024, 12, 31),
    ),
    Drawn(fact("stop", "date", nullable=True), _YEARS),
    Drawn(fact("urgent", "boolean")),
    Drawn(fact("consent", "boolean", nullable=True)),
    Drawn(fact("code", "string", ", ".join(_CODES)), texts=_CODES),
    Drawn(fact("plan", "string", ", ".join(_PLANS), nullable=True), texts=_PLANS),
    Drawn(
        fact("diagnosis", "string"), texts=("", "E11", "E11.9", "E1", "C50.911", "Z", "xE11", "none of it")
    ),
    Drawn(
        fact("remark", "string", nullable=True), texts=("", "refused", "was refused", "x", "a longer remark")
    ),
)
BY_NAME = {each.name: each for each in FACTS}


def of_type(facts: Iterable[Drawn], *types: str, nullable: bool | None = None) -> list[Drawn]:
    """The facts of some types, in their order."""
    return [
        each for each in facts if each.fact.type.value in types and nullable in (None, each.fact.nullable)
    ]
