"""Workbooks as people save them, read into the model with everything that is wrong with them."""

from dmn_dli.excel.files import (
    WorkbookUnreadableError,
    read_dictionary,
    read_rows,
    read_workbook,
)
from dmn_dli.excel.workbook import read_dictionary_bytes, read_workbook_bytes

__all__ = [
    "WorkbookUnreadableError",
    "read_dictionary",
    "read_dictionary_bytes",
    "read_rows",
    "read_workbook",
    "read_workbook_bytes",
]
