"""A file of another format that bears a workbook's name is told what it is."""

from __future__ import annotations

import pytest

from dmn_dli.excel.workbook import read_workbook_bytes


@pytest.mark.parametrize("begins", [b"<?xml version='1.0'?>", b"<definitions>", b"<dmn:definitions>"])
def test_a_model_is_told_from_plain_text(begins: bytes) -> None:
    (finding,) = read_workbook_bytes(begins, "model.xlsx", "model.xlsx").findings
    assert "it is XML, such as a DMN model, whose name ends in .dmn." in finding.message
