"""The determinations of a payer's policy: the words that records, gates and reports know."""

from __future__ import annotations

DETERMINATIONS = (
    "medically necessary",
    "not medically necessary",
    "investigational",
    "criteria not met",
    "not addressed",
    "needs information",
    "no policy on file",
)
