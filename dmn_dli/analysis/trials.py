"""Trials: whether the tables as they stand show what diagrams with free variables say may happen.

A clause that cannot be traced to single facts is a variable of its own in the diagrams, and their cases
combine it with facts as if the two had nothing to do with each other: `x` 1, `y` 6, and `x > y` true. So
cases are made up of the facts alone, and the tables are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import chain, pairwise, repeat
from random import Random
from typing import Any

from dmn_dli.analysis.words import plain_fact
from dmn_dli.diagrams.build import PolicyDiagrams
from dmn_dli.diagrams.variables import DerivedVariable, FactVariable
from dmn_dli.feel import DateValue, FeelType, compile_expression
from dmn_dli.feel.python_dates import FIRST_DATE, LAST_DATE
from dmn_dli.model.facts import FactType
from dmn_dli.tables.firing import Firer
from dmn_dli.tables.limits import placed
from dmn_dli.tables.linked import LinkedTable
from dmn_dli.tables.orders import SOME_DATE

Path = Mapping[int, int]
"""A case of a diagram: variable to atom (0-based), as far as variables count."""

TRIES = 300
"""How many cases are made up for one question."""

WORK = 400_000
"""How many tests of cells all questions about the same tables may ask together."""

_TEXTS = ("any other text", "", "~", "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~")
_NEAR_TEXTS = ("{0}~", "~{0}", "{0}~~~~~~~~", "{0} {0}")
_NUMBERS = tuple(map(Decimal, (0, 1, -1, 1_000, -1_000, 1_000_000, -1_000_000)))
_DAYS = (0, 1, -1, 366, -366)


class Trials:
    """Made-up cases of tables some of whose columns cannot be traced to single facts."""

    def __init__(
        self, diagrams: PolicyDiagrams, asked: Sequence[LinkedTable], free: Sequence[DerivedVariable]
    ) -> None:
        """asked: the tables that are to show something; free: the variables that no fact settles for them."""
        policy = diagrams.policy
        self._asked = [table.name for table in asked]
        self._firer = Firer(policy)
        self._assumptions = [
            placed(each.tree, compile_expression(each.tree), each.cell) for each in policy.assumptions
        ]
        assumed = frozenset[str]().union(*[each.names for each in policy.assumptions])
        reads = frozenset[str]().union(*[table.reads for table in asked])
        read = policy.facts_read(reads | assumed)
        self._facts = [each for each in diagrams.facts if each.fact.name in read]
        decisions = [name for name in reads if name in policy.decision_names]
        self._behind = policy.facts_read(frozenset(decisions).union(*[each.reads for each in free]))
        variables: list[FactVariable | DerivedVariable] = [*diagrams.facts, *diagrams.derived]
        self._domains = [each.domain for each in variables]
        required = frozenset[str]().union(*[policy.requires(name) for name in self._asked])
        tables = [policy.by_name[name] for name in required]
        self._cost = 1 + sum(len(column.tests) for each in tables for column in each.columns)
        self._work = WORK
        self._values: dict[tuple[int, int], list[object]] = {}

    def real(
        self, first: Sequence[Path], another: Callable[[Random], Path], shows: Callable[..., bool]
    ) -> dict[str, Any] | None:
        """The facts of a case that shows something; None where none was found.

        first: paths to try before others, which `another` draws. shows: takes a `Firing` of each table.
        """
        chance = Random(0)  # noqa: S311 - the same cases each time
        draws: Iterator[tuple[Path, Random | None]] = chain(
            ((path, None) for path in first),
            ((another(chance), chance) for _ in repeat(None, TRIES)),
        )
        for path, drawn in draws:
            self._work -= self._cost
            if self._work < 0:
                return None
            case = {each.fact.name: self._value(each, path, drawn) for each in self._facts}
            if any(holds(case) is False for holds in self._assumptions):
                continue
            fired = [self._firer.fire(name, case) for name in self._asked]
            if None not in fired and shows(*fired):
                return {
                    each.fact.name: plain_fact(case[each.fact.name])
                    for each in self._facts
                    if each.number in path or each.fact.name in self._behind
                }
        return None

    def _value(self, variable: FactVariable, path: Path, chance: Random | None) -> object:
        """A value of the atom that a path says, else of any; drawn by chance, or the first there is."""
        atoms = variable.domain.atoms
        atom = path.get(variable.number, 0 if chance is None else chance.randrange(len(atoms)))
        if variable.domain.whole:
            return atoms[atom].representative
        key = variable.number, atom
        if key not in self._values:
            self._values[key] = [*dict.fromkeys(self._of_atom(variable, atom))]
        values = self._values[key]
        return values[0] if chance is None else chance.choice(values)

    def _of_atom(self, variable: FactVariable, number: int) -> Iterator[object]:
        """Values of an atom, few but various: what cells cannot part, a clause over several facts may."""
        atom = variable.domain.atoms[number]
        if atom.texts is not None:
            sample = atom.texts.sample
            near = (form.format(sample) for form in _NEAR_TEXTS)
            tried = (sample, *near, *_TEXTS)
            yield from (text for text in tried if variable.domain.locate(text) == number)
            return
        if atom.any_other:
            yield from (text for text in _TEXTS if text not in variable.domain.by_value)
            return
        yield atom.representative
        if not atom.single:
            whole = variable.fact.type is FactType.INTEGER
            for value in self._days if isinstance(atom.representative, DateValue) else self._numbers:
                above = atom.low is None or value > atom.low
                below = atom.high is None or value < atom.high
                if above and below and not (whole and value != value.to_integral_value()):
                    yield value

    @cached_property
    def _numbers(self) -> list[Any]:
        cuts = sorted({cut for each in self._domains if each.type is FeelType.NUMBER for cut in each.cuts})
        points = {*cuts, *[(low + high) / 2 for low, high in pairwise(cuts)]}
        near = {base + step for base in (*cuts, *_NUMBERS) for step in (0, 1, -1)}
        return sorted(near | {point * factor for point in points for factor in (1, 2, Decimal("0.5"), -1)})

    @cached_property
    def _days(self) -> list[Any]:
        cuts = {cut.day for each in self._domains if each.type is FeelType.DATE for cut in each.cuts}
        days = {base + step for base in (*cuts, SOME_DATE.day) for step in _DAYS}
        return [DateValue(day) for day in sorted(days) if FIRST_DATE.day <= day <= LAST_DATE.day]
