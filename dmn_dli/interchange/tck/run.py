"""Runs a folder of the kit: every test file against the models that lie beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, TypeAlias

from attrs import frozen

from dmn_dli.feel.budget import FeelLimit
from dmn_dli.feel.builtins import REGISTRY
from dmn_dli.feel.reasons import gathered
from dmn_dli.feel.text import to_feel
from dmn_dli.interchange.dmn.lower import lower
from dmn_dli.interchange.dmn.lowered_model import LoweredModel, NoSuchElement
from dmn_dli.interchange.dmn.model import Definitions
from dmn_dli.interchange.dmn.read import read_model_file
from dmn_dli.interchange.tck.cases import BadTestFile, Given, TestCase, TestFile, read_test_file
from dmn_dli.interchange.tck.comparison import as_expected
from dmn_dli.interchange.tck.java import java_functions
from dmn_dli.model.finding import Finding
from dmn_dli.runtime.input_error import InputError, further_package

OUT_OF_SCOPE = "non-compliant"
"""The folder of the kit whose cases no engine need pass; it is run where it is asked for itself."""

State: TypeAlias = Literal["passed", "failed", "error"]


@frozen
class Mismatch:
    """A decision that did not give what was due, both as FEEL; why: what is known of the reason, or ""."""

    decision: str
    expected: str
    got: str
    why: str = ""


@frozen
class Outcome:
    """How a case went.

    folder: `compliance-level-3/0001-filter`; file: the test file's name without `.xml`.
    value_due: whether anything but null was expected. problem: why there is no result, of an error.
    """

    folder: str
    file: str
    case: str
    description: str
    state: State
    value_due: bool
    mismatches: tuple[Mismatch, ...] = ()
    problem: str = ""

    @property
    def level(self) -> str:
        """The kit's level, as its folder is called."""
        return self.folder.partition("/")[0]


@frozen
class TckRun:
    """All cases in the order of folders and files; unread: files of cases that cannot be read, in words."""

    outcomes: tuple[Outcome, ...]
    unread: tuple[str, ...] = ()


def run_kit(directory: Path) -> TckRun:
    """Run every test file in the folder and below it, with one moment for `now()` so that runs are alike.

    Raises InputError where lxml is not installed.
    """
    if find_spec("lxml") is None:
        raise InputError(f"Reading DMN {further_package('dmn')}.")
    outcomes: list[Outcome] = []
    unread: list[str] = []
    for folder, paths in _folders(directory):
        models = _Models(folder)
        for path in paths:
            try:
                tests = read_test_file(path)
            except BadTestFile as error:
                unread.append(str(error))
            else:
                outcomes += (_outcome(case, tests, models.named(tests.model)) for case in tests.cases)
    return TckRun(tuple(outcomes), tuple(unread))


def _folders(directory: Path) -> Iterator[tuple[Path, list[Path]]]:
    """Each folder that holds files of test cases, with these, in the order of their names."""
    found: dict[Path, list[Path]] = {}
    for path in sorted(directory.rglob("*.xml")):
        if OUT_OF_SCOPE not in path.relative_to(directory).parts:
            found.setdefault(path.parent, []).append(path)
    yield from found.items()


def _noon() -> object:
    """The moment that it always is to the kit's models; elsewhere the clock is refused."""
    return REGISTRY["date and time"]("2024-02-29T12:00:00Z")


class _Models:
    """The models of a folder, each read and lowered once."""

    def __init__(self, folder: Path) -> None:
        self._read: dict[str, Definitions] = {}
        self._findings: dict[str, tuple[Finding, ...]] = {}
        self._lowered: dict[str, LoweredModel | str] = {}
        for path in sorted(folder.glob("*.dmn")):
            definitions, self._findings[path.name] = read_model_file(path)
            if definitions is not None:
                self._read[path.name] = definitions

    def named(self, file: str) -> LoweredModel | str:
        """The model of that file, or why there is none."""
        if file not in self._lowered:
            self._lowered[file] = self._model(file)
        return self._lowered[file]

    def _model(self, file: str) -> LoweredModel | str:
        definitions = self._read.get(file)
        if definitions is None:
            reasons = [finding.message for finding in self._findings.get(file, ())]
            return (
                f"the model {file} cannot be read: {' '.join(reasons)}"
                if reasons
                else (f"there is no model {file} beside the test cases")
            )
        imported = {each.namespace: each for each in self._read.values() if each is not definitions}
        return lower(definitions, imported, foreign=java_functions(), clock=_noon)


def _outcome(case: TestCase, tests: TestFile, model: LoweredModel | str) -> Outcome:
    folder = f"{tests.path.parent.parent.name}/{tests.path.parent.name}"

    def outcome(state: State, mismatches: tuple[Mismatch, ...] = (), problem: str = "") -> Outcome:
        return Outcome(
            folder, tests.path.stem, case.id, case.description, state, case.value_due, mismatches, problem
        )

    if isinstance(model, str):
        return outcome("error", problem=model)
    try:
        results = _results(case, model)
    except NoSuchElement as error:
        return outcome("error", problem=str(error.args[0]))
    except FeelLimit as limit:
        # What is not worked out has no value; a case that expects null of an error has got it.
        results = dict.fromkeys((each.name for each in case.expected), None)
        if case.value_due:
            return outcome("error", problem=limit.message)
    missed = [each for each in case.expected if not as_expected(results[each.name], each.value)]
    why = _why(case, model) if missed else ""
    mismatches = (
        Mismatch(each.name, to_feel(each.value), to_feel(results[each.name]), why) for each in missed
    )
    return outcome("failed" if missed else "passed", tuple(mismatches))


def _why(case: TestCase, model: LoweredModel) -> str:
    """Where nulls arose, as far as it was noted; asked only of what came out otherwise than expected."""
    with gathered() as reasons, suppress(FeelLimit):
        _results(case, model)
    return reasons.text


def _results(case: TestCase, model: LoweredModel) -> Mapping[str, object]:
    """What each decision named in the case gives. Raises NoSuchElement, FeelLimit."""
    if case.kind == "decisionService":
        inputs = {_known(given, model): given.value for given in case.given}
        value = model.service(case.invoked, inputs)
        outputs = model.find(case.invoked, "service").outputs
        if len(outputs) == 1:
            return dict.fromkeys((each.name for each in case.expected), value)
        parts = value if isinstance(value, dict) else {}
        return {each.name: parts.get(each.name) for each in case.expected}
    if case.kind == "bkm":
        arguments = {given.name: given.value for given in case.given}
        value = model.invoke(case.invoked, arguments)
        return dict.fromkeys((each.name for each in case.expected), value)
    inputs = {_known(given, model): given.value for given in case.given}
    return {each.name: model.decide(each.name, inputs) for each in case.expected}


def _known(given: Given, model: LoweredModel) -> str:
    """The name by which the model knows the input; one that it does not have is of no consequence."""
    try:
        return model.find(given.name, "input", given.namespace).name
    except NoSuchElement:
        return given.name
