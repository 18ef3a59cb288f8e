"""Python source from syntax trees, laid out for people: lines that brackets allow to be broken are short."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

WIDTH = 100
_STEP = "    "
_SHORT = 40
"""Plain elements up to this length share lines."""

_OPENING = "([{"

_KEEP = 512
"""How many statements are remembered: those that every module has are laid out once."""


def module_text(tree: ast.Module) -> str:
    """The module's source, with two blank lines around functions and classes."""
    text = ""
    before = None
    for statement in tree.body:
        text += _gap(before, statement) + _statement(statement) + "\n"
        before = statement
    return text


def _gap(before: ast.stmt | None, statement: ast.stmt) -> str:
    """The blank lines between two statements of the module."""
    if before is None:
        return ""
    blocks = ast.FunctionDef | ast.ClassDef
    if isinstance(before, blocks) or isinstance(statement, blocks):
        return "\n\n"
    if isinstance(before, ast.ImportFrom) and isinstance(statement, ast.ImportFrom):
        return "\n" if before.module == "__future__" else ""
    return "\n"


@lru_cache(_KEEP)
def _statement(statement: ast.stmt) -> str:
    """A statement's source: the same tree when parsed again."""
    # As a module of its own a documentation string is written as one.
    written = ast.unparse(ast.fix_missing_locations(ast.Module([statement], [])))
    tree = ast.parse(written)
    texts = _lines_of_texts(tree)
    lines: list[str] = []
    for number, line in enumerate(written.split("\n"), 1):
        lines += [line] if number in texts else _broken(_plainer(line))
    text = "\n".join(lines)
    assert ast.dump(ast.parse(text)) == ast.dump(tree), f"the layout changed {written}"
    return text


def _lines_of_texts(tree: ast.Module) -> set[int]:
    """The lines of documentation, whatever it quotes, and of other strings that span lines."""
    nodes = [*ast.walk(tree)]
    alone = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    return {
        line
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) in alone or node.lineno != node.end_lineno
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


def _plainer(line: str) -> str:
    """A condition without the brackets that `and` does not need."""
    head, keyword, condition = line.partition("if ")
    if head.strip() or not keyword or not condition.endswith(":"):
        return line
    operands = _split(condition.removesuffix(":"), " and ")
    if len(operands) < 2:
        return line
    return f"{head}if {' and '.join(_unbracketed(operand) for operand in operands)}:"


def _unbracketed(operand: str) -> str:
    if not operand.startswith("(") or _group(operand) != (0, len(operand) - 1):
        return operand
    inner = operand[1:-1]
    joined = any(len(_split(inner, word)) > 1 for word in (" and ", " or ", " if ", ", ", ":="))
    return operand if joined else inner


def _broken(line: str) -> list[str]:
    """A line broken at its brackets until it is short, or cannot be broken further."""
    if len(line) <= WIDTH:
        return [line]
    indent = line[: len(line) - len(line.lstrip())]
    for keyword, ending in (("if ", ":"), ("return ", "")):
        condition = line.strip().removeprefix(keyword).removesuffix(ending)
        operands = _split(condition, " and ")
        if line.strip().startswith(keyword) and line.endswith(ending) and len(operands) > 1:
            first, *others = operands
            parts = [first, *[f"and {operand}" for operand in others]]
            body = [part for each in parts for part in _broken(f"{indent}{_STEP}{each}")]
            return [f"{indent}{keyword}(", *body, f"{indent}){ending}"]
    group = _group(line)
    if group is None:
        return [line]
    opening, closing = group
    content = line[opening + 1 : closing]
    inner = f"{indent}{_STEP}"
    return [line[: opening + 1], *_elements(content, inner), f"{indent}{line[closing:]}"]


def _elements(content: str, indent: str) -> list[str]:
    """What stands in brackets: on one line, else element by element, short plain ones several a line."""
    elements = _split(content, ", ")
    single = len(elements) == 1
    if len(indent) + len(content) > WIDTH and len(_split(content, " for ")) > 1:
        return [part for clause in _clauses(content) for part in _broken(f"{indent}{clause}")]
    comprehension = len(_split(content, " for ")) > 1 or "lambda" in content
    if comprehension or (single and not content.endswith(",")):
        return _broken(f"{indent}{content}")
    if content.endswith(","):
        elements = [content.removesuffix(",")]
    if len(indent) + len(content) <= WIDTH:
        return [f"{indent}{content}"]
    plain = not any(mark in content for mark in (": ", "(", "["))
    if plain and all(len(element) <= _SHORT for element in elements):
        return list(_filled(elements, indent))
    return [part for element in elements for part in _broken(f"{indent}{element},")]


def _clauses(comprehension: str) -> Iterator[str]:
    """What a comprehension gives, then its `for` and `if` clauses."""
    given, *loops = _split(comprehension, " for ")
    yield given
    for loop in loops:
        over, *conditions = _split(loop, " if ")
        yield f"for {over}"
        for condition in conditions:
            yield f"if {condition}"


def _filled(elements: Sequence[str], indent: str) -> Iterator[str]:
    line = ""
    for element in elements:
        if line and len(indent) + len(line) + len(element) + 2 > WIDTH:
            yield indent + line
            line = ""
        line += f"{' ' if line else ''}{element},"
    yield indent + line


def _group(line: str) -> tuple[int, int] | None:
    """Where the last outermost pair of brackets that holds something opens and closes; a function's first."""
    found = None
    opening = depth = 0
    for position, mark in _outside_strings(line):
        if mark in _OPENING:
            depth += 1
            if depth == 1:
                opening = position
            continue
        depth -= 1
        if depth == 0 and position > opening + 1:
            found = (opening, position)
            if line.lstrip().startswith("def "):
                break
    return found


def _split(text: str, separator: str) -> list[str]:
    """The parts between separators that stand outside of brackets and strings."""
    if separator not in text:
        return [text]
    parts: list[str] = []
    start = depth = 0
    for position, mark in _outside_strings(text, separator):
        if mark != separator:
            depth += 1 if mark in _OPENING else -1
        elif depth == 0:
            parts.append(text[start:position])
            start = position + len(separator)
    return [*parts, text[start:]]


def _outside_strings(text: str, separator: str = "") -> Iterator[tuple[int, str]]:
    """The brackets and separators outside of string literals, with their positions."""
    for found in _marks(separator).finditer(text):
        if found[0][0] not in "\"'":
            yield found.start(), found[0]


@cache
def _marks(separator: str) -> re.Pattern[str]:
    """String literals, brackets, and a separator."""
    literals = (rf"{quote}(?:[^{quote}\\]|\\.)*{quote}" for quote in "\"'")
    return re.compile("|".join((*literals, r"[][(){}]", *filter(None, [re.escape(separator)]))), re.DOTALL)
