"""The case to take along: as JSON for the commands, as a row of a Cases sheet, as a summary for the file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from dmn_dli.cases.asking import ask, read_facts
from dmn_dli.cases.columns import CaseColumn, Role, read_columns
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.feel.json_values import feel_json
from dmn_dli.page.case_code import entered, route
from dmn_dli.page.html import Element, fragment, h
from dmn_dli.page.live.pasted import pasted_cell
from dmn_dli.page.live.payers import Answer, Payers, Payload
from dmn_dli.page.live.why import explained
from dmn_dli.report.determination_summary import summary
from dmn_dli.report.layout import spoken
from dmn_dli.runtime.facts import FactReader, NotAValue
from dmn_dli.runtime.plain import visible


@frozen
class CaseRow:
    """A row for a Cases sheet: the sheet's columns with a value for each, "" for blank.

    left_out: facts that are entered and have no column there, by label.
    """

    headings: Sequence[str]
    values: Sequence[str]
    left_out: Sequence[str]


def determination_summary(payers: Payers, payload: Payload) -> Answer:
    """A payer's determination summary in Markdown."""
    text = summary(explained(payers, payload, payload["payer"]), payers.page)
    return {"text": visible(text, "\n")}


def take_along(payers: Payers, payload: Payload) -> Answer:
    """The link to the case, the case as JSON, and as a row for the Cases sheet of a chosen workbook."""
    kernels = [each for series in payers.series.values() for each in reversed(series.deciding)]
    listed = [each.workbook for each in kernels if each.linked.workbook.cases]
    chosen = payload.get("workbook")
    kernel = next((each for each in kernels if each.workbook == (chosen or next(iter(listed), None))), None)
    parts = [
        _copied("try-link", "Link to this case", route(payload["facts"]), 2),
        _copied("try-json", "As JSON, as dmn-dli evaluate takes it", case_json(payers, payload), 6),
    ]
    if kernel is not None:
        parts.append(_row_part(case_row(kernel, payers, payload), kernel.workbook, listed))
    return {"html": fragment(*parts)}


def case_json(payers: Payers, payload: Payload) -> str:
    """The case as a JSON object: numbers and Yes or No as such."""
    facts = {name: feel_json(value) for name, value in _read(payers, payload).items()}
    name = str(payload.get("case") or "").strip()
    return json.dumps({**({"case_id": name} if name else {}), **facts}, ensure_ascii=False, indent=2)


def _read(payers: Payers, payload: Payload) -> dict[str, Any]:
    """The facts as some payer's dictionary reads them; what is no value stays as it is entered."""
    found: dict[str, Any] = {}
    for payer, series in payers.series.items():
        case = payers.case(payload, payer)
        facts, _ = read_facts(case, series)
        readers = series.facts
        for name, value in facts.items():
            if name in readers:
                found.setdefault(name, _canonical(readers[name], value))
    return found


def _canonical(reader: FactReader, value: Any) -> Any:
    try:
        return None if value is None else reader.canonical(value)
    except NotAValue:
        return value


def case_row(kernel: PolicyKernel, payers: Payers, payload: Payload) -> CaseRow:
    """The case as a row of a workbook's Cases sheet, which expects the determination that it gets now."""
    workbook = kernel.linked.workbook
    assert workbook.cases is not None, "asked only where there is such a sheet"
    readers = kernel.case_reader.facts
    columns = read_columns(workbook, readers.values(), [each.name for each in kernel.tables])
    given = _read(payers, payload)
    record = ask(payers.case(payload, kernel.payer), kernel.payer, payers.series)
    cells = {column.heading.column: _cell(column, given, record) for column in columns}
    cells[workbook.cases.column] = str(payload.get("case") or "").strip()
    headings = {each.column: each.text for each in workbook.cases.headings} | {workbook.cases.column: "case"}
    wide = range(1, max(headings) + 1)
    named = {column.name for column in columns if column.role is Role.FACT}
    return CaseRow(
        [headings.get(place, "") for place in wide],
        [cells.get(place, "") for place in wide],
        [readers[name].label if name in readers else name for name in given if name not in named],
    )


def _cell(column: CaseColumn, given: Mapping[str, Any], record: Mapping[str, Any]) -> str:
    if column.role is Role.FACT:
        return entered(given[column.name]) if column.name in given else ""
    if column.role is Role.DETERMINATION and record.get("determination") is not None:
        return spoken(record["determination"])
    return ""


def _copied(place: str, title: str, text: str, rows: int) -> Element:
    return h(
        "div",
        h("h3", h("label", title, for_=place)),
        h("textarea", text, id=place, readonly=True, rows=rows),
        h("button", "Copy", type="button", data_copy=place),
        class_="taken",
    )


def _row_part(row: CaseRow, workbook: str, listed: Sequence[str]) -> Element:
    return h(
        "div",
        h("h3", "As a row for the sheet Cases"),
        h(
            "label",
            "Of the workbook ",
            h(
                "select",
                (h("option", each, value=each, selected=each == workbook) for each in listed),
                id="try-workbook",
            ),
        ),
        h(
            "div",
            h(
                "table",
                h("thead", h("tr", (h("th", each, scope="col") for each in row.headings))),
                h("tbody", h("tr", map(pasted_cell, row.values))),
                id="try-row",
            ),
            class_="wide",
            tabindex=0,
            role="region",
            aria_label="The row",
        ),
        h("p", f"No column for: {', '.join(row.left_out)}.", class_="hint") if row.left_out else None,
        h(
            "p",
            "Paste it into the first cell of a free row. Give the case a name, and look whether the "
            "determination is the one that you expect.",
            class_="hint",
        ),
        h("button", "Copy the row", type="button", data_copy="try-row"),
        class_="taken",
    )
