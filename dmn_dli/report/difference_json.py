"""Differences as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dmn_dli.diff.behaviour import Behaviour, Difference
from dmn_dli.diff.case_counts import CaseChanges
from dmn_dli.diff.change import Change
from dmn_dli.diff.criteria import CriterionDifference
from dmn_dli.diff.edition import Edition
from dmn_dli.diff.readings import Reading
from dmn_dli.diff.share import Share
from dmn_dli.diff.value_answers import ValueAnswers
from dmn_dli.diff.version_difference import VersionDifference
from dmn_dli.report import value_words
from dmn_dli.report.case_changes import changes_json
from dmn_dli.report.documents import json_document
from dmn_dli.report.edit_words import edit


def json_text(differences: Sequence[VersionDifference], changes: CaseChanges | None = None) -> str:
    """All differences as one JSON object; changes: what they do to cases, if any were given."""
    document = {
        "differs": any(each.differs for each in differences),
        "policies": [_version(each) for each in differences],
    }
    if changes is not None:
        document["case_changes"] = changes_json(changes)
    return json_document(document)


def behaviour_json(behaviour: Behaviour) -> dict[str, Any]:
    """The verdict and the regions."""
    return {
        "verdict": behaviour.verdict.value,
        "differs": behaviour.differs,
        "shares": {aspect.value: share.value for aspect, share in behaviour.shares},
        "combinations": {aspect.value: _combinations(share) for aspect, share in behaviour.shares},
        "regions": [{"aspect": each.aspect.value, **_region(each)} for each in behaviour.differences],
        "untold": [aspect.value for aspect in behaviour.untold],
        "reasons": list(behaviour.reasons),
    }


def _region(difference: Difference) -> dict[str, Any]:
    return {
        "old": difference.old,
        "new": difference.new,
        "where": dict(difference.words),
        "share": difference.share.value,
        "combinations": _combinations(difference.share),
        "witness": difference.witness,
    }


def _combinations(share: Share) -> dict[str, int]:
    """The exact numbers, however large."""
    return {"count": share.part, "of": share.whole}


def _criterion(difference: CriterionDifference) -> dict[str, Any]:
    """A row of a sheet of criteria; `differs` is null where one side has it alone."""
    status = difference.status
    return {
        "sheet": difference.sheet,
        "id": difference.id,
        "old_id": difference.old_id,
        "change": difference.change.value,
        "asked": difference.asked,
        "asks": difference.asks,
        "differs": None
        if status is None
        else {
            "verdict": difference.verdict,
            "share": status.share.value,
            "combinations": _combinations(status.share),
            "regions": [_region(each) for each in status.differences],
            "untold": status.untold,
            "reasons": list(status.reasons),
        },
        "old_cell": difference.old_place or None,
        "new_cell": difference.new_place or None,
    }


def _values(values: ValueAnswers) -> dict[str, Any]:
    return {
        "change": values.change.value,
        "fact": values.fact,
        "label": values.label,
        "values": values.values,
        "read": values.read,
        "decisive": values.decisive,
        "named": values.named,
        "same_as": values.like or None,
        "gets": [
            {
                "determination": given.determination,
                "rules": [{"rule": rule, "cell": cell} for rule, cell in given.rules],
                "catch_all": value_words.caught(values, given),
                "combinations": _combinations(given.combinations),
                "deciding": _combinations(given.deciding),
            }
            for given in values.given
        ],
        "readers": [_reading(each) for each in values.readers],
        "aside": [_reading(each) for each in values.aside],
        "unknown": values.unknown,
    }


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "decision": reading.decision,
        "rule": reading.rule or None,
        "column": reading.heading,
        "text": reading.text,
        "cell": reading.place,
        "takes": reading.taken.value,
    }


def _version(difference: VersionDifference) -> dict[str, Any]:
    behaviour = difference.behaviour
    return {
        "payer": difference.edition.payer,
        "match": difference.match.value,
        "old": _edition(difference.old),
        "new": _edition(difference.new),
        "untouched": list(difference.untouched),
        "behaviour": None if behaviour is None else behaviour_json(behaviour),
        "values": [_values(each) for each in difference.values],
        "criteria": [_criterion(each) for each in difference.criteria],
        "cases": [
            {
                "case": case.case,
                "old": case.old,
                "new": case.new,
                "differs_in": [aspect.value for aspect in case.aspects],
            }
            for case in difference.cases
        ],
        "changes": [_change(change) for change in difference.changes],
    }


def _edition(edition: Edition | None) -> dict[str, Any] | None:
    if edition is None:
        return None
    workbook = edition.linked.workbook
    return {
        "workbook": edition.shown,
        "effective_from": edition.effective_from or None,
        "sha256": workbook.sha256,
        "facts_sha256": edition.linked.dictionary.sha256,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "decision": change.decision or None,
        "rule": change.rule or None,
        "subject": change.subject or None,
        "old": change.old,
        "new": change.new,
        "words": edit(change),
        "old_cell": change.old_place or None,
        "new_cell": change.new_place or None,
    }
