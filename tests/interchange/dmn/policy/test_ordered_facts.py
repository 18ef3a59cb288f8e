"""Facts whose types only models have and whose values have an order: decided, proven, unknown."""

from __future__ import annotations

import pytest

from dmn_dli.analysis.check import analyse
from tests.interchange.dmn.policy.made import arrow, cut, decision, given, kernel, model, policy

_DAYS, _MONTHS = "days and time duration", "years and months duration"


def _model(type_ref: str, *rows: tuple[str, str]) -> str:
    table = decision("Length", cut("", rows, inputs=["Stay"]), arrow("Stay"))
    return model(given("Stay", type_ref) + table)


_SHORT_OR_LONG = {
    _DAYS: [('< @"P7D"', '"short"'), ('[@"P7D"..@"P30D"]', '"long"'), ('> @"P30D"', '"longest"')],
    _MONTHS: [('< @"P6M"', '"short"'), ('[@"P6M"..@"P2Y"]', '"long"'), ('> @"P2Y"', '"longest"')],
}
_GIVEN = {
    _DAYS: ["-P1D", "P6DT23H59M59.999S", "P7D", "P30D", "P30DT0.001S"],
    _MONTHS: ["-P1Y", "P5M", "P6M", "P2Y", "P25M"],
}


@pytest.mark.parametrize("type_ref", [_DAYS, _MONTHS])
def test_a_table_over_durations_is_proven_and_decides_as_its_cells_say(type_ref: str) -> None:
    text = _model(type_ref, *_SHORT_OR_LONG[type_ref])
    (proof,) = analyse(policy(text)).proofs
    assert (proof.complete, proof.overlap_free) == (True, True)
    ready = kernel(text)
    answers = [ready.determine({"Stay": stay})["determination"] for stay in _GIVEN[type_ref]]
    assert answers == ["short", "short", "long", "long", "longest"]
    assert ready.determine({})["possible_determinations"] == ["long", "longest", "short"]


@pytest.mark.parametrize(
    ("type_ref", "rows", "shown"),
    [
        (_DAYS, [('< @"P7D"', '"short"'), ('> @"P7D"', '"long"')], '@"P7D"'),
        (_MONTHS, [('< @"P6M"', '"short"'), ('>= @"P8M"', '"long"')], '[@"P6M"..@"P8M")'),
    ],
)
def test_a_gap_between_durations_is_shown(type_ref: str, rows: list[tuple[str, str]], shown: str) -> None:
    found = analyse(policy(_model(type_ref, *rows)))
    assert [proof.complete for proof in found.proofs] == [False]
    assert any(shown in finding.message for finding in found.findings), found.findings


def test_durations_that_overlap_are_told() -> None:
    found = analyse(policy(_model(_DAYS, ('<= @"P7D"', '"short"'), ('>= @"P6DT12H"', '"long"'))))
    assert [(proof.complete, proof.overlap_free) for proof in found.proofs] == [(True, False)]
