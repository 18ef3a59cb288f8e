"""Policies that ask conditions of free text: proven, evaluated with unknown and odd texts, and compiled."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dmn_dli.analysis.check import analyse
from dmn_dli.analysis.words import in_words
from dmn_dli.feel import FeelType, compile_unary_tests, parse_unary_tests
from dmn_dli.runtime.marks import Mark
from dmn_dli.runtime.words import folded
from dmn_dli.store.plain import from_plain, to_plain
from dmn_dli.tables.domain import domain_of
from tests.linking.books import fact, kernel, linked, table
from tests.source.modules import compiled, said_by_module, said_by_package

KINDS = {
    "diabetes": 'starts with(?, "E11"), "E08.9"',
    '"type 1"': 'matches(?, "^E10")',
    "lymphoma": 'starts with(?, "C8") and not(contains(?, ".9"))',
    "unspecified": 'starts with(?, "C8") and contains(?, ".9")',
    "none": "null",
}
REST = 'not("E08.9", null, starts with(?, "E10"), starts with(?, "E11"), starts with(?, "C8"))'
POLICY = linked(
    [fact("code", nullable=True), fact("note")],
    table(
        "Kind",
        "U",
        ["IF code", "THEN Kind"],
        [None, "diabetes, type 1, lymphoma, unspecified, none, other"],
        *[[cell, kind] for kind, cell in KINDS.items()],
        [REST, "other"],
    ),
    table(
        "D",
        "F",
        ["IF Kind", "IF string length(note) > 5", 'IF substring before(note, ":")', "THEN D"],
        [None, None, None, "yes, no, ask"],
        ["diabetes", "true", "-", "yes"],
        ["diabetes", "-", '"urgent"', "yes"],
        ["unspecified", "-", "-", "ask"],
        ["-", "-", "-", "no"],
    ),
)
CODES = [
    *("E11", "E11.65", "e11", "E1", "E08.9", "e08.9", "E10.1", "C83.9", "C83", "x.9", "", " E11 ", "Ǆ"),
    None,
]
NOTES = ["urgent", "urgent: x", "Urgent:", "short", "longer than five", ":", ""]


def _wanted(code: str | None, note: str) -> str:
    """The determination, by hand."""
    code = None if code is None else code.strip()
    if code is not None and (code.startswith("E11") or code.casefold() == "e08.9"):
        return (
            "yes" if len(note.strip()) > 5 or (note.partition(":")[0] == "urgent" and ":" in note) else "no"
        )
    return "ask" if code is not None and code.startswith("C8") and ".9" in code else "no"


def test_all_is_proven() -> None:
    found = analyse(POLICY)
    assert [finding.message for finding in found.findings if finding.is_error] == []
    assert [(each.complete, each.overlap_free) for each in found.proofs] == [(True, True), (True, False)]


def test_a_case_is_decided_by_what_its_texts_are() -> None:
    made = kernel(POLICY)
    module = compiled(made)
    for code in CODES:
        for note in NOTES:
            facts = {"code": code, "note": note}
            assert made.determine(facts)["determination"] == _wanted(code, note), facts
            assert said_by_module(module, facts) == said_by_package(made, facts)
            if code != "e08.9" and isinstance(code, str) and code == code.strip():
                assert module.kind(code).value == made.determine(facts)["decisions"]["Kind"]


def test_what_an_unknown_text_may_lead_to_is_exact() -> None:
    made = kernel(POLICY)
    assert made.determine({"code": "E11.9"})["possible_determinations"] == ["no", "yes"]
    assert made.determine({"code": "E11.9"})["missing_facts"] == ["note"]
    assert made.determine({"code": "C83.9"})["determination"] == "ask"
    assert made.determine({"note": "short"})["possible_determinations"] == ["ask", "no"]
    assert made.determine({})["possible_determinations"] == ["ask", "no", "yes"]


def test_the_compiled_policy_is_kept_whole() -> None:
    found = kernel(POLICY).compiled
    assert from_plain(to_plain(found)) == found
    code = found.policy.facts[0]
    assert code.values == ("E08.9",)
    assert set(code.marks) == {
        Mark("starts", "E11"),
        Mark("starts", "E10"),
        Mark("starts", "C8"),
        Mark("contains", ".9"),
    }


def test_a_gap_is_told_as_a_cell_would_say_it() -> None:
    policy = linked(
        [fact("code")],
        table(
            "D",
            "U",
            ["IF code", "THEN D"],
            [None, "a, b"],
            ['starts with(?, "E1")', "a"],
            ['starts with(?, "C")', "b"],
        ),
    )
    (gap,) = analyse(policy).proofs[0].gaps
    assert gap.words == (("Code", 'not(starts with(?, "C"), starts with(?, "E1"))'),)
    assert gap.witness == {"code": "any other text"}
    assert gap.certain


@pytest.mark.parametrize(
    ("marks", "chosen", "words"),
    [
        (
            [Mark("starts", "E1"), Mark("starts", "E11")],
            "E1",
            'starts with(?, "E1") and not(starts with(?, "E11"))',
        ),
        ([Mark("starts", "E1"), Mark("starts", "E11")], "E1 E11", 'starts with(?, "E1")'),
        ([Mark("starts", "E1"), Mark("starts", "E11")], "E11", 'starts with(?, "E11")'),
        ([Mark("starts", "E1"), Mark("starts", "E11")], "…", 'not(starts with(?, "E1"))'),
        (
            [Mark("starts", "E1"), Mark("starts", "E11")],
            "E11 …",
            'starts with(?, "E11"), not(starts with(?, "E1"))',
        ),
        ([Mark("length", number=2)], "……", "string length(?) >= 2"),
    ],
)
def test_a_set_of_classes_is_said_in_few_words(marks: list[Mark], chosen: str, words: str) -> None:
    domain = domain_of(FeelType.STRING, None, [], marks=marks)
    taken = [atom.representative in chosen.split() for atom in domain.atoms]
    assert in_words(domain.atoms, taken) == words


_PIECES = st.lists(st.sampled_from(["E1", "1", "E", "C8", ".9", "urgent", ":", "x", "e11", " "]), max_size=4)


@settings(deadline=None, max_examples=50, suppress_health_check=list(HealthCheck))
@given(_PIECES.map("".join), _PIECES.map("".join))
def test_texts_of_pieces_are_decided_as_by_hand(code: str, note: str) -> None:
    assert kernel(POLICY).determine({"code": code, "note": note})["determination"] == _wanted(code, note)


_TESTS = st.one_of(
    st.builds(
        '{}(?, "{}")'.format,
        st.sampled_from(["starts with", "ends with", "contains"]),
        st.sampled_from(["E1", "1", "E11", "x", ".9"]),
    ),
    st.sampled_from(
        [
            *('matches(?, "^E1[18]")', "string length(?) > 3", 'substring(?, 2, 2) = "11"', '"E11", "e1"'),
            *('not("E11", "x")', 'upper case(?) = "E1X"', 'contains(lower case(?), "e1x")', "null", "-"),
            *('not(starts with(?, "E"))', 'substring before(?, ".") = "E11"', 'not(ends with(?, "9"), null)'),
        ]
    ),
)
_WRITTEN = st.lists(st.sampled_from(["E1", "1", "e1", "E", "x", "X", ".9", "8", "é"]), max_size=4).map(
    "".join
)


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.lists(_TESTS, min_size=1, max_size=6), st.lists(_WRITTEN, min_size=1, max_size=12))
def test_the_diagrams_decide_as_the_cells_read(tests: list[str], texts: list[str]) -> None:
    rules = [[test, f"r{place}"] for place, test in enumerate([*tests, "-"])]
    row_4 = ", ".join(rule for _, rule in rules)
    policy = linked(
        [fact("code", nullable=True)], table("D", "F", ["IF code", "THEN D"], [None, row_4], *rules)
    )
    made = kernel(policy)
    assert not made.compiled.derived
    assert [(each.complete, each.reason) for each in analyse(policy).proofs] == [(True, "")]
    cells = [compile_unary_tests(parse_unary_tests(test).tree) for test in (*tests, "-")]
    listed = {folded(text): text for text in made.policy.facts[0].values}
    for text in (*texts, None):
        read = listed.get(folded(text), text)
        wanted = next(f"r{place}" for place, accepts in enumerate(cells) if accepts(read, {}) is True)
        assert made.determine({"code": text})["determination"] == wanted, text
