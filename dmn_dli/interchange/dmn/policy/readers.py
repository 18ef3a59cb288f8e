"""The facts of a case as a model reads them: by path, letter for letter, of every kind of FEEL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dmn_dli.cases.formats.json import parse
from dmn_dli.feel import FeelType, from_python
from dmn_dli.feel.coercion import coerced
from dmn_dli.feel.item_types import ItemType
from dmn_dli.feel.python_dates import feel_fact, python_fact
from dmn_dli.feel.temporal import parse_temporal
from dmn_dli.interchange.dmn.policy.structures import Part, Structure
from dmn_dli.runtime.errors import CaseError, Problem, problem
from dmn_dli.runtime.facts import Afresh, CaseReader, FactReader, Memories, NotAValue
from dmn_dli.runtime.policy import Fact
from dmn_dli.runtime.scalars import is_missing, plain
from dmn_dli.runtime.words import folded

_TEMPORAL = {
    FeelType.DATE: "a date such as 2025-02-12",
    FeelType.TIME: "a time such as 13:30:00",
    FeelType.DATE_TIME: "a date and time such as 2025-02-12T13:30:00",
    FeelType.DAYS_DURATION: "a duration such as P2DT12H",
    FeelType.YEARS_DURATION: "a duration such as P1Y6M",
}
_JSON = (FeelType.LIST, FeelType.CONTEXT, FeelType.ANY)
_BY_RUNTIME = ("number", "integer", "boolean", "date")


class _Anew(Memories):
    """Finds what a value stands for each time: lists and contexts may hold what is equal and not the same."""

    def __missing__(self, kind: type) -> Afresh:
        found = self[kind] = Afresh(self.find)
        return found


class ModelFactReader(FactReader):
    """Reads the values of one fact of a model: text letter for letter, and kinds that no dictionary has."""

    def __init__(self, fact: Fact, type_: ItemType) -> None:
        """Take the fact as the compiled policy has it, and the type that the model gives it."""
        super().__init__(fact)
        self.item_type = type_
        self._atoms = {value: atom for atom, value in enumerate(fact.values, 1)}
        self.atoms = _Anew(self._atom)
        self.canonicals = _Anew(self.given_value)

    def canonical(self, value: Any) -> Any:
        """The value that a given one stands for, FEEL's but for dates. Raises NotAValue where it is none."""
        if self.type in _BY_RUNTIME:
            found = feel_fact(super().canonical(value))
        elif is_missing(value):
            raise NotAValue("a value is expected")
        else:
            found = feel_value(plain(value), self.item_type)
        known = coerced(found, self.item_type)
        if known is None and found is not None:
            raise NotAValue(
                f"{words(self.item_type)} is expected"
                if self.item_type.allowed is None and self.item_type.constraint is None
                else "it is not among the allowed values"
            )
        return python_fact(known)

    def place(self, value: Any) -> int:
        """The atom of a canonical value. Raises NotAValue where it has none."""
        if value is None:
            return self.null
        if self.slots:
            return super().place(value)
        if not (self._atoms or self.any_text):
            return 1  # all of its values are one
        atom = self._atoms.get(value) or self.text_class(value)
        if not atom:
            raise NotAValue("it is not among the allowed values")
        return atom

    def from_text(self, text: str) -> Any:
        """As for every fact; of a list, a context or what may be anything the text is JSON."""
        if self.item_type.basic not in _JSON or not text.strip():
            return super().from_text(text)
        try:
            return parse(text)
        except ValueError:
            return text.strip()


