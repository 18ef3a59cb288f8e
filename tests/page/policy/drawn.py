"""Policies as the picture of their requirements takes them: linked, and not asked for anything."""

from __future__ import annotations

from collections.abc import Sequence

from dmn_dli.evaluate.series import BrokenVersion
from dmn_dli.model.finding import Finding
from dmn_dli.page.contents import PagePolicy
from dmn_dli.tables.linked import LinkedPolicy


def page_policy(linked: LinkedPolicy, key: str = "key", findings: Sequence[Finding] = ()) -> PagePolicy:
    """A policy in a page."""
    version = BrokenVersion("", linked.workbook.name, None, None, ())
    return PagePolicy(key, linked, tuple(findings), (), (), None, version)
