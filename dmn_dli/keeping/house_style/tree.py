"""How the rows of a sheet of criteria stand to each other, and which colour that gives them."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from dmn_dli.keeping.house_style.table import EXCLUDED, EXCLUDING, GROUP, TOPMOST
from dmn_dli.linking.groups import read_groups
from dmn_dli.linking.reporter import Reporter
from dmn_dli.model.criteria import CriteriaSheet, CriterionRow

_NONE = "none"


@frozen
class Standing:
    """A row: how many groups it is part of, one in the other; whether it is a group; whether it excludes.

    excludes: it is a group of exclusions, or stands below one.
    """

    depth: int = 0
    is_group: bool = False
    excludes: bool = False

    @property
    def fill(self) -> str:
        """The colour of the row; "" for none."""
        if self.is_group:
            return EXCLUDING if self.excludes else GROUP if self.depth else TOPMOST
        return EXCLUDED if self.excludes else ""


def standings(sheet: CriteriaSheet) -> Mapping[int, Standing]:
    """Each row in force by its number in the sheet; what is wrong with the groups is `check`'s to say."""
    places = read_groups(sheet, None, Reporter("", sheet.sheet))
    groups_of_none = {place.row.id for place in places if place.needs and place.needs.word == _NONE}

    def excludes(row: CriterionRow, groups: tuple[CriterionRow, ...]) -> bool:
        return any(each.id in groups_of_none for each in (row, *groups))

    return {
        place.row.cell.row: Standing(
            len(place.groups), place.needs is not None, excludes(place.row, place.groups)
        )
        for place in places
    }
