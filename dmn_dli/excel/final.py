"""What a payer's policy owes its readers: a final decision without default, and a citation for every rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from dmn_dli.excel import codes
from dmn_dli.excel.columns import VALUES_ROW
from dmn_dli.excel.place import Place
from dmn_dli.model.cell import Cell
from dmn_dli.model.finding import Finding
from dmn_dli.model.repair import plain_word
from dmn_dli.model.table import DecisionTable
from dmn_dli.model.workbook import PolicyFields
from dmn_dli.runtime.nearest import did_you_mean


def resolve_final_decision(
    fields: PolicyFields, decisions: Iterable[tuple[str, str]], place: Place, found: list[Finding]
) -> PolicyFields:
    """The fields with the final decision as its table spells it, found by the decision's name or its tab.

    decisions: name and sheet of every decision table, those included that could not be read.
    """
    wanted = fields.final_decision
    if wanted is None:
        return fields
    names: dict[str, str] = {}
    for name, sheet in decisions:
        names.setdefault(plain_word(name), name)
        names.setdefault(plain_word(sheet), name)
    if plain_word(wanted) in names:
        return evolve(fields, final_decision=names[plain_word(wanted)])
    hint = did_you_mean(wanted, names.values())
    message = f'The final decision is "{wanted}", and no decision table has that name.{hint}'
    found.append(place.finding(codes.FINAL_DECISION, message, fields.places["Final decision"]))
    return fields


def payer_findings(fields: PolicyFields, tables: Iterable[DecisionTable], place: Place) -> Iterator[Finding]:
    """Missing citations, and a default of the final decision; none in a generic workbook."""
    if fields.payer is None:
        return
    for table in tables:
        at = evolve(place, sheet=table.sheet, decision=table.name)
        yield from _citation_findings(table, at)
        if table.name == fields.final_decision:
            first = table.outputs[0]
            if not first.values:
                message = f'Row 4 of "{first.name}" is blank; the determinations of the policy are expected.'
                yield at.finding(codes.DETERMINATIONS_MISSING, message, Cell(VALUES_ROW, first.cell.column))
            for output in table.outputs:
                if output.default is not None:
                    message = (
                        f'The final decision has the default "{output.default}"; '
                        "in a payer's policy a rule with its citation is expected for every outcome."
                    )
                    yield at.finding(
                        codes.DEFAULT_DETERMINATION, message, Cell(VALUES_ROW, output.cell.column)
                    )


def _citation_findings(table: DecisionTable, place: Place) -> Iterator[Finding]:
    note = table.note("Citation")
    if note is not None:
        for rule in table.rules:
            if rule.annotations[note].blank:
                message = f'The rule "{rule.id}" has no citation; every rule of a payer\'s policy needs one.'
                yield place.finding(codes.NO_CITATION, message, rule.annotations[note], rules=(rule.id,))
        return
    if not any(plain_word(output.name) == "citation" for output in table.outputs):
        message = 'The table has no NOTE column "Citation"; every rule of a payer\'s policy needs a citation.'
        yield place.finding(
            codes.NO_CITATION,
            message,
            remedy="Add a column with NOTE in row 2 and Citation in row 3, and fill it in for every rule.",
        )
