"""The public face: each verb of the command line as a function. Data in, frozen data out; nothing is printed.

A path is text or a Path. The rooms are imported inside the functions, so that `import dmn_dli` loads none.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from datetime import date

    from pyspark.sql import SparkSession

    from dmn_dli.batch.evaluator import BatchEvaluator
    from dmn_dli.cases.sheet import WorkbookResult
    from dmn_dli.checking import CheckResult
    from dmn_dli.diff.case_counts import CaseChanges
    from dmn_dli.diff.editions import Editions
    from dmn_dli.diff.payers import PayerPair
    from dmn_dli.diff.version_difference import VersionDifference
    from dmn_dli.evaluate.kernel import PolicyKernel
    from dmn_dli.explain.explanation import Explanation
    from dmn_dli.exporting import Exported, NotExported
    from dmn_dli.interchange.tck.run import TckRun
    from dmn_dli.keeping.format import FormattedFile
    from dmn_dli.keeping.new.file import NewFile
    from dmn_dli.keeping.new.imported import ImportedFile
    from dmn_dli.keeping.rename.data import Renamed
    from dmn_dli.merge.checked import MergeResult
    from dmn_dli.policy import Policy, Series
    from dmn_dli.source.modules import CompiledModule, NotCompiled
    from dmn_dli.spark.evaluator import SparkEvaluator
    from dmn_dli.suggest.suggestion import Suggestions

Place: TypeAlias = str | os.PathLike[str]
"""A workbook, or a folder of workbooks."""


def load(tables: Place) -> dict[str, Series]:
    """The series of versions of each payer, by payer id, from a folder of workbooks (or one workbook).

    Raises FileNotFoundError. A workbook with errors is no version; it raises
    TableError when its payer is evaluated.
    """
    from dmn_dli.policy import Series
    from dmn_dli.store.load import group, load_versions

    return {payer: Series(series) for payer, series in group(load_versions(Path(tables))).items()}


def load_policy(workbook: Place) -> Policy:
    """One workbook's policy. Raises FileNotFoundError, and TableError with every problem of the workbook."""
    from dmn_dli.evaluate.kernel import PolicyKernel
    from dmn_dli.evaluate.series import BrokenVersion
    from dmn_dli.policy import Policy
    from dmn_dli.runtime.errors import TableError
    from dmn_dli.store.load import load_version

    version = load_version(Path(workbook))
    if isinstance(version, BrokenVersion):
        raise TableError(version.problems)
    assert isinstance(version, PolicyKernel)
    return Policy(version)


def batch_evaluator(
    policy: Policy,
    columns: Iterable[str] | None = None,
    *,
    keep: Iterable[str] = (),
    null_is_unknown: bool = False,
) -> BatchEvaluator:
    """A policy version for record batches of Arrow, whose columns are facts by name.

    columns: which answers, in this order; without it determination, rule, reason, citation,
    possible_determinations, missing_facts, unmet_criteria and error. keep: columns of the batch that stand
    before them as they are. null_is_unknown: null is an unknown fact also where the fact may be null. Raises
    InputError where numpy or pyarrow is not installed, ValueError for a column that there is not.
    """
    from dmn_dli.runtime.input_error import needing

    with needing("A record batch", "batch", "numpy", "pyarrow"):
        from dmn_dli.batch.evaluator import COLUMNS, BatchEvaluator
    return BatchEvaluator(
        policy.kernel, COLUMNS if columns is None else columns, keep, null_is_unknown=null_is_unknown
    )


def spark_evaluator(
    policies: Policy | Series | Mapping[str, Series],
    columns: Iterable[str] | None = None,
    *,
    payers: Iterable[str] | None = None,
    keep: Iterable[str] = (),
    session: SparkSession | None = None,
) -> SparkEvaluator:
    """Payers' policies for DataFrames of Spark, whose columns are `case_id` and facts by name.

    policies: what `load` or `load_policy` gives, or one payer's series. columns: of the record, by the names
    of `evaluate --columns`, in this order; without it those of csv output. payers: whom every case is put to,
    else those in its column `payer`, else all. keep: columns that stand before the answers as they are.
    session: the policies are then broadcast; without it they travel with the function. Null is an unknown
    fact. Raises InputError where packages are missing, for an unknown payer, for a DMN model, for a column
    that there is not, and for one to keep that has the name of an answer.
    """
    from dmn_dli.cases.asking import known_payer
    from dmn_dli.evaluate.record_fields import COLUMNS
    from dmn_dli.evaluate.series import KernelSeries
    from dmn_dli.policy import Policy, Series
    from dmn_dli.spark.session import need_packages

    need_packages()
    from dmn_dli.spark.evaluator import spark_evaluator

    if isinstance(policies, Policy):
        series = {policies.payer: KernelSeries(policies.payer, [policies.kernel])}
    elif isinstance(policies, Series):
        series = {policies.payer: policies.kernels}
    else:
        series = {payer: each.kernels for payer, each in policies.items()}
    asked = None if payers is None else {known_payer(payer, series) for payer in payers}
    return spark_evaluator(series, COLUMNS if columns is None else columns, asked, keep, session)


