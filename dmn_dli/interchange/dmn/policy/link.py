"""A lowered model as a linked policy, so that proof, evaluation, explanation and comparison serve it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from attrs import evolve, field, frozen

from dmn_dli.feel import syntax
from dmn_dli.feel.errors import FeelUnsupported
from dmn_dli.feel.item_types import ItemType
from dmn_dli.interchange.dmn.lowered import LoweredElement
from dmn_dli.interchange.dmn.lowered_model import LoweredModel
from dmn_dli.interchange.dmn.model import Definitions
from dmn_dli.interchange.dmn.policy.answer import answer_of, asked_of
from dmn_dli.interchange.dmn.policy.clauses import stated_values, typed
from dmn_dli.interchange.dmn.policy.closed import closed
from dmn_dli.interchange.dmn.policy.facts import Facts, facts_of
from dmn_dli.interchange.dmn.policy.inline import inlined
from dmn_dli.interchange.dmn.policy.logics import Logics
from dmn_dli.interchange.dmn.policy.remarks import remarks
from dmn_dli.interchange.dmn.policy.structures import Part, part_of
from dmn_dli.interchange.dmn.policy.tables import Logic, Tables
from dmn_dli.interchange.dmn.policy.trees import Meaning, Scope, in_policy, meaning_of_input
from dmn_dli.model.dmn_policy_codes import NO_DECISION
from dmn_dli.model.facts import Dictionary
from dmn_dli.model.finding import Finding
from dmn_dli.model.workbook import PolicyFields, Workbook
from dmn_dli.tables.linked import LinkedPolicy, LinkedTable


@frozen(slots=False)
class ModelPolicy(LinkedPolicy):
    """A DMN model as a policy.

    payer: the model's name, by which records know it. answers: the decisions whose values it gives.
    types: of the facts' values, by the facts' names. inputs: the facts of each input, by the input's name.
    """

    payer: str = ""
    answers: tuple[str, ...] = ()
    types: Mapping[str, ItemType] = field(factory=dict, eq=False)
    inputs: Mapping[str, Part] = field(factory=dict, eq=False)


def policy_of(
    definitions: Definitions,
    model: LoweredModel,
    *,
    findings: Sequence[Finding] = (),
    asked: Sequence[str] = (),
    others: Sequence[Definitions] = (),
) -> ModelPolicy:
    """The policy of a model; whatever is wrong with it is a finding of the result.

    findings: the reader's, and what else is known of the file. asked: the decisions whose values are the
    answer; without any those that no other reads. others: the models that it may import. Raises InputError
    for a decision in `asked` that the model does not have.
    """
    logics = Logics.of((definitions, *others))
    inputs = {each.name: each for each in model.of_kind("input")}
    decisions = model.of_kind("decision")
    parts: Mapping[str, Part] = {name: part_of(name, each.type) for name, each in inputs.items()}
    logic = {each.name: _logic(each, model, logics) for each in decisions}
    trees = [in_policy(logic[each.name].tree, _scope(each, model, parts, None)) for each in decisions]
    parts = {name: typed(part, trees) for name, part in parts.items()}
    facts = facts_of([logics.input(inputs[name], part) for name, part in parts.items()], stated_values(trees))
    tables = Tables.of(facts)
    for element in decisions:
        own = logic[element.name]
        tables.add(evolve(own, tree=in_policy(own.tree, _scope(element, model, parts, tables))))
    told = (*findings, *model.findings, *remarks(definitions.file, model, tables, logic))
    return _policy(definitions, model, told, asked, tables, facts, parts)


def nothing_of(name: str, shown: str, findings: Sequence[Finding]) -> ModelPolicy:
    """The policy of a file that holds no model: nothing but the findings that say why."""
    workbook = Workbook(shown, name, "", PolicyFields(), dictionary=Dictionary(()), findings=tuple(findings))
    return ModelPolicy(workbook, Dictionary(()), (), tuple(findings), payer=name.rpartition(".")[0])


def _logic(element: LoweredElement, model: LoweredModel, logics: Logics) -> Logic:
    """A decision's logic over the names of its scope; null where FEEL refuses it, which is an error."""
    logic = logics.logic(element)
    try:
        table = inlined(element, model)
        if table is None:
            return evolve(logic, tree=closed(logic.tree, element.environment))
        expression = logics.table_of(model.elements[table.function])
        return evolve(logic, tree=closed(table.tree, element.environment), expression=expression)
    except FeelUnsupported:
        return evolve(logic, tree=syntax.NullLiteral())  # lowering has told it


def _scope(
    element: LoweredElement, model: LoweredModel, parts: Mapping[str, Part], tables: Tables | None
) -> Scope:
    """What the names of an element's scope stand for; tables: those of the decisions that it reads."""
    scope: dict[tuple[str, ...], Meaning] = {}
    for reading in element.reads:
        required = model.elements[reading.name]
        if required.kind == "input":
            scope[reading.path] = meaning_of_input(parts[reading.name])
        elif required.kind == "decision":
            outputs = {} if tables is None else tables.output_names(reading.name)
            scope[reading.path] = Meaning(syntax.Name(reading.name), outputs=outputs)
        else:
            scope[reading.path] = Meaning(syntax.Known(model.function(reading.name)))
    return scope


def _policy(
    definitions: Definitions,
    model: LoweredModel,
    findings: Sequence[Finding],
    asked: Sequence[str],
    tables: Tables,
    facts: Facts,
    parts: Mapping[str, Part],
) -> ModelPolicy:
    known = {each.name: each for each in model.of_kind("decision")}
    chosen = asked_of(asked, model.unread(definitions.namespace), known) if known else ()
    wanted = _required(chosen, known) if asked else known
    # A decision that nobody asked for cannot spoil the one that is asked for.
    decisions: list[LinkedTable] = [table for name, table in tables.tables.items() if name in wanted]
    found = list(findings)
    final = None
    if chosen:
        answer = answer_of(chosen, definitions.name, tables.tables)
        final = answer.name
        if answer.name not in tables.tables:
            decisions.append(answer)
    else:
        message = "The model has no decision, so that it decides nothing; others may import it."
        found.append(Finding(NO_DECISION, message, NO_DECISION.remedy, definitions.file))
    name = PurePath(definitions.file).name
    dictionary = Dictionary(facts.facts, name, "Facts", definitions.sha256)
    workbook = Workbook(
        definitions.file,
        name,
        definitions.sha256,
        PolicyFields(title=definitions.name or None, final_decision=final),
        tuple(table.table for table in _in_file_order(definitions, tables)),
        dictionary=dictionary,
        tabs=tuple(tables.tables),
        findings=tuple(found),
    )
    return ModelPolicy(
        workbook,
        dictionary,
        tuple(decisions),
        tuple(found),
        allowed=facts.allowed,
        payer=definitions.name or name.rpartition(".")[0],
        answers=chosen,
        types=facts.types,
        inputs=parts,
    )


def _required(chosen: Sequence[str], known: Mapping[str, LoweredElement]) -> set[str]:
    """The chosen decisions, and those that they read in turn."""
    found: set[str] = set()
    waiting = list(chosen)
    while waiting:
        name = waiting.pop()
        if name in known and name not in found:
            found.add(name)
            waiting += [reading.name for reading in known[name].reads]
    return found


def _in_file_order(definitions: Definitions, tables: Tables) -> list[LinkedTable]:
    """The tables in the order of the model's decisions, those of imported models behind them."""
    order = {each.name: place for place, each in enumerate(definitions.decisions)}
    return sorted(tables.tables.values(), key=lambda each: order.get(each.name, len(order)))
