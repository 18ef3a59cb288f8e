"""An exported model in place of its workbook: with facts unknown the same may come out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dmn_dli import Exported
from dmn_dli.exporting import export_dmn
from dmn_dli.interchange.dmn.policy.kernel import ModelKernel
from dmn_dli.store.folder import bundled_tables
from dmn_dli.store.given import Given
from dmn_dli.store.models import kernel_of, link_model_bytes
from tests.payers import WORKBOOKS, kernel, linked
from tests.reference.policy import Oracle


def _model(name: str, version: str) -> ModelKernel:
    (made,) = export_dmn([Given(bundled_tables() / name, name)], version)
    assert isinstance(made, Exported)
    final = linked(name).workbook.policy.final_decision
    assert final is not None
    found = kernel_of(link_model_bytes(made.data, made.name, made.name, dict, [final]))
    assert found is not None
    return found


@pytest.mark.parametrize("version", ["1.5", "1.3"])
@pytest.mark.parametrize("name", WORKBOOKS)
def test_what_may_come_out_stays_and_what_is_missing_is_asked_for(name: str, version: str) -> None:
    model, own, oracle = _model(name, version), kernel(name), Oracle(linked(name))

    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.data())
    def alike(data: st.DataObject) -> None:
        facts = {
            fact: data.draw(st.sampled_from(oracle.domains[fact]))
            for fact in oracle.names
            if data.draw(st.booleans())
        }
        want, got = own.determine(facts), model.determine(facts)
        assert _possible(got) == _possible(want)
        # A model's answer is the whole context, so that facts which change a text alone are asked for, too.
        assert set(got["missing_facts"]) >= set(want["missing_facts"])

    alike()


def _possible(record: Any) -> list[Any]:
    """The determinations that may come out; of a model's context its first output."""
    found = {
        next(iter(each.values())) if isinstance(each, dict) else each
        for each in record["possible_determinations"]
    }
    return sorted(found)
