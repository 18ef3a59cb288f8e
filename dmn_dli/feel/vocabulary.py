"""What the words of a cell mean: the names in scope, and the bare words that stand for values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from attrs import evolve, field, frozen

from dmn_dli.feel.number_tests import STARTS
from dmn_dli.feel.spellings import Spellings, spellings


@frozen(slots=False)
class Vocabulary:
    """The words that a FEEL text may use without quotes.

    names: case-folded spelling (a fact's name or label, a decision's name) to
        the canonical name that `syntax.Name` then carries. Blanks inside are
        single. The longest match wins.
    words: case-folded bare word to its value: the allowed values of a string
        column (`relapsed`, `hpc boost`, `car-t`), `yes` and `no` of a boolean
        one. The longest match wins, before names and operators, so that
        `car-t` is no subtraction. Only for unary tests and output entries.
        Of words that differ in letter case alone each stands there as it is
        written, too, and that one is meant where a text has it so.
    bare_dates: whether `2025-02-12` is a date (else it is two subtractions).
    fold_case: whether keywords and built-ins match without letter case, as
        people type them in spreadsheets (`NOT(none)`, `TRUE`); FEEL itself is
        strict.
    """

    names: Mapping[str, str] = field(factory=dict)
    words: Mapping[str, str | bool] = field(factory=dict)
    bare_dates: bool = False
    fold_case: bool = False

    @cached_property
    def name_spellings(self) -> Spellings:
        """The names, indexed for the parser."""
        return spellings(self.names, fold=True)

    def with_words(self, words: Mapping[str, str | bool], *, bare_dates: bool) -> Vocabulary:
        """The same names beside these words; the index of the names is shared."""
        found = evolve(self, words=words, bare_dates=bare_dates)
        found.__dict__["name_spellings"] = self.name_spellings
        return found

    @cached_property
    def word_spellings(self) -> Spellings:
        """The words, indexed for the parser."""
        return spellings(self.words, fold=True)

    @cached_property
    def names_numbers(self) -> bool:
        """Whether a name or a word may stand where else a number or a range is read."""
        return any(spelling[:1] in STARTS for spelling in (*self.names, *self.words))


STRICT = Vocabulary()
