"""What is proven of claims: the payers' own, and those that hang on what cannot be traced to facts."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from dmn_dli.analysis.check import Analysis, analyse
from dmn_dli.analysis.findings import claim_broken, claim_unproven
from dmn_dli.linking.link import link
from dmn_dli.tables.linked import LinkedPolicy
from tests.analysis.criteria_examples import RULES, computed, policy, sheet
from tests.analysis.criteria_mutants import with_criteria
from tests.analysis.examples import FACTS, NO, YES
from tests.linking.books import assuming, table
from tests.linking.criteria_books import criteria, linked


def holds(analysis: Analysis) -> list[bool | None]:
    return [claim.holds for claim in analysis.claims]


def test_the_payers_criteria_mean_what_they_claim() -> None:
    for each in with_criteria():
        found = analyse(each)
        assert found.claims
        assert all(holds(found)), each.workbook.name
        assert not [finding.text for finding in found.findings if finding.is_error]


def test_a_claim_that_is_borne_out_holds_and_names_its_determination() -> None:
    (claim,) = analyse(policy(sheet())).claims
    assert (claim.sheet, claim.id, claim.means, claim.holds) == ("Criteria", "DLI", YES, True)


def test_rows_of_criteria_are_no_tables() -> None:
    assert [proof.decision for proof in analyse(policy(sheet())).proofs] == ["Determination"]


def heavy(*rules: Any) -> LinkedPolicy:
    """A group that asks for a weight by share, beside a final decision that reads the weight itself."""
    asked = criteria(
        ["service", "weight / percent"],
        ("DLI", None, "all", YES, "infusion", "-"),
        ("1", "DLI", None, None, "-", "> 2"),
    )
    headings = ["IF service", "IF weight", "THEN Determination", "NOTE Reason", "NOTE Citation"]
    return linked(FACTS, [asked], table("Determination", "F", headings, None, *rules), payer="acme")


def test_a_claim_over_what_cannot_be_traced_is_refuted_by_a_real_case() -> None:
    found = analyse(
        heavy(
            ("not(infusion)", "-", "not addressed", "a", "p. 1"),
            ("-", "> 100", YES, "b", "p. 1"),
            ("-", "-", NO, "c", "p. 1"),
        )
    )
    assert holds(found) == [False]
    broken = [finding for finding in found.findings if finding.code is claim_broken.CODE]
    for finding in broken:
        weight, percent = finding.witness["weight"], finding.witness["percent"]
        assert (percent != 0 and weight / percent > 2) is not (weight > 100)
    assert broken


def test_a_claim_that_no_real_case_breaks_and_no_proof_bears_out_is_unknown() -> None:
    found = analyse(computed())
    assert holds(found) == [None]
    assert [finding.decision for finding in found.findings if finding.is_error] == ["Criteria.DLI"]
    assert claim_unproven.CODE in {finding.code for finding in found.findings}


def test_what_assumptions_rule_out_breaks_no_claim() -> None:
    broken = policy(
        sheet(), ("infusion", "true", YES, "a", "p. 1"), ("infusion", "false", YES, "b", "p. 1"), RULES[2]
    )
    assert holds(analyse(broken)) == [False]
    ruled_out = assuming(broken, 'service != "infusion" or (malignancy = "hematologic" and grade < 2)')
    assert holds(analyse(ruled_out)) == [True]


def test_a_generic_workbook_s_claims_are_proven_and_no_more_is_asked_of_it() -> None:
    payers = policy(sheet(), ("-", "true", YES, None, None), ("-", "not(true)", NO, None, None))
    generic = evolve(payers.workbook, policy=evolve(payers.workbook.policy, payer=None))
    found = analyse(link(generic, payers.dictionary))
    assert holds(found) == [True]
    assert not [finding.text for finding in found.findings if finding.is_error]
