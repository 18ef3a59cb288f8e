"""A determination as a notebook shows it: a small table of HTML, without scripts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from dmn_dli.runtime.plain import visible


def html_of(record: Mapping[str, Any]) -> str:
    """A record's determination with what bears it out, and what is missing or unmet.

    What says nothing is left out. What a workbook or a case says is text, never markup, and characters that
    show nothing are escapes.
    """
    possible = record["possible_determinations"] if record["missing_facts"] else ()
    rows: Mapping[str, str] = {
        "Determination": f"<strong>{_text(record['determination'])}</strong>",
        "Payer's wording": _text(record["payer_wording"]),
        "Reason": _text(record["reason"]),
        "Citation": _text(record["citation"]),
        "Refer to": _text(record["refer_to"]),
        "Unmet criteria": _list(record["unmet_criteria"]),
        "Missing facts": _list(record["missing_facts"]),
        "Possible determinations": _list(possible),
        "Notes": _list(record["notes"]),
    }
    body = "".join(
        f'<tr><th scope="row" style="text-align:left;vertical-align:top">{heading}</th>'
        f'<td style="text-align:left">{cell}</td></tr>'
        for heading, cell in rows.items()
        if cell
    )
    policy = f", {_text(record['policy']['workbook'])}" if record["policy"] else ""
    return f"<table><caption>{_text(record['payer'])}{policy}</caption><tbody>{body}</tbody></table>"


def shown(value: Any) -> str:
    """A value in words: text as it is, any other value as JSON."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return visible(text, "\n")


def _text(value: Any) -> str:
    return "" if value is None else escape(shown(value)).replace("\n", "<br>")


def _list(items: Iterable[Any]) -> str:
    listed = "".join(f"<li>{_text(item)}</li>" for item in items)
    return f'<ul style="margin:0">{listed}</ul>' if listed else ""
