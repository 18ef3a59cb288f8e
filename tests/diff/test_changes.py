"""The textual difference: every edit with its place, matched by rule id."""

from __future__ import annotations

from attrs import evolve

from dmn_dli.diff.behaviour import Behaviour
from dmn_dli.diff.change import ChangeKind
from dmn_dli.diff.changes import workbook_changes
from dmn_dli.diff.matching import moved
from dmn_dli.diff.verdict import Verdict, direction, verdict
from dmn_dli.excel import read_workbook_bytes
from dmn_dli.model.workbook import Workbook
from dmn_dli.report import difference_words
from tests.cli.tables import ACME
from tests.excel.build import Rows, make_workbook


def _book(**changed: Rows) -> Workbook:
    return read_workbook_bytes(make_workbook({**ACME, **changed}), "acme-2025-01-01.xlsx", "acme")


def _with(sheet: str, row: int, column: int, value: object) -> list[list[object]]:
    rows = [list(each) for each in ACME[sheet]]
    rows[row - 1][column - 1] = value
    return rows


def _told(new: Workbook) -> list[tuple[ChangeKind, str, str, str | None, str | None, str]]:
    return [
        (each.kind, each.decision, each.rule, each.old, each.new, each.new_place or each.old_place)
        for each in workbook_changes(_book(), new)
    ]


def test_an_unchanged_workbook_has_no_changes() -> None:
    assert workbook_changes(_book(), _book()) == ()


def test_a_changed_cell_is_told_with_its_rule_and_place() -> None:
    new = _book(Determination=_with("Determination", 6, 3, ">= 3"))
    assert _told(new) == [(ChangeKind.CELL, "Determination", "D-2", ">= 2", ">= 3", "Determination!C6")]


def test_a_rule_that_moves_down_is_moved_and_not_changed() -> None:
    rows = [list(each) for each in ACME["Determination"]]
    rows[5], rows[6] = rows[6], rows[5]
    changes = _told(_book(Determination=rows))
    assert [kind for kind, *_ in changes] == [ChangeKind.RULE_MOVED]


def test_added_and_removed_rules_are_told_as_their_rows_read() -> None:
    rows = [list(each) for each in ACME["Scope"]]
    rows[5] = ["S-9", *rows[5][1:]]
    assert [each[:5] for each in _told(_book(Scope=rows))] == [
        (ChangeKind.RULE_REMOVED, "Scope", "S-2", "IF Service: boost, other THEN Scope: not addressed", None),
        (ChangeKind.RULE_ADDED, "Scope", "S-9", None, "IF Service: boost, other THEN Scope: not addressed"),
    ]


def test_hit_policy_allowed_values_and_fields_are_told() -> None:
    rows = _with("Scope", 2, 1, "F")
    rows[3][2] = "addressed, not addressed, doubtful"
    policy = _with("Policy", 5, 2, "Donor lymphocytes")
    kinds = [each[0] for each in _told(_book(Scope=rows, Policy=policy))]
    assert kinds == [ChangeKind.FIELD, ChangeKind.HIT_POLICY, ChangeKind.VALUES]


def test_a_renamed_decision_is_one_decision() -> None:
    changes = _told(_book(**{"Procedure codes": _with("Procedure codes", 1, 1, "Codes")}))
    assert [(kind, old, new) for kind, _, _, old, new, _ in changes] == [
        (ChangeKind.DECISION_RENAMED, "Procedure codes", "Codes")
    ]


def test_a_decision_without_a_counterpart_is_removed() -> None:
    book = _book()
    fewer = evolve(book, tables=book.tables[:-1])
    assert [each.kind for each in workbook_changes(book, fewer)] == [ChangeKind.DECISION_REMOVED]


def test_a_changed_case_is_told() -> None:
    changes = _told(_book(Cases=_with("Cases", 2, 5, "0.7")))
    assert [(kind, old, new) for kind, _, _, old, new, _ in changes] == [
        (ChangeKind.CASE_CHANGED, "Donor cells: 0.5", "Donor cells: 0.7")
    ]


def test_the_fewest_rules_count_as_moved() -> None:
    assert moved(["a", "b", "c", "d"], ["b", "c", "a", "d"]) == ("a",)
    assert moved(["a", "b"], ["a", "x", "b"]) == ()


def test_losing_medical_necessity_is_stricter_and_gaining_it_more_permissive() -> None:
    assert direction("medically necessary", "not addressed") is Verdict.STRICTER
    assert direction("investigational", "criteria not met") is Verdict.MORE_PERMISSIVE
    assert direction("not addressed", "investigational") is Verdict.INCOMPARABLE


def test_what_is_not_certain_is_unknown_unless_it_is_incomparable_already() -> None:
    lost, won = Verdict.STRICTER, Verdict.MORE_PERMISSIVE
    assert verdict({lost}, certain=False) is Verdict.UNKNOWN
    assert verdict(set(), certain=False) is Verdict.UNKNOWN
    assert verdict({lost, won}, certain=False) is Verdict.INCOMPARABLE
    assert verdict({lost}, certain=True) is Verdict.STRICTER


def test_an_error_that_comes_or_goes_is_said_and_has_no_place_in_the_order() -> None:
    mended, broken = direction("error", "investigational"), direction("investigational", "error")
    assert (mended, broken) == (Verdict.MENDED, Verdict.BROKEN)
    assert verdict({mended}, certain=True) is Verdict.MENDED
    assert verdict({mended, broken}, certain=True) is Verdict.BROKEN
    assert verdict({mended, Verdict.STRICTER}, certain=True) is Verdict.STRICTER
    assert verdict({mended, broken}, certain=False) is Verdict.UNKNOWN


def test_errors_that_come_or_go_are_told_beside_the_verdict() -> None:
    told = Behaviour(Verdict.STRICTER, directions=frozenset({Verdict.STRICTER, Verdict.MENDED}))
    assert difference_words.verdict(told) == (
        "every determination that changes becomes less favourable to the member; "
        "cases that were errors are decided now"
    )
    told = Behaviour(Verdict.BROKEN, directions=frozenset({Verdict.BROKEN, Verdict.MENDED}))
    assert difference_words.verdict(told) == (
        "cases that were decided are errors now, and no determination changes into another; "
        "cases that were errors are decided now"
    )


def test_a_rule_that_keeps_its_row_while_others_move_is_told_by_its_neighbours() -> None:
    rows = [list(each) for each in ACME["Determination"]]
    rows[4:8] = rows[7:3:-1]
    told = [(rule, old, new) for kind, _, rule, old, new, _ in _told(_book(Determination=rows))]
    assert told
    assert all(old != new for _, old, new in told), "a move that changes nothing is none"
    rows = [list(each) for each in ACME["Determination"]]
    rows[4:7] = rows[6:3:-1]
    assert ("D-2", 'below "D-1"', 'below "D-3"') in [each[2:5] for each in _told(_book(Determination=rows))]


def test_a_condition_that_reads_another_decision_is_told_as_such() -> None:
    new = _book(Determination=_with("Determination", 3, 2, "Unmet criteria"))
    place = "Determination!B3"
    assert _told(new) == [
        (ChangeKind.CLAUSE_READS, "Determination", "", "Scope", "Unmet criteria", place),
    ]
