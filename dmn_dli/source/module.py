"""A policy version as one Python module: readable, and with the same determinations as the package.

The module holds each decision twice: as a function with a plain condition for each rule, which decides
where all that it reads is known; and as a diagram over the facts, which says what remains possible, and
which facts matter, where some are unknown.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.plain import read_value
from dmn_dli.source.layout import module_text
from dmn_dli.source.literals import assign, call, literal, load, sequence
from dmn_dli.source.names import identifiers
from dmn_dli.source.tables import TableSource, outcome_values
from dmn_dli.tables.traceable import fact_domains

_PARTS = ("terms", "facts", "settling", "mattering", "record")
"""The modules of the runtime, each after those that it needs."""

_OWN_NAMES = ("POLICY", "FACTS", "determine", "fired", "facts")


_DOCUMENTATION = """{name}.

{force}. Compiled by dmn-dli from {workbook}; edit that workbook, not this module.
It needs nothing but Python's standard library.

`determine(facts)` gives the determination. Each decision is a function of what its table reads; the
mapping above it holds the rules with their cells and outputs. Where a fact is unknown, the decision's
diagram in POLICY takes the function's place: it leads to every outcome that is still possible, and
shows which of the unknown facts matter.
"""

_DETERMINE = """The determination for a case: a record of format version 1 without `case_id`.

    facts: fact name to value (text, a number, a bool, a date or ISO text); an absent fact is unknown,
    and so is None, except for a fact of which null is a value. Keys that begin with _ are ignored. A
    date of service outside this version gives `no policy on file`; without one this version answers.

    Raises DeterminationError: of the kind `case` for facts that do not exist or cannot have their
    value, of the kind `table` where rules contradict each other or give no value.
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
    runtime, imports, names = _runtime()
    tables = _tables(kernel, names)
    body: list[ast.stmt] = [ast.Expr(ast.Constant(_documentation(kernel))), *imports, *runtime["terms"]]
    for table in tables:
        body += [assign(table.rules_name, table.rules()), table.function()]
    body += [assign("FACTS", _facts(kernel)), assign("POLICY", _policy(kernel, tables)), _determine()]
    for part in _PARTS[1:]:
        body += runtime[part]
    return module_text(ast.fix_missing_locations(ast.Module(body, [])))


def _obstacles(kernel: PolicyKernel) -> Iterator[str]:
    """What of the policy cannot be said by conditions and diagrams."""
    for derived in kernel.payload["derived"]:
        facts = ", ".join(derived["facts"])
        yield f"{derived['place']} cannot be analysed: it has no finite number of classes of {facts}."
    for decision in kernel.payload["decisions"]:
        if decision["root"] is None:
            yield f'The decision "{decision["name"]}" is too large for a diagram over all facts.'
        elif any(trouble is not None and trouble[0] == "open" for _, _, trouble in decision["outcomes"]):
            facts = ", ".join(decision["open_facts"])
            yield f'The outputs of "{decision["name"]}" are computed from any value of: {facts}.'


@cache
def _runtime() -> tuple[dict[str, list[ast.stmt]], list[ast.stmt], set[str]]:
    """The runtime's definitions by part, the imports that they need together, and all their names."""
    parts: dict[str, list[ast.stmt]] = {}
    imported: dict[str, set[str]] = {}
    for part in _PARTS:
        source = files("dmn_dli.source.runtime").joinpath(f"{part}.py").read_text(encoding="utf-8")
        _, *statements = ast.parse(source).body
        parts[part] = []
        for statement in statements:
            if not isinstance(statement, ast.ImportFrom):
                parts[part].append(statement)
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
    return parts, imports, names


def _tables(kernel: PolicyKernel, taken: set[str]) -> list[TableSource]:
    """The decisions in their order of need."""
    linked = kernel.linked
    decisions = kernel.payload["decisions"]
    reserved = {*taken, *_OWN_NAMES}
    functions = identifiers([data["name"] for data in decisions], reserved)
    domains = fact_domains(linked)
    values = {data["name"]: outcome_values(data) for data in decisions}
    tables = []
    for data in decisions:
        table = linked.by_name[data["name"]]
        reads = dict.fromkeys(name for column in table.columns for name in column.names)
        parameters = identifiers(reads, {*reserved, functions[table.name].upper()})
        final = table.name == kernel.final.name
        tables.append(TableSource(table, data, final, functions[table.name], parameters, domains, values))
    return tables


