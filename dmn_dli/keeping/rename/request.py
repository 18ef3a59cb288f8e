"""What somebody asks to rename: whether it is there, and whether the new name is free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from attrs import evolve, frozen

from dmn_dli.cases.columns import EXPECT, WHY
from dmn_dli.cases.headed_rows import OWN
from dmn_dli.excel.dictionary import SNAKE_CASE
from dmn_dli.excel.workbook import is_reserved
from dmn_dli.feel.builtins import BUILTIN_NAMES
from dmn_dli.feel.keywords import KEYWORDS
from dmn_dli.keeping.rename.data import Request, Subject
from dmn_dli.keeping.rename.decisions import Decision, decision_names, new_tab, tab_name
from dmn_dli.keeping.rename.reading import Reading
from dmn_dli.keeping.rename.scope import Scope
from dmn_dli.keeping.rename.values import Revalued, Value
from dmn_dli.linking.dictionary import fact_values
from dmn_dli.model.criteria import CriteriaSheet
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.model.repair import plain_word, repair_blanks
from dmn_dli.ooxml.names import objection_to_name
from dmn_dli.runtime.input_error import InputError
from dmn_dli.runtime.kernel import DATE_FACT
from dmn_dli.runtime.nearest import did_you_mean
from dmn_dli.runtime.record import LISTS
from dmn_dli.runtime.words import composed, folded

_NUMBERS = (FactType.NUMBER, FactType.INTEGER)


@frozen
class Task:
    """A request understood: what it is about, in the spelling of the tables."""

    request: Request
    fact: Fact | None = None
    decision: Decision | None = None
    revalued: Revalued | None = None

    def name(self, name: str) -> str:
        """The name by which expressions know, from now on, what they knew by another."""
        return self.names.get(name, name)

    @property
    def names(self) -> Mapping[str, str]:
        """The canonical names that change, old to new."""
        request = self.request
        if request.subject is Subject.FACT:
            return {request.old: request.new}
        if request.subject is Subject.DECISION and self.decision is not None:
            return decision_names(self.decision, request.new)
        if request.subject is Subject.CRITERION and isinstance(self.decision, CriteriaSheet):
            return {self.decision.name_of(request.old): self.decision.name_of(request.new)}
        return {}


def understood(request: Request, scope: Scope) -> Task:
    """The task that a request is. Raises InputError where it names nothing, or takes what is taken."""
    new = composed(repair_blanks(request.new)[0])
    if not new:
        raise InputError("The new name is blank.")
    request = evolve(request, new=new)
    match request.subject:
        case Subject.FACT | Subject.LABEL:
            task = _fact(request, scope)
        case Subject.VALUE:
            task = _value(request, scope)
        case Subject.DECISION:
            task = _decision(request, scope.readings[0])
        case _:
            task = _row(request, scope.readings[0])
    if task.request.new == task.request.old:
        raise InputError(f'The {request.subject.value} is called "{task.request.old}" already.')
    return task


def _fact(request: Request, scope: Scope) -> Task:
    facts = scope.facts.facts
    by_label = request.subject is Subject.LABEL
    fact = next((each for each in facts if folded(_called(each, request)) == folded(request.old)), None)
    if fact is None:
        other = next(
            (each for each in facts if folded(request.old) in (folded(each.name), folded(each.label))), None
        )
        if other is not None:
            what = (
                f'the name of a fact; its label is "{other.label}"'
                if by_label
                else f'a label; the fact is called "{other.name}"'
            )
            raise InputError(f'"{request.old}" is {what}.')
        known = [_called(each, request) for each in facts]
        raise InputError(
            f'No fact has the {"label" if by_label else "name"} "{request.old}".'
            + did_you_mean(request.old, known)
        )
    request = evolve(request, old=_called(fact, request))
    if not by_label:
        _require_name(request)
    _require_heading(request)
    for reading in scope.readings:
        _require_free(request.new, reading, {fact.name})
    for each in facts:
        if each is not fact and folded(request.new) in (folded(each.name), folded(each.label)):
            _taken(request.new, f'the fact "{each.name}" ({each.label})')
    return Task(request, fact=fact)


def _called(fact: Fact, request: Request) -> str:
    return fact.label if request.subject is Subject.LABEL else fact.name


def _require_name(request: Request) -> None:
    """Raise InputError for what cannot be a fact's name, or what the program knows by its name."""
    new = request.new
    if not SNAKE_CASE.fullmatch(new):
        raise InputError(
            f'"{new}" is no name for a fact; small letters, digits and _ are expected, as in donor_age.'
        )
    if new in KEYWORDS or new in BUILTIN_NAMES:
        raise InputError(f'"{new}" is a word of FEEL, by which expressions could not name a fact.')
    if DATE_FACT in (request.old, new):
        raise InputError(f'By "{DATE_FACT}" the policy version of a case is chosen; that name cannot change.')
    if new in OWN:
        raise InputError(f'"{new}" is a key of every case, and cannot be the name of a fact.')


def _require_heading(request: Request) -> None:
    """Raise InputError for what a Cases sheet would take for something else than a fact."""
    word = plain_word(request.new)
    if word in ("case", WHY) or word.startswith(EXPECT) or word in KEYWORDS:
        raise InputError(f'"{request.new}" means something else as a heading of the sheet Cases or in FEEL.')


def _require_free(new: str, reading: Reading, own: Iterable[str]) -> None:
    """Raise InputError where a name stands for something else in a workbook already."""
    names = reading.names
    known = names.canonical.get(folded(new))
    if known is not None and known not in own:
        if known in names.facts:
            _taken(new, f'the fact "{known}" ({names.facts[known].label})')
        _taken(new, f'"{known}" of "{reading.shown}"')


