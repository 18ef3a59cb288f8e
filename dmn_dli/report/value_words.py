"""What new values of facts get, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

from dmn_dli.analysis.place import listed
from dmn_dli.diff.readings import Reading, Taken
from dmn_dli.diff.share import Share
from dmn_dli.diff.value_answers import Given, ValueAnswers
from dmn_dli.diff.value_changes import ValueChange
from dmn_dli.report.layout import spoken
from dmn_dli.report.share_words import fraction

_KINDS = {
    ValueChange.ADDED: "",
    ValueChange.REMOVED: " (removed; this is what the old version gave)",
    ValueChange.FACT_ADDED: " (a new fact)",
    ValueChange.FACT_REMOVED: " (the fact is removed; this is what the old version gave)",
}


def title(values: Sequence[ValueAnswers]) -> str:
    """What a list of values is: new ones, removed ones or both."""
    new = any(each.change.gained for each in values)
    gone = any(not each.change.gained for each in values)
    return " and ".join(filter(None, ["new" if new else "", "removed" if gone else ""])) + " values of facts"


def in_short(values: Iterable[ValueAnswers]) -> str:
    """The values as they stand beside a verdict; "" for none."""
    return "; ".join(
        f"new for {each.label}: {each.values}, {short(each)}" for each in values if each.change.gained
    )


def short(values: ValueAnswers) -> str:
    """What a value gets, in a few words."""
    if not values.read and values.unknown is None:
        return "which nothing reads"
    if not values.decisive and values.unknown is None:
        return "on which no determination depends"
    if values.like:
        return f"decided as {values.like}"
    deciding = dict.fromkeys(spoken(each.determination) for each in values.given if each.deciding.part)
    if deciding and values.unknown is None:
        return f"which gets {listed(deciding, 'or')} where it decides"
    return "of which not everything is known"


def subject(values: ValueAnswers) -> str:
    """The fact and the values, and what became of them."""
    return f"{values.label}: {values.values}{_KINDS[values.change]}"


def lines(values: ValueAnswers) -> Iterator[str]:
    """What cases with them get, and why, sentence by sentence."""
    if not values.read and values.unknown is None:
        yield "no table or criterion of this policy reads the fact"
        return
    if values.read and not values.decisive:
        yield "no determination depends on the fact"
    if values.like:
        yield f"decided in every case as: {values.like}"
    for share, told in deciding(values):
        yield f"where it decides ({fraction(share)} combinations): {told}"
    yield from readers(values)
    same = whatever(values)
    if same:
        yield f"whatever the value: {same}"
    if values.unknown is not None:
        yield f"what {'else it gets' if values.given else 'it gets'} is not known: {values.unknown}"


def deciding(values: ValueAnswers) -> Sequence[tuple[Share, str]]:
    """Where another value would get something else: how often, and what this one gets through which rules.

    Rules of one determination that take the value alike are told together.
    """
    alike: dict[tuple[str, str], list[Given]] = {}
    for given in values.given:
        if given.deciding.part:
            alike.setdefault((spoken(given.determination), _how(values, given)), []).append(given)
    found = []
    for (told, how), group in alike.items():
        rules = listed(f"{rule} ({cell})" for given in group for rule, cell in given.rules)
        through = f" through {rules}" if rules else ""
        share = reduce(Share.plus, [given.deciding for given in group])
        found.append((share, f"{told}{through}{f', {how}' if how else ''}"))
    return found


def _how(values: ValueAnswers, given: Given) -> str:
    """How the rules of an answer take the value: `a catch-all: Relapse-risk setting is -`."""
    if not given.rules:
        return "" if given.determination == "error" else "by default: no rule fires"
    said = [
        f"named in {each.heading}" if each.taken is Taken.NAMED else f"{each.heading} is {each.text}"
        for each in given.cells
        if each.taken.on_purpose
    ]
    if said:
        return listed(dict.fromkeys(said))
    cells = listed(dict.fromkeys(f"{each.heading} is {each.text}" for each in given.cells))
    if values.named:
        return "by criteria or tables that name it"
    return f"a catch-all: {cells}" if cells else "a catch-all: no cell that leads there names it"


def caught(values: ValueAnswers, given: Given) -> bool:
    """Whether the value gets an answer only because cells catch all."""
    return not values.named and not any(each.taken.on_purpose for each in given.cells)


def readers(values: ValueAnswers) -> Iterator[str]:
    """Which cells speak of the value, and which of others alone."""
    if values.decisive:
        told = _cells(values.readers)
        yield "; ".join(filter(None, [told, "" if values.named else "no cell names it"]))
        aside = _cells(values.aside)
        if aside:
            yield f"beside the determination: {aside}"
    else:
        told = _cells((*values.readers, *values.aside))
        if told:
            yield told


def _cells(cells: Sequence[Reading]) -> str:
    groups = [
        (words, [each for each in cells if each.taken is taken])
        for taken, words in (
            (Taken.NAMED, "named by"),
            (Taken.WITHIN, "within"),
            (Taken.CATCH_ALL, "caught by"),
            (Taken.REFUSED, "not among the values of"),
        )
    ]
    return "; ".join(f"{words} {listed(map(_named, group))}" for words, group in groups if group)


def whatever(values: ValueAnswers) -> str:
    """The determinations of cases in which every value of the fact gets the same, with their rules."""
    rules: dict[str, list[str]] = {}
    for given in values.given:
        if given.combinations.part > given.deciding.part:
            names = rules.setdefault(spoken(given.determination), [])
            names += [rule for rule, _ in given.rules]
    return "; ".join(f"{told} ({', '.join(names)})" if names else told for told, names in rules.items())


def _named(cell: Reading) -> str:
    """`M-07 (Determination!I14)`, `Criteria.2.c (Criteria!K18: not(none))`."""
    text = f": {cell.text}" if cell.taken in (Taken.WITHIN, Taken.CATCH_ALL) else ""
    return f"{cell.rule or cell.decision} ({cell.place}{text})"
