"""The block to sign: who decides what, when, and for which bytes."""

from __future__ import annotations

from dmn_dli.diff.version_difference import VersionDifference
from dmn_dli.page.approval.grid import grid
from dmn_dli.page.approval.head import digests
from dmn_dli.page.html import Child, Element, h

_LINES = (("Name", "name"), ("Role", "role"), ("Date", "date"), ("Signature", "signature"))


def sign_off(difference: VersionDifference, anchor: str) -> Child:
    """Lines to write on, in the browser before printing or on paper; nothing is stored."""
    return h(
        "div",
        h("p", "Print this page, or save it as PDF, to keep what you write here: the page stores nothing."),
        h("div", (_line(label, f"{anchor}/{name}") for label, name in _LINES), class_="lines"),
        h(
            "fieldset",
            h("legend", "Decision"),
            _choice("Approved", f"{anchor}/decision", "approved"),
            _choice("Not approved", f"{anchor}/decision", "not approved"),
        ),
        h(
            "p",
            h("label", "Remarks", for_=f"{anchor}/remarks"),
            h("textarea", "", id=f"{anchor}/remarks", rows=4, autocomplete="off"),
        ),
        h("h4", "What is signed"),
        h("p", "These are the digests (SHA-256) of the files: of any other file the signature says nothing."),
        grid(("Which", "File", "SHA-256"), digests(difference), "digests"),
        class_="sign-off card",
    )


def _line(label: str, name: str) -> Element:
    return h("p", h("label", label, for_=name), h("input", type="text", id=name, autocomplete="off"))


def _choice(label: str, group: str, value: str) -> Element:
    box = h("input", type="radio", name=group, value=value, autocomplete="off")
    return h("label", box, f" {label}", class_="choice")
