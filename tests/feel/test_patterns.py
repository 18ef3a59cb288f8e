"""Regular expressions: XPath's, matched as Python's `re` where both mean the same, in linear steps."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.feel.budget import FeelLimit
from dmn_dli.feel.builtins.patterns import checked, compiled
from dmn_dli.feel.builtins.strings import replace, split
from dmn_dli.feel.patterns import automaton
from dmn_dli.feel.patterns.characters import complement, difference, of_ranges, union
from dmn_dli.feel.patterns.errors import PatternError


@pytest.fixture
def costs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The steps that searches take, as they are charged."""
    charged: list[int] = []
    monkeypatch.setattr(automaton, "charge", charged.append)
    return charged


TEXTS = st.text(alphabet="abc\n", max_size=12)
QUANTIFIERS = ["*", "+", "?", "{2}", "{1,2}", "{0,1}", "{1,}", "*?", "+?", "??", "{1,2}?"]


def patterns(*, anchors: bool) -> st.SearchStrategy[str]:
    """Patterns that both engines read alike; what is repeated is never the empty text."""
    one = st.sampled_from(["a", "b", "c", ".", "[ab]", "[^a]", "[a-c]"])

    def repeated(part: str, quantifier: str) -> str:
        return f"(?:{part}){quantifier}"

    def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            st.builds("{}{}".format, inner, inner),
            st.builds("({}|{})".format, inner, inner),
            st.builds("({})".format, inner),
            st.builds("{1}{0}".format, st.builds(repeated, inner, st.sampled_from(QUANTIFIERS)), one),
            st.builds(repeated, inner, st.sampled_from(["+", "{2}", "{1,2}", "{1,}", "+?"])),
        )

    found = st.recursive(one, grown, max_leaves=8)
    if anchors:
        sign = st.sampled_from(["", "^", "$"])
        return st.builds("{}{}{}".format, sign, found, sign)
    return found


def python(pattern: str, flags: str) -> re.Pattern[str]:
    options = re.DOTALL if "s" in flags else re.RegexFlag(0)
    options |= re.MULTILINE if "m" in flags else re.RegexFlag(0)
    pattern = pattern if "m" in flags else pattern.replace("$", r"\Z")
    return re.compile(pattern.replace(".", r"[^\n\r]") if "s" not in flags else pattern, options)


@given(patterns(anchors=False), TEXTS)
def test_the_first_match_and_its_groups_are_those_of_a_backtracking_engine(pattern: str, text: str) -> None:
    found, wanted = checked(pattern, "").search(text), python(pattern, "").search(text)
    expected = None if wanted is None else tuple(x for span in wanted.regs for x in span)
    assert found == expected


@given(patterns(anchors=True), TEXTS, st.sampled_from(["", "s", "m"]))
def test_a_pattern_occurs_where_a_backtracking_engine_finds_it(pattern: str, text: str, flags: str) -> None:
    # Behind a line break that ends the text XPath starts no line.
    text = text.rstrip("\n") if "m" in flags else text
    assert checked(pattern, flags).occurs(text) == (python(pattern, flags).search(text) is not None)


@given(patterns(anchors=False), TEXTS)
def test_replace_and_split_cut_where_a_backtracking_engine_cuts(pattern: str, text: str) -> None:
    theirs = python(pattern, "")
    if theirs.search(""):
        assert replace(text, pattern, "-") is None
        assert split(text, pattern) is None
        return
    assert replace(text, pattern, "<$0>") == theirs.sub(lambda found: f"<{found[0]}>", text)
    bare = python(re.sub(r"\((?!\?)", "(?:", pattern), "")
    assert split(text, pattern) == bare.split(text)


@given(
    *[patterns(anchors=False).map(lambda each: re.sub(r"\((?!\?)", "(?:", each))] * 3,
    st.sampled_from(["", "+", "{2}", "?", "*?"]),
    TEXTS,
)
def test_what_refers_back_finds_what_a_backtracking_engine_finds(
    before: str, inside: str, behind: str, times: str, text: str
) -> None:
    pattern = f"{before}({inside}){behind}\\1{times}"
    found, wanted = checked(pattern, "").search(text), python(pattern, "").search(text)
    assert found == (None if wanted is None else tuple(x for span in wanted.regs for x in span))


@pytest.mark.parametrize(
    ("text", "pattern", "flags", "expected"),
    [
        ("aA", r"(a)\1", "i", True),
        ("aA", r"(a)\1", "", False),
        ("ab", r"^(a)|\1b$", "", True),
        ("b", r"^(?:(a)|b)\1$", "", True),
        ("aa1", r"(a)\11", "", True),
        ("abcdefghijkk", r"(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)\11", "", True),
        ("abab", r"^(ab)\1$", "", True),
        ("ß", r"^(s)\1$", "i", False),
        ("Kk\u212a", r"(k)\1\1", "i", True),
        ("a\nb\nb", r"^(b)\n\1$", "m", True),
    ],
)
def test_references(text: str, pattern: str, flags: str, expected: bool) -> None:
    expression = compiled(pattern, flags)
    assert expression is not None
    assert expression.occurs(text) is expected


SETS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 9)).map(lambda each: (each[0], each[0] + each[1])),
    max_size=5,
)


@given(SETS, SETS)
def test_sets_of_characters_are_sets(one: Any, other: Any) -> None:
    left, right = of_ranges(one), of_ranges(other)
    members = {chr(code) for low, high in one for code in range(low, high + 1)}
    others = {chr(code) for low, high in other for code in range(low, high + 1)}
    for character in map(chr, range(60)):
        assert (character in left) == (character in members)
        assert (character in complement(left)) == (character not in members)
        assert (character in union((left, right))) == (character in members | others)
        assert (character in difference(left, right)) == (character in members - others)
    assert complement(complement(left)) == left


