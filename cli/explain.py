"""`dmn-dli explain`: why a determination came out, what would change it, and what to ask next."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click

from dmn_dli.cases.asking import payers_of, put, read_facts
from dmn_dli.cases.files import STANDARD_INPUT, Case, check_case_file
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.store.load import load_series

from .asking import CaseFiles, asked_payers, page_for, payer_option
from .outcome import CANNOT, DONE
from .output import format_option, keep_inputs, open_output, output_option
from .tables import choose_tables, tables_option


@click.command("explain")
@click.argument("cases", nargs=-1)
@payer_option
@click.option("--ask", is_flag=True, help="Ask for the facts that are missing, until all is settled.")
@click.option(
    "--until",
    type=click.Choice(["criteria", "determination"]),
    help="With --ask: end once the determination is settled, or (the default) its unmet criteria too.",
)
@click.option(
    "--any-change",
    is_flag=True,
    help="Tell also changes to another service, malignancy or transplant, which make it another case.",
)
@format_option(
    ["text", "json", "md"], "Text to read, a list of JSON objects, or determination summaries in Markdown."
)
@tables_option
@output_option
def command(
    cases: tuple[str, ...],
    payers: tuple[str, ...],
    ask: bool,
    until: str | None,
    any_change: bool,
    form: str,
    tables: Path | None,
    output: Path | None,
) -> int:
    """Explain each payer's determination for each case.

    CASES are files as for evaluate. With --ask they may be left out: the interview then begins with nothing.

    First comes the checklist of the policy's criteria, where its workbook has them. A determination comes
    with the fewest given facts that force it whatever the others are; one that is not in the request's favor
    also with what would mend each unmet criterion, and the nearest changes that lead to "medically
    necessary"; and
    "needs information" with the next question: the one whose worst answer leaves the fewest determinations
    open. With --ask these questions are put on standard error and answered on standard input, by a number
    from the list or a value; ? stands for what is not known. The date of service comes first where a payer
    has several versions. It ends as soon as the determination and its unmet criteria are settled.

    Exit codes: 0 done; 2 a case, a file or a table could not be used; 3 a defect of this program.
    """
    if not cases and not ask:
        raise click.UsageError("A file of cases is missing; without one, --ask begins an interview.")
    if ask and STANDARD_INPUT in cases:
        raise click.UsageError("With --ask the answers come from standard input, so that cases cannot.")
    if until and not ask:
        raise click.UsageError("--until says where an interview ends; it needs --ask.")
    from dmn_dli.report.explanations import explanation_writer

    for name in cases:
        check_case_file(name)
    chosen = choose_tables(tables)
    keep_inputs(output, *cases, chosen)
    series = load_series(chosen)
    asked = asked_payers(payers, series)
    explain = Explaining(series, ask=ask, criteria=until != "determination", across=any_change)
    files = CaseFiles(cases)
    outcome = DONE
    with open_output(output, form) as stream:
        write = explanation_writer(form, stream, page_for(series, "text", output))
        for case in files if cases else [Case("1", None, {}, written=False, problems=())]:
            explained = [explain(case, payer) for payer in payers_of(case, asked, series)]
            if any("error" in each for each in explained if isinstance(each, Mapping)):
                outcome = CANNOT
            write.case(explained)
        write.finish()
    return CANNOT if files.unread else outcome


class Explaining:
    """Explains cases, with an interview first where that is wanted; answers hold for all payers of a case."""

    def __init__(self, series: dict[str, KernelSeries], *, ask: bool, criteria: bool, across: bool) -> None:
        """Take the payers' series.

        criteria: whether an interview settles unmet criteria too. across: whether changes are told that make
        a case another case.
        """
        from dmn_dli.explain.series import SeriesExplainer

        self._series = series
        self._ask = ask
        self._criteria = criteria
        self._across = across
        self._explainers = {payer: SeriesExplainer(each) for payer, each in series.items()}
        self._answers: tuple[Case | None, Any] = (None, None)

    def __call__(self, case: Case, payer: str) -> Any:
        """The explanation; an error record where there is no determination."""
        if self._ask and payer in self._series and not case.problems:
            case = self._interviewed(case, payer)
        return put(case, payer, self._series, self._explain)

    def _explain(self, series: KernelSeries, facts: Mapping[str, Any], case_id: str) -> Any:
        return self._explainers[series.payer].explain(facts, case_id, across=self._across)

    def _interviewed(self, case: Case, payer: str) -> Case:
        from dmn_dli.explain.interview import Answers

        from .interview import interview_at_terminal

        if self._answers[0] is not case:
            self._answers = (case, Answers())
        facts, _ = read_facts(case, self._series[payer])
        question = partial(self._explainers[payer].question, criteria=self._criteria)
        facts = interview_at_terminal(facts, payer, question, self._answers[1])
        return case._replace(facts=facts, written=False)
