"""A second reading of FEEL: a slow interpreter of the syntax tree, written from the standard's tables alone.

It shares no code with the translation: where both answer alike on every tree
that Hypothesis thinks of, a slip in either would have to be made twice.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Context, Decimal

from dmn_dli.feel import RangeValue, YearsMonthsDuration, mentions_input, syntax

DIGITS = Context(prec=34, Emin=-6143, Emax=6144, traps=[])
Scope = Mapping[str, object]
CONDITIONS = (
    syntax.Comparison,
    syntax.Conjunction,
    syntax.Disjunction,
    syntax.Between,
    syntax.In,
    syntax.Quantified,
)


def kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, datetime.date):
        return "date"
    if isinstance(value, datetime.timedelta):
        return "days"
    names = {Decimal: "number", str: "string", list: "list", dict: "context", RangeValue: "range"}
    names[YearsMonthsDuration] = "months"
    return next(name for python, name in names.items() if isinstance(value, python))


def negated(answer: object) -> object:
    if answer is True:
        return False
    return True if answer is False else None


def both(left: object, right: object) -> object:
    if False in [answer for answer in (left, right) if kind(answer) == "boolean"]:
        return False
    return True if kind(left) == kind(right) == "boolean" else None


def either(left: object, right: object) -> object:
    return negated(both(negated(left), negated(right)))


def equal(left: object, right: object) -> object:
    if kind(left) == "null" or kind(right) == "null":
        return kind(left) == kind(right)
    if kind(left) != kind(right):
        return None
    if isinstance(left, list) and isinstance(right, list):
        if len(left) != len(right):
            return False
        answer: object = True
        for one, other in zip(left, right, strict=True):
            answer = both(answer, equal(one, other))
        return answer
    if isinstance(left, dict) and isinstance(right, dict):
        if sorted(left) != sorted(right):
            return False
        return equal([left[key] for key in sorted(left)], [right[key] for key in sorted(left)])
    if isinstance(left, RangeValue) and isinstance(right, RangeValue):
        ends = both(equal(left.low, right.low), equal(left.high, right.high))
        same_ends = left.low_closed == right.low_closed and left.high_closed == right.high_closed
        return both(same_ends, ends)
    return bool(left == right)


def less(left: object, right: object) -> object:
    if kind(left) != kind(right) or kind(left) not in ("number", "string", "date", "days", "months"):
        return None
    return bool(left < right)  # type: ignore[operator]


def compared(operator: str, left: object, right: object) -> object:
    match operator:
        case "=":
            return equal(left, right)
        case "!=":
            return negated(equal(left, right))
        case "<":
            return less(left, right)
        case ">":
            return less(right, left)
        case "<=":
            return negated(less(right, left))
    return negated(less(left, right))


def calculated(operator: str, left: object, right: object) -> object:
    if operator == "+" and isinstance(left, str) and isinstance(right, str):
        return left + right
    if operator in "+-" and kind(left) == kind(right) == "days":
        return left + right if operator == "+" else left - right  # type: ignore[operator]
    if operator in "+-" and isinstance(left, YearsMonthsDuration) and isinstance(right, YearsMonthsDuration):
        return YearsMonthsDuration(left.months + (right.months if operator == "+" else -right.months))
    if operator == "-" and isinstance(left, datetime.date) and isinstance(right, datetime.date):
        return datetime.timedelta(days=left.toordinal() - right.toordinal())
    if not isinstance(left, Decimal) or not isinstance(right, Decimal):
        return None
    operations = {
        "+": DIGITS.add, "-": DIGITS.subtract, "*": DIGITS.multiply, "/": DIGITS.divide, "**": DIGITS.power,
    }  # fmt: skip
    result = operations[operator](left, right)
    return result if result.is_finite() else None


def negative(operand: object) -> object:
    if isinstance(operand, YearsMonthsDuration):
        return YearsMonthsDuration(-operand.months)
    if isinstance(operand, Decimal):
        return operand.copy_negate()
    return -operand if isinstance(operand, datetime.timedelta) else None


def inside(value: object, bounds: RangeValue) -> object:
    low: object = True
    if bounds.low is not None:
        low = compared(">=" if bounds.low_closed else ">", value, bounds.low)
    if bounds.high is None:
        return low
    return both(low, compared("<=" if bounds.high_closed else "<", value, bounds.high))


def passes(value: object, test: object) -> object:
    if isinstance(test, RangeValue):
        return equal(value, test) if isinstance(value, RangeValue) else inside(value, test)
    if not isinstance(test, list):
        return equal(value, test)
    answer: object = isinstance(value, list) and equal(value, test) is True
    for item in test:
        if isinstance(item, RangeValue) and not isinstance(value, RangeValue):
            answer = either(answer, inside(value, item))
        else:
            answer = either(answer, equal(value, item) is True)
    return answer


def is_condition(node: syntax.Node) -> bool:
    """Whether the value is a boolean or null by the form of the expression alone."""
    if isinstance(node, syntax.If):
        branches = [each for each in (node.then, node.otherwise) if not isinstance(each, syntax.NullLiteral)]
        return bool(branches) and all(map(is_condition, branches))
    return isinstance(node, (syntax.BooleanLiteral, *CONDITIONS))


def tests(node: syntax.UnaryTests, value: object, scope: Scope, *, in_cell: bool) -> object:
    if not node.tests:
        return True
    answer: object = False
    for test in node.tests:
        if isinstance(test, syntax.ComparisonTest):
            one = compared(test.operator, value, evaluate(test.operand, scope, value))
            if value is None and mentions_input(test.operand):
                one = None
        else:
            result = evaluate(test.expression, scope, value)
            if isinstance(test.expression, syntax.Range) and result is None:
                one = None
            elif isinstance(test.expression, syntax.BooleanLiteral):
                one = equal(value, result)
            elif mentions_input(test.expression):
                answers = kind(result) in ("boolean", "null")
                one = result if answers else None if value is None else passes(value, result)
            elif in_cell and result is None and is_condition(test.expression):
                one = None
            elif in_cell and kind(result) == "boolean" and kind(value) != "boolean":
                one = result
            else:
                one = passes(value, result)
        answer = either(answer, one)
    return negated(answer) if node.negated else answer


def made_range(node: syntax.Range, scope: Scope, value: object) -> object:
    ends = [None if end is None else evaluate(end, scope, value) for end in (node.low, node.high)]
    given = [end for end, part in zip(ends, (node.low, node.high), strict=True) if part is not None]
    if less(given[0], given[-1]) is None:
        return None
    return RangeValue(ends[0], ends[1], node.low_closed, node.high_closed)


def filtered(node: syntax.Filter, scope: Scope, value: object) -> object:
    source = evaluate(node.source, scope, value)
    if source is None:
        return None
    items = source if isinstance(source, list) else [source]
    kept = []
    for item in items:
        inner = {**scope, "item": item, **(item if isinstance(item, dict) else {})}
        answer = evaluate(node.condition, inner, value)
        if isinstance(answer, Decimal) and item is items[0]:
            place = int(answer)
            if answer != place or place == 0 or abs(place) > len(items):
                return None
            return items[place - 1] if place > 0 else items[len(items) + place]
        if answer is True:
            kept.append(item)
    if not items and isinstance(evaluate(node.condition, {**scope, "item": None}, value), Decimal):
        return None
    return kept


def stepped(bounds: RangeValue) -> list[object] | None:
    """The whole numbers or days of a range with two ends."""
    low, high = bounds.low, bounds.high
    steps: list[object]
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        whole = low == low.to_integral_value() and high == high.to_integral_value()
        if not whole or not 0 <= high - low < 1_000_000:
            return None
        steps = [low + n for n in range(int(high - low) + 1)]
    elif kind(low) == kind(high) == "date":
        assert isinstance(low, datetime.date)
        assert isinstance(high, datetime.date)
        if high < low:
            return None
        steps = [low + datetime.timedelta(n) for n in range((high - low).days + 1)]
    else:
        return None
    return [step for step in steps if inside(step, bounds) is True]


def rounds(iterators: tuple[syntax.Iterator, ...], scope: Scope, value: object) -> list[Scope] | None:
    scopes: list[Scope] = [scope]
    for iterator in iterators:
        following: list[Scope] = []
        for outer in scopes:
            source = evaluate(iterator.source, outer, value)
            items = stepped(source) if isinstance(source, RangeValue) else source
            if items is None:
                return None
            items = items if isinstance(items, list) else [items]
            following += [{**outer, iterator.name: item} for item in items]
        scopes = following
    return scopes


def quantified(node: syntax.Quantified, scope: Scope, value: object) -> object:
    scopes = rounds(node.iterators, scope, value)
    if scopes is None:
        return None
    answer: object = node.quantifier == "every"
    for inner in scopes:
        one = evaluate(node.condition, inner, value)
        answer = both(answer, one) if node.quantifier == "every" else either(answer, one)
    return answer


def evaluate(node: syntax.Node, scope: Scope, value: object = None) -> object:
    match node:
        case syntax.NumberLiteral(literal) | syntax.StringLiteral(literal) | syntax.BooleanLiteral(literal):
            return literal
        case syntax.NullLiteral():
            return None
        case syntax.TemporalLiteral(text):
            return datetime.date.fromisoformat(text)
        case syntax.Name(name):
            return scope.get(name)
        case syntax.InputValue():
            return value
        case syntax.Negation(operand):
            return negative(evaluate(operand, scope, value))
        case syntax.Arithmetic(operator, left, right):
            return calculated(operator, evaluate(left, scope, value), evaluate(right, scope, value))
        case syntax.Comparison(operator, left, right):
            return compared(operator, evaluate(left, scope, value), evaluate(right, scope, value))
        case syntax.Conjunction(left, right):
            return both(evaluate(left, scope, value), evaluate(right, scope, value))
        case syntax.Disjunction(left, right):
            return either(evaluate(left, scope, value), evaluate(right, scope, value))
        case syntax.Between(operand, low, high):
            middle = evaluate(operand, scope, value)
            above = compared(">=", middle, evaluate(low, scope, value))
            return both(above, compared("<=", middle, evaluate(high, scope, value)))
        case syntax.In(operand, inner):
            return tests(inner, evaluate(operand, scope, value), scope, in_cell=False)
        case syntax.UnaryTests():
            return tests(node, value, scope, in_cell=True)
        case syntax.If(condition, then, otherwise):
            return evaluate(then if evaluate(condition, scope, value) is True else otherwise, scope, value)
        case syntax.Range():
            return made_range(node, scope, value)
        case syntax.ListLiteral(items):
            return [evaluate(item, scope, value) for item in items]
        case syntax.ContextLiteral(entries):
            made: dict[str, object] = {}
            for key, entry in entries:
                if key in made:
                    return None
                made[key] = evaluate(entry, {**scope, **made}, value)
            return made
        case syntax.Path(source, name):
            return member(evaluate(source, scope, value), name)
        case syntax.Filter():
            return filtered(node, scope, value)
        case syntax.Quantified():
            return quantified(node, scope, value)
        case syntax.For(iterators, body):
            scopes = rounds(iterators, scope, value)
            return None if scopes is None else [evaluate(body, inner, value) for inner in scopes]
    raise TypeError(f"no reading for {type(node).__name__}")


def member(source: object, name: str) -> object:
    if isinstance(source, list):
        return [member(item, name) for item in source]
    if isinstance(source, dict):
        return source.get(name)
    if isinstance(source, datetime.date) and name in ("year", "month", "day"):
        return Decimal(getattr(source, name))
    return None
