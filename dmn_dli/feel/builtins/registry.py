"""How a built-in function is declared, and how a call finds the overload that its arguments fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import DecimalException

from attrs import frozen

from dmn_dli.feel.budget import charge, charge_for, made
from dmn_dli.feel.reasons import Verbatim, gathering, note, times_noted
from dmn_dli.feel.value_types import FeelType, type_of

_DURATION = frozenset({FeelType.DAYS_DURATION, FeelType.YEARS_DURATION})
_TYPES: dict[str, frozenset[FeelType]] = {
    **{kind.value: frozenset({kind}) for kind in FeelType},
    "duration": _DURATION,
    "Any": frozenset(FeelType),
}


@frozen
class Formal:
    """A formal parameter of a built-in: its name as named arguments use it, and the types it takes."""

    name: str
    types: frozenset[FeelType]
    optional: bool
    variadic: bool

    def fit(self, argument: object) -> tuple[object] | None:
        """The argument, after the implicit conversions of section 10.3.2.9; None where it does not fit.

        A list of one item stands for the item where no list is due, and a
        value for the list of it where one is. Null fits what is optional.
        """
        kind = type_of(argument)
        if kind in self.types or (self.optional and argument is None):
            return (argument,)
        if FeelType.LIST in self.types:
            return None if argument is None else ([argument],)
        if type(argument) is list and len(argument) == 1 and type_of(argument[0]) in self.types:
            return (argument[0],)
        return None


@frozen
class Overload:
    """One way of calling a built-in."""

    formals: tuple[Formal, ...]
    result: FeelType
    body: Callable[..., object]

    @property
    def variadic(self) -> bool:
        """Whether the last parameter takes all further arguments."""
        return bool(self.formals) and self.formals[-1].variadic

    def admits(self, count: int) -> bool:
        """Whether it takes that many arguments."""
        required = sum(1 for formal in self.formals if not formal.optional)
        return required <= count and (self.variadic or count <= len(self.formals))

    def formal(self, position: int) -> Formal:
        """The parameter of the argument at that position, 0-based."""
        return self.formals[min(position, len(self.formals) - 1)]

    def placed(self, arguments: Mapping[str, object]) -> tuple[object, ...] | None:
        """Arguments given by name in their places; None where the names are not this overload's."""
        names = [formal.name for formal in self.formals]
        required = {formal.name for formal in self.formals if not formal.optional}
        if not required <= arguments.keys() <= set(names):
            return None
        last = max((names.index(name) for name in arguments), default=-1)
        return tuple(arguments.get(name) for name in names[: last + 1])

    def value(self, name: str, fitted: list[object]) -> object:
        """The body's value; null where it fails on these arguments. Raises FeelLimit beyond the budget.

        name: the built-in's, for the reason of a null; where the body notes one itself, that is enough.
        """
        charge()
        for argument in fitted:
            charge_for(argument)
        before = times_noted()
        try:
            found = self.body(*fitted)
        except (ValueError, OverflowError, DecimalException):
            found = None
        if found is None:
            if gathering() and times_noted() == before:
                note(f"`{{}}` has no value for {_list_of(['{}'] * len(fitted))}", Verbatim(name), *fitted)
            return None
        return made(found)

    def fit(self, arguments: tuple[object, ...]) -> list[object] | None:
        """The arguments as the body takes them, or None where they do not fit."""
        if not self.admits(len(arguments)):
            return None
        fitted = []
        for position, argument in enumerate(arguments):
            one = self.formal(position).fit(argument)
            if one is None:
                return None
            fitted.append(one[0])
        return fitted

    def misfit(self, arguments: tuple[object, ...]) -> int:
        """The place of the first argument that does not fit."""
        return next(place for place, each in enumerate(arguments) if self.formal(place).fit(each) is None)


@frozen
class Builtin:
    """A built-in function with all its overloads, tried in their order."""

    name: str
    overloads: tuple[Overload, ...]

    def __call__(self, *arguments: object) -> object:
        """The value; null where the arguments fit no overload or the function has no value for them."""
        for overload in self.overloads:
            fitted = overload.fit(arguments)
            if fitted is not None:
                return overload.value(self.name, fitted)
        if gathering():
            self._note_misfit(self.overloads, arguments)
        return None

    def call_named(self, arguments: Mapping[str, object]) -> object:
        """As a call with the arguments in their parameters' places; null where no overload has such names."""
        named: list[tuple[Overload, tuple[object, ...]]] = []
        for overload in self.overloads:
            placed = overload.placed(arguments)
            if placed is None:
                continue
            named.append((overload, placed))
            fitted = overload.fit(placed)
            if fitted is not None:
                return overload.value(self.name, fitted)
        if gathering():
            if named:
                self._note_misfit([each for each, placed in named if placed == named[0][1]], named[0][1])
            else:
                note(f"`{self.name}` has no parameters of these names: {', '.join(arguments)}")
        return None

    def _note_misfit(self, overloads: Sequence[Overload], arguments: tuple[object, ...]) -> None:
        """Note which argument fits no overload; the overload that takes most of them tells."""
        admitting = [overload for overload in overloads if overload.admits(len(arguments))]
        if not admitting:
            note(f"`{self.name}` does not take {len(arguments)} argument{'' if len(arguments) == 1 else 's'}")
            return
        places = [overload.misfit(arguments) for overload in admitting]
        formals = [
            overload.formal(place)
            for overload, place in zip(admitting, places, strict=True)
            if place == max(places)
        ]
        kinds = [kind for kind in FeelType if any(kind in formal.types for formal in formals)]
        named = _list_of([f"a {kind.value}" for kind in kinds], "or")
        takes = "any value but null" if FeelType.ANY in kinds else named
        names = Verbatim(formals[0].name), Verbatim(self.name)
        note(f"the parameter `{{}}` of `{{}}` takes {takes}, not {{}}", *names, arguments[max(places)])


def _list_of(words: list[str], join: str = "and") -> str:
    return f" {join} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words) or "no argument"


REGISTRY: dict[str, Builtin] = {}


def builtin(name: str, formals: str, gives: str) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Declare the decorated function as an overload of the built-in `name`.

    formals: `name: type` joined by commas; `name?: type` may be left out, `name...: type` takes any number;
        `|` joins types that are all right. gives: the type of the value.
    """
    parsed = tuple(_formal(part) for part in formals.split(",")) if formals else ()
    result = FeelType(gives)

    def register(body: Callable[..., object]) -> Callable[..., object]:
        earlier = REGISTRY[name].overloads if name in REGISTRY else ()
        REGISTRY[name] = Builtin(name, (*earlier, Overload(parsed, result, body)))
        return body

    return register


def _formal(text: str) -> Formal:
    name, _, kinds = (part.strip() for part in text.partition(":"))
    types = frozenset[FeelType]().union(*(_TYPES[kind.strip()] for kind in kinds.split("|")))
    return Formal(name.rstrip("?."), types, name.endswith("?"), name.endswith("..."))
