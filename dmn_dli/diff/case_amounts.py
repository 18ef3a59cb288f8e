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
_MOST_KEYS = 1_000
"""So many keys of cases are remembered to find the one that a misspelt name means."""


class AmountColumn:
    """The column while cases come in; name: None where nothing is summed."""

    def __init__(self, name: str | None) -> None:
        self.name = name
        self.files: dict[str, bool] = {}
        self.keys: dict[str, None] = {}

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
        without = tuple(file for file, found in self.files.items() if not found)
        if without and len(without) == len(self.files):
            assert self.name is not None
            raise InputError(
                f'None of the cases has anything under "{self.name}", whose amounts are to be summed.'
                f"{did_you_mean(self.name, self.keys)}"
            )
        return without

    def _see(self, file: str, case: Case) -> None:
        if self.files.get(file):
            return
        # Of a row that is no case at all nothing is known.
        if self.name in case.aside or case.facts:
            self.files[file] = self.name in case.aside
        if len(self.keys) < _MOST_KEYS:
            self.keys |= dict.fromkeys(case.facts)


def refuse_fact(column: str, names: Iterable[Collection[str]]) -> None:
    """Raise InputError where a column of amounts is a fact, or a case's id or payer; names: of the facts."""
    word = plain_word(column)
    if word in OWN or any(word in each for each in names):
        raise InputError(f'The column "{column}" holds a fact of the cases, and no amount.')


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
