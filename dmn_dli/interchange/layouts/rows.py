"""The rows of a table's sheet: headings, types and cells as the workbook contract has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from dmn_dli.excel import table
from dmn_dli.feel.text import to_feel
from dmn_dli.interchange.imported import Guess, Rows
from dmn_dli.interchange.layouts.drafts import Column, Entry, Role
from dmn_dli.interchange.layouts.expressions import Spellings
from dmn_dli.interchange.layouts.kinds import Kind, is_computed, key_of
from dmn_dli.interchange.layouts.naming import unique
from dmn_dli.interchange.layouts.operands import (
    NULL,
    NUMBER,
    OTHER,
    WORD,
    Operand,
    operand,
    parts_of,
    plain_text,
    value_of,
)
from dmn_dli.interchange.layouts.resolving import Named, Resolved
from dmn_dli.interchange.layouts.unary import as_type, in_feel, tests_of
from dmn_dli.model.cell import CellKind
from dmn_dli.model.repair import plain_word


def hit_policy(text: str) -> str | None:
    """The letter of a hit policy however it is spelt (`First`, `COLLECT (SUM)`); None where it is none."""
    found = table.hit_policy(text.replace("(", " ").replace(")", " "))
    return None if found is None else found.value


@frozen
class Sheet:
    """What a table's sheet needs besides the table: names, kinds, and the list of what was guessed."""

    table: Named
    number: int
    found: Resolved
    kinds: Mapping[str, Kind]
    guesses: list[Guess]

    def rows(self) -> Rows:
        """The sheet's rows."""
        draft = self.table.draft
        names = self.found.names(self.number)
        order = [pair for role in Role for pair in draft.numbered(role)]
        computed = {
            position
            for position, _ in draft.numbered(Role.OUTPUT)
            if any(
                is_computed(row.entries[position], names) or _is_list(row.entries[position])
                for row in draft.rows
            )
        }
        policy = hit_policy(draft.hit_policy) or "U"
        written: list[Sequence[str | None]] = [
            (self.table.name, draft.question or None),
            (policy, *(column.role.value for _, column in order)),
            ("Rule", *self._headings(order, names)),
            ("values", *(self._values(position, column, policy, computed) for position, column in order)),
        ]
        ids = unique(row.id or str(number) for number, row in enumerate(draft.rows, 1))
        for id_, row in zip(ids, draft.rows, strict=True):
            if row.id and id_ != row.id:
                self._say(row.place, f'The rule id "{row.id}" stands there twice; this rule is "{id_}".')
            cells = (
                self._cell(column, row.entries[position], names, position in computed)
                for position, column in order
            )
            written.append((id_, *cells))
        self._say_of_blanks(order)
        self._say_of_percentages(order)
        return written

    def _say(self, place: str, text: str) -> None:
        self.guesses.append(Guess(place, text))

    def _say_of_blanks(self, order: Sequence[tuple[int, Column]]) -> None:
        rows = self.table.draft.rows
        for role, said in (
            (Role.INPUT, "Blank input cells mean any value, as this layout has it; they are `-` now"),
            (Role.OUTPUT, "Blank output cells are null"),
        ):
            blank = [
                row.entries[position].place
                for row in rows
                for position, column in order
                if column.role is role and row.entries[position].blank
            ]
            if blank:
                more = f" and {len(blank) - 1} more" if len(blank) > 1 else ""
                self._say(self.table.draft.place, f"{said}: {blank[0]}{more}.")

    def _headings(self, order: Sequence[tuple[int, Column]], names: Spellings) -> list[str]:
        headings: list[str] = []
        inputs: set[str] = set()
        notes = iter(unique(_note(column.heading) for _, column in order if column.role is Role.NOTE))
        for position, column in order:
            if column.role is Role.NOTE:
                headings.append(next(notes))
            elif column.role is Role.OUTPUT:
                headings.append(self.table.outputs[position])
            else:
                heading = self._clause(column, names)
                while plain_word(heading) in inputs:
                    heading = f"({heading})"
                inputs.add(plain_word(heading))
                headings.append(heading)
        return headings

    def _clause(self, column: Column, names: Spellings) -> str:
        if column.expression:
            return names.renamed(column.heading)
        key = self.found.variable(column.heading)
        return self.found.reads[self.number].get(key) or self.found.labels[key]

    def _kind(self, column: Column) -> Kind:
        return self.kinds.get(key_of(column, self.found), Kind("string"))

    def _values(self, position: int, column: Column, policy: str, computed: set[int]) -> str | None:
        if column.role is not Role.OUTPUT:
            return None
        kind = self._kind(column)
        listed = column.allowed
        if listed is not None and not listed.blank and tests_of(listed).finite:
            values = [as_type(each, kind.type) for each in tests_of(listed).values]
            return ", ".join(each.feel for each in values)
        if position in computed:
            return "expression"
        if policy in ("P", "O"):
            self._say(
                column.place, f"The hit policy {policy} needs the values of this output in order of priority."
            )
        return (
            kind.type
            if kind.type in ("number", "boolean", "date")
            else "number"
            if kind.type == "integer"
            else None
        )

    def _cell(self, column: Column, entry: Entry, names: Spellings, computed: bool) -> str | None:
        if column.role is Role.NOTE:
            return entry.text or None
        type_ = self._kind(column).type
        self._look_at(entry)
        if column.role is Role.INPUT:
            return self._test(entry, type_, names)
        if entry.blank:
            return "null"
        listed = column.allowed is not None and tests_of(column.allowed).finite and not column.allowed.blank
        return self._output(entry, type_, names, computed=computed, listed=listed)

    def _test(self, entry: Entry, type_: str, names: Spellings) -> str:
        tests = tests_of(entry)
        if tests.form == "other":
            said = f"The test {_short(entry.text)} is kept as it stands."
            self._say(entry.place, said)
            return names.renamed(tests.text)
        if any(leaf.form == "contains" for leaf in tests.leaves()):
            self._say(
                entry.place, "A fact is one value and no list; the test asks whether its text contains this."
            )
        for value in tests.values:
            if (
                value.kind == WORD
                and type_ != "string"
                and names.meaning(value.text) is None
                and _is_odd(value, type_)
            ):
                self._say(entry.place, f'"{value.text}" is no {type_}; the cell is kept as it stands.')
        return in_feel(tests, type_, names.meaning)

    def _output(self, entry: Entry, type_: str, names: Spellings, *, computed: bool, listed: bool) -> str:
        if is_computed(entry, names):
            text = entry.text if entry.kind is not CellKind.TEXT else plain_text(entry)
            return value_of(entry).text if entry.kind is not CellKind.TEXT else names.renamed(text)
        if _is_list(entry):
            parts = [as_type(operand(each), type_).feel for each in parts_of(plain_text(entry).strip("[]"))]
            return f"[{', '.join(parts)}]"
        value = as_type(value_of(entry), type_)
        if value.kind == NULL:
            return "null"
        if type_ == "string" and not computed and not listed:
            return value.text if value.text != "null" else '"null"'
        if value.kind == OTHER:
            return to_feel(entry.text) if type_ == "string" else entry.text
        return value.feel if computed or listed or value.kind != "date" else value.text

    def _look_at(self, entry: Entry) -> None:
        """Say what the cell's value is not as people see it."""
        if entry.kind is CellKind.ERROR:
            self._say(entry.place, f"The cell holds the error {entry.text}.")
        elif entry.kind is CellKind.FORMULA:
            self._say(entry.place, "The cell holds a formula without a value.")

    def _say_of_percentages(self, order: Sequence[tuple[int, Column]]) -> None:
        for position, column in order:
            entries = [row.entries[position] for row in self.table.draft.rows]
            shown = [each for each in entries if column.role is not Role.NOTE and _is_percentage(each)]
            if shown:
                first = shown[0]
                more = f", and so do {len(shown) - 1} more of its column" if len(shown) > 1 else ""
                said = f"The cell shows a percentage; the number is {value_of(first).text}{more}."
                self._say(first.place, said)


def _is_percentage(entry: Entry) -> bool:
    if entry.kind is CellKind.NUMBER:
        return "%" in entry.number_format
    shown = entry.kind is CellKind.TEXT and not entry.plain and entry.text.endswith("%")
    return shown and value_of(entry).kind == NUMBER


def _is_odd(value: Operand, type_: str) -> bool:
    return as_type(value, type_).kind == WORD


def _is_list(entry: Entry) -> bool:
    """Whether an output holds strings in quotes that commas part, or a list in brackets."""
    if entry.plain or entry.kind is not CellKind.TEXT:
        return False
    text = plain_text(entry)
    parts = parts_of(text)
    if len(parts) > 1 and all(each.strip().startswith('"') for each in parts):
        return True
    return len(parts) == 1 and text[:1] == "[" and text[-1:] == "]" and ".." not in text


def _note(heading: str) -> str:
    """The heading of a NOTE column; `Status` has a meaning of its own in our sheets."""
    name = " ".join(heading.split()) or "Note"
    return f"{name} (imported)" if plain_word(name) == "status" else name


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return f"`{flat}`" if len(flat) <= 100 else f"`{flat[:97]}...`"
