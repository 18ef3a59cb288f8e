"""A folder for tables of another field: a dictionary, one workbook, and the files that keep both checked."""

from __future__ import annotations

from dmn_dli.excel.workbook import read_dictionary_bytes
from dmn_dli.keeping.new.cells import HEADINGS, HISTORY, Rows
from dmn_dli.keeping.new.file import NewFile, book_bytes
from dmn_dli.store.folder import DICTIONARY_NAME

_FACTS: Rows = (
    (
        *("fact", "label", "type", "allowed values", "unit", "nullable"),
        *("question", "description", "changeable"),
    ),
    (
        *("device", "Device", "string", '"laptop", "camera", "other"', None, "No"),
        *("Which device is asked for?", "other: anything but a laptop or a camera.", "request"),
    ),
    (
        *("days", "Days", "integer", "[1..90]", "days", "No"),
        *("For how many days?", "The first and the last day count.", "request"),
    ),
    (
        *("camera_training", "Camera training", "boolean", None, None, "No"),
        *("Has the borrower had the training for the camera?", None, "Yes"),
    ),
    (
        *("overdue_loans", "Overdue loans", "integer", "[0..50]", "loans", "No"),
        *("How many of the borrower's loans are overdue?", None, "Yes"),
    ),
)

_WORKBOOK: dict[str, Rows] = {
    "Policy": (
        ("Field", "Value"),
        ("Title", "Loans of devices"),
        ("Final decision", "Loan"),
        ("Notes", "An example: write your own tables over it."),
    ),
    "Loan": (
        ("Loan", "Is the device lent?"),
        ("F", "IF", "IF", "IF", "IF", "THEN", "THEN", "NOTE"),
        (
            *("Rule", "Device", "Camera training", "Overdue loans", "Days"),
            *("Loan", "Reason", "Note"),
        ),
        ("values", None, None, None, None, "lent, ask the desk, refused"),
        ("L-1", "other", "-", "-", "-", "refused", "Only laptops and cameras are lent."),
        ("L-2", "-", "-", ">= 2", "-", "refused", "Two loans or more are overdue."),
        ("L-3", "camera", "false", "-", "-", "refused", "A camera is lent after the training."),
        ("L-4", "-", "-", "1", "-", "ask the desk", "A loan is overdue."),
        ("L-5", "-", "-", "-", "> 14", "ask the desk", "More than fourteen days are asked for."),
        ("L-6", "-", "-", "-", "-", "lent", "The device is at hand for up to fourteen days."),
    ),
    "Cases": (
        (
            *("case", "Device", "Camera training", "Overdue loans", "Days"),
            *("expect Loan", "expect missing", "why"),
        ),
        ("a laptop for two weeks", "laptop", None, 0, 14, "lent", "none", "No training is asked for."),
        ("a laptop for longer", "laptop", None, 0, 15, "ask the desk", "none", "The first day beyond."),
        ("a camera after the training", "camera", True, 0, 3, "lent", "none", None),
        ("a camera without it", "camera", False, 0, 3, "refused", "none", None),
        ("a loan is overdue", "laptop", None, 1, 3, "ask the desk", "none", None),
        ("two are overdue", "laptop", None, 2, None, "refused", "none", "Whatever the days."),
        ("another device", "other", None, None, None, "refused", "none", "Nothing else need be known."),
    ),
    HISTORY: (HEADINGS, (None, None, "An example to begin with", None)),
}

_README = """\
# Decision tables

The rules stand in Excel workbooks in the folder `tables`. The program dmn-dli checks, tests and runs them.

- `tables/facts.xlsx` lists the facts that tables may ask for: name, label, type, allowed values, and the
  question to put when one is missing.
- `tables/loans.xlsx` is an example. The sheet Loan is a decision table: each row is a rule, IF columns are
  conditions, THEN columns results. The sheet Cases tests it.

Write your own facts and tables over these, or add workbooks beside them. What rows 2 and 3 say counts;
colours are for people.

## The commands

```sh
dmn-dli check                # every problem, with its cell; every table proven complete
dmn-dli test                 # the Cases sheets
dmn-dli evaluate case.json   # an answer, with its reason and what is missing
dmn-dli format               # one look for all workbooks, and the dictionary's words in their dropdowns
dmn-dli rename               # another name for a fact, a value, a rule, wherever it stands
dmn-dli diff main..          # what an edit changes, cell by cell and case by case
dmn-dli merge                # two edited copies of a workbook made into one
```

A case is `{"device": "camera", "days": 3}`; what it leaves out is unknown, which is not the same as no.

## In git

Once in each clone, so that git merges workbooks by rule and heading and shows them as text, and every commit
is checked:

```sh
dmn-dli merge --install
pip install pre-commit
pre-commit install --hook-type pre-commit --hook-type pre-merge-commit
```

`.pre-commit-config.yaml` says what the commits have to pass; `.github/workflows/tables.yml` checks and tests
every pull request.
"""

_WORKFLOW = """\
name: tables
on: [push, pull_request]
permissions:
  contents: read
jobs:
  tables:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      # Where dmn-dli comes from another place than the package index, name that here.
      - run: pip install dmn-dli
      - name: every problem in every workbook
        run: dmn-dli check tables --format github
      - name: every case on every Cases sheet
        if: always()
        run: dmn-dli test tables
"""

_HOOKS = """\
# For https://pre-commit.com; dmn-dli is the program that is installed on this computer.
repos:
  - repo: local
    hooks:
      - id: dmn-dli-check
        name: dmn-dli check
        entry: dmn-dli check tables
        language: system
        files: \\.xlsx$
        pass_filenames: false
      - id: dmn-dli-test
        name: dmn-dli test
        entry: dmn-dli test tables
        language: system
        files: \\.xlsx$
        pass_filenames: false
      - id: dmn-dli-format
        name: dmn-dli format
        entry: dmn-dli format --check tables
        language: system
        files: \\.xlsx$
        pass_filenames: false
"""


def new_tables() -> tuple[NewFile, ...]:
    """The files of a new folder, which `check` and `test` have nothing to object to."""
    facts = book_bytes({"Facts": _FACTS}, None)
    dictionary, _ = read_dictionary_bytes(facts, DICTIONARY_NAME, DICTIONARY_NAME)
    return (
        NewFile(f"tables/{DICTIONARY_NAME}", facts),
        NewFile("tables/loans.xlsx", book_bytes(_WORKBOOK, dictionary)),
        NewFile("README.md", _README.encode()),
        NewFile(".github/workflows/tables.yml", _WORKFLOW.encode()),
        NewFile(".pre-commit-config.yaml", _HOOKS.encode()),
    )
