"""The view of a policy: its parts one below the other, with a list of them in front."""

from __future__ import annotations

from dmn_dli.page import anchors
from dmn_dli.page.contents import PagePolicy
from dmn_dli.page.html import h
from dmn_dli.page.policy.graph import requirements_graph
from dmn_dli.page.view import View


def policy_view(policy: PagePolicy) -> View:
    """All that a workbook says."""
    sheets = [
        h("section", h("h2", table.name), id=anchors.sheet(policy.key, table.sheet))
        for table in policy.linked.workbook.tables
    ]
    return View(
        anchors.policy(policy.key),
        policy.name,
        policy.name,
        [requirements_graph(policy), sheets],
        group="Policies",
    )