MEANINGS = [
    ("[A-Z-[OI]]", "", "P", True),
    ("[A-Z-[OI]]", "", "O", False),
    ("[a-z-[aeiou-[e]]]", "", "e", True),
    ("[^a-z-[0-9]]", "", "5", False),
    ("[^a-z-[0-9]]", "", "-", True),
    (r"^[\w-.]+$", "", "a-b.c", True),
    (r"^[a\-z]$", "", "b", False),
    (r"^[-a]$", "", "-", True),
    (r"^[a-]$", "", "-", True),
    (r"^[a^]$", "", "^", True),
    (r"^\d$", "", "\u0663", True),
    (r"^\d$", "", "x", False),
    (r"^\w$", "", "_", False),
    (r"^\w$", "", "ä", True),
    (r"^\W$", "", "-", True),
    (r"^\i\c*$", "", "a-b:c", True),
    (r"^\i$", "", "1", False),
    (r"^\I\C$", "", "1 ", True),
    (r"^\s\S$", "", "\tx", True),
    (r"^\s$", "", "\u00a0", False),
    (r"^\p{Lu}\p{L}\P{L}$", "", "Ab1", True),
    (r"^[\p{Lu}\d]+$", "", "A1b", False),
    (r"^\p{Lu}$", "i", "a", False),
    (r"^\p{IsGreek}$", "", "α", True),
    (r"^\p{IsBasicLatin}$", "", "α", False),
    ("^a.b$", "", "a\nb", False),
    ("^a.b$", "s", "a\nb", True),
    ("^b$", "m", "a\nb", True),
    ("^b$", "", "a\nb", False),
    ("b$", "", "b\n", False),
    ("^$", "m", "a\n", False),
    ("^$", "m", "a\n\n", True),
    (r"a b\ c", "x", "abc", True),
    ("a [ ] b", "x", "a b", True),
    (r"\[ a", "x", "[a", True),
    ("a.(", "q", "xa.(", True),
    ("A.(", "qi", "xa.(", True),
    ("", "", "", True),
    ("a||b", "", "", True),
    ("()", "", "", True),
    ("K", "i", "\u212a", True),
    ("[^Q]", "i", "q", False),
    ("[a-z]", "i", "\u017f", True),
    ("(a*)*b", "", "aab", True),
    ("(a|b*)*c", "", "abc", True),
    ("^(?:a{2}){2,3}$", "", "aaaaaa", True),
    ("^(?:a{2}){2,3}$", "", "aaaaaaa", False),
    ("^a{0}b$", "", "b", True),
]


@pytest.mark.parametrize(("pattern", "flags", "text", "occurs"), MEANINGS)
def test_patterns_mean_what_xpath_says(pattern: str, flags: str, text: str, occurs: bool) -> None:
    assert checked(pattern, flags).occurs(text) is occurs


WRONG = [
    "(", ")", "a)", "[", "[]", "[^]", "[a", "a**", "a+*", "*a", "+", "?", "{2}", "a{", "a{x}", "a{,2}",
    "a{2,1}", "]", "}", "(?=a)", "(?i)a", r"\q", r"\Z", r"\b", "\\", r"\p", r"\pL", r"\p{Xx}", r"\p{IsNone}",
    r"\p{L", "[z-a]", r"[a-\d]", "[[a]", "[a-[b]c]", r"(a)\2", r"\1", r"(a\1)", r"[\1]", r"[\b]",
]  # fmt: skip


@pytest.mark.parametrize("pattern", WRONG)
def test_what_is_no_pattern_of_xpath_is_none_and_says_why(pattern: str) -> None:
    assert compiled(pattern, "") is None
    with pytest.raises(PatternError) as wrong:
        checked(pattern, "")
    assert len(wrong.value.message.split()) > 3


REFUSED = [
    (r"(a*)(a*)(a*)\1\2\3b", None),
    ("a{20000}", "too large"),
    ("(?:(?:a{100}){100}){100}", "too large"),
    ("(?:){999999999}", "too large"),
    ("a{99999999999999999999}", "more often"),
    ("(" * 200 + ")" * 200, "deep"),
    ("[a-" * 200, "deep"),
    ("(?:a?){600}" + "x" * 10, None),
]


@pytest.mark.parametrize(("pattern", "words"), REFUSED)
def test_what_would_take_too_much_is_refused_in_words(pattern: str, words: str | None) -> None:
    with pytest.raises(FeelLimit, match=words or "too many steps"):
        checked(pattern, "").occurs("a" * 5_000)


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "^(a|a)*$", "^(a*)*$", "(.*)*b", "(a|aa)+$", "a*a*a*a*a*a*a*a*$b", "(?:a?){30}a{30}$"],
)
def test_no_pattern_takes_more_steps_than_the_text_has_characters_times_its_size(
    pattern: str, costs: list[int]
) -> None:
    assert checked(pattern, "").occurs("a" * 40 + "!") is False
    assert checked(pattern, "").search("a" * 2_000 + "!") is None
    assert sum(costs) < 2_000 * 4 * len(pattern)


def test_a_search_costs_the_same_whatever_was_asked_before(costs: list[int]) -> None:
    pattern = checked("(ab|[a-c]+)x", "")
    for _ in range(2):
        pattern.search("abcabcabcab" * 300)
    assert costs[: len(costs) // 2] == costs[len(costs) // 2 :]