def _taken(new: str, holder: str) -> NoReturn:
    raise InputError(f'The name "{new}" is taken: {holder} has it.')


def _value(request: Request, scope: Scope) -> Task:
    facts = scope.facts.facts
    wanted = folded(request.fact)
    fact = next((each for each in facts if folded(each.name) == wanted), None) or next(
        (each for each in facts if folded(each.label) == wanted), None
    )
    if fact is None:
        known = [word for each in facts for word in (each.name, each.label)]
        raise InputError(f'There is no fact "{request.fact}".{did_you_mean(request.fact, known)}')
    if fact.type is FactType.BOOLEAN:
        raise InputError(f'"{fact.label}" is Yes or No; these are no names, and stay.')
    allowed = fact_values(scope.facts, "")[0].get(fact.name)
    values = None if allowed is None else allowed.values
    if allowed is None or values is None or fact.type is FactType.DATE:
        said = fact.allowed.text if fact.allowed is not None else "any value"
        raise InputError(
            f'"{fact.label}" has no list of values of which one could be renamed; it allows: {said}.'
        )
    listed = [each for each in values if isinstance(each, str | Decimal)]
    old, new = (_read(text, fact) for text in (request.old, request.new))
    found = next((each for each in listed if folded(each) == folded(old)), None)
    if found is None:
        raise InputError(
            f'"{fact.label}" has no value "{request.old}"; it allows: {allowed.text}.'
            + did_you_mean(request.old, map(str, listed))
        )
    if any(folded(each) == folded(new) for each in listed if each != found):
        raise InputError(f'The value "{request.new}" is taken: "{fact.label}" allows {allowed.text}.')
    request = evolve(request, fact=fact.name, old=str(found), new=str(new))
    return Task(request, fact=fact, revalued=Revalued(fact, found, new))


def _read(text: str, fact: Fact) -> Value:
    """The value of a fact's type that a text says. Raises InputError where it says none."""
    if fact.type not in _NUMBERS:
        said = composed(repair_blanks(text)[0])
        if said.casefold() in ("", "-", "null"):
            raise InputError(f'"{said}" cannot be a value: in a cell it means something else.')
        return said
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        raise InputError(
            f'"{text}" is no number, but "{fact.label}" is a fact of type {fact.type.value}.'
        ) from None
    if not number.is_finite() or (fact.type is FactType.INTEGER and number != number.to_integral_value()):
        raise InputError(f'"{text}" is no whole number, as "{fact.label}" asks for.')
    return number


def _decision(request: Request, reading: Reading) -> Task:
    book = reading.workbook
    decisions: list[Decision] = [*book.tables, *book.criteria]
    decision = _found(request.old, decisions, reading)
    request = evolve(request, old=decision.name)
    lists = {plain_word(name): name for name in LISTS.values()}
    for name in (request.old, request.new):
        if plain_word(name) in lists:
            raise InputError(
                f'By the name "{lists[plain_word(name)]}" a table fills a list of the record; '
                "no decision can lose or gain it by another name."
            )
    _require_free(request.new, reading, decision_names(decision, request.new))
    for each in decisions:
        if each is not decision and plain_word(each.name) == plain_word(request.new):
            _taken(request.new, f'the sheet "{each.sheet}"')
    tab = new_tab(decision, request.new)
    if not tab_name(request.new) or is_reserved(tab_name(request.new)):
        raise InputError(
            f'"{request.new}" cannot be the name of a decision: a sheet of that name is something else.'
        )
    objection = "" if tab is None else objection_to_name(tab)
    if objection:
        raise InputError(f'"{request.new}" cannot be the name of a decision and its tab. {objection}')
    others = [name for name in reading.sheets if name != decision.sheet]
    if tab is not None and tab.casefold() in map(str.casefold, others):
        _taken(tab, "another sheet of the workbook")
    if plain_word(request.new) in KEYWORDS:
        raise InputError(
            f'"{request.new}" is a word of FEEL, by which expressions could not name a decision.'
        )
    return Task(request, decision=decision)


def _found(name: str, decisions: Iterable[Decision], reading: Reading) -> Decision:
    """The decision of that name, or on the sheet of that name. Raises InputError."""
    known = list(decisions)
    # A decision's own name goes before the tab of another.
    named = [*((each.name, each) for each in known), *((each.sheet, each) for each in known)]
    for said, each in named:
        if plain_word(said) == plain_word(name):
            return each
    hint = did_you_mean(name, [each.name for each in known])
    raise InputError(f'"{reading.shown}" has no decision "{name}".{hint}')


def _row(request: Request, reading: Reading) -> Task:
    book = reading.workbook
    criteria = request.subject is Subject.CRITERION
    decision = _found(request.sheet, [*book.tables, *book.criteria], reading)
    if isinstance(decision, CriteriaSheet) != criteria:
        other = "rule" if criteria else "criterion"
        raise InputError(
            f'The sheet "{decision.name}" holds {"rules" if criteria else "criteria"}; use `rename {other}`.'
        )
    rows = decision.rows if isinstance(decision, CriteriaSheet) else decision.rules
    ids = [row.id for row in rows]
    found = next((each for each in ids if plain_word(each) == plain_word(request.old)), None)
    if found is None:
        raise InputError(
            f'"{decision.name}" has no {request.subject.value} "{request.old}".'
            + did_you_mean(request.old, ids)
        )
    request = evolve(request, old=found, sheet=decision.name)
    for row in rows:
        if row.id != found and plain_word(row.id) == plain_word(request.new):
            _taken(request.new, f"{decision.sheet}!{row.cell.reference}")
    if isinstance(decision, CriteriaSheet):
        _require_free(decision.name_of(request.new), reading, {decision.name_of(found)})
    return Task(request, decision=decision)
