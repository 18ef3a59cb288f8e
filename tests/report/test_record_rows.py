"""Rows of csv made from columns are, byte for byte, those that single records give."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

pytest.importorskip("numpy", reason="columns of batches need the extra batch: numpy and pyarrow")
pytest.importorskip("pyarrow", reason="columns of batches need the extra batch: numpy and pyarrow")

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dmn_dli.batch.answers import Answers, PayersAnswers
from dmn_dli.batch.cases import side_by_side
from dmn_dli.batch.coded import (
    ITSELF,
    Coded,
    Concatenated,
    Fields,
    Instead,
    Listed,
    Merged,
    RowColumn,
    Text,
    Where,
)
from dmn_dli.cases.asking import ask
from dmn_dli.cases.files import given_case
from dmn_dli.evaluate.record_fields import ALL, CHOICES, ChosenColumns
from dmn_dli.report.record_rows import RecordRows
from dmn_dli.report.records import writer
from dmn_dli.runtime.plain import Outlet, for_people
from tests.batch.test_answers import SERIES, random_cases

ROWS = 5

texts = st.text(st.sampled_from('a1 "\n,|:#[]=-+@\t\r\x1b\u202e\u3000\ud800é'), max_size=5) | st.sampled_from(
    ["", "-5", "=1", "##a[x", "::x", "\n::x", "a\n :", ":x", "#", "a##", "[x]", "b[", "\u200b", " ", "met"]
)


def coded(values: st.SearchStrategy[Any]) -> st.SearchStrategy[RowColumn]:
    """Some values that last, of which not all are settled, and some of the batch alone."""

    @st.composite
    def build(draw: st.DrawFn) -> Coded:
        lasting = draw(st.lists(values, max_size=3))
        settled = draw(st.integers(0, len(lasting)))
        own = draw(st.lists(values, min_size=0 if settled else 1, max_size=2))
        numbers = st.integers(0, settled + len(own) - 1)
        found = draw(st.lists(numbers, min_size=ROWS, max_size=ROWS))
        return Coded(np.array(found, np.intp), lasting, settled, own)

    return build()


masks = st.lists(st.booleans(), min_size=ROWS, max_size=ROWS).map(lambda each: np.array(each, bool))
text_columns = st.builds(Text, st.lists(coded(texts), min_size=1, max_size=3).map(tuple), st.none() | masks)
whole_texts = st.builds(Text, st.lists(coded(texts), min_size=1, max_size=3).map(tuple))
values = st.none() | texts | st.integers(-3, 3) | st.lists(texts | st.lists(texts, max_size=2), max_size=2)
items = coded(texts) | whole_texts
lists = st.lists(texts | st.integers(-2, 2) | st.lists(texts, max_size=2), max_size=3)
parts = (
    coded(lists) | st.builds(Where, masks, items) | st.builds(Listed, st.lists(items, min_size=1).map(tuple))
)
list_columns = coded(lists) | st.builds(Concatenated, st.lists(parts, min_size=1, max_size=3).map(tuple))
objects = coded(st.dictionaries(texts, values, max_size=2))
criterion = st.builds(
    lambda id_, status, rest: Fields({"id": id_, "status": status, "facts": rest}),
    coded(texts),
    coded(st.sampled_from(["met", "not met"])),
    objects,
)
criteria = st.builds(Listed, st.lists(criterion, min_size=1, max_size=3).map(tuple))


def changed(
    columns: st.SearchStrategy[RowColumn], value: st.SearchStrategy[Any]
) -> st.SearchStrategy[RowColumn]:
    """The columns, in some rows with a value of their own."""
    which = st.lists(st.sampled_from([ITSELF, 0]), min_size=ROWS, max_size=ROWS)
    return columns | st.builds(
        lambda column, rows, each: Instead(column, np.array(rows, np.intp), [each]), columns, which, value
    )


COLUMNS: Mapping[str, st.SearchStrategy[RowColumn]] = {
    "policy": coded(st.none() | st.fixed_dictionaries({"number": texts, "title": st.none() | texts})),
    "determination": coded(values),
    "rule": coded(st.none() | texts),
    "reason": changed(coded(st.none() | texts) | text_columns, st.none() | texts),
    "decisions": objects | st.builds(Merged, st.lists(objects, min_size=1, max_size=2).map(tuple)),
    "criteria": changed(criteria, st.just([{"id": "=1", "status": "met"}])),
    "unmet_criteria": changed(list_columns, lists),
    "notes": list_columns,
}
NAMES = (*COLUMNS, "policy.number", "policy.title", "case_id", "payer", "format_version", "error.message")

ids = st.lists(texts | st.sampled_from(["1", "a-1", "007"]), min_size=ROWS, max_size=ROWS)


def singly(records: Sequence[Mapping[str, Any]], columns: ChosenColumns) -> bytes:
    """What the writer for single records gives."""
    stream = io.StringIO()
    outlet: Any = Outlet(stream, for_people)
    write = writer("csv", outlet, None, None, columns)
    for record in records:
        write.case([record])
    return stream.getvalue().encode()


@settings(max_examples=40, deadline=None)
@given(
    st.fixed_dictionaries(dict(COLUMNS)),
    ids,
    texts,
    st.lists(st.sampled_from(NAMES), min_size=1, unique=True),
)
def test_any_column_is_written_as_its_values_are(
    columns: Mapping[str, RowColumn], case_ids: list[str], payer: str, names: list[str]
) -> None:
    chosen = ChosenColumns(tuple(names), {})
    error = {
        "case_id": case_ids[1],
        "payer": payer,
        "error": {"kind": "case", "message": payer, "problems": []},
    }
    answers = Answers(payer, np.arange(ROWS), columns, {1: error})
    records: list[Mapping[str, Any]] = [
        {
            "format_version": 1,
            "case_id": case_ids[row],
            "payer": payer,
            **{key: column.at(row) for key, column in columns.items()},
        }
        for row in range(ROWS)
    ]
    records[1] = error
    rows = RecordRows(chosen)
    written = _written(records, chosen)
    for _ in range(2):  # what is kept of the first batch serves the second
        assert rows.heading + b"".join(rows.records(case_ids, answers)) == written


def _written(records: Sequence[Mapping[str, Any]], chosen: ChosenColumns) -> bytes:
    """As the writer does, with `rule` from the record itself."""
    given = [{**each, "policy": each.get("policy")} for each in records]
    return singly(given, _Given(chosen.names, {}))


class _Given(ChosenColumns):
    """Columns of records that have `rule` as a key."""

    def field(self, record: Mapping[str, Any], name: str) -> Any:
        return record.get(name) if name == "rule" else super().field(record, name)


def _text(*parts: str) -> Text:
    return Text(tuple([Coded(np.zeros(1, np.intp), [each], 1) for each in parts]))


@pytest.mark.parametrize(
    ("parts", "cell"),
    [
        (("a##", "b[x"), b"a\\x23#b[x"),
        (("a", "##b[x"), b"a\\x23#b[x"),
        (("a#", "#[x"), b"a\\x23#[x"),
        (("a\n ", "::x"), b'"a\n \\x3a:x"'),
        (("a\n:", ":x"), b'"a\n\\x3a:x"'),
        ((" ", "=1"), b"' =1"),
        (("", "=1"), b"'=1"),
        (("-5", ""), b"-5"),
        (("-5", "x"), b"'-5x"),
        (('"', ","), b'""","'),
        (("::a", "b"), b"\\x3a:ab"),
    ],
)
def test_pieces_that_mean_something_only_together_are_seen(parts: tuple[str, ...], cell: bytes) -> None:
    chosen = ChosenColumns(("reason", "refer_to"), {})
    columns = {"reason": _text(*parts), "refer_to": _text("x")}
    found = RecordRows(chosen).records(["1"], Answers("p", np.arange(1), columns, {}))
    assert found == [cell + b",x\n"]
    assert singly([{"reason": "".join(parts), "refer_to": "x"}], chosen).endswith(b"\n" + found[0])


@pytest.mark.parametrize("unknown", [0.3])
@pytest.mark.parametrize("names", [ALL.names, ("reason",), tuple(each for each in CHOICES if each != "rule")])
def test_the_five_payers(unknown: float, names: tuple[str, ...]) -> None:
    chosen = ChosenColumns(names, {})
    rows = RecordRows(chosen)
    answers = PayersAnswers(SERIES, None)
    for seed in (1, 2):
        cases = [*random_cases(12, unknown, seed), given_case({"case_id": " ::x,\n"}, 13)]
        batch = side_by_side(cases)
        for each in answers.of(batch):
            records = [ask(cases[row], each.payer, SERIES) for row in each.rows.tolist()]
            came = rows.heading + b"".join(rows.records(batch.case_ids, each))
            assert came == singly(records, chosen)
