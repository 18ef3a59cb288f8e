"""Which format a file of somebody else's has, and the workbook that is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from dmn_dli.interchange.imported import Guess, ImportedBook
from dmn_dli.interchange.layouts.asked import Asked
from dmn_dli.interchange.layouts.recognise import workbook_of
from dmn_dli.model.finding import errors
from dmn_dli.runtime.input_error import InputError

if TYPE_CHECKING:
    from dmn_dli.interchange.dmn.beside import Beside


def imported_book(data: bytes, name: str, asked: Asked, beside: Beside = dict) -> ImportedBook:
    """The workbook that a file becomes, whatever its format. Raises InputError, with the reason.

    name: the bare file name. asked: what the caller says of tables that a spreadsheet leaves open.
    beside: the models that lie beside a model, which may import some.
    """
    return _of_model(data, name, beside) if is_dmn(data, name) else workbook_of(data, name, asked)


def _of_model(data: bytes, name: str, beside: Beside) -> ImportedBook:
    """The workbook of a DMN model; what the reader has to say besides errors is a guess."""
    from dmn_dli.interchange.dmn.beside import imported_models, model_of
    from dmn_dli.interchange.dmn.to_workbook.book import workbook_of as workbook_of_model

    definitions, findings = model_of(data, name)
    wrong = errors(findings)
    if definitions is None or wrong:
        raise InputError("\n".join(f"{name}: {each.text}" for each in wrong))
    book = workbook_of_model(definitions, imported_models(definitions, beside))
    told = tuple(Guess("the file", each.message) for each in findings)
    return evolve(book, guesses=(*told, *book.guesses))


def is_dmn(data: bytes, name: str) -> bool:
    """Whether a file is a DMN model: by its name, or as XML by its first bytes."""
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return name.lower().endswith((".dmn", ".xml")) or start.startswith((b"<?xml", b"<definitions"))
