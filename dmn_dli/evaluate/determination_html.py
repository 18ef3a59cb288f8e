"""A determination as a notebook shows it: a small table of HTML, without scripts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from dmn_dli.runtime.plain import visible

if TYPE_CHECKING:
    from dmn_dli.evaluate.determination import Determination


def html_of(said: Determination) -> str:
    """The determination with what bears it out, and what is missing or unmet; what says nothing is left out.

    What a workbook or a case says is text, never markup, and characters that show nothing are escapes.
    """
    rows: Mapping[str, str] = {
        "Determination": f"<strong>{_text(said.determination)}</strong>",
        "Payer's wording": _text(said.payer_wording),
        "Reason": _text(said.reason),
        "Citation": _text(said.citation),
        "Refer to": _text(said.refer_to),
        "Unmet criteria": _list(said.unmet_criteria),
        "Missing facts": _list(said.missing_facts),
        "Possible determinations": _list(said.possible_determinations if said.missing_facts else ()),
        "Notes": _list(said.notes),
    }
    shown = "".join(
        f'<tr><th scope="row" style="text-align:left;vertical-align:top">{heading}</th>'
        f'<td style="text-align:left">{cell}</td></tr>'
        for heading, cell in rows.items()
        if cell
    )
    policy = f", {_text(said.policy.workbook)}" if said.policy else ""
    return f"<table><caption>{_text(said.payer)}{policy}</caption><tbody>{shown}</tbody></table>"


def shown(value: Any) -> str:
    """A value in words: text as it is, any other value as JSON."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return visible(text, "\n")


def _text(value: Any) -> str:
    return "" if value is None else escape(shown(value)).replace("\n", "<br>")


def _list(items: Iterable[Any]) -> str:
    listed = "".join(f"<li>{_text(item)}</li>" for item in items)
    return f'<ul style="margin:0">{listed}</ul>' if listed else ""
