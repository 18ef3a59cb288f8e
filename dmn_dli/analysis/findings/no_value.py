"""DT601: the final decision has no value for some cases, though a rule may answer for them."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT601",
    Kind.GAP,
    Severity.ERROR,
    "The final decision has no value for some cases.",
    "Give the result a value in every rule that decides such a case.",
)


def _find(subject: TableSubject) -> Findings:
    place, proof = subject.place, subject.proof
    # A number of rules is a value, 0 among them; so is a list, where no payer's words are expected.
    listed = subject.hit_policy.gives_list and subject.whole
    if not subject.final or subject.hit_policy.counts or listed:
        return
    # A table that must answer has its gaps reported as such.
    if not subject.hit_policy.one_answer and proof.complete is False:
        real = [gap.witness for gap in proof.gaps if gap.certain]
        facts = real[0] if real else {}
        message = f"The final decision has no value for some cases, since no rule answers.{place.case(facts)}"
        yield place.finding(CODE, f"A{place.next_row}", message, witness=facts)
    for rule, witness in subject.valueless:
        if witness.certain:
            cell = place.rule(rule).outputs[0]
            message = f"The final decision has no value where {place.named([rule])} decides."
            message += place.case(witness.facts)
            yield place.finding(CODE, cell, message, rules=[rule], witness=witness.facts)


CHECK = TableCheck(CODE, Question.DETERMINATION, _find)
