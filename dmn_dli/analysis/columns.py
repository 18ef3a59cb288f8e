"""A table as the analysis sees it: its grid, which combinations can arrive, and cases that show something."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from random import Random
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from dmn_dli.analysis.column_views import ColumnView, column_view
from dmn_dli.analysis.grid import Box, Grid, grid_of
from dmn_dli.analysis.relational_words import CellWords, accepted_by, in_cells
from dmn_dli.analysis.words import in_words, plain_fact
from dmn_dli.diagrams.build import PolicyDiagrams
from dmn_dli.diagrams.cases import a_case, both, certain, everywhere, nowhere, share, shares, where
from dmn_dli.diagrams.columns import meeting
from dmn_dli.diagrams.composition import IMPOSSIBLE
from dmn_dli.diagrams.store import TooLarge
from dmn_dli.diagrams.variables import DerivedVariable
from dmn_dli.tables.firing import Firing as Fired
from dmn_dli.tables.linked import FactSource, LinkedTable
from dmn_dli.tables.logic import TableLogic
from dmn_dli.tables.masks import members

if TYPE_CHECKING:
    from dmn_dli.analysis.trials import Trials

FEASIBILITY_STEPS = 300_000
"""How many steps one question about a table may take to tell which combinations can arrive."""

FIRING_STEPS = 60_000
"""How many steps the diagram of the rules that fire together may take."""


@frozen
class Witness:
    """A case that shows something: `facts` by name, or by heading for clauses that are no facts.

    certain: whether it is a real case; else it hangs on a clause that cannot be traced to facts, and no
    real case was found.
    """

    facts: dict[str, Any]
    certain: bool


@frozen
class Firing:
    """Which sets of rules fire together, over all cases: each mask of rules that some case leads to.

    root: the diagram of the masks. Exact, or too wide where free variables are among its own.
    """

    root: int
    masks: tuple[int, ...]


@frozen(slots=False)
class TableView:
    """A table with its grid."""

    table: LinkedTable
    logic: TableLogic
    diagrams: PolicyDiagrams
    columns: tuple[ColumnView, ...]
    arriving: int
    """The diagram of the cases in which all decisions that outputs are computed from have a value."""
    admissible: int
    """The diagram of those of them that are possible."""
    _selections: dict[tuple[int, int], int] = field(factory=dict, eq=False, repr=False)

    @cached_property
    def _grid(self) -> tuple[Grid, tuple[tuple[int, ...], ...]]:
        return grid_of([column.masks for column in self.columns], len(self.table.rule_indexes))

    @property
    def grid(self) -> Grid:
        """The table over the classes of its columns' atoms."""
        return self._grid[0]

    @cached_property
    def free(self) -> tuple[DerivedVariable, ...]:
        """The variables that no fact settles and that the columns, or assumptions, depend on."""
        store = self.diagrams.store
        roots = (self.arriving, *self.diagrams.assumptions, *[column.root for column in self.columns])
        support = frozenset[int]().union(*map(store.support, roots))
        return tuple(variable for variable in self.diagrams.derived if variable.number in support)

    @property
    def doubt(self) -> str:
        """Why what hangs on free variables is not certain."""
        return untraced(self.diagrams, self.free)

    @cached_property
    def independent(self) -> bool:
        """Whether all combinations can arrive: no two columns share a variable, no assumption binds any."""
        if self.admissible != everywhere(self.diagrams.store):
            return False
        supports = [self.diagrams.store.support(column.root) for column in self.columns]
        return sum(map(len, supports)) == len(frozenset[int]().union(*supports))

    @cached_property
    def firing(self) -> Firing | None:
        """Which rules fire together; None where that takes too many steps to tell."""
        store = self.diagrams.store
        store.allow(FIRING_STEPS)
        try:
            root = self.meeting(range(len(self.columns)))
        except TooLarge:
            return None
        return Firing(root, tuple(sorted(mask for mask in store.reached(root) if isinstance(mask, int))))

    def meeting(self, positions: Sequence[int]) -> int:
        """The diagram of the rules whose cells in these columns all accept. Raises TooLarge."""
        store = self.diagrams.store
        columns = [self.columns[position].root for position in positions]
        root = meeting(store, self.logic.all_rules, columns)
        return store.if_then_else(self.admissible, root, store.terminal(IMPOSSIBLE))

    def words(self, box: Box) -> tuple[tuple[str, str], ...]:
        """For each column that a box narrows, its heading and the values in words."""
        entries = zip(self.columns, self._told(box), strict=True)
        return tuple((column.label, words.text) for column, words in entries if words.text != "-")

    def cell_words(self, box: Box) -> tuple[str, ...]:
        """For each column what an input cell that accepts just a box's values would hold; "" if none can."""
        return tuple(words.text if words.cell else "" for words in self._told(box))

    def _told(self, box: Box) -> tuple[CellWords, ...]:
        found = []
        for position, (column, classes, of_atom) in enumerate(
            zip(self.columns, box, self._grid[1], strict=True)
        ):
            chosen = [bool(classes >> number & 1) for number in of_atom]
            if all(chosen):
                found.append(CellWords("-", cell=True))
            elif column.atoms is None:
                found.append(self._in_cells(position, classes))
            else:
                text = in_words(column.atoms, chosen, quoted=column.quoted)
                found.append(CellWords(text, cell=True))
        return tuple(found)

    def _in_cells(self, position: int, classes: int) -> CellWords:
        """Classes of a column that has no values to list, in the words of its cells."""
        column, accepting = self.table.columns[position], self.grid.accepting[position]
        given = {each.fact.name for each in self.diagrams.facts if not each.fact.nullable}
        nullable = not (isinstance(column.source, FactSource) and column.source.fact.name in given)
        cells = accepted_by(column.cells, accepting)
        return in_cells(
            cells,
            classes,
            self.grid.domain[position],
            nullable=nullable,
            doubtful=not column.reads <= given,
        )

    def cases(self, box: Box) -> int:
        """The diagram of the possible cases that lead into a box. Raises TooLarge."""
        store = self.diagrams.store
        root = self.admissible
        for position, classes in enumerate(box):
            if classes != self.grid.domain[position] or not self.columns[position].sure:
                root = both(store, root, self._selected(position, classes))
        return root

    def reachable(self, box: Box) -> bool:
        """Whether some case leads into a box, free variables being what they may. Raises TooLarge."""
        return all(box) and (self.independent or self.cases(box) != nowhere(self.diagrams.store))

    def witness(self, box: Box) -> Witness | None:
        """A case that leads into a box; None if none does.

        Raises TooLarge where that cannot be told; the caller grants the store its steps.
        """
        if not all(box):
            return None
        shows = partial(self._inside, box)
        if not self.independent:
            return self.witness_of(self.cases(box), shows)
        store = self.diagrams.store
        narrowed = [
            (position, classes)
            for position, classes in enumerate(box)
            if classes != self.grid.domain[position] or not self.columns[position].sure
        ]

        def another(chance: Random | None) -> dict[int, int]:
            path: dict[int, int] = {}
            for position, classes in narrowed:
                chosen = classes & -classes if chance is None else classes
                path |= a_case(store, self._selected(position, chosen), chance) or {}
            return path

        path = another(None)
        sure = not path.keys() & {each.number for each in self.free}
        return self._tried([path], another, shows, sure=sure)

    def witness_of(self, root: int, shows: Callable[[Fired], bool]) -> Witness | None:
        """One of the cases of a diagram; a certain one where there is any.

        shows: whether the table, as it answers to a real case, shows what the diagram's cases are said to.
        """
        store = self.diagrams.store
        path = a_case(store, root)
        if path is None:
            return None
        surely = a_case(store, certain(store, root, len(self.diagrams.facts))) if self.free else path
        paths = [each for each in (surely, path) if each is not None]
        return self._tried(
            paths, lambda chance: a_case(store, root, chance) or {}, shows, sure=surely is not None
        )

    def _tried(
        self,
        paths: Sequence[dict[int, int]],
        another: Callable[[Random], dict[int, int]],
        shows: Callable[[Fired], bool],
        *,
        sure: bool,
    ) -> Witness:
        """sure: whether the first path leads there whatever the free variables are."""
        if sure and self._arriving:
            return Witness(stated(self.diagrams, paths[0], self.free), certain=True)
        real = self._trials.real(paths, another, shows)
        facts = stated(self.diagrams, paths[0], self.free) if real is None else real
        return Witness(facts, real is not None)

    @cached_property
    def _trials(self) -> Trials:
        from dmn_dli.analysis.trials import Trials  # few tables need them

        return Trials(self.diagrams, [self.table], self.free)

    @cached_property
    def _arriving(self) -> bool:
        """Whether no case is stopped at a free variable: by a decision that it reads, or by its row 4."""
        policy = self.diagrams.policy
        for each in self.free:
            if each.term is not None:
                continue
            column = policy.by_name[each.decisions[0]].columns[each.column]
            if each.reads & policy.decision_names.keys() or (each.test is not None and column.allowed):
                return False
        # A column over computed values asks for nothing where all of its cells are `-`.
        untraced = self.diagrams.columns.untraced
        return not any(
            (self.table.name, position) in untraced and not policy.decision_names.keys().isdisjoint(names)
            for position, names in enumerate(column.names for column in self.table.columns)
        )

    @cached_property
    def _classes(self) -> tuple[Mapping[int, int], ...]:
        """For each column its classes by their masks."""
        return tuple({mask: each for each, mask in enumerate(masks)} for masks in self.grid.accepting)

    def _inside(self, box: Box, firing: Fired) -> bool:
        """Whether a case lies in a box."""
        found = zip(box, self._classes, firing.masks, strict=True)
        return firing.unlisted is None and all(
            mask in of_mask and classes >> of_mask[mask] & 1 for classes, of_mask, mask in found
        )

    def share(self, box: Box) -> float:
        """How much of all possible cases, counted by their classes, a box holds, 0 to 1. Raises TooLarge."""
        store = self.diagrams.store
        if not self.independent:
            return share(store, self.cases(box)) / share(store, self.admissible)
        found = 1.0
        for of_class, classes in zip(self._shares, box, strict=True):
            found *= sum(of_class[each] for each in members(classes))
        return found

    @cached_property
    def _shares(self) -> tuple[tuple[float, ...], ...]:
        """For each column, for each class, how much of what its diagram asks for leads to it."""
        store = self.diagrams.store
        found = []
        for column, accepting in zip(self.columns, self.grid.accepting, strict=True):
            of_mask = {store.results[~number]: part for number, part in shares(store, column.root).items()}
            found.append(tuple(of_mask[mask] for mask in accepting))
        return tuple(found)

    def _selected(self, position: int, classes: int) -> int:
        """The cases whose value in a column is of one of the classes."""
        key = position, classes
        if key not in self._selections:
            wanted = frozenset(self.grid.accepting[position][each] for each in members(classes))
            store = self.diagrams.store
            self._selections[key] = where(store, self.columns[position].root, wanted.__contains__)
        return self._selections[key]


