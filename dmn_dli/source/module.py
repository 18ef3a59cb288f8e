"""A policy version as one Python module: readable, and with the same determinations as the package.

The module holds the very definitions that the package decides by, copied from `runtime`, and the policy as
their data: each decision as a diagram over the facts. Each is there a second time as a function with a plain
condition for each rule, to be read and called.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from dmn_dli.diagrams.build import build
from dmn_dli.diagrams.compiled import outcome_values
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.runtime.policy import Policy
from dmn_dli.source.criteria import CriterionSource
from dmn_dli.source.layout import module_text
from dmn_dli.source.literals import assign, call, literal, load, sequence, typed
from dmn_dli.source.names import identifiers
from dmn_dli.source.tables import TableSource
from dmn_dli.theories.lowering import fact_domains

_TERMS = ("runtime.marks", "runtime.policy", "source.answers")
_PARTS = (
    "runtime.words",
    "runtime.values",
    "runtime.scalars",
    "runtime.errors",
    "runtime.nearest",
    "runtime.diagram",
    "runtime.record",
    "runtime.facts",
    "runtime.outcomes",
    "runtime.parting",
    "runtime.residual",
    "runtime.criterion",
    "runtime.criteria",
    "runtime.kernel",
    "source.singly",
)
"""The modules whose definitions are copied, each after those that it needs."""

_OWN_NAMES = ("POLICY", "FACTS", "CRITERIA", "KERNEL", "determine", "fired", "facts")


_DOCUMENTATION = """{name}.

{force}. Compiled by dmn-dli from {workbook}; edit that workbook, not this module.
It needs nothing but Python's standard library.

`determine(facts)` gives the determination. POLICY holds each decision as a diagram over the facts, which
leads to every outcome that is possible while facts are unknown, and shows which of them matter. Each
decision is also a function of what its table reads, to be read and called; the mapping above it holds the
rules with their cells and outputs.{criteria}
"""

_OF_CRITERIA = """ A row of a sheet of criteria is a function that
gives True where it is met, False where it is not, None where it does not apply; CRITERIA holds its words."""

_DETERMINE = """The determination for a case: a record of format version 1 without `case_id`.

    facts: fact name to value (text, a number, a bool, a date or ISO text); an absent fact is unknown,
    and so is None, except for a fact of which null is a value. Keys that begin with _ are ignored. A
    date of service outside this version gives `no policy on file`; without one this version answers.

    Raises CaseError for facts that do not exist or cannot have their value, TableError where rules
    contradict each other or give no value; both are EvaluationErrors.
    """


class NotCompilable(Exception):
    """A policy that is no function of finitely many classes of facts; `reasons` name the cells."""

    def __init__(self, reasons: Sequence[str]) -> None:
        """List the reasons in the message."""
        super().__init__("\n".join(reasons))
        self.reasons = tuple(reasons)


def file_name(kernel: PolicyKernel) -> str:
    """`molina_20250212.py`; without a date where the workbook gives none."""
    (payer,) = identifiers([kernel.payer], ()).values()
    day = (kernel.effective_from or "").replace("-", "")
    return f"{payer}_{day}.py" if day else f"{payer}.py"


def module_source(kernel: PolicyKernel) -> str:
    """The policy's module as text; the same policy gives the same text.

    Raises NotCompilable where a cell cannot be traced to classes of facts, or a table is too large.
    """
    reasons = list(_obstacles(kernel))
    if reasons:
        raise NotCompilable(reasons)
    definitions, imports, _ = _runtime()
    tables = table_sources(kernel)
    body: list[ast.stmt] = [ast.Expr(ast.Constant(_documentation(kernel))), *imports]
    for part in _TERMS:
        body += definitions[part]
    for table in tables:
        body += table.definitions()
    body += [
        assign("FACTS", literal(kernel.policy.facts)),
        *_criteria(kernel.policy),
        assign("POLICY", _policy(kernel, tables)),
        _determine(),
    ]
    for part in _PARTS:
        body += definitions[part]
    body.append(assign("KERNEL", call("Kernel", load("POLICY"))))
    return module_text(ast.Module(body, []))


def _obstacles(kernel: PolicyKernel) -> Iterator[str]:
    """What of the policy cannot be said by conditions and diagrams."""
    for derived in kernel.compiled.derived:
        facts = ", ".join(derived.facts)
        yield f"{derived.place} has no finite number of classes of {facts}, by which a module decides."
    for decision in kernel.decisions:
        if decision.diagram is None:
            yield f'The decision "{decision.name}" is too large for a diagram over all facts.'
        elif not decision.regular:
            names = kernel.linked.by_name[decision.name].computed_names
            facts = ", ".join(sorted(kernel.linked.facts_read(names)))
            yield f'The outputs of "{decision.name}" are computed from any value of: {facts}.'


@cache
def _runtime() -> tuple[dict[str, list[ast.stmt]], list[ast.stmt], set[str]]:
    """The runtime's definitions by part, the imports that they need together, and all their names."""
    parts: dict[str, list[ast.stmt]] = {}
    imported: dict[str, set[str]] = {}
    for part in (*_TERMS, *_PARTS):
        source = files("dmn_dli").joinpath(*part.split(".")[:-1], f"{part.split('.')[-1]}.py")
        _, *statements = ast.parse(source.read_text(encoding="utf-8")).body
        parts[part] = []
        for statement in statements:
            if not isinstance(statement, ast.ImportFrom):
                parts[part].append(_WithoutPackage().visit(statement))
            elif statement.module and not statement.module.startswith("dmn_dli"):
                imported.setdefault(statement.module, set()).update(each.name for each in statement.names)
    first = ("__future__", *sorted(set(imported) - {"__future__"}))
    imports: list[ast.stmt] = [
        ast.ImportFrom(module, [ast.alias(name) for name in sorted(imported[module])], 0) for module in first
    ]
    names = {name for each in imported.values() for name in each}
    for statement in (statement for part in parts.values() for statement in part):
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            names.add(statement.name)
        elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            names.add(statement.targets[0].id)
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            names.add(statement.target.id)
    return parts, imports, names


