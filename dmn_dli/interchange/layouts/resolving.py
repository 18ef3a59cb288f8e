"""Which table gives the value that another reads, and which names are facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import define, field, frozen

from dmn_dli.interchange.imported import Guess
from dmn_dli.interchange.layouts.drafts import Draft, ForeignBook, Role
from dmn_dli.interchange.layouts.expressions import Spellings
from dmn_dli.interchange.layouts.naming import decision_name, fact_name, unique
from dmn_dli.interchange.layouts.operands import OTHER, WORD, plain_text
from dmn_dli.interchange.layouts.unary import tests_of
from dmn_dli.model.cell import CellKind
from dmn_dli.model.repair import plain_word


@frozen
class Named:
    """A table with the names it has in our workbook: its own, and those of its output columns by number."""

    draft: Draft
    name: str
    outputs: Mapping[int, str]

    def reference(self, number: int) -> str:
        """How another table names an output."""
        return self.name if len(self.outputs) == 1 else f"{self.name}.{self.outputs[number]}"


@define
class Resolved:
    """Names found out: the tables, the facts by their folded names, and what each table reads.

    spellings: as the file has them, with the folded name of the variable that each means. reads: for each
    table, folded name to the reference of a decision; what is not in it is a fact.
    """

    tables: tuple[Named, ...]
    spellings: dict[str, str]
    facts: dict[str, str] = field(factory=dict)
    labels: dict[str, str] = field(factory=dict)
    places: dict[str, str] = field(factory=dict)
    reads: list[dict[str, str]] = field(factory=list)
    guesses: list[Guess] = field(factory=list)

    def variable(self, text: str) -> str:
        """The folded name of the variable that a text spells."""
        return self.spellings.get(text, plain_word(text))

    def fact(self, text: str, place: str) -> None:
        """Take it that the text names a fact."""
        key = self.variable(text)
        if key not in self.facts:
            decisions = {plain_word(each.name) for each in self.tables}
            self.facts[key] = fact_name(text, {*self.facts.values(), *decisions})
            label = " ".join(text.split())
            self.labels[key] = f"{label} (given)" if plain_word(label) in decisions else label
            self.places[key] = place
            self.spellings.setdefault(text, key)

    def names(self, number: int) -> Spellings:
        """What may be written in the cells of a table, as the file spells it, and what it is with us."""
        known = {**self.facts, **self.reads[number]}
        return Spellings({each: known[key] for each, key in self.spellings.items() if key in known})


def resolved(book: ForeignBook) -> Resolved:
    """Find out what every table of the book reads: another's output, or a fact."""
    found = Resolved(tuple(_named(book.drafts)), _spellings(book))
    found.labels = {plain_word(each.name): each.name for each in book.variables}
    writers = _writers(found, book)
    spellings = Spellings(found.spellings)
    edges: dict[int, set[int]] = {number: set() for number in range(len(found.tables))}
    for number, table in enumerate(found.tables):
        mentioned = _mentioned(table.draft, spellings)
        found.reads.append(_reads(found, book, number, writers, edges, mentioned))
        for _, column in table.draft.numbered(Role.INPUT):
            key = found.variable(column.heading)
            if not column.expression and key not in found.reads[number]:
                found.fact(column.heading, column.place)
        for key, place in mentioned.items():
            if key not in found.reads[number]:
                found.fact(found.labels.get(key, key), place)
    for number, table in enumerate(found.tables):
        for _, column in table.draft.numbered(Role.INPUT):
            if column.expression:
                for name in found.names(number).free(column.heading):
                    found.fact(name, column.place)
    return found


def _spellings(book: ForeignBook) -> dict[str, str]:
    """Each spelling of a variable with its folded name."""
    spellings = {
        spelling: plain_word(each.name)
        for each in book.variables
        for spelling in (each.name, *each.spellings)
    }
    for draft in book.drafts:
        for column in draft.columns:
            if column.role is not Role.NOTE and not column.expression:
                spellings.setdefault(column.heading, plain_word(column.heading))
    return spellings


