"""Classes of text: which answers a set of marks can have together, and a text for each.

    starts with "E1", starts with "E11":   no, no: "…"    yes, no: "E1"    yes, yes: "E11"

Each mark reads a text letter by letter, as a small automaton. All of them together are walked through, with
letters that no mark tells apart taken for one: so the answers that some text gives are found, and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from attrs import frozen

from dmn_dli.runtime.marks import Mark
from dmn_dli.runtime.words import composed
from dmn_dli.tables.constants import NotAnalysable

MOST_CLASSES = 256
"""Into how many classes marks may part all texts."""

_WORK = 1_500_000
"""How many steps of automata the search for classes may take."""

_DEAD, _DONE = -1, -2
"""States that an automaton never leaves: the mark surely does not hold, and surely does."""

_FOLD = "fold"
_CASES: Mapping[str, Callable[[str], str]] = {
    "": str,
    "upper": str.upper,
    "lower": str.lower,
    _FOLD: str.casefold,
}
_CASED = 0x20000
"""Before this code point stand all letters that have capital and small forms."""

_FURTHER = "…xyzqkwXYZ0123456789~*#_|abcdefghijlmnoprstuv"
"""Letters from which the one is taken that no mark names."""


@frozen
class TextClass:
    """All texts, but those that a domain lists, that answer some marks alike.

    answers: bit i is set where the i-th mark holds. sample: one of the texts.
    others: the answers of all classes, of this one too.
    """

    marks: tuple[Mark, ...]
    answers: int
    sample: str
    others: tuple[int, ...]


def text_classes(marks: Iterable[Mark], listed: Iterable[str], *, named: bool) -> tuple[TextClass, ...]:
    """The classes into which marks part all texts that are not listed; that without any mark comes last.

    named: whether letter case does not count where a text is a listed one, nor blanks around it: then no
    others than the listed texts themselves are spelt as they are but for letter case.
    Raises NotAnalysable where there are too many.
    """
    ordered = tuple(sorted(set(marks)))
    samples = _Search(ordered, frozenset(listed), named=named).samples()
    found = tuple(sorted(samples, key=lambda answers: (answers == 0, answers)))
    return tuple(TextClass(ordered, answers, samples[answers], found) for answers in found)


@frozen
class _Within:
    """Whether a word occurs in a text, or at its end; the state is how much of the word was just read."""

    word: str
    case: str
    at_end: bool

    def step(self, state: int, letter: str) -> int:
        word = self.word
        read = word[:state] + letter
        longest = min(len(read), len(word))
        state = next(size for size in range(longest, -1, -1) if read.endswith(word[:size]))
        return _DONE if state == len(word) and not self.at_end else state

    def ends(self, state: int) -> bool:
        return state == len(self.word)


@frozen
class _At:
    """Whether a word stands at a place, or is the text; the state is how many letters were read."""

    word: str
    case: str
    before: int
    whole: bool

    def step(self, state: int, letter: str) -> int:
        place = state - self.before
        if place >= 0 and self.word[place : place + 1] != letter:
            return _DEAD
        return _DONE if place + 1 == len(self.word) and not self.whole else state + 1

    def ends(self, state: int) -> bool:
        return self.whole and state == self.before + len(self.word)


@frozen
class _Length:
    """Whether a text has so many letters; the state is how many were read."""

    least: int
    case: str = ""
    word: str = ""

    def step(self, state: int, letter: str) -> int:  # noqa: ARG002 - any letter counts
        return _DONE if state + 1 >= self.least else state + 1

    def ends(self, state: int) -> bool:  # noqa: ARG002 - done, or too short
        return False


_Automaton = _Within | _At | _Length


def _automaton(mark: Mark) -> _Automaton:
    match mark.kind:
        case "length":
            return _Length(mark.number)
        case "starts" | "is":
            return _At(mark.text, mark.case, mark.number, mark.kind == "is")
    return _Within(mark.text, mark.case, mark.kind == "ends")


@frozen
class _State:
    """What was read so far: which automata are done (a mask), and those that are not, each with its state.

    begun, blank: whether a letter was read, and whether the last one was a blank that may not end a text.
    """

    done: int
    live: tuple[tuple[int, int], ...]
    begun: bool
    blank: bool = False


class _Search:
    """The walk through all that marks, and the listed texts, may make of a text."""

    def __init__(self, marks: Sequence[Mark], listed: frozenset[str], *, named: bool) -> None:
        self._named = named
        self._marks = (1 << len(marks)) - 1
        case = _FOLD if named else ""
        # A text that Unicode writes in several ways never arrives as it is: nothing can be said of its like.
        plain = sorted(text for text in listed if composed(text) == text)
        taken = dict.fromkeys(_CASES[case](text) for text in plain)
        self._automata: tuple[_Automaton, ...] = (
            *map(_automaton, marks),
            *(_At(text, case, 0, whole=True) for text in taken),
        )
        self._letters = _letters(self._automata)
        self._steps: dict[tuple[int, int, str], int] = {}
        self._work = 0

    def samples(self) -> dict[int, str]:
        """For each combination of answers that some text gives a short one, empty only where it must be.

        Raises NotAnalysable.
        """
        start = _State(0, tuple((place, 0) for place in range(len(self._automata))), begun=False)
        seen = {start}
        waiting = [(start, "")]
        found: dict[int, str] = {}
        for state, text in waiting:
            answers = self._answers(state)
            if answers is not None and not found.get(answers):
                found[answers] = text
                if len(found) > MOST_CLASSES:
                    raise NotAnalysable
            for following, letter in self._following(state):
                if following not in seen:
                    seen.add(following)
                    waiting.append((following, text + letter))
        return found

    def _answers(self, state: _State) -> int | None:
        """The answers of the marks where a text ends here; None where it is a listed one, or none at all."""
        held = state.done
        for place, each in state.live:
            if self._automata[place].ends(each):
                held |= 1 << place
        return None if state.blank or held > self._marks else held

    def _following(self, state: _State) -> Iterator[tuple[_State, str]]:
        for letter, images in self._letters.items():
            blank = self._named and letter.isspace()
            if blank and not state.begun:
                continue
            done, live = state.done, []
            for place, each in state.live:
                after = self._step(place, each, images[self._automata[place].case])
                if after == _DONE:
                    done |= 1 << place
                elif after != _DEAD:
                    live.append((place, after))
            self._work += len(state.live) + 1
            if self._work > _WORK:
                raise NotAnalysable
            yield _State(done, tuple(live), begun=True, blank=blank), letter

    def _step(self, place: int, state: int, image: str) -> int:
        key = place, state, image
        if key not in self._steps:
            for letter in image:
                if state >= 0:
                    state = self._automata[place].step(state, letter)
            self._steps[key] = state
        return self._steps[key]


def _letters(automata: Sequence[_Automaton]) -> dict[str, Mapping[str, str]]:
    """A letter for each kind that the automata tell apart, with what it is in each case that they read.

    Letters of no word are alike: one stands for all of them.
    """
    words: dict[str, set[str]] = {"": set()}
    for each in automata:
        words.setdefault(each.case, set()).update(each.word)
    tried = {
        letter
        for case, named in words.items()
        for letter in named.union(*[_written_as(case).get(each, "") for each in named])
    }

    def kind(letter: str) -> tuple[str, ...]:
        return tuple(_told(_CASES[case](letter), named) for case, named in words.items())

    further = (*_FURTHER, *map(chr, range(0x3400, 0x4E00)))
    no_word = next(letter for letter in further if not any(told.strip("\0") for told in kind(letter)))
    found = {kind(no_word): no_word}
    for letter in sorted(tried, key=lambda each: (not each.isprintable(), each)):
        found.setdefault(kind(letter), letter)
    return {letter: {case: _CASES[case](letter) for case in words} for letter in found.values()}


def _told(image: str, named: set[str]) -> str:
    """What automata can tell of some letters: each that a word has, and that there are others."""
    told = "".join(letter if letter in named else "\0" for letter in image)
    while "\0\0" in told:
        told = told.replace("\0\0", "\0")
    return told


@cache
def _written_as(case: str) -> Mapping[str, str]:
    """For each letter those, other than itself, that a case makes into it or into several with it."""
    found: dict[str, str] = {}
    if case:
        for letter in map(chr, range(_CASED)):
            for image in set(_CASES[case](letter)) if _CASES[case](letter) != letter else ():
                found[image] = found.get(image, "") + letter
    return found
