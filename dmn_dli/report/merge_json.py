"""A merge as JSON."""

from __future__ import annotations

from typing import Any

from attrs import asdict

from dmn_dli.diff.version_difference import VersionDifference
from dmn_dli.merge.checked import MergeResult
from dmn_dli.merge.clashes import Clash
from dmn_dli.merge.grids import Edit
from dmn_dli.merge.whole import Problem
from dmn_dli.report import difference_words as words
from dmn_dli.report.difference_json import behaviour_json
from dmn_dli.report.documents import json_document


def json_text(result: MergeResult) -> str:
    """The conflicts, all that was merged, what is wrong with the whole, and what it decides otherwise.

    `proven` is null where the whole was not looked at: because of conflicts, or since it is a dictionary.
    """
    merged = result.merged
    looked_at = not (merged.conflicts or result.dictionary)
    document = {
        "conflicts": [asdict(each) for each in merged.conflicts],
        "merged": [_edit(each) for each in merged.edits],
        "unfilled": list(merged.unfilled),
        "proven": not (result.lost or result.brought or result.left) if looked_at else None,
        "clashes": [_clash(each) for each in result.lost],
        "brought": [_problem(each) for each in result.brought],
        "left": [_problem(each) for each in result.left],
        "against_base": _difference(result.against_base),
        "against_ours": _difference(result.against_ours),
    }
    return json_document(document)


def _edit(edit: Edit) -> dict[str, Any]:
    return {"side": edit.side.value, "sheet": edit.sheet or None, "edit": edit.said}


def _clash(clash: Clash) -> dict[str, Any]:
    """Problems that edits of both sides bring about; `certain`: none of the edits can be left out."""
    return {
        "problems": [_problem(each) for each in clash.problems],
        "ours": list(clash.ours),
        "theirs": list(clash.theirs),
        "certain": clash.certain,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    """An error of `check`, or (`code` is null) a case that fails."""
    return {"code": problem.code or None, "place": problem.place or None, "message": problem.said}


def _difference(difference: VersionDifference | None) -> dict[str, Any] | None:
    if difference is None:
        return None
    behaviour = None if difference.behaviour is None else behaviour_json(difference.behaviour)
    return {"verdict": words.headline(difference), "behaviour": behaviour}
