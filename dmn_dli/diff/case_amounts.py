"""The column of amounts that is summed over cases: what it holds, and whether the cases have it at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from dmn_dli.cases.files import Case
from dmn_dli.cases.headed_rows import OWN
from dmn_dli.model.repair import plain_word
from dmn_dli.runtime.errors import Problem, problem
from dmn_dli.runtime.input_error import InputError
from dmn_dli.runtime.nearest import did_you_mean
from dmn_dli.runtime.scalars import is_missing, plain, reported

_AMOUNT = re.compile(r"-?[0-9]{1,31}(\.[0-9]{1,60})?")
_MOST_DIGITS = 30
_MOST_KEYS = 20
"""So many keys of cases are remembered to find the one that a misspelt name means."""


class AmountColumn:
    """The column while cases come in; name: None where nothing is summed."""

    def __init__(self, name: str | None, facts: Iterable[Collection[str]] = ()) -> None:
        """facts: the names of facts, folded. Raises InputError where the column is one, or a case's id."""
        self.name = name
        self._taken = frozenset(OWN).union(*facts)
        self._files: dict[str, bool] = {}
        self._keys: dict[str, None] = {}
        if name is not None and plain_word(name) in self._taken:
            raise InputError(f'The column "{name}" holds a fact of the cases, and no amount.')

    def of(self, file: str, case: Case) -> tuple[Decimal | None, Sequence[Problem]]:
        """A case's amount, None where it is blank; or a problem for what is no amount: nothing is guessed."""
        if self.name is None:
            return None, ()
        self._see(file, case)
        value = case.aside.get(self.name)
        text = _digits(value)
        if not text:
            return None, ()
        if not _AMOUNT.fullmatch(text):
            reason = (
                f'"{self.name}" is "{reported(text)}"; an amount is digits with a point before the cents, as '
                "in 1234.50 or -80, without currency sign or thousands separators."
            )
            return None, (problem(reason, value=value),)
        return Decimal(text), ()

    def lacking(self) -> tuple[str, ...]:
        """The files in which no case has the column. Raises InputError where none of several cases has it."""
        without = tuple(file for file, found in self._files.items() if not found)
        if without and len(without) == len(self._files):
            assert self.name is not None
            others = ", ".join(f'"{reported(key)}"' for key in self._keys)
            raise InputError(
                f'None of the cases has anything under "{self.name}", whose amounts are to be summed.'
                f"{did_you_mean(self.name, self._keys)}"
                f"{f' Besides facts they have: {others}.' if others else ''}"
            )
        return without

    def _see(self, file: str, case: Case) -> None:
        if self._files.get(file):
            return
        # Of a row that is no case at all nothing is known.
        if self.name in case.aside or case.facts:
            self._files[file] = self.name in case.aside
        if len(self._keys) < _MOST_KEYS:
            self._keys |= dict.fromkeys(key for key in case.facts if plain_word(key) not in self._taken)


def _digits(value: object) -> str:
    """A value as digits, as far as it is a number; "" where it is blank."""
    value = plain(value)
    if value is None or is_missing(value):
        return ""
    if isinstance(value, float):
        value = Decimal(repr(value))
    # What has so many digits is no amount, and not written out.
    plainly = isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) <= _MOST_DIGITS
    return f"{value:f}" if plainly else str(value).strip()
