"""A workbook as it stands on one side of a comparison: its bytes, its tables, and the policy they make."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.excel import read_dictionary_bytes, read_workbook_bytes
from dmn_dli.linking.link import link
from dmn_dli.model.facts import Dictionary
from dmn_dli.model.finding import errors
from dmn_dli.store.artefact import Origin
from dmn_dli.store.cache import find
from dmn_dli.store.compile import compile_linked
from dmn_dli.store.digest import hex_digest
from dmn_dli.store.folder import DICTIONARY_NAME, source_state
from dmn_dli.store.models import kernel_of, link_model_bytes
from dmn_dli.tables.linked import LinkedPolicy

if TYPE_CHECKING:
    from dmn_dli.interchange.dmn.beside import Beside
    from dmn_dli.interchange.dmn.policy.link import ModelPolicy


@frozen(slots=False)
class Edition:
    """A workbook and the dictionary it goes with, as bytes.

    shown: how the user named it: a path, or `main:tables/acme-2025-01-01.xlsx`.
    """

    shown: str
    name: str
    data: bytes = field(repr=False)
    dictionary: bytes = field(repr=False)

    def same_bytes(self, other: Edition) -> bool:
        """Whether nothing at all differs."""
        return (self.name, self.data, self.dictionary) == (other.name, other.data, other.dictionary)

    @cached_property
    def linked(self) -> LinkedPolicy:
        """The tables, parsed and typed; from an artefact where there is one. Problems are findings."""
        return self._kept.linked if self._kept is not None else self._read

    @cached_property
    def kernel(self) -> PolicyKernel | None:
        """The policy ready to decide; None where the workbook has errors."""
        if self._kept is not None:
            return self._kept
        compiled, _ = compile_linked(self._read)
        return None if compiled is None else PolicyKernel(compiled)

    @property
    def broken(self) -> bool:
        """Whether the workbook has errors, so that it decides nothing."""
        return bool(errors(self.linked.findings))

    @property
    def payer(self) -> str:
        """The payer's id; of a generic workbook the file's name."""
        if self._kept is not None:
            return self._kept.policy.payer  # its tables would take long to read
        return self.linked.workbook.policy.payer or self.name.rpartition(".")[0]

    @property
    def effective_from(self) -> str:
        """The ISO day on which it takes effect, "" where it gives none."""
        day = self.linked.workbook.policy.effective_from
        return day.isoformat() if day else ""

    @cached_property
    def _kept(self) -> PolicyKernel | None:
        """The policy from an artefact, which holds the tables too."""
        origin = Origin(self.name, hex_digest(self.data), hex_digest(self.dictionary), source_state())
        compiled = find(origin)
        return None if compiled is None else PolicyKernel(compiled)

    @cached_property
    def _read(self) -> LinkedPolicy:
        workbook = read_workbook_bytes(self.data, self.name, self.shown)
        if workbook.dictionary is not None:
            return link(workbook, workbook.dictionary)
        dictionary, findings = read_dictionary_bytes(self.dictionary, DICTIONARY_NAME, DICTIONARY_NAME)
        linked = link(workbook, dictionary or Dictionary(()))
        return evolve(linked, findings=(*findings, *linked.findings))


@frozen(slots=False)
class ModelEdition(Edition):
    """A DMN model on one side of a comparison; beside: the models that lie beside it, for what it imports."""

    beside: Beside = field(repr=False, eq=False)

    def same_bytes(self, other: Edition) -> bool:
        """Whether nothing at all differs; of a model that imports others they are asked too."""
        alike = (self.name, self.data) == (other.name, other.data)
        return alike and isinstance(other, ModelEdition) and dict(self.beside()) == dict(other.beside())

    @property
    def payer(self) -> str:
        """The model's name."""
        return self._read.payer

    @cached_property
    def kernel(self) -> PolicyKernel | None:
        """The policy ready to decide; None where the model has errors."""
        return kernel_of(self._read)

    @cached_property
    def _kept(self) -> PolicyKernel | None:
        return None

    @cached_property
    def _read(self) -> ModelPolicy:
        return link_model_bytes(self.data, self.name, self.shown, self.beside)
