"""What may come out while facts are unknown, against every completion put to the lowered model."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from dmn_dli.feel.json_values import feel_json
from dmn_dli.interchange.dmn.lower import lower
from dmn_dli.interchange.dmn.read import read_model
from dmn_dli.runtime.values import sort_key
from tests.interchange.dmn.policy.made import FILE, arrow, cut, decision, given, kernel, literal, model

_VALUES: dict[str, list[Any]] = {"Kind": ["a", "b", "c"], "Flag": [True, False], "Level": ["x", "y"]}
_TYPES = "".join(
    f'<itemDefinition name="t{name}"><typeRef>string</typeRef>'
    f"<allowedValues><text>{listed}</text></allowedValues></itemDefinition>"
    for name, listed in (("Kind", '"a", "b", "c"'), ("Level", '"x", "y"'))
)
_TESTS = {
    "Kind": ["-", '"a"', '"b","c"', 'not("a")'],
    "Flag": ["-", "true", "false"],
    "Level": ["-", '"x"', '"y"'],
    "First": ["-", '"p"', '"q"', "null"],
}


def _table(inputs: list[str]) -> st.SearchStrategy[str]:
    row = st.tuples(
        *[st.sampled_from(_TESTS[name]) for name in inputs], st.sampled_from(['"p"', '"q"', "null"])
    )
    return st.builds(
        lambda rows, policy: cut("", rows, policy, inputs), st.lists(row, min_size=1, max_size=4), _POLICIES
    )


_POLICIES = st.sampled_from(["FIRST", "COLLECT", "RULE ORDER"])
_EXPRESSIONS = st.sampled_from(
    ["First", 'if Flag then First else "r"', "[First, Level]", '{"value": First, "also": Kind}']
)


@settings(max_examples=25, deadline=None)
@drawn(
    first=_table(["Kind", "Flag"]),
    second=_table(["Level", "First"]),
    third=_EXPRESSIONS,
    known=st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(values) for name, values in _VALUES.items()}
    ),
    asked=st.sampled_from(["First", "Second", "Third"]),
)
def test_every_completion_is_possible_and_nothing_else(
    first: str, second: str, third: str, known: dict[str, Any], asked: str
) -> None:
    arrows = "".join(map(arrow, _VALUES))
    text = model(
        _TYPES
        + given("Kind", "tKind")
        + given("Flag", "boolean")
        + given("Level", "tLevel")
        + decision("First", first, arrows)
        + decision("Second", second, arrows + arrow("First", "decision"))
        + decision("Third", literal(third.replace('"', "&quot;")), arrows + arrow("First", "decision"))
    )
    definitions, _ = read_model(text.encode(), FILE)
    assert definitions is not None
    naive = lower(definitions)
    unknown = [name for name in _VALUES if name not in known]
    completions = [
        {**known, **dict(zip(unknown, values, strict=True))}
        for values in product(*[_VALUES[name] for name in unknown])
    ]
    values = [feel_json(naive.decide(asked, each)) for each in completions]
    distinct = {repr(value): value for value in values}
    record = kernel(text, [asked]).determine(known)
    assert record["possible_determinations"] == sorted(distinct.values(), key=sort_key)
    mattering = {
        name
        for name in unknown
        for one, answer in zip(completions, values, strict=True)
        for other, further in zip(completions, values, strict=True)
        if repr(answer) != repr(further) and all(one[each] == other[each] for each in _VALUES if each != name)
    }
    assert record["missing_facts"] == sorted(mattering)
    if len(distinct) == 1:
        assert repr(record["determination"]) in distinct
