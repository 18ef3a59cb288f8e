"""An assumption of a compiled policy: which facts it rules out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dmn_dli.evaluate.spread import nest, spread


class AssumptionKernel:
    """A condition that holds of every real case, as a diagram."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Take the assumption's entry of the artefact."""
        self.text: str = data["text"]
        self.place: str = data["place"]
        self.reason: str = data["reason"]
        self._root = nest(data["nodes"], data["root"])
        self._possible: Sequence[bool] = data["possible"]

    def contradicted(self, atoms: Sequence[int]) -> bool:
        """Whether no completion of the facts fulfils it; `atoms` as for `spread`."""
        reached, _ = spread(self._root, atoms)
        return not any(self._possible[each] for each in reached)