class ModelCaseReader(CaseReader):
    """Reads whole cases: facts by dotted path or as objects within objects, names letter for letter first."""

    def __init__(
        self, facts: Iterable[Fact], variables: int, types: Mapping[str, ItemType], inputs: Mapping[str, Part]
    ) -> None:
        """Take the facts, how many variables diagrams have, the facts' types, and the model's inputs."""
        super().__init__((), variables)
        readers = {fact.name: ModelFactReader(fact, types[fact.name]) for fact in facts}
        self.facts: dict[str, FactReader] = {**readers}
        self._types = types
        self._entries = {name: (fact.variable, fact.atoms) for name, fact in self.facts.items()}
        self._inputs = inputs
        self._parts = _parts(inputs)
        folds: dict[str, list[str]] = {}
        for name in self._parts:
            folds.setdefault(folded(name), []).append(name)
        self._folded = {key: names[0] for key, names in folds.items() if len(names) == 1}

    def atoms(self, facts: Mapping[str, Any]) -> list[int]:
        """The atom of each variable, 0 where it is unknown. Raises CaseError with all problems."""
        found: dict[str, Any] = {}
        problems: list[Problem] = []
        self._flatten(facts, "", found, problems)
        try:
            atoms = super().atoms(found)
        except CaseError as error:
            raise CaseError([*problems, *error.problems]) from error
        if problems:
            raise CaseError(problems)
        return atoms

    def values(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """The FEEL value of each fact that is given. Raises CaseError, not for what `atoms` accepts."""
        return super().values(self.by_path(facts))

    def day(self, name: str, facts: Mapping[str, Any]) -> None:  # noqa: ARG002 - the reader's signature
        """None: a model knows no versions."""
        return

    def scope(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """The FEEL values of given facts, null where a fact's type does not admit one; all else as it is."""
        found = self.by_path(facts)
        return {
            name: _admitted(self._types[name], value) if name in self._types else value
            for name, value in found.items()
        }

    def by_path(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """The facts by their paths. Raises CaseError where two keys give one fact.

        What is no fact stays as it is, for whoever reads the facts to refuse.
        """
        found: dict[str, Any] = {}
        problems: list[Problem] = []
        self._flatten(facts, "", found, problems)
        if problems:
            raise CaseError(problems)
        return found

    def _flatten(
        self, facts: Mapping[str, Any], path: str, found: dict[str, Any], problems: list[Problem]
    ) -> None:
        for key, value in facts.items():
            given = f"{path}{key}"
            name = given if given in self._parts else self._folded.get(folded(given), given)
            part = self._parts.get(name)
            if isinstance(part, Structure):
                if isinstance(value, Mapping):
                    self._flatten(value, f"{name}.", found, problems)
                elif value is not None:
                    shown = f"{name}.{next(iter(part.parts))}"
                    problems.append(
                        problem(
                            f"{name} has components: an object is expected, or keys such as {shown}.",
                            fact=name,
                            value=value,
                        )
                    )
            elif part is None and path and str(key).startswith("_"):
                continue  # a remark within an object
            elif name in found:
                said = f'Two keys give {name}: "{given}" is one of them. Leave one of the two out.'
                problems.append(problem(said, fact=name))
            else:
                found[name] = value


def _admitted(type_: ItemType, value: Any) -> Any:
    """The FEEL value as the type, or null."""
    try:
        return coerced(feel_value(plain(value), type_), type_)
    except NotAValue:
        return None


def _parts(inputs: Mapping[str, Part]) -> dict[str, Part]:
    """Every fact, and every part with components, by its path."""
    found: dict[str, Part] = {}
    waiting = list(inputs.values())
    while waiting:
        part = waiting.pop(0)
        found[part.name] = part
        if isinstance(part, Structure):
            waiting += part.parts.values()
    return found


def feel_value(value: Any, type_: ItemType) -> Any:
    """The FEEL value of what JSON or Python says, temporal values by their ISO texts. Raises NotAValue."""
    if type_.basic in _TEMPORAL and isinstance(value, str):
        found = parse_temporal(value.strip())
        if found is None:
            raise NotAValue(f"{_TEMPORAL[type_.basic]} is expected")
        return found
    if isinstance(value, list | tuple):
        item = (type_.item if type_.basic is FeelType.LIST else type_) or ItemType()
        return [feel_value(each, item) for each in value]
    if isinstance(value, Mapping):
        fields = dict(type_.fields or ())
        return {str(name): feel_value(each, fields.get(name, ItemType())) for name, each in value.items()}
    try:
        return from_python(value)
    except TypeError:
        raise NotAValue(f"{words(type_)} is expected") from None


def words(type_: ItemType) -> str:
    """A type as a message names it: `a list of numbers`, `a duration such as P2DT12H`."""
    if type_.basic in _TEMPORAL:
        return _TEMPORAL[type_.basic]
    if type_.basic is FeelType.STRING:
        return "text"
    if type_.basic is FeelType.ANY:
        return "a value"
    if type_.basic is FeelType.LIST and type_.item is not None and type_.item.basic is not FeelType.ANY:
        return f"a list of {type_.item.basic.value} values"
    if type_.basic is FeelType.CONTEXT and type_.fields:
        return f"an object with {', '.join(name for name, _ in type_.fields)}"
    if type_.basic is FeelType.FUNCTION:
        return "a function, which no case can give,"
    return f"a {type_.basic.value}"
