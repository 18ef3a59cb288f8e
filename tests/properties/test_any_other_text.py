"""The text that stands for every text that no cell names is a marker of our own: nobody ever reads it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dmn_dli.analysis.check import analyse
from dmn_dli.analysis.words import in_words
from dmn_dli.diff.compare import compare
from dmn_dli.explain.explainer import Explainer
from dmn_dli.feel import FeelType
from dmn_dli.policy import Policy
from dmn_dli.runtime.errors import EvaluationError
from dmn_dli.source.module import NotCompilable, module_source
from dmn_dli.suggest.suggest import suggest
from dmn_dli.tables.domain import enumerated_domain
from dmn_dli.tables.linked import LinkedPolicy
from tests.diff.edits import edited
from tests.linking.books import fact, kernel, linked, table
from tests.properties.cases import partial_facts
from tests.properties.policies import policies
from tests.reference.policy import Oracle
from tests.source.modules import compiled, said_by_module, said_by_package

_MARK = "\ufdd0"


def _unmarked(*told: Any) -> None:
    text = "".join(f"{each}{each!r}" for each in told)
    assert _MARK not in text
    assert ascii(_MARK)[1:-1] not in text


@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
@given(st.booleans().flatmap(lambda opaque: policies(opaque=opaque)), st.data())
def test_no_message_record_or_module_holds_the_marker(policy: LinkedPolicy, data: st.DataObject) -> None:
    assume("remark" in policy.dictionary.by_name)
    oracle = Oracle(policy)
    made = kernel(policy, data.draw(st.sampled_from([100_000, 100_000, 5])))
    _unmarked(*analyse(policy).findings)
    _unmarked(*analyse(policy).proofs)
    _unmarked(*compare(policy, data.draw(edited(policy))).differences)
    _unmarked(suggest(Policy(made), ()))
    explainer = Explainer(made)
    for _ in range(3):
        facts = data.draw(partial_facts(oracle, 300))
        try:
            _unmarked(made.determine(facts), explainer.explain(facts), explainer.question(facts))
        except EvaluationError as error:
            _unmarked(error, error.problems)
    try:
        _unmarked(module_source(made))
    except NotCompilable as refused:
        _unmarked(refused)


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        ("abc", '"a", "b", "c"'),
        ("ab", '"a", "b"'),
        ("ab*", 'not("c", null)'),
        ("abc*", "not(null)"),
        ("abc0", '"a", "b", "c", null'),
        ("*", 'not("a", "b", "c", null)'),
    ],
)
def test_a_set_without_any_other_text_is_listed_and_one_with_it_is_turned_round(
    taken: str, words: str
) -> None:
    domain = enumerated_domain(FeelType.STRING, "abc", nullable=True, other=True)
    assert in_words(domain.atoms, [each in taken for each in "abc*0"], quoted=True) == words


@pytest.mark.parametrize("value", ["a", "b", "z", None])
def test_a_module_asks_for_named_texts_alone(value: str | None) -> None:
    rules = [['not(? != "a")', "one"], ['"b", "c"', "two"], ["-", "rest"]]
    made = kernel(
        linked(
            [fact("remark", "string", nullable=True)],
            table("D", "F", ["IF remark", "THEN D"], [None, "one, two, rest"], *rules),
        )
    )
    module = compiled(made)
    facts = {"remark": value}
    assert said_by_module(module, facts) == said_by_package(made, facts)
    wanted = {"a": "one", "b": "two"}.get(value or "", "rest")
    assert made.determine(facts)["determination"] == wanted
    assert module.d(value).value == wanted