def stated(
    diagrams: PolicyDiagrams, path: Mapping[int, int], free: Sequence[DerivedVariable] = ()
) -> dict[str, Any]:
    """What a path says: facts by name, and by their headings clauses that cannot be traced to facts."""
    found: dict[str, Any] = {}
    for variable in diagrams.facts:
        if variable.number in path:
            atom = variable.domain.atoms[path[variable.number]]
            found[variable.fact.name] = plain_fact(atom.shown)
    for derived in free:
        if derived.number in path:
            atom = derived.domain.atoms[path[derived.number]]
            found[derived.label] = plain_fact(atom.shown)
    return found


def untraced(diagrams: PolicyDiagrams, free: Sequence[DerivedVariable]) -> str:
    """Why what hangs on free variables is not certain: the clauses that are not followed to the end."""
    opaque = _places(diagrams, [each for each in free if each.term is None])
    terms = _places(diagrams, [each for each in free if each.term is not None])
    reasons = [f"the values of {opaque} cannot be traced to single facts"] if opaque else []
    if terms:
        reasons.append(f"which values of {terms} go with which facts could not be worked out")
    return "; ".join(reasons)


def _places(diagrams: PolicyDiagrams, free: Sequence[DerivedVariable]) -> str:
    tables = [diagrams.policy.by_name[each.decisions[0]] for each in free]
    places = [
        f'"{each.label}"' if table.table.of_model else f'"{each.label}" ({each.cell})'
        for table, each in zip(tables, free, strict=True)
    ]
    return ", ".join(dict.fromkeys(places))


def view(diagrams: PolicyDiagrams, table: LinkedTable, logic: TableLogic) -> TableView:
    """A table as the analysis sees it. Raises Untraceable, and TooLarge for a column of too many steps."""
    columns = tuple(column_view(diagrams, table, position, logic) for position in range(len(table.columns)))
    store = diagrams.store
    store.allow(FEASIBILITY_STEPS)
    problems = diagrams.columns.composition.problems(table.computed_names)
    arriving, admissible = where(store, problems, _is_none), diagrams.admissible
    if arriving != everywhere(store):
        admissible = both(store, admissible, arriving)
    return TableView(table, logic, diagrams, columns, arriving, admissible)


def _is_none(problem: Any) -> bool:
    return problem is None
