"""DMN models among the tables of a folder."""

from __future__ import annotations

from pathlib import Path

from dmn_dli.evaluate.series import BrokenVersion
from dmn_dli.store.load import load_version, load_versions
from tests.interchange.dmn.models import decision, literal, model


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_model_without_decisions_is_no_policy_of_its_folder(tmp_path: Path) -> None:
    _write(tmp_path / "loans.dmn", model(decision("Rate", literal("1 + 1"))))
    types = model('<itemDefinition name="tGrade"><typeRef>string</typeRef></itemDefinition>').replace(
        "Sample", "types"
    )
    path = _write(tmp_path / "types.dmn", types)
    for asked in ((), ("Rate",)):
        assert [version.payer for version in load_versions(tmp_path, asked)] == ["Sample"]
    alone = load_version(path)
    assert isinstance(alone, BrokenVersion)
    assert "The model has no decision" in str(alone.problems)
