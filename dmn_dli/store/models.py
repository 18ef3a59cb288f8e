"""DMN models among the tables: read, lowered and linked from their files. No artefact of one is kept.

What a model decides may hang on models that lie beside it, and its values have no plain form; it is compiled
anew by each command.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dmn_dli.model.finding import errors
from dmn_dli.runtime.bounded_files import MODEL_BYTES, read_within
from dmn_dli.store.folder import models_in

if TYPE_CHECKING:
    from dmn_dli.interchange.dmn.beside import Beside
    from dmn_dli.interchange.dmn.policy.kernel import ModelKernel
    from dmn_dli.interchange.dmn.policy.link import ModelPolicy


def link_model(path: Path, as_given: str | None = None, asked: Sequence[str] = ()) -> ModelPolicy:
    """The policy of a model's file; all problems are findings of the result.

    asked: the decisions whose values are the answer. Raises InputError for one that the model does not have,
    and where lxml is missing; FileNotFoundError.
    """
    shown = str(path) if as_given is None else as_given
    try:
        data = read_within(path, MODEL_BYTES)
    except FileNotFoundError:
        raise
    except OSError as error:
        return unreadable(path.name, shown, error)
    return link_model_bytes(data, path.name, shown, lambda: models_beside(path), asked)


def link_model_bytes(
    data: bytes, name: str, shown: str, beside: Beside, asked: Sequence[str] = ()
) -> ModelPolicy:
    """As `link_model`, of a model's bytes; name: of its file."""
    from attrs import evolve

    from dmn_dli.interchange.dmn.beside import imported_models, model_of
    from dmn_dli.interchange.dmn.lower import lower
    from dmn_dli.interchange.dmn.policy.implied import with_implied_inputs
    from dmn_dli.interchange.dmn.policy.link import nothing_of, policy_of

    definitions, findings = model_of(data, shown)
    if definitions is None:
        return nothing_of(name, shown, findings)
    others = imported_models(definitions, beside)
    definitions, implied = with_implied_inputs(definitions)
    model = lower(definitions, others)
    told = (*findings, *implied)
    policy = policy_of(definitions, model, findings=told, asked=asked, others=tuple(others.values()))
    return evolve(policy, workbook=evolve(policy.workbook, name=name))


def unreadable(name: str, shown: str, error: OSError) -> ModelPolicy:
    """The policy of a file that cannot be read: nothing but the finding that says so."""
    from dmn_dli.interchange.dmn.policy.link import nothing_of
    from dmn_dli.model.dmn_codes import UNREADABLE_MODEL
    from dmn_dli.model.finding import Finding

    message = f"The file cannot be read: {error.strerror or error}."
    return nothing_of(name, shown, (Finding(UNREADABLE_MODEL, message, UNREADABLE_MODEL.remedy, shown),))


def kernel_of(policy: ModelPolicy) -> ModelKernel | None:
    """The policy ready to decide; None where it has errors, or no decision."""
    if errors(policy.findings) or not policy.decisions:
        return None
    from dmn_dli.interchange.dmn.policy.kernel import ModelKernel

    return ModelKernel(policy)


def models_beside(path: Path) -> dict[str, bytes]:
    """The models that lie beside a file, by their names; one that cannot be read is left out."""
    found = {}
    for other in models_in(path.parent):
        if other.name != path.name:
            try:
                found[other.name] = read_within(other, MODEL_BYTES)
            except OSError:
                continue  # a model that imports it says that it is not there
    return found
