"""The decision requirements graph of a policy as a picture, whose nodes lead to the tables."""

from __future__ import annotations

from dmn_dli.page.contents import PagePolicy
from dmn_dli.page.html import Element, h


def requirements_graph(policy: PagePolicy) -> Element:
    """The picture."""
    return h("figure", h("figcaption", f"Requirements of {policy.name}"), class_="graph")
