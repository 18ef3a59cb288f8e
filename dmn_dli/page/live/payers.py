"""The payers as the open page asks them: their series, and what explains their answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar

from attrs import field, frozen

from dmn_dli.cases.asking import Record, put
from dmn_dli.cases.files import Case
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.explain.series import SeriesExplainer
from dmn_dli.report.text import Page, page_of

Payload: TypeAlias = Mapping[str, Any]
Answer: TypeAlias = dict[str, Any]
Found = TypeVar("Found")

WIDTH = 100
"""Columns of the texts that are set in columns."""


@frozen
class Payers:
    """The payers of the tables that are in use.

    explainers: by payer; they keep what they worked out. known: the facts of each payer's dictionary. page:
    the payers' names and facts, for words.
    """

    series: Mapping[str, KernelSeries]
    explainers: Mapping[str, SeriesExplainer] = field(init=False)
    known: Mapping[str, frozenset[str]] = field(init=False)
    page: Page = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Make ready what answers need besides."""
        explainers = {payer: SeriesExplainer(each) for payer, each in self.series.items()}
        known = {payer: frozenset(each.facts) for payer, each in self.series.items()}
        object.__setattr__(self, "explainers", explainers)
        object.__setattr__(self, "known", known)
        object.__setattr__(self, "page", page_of(self.series, WIDTH, styled=False))

    def asked(self, payload: Payload) -> tuple[str, ...]:
        """The payers that a request is for, alphabetically: all, where it names none."""
        wanted = payload.get("payers")
        return tuple(payer for payer in self.series if wanted is None or payer in wanted)

    def case(self, payload: Payload, payer: str) -> Case:
        """The case that a request puts to a payer: what is entered for the facts that its dictionary has."""
        facts = {name: text for name, text in payload["facts"].items() if name in self.known[payer]}
        name = str(payload.get("case") or "").strip() or "1"
        return Case(name, None, facts, written=True, problems=())

    def put(
        self,
        payload: Payload,
        payer: str,
        answer: Callable[[KernelSeries, Mapping[str, Any], str], Found],
    ) -> Found | Record:
        """What `answer` makes of the case for a payer, or an error record."""
        return put(self.case(payload, payer), payer, self.series, answer)
