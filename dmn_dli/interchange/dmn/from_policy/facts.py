"""The dictionary's facts as input data with types of their own (DMN 1.5, sections 6.3.10 and 7.3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from attrs import frozen

from dmn_dli.interchange.dmn.expressions import InformationItem, Texts
from dmn_dli.interchange.dmn.from_policy.names import Ids
from dmn_dli.interchange.dmn.from_policy.texts import Speller, type_ref
from dmn_dli.interchange.dmn.model import InputData, ItemDefinition
from dmn_dli.interchange.dmn.ours import ours
from dmn_dli.interchange.dmn.whole_numbers import WHOLE_NUMBER
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.tables.allowed_values import FEEL_TYPES
from dmn_dli.tables.linked import LinkedPolicy

_WHOLE = "tInteger"


@frozen
class Facts:
    """Input data for each fact, and their types; ids, types: by the facts' names."""

    inputs: tuple[InputData, ...]
    item_definitions: tuple[ItemDefinition, ...]
    ids: Mapping[str, str]
    types: Mapping[str, str]


def facts_of(
    policy: LinkedPolicy, speller: Speller, ids: Ids, further: Mapping[str, Mapping[str, str]]
) -> Facts:
    """All facts of the dictionary, in its order: cases may give those that no table reads.

    further: for a fact, by its name, what the dictionary's further columns hold, by their headings.
    """
    inputs: list[InputData] = []
    definitions: list[ItemDefinition] = []
    types: dict[str, str] = {}
    if any(map(partial(_needs_whole, policy), policy.dictionary.facts)):
        whole = Texts(text=WHOLE_NUMBER, id=ids.new("allowed", _WHOLE))
        definitions.append(
            ItemDefinition(name=_WHOLE, id=ids.new("type", _WHOLE), type_ref="number", allowed=whole)
        )
    taken = {_WHOLE}
    for fact in policy.dictionary.facts:
        base = _WHOLE if _needs_whole(policy, fact) else type_ref(FEEL_TYPES[fact.type]) or "Any"
        allowed = policy.allowed.get(fact.name)
        text = ""
        types[fact.name] = base
        if allowed is not None:
            text = speller.allowed(allowed, null=fact.nullable)
            name = types[fact.name] = type_name(speller.names.facts[fact.name], taken)
            definitions.append(
                ItemDefinition(
                    name=name,
                    id=ids.new("type", name),
                    type_ref=base,
                    allowed=Texts(text=text, id=ids.new("allowed", name)),
                )
            )
        inputs.append(_input(fact, text, types[fact.name], speller, ids, further.get(fact.name, {})))
    return Facts(
        tuple(inputs),
        tuple(definitions),
        {fact.name: each.id for fact, each in zip(policy.dictionary.facts, inputs, strict=True)},
        types,
    )


def _needs_whole(policy: LinkedPolicy, fact: Fact) -> bool:
    """Whether a fact is an integer of which its allowed values do not say so already."""
    allowed = policy.allowed.get(fact.name)
    return fact.type is FactType.INTEGER and (allowed is None or allowed.values is None)


def type_name(name: str, taken: set[str]) -> str:
    """A name for a type, as is the custom: `tDonorAge`; not one that is taken."""
    words = name.replace("_", " ").split()
    base = found = "t" + "".join(word[:1].upper() + word[1:] for word in words)
    number = 1
    while found in taken:
        number += 1
        found = f"{base}{number}"
    taken.add(found)
    return found


def _input(
    fact: Fact, allowed: str, type_: str, speller: Speller, ids: Ids, further: Mapping[str, str]
) -> InputData:
    variable = speller.names.facts[fact.name]
    children = []
    if fact.allowed is not None:
        children.append(ours("allowed", {"of": allowed}, fact.allowed.text))
    if fact.question:
        children.append(ours("question", text=fact.question))
    children += [ours("further", {"heading": heading}, text) for heading, text in further.items() if text]
    attributes = {
        "name": fact.name if fact.name != variable else None,
        "type": fact.type.value,
        "unit": fact.unit or None,
        "nullable": "true" if fact.nullable else None,
        "changeable": fact.changeable.value if fact.changeable else None,
    }
    return InputData(
        id=ids.new("input", fact.name),
        name=variable,
        label=fact.label,
        description=fact.description,
        variable=InformationItem(id=ids.new("variable", fact.name), name=variable, type_ref=type_),
        extensions=(ours("fact", attributes, children=children),),
    )
