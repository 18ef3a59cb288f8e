"""Workbooks made of models, linked."""

from __future__ import annotations

from collections.abc import Mapping

from dmn_dli.excel.workbook import read_workbook_bytes
from dmn_dli.interchange.dmn.model import Definitions
from dmn_dli.interchange.dmn.read import read_model
from dmn_dli.interchange.dmn.to_workbook.book import workbook_of
from dmn_dli.interchange.dmn.write import model_xml
from dmn_dli.interchange.imported import ImportedBook
from dmn_dli.keeping.new.imported import imported_file
from dmn_dli.linking.link import link
from dmn_dli.model.finding import errors
from dmn_dli.policy import Policy
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import kernel


def through_xml(definitions: Definitions, version: str = "1.5") -> Definitions:
    """The model as it is read from the file that was written of it."""
    again, findings = read_model(model_xml(definitions, version), "model.dmn")
    assert again is not None
    assert errors(findings) == ()
    return again


def linked(book: ImportedBook) -> LinkedPolicy:
    """The workbook of an import, written, read and linked."""
    file = imported_file("model.dmn", book).file
    workbook = read_workbook_bytes(file.data, file.name, file.name)
    assert workbook.dictionary is not None
    return link(workbook, workbook.dictionary)


def imported(definitions: Definitions, others: Mapping[str, Definitions] | None = None) -> Policy:
    """The policy of a model's workbook, ready to decide; it must be without errors."""
    made = linked(workbook_of(definitions, others))
    assert [each.text for each in errors(made.findings)] == []
    return Policy(kernel(made))
