"""The form made anew for other tables, and the examples that it begins with."""

from __future__ import annotations

from dmn_dli.cases.rows import known_cases
from dmn_dli.page.case_code import entered
from dmn_dli.page.html import fragment
from dmn_dli.page.live.payers import Answer, Payers, Payload
from dmn_dli.page.try_view import form


def new_form(payers: Payers, _: Payload) -> Answer:
    """The form for the payers in use."""
    return {"html": fragment(form(payers.series))}


def example(payers: Payers, payload: Payload) -> Answer:
    """The facts of a row of a Cases sheet, as they are entered. KeyError where there is none."""
    workbook, _, number = str(payload["example"]).rpartition("/")
    for each in payers.series.values():
        for kernel in each.deciding:
            if kernel.workbook == workbook:
                case = known_cases(kernel.linked.workbook, kernel)[int(number)]
                facts = {name: entered(value) for name, value in case.facts.items()}
                return {"case": case.name, "facts": facts}
    raise KeyError(workbook)