class _WithoutPackage(ast.NodeTransformer):
    """Takes imports from the package out of functions: what they bring stands in the module."""

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.ImportFrom | None:
        """Leave out an import from the package."""
        return None if (node.module or "").startswith("dmn_dli") else node


def table_sources(kernel: PolicyKernel) -> list[TableSource]:
    """The decisions on their way to source, in their order of need."""
    linked = kernel.linked
    reserved = {*_runtime()[2], *_OWN_NAMES}
    functions = identifiers([each.name for each in kernel.decisions], reserved)
    domains = fact_domains(linked)
    values = {
        name: [
            value
            for value, each in zip(found, kernel.decisions[place].decision.outcomes, strict=True)
            if not each.trouble
        ]
        for place, (name, found) in enumerate(outcome_values(build(linked)).items())
    }
    rows = {each.decision: each for each in kernel.policy.criteria}
    tables = []
    for each in kernel.decisions:
        table, name = linked.by_name[each.name], functions[each.name]
        if table.criterion is None:
            source = TableSource(table, each.decision, name, domains, values, reserved)
        else:
            row = rows.get(each.name)
            source = CriterionSource(table, each.decision, name, domains, values, reserved, row)
        tables.append(source)
    return tables


def _documentation(kernel: PolicyKernel) -> str:
    policy = kernel.policy
    number, title_ = policy.reference["number"], policy.reference["title"]
    title = " ".join(part for part in (number, title_) if part) or kernel.workbook
    since = f"In force from {kernel.effective_from}" if kernel.effective_from else "In force on every day"
    until = f" until {kernel.effective_to}" if kernel.effective_to else ""
    return _DOCUMENTATION.format(
        name=f"{policy.payer_name or kernel.payer}: {title}",
        force=since + until,
        workbook=kernel.workbook,
        criteria=_OF_CRITERIA if policy.criteria else "",
    )


def _determine() -> ast.FunctionDef:
    mapping, record = (ast.parse(each, mode="eval").body for each in ("Mapping[str, Any]", "dict[str, Any]"))
    arguments = ast.arguments([], [ast.arg("facts", mapping)], None, [], [], None, [])
    answer = ast.Return(ast.Call(ast.Attribute(load("KERNEL"), "determine", ast.Load()), [load("facts")], []))
    documentation = ast.Expr(ast.Constant(_DETERMINE))
    return ast.FunctionDef("determine", arguments, [documentation, answer], [], record)


def _policy(kernel: PolicyKernel, tables: Sequence[TableSource]) -> ast.expr:
    decisions = sequence(table.decision() for table in tables)
    written: dict[str, ast.expr] = {"facts": load("FACTS"), "decisions": decisions}
    if kernel.policy.criteria:
        written["criteria"] = load("CRITERIA")
    return typed(kernel.policy, 0, **written)


def _criteria(policy: Policy) -> list[ast.stmt]:
    """The rows of the sheets of criteria as records quote them, where there are any."""
    rows = sequence(map(typed, policy.criteria))
    return [assign("CRITERIA", rows)] if policy.criteria else []
