"""Dropdowns: the words that cells of tables, of criteria and of lists may hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from attrs import frozen

from dmn_dli.excel.columns import Column
from dmn_dli.excel.layouts import FIRST_RULE_ROW, KIND_ROW, ColumnKind
from dmn_dli.excel.sheet import Sheet
from dmn_dli.keeping.house_style.highlights import Marked, boolean_test, numbers_test, words_test
from dmn_dli.keeping.house_style.plan import LAST_ROW
from dmn_dli.keeping.house_style.words import ANY, BOOLEANS, Subject, Words, offered, stated_choices
from dmn_dli.model.cell import column_letters
from dmn_dli.model.facts import FactType
from dmn_dli.model.repair import plain_word
from dmn_dli.model.workbook import IN_FORCE
from dmn_dli.ooxml.look import Dropdown
from dmn_dli.runtime.hit_policy import HitPolicy

Choices = tuple[str, tuple[Dropdown, ...]]
"""An area, and all the dropdowns that it is to have."""

RETIRED = "retired"
NEEDS_WORDS = ("all", "any", "none", "at least 2")
_SINGLE = "Not a single value of the list. Several values with commas, not(...), ranges and - are fine too."
_ONE = "Not a value of the list. One value is expected here."
_NEEDS = "Not all, any, none or at least and a number."
_STATUS = "Not a status of the list. Blank: in force."
_HIT_POLICY = "Choose one of the list."
_LONGEST_TITLE = 32


def dropdown(
    column: int, rows: tuple[int, int], words: Iterable[str], title: str = "", error: str = ""
) -> Choices:
    """The only dropdown of a column, in these rows; an area without any where the words are too many."""
    letters = column_letters(column)
    first, last = rows
    words = offered(words)
    made = Dropdown((f"{letters}{first}:{letters}{last}",), words, title[:_LONGEST_TITLE].strip(), error)
    return f"{letters}{first}:{letters}{LAST_ROW}", (made,) if words else ()


@frozen
class GridChoices:
    """The choices of a table or a sheet of criteria.

    By the columns' numbers: subjects, what the IF columns are about; row_4, what row 4 says of them, or is to
    say; outputs, what it says of the THEN columns, without their defaults. last: the last row.
    """

    sheet: Sheet
    words: Words
    subjects: Mapping[int, Subject]
    row_4: Callable[[int], str]
    outputs: Mapping[int, str]
    last: int

    def of_columns(self, columns: tuple[Column, ...], *, is_criteria: bool) -> tuple[Choices, ...]:
        """The dropdowns of each column, and of the hit policy in A2."""
        found = [each for column in columns if (each := self._of(column, is_criteria=is_criteria))]
        policies = () if is_criteria else tuple(policy.value for policy in HitPolicy)
        head = Dropdown((f"A{KIND_ROW}",), policies, "Hit policy", _HIT_POLICY)
        return ((f"A{KIND_ROW}", (head,) if policies else ()), *found)

    def _of(self, column: Column, *, is_criteria: bool) -> Choices | None:
        """The dropdown of a column; None where the words are nobody's but the author's."""
        heading = column.heading.text
        rows = (FIRST_RULE_ROW, self.last)
        match column.kind:
            case ColumnKind.INPUT:
                subject = self.subjects[column.number]
                words = self.words.clause_choices(subject, self.row_4(column.number))
                if words or subject.known:
                    return dropdown(column.number, rows, (*words, ANY) if words else (), heading, _SINGLE)
            case ColumnKind.OUTPUT if not is_criteria:
                words = stated_choices(self.outputs.get(column.number, ""))
                if words:
                    return dropdown(column.number, rows, words, heading, _ONE)
            case ColumnKind.GROUP if plain_word(heading) == "needs":
                return dropdown(column.number, rows, NEEDS_WORDS, heading, _NEEDS)
            case ColumnKind.GROUP if plain_word(heading) == "means":
                return dropdown(column.number, rows, self.words.determinations, heading, _ONE)
            case ColumnKind.ANNOTATION if plain_word(heading) == "status":
                return dropdown(column.number, rows, (IN_FORCE, RETIRED), heading, _STATUS)
        return None

    def marked(self, columns: tuple[Column, ...]) -> Iterator[Marked]:
        """The columns in which Excel can tell a wrong value, and how."""
        for column in columns:
            test = self._test(column)
            if test:
                yield Marked(column.number, test)

    def _test(self, column: Column) -> str:
        subject = self.subjects.get(column.number, Subject())
        row_4 = self.outputs.get(column.number, "")
        if column.kind is ColumnKind.INPUT:
            row_4 = self.row_4(column.number)
        fact = subject.fact
        if fact is not None and fact.type is not FactType.STRING:
            if fact.type is FactType.BOOLEAN:
                return boolean_test(self._names_in(column))
            return "" if fact.type is FactType.DATE else numbers_test(row_4)
        words = stated_choices(row_4) or (BOOLEANS if subject.criterion and not row_4 else ())
        if not words or any(word == "null" or word[:1].isdigit() for word in words):
            return ""
        if set(words) <= set(BOOLEANS):
            return boolean_test(self._names_in(column))
        return words_test(self._names_in(column))

    def _names_in(self, column: Column) -> tuple[str, ...]:
        """What cells of the column hold that names something: another fact, with which it is compared."""
        texts = dict.fromkeys(
            " ".join(cell.text.split())
            for cell in self.sheet.cells.values()
            if cell.column == column.number and cell.row >= FIRST_RULE_ROW
        )
        return tuple(text for text in texts if self.words.names_something(text))
