"""What the words of a FEEL text mean: variables, types, bare words, the clock, foreign functions.

One environment serves workbooks and models. In a workbook names are matched
without letter case, as people type them; in a DMN model names are exact, have
types, and may hide built-in functions (DMN 1.5, sections 10.3.1.4 and 10.3.2.11).
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TypeAlias

from attrs import evolve, field, frozen

from dmn_dli.feel.foreign import ForeignFunctions
from dmn_dli.feel.item_types import ItemType
from dmn_dli.feel.number_tests import STARTS
from dmn_dli.feel.spellings import Reading, Spellings, spellings

Clock: TypeAlias = Callable[[], object]
"""Gives the moment that `now()` is: a FEEL date and time."""


@frozen(slots=False, eq=False)
class Environment:
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
    variables: names that are matched exactly, with their types. They hide
        built-in functions of the same name, and what `outer` has. `?` is the
        input of unary tests.
    types: item definitions by name, of imported models as `import.name`.
    foreign: what `external` functions may call; where it is None they are refused.
    clock: the moment that `now()` and `today()` read, as Python or FEEL has it; where it is None they are
        refused.
    outer: the environment around this one.
    """

    names: Mapping[str, str] = field(factory=dict)
    words: Mapping[str, str | bool] = field(factory=dict)
    bare_dates: bool = False
    fold_case: bool = False
    variables: Mapping[str, ItemType] = field(factory=dict)
    types: Mapping[str, ItemType] = field(factory=dict)
    foreign: ForeignFunctions | None = None
    clock: Clock | None = None
    outer: Environment | None = None

    @classmethod
    def workbook(
        cls,
        *,
        names: Mapping[str, str] | None = None,
        words: Mapping[str, str | bool] | None = None,
        bare_dates: bool = False,
        fold_case: bool = False,
    ) -> Environment:
        """The environment of a workbook's cells: spellings are folded, nothing has a type of its own."""
        return cls(names or {}, words or {}, bare_dates, fold_case)

    @classmethod
    def model(
        cls,
        variables: Mapping[str, ItemType],
        types: Mapping[str, ItemType] | None = None,
        *,
        foreign: ForeignFunctions | None = None,
        clock: Clock | None = None,
    ) -> Environment:
        """The environment of a DMN model's expressions: exact names, types, and the functions it may call."""
        return cls(variables=variables, types=types or {}, foreign=foreign or ForeignFunctions(), clock=clock)

    def bind(self, variables: Mapping[str, ItemType]) -> Environment:
        """An environment inside this one, with further variables; this one's index serves both."""
        return evolve(self, names={}, variables=variables, outer=self)

    def with_words(self, words: Mapping[str, str | bool], *, bare_dates: bool) -> Environment:
        """The same names beside these words; the index of the names is shared."""
        found = evolve(self, words=words, bare_dates=bare_dates)
        found.__dict__["name_spellings"] = self.name_spellings
        return found

    @cached_property
    def name_spellings(self) -> Spellings:
        """The folded names, indexed for the parser."""
        return spellings(self.names, fold=True)

    @cached_property
    def word_spellings(self) -> Spellings:
        """The words, indexed for the parser."""
        return spellings(self.words, fold=True)

    @cached_property
    def _scope(self) -> Scope:
        # `?` has a type here, but is no name: the grammar reads it as the input.
        named = {name: type_ for name, type_ in self.variables.items() if name != "?"}
        return Scope(fold=self.fold_case, variables=named)

    @cached_property
    def names_numbers(self) -> bool:
        """Whether a name or a word may stand where else a number or a range is read."""
        known = (*self.names, *self.words, *self.variables)
        return any(each[:1] in STARTS for each in known) or (
            self.outer is not None and self.outer.names_numbers
        )

    @cached_property
    def entry_spellings(self) -> Spellings:
        """All entries of all types of the model: what a dot may reach behind a value of an unknown type."""
        if self.outer is not None:
            return self.outer.entry_spellings
        waiting, names = [*self.types.values(), *self.variables.values()], set[str]()
        seen: set[int] = set()
        while waiting:
            type_ = waiting.pop()
            if id(type_) in seen:
                continue
            seen.add(id(type_))
            parts = [part for _, part in type_.fields or ()]
            names.update(name for name, _ in type_.fields or ())
            inner = (type_.item, type_.result, *parts, *(type_.parameters or ()))
            waiting += [part for part in inner if part is not None]
        return spellings(names, fold=False)

    def variable(self, text: str, start: int) -> Reading | None:
        """The longest variable that the text has at `start`; of two alike the inner one."""
        found = self._scope.longest(text, start) if self.variables else None
        further = self.outer.variable(text, start) if self.outer is not None else None
        return further if found is None or (further is not None and further.end > found.end) else found

    def name(self, text: str, start: int) -> Reading | None:
        """The longest of the folded names that the text has at `start`; its value is the canonical name."""
        if self.outer is not None:
            return self.outer.name(text, start)
        known = self.name_spellings.longest(text, start)
        if known is None:
            return None
        return Reading(known.end, self.names[str(known.value)], known.written)

    def type_of(self, variable: str) -> ItemType | None:
        """The type of a variable; None where it is none."""
        found = self.variables.get(variable)
        return found if found is not None or self.outer is None else self.outer.type_of(variable)

    @cached_property
    def all_variables(self) -> Mapping[str, ItemType]:
        """The variables in reach, with their types; the inner ones hide the outer ones."""
        if self.outer is None:
            return self.variables
        return ChainMap(*map(dict, self._all_scopes()))

    def _all_scopes(self) -> Iterator[Mapping[str, ItemType]]:
        yield self.variables
        if self.outer is not None:
            yield from self.outer._all_scopes()

    def hides(self, name: str) -> bool:
        """Whether a variable has the name, so that a built-in function of that name is out of reach."""
        return name in self.variables or (self.outer is not None and self.outer.hides(name))


class Scope:
    """Variables with an index that grows: what an environment, or an inner construct of a text, binds."""

    def __init__(self, *, fold: bool, variables: Mapping[str, ItemType] | None = None) -> None:
        self.types: dict[str, ItemType] = {}
        self._exact = spellings((), fold=False)
        self._folded = spellings((), fold=True) if fold else None
        for name in sorted(variables or {}, key=lambda text: (-len(text), text)):
            self.add(name, (variables or {})[name])

    def add(self, name: str, type_: ItemType) -> None:
        """Bind one more variable; a name that is bound already gets the new type."""
        self.types[name] = type_
        self._exact.add(name)
        if self._folded is not None:
            self._folded.add(name)

    def longest(self, text: str, start: int) -> Reading | None:
        """The longest of the variables that the text has at `start`; exact spelling comes first."""
        found = self._exact.longest(text, start)
        loose = self._folded.longest(text, start) if self._folded is not None else None
        return loose if found is None or (loose is not None and loose.end > found.end) else found


STRICT = Environment()
"""FEEL as the standard has it, without any variable."""
