"""Random cases: some facts known, few enough unknown that every completion can be tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.runtime.errors import TableError
from tests.reference.judged import Judged
from tests.reference.policy import Case, Oracle
from tests.reference.record import LISTS, Trouble, items, record
from tests.reference.tables import Answer, plain


@st.composite
def partial_facts(draw: st.DrawFn, oracle: Oracle, limit: int) -> dict[str, Any]:
    """Facts for a case of which at most `limit` completions exist."""
    facts = {name: draw(st.sampled_from(oracle.domains[name])) for name in oracle.names}
    for name in draw(st.permutations(oracle.names)):
        fewer = {other: value for other, value in facts.items() if other != name}
        if oracle.count(fewer) <= limit and draw(st.integers(0, 3)):
            facts = fewer
    return facts


def expected(oracle: Oracle, facts: Mapping[str, Any]) -> Any:
    """The record that brute force arrives at, or the set of all conflicts."""
    try:
        return record(oracle, facts)
    except Trouble as trouble:
        return conflicts(trouble)


def conflicts(trouble: Trouble) -> set[tuple[str, tuple[str, ...]]]:
    """The conflicts among what brute force met: decision and ids of the rules."""
    return {(each[1], each[2]) for each in trouble.found if each[0] == "conflict"}


def answered(kernel: PolicyKernel, facts: Mapping[str, Any]) -> Any:
    """The record, or the set of all conflicts of the error."""
    try:
        return kernel.determine(facts)
    except TableError as error:
        return {
            (each["decision"], tuple(each["rules"]))
            for each in error.problems
            if "fire together" in each["reason"]
        }


def refutation(oracle: Oracle, facts: Mapping[str, Any], got: Any) -> str:
    """What the completions refute of an answer that may be cautious but not wrong; "" for nothing."""
    cases = list(oracle.completions(facts))
    answers = [oracle.decide(case) for case in cases]
    found = [oracle.determination(answer[oracle.final.name]) for answer in answers]
    failing = any(oracle.failed(answer) for answer in answers)
    if isinstance(got, set):
        return "" if failing else "an error that no completion meets"
    # What is computed from facts that are not known yet cannot be listed, and a note names its sheet.
    is_open = any(each.startswith(f"{oracle.final.table.sheet} cannot be") for each in got["notes"])
    if not is_open and not {*map(repr, found)} - {"None"} <= {*map(repr, got["possible_determinations"])}:
        return "a determination that some completion leads to is not possible"
    if got["determination"] != "needs information":
        if failing or any(each != got["determination"] for each in found):
            return "a determination that not every completion leads to"
    elif not set(got["missing_facts"]) <= set(oracle.unknown(facts)):
        return "a fact that is given or unread counts as missing"
    elif not oracle.mattering(cases, oracle.unknown(facts), list(map(repr, found))) <= set(
        got["missing_facts"]
    ):
        return "a fact on which the determination depends is not missing"
    elif not got["missing_facts"]:
        return "nothing is missing, yet there is no determination"
    # A completion with an error has no record; what is said holds of the others.
    answers = [answer for answer in answers if not any(each.trouble for each in answer.values())]
    for rule in got["rules"]:
        if not all(_contributes(oracle, answer, rule) for answer in answers):
            return f"the rule {rule['rule']} does not contribute always"
    for name, value in got["decisions"].items():
        if not all(plain(answer[name].value) == value for answer in answers):
            return f"the decision {name} has not always this value"
    if got["criteria"] and (found_wrong := _misjudged(oracle, cases, facts, got)):
        return found_wrong
    for key, name in LISTS.items():
        said = [] if key == "notes" or (key == "unmet_criteria" and got["criteria"]) else got[key]
        if not all(item in items(oracle, name, answer) for item in said for answer in answers):
            return f"an item of {key} is not always in the list"
    return ""


def _misjudged(
    oracle: Oracle, cases: Sequence[Case], facts: Mapping[str, Any], got: Mapping[str, Any]
) -> str:
    """What the completions refute of what is said of the rows of criteria."""
    answers = [oracle.decide(case) for case in cases]
    found = [(case, each) for case, each in zip(cases, answers, strict=True) if not oracle.failed(each)]
    unknown = oracle.unknown(facts)
    said = [repr(oracle.determination(answer[oracle.final.name])) for _, answer in found]
    steps = oracle.smallest_steps([case for case, _ in found], unknown, said)
    judged = Judged(oracle.criteria, facts, [oracle.statuses(answer) for _, answer in found], steps)
    for row in got["criteria"] if found else ():
        name = f"{row['sheet']}.{row['id']}"
        if row["applies"] is not None and row["applies"] is not judged.applies(name):
            return f"the row {name} does not always, or never, apply"
        # Whether it ever applies may be open; what is said is what it is wherever it does.
        vacuous = row["applies"] is None and judged.applies(name) is False
        if row["status"] != "unknown" and row["status"] != judged.status(name) and not vacuous:
            return f"the row {name} is {judged.status(name)}"
        if judged.matters(name) and not row["matters"]:
            return f"on the row {name} the determination depends"
    unmet = [oracle.criteria.unmet(got["determination"], each) for each in judged.statuses]
    listed = {item.partition(":")[0] for item in got["unmet_criteria"]}
    if not all(listed <= {oracle.criteria.rows[name].row.id for name in each} for each in unmet):
        return "a criterion is listed as unmet that is not always"
    return ""


def _contributes(oracle: Oracle, answer: Mapping[str, Answer], rule: Mapping[str, str]) -> bool:
    table = oracle.policy.by_name[rule["decision"]]
    rules = [table.table.rules[table.rule_indexes[each]].id for each in answer[table.name].rules]
    return rule["rule"] in rules
