"""Text of others is no markup, no formula, and calls nobody."""

from __future__ import annotations

import pytest

from dmn_dli.evaluate.record_fields import COLUMNS
from dmn_dli.report.documents import escaped
from dmn_dli.report.table_row import row
from dmn_dli.runtime.record import new_record


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("@octocat and a@b.example", "@&#8203;octocat and a@&#8203;b.example"),
        ("see https://x.example/a_b", "see https:&#8203;//x.example/a\\_b"),
        ("www.x.example, WWW.Y.example", "www&#8203;.x.example, WWW&#8203;.Y.example"),
        ("[x](javascript:alert(1))", "\\[x\\](javascript:&#8203;alert(1))"),
        ("<img src=x> &lt; #1", "\\<img src=x\\> \\&lt; \\#&#8203;1"),
        ("- a", "\\- a"),
        ("1. a", "1\\. a"),
        ("~~a~~ $x$ `b` **c** | d", "\\~\\~a\\~\\~ \\$x\\$ \\`b\\` \\*\\*c\\*\\* \\| d"),
        ("-5 to 10.5, 82.5 %", "-5 to 10.5, 82.5 %"),
        ("two\nlines\x1b[1m", "two lines\\\\x1b\\[1m"),
    ],
)
def test_text_stays_text_in_markdown(text: str, written: str) -> None:
    assert escaped(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("＋1", "'＋1"),
        ("－a", "'－a"),
        ("＠SUM(1)", "'＠SUM(1)"),
        ("\t=1+1", "'\\x09=1+1"),
        ("\r=1+1", "'\\x0d=1+1"),
        ("\n=1+1", "'\n=1+1"),
        ("  =1+1", "'  =1+1"),
        ("\u200b=1+1", "'\\u200b=1+1"),
        ("-5", "-5"),
        ("a\x1b[2J\u202e", "a\\x1b[2J\\u202e"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_text_is_no_formula_in_csv(text: str, written: str) -> None:
    record = new_record("a", "acme") | {"reason": text}
    assert row(record)[COLUMNS.index("reason")] == written


def test_csv_gives_each_criterion_by_its_id_and_status() -> None:
    rows = [{"id": "2", "status": "not met"}, {"id": "2.a", "status": "unknown"}]
    record = new_record("acme", "a") | {"criteria": rows}
    assert row(record)[COLUMNS.index("criteria")] == "2 not met | 2.a unknown"
