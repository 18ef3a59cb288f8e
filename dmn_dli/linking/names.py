"""The names that clauses and expressions may use: facts by name or label, decisions, `Decision.output`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import define, field

from dmn_dli.feel import Environment, FeelType
from dmn_dli.model.criteria import CriteriaSheet
from dmn_dli.model.facts import Dictionary, Fact
from dmn_dli.model.table import DecisionTable
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.runtime.words import folded
from dmn_dli.tables.allowed_values import FEEL_TYPES
from dmn_dli.tables.linked import AllowedValues


@define
class Names:
    """What each name stands for.

    canonical: folded spelling to the name that expressions carry.
    spellings: every spelling as people write it, for did-you-mean.
    ambiguous: folded spellings that stand for more than one thing, with these things in words.
    bare: canonical names of decisions with several outputs, which must not stand alone.
    types: canonical name to its FEEL type.
    hit_policies: those of the decisions.
    exact: the spellings of facts and decisions, letter for letter.
    allowed: what the dictionary allows for a fact, by its name.
    unread: decisions whose tables could not be read; whatever is said of them may be right.
    """

    canonical: dict[str, str] = field(factory=dict)
    spellings: dict[str, str] = field(factory=dict)
    ambiguous: dict[str, tuple[str, ...]] = field(factory=dict)
    bare: set[str] = field(factory=set)
    types: dict[str, FeelType] = field(factory=dict)
    facts: dict[str, Fact] = field(factory=dict)
    allowed: Mapping[str, AllowedValues] = field(factory=dict)
    hit_policies: dict[str, HitPolicy] = field(factory=dict)
    exact: set[str] = field(factory=set)
    unread: set[str] = field(factory=set)

    def _add(self, spelling: str, canonical: str, meaning: str) -> None:
        key = folded(spelling)
        self.exact.add(spelling)
        if self.canonical.get(key, canonical) != canonical:
            known = self.ambiguous.get(key, (self._meanings[self.canonical[key]],))
            self.ambiguous[key] = (*known, meaning)
            return
        self.canonical[key] = canonical
        self._environment = None
        self.spellings[key] = spelling
        self._meanings[canonical] = meaning

    _meanings: dict[str, str] = field(factory=dict)
    _environment: Environment | None = None

    @property
    def environment(self) -> Environment:
        """The names for the parser of expressions, indexed once for all of them."""
        if self._environment is None:
            self._environment = Environment.workbook(names=self.canonical, fold_case=True)
        return self._environment


def gather_names(
    dictionary: Dictionary,
    tables: Iterable[DecisionTable],
    output_types: Mapping[tuple[str, str], FeelType],
    unread: Iterable[str] = (),
    allowed: Mapping[str, AllowedValues] | None = None,
    criteria: Iterable[CriteriaSheet] = (),
) -> Names:
    """All names in scope; `output_types` gives each (decision, output) its declared type.

    unread: names of decisions that have no table, since it could not be read.
    """
    names = Names(allowed=allowed or {})
    for fact in dictionary.facts:
        meaning = f'the fact "{fact.name}"'
        names._add(fact.name, fact.name, meaning)
        names._add(fact.label, fact.name, meaning)
        names.types[fact.name] = FEEL_TYPES[fact.type]
        names.facts[fact.name] = fact
    for table in tables:
        meaning = f'the decision "{table.name}"'
        names._add(table.name, table.name, meaning)
        names.hit_policies[table.name] = table.hit_policy
        if table.hit_policy.counts:
            # A default is no number of rules, and may be of any type.
            defaults = any(output.default is not None for output in table.outputs)
            names.types[table.name] = FeelType.ANY if defaults else FeelType.NUMBER
            names._add(f"{table.name}.{table.outputs[0].name}", table.name, meaning)
        elif len(table.outputs) > 1:
            names.bare.add(table.name)
            for output in table.outputs:
                full = f"{table.name}.{output.name}"
                names._add(full, full, f'the output "{full}"')
                names.types[full] = _decision_type(table.hit_policy, output_types[table.name, output.name])
        elif table.outputs:
            only = output_types[table.name, table.outputs[0].name]
            names.types[table.name] = _decision_type(table.hit_policy, only)
            full = f"{table.name}.{table.outputs[0].name}"
            names._add(full, table.name, meaning)
    for sheet in criteria:
        for row in sheet.in_force:
            name = sheet.name_of(row.id)
            names._add(name, name, f'the criterion "{name}"')
            names.types[name] = FeelType.BOOLEAN
            names.hit_policies[name] = HitPolicy.FIRST
    for name in unread:
        names._add(name, name, f'the decision "{name}"')
        names.types[name] = FeelType.ANY
        names.unread.add(name)
    return names


def _decision_type(hit_policy: HitPolicy, output: FeelType) -> FeelType:
    return FeelType.LIST if hit_policy.gives_list else output
