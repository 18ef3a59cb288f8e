"""Headings that name nothing since a fact's label was changed in the dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from attrs import frozen

from dmn_dli.linking import codes
from dmn_dli.linking.names import Names
from dmn_dli.linking.reporter import Reporter
from dmn_dli.model.cell import Cell, cell_name
from dmn_dli.model.criteria import CriteriaSheet
from dmn_dli.model.facts import Fact
from dmn_dli.model.table import DecisionTable, InputClause
from dmn_dli.runtime.nearest import nearest
from dmn_dli.runtime.words import folded


@frozen
class FormerLabel:
    """A heading that nothing bears, the fact that may have borne it, and where the heading stands."""

    text: str
    fact: Fact
    places: tuple[str, ...]

    def report(self, cell: Cell, reporter: Reporter) -> None:
        """Say it at the first of its places; the others are named there."""
        if cell_name(reporter.sheet, cell.reference) != self.places[0]:
            return
        label = self.fact.label
        others = f" It stands in {', '.join(self.places)}." if len(self.places) > 1 else ""
        reporter.add(
            codes.UNKNOWN_NAME,
            cell,
            f'"{self.text}" is neither a fact nor a decision.{others} Was "{label}" ({self.fact.name}) '
            "called so until now?",
            f'Write "{label}" wherever the old label stands, or give the fact its old label back in the '
            "dictionary.",
        )


_MISSPELT = 0.8
"""How alike two spellings are of which one is taken for the other misspelt: but for a letter in five."""


def _misspelt(heading: str, names: Names) -> bool:
    """Whether a heading is a label or a decision's name misspelt; a fact's own name outlives its labels."""
    from difflib import SequenceMatcher  # asked for only where something is misspelt

    near = nearest(heading, names.spellings.values())
    alike = near is not None and SequenceMatcher(None, heading, folded(near)).ratio() >= _MISSPELT
    return alike and near not in names.facts


Heading = tuple[DecisionTable | CriteriaSheet, int, InputClause]


def former_labels(
    unknown: Iterable[Heading],
    used: Iterable[str],
    names: Names,
    fits: Callable[[Heading, Fact], bool],
) -> Mapping[str, FormerLabel]:
    """For each heading that nothing bears, folded, the one fact that may have borne it.

    used: the facts that the workbook names otherwise, whose labels are known to it. fits: whether the cells
    below a heading are tests of the fact. Where the heading is a known name misspelt it is left to that.
    """
    by_text: dict[str, list[Heading]] = {}
    for heading in unknown:
        by_text.setdefault(folded(heading[2].cell.text), []).append(heading)
    free = [fact for name, fact in names.facts.items() if name not in set(used)]
    found: dict[str, FormerLabel] = {}
    for key, headings in by_text.items():
        possible = [fact for fact in free if all(fits(heading, fact) for heading in headings)]
        if _misspelt(key, names):
            continue
        by_name = nearest(key.replace(" ", "_"), [fact.name for fact in possible])
        alike = [fact for fact in possible if fact.name == by_name or len(possible) == 1]
        if alike:
            places = tuple(cell_name(table.sheet, clause.cell.reference) for table, _, clause in headings)
            found[key] = FormerLabel(headings[0][2].cell.text, alike[0], places)
    return found
