"""What the words of a cell mean: the names in scope, and the bare words that stand for values."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen


@frozen
class Vocabulary:
    """The words that a FEEL text may use without quotes.

    names: case-folded spelling (a fact's name or label, a decision's name) to
        the canonical name that `syntax.Name` then carries. Blanks inside are
        single. The longest match wins.
    words: case-folded bare word to its value: the allowed values of a string
        column (`relapsed`, `hpc boost`, `car-t`), `yes` and `no` of a boolean
        one. The longest match wins, before names and operators, so that
        `car-t` is no subtraction. Only for unary tests and output entries.
    bare_dates: whether `2025-02-12` is a date (else it is two subtractions).
    fold_case: whether keywords and built-ins match without letter case, as
        people type them in spreadsheets (`NOT(none)`, `TRUE`); FEEL itself is
        strict.
    """

    names: Mapping[str, str] = field(factory=dict)
    words: Mapping[str, str | bool] = field(factory=dict)
    bare_dates: bool = False
    fold_case: bool = False


STRICT = Vocabulary()
