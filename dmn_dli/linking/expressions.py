"""FEEL expressions over facts and decisions, and the one wording of what may be wrong with them."""

from __future__ import annotations

from dmn_dli.feel import (
    FeelSyntaxError,
    FeelUnsupported,
    Parsed,
    compile_expression,
    free_names,
    infer,
    parse_expression,
    syntax,
    try_constants,
)
from dmn_dli.linking import codes
from dmn_dli.linking.names import Names
from dmn_dli.linking.reporter import Reporter
from dmn_dli.model.cell import Cell
from dmn_dli.runtime.nearest import did_you_mean

_REMEDY = "Write a fact's name, or an expression over facts, such as a + b, or if a > 2 then b else c."


def read_expression(
    text: str, cell: Cell, subject: str, names: Names, reporter: Reporter
) -> syntax.Node | None:
    """An expression whose names are known and whose types fit; None where a finding says why not.

    subject: what reads so, for messages: `The cell`, `The input clause`.
    """
    try:
        parsed = parse(text, names)
        compile_expression(parsed.tree)
        try_constants(parsed.tree)
    except FeelSyntaxError as error:
        report_syntax(error, text, cell, subject, reporter, _REMEDY)
    except FeelUnsupported as error:
        report_unsupported(error, text, cell, subject, reporter)
    else:
        if well_typed(parsed, cell, names, reporter):
            return parsed.tree
    return None


def parse(text: str, names: Names) -> Parsed:
    """The expression as written, names in any letter case. Raises FeelSyntaxError."""
    return parse_expression(text, names.environment)


def well_typed(parsed: Parsed, cell: Cell, names: Names, reporter: Reporter) -> bool:
    """Whether an expression uses known names and fitting types; findings say what does not."""
    report_letter_case(parsed, cell, reporter)
    unknown = sorted(free_names(parsed.tree) - names.types.keys())
    for name in unknown:
        report_unknown(name, cell, names, reporter)
    problems = () if unknown else infer(parsed.tree, names.types).problems
    for problem in problems:
        reporter.add(codes.TYPE, cell, f'The cell reads "{cell.text}": {problem.message}.')
    return not unknown and not problems


def report_syntax(
    error: FeelSyntaxError | FeelUnsupported,
    text: str,
    cell: Cell,
    subject: str,
    reporter: Reporter,
    remedy: str = "",
) -> None:
    """Say at which character a text is no FEEL."""
    message = f'{subject} reads "{text}": {error.message} (at character {error.span.start + 1}).'
    reporter.add(codes.SYNTAX, cell, message, remedy)


def report_unsupported(
    error: FeelUnsupported, text: str, cell: Cell, subject: str, reporter: Reporter
) -> None:
    """Say which FEEL tables cannot use."""
    reporter.add(codes.UNSUPPORTED, cell, f'{subject} reads "{text}": {error.message}.')


def report_letter_case(parsed: Parsed, cell: Cell, reporter: Reporter) -> None:
    """Say which words were matched without regard to letter case."""
    changed = [
        f'"{repair.found}" as "{repair.meant}"'
        for repair in parsed.repairs
        if repair.found.casefold() == repair.meant.casefold()
    ]
    if changed:
        reporter.add(codes.LETTER_CASE, cell, f"Read {', '.join(changed)}.")


def report_unknown(name: str, cell: Cell, names: Names, reporter: Reporter, remedy: str = "") -> None:
    """Say that a name is none, or that one of a decision's several outputs must be named with it."""
    if name in names.bare:
        outputs = [full for full in names.types if full.startswith(f"{name}.")]
        message = f'The decision "{name}" has several outputs; which one is meant?'
        reporter.add(codes.BARE_DECISION, cell, message, f"Write {' or '.join(outputs)}.")
        return
    near = did_you_mean(name, names.spellings.values())
    message = f'The cell uses "{name}", which is neither a fact nor a decision.{near}'
    reporter.add(codes.UNKNOWN_NAME, cell, message, remedy)