def check(paths: Place | Iterable[Place], *, today: date | None = None, strict: bool = False) -> CheckResult:
    """Every finding in these workbooks (dictionaries too), and what is proven of their tables.

    today: the day by which reviews are due and waivers have ended; without it the clock's. strict: warnings
    are errors. Whatever a workbook holds is a finding. Raises InputError for a folder that holds no workbook
    or cannot be read, FileNotFoundError.
    """
    from datetime import datetime

    from dmn_dli.checking import check
    from dmn_dli.store.given import workbooks_at

    day = today or datetime.now().astimezone().date()
    return check(workbooks_at(_listed(paths), models=True), day, strict=strict)


def format(  # noqa: A001 - the command's name
    paths: Place | Iterable[Place], *, check: bool = False
) -> tuple[FormattedFile, ...]:
    """Bring workbooks (dictionaries too) into the house style, in place, all or none; check: write nothing.

    No value changes but row 4 of facts' clauses. Raises InputError, with each file that cannot be read, is
    open in another program or cannot be written; no file has changed then.
    """
    from dmn_dli.keeping.format import format_files
    from dmn_dli.store.given import workbooks_at

    return format_files(workbooks_at(_listed(paths)), check=check)


def test(paths: Place | Iterable[Place]) -> tuple[WorkbookResult, ...]:
    """What comes of the Cases sheet of each workbook, and which rules its cases use.

    A workbook with errors has these as problems. Raises InputError as `check`, FileNotFoundError.
    """
    from dmn_dli.cases.sheet import run_cases
    from dmn_dli.excel import read_workbook
    from dmn_dli.store.given import workbooks_at
    from dmn_dli.store.load import load_version

    given = [each for each in workbooks_at(_listed(paths)) if not each.is_dictionary]
    return tuple(run_cases(read_workbook(each.path, each.shown), load_version(each.path)) for each in given)


def suggest(policy: Policy, *, mcdc: bool = False) -> Suggestions:
    """Cases that the workbook's Cases sheet lacks: for rules that none uses, for both sides of boundaries.

    mcdc: also a pair of cases for each condition of each rule, which differ in one fact.
    """
    from dmn_dli.cases.rows import known_cases
    from dmn_dli.suggest.suggest import suggest

    return suggest(policy, known_cases(policy.linked.workbook, policy.kernel), mcdc=mcdc)


def explain(policy: Policy | Series, facts: Mapping[str, Any]) -> Explanation:
    """The record of a case, with the facts that force it, what would change it, and what to ask next.

    facts: as `policy.evaluate` takes them. Raises CaseError and TableError as it does.
    """
    from dmn_dli.explain.explainer import Explainer
    from dmn_dli.explain.series import SeriesExplainer
    from dmn_dli.policy import Policy

    if isinstance(policy, Policy):
        return Explainer(policy.kernel).explain(facts)
    return SeriesExplainer(policy.kernels).explain(facts)


def diff(
    old: Place, new: Place | None = None, *, tables: Place | None = None
) -> tuple[VersionDifference, ...]:
    """What changed from one side to the other: in the workbooks, and in what they decide.

    old, new: a workbook, a folder, or a git revision such as `main` or `main..topic`, that of the path which
    the other side names, else of `tables`; without `new` the working tree. Raises InputError.
    """
    from dmn_dli.diff.version_difference import folder_difference

    return folder_difference(*_sides(old, new, tables))


