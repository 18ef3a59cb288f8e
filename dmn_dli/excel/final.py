"""What a payer's policy owes its readers: a final decision without default, and a citation for every row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from dmn_dli.excel import codes
from dmn_dli.excel.layouts import CRITERIA, TABLE, VALUES_ROW, Layout
from dmn_dli.excel.place import Place
from dmn_dli.model.cell import Cell
from dmn_dli.model.criteria import CriteriaSheet, CriterionRow
from dmn_dli.model.finding import Finding
from dmn_dli.model.repair import plain_word
from dmn_dli.model.table import Annotation, DecisionTable, Rule
from dmn_dli.model.workbook import PolicyFields
from dmn_dli.runtime.nearest import did_you_mean
from dmn_dli.runtime.record import LISTS


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


def unmet_table_findings(
    tables: Iterable[DecisionTable], criteria: Sequence[CriteriaSheet], place: Place
) -> Iterator[Finding]:
    """A table that fills the list of unmet criteria beside the sheet of criteria, from which it follows."""
    for table in tables:
        if criteria and plain_word(table.name) == plain_word(LISTS["unmet_criteria"]):
            message = (
                f'The table "{table.name}" stands beside the sheet of criteria "{criteria[0].sheet}", '
                "from which the unmet criteria of a record follow."
            )
            at = evolve(place, sheet=table.sheet, decision=table.name)
            yield at.finding(codes.UNMET_TABLE, message, "A1")


def payer_findings(
    fields: PolicyFields, tables: Iterable[DecisionTable], criteria: Iterable[CriteriaSheet], place: Place
) -> Iterator[Finding]:
    """Missing citations, and a default of the final decision; none in a generic workbook."""
    if fields.payer is None:
        return
    for sheet in criteria:
        at = evolve(place, sheet=sheet.sheet, decision=sheet.name)
        yield from _citation_findings(sheet.rows, sheet.annotations, CRITERIA, at)
    for table in tables:
        at = evolve(place, sheet=table.sheet, decision=table.name)
        if table.note("Citation") is not None or not any(
            plain_word(output.name) == "citation" for output in table.outputs
        ):
            yield from _citation_findings(table.rules, table.annotations, TABLE, at)
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


def _citation_findings(
    rows: Iterable[Rule | CriterionRow], notes: Sequence[Annotation], layout: Layout, place: Place
) -> Iterator[Finding]:
    headings = [plain_word(note.name) for note in notes]
    if "citation" in headings:
        for row in rows:
            cell = row.annotations[headings.index("citation")]
            if cell.blank:
                message = (
                    f'The {layout.row} "{row.id}" has no citation; '
                    f"every {layout.row} of a payer's policy needs one."
                )
                yield place.finding(codes.NO_CITATION, message, cell, rules=(row.id,))
        return
    message = (
        f'The {layout.whole} has no NOTE column "Citation"; '
        f"every {layout.row} of a payer's policy needs a citation."
    )
    yield place.finding(
        codes.NO_CITATION,
        message,
        remedy="Add a column with NOTE in row 2 and Citation in row 3, "
        f"and fill it in for every {layout.row}.",
    )
