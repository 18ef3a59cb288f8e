"""Workbooks: clean ones, whose proof is reached, and ones spoilt in cells, in XML and in the file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from random import Random

from tests.excel.build import make_book, save
from tests.fuzz.mutations import mutated

Grid = list[list[str | int | None]]

# For each fact tests of which every value passes exactly one, coarse or fine.
_SPLITS: dict[str, Sequence[Sequence[str]]] = {
    "age": [["< 18", ">= 18"], ["[0..17]", "[18..64]", ">= 65"], ["0", "> 0"], ["not(5)", "5"]],
    "status": [["gold", "not(gold)"], ["gold, silver", "none"], ["gold", "silver", "none"]],
    "share": [["0", "(0..100)", "100"], ["< 0.5", ">= 0.5"], ["[0..10]", "(10..100]"]],
    "relapse": [["true", "false"], ["Yes", "No"]],
    "day": [["< 2025-02-12", ">= 2025-02-12"], ["2024-01-01", "not(2024-01-01)"]],
    "remark": [['"a"', 'not("a")'], ['"a", "b"', 'not("a", "b")']],
}
_FACTS: Grid = [
    ["fact", "label", "type", "allowed values", "unit", "nullable", "question"],
    ["age", "Age", "integer", "[0..120]", "years", "No", "How old?"],
    ["status", "Status", "string", '"gold", "silver", "none"', None, "No", "Which status?"],
    ["share", "Share of cells", "number", "[0..100]", "%", "No", "What share?"],
    ["relapse", "Relapse", "boolean", None, None, "No", "Was there a relapse?"],
    ["day", "Day", "date", None, None, "No", "Which day?"],
    ["remark", "Remark", "string", None, None, "No", "Which remark?"],
]
FACTS: dict[str, Sequence[object]] = {
    "age": (0, 17, 18, 64, 120),
    "status": ("gold", "silver", "none"),
    "share": (0, 0.5, 10, 99.99, 100),
    "relapse": (True, False),
    "day": ("2024-01-01", "2025-02-12", "2026-06-30"),
    "remark": ("a", "b", "c"),
}
HIT_POLICIES = ("U", "F", "A", "C", "P")


def clean_sheets(chance: Random) -> dict[str, Grid]:
    """A generic workbook of two tables, complete and without overlapping rules."""
    grade = _table("Grade", chance, chance.sample(sorted(_SPLITS), chance.randint(1, 2)))
    final = _table("Final", chance, chance.sample(sorted(_SPLITS), chance.randint(0, 1)), upstream=grade)
    return {
        "Policy": [["Field", "Value"], ["Final decision", "Final"]],
        "Facts": [list(row) for row in _FACTS],
        "Grade": grade,
        "Final": final,
    }


def _table(name: str, chance: Random, facts: Sequence[str], upstream: Grid | None = None) -> Grid:
    columns = [(fact, chance.choice(_SPLITS[fact])) for fact in facts]
    # A list is compared as a whole, which no bare word does.
    if upstream is not None and upstream[1][0] != "C":
        columns.append(("Grade", [str(row[-1]) for row in upstream[4:]]))
    rows: list[list[str]] = [[]]
    for _, tests in columns:
        rows = [[*row, test] for row in rows for test in tests]
    hit_policy = chance.choice(HIT_POLICIES)
    outputs = [f"{name.lower()} {number}" for number in range(len(rows))]
    listed = hit_policy == "P" or chance.random() < 0.5
    values = ", ".join(f'"{output}"' for output in outputs) if listed else None
    grid: Grid = [
        [name, "Which?"],
        [hit_policy, *["IF"] * len(columns), "THEN"],
        ["Rule", *[fact for fact, _ in columns], "Result"],
        ["values", *[None] * len(columns), values],
    ]
    for number, (row, output) in enumerate(zip(rows, outputs, strict=True)):
        grid.append([f"r{number}", *row, output])
    return grid


def spoil(
    sheets: dict[str, Grid], chance: Random, texts: Sequence[str], cells: int
) -> list[tuple[str, int, int, str]]:
    """Spoil that many cells in place; which ones, and what they hold now."""
    spoilt = []
    for _ in range(cells):
        name = chance.choice(("Grade", "Final", "Grade", "Final", "Facts", "Policy"))
        grid = sheets[name]
        row = chance.randrange(len(grid))
        column = chance.randrange(len(grid[row]))
        text = mutated(str(grid[row][column] or ""), chance, texts)
        grid[row][column] = text
        spoilt.append((name, row, column, text))
    return spoilt


def many_cells(chance: Random, texts: Sequence[str], rules: int) -> dict[str, Grid]:
    """A workbook of many rules whose cells are taken from `texts`, spoilt or as they are."""
    sheets = clean_sheets(chance)
    columns = [*_SPLITS, "age + 1", 'if relapse then "x" else status']

    def cell() -> str:
        text = chance.choice(texts)
        return mutated(text, chance, texts) if chance.random() < 0.7 else text

    final: Grid = [
        ["Final", "Which?"],
        [chance.choice(HIT_POLICIES[1:4]), *["IF"] * len(columns), "THEN"],
        ["Rule", *columns, "Result"],
        ["values", *[None] * len(columns), chance.choice((None, "expression", "number"))],
    ]
    for number in range(rules):
        final.append([f"r{number}", *[cell() for _ in columns], cell()])
    sheets["Final"] = final
    return sheets


def book(sheets: dict[str, Grid]) -> bytes:
    """The workbook as a file; what Excel itself would not store is left out of it."""
    made = make_book({name: [list(map(_stored, row)) for row in grid] for name, grid in sheets.items()})
    for cell in (cell for sheet in made for row in sheet.iter_rows() for cell in row):
        if isinstance(cell.value, str):
            cell.data_type = "s"
            cell.number_format = "@"
    return save(made)


def _stored(value: str | int | None) -> str | int | None:
    return _UNSTORABLE.sub("", value) if isinstance(value, str) else value


_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(rb'"[0-9]+"')
_TAG = re.compile(rb"<[^>]*>")
_STRANGE = (
    *(b"", b"0", b"-1", b"99999999999", b"1E400", b"A1", b"XFE1048577", b"true", b"\x00", b"&#27;", b"&amp;"),
    *(b"<!DOCTYPE x>", b'<!DOCTYPE x [<!ENTITY a "b">]>', b"\xff\xfe", b"<row/>", b"<c/>", b"inlineStr"),
    *(b"s", b"e", b"b", b"d"),
)


def damaged(data: bytes, chance: Random) -> bytes:
    """The file spoilt below what Excel shows: in the XML of a part, among the entries, or in its bytes."""
    match chance.randrange(4):
        case 0:
            return _bytes_changed(data, chance)
        case 1:
            return _entries_changed(data, chance)
    return _part_changed(data, chance)


def _bytes_changed(data: bytes, chance: Random) -> bytes:
    if chance.random() < 0.3:
        return data[: chance.randrange(len(data))]
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _entries_changed(data: bytes, chance: Random) -> bytes:
    entries = _entries(data)
    at = chance.randrange(len(entries))
    match chance.randrange(4):
        case 0:
            del entries[at]
        case 1:
            entries.append(entries[at])
        case 2:
            entries[at] = (entries[at][0], entries[chance.randrange(len(entries))][1])
        case _:
            entries[at] = (entries[at][0] + chance.choice(("x", "/", "/../y", "\\", " ")), entries[at][1])
    return _zipped(entries)


def _part_changed(data: bytes, chance: Random) -> bytes:
    entries = _entries(data)
    at = chance.randrange(len(entries))
    name, part = entries[at]
    for _ in range(chance.randint(1, 4)):
        places = list((_NUMBER if chance.random() < 0.5 else _TAG).finditer(part))
        if not places:
            break
        place = chance.choice(places)
        strange = chance.choice(_STRANGE)
        if chance.random() < 0.3:
            strange = place[0] * chance.choice((2, 3, 200))
        elif place[0].startswith(b'"'):
            strange = b'"' + strange + b'"'
        part = part[: place.start()] + strange + part[place.end() :]
    entries[at] = (name, part)
    return _zipped(entries)


def _entries(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return [(entry.filename, archive.read(entry)) for entry in archive.infolist()]


def _zipped(entries: Sequence[tuple[str, bytes]]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in entries:
            archive.writestr(zipfile.ZipInfo(name, (2025, 2, 12, 0, 0, 0)), part)
    return stream.getvalue()
