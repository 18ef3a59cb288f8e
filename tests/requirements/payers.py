"""The payers' graphs as the layout takes them."""

from __future__ import annotations

from dmn_dli.requirements.arrangement import Size
from dmn_dli.requirements.card import card
from dmn_dli.requirements.graph import requirements_of
from dmn_dli.requirements.layers import Pair
from dmn_dli.tables.linked import LinkedPolicy


def payer_graph(policy: LinkedPolicy) -> tuple[dict[str, Size], list[Pair]]:
    """Each node's size, and who requires what."""
    graph = requirements_of(policy)
    sizes = {node.name: card(node.name, "24 criteria", node.facts).size for node in graph.nodes}
    return sizes, [(each.requiring, each.required) for each in graph.requirements]