def diff_cases(
    old: Place,
    new: Place | None = None,
    *,
    cases: Place | Iterable[Place | Mapping[str, Any]],
    amount: str | None = None,
    samples: int = 5,
    tables: Place | None = None,
) -> CaseChanges:
    """How many cases get another determination from one side than from the other, from what to what, and why.

    old, new, tables: as `diff` takes them. cases: files of cases, or cases as mappings (`case_id`, `payer`,
    facts), read one after the other. amount: the column, or key, whose values are summed. samples: how many
    case ids of each change are kept. A case that cannot be used is in `bad`. Raises InputError where a side
    or a file cannot be read, and where no case has an amount.
    """
    from dmn_dli.diff.case_changes import case_changes
    from dmn_dli.diff.placed_cases import placed_cases

    sources = [cases] if isinstance(cases, str | os.PathLike) else cases
    placed = placed_cases(sources, () if amount is None else (amount,))
    return case_changes(*_sides(old, new, tables), placed, amount, samples)


def compare(first: Policy | Series, second: Policy | Series) -> PayerPair:
    """Where two payers decide differently, over all cases with every fact known.

    Of a series its latest version is taken. Raises InputError where that has errors.
    """
    from dmn_dli.diff.payers import compare_payers

    return compare_payers(_latest(first), _latest(second))


def compile(tables: Place) -> tuple[CompiledModule | NotCompiled, ...]:  # noqa: A001 - the command's name
    """Each policy version of a folder (or one workbook) as a Python module that needs nothing besides.

    Raises InputError where there is no policy, or the folder cannot be read.
    """
    from dmn_dli.source.modules import compile_versions
    from dmn_dli.store.load import load_some_versions

    return tuple(compile_versions(load_some_versions(Path(tables))))


def export(
    paths: Place | Iterable[Place], *, to: str = "dmn", dmn_version: str = "1.5"
) -> tuple[Exported | NotExported, ...]:
    """Each workbook as a file for other tools: a DMN model in XML, of version 1.5 or 1.3.

    A workbook with errors gives a NotExported with its findings. Raises InputError where a path cannot be
    used, there is no workbook, or lxml is not installed; ValueError for another format or version.
    """
    from dmn_dli.exporting import VERSIONS, export_dmn
    from dmn_dli.store.given import workbooks_at

    if to != "dmn" or dmn_version not in VERSIONS:
        raise ValueError(f"DMN {' or '.join(VERSIONS)} can be written, not {to} {dmn_version}")
    return tuple(export_dmn(workbooks_at(_listed(paths)), dmn_version))


def new_payer(
    tables: Place, payer: str, effective: date, *, name: str | None = None, like: str | None = None
) -> NewFile:
    """A payer's first workbook for a folder of tables, a draft with examples of its dictionary's facts.

    like: a payer whose latest version is begun from instead. Nothing is written. Raises InputError for an id
    that cannot be one or has versions, an unknown `like`, and a dictionary that cannot be used.
    """
    from dmn_dli.keeping.new.payer import new_payer

    return new_payer(Path(tables), payer, effective, name, like)


def new_version(
    tables: Place,
    payer: str,
    effective: date,
    *,
    on: date | None = None,
    who: str | None = None,
    what: str | None = None,
    why: str | None = None,
) -> NewFile:
    """A payer's version that takes effect on a day, begun from the latest one before it: a draft.

    on, who, what, why: its line in the Change History. Nothing is written. Raises InputError for an unknown
    payer, where no version is before that day or one is of it, and for a file that cannot be copied.
    """
    from dmn_dli.keeping.new.version import Line, new_version

    return new_version(Path(tables), payer, effective, Line(on, who, what, why))


def new_tables() -> tuple[NewFile, ...]:
    """The files of a folder for tables of another field: dictionary, workbook, workflow, hooks, README."""
    from dmn_dli.keeping.new.tables import new_tables

    return new_tables()


def tck(directory: Place) -> TckRun:
    """Run the test cases of the DMN Technology Compatibility Kit in a folder and below it.

    Nothing is raised for what the files hold: what cannot be read is told in the result. Raises InputError
    where lxml is not installed.
    """
    from dmn_dli.interchange.tck.run import run_kit

    return run_kit(Path(directory))


