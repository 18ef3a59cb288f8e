"""A linked policy as a whole DMN model."""

from __future__ import annotations

from pathlib import PurePath

from attrs import evolve

from dmn_dli.excel.sheet import Package, Sheet
from dmn_dli.interchange.dmn.from_policy.decisions import decisions_of
from dmn_dli.interchange.dmn.from_policy.facts import facts_of
from dmn_dli.interchange.dmn.from_policy.names import Ids, model_names
from dmn_dli.interchange.dmn.from_policy.picture import diagram_of
from dmn_dli.interchange.dmn.from_policy.sheets import further_columns, workbook_sheets
from dmn_dli.interchange.dmn.from_policy.texts import Speller
from dmn_dli.interchange.dmn.model import Decision, Definitions, KnowledgeSource, Requirement
from dmn_dli.interchange.dmn.ours import NAMESPACE, PREFIX, ours
from dmn_dli.tables.linked import LinkedPolicy

FEEL = "https://www.omg.org/spec/DMN/20230324/FEEL/"

EXPORTER = "dmn-dli"


def definitions_of(
    policy: LinkedPolicy, package: Package, facts_sheet: Sheet | None = None, *, version: str = "1.5"
) -> Definitions:
    """The model of a policy without errors: it decides as the policy does, and holds what the workbook says.

    package: the workbook's sheets as they stand; facts_sheet: that of its dictionary. version: of DMN, in
    whose words FEEL is written; before 1.4 dates are `date("…")`, since not all tools that read no later
    version know `@"…"`.

    The same workbook gives the same model.
    """
    workbook = policy.workbook
    marked_dates = version not in ("1.1", "1.2", "1.3")
    speller = Speller(model_names(policy, marked_dates=marked_dates), marked_dates)
    stem = PurePath(workbook.name).stem
    ids = Ids()
    own = ids.new("model", stem)
    facts = facts_of(policy, speller, ids, further_columns(facts_sheet))
    made = decisions_of(policy, speller, facts, ids)
    decisions, sources = _resting(policy, made.decisions, ids)
    model = Definitions(
        id=own,
        name=stem,
        label=workbook.policy.title or "",
        namespace=f"urn:dmn-dli:model:{_segment(stem)}",
        version=version,
        exporter=EXPORTER,
        namespaces=((PREFIX, NAMESPACE),),
        item_definitions=(*facts.item_definitions, *made.item_definitions),
        inputs=facts.inputs,
        decisions=decisions,
        sources=sources,
        extensions=(workbook_sheets(workbook, policy.dictionary, package, made.ids),),
    )
    return evolve(model, diagrams=(diagram_of(model, ids),))


def _resting(
    policy: LinkedPolicy, decisions: tuple[Decision, ...], ids: Ids
) -> tuple[tuple[Decision, ...], tuple[KnowledgeSource, ...]]:
    """The decisions that no other requires rest on the source document, where one is named (6.3.11)."""
    document = policy.workbook.policy.source_document
    if not document:
        return decisions, ()
    required = {each.href for decision in decisions for each in decision.requirements}
    source = KnowledgeSource(
        id=ids.new("source"),
        name=" ".join(document.split()),
        type="document",
        location_uri=document if _is_address(document) else "",
        extensions=(ours("document"),),
    )
    rests = tuple(
        decision
        if f"#{decision.id}" in required
        else evolve(
            decision,
            requirements=(
                *decision.requirements,
                Requirement(
                    id=ids.new("authority", decision.name), kind="requiredAuthority", href=f"#{source.id}"
                ),
            ),
        )
        for decision in decisions
    )
    return rests, (source,)


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://")) and text.isascii() and " " not in text


def _segment(stem: str) -> str:
    """A file's name as part of a URN (RFC 8141)."""
    from urllib.parse import quote

    return quote(stem, safe="")
