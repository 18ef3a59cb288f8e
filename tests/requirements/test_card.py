"""What stands in a node lies within it, and nothing on anything else."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.model.facts import Fact
from dmn_dli.requirements.card import (
    CAPTION_SIZE,
    FACT_SIZE,
    INSIDE,
    MOST_FACTS,
    NAME_SIZE,
    PADDING,
    card,
)
from dmn_dli.requirements.text import width
from tests.linking.books import fact

FACTS = st.lists(st.text(max_size=60).map(lambda label: fact("f", label=label)), max_size=MOST_FACTS + 3)


@given(st.text(max_size=90), FACTS)
def test_lines_and_facts_stand_within_the_node_and_apart(name: str, facts: list[Fact]) -> None:
    found = card(name, "12 rules", facts)
    right, bottom = found.size.width - PADDING, found.size.height - PADDING
    assert all(PADDING + width(line, NAME_SIZE) <= right for line in found.name)
    assert all(PADDING + width(line, CAPTION_SIZE) <= right for line in found.caption)
    tops = [entry.box.top for entry in found.entries]
    assert max(found.baselines) < min([*tops, bottom])
    for entry in found.entries:
        box = entry.box
        assert box.left >= PADDING
        assert box.right <= right
        assert box.bottom <= bottom
        assert all(box.top < baseline < box.bottom for baseline in entry.baselines)
        assert all(2 * INSIDE + width(line, FACT_SIZE) <= box.width for line in entry.lines)
        assert box.height >= 24
    for one, other in combinations([entry.box for entry in found.entries], 2):
        assert one.bottom <= other.top or other.bottom <= one.top or one.right <= other.left


def test_facts_beyond_the_most_are_counted() -> None:
    facts = [fact(f"fact_{number}") for number in range(MOST_FACTS + 1_000)]
    *named, more = card("Determination", "", facts).entries
    assert [entry.fact for entry in named] == facts[:MOST_FACTS]
    assert more.fact is None
    assert more.lines == ("and 1,000 more",)