def import_files(
    files: Place | Iterable[Place], *, outputs: Iterable[str] = (), hit_policy: str | None = None
) -> tuple[ImportedFile, ...]:
    """Make workbooks of other people's files: DMN models, spreadsheets of known layouts; nothing is written.

    outputs: headings of the columns that are outputs, in tables with a plain row of headings. hit_policy: of
    tables that state none. Raises InputError, with every file that cannot be imported, and FileNotFoundError.
    """
    from dmn_dli.keeping.new.imported import import_all

    return import_all([Path(each) for each in _listed(files)], tuple(outputs), hit_policy or "")


def page(
    paths: Place | Iterable[Place],
    *,
    old: Place | None = None,
    today: date | None = None,
    engine: Place | bool = True,
) -> str:
    """The clinician's page of these workbooks, one HTML file, as text.

    old: a workbook, a folder or a git revision since which it tells the changes, for approval. today: as for
    `check`. engine: whether cases can be tried in it, or the folder that holds the engine's files. Raises
    InputError where a path, the old side or the engine's files cannot be used.
    """
    from datetime import datetime

    from dmn_dli.diff.since import differences_since
    from dmn_dli.page.contents import gather
    from dmn_dli.page.engine.bundle import bundle
    from dmn_dli.page.page import page
    from dmn_dli.store.given import workbooks_at

    places = _listed(paths)
    differences = None if old is None else differences_since(os.fspath(old), places)
    workbooks = workbooks_at(places)
    contents = gather(workbooks, today or datetime.now().astimezone().date())
    folder = None if isinstance(engine, bool) else Path(engine)
    return page(contents, differences, bundle(workbooks, contents, folder) if engine else None)


def rename(
    subject: str,
    old: str,
    new: str,
    *,
    fact: str = "",
    workbook: Place = "",
    sheet: str = "",
    tables: Place | None = None,
    dry_run: bool = False,
) -> Renamed:
    """Give something another name wherever it stands, in place, all files or none; dry_run: none.

    subject: `fact`, `label`, `value` (of `fact`), `decision` (of `workbook`), `rule` or `criterion` (on its
    `sheet`). tables: the folder whose dictionary and workbooks are meant, or a workbook with its own facts.
    All decisions are proven to stay as they are but for the name. Raises InputError where the old name is
    unknown or the new one taken, where a file has errors, is open in another program or cannot be written,
    and where the renaming cannot be proven; no file has changed then.
    """
    from dmn_dli.keeping.rename.data import Request, Subject
    from dmn_dli.keeping.rename.rename import rename_files

    request = Request(Subject(subject), old, new, fact, sheet)
    place = None if tables is None else Path(tables)
    return rename_files(request, place, os.fspath(workbook), dry_run=dry_run)


def merge(
    base: Place | None, ours: Place, theirs: Place, *, at: Place | None = None, tables: Place | None = None
) -> MergeResult:
    """Two edited versions of a workbook or dictionary made into one; `data` are the merged file's bytes.

    base: what both began as; None, or an empty file, for nothing. at: where the file is to stand, whose name
    and whose folder's dictionary it is checked with; without it OURS' place. tables: another folder whose
    dictionary is meant. Nothing is written. Raises InputError where a file cannot be read or changed.
    """
    from dmn_dli.merge.files import merge_files

    return merge_files(
        None if base is None else Path(base),
        Path(ours),
        Path(theirs),
        output=Path(ours if at is None else at),
        tables=None if tables is None else Path(tables),
    )


def _sides(old: Place, new: Place | None, tables: Place | None) -> tuple[Editions, Editions]:
    """The two sides of a comparison, as `diff` takes them."""
    from dmn_dli.diff.editions import two_sides
    from dmn_dli.runtime.input_error import InputError

    def meant() -> Path:
        if tables is None:
            raise InputError("Two revisions are of some path, which `tables` has to name.")
        return Path(tables)

    return two_sides(os.fspath(old), None if new is None else os.fspath(new), meant)


def _listed(paths: Place | Iterable[Place]) -> list[str]:
    given = [paths] if isinstance(paths, str | os.PathLike) else paths
    return [os.fspath(each) for each in given]


def _latest(given: Policy | Series) -> PolicyKernel:
    from dmn_dli.evaluate.kernel import PolicyKernel
    from dmn_dli.policy import Policy
    from dmn_dli.runtime.input_error import InputError

    version = given.kernel if isinstance(given, Policy) else given.kernels.versions[-1]
    if not isinstance(version, PolicyKernel):
        raise InputError(f"{version.workbook} has errors; `dmn-dli check` says which.")
    return version