def _documentation(kernel: PolicyKernel) -> str:
    fields = kernel.fields
    title = " ".join(part for part in (fields["number"], fields["title"]) if part) or kernel.workbook
    since = f"In force from {kernel.effective_from}" if kernel.effective_from else "In force on every day"
    until = f" until {kernel.effective_to}" if kernel.effective_to else ""
    return _DOCUMENTATION.format(
        name=f"{fields['payer_name'] or kernel.payer}: {title}", force=since + until, workbook=kernel.workbook
    )


def _determine() -> ast.FunctionDef:
    mapping, record = (ast.parse(each, mode="eval").body for each in ("Mapping[str, Any]", "dict[str, Any]"))
    arguments = ast.arguments([], [ast.arg("facts", mapping)], None, [], [], None, [])
    answer = ast.Return(call("evaluate", load("POLICY"), load("facts")))
    documentation = ast.Expr(ast.Constant(_DETERMINE))
    return ast.FunctionDef("determine", arguments, [documentation, answer], [], record)


def _facts(kernel: PolicyKernel) -> ast.expr:
    facts = kernel.payload["facts"]
    return ast.Dict([literal(data["name"]) for data in facts], [_fact(data) for data in facts])


def _fact(data: Mapping[str, Any]) -> ast.expr:
    given = {
        "allowed": data["allowed"],
        "values": tuple(read_value(value) for value, _ in data["values"]),
        "cuts": tuple(read_value(cut) for cut in data["cuts"]),
        "slots": tuple(data["slots"]),
        "other": data["other"],
        "null": data["null"],
        "place": data["variable"],
    }
    named = {name: literal(value) for name, value in given.items() if value}
    return call("Fact", literal(data["label"]), literal(data["type"]), **named)


def _policy(kernel: PolicyKernel, tables: Sequence[TableSource]) -> ast.expr:
    facts = {data["variable"]: data["name"] for data in kernel.payload["facts"] if data["variable"]}
    assumptions = [
        call(
            "Assumption",
            *[literal(data[key]) for key in ("text", "place", "reason")],
            _diagram(data, facts),
            literal(tuple(data["possible"])),
        )
        for data in kernel.payload["assumptions"]
    ]
    given = {"assumptions": sequence(assumptions)} if assumptions else {}
    return call(
        "Policy",
        payer=literal(kernel.payer),
        reference=literal(kernel.reference),
        effective_to=literal(kernel.effective_to),
        facts=load("FACTS"),
        decisions=sequence(_decision(table, facts) for table in tables),
        final=literal(kernel.final.name),
        **given,
    )


def _decision(table: TableSource, facts: Mapping[int, str]) -> ast.expr:
    data = table.data
    named = {
        "name": literal(data["name"]),
        "position": literal(data["position"]),
        "required": literal(data["required"]),
        "rules": load(table.rules_name),
        "diagram": _diagram(data, facts),
        "outcomes": sequence(table.outcome(*outcome) for outcome in _read(data["outcomes"])),
    }
    if table.plain:
        named |= {"function": load(table.name), "reads": literal(table.reads)}
    if data["first"]:
        named["first"] = literal(data["first"])
    if table.final and not data["first"] and any(data["computed_texts"]):
        named["only"] = literal(table.table.outputs[0].name)
    if table.final and any(data["default_texts"]):
        named["default"] = call("Rule", literal(""), literal(None), *map(literal, data["default_texts"]))
    return call("Decision", **named)


def _read(outcomes: Sequence[tuple[Any, Any, Any]]) -> Iterator[tuple[Any, Any, Any]]:
    for rules, value, trouble in outcomes:
        yield rules, read_value(value), trouble


def _diagram(data: Mapping[str, Any], facts: Mapping[int, str]) -> ast.expr:
    nodes = tuple((facts[variable], *children) for variable, *children in data["nodes"])
    return call("Diagram", literal(nodes), literal(data["root"]))