def _mentioned(draft: Draft, spellings: Spellings) -> dict[str, str]:
    """The variables of which cells and headings of FEEL speak, and where first."""
    found: dict[str, str] = {}
    for _, column in draft.numbered(Role.INPUT):
        if column.expression:
            for key in sorted(spellings.mentioned(column.heading)):
                found.setdefault(key, column.place)
    for row in draft.rows:
        for column, entry in zip(draft.columns, row.entries, strict=True):
            if column.role is Role.NOTE or entry.plain or entry.kind is not CellKind.TEXT:
                continue
            texts = [plain_text(entry)]
            if column.role is Role.INPUT:
                texts = [
                    *(each.text for each in tests_of(entry).values if each.kind in (WORD, OTHER)),
                    *texts,
                ]
            for text in texts:
                for key in sorted(spellings.mentioned(text)):
                    found.setdefault(key, entry.place)
    return found


def _named(drafts: Sequence[Draft]) -> Iterator[Named]:
    inputs = {plain_word(column.heading) for draft in drafts for _, column in draft.numbered(Role.INPUT)} - {
        plain_word(column.heading) for draft in drafts for _, column in draft.numbered(Role.OUTPUT)
    }
    taken: set[str] = set()
    for draft in drafts:
        wanted = draft.name
        if plain_word(wanted) in inputs and plain_word(wanted) not in taken:
            wanted = f"{wanted} decision"
        name = decision_name(wanted, taken)
        taken.add(plain_word(name))
        outputs = draft.numbered(Role.OUTPUT)
        names = unique(" ".join(column.heading.split()) for _, column in outputs)
        yield Named(draft, name, dict(zip((number for number, _ in outputs), names, strict=True)))


def _writers(found: Resolved, book: ForeignBook) -> Mapping[str, list[tuple[int, int]]]:
    writers: dict[str, list[tuple[int, int]]] = {}
    for number, table in enumerate(found.tables):
        for column in table.outputs:
            key = found.variable(table.draft.columns[column].heading)
            writers.setdefault(key, []).append((number, column))
            found.labels.setdefault(key, table.draft.columns[column].heading)
    if not book.ordered:
        for number, table in enumerate(found.tables):
            if len(table.outputs) == 1:
                writers.setdefault(plain_word(table.draft.name), []).append(
                    (number, next(iter(table.outputs)))
                )
                found.labels.setdefault(plain_word(table.draft.name), table.draft.name)
                found.spellings.setdefault(table.draft.name, plain_word(table.draft.name))
    for key, several in writers.items():
        if len(several) > 1:
            names = ", ".join(f'"{found.tables[number].name}"' for number, _ in several)
            said = (
                f'"{found.labels[key]}" is given by several tables: {names}; each is a decision of its own.'
            )
            found.guesses.append(Guess(found.tables[several[0][0]].draft.place, said))
    return writers


def _reads(
    found: Resolved,
    book: ForeignBook,
    number: int,
    writers: Mapping[str, list[tuple[int, int]]],
    edges: dict[int, set[int]],
    mentioned: Mapping[str, str],
) -> dict[str, str]:
    reads: dict[str, str] = {}
    inputs = found.tables[number].draft.numbered(Role.INPUT)
    asked = {found.variable(each.heading): each.place for _, each in inputs if not each.expression}
    for key, givers in writers.items():
        place = asked.get(key) or mentioned.get(key)
        if place is None:
            continue
        chosen = _giver(number, givers, edges, ordered=book.ordered)
        if chosen is None:
            said = f'"{found.labels[key]}" is set by this or a later table too; here it is read as a fact.'
            found.guesses.append(Guess(place, said))
            continue
        edges[number].add(chosen[0])
        reads[key] = found.tables[chosen[0]].reference(chosen[1])
        if len(givers) > 1:
            said = f'"{found.labels[key]}" is read from the table "{found.tables[chosen[0]].name}".'
            found.guesses.append(Guess(place, said))
    return reads


def _giver(
    number: int, givers: list[tuple[int, int]], edges: Mapping[int, set[int]], *, ordered: bool
) -> tuple[int, int] | None:
    """The latest table before this one that gives the value; else the first that does not depend on it."""
    free = [each for each in givers if each[0] != number and not _depends(each[0], number, edges)]
    before = [each for each in free if each[0] < number]
    if ordered:
        return before[-1] if before else None
    return free[0] if free else None


def _depends(on: int, number: int, edges: Mapping[int, set[int]]) -> bool:
    """Whether a table reads another, through others too."""
    seen: set[int] = set()
    waiting = [on]
    while waiting:
        each = waiting.pop()
        if each == number:
            return True
        if each not in seen:
            seen.add(each)
            waiting.extend(edges[each])
    return False
