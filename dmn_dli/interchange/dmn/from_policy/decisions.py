"""Tables and rows of criteria as decisions: their types, and what they require (DMN 1.5, section 6.3.7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from attrs import evolve, frozen

from dmn_dli.interchange.dmn import expressions as boxed
from dmn_dli.interchange.dmn.expressions import Extension, InformationItem
from dmn_dli.interchange.dmn.from_policy.facts import Facts, type_name
from dmn_dli.interchange.dmn.from_policy.logic import LogicWriter
from dmn_dli.interchange.dmn.from_policy.names import Ids, several
from dmn_dli.interchange.dmn.from_policy.texts import Speller, type_ref
from dmn_dli.interchange.dmn.model import Decision, ItemDefinition, Requirement
from dmn_dli.interchange.dmn.ours import logic_digest, ours
from dmn_dli.model.criteria import CriteriaSheet, CriterionRow
from dmn_dli.tables.linked import Constant, LinkedPolicy, LinkedTable


@frozen
class Decisions:
    """The decisions in the policy's order, the types of their values, their ids by the workbook's names."""

    decisions: tuple[Decision, ...]
    item_definitions: tuple[ItemDefinition, ...]
    ids: Mapping[str, str]


def decisions_of(policy: LinkedPolicy, speller: Speller, facts: Facts, ids: Ids) -> Decisions:
    """Each table and each row of criteria as a decision, what is required before what requires it."""
    own = {table.name: ids.new("decision", table.name) for table in policy.decisions}
    logic = LogicWriter(speller, facts, ids)
    taken = {definition.name for definition in facts.item_definitions}
    rows = {
        sheet.name_of(row.id): (sheet, row) for sheet in policy.workbook.criteria for row in sheet.in_force
    }
    decisions: list[Decision] = []
    definitions: list[ItemDefinition] = []
    for table in policy.decisions:
        variable = speller.names.decisions[table.name]
        type_, definition = _type(table, speller, ids, taken)
        if definition is not None:
            definitions.append(definition)
        made = Decision(
            id=own[table.name],
            name=variable,
            label=table.name if table.name != variable else "",
            variable=InformationItem(id=ids.new("variable", variable), name=variable, type_ref=type_),
            requirements=tuple(_requirements(table, policy, variable, facts, own, ids)),
            expression=logic.table(table),
        )
        if table.criterion is None:
            place = ours("table", {"name": table.name, "sheet": table.table.sheet})
            made = evolve(made, question=table.table.question, extensions=(place,))
        else:
            made = _criterion(made, table, *rows[table.criterion.name])
        decisions.append(made)
    return Decisions(tuple(decisions), tuple(definitions), own)


def _requirements(
    table: LinkedTable,
    policy: LinkedPolicy,
    variable: str,
    facts: Facts,
    decisions: Mapping[str, str],
    ids: Ids,
) -> Iterator[Requirement]:
    """What a table reads: facts in the dictionary's order, then decisions in that of the policy."""
    for fact in policy.dictionary.facts:
        if fact.name in table.reads:
            id_ = ids.new("requirement", variable, fact.name)
            yield Requirement(id=id_, kind="requiredInput", href=f"#{facts.ids[fact.name]}")
    read = {policy.decision_names[name] for name in table.reads if name in policy.decision_names}
    for each in policy.decisions:
        if each.name in read:
            id_ = ids.new("requirement", variable, each.name)
            yield Requirement(id=id_, kind="requiredDecision", href=f"#{decisions[each.name]}")


def _type(
    table: LinkedTable, speller: Speller, ids: Ids, taken: set[str]
) -> tuple[str | None, ItemDefinition | None]:
    """The type of a decision's value, and its definition where it is a list or a context."""
    lists, hit_policy = table.hit_policy.gives_list, table.hit_policy
    if hit_policy.counts:
        return ("number" if all(map(_is_number, _defaults(table))) else None), None
    types = [type_ref(output.type) for output in table.outputs]
    if not several(table) and not lists:
        return types[0], None
    name = type_name(speller.names.decisions[table.name], taken)
    components: tuple[ItemDefinition, ...] = ()
    if several(table):
        components = tuple(
            ItemDefinition(
                id=ids.new("type", name, output.name),
                name=speller.names.outputs[table.name, output.name],
                type_ref=type_ or "Any",
            )
            for output, type_ in zip(table.outputs, types, strict=True)
        )
    definition = ItemDefinition(
        id=ids.new("type", name),
        name=name,
        type_ref=None if components else types[0] or "Any",
        components=components,
        is_collection=lists,
    )
    return name, definition


def _defaults(table: LinkedTable) -> list[object]:
    return [
        output.default.value if isinstance(output.default, Constant) else None
        for output in table.outputs
        if output.default is not None
    ]


def _is_number(value: object) -> bool:
    return isinstance(value, Decimal)


def _criterion(made: Decision, table: LinkedTable, sheet: CriteriaSheet, row: CriterionRow) -> Decision:
    """The decision of a row of criteria, or the one that counts for it, with what the row says."""
    assert table.criterion is not None, "asked of criteria alone"
    assert isinstance(made.expression, boxed.DecisionTable)
    counts = table.hit_policy.counts
    attributes = {
        "sheet": sheet.name,
        "id": row.id,
        "name": table.criterion.name,
        "part-of": row.part_of.text or None,
        "needs": row.needs.text or None,
        "means": row.means.text or None,
        "counts": "true" if counts else None,
        "logic": logic_digest(made.expression),
    }
    if counts:
        return evolve(made, extensions=(ours("criterion", attributes),))
    at = {each.cell.row: each for each in sheet.rows}
    rules = tuple(
        evolve(rule, description=f"{at[of.cell.row].id}: {at[of.cell.row].requirement.text}")
        for rule, of in zip(made.expression.rules, table.rules, strict=True)
    )
    made = evolve(made, expression=evolve(made.expression, rules=rules))
    said = [("Evidence", row.evidence.text)]
    said += [(note.name, cell.text) for note, cell in zip(sheet.annotations, row.annotations, strict=True)]
    return evolve(
        made,
        question=row.requirement.text,
        description="\n".join(f"{heading}: {text}" for heading, text in said if text),
        extensions=(ours("criterion", attributes, children=tuple(_texts(row, sheet))),),
    )


def _texts(row: CriterionRow, sheet: CriteriaSheet) -> Iterator[Extension]:
    yield ours("requirement", text=row.requirement.text)
    if row.evidence.text:
        yield ours("evidence", text=row.evidence.text)
    citation = sheet.note(row, "Citation")
    if citation:
        yield ours("citation", text=citation)
