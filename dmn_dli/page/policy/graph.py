"""The decision requirements graph of a policy as a picture, whose nodes lead to the tables."""

from __future__ import annotations

from collections.abc import Sequence

from dmn_dli.model.facts import Fact
from dmn_dli.model.finding import errors
from dmn_dli.page import anchors
from dmn_dli.page.contents import PagePolicy
from dmn_dli.page.html import Child, Element, h
from dmn_dli.report.layout import many
from dmn_dli.requirements.arrangement import Arrangement, Box, Point, arrange
from dmn_dli.requirements.card import INSIDE, PADDING, Card, Entry, card
from dmn_dli.requirements.graph import Node, Requirement, RequirementsGraph, requirements_of
from dmn_dli.requirements.layers import NotArranged

_MARGIN = 4
"""Around the picture, for what is drawn on the nodes' edges."""

_ROUND = 13
"""How round the ends of a fact's shape are: DMN draws input data so."""

_ARROW = 9
"""How long an arrow's head is."""

_SPOKEN = 200
"""How many characters of a name are said."""


def requirements_graph(policy: PagePolicy) -> Element:
    """The picture, and the same in words."""
    graph = requirements_of(policy.linked)
    unread = ", ".join(map(_short, policy.linked.workbook.unread))
    left_out = h("p", f"Left out, since they cannot be read: {unread}.") if unread else None
    if not graph.nodes:
        caption = h("figcaption", "There is no decision to show in this workbook.")
        return h("figure", caption, left_out, class_="graph")
    title = f"{anchors.policy(policy.key)}/graph"
    try:
        picture, drawn = _picture(policy, graph, title), True
    except NotArranged as reason:
        picture, drawn = h("p", str(reason), class_="note"), False
    return h(
        "figure",
        h("figcaption", "What each decision requires", id=title),
        picture,
        left_out,
        _words(policy, graph, shown=not drawn),
        class_="graph",
    )


def _picture(policy: PagePolicy, graph: RequirementsGraph, title: str) -> Element:
    """The nodes above what they require. Raises NotArranged."""
    cards = {
        node.name: card(node.name, _caption(policy, node).capitalize(), node.facts) for node in graph.nodes
    }
    pairs = [(each.requiring, each.required) for each in graph.requirements]
    whole = arrange({name: each.size for name, each in cards.items()}, pairs)
    downward = sorted(graph.nodes, key=lambda node: (whole.boxes[node.name].top, whole.boxes[node.name].left))
    width, height = whole.width + 2 * _MARGIN, whole.height + 2 * _MARGIN
    svg = h(
        "svg",
        (_line(policy, each, whole) for each in graph.requirements),
        (_node(policy, node, cards[node.name], whole.boxes[node.name]) for node in downward),
        viewBox=f"{-_MARGIN} {-_MARGIN} {width} {height}",
        width=width,
        height=height,
        style=f"--natural: {width}px",
        role="group",
        aria_labelledby=title,
    )
    return h("div", svg, class_="drawing", role="region", tabindex=0, aria_labelledby=title)


def _errors(policy: PagePolicy, node: Node) -> int:
    """How many errors there are on its sheet."""
    return sum(each.sheet == node.sheet for each in errors(policy.findings))


def _caption(policy: PagePolicy, node: Node) -> str:
    """What a node is, beneath its name."""
    rows = many(node.rows, "rule")
    if node.criteria:
        rows = "1 criterion" if node.rows == 1 else f"{node.rows:,} criteria"
    wrong = _errors(policy, node)
    parts = ["final decision" if node.final else "", rows, many(wrong, "error") if wrong else ""]
    return ", ".join(filter(None, parts))


def _node(policy: PagePolicy, node: Node, content: Card, box: Box) -> Element:
    """A node: the name leads to its sheet, each fact to the dictionary."""
    kinds = [
        "node",
        "criteria" if node.criteria else "decision",
        *(["final"] if node.final else []),
        *(["wrong"] if _errors(policy, node) else []),
    ]
    texts = [*((line, "name") for line in content.name), *((line, "caption") for line in content.caption)]
    head = content.entries[0].box.top if content.entries else box.height
    return h(
        "g",
        h("rect", width=box.width, height=box.height, rx=2, class_="shape"),
        h(
            "a",
            h("rect", width=box.width, height=head, class_="place"),
            (
                h("text", line, x=PADDING, y=y, class_=kind)
                for (line, kind), y in zip(texts, content.baselines, strict=True)
            ),
            href=f"#{anchors.sheet(policy.key, node.sheet)}",
            aria_label=f"{_short(node.name)}, {_caption(policy, node)}",
        ),
        (_entry(policy, entry) for entry in content.entries),
        transform=f"translate({box.left} {box.top})",
        id=anchors.node(policy.key, node.name),
        class_=" ".join(kinds),
    )


def _entry(policy: PagePolicy, entry: Entry) -> Element:
    """A fact in the shape of input data."""
    box = entry.box
    texts = [
        h("text", line, x=box.left + INSIDE, y=y)
        for line, y in zip(entry.lines, entry.baselines, strict=True)
    ]
    if entry.fact is None:
        return h("g", texts, class_="more")
    shape = h("rect", x=box.left, y=box.top, width=box.width, height=box.height, rx=_ROUND)
    return h(
        "a",
        shape,
        texts,
        href=_to_fact(policy, entry.fact),
        aria_label=_short(_label(entry.fact)),
        class_="fact",
    )


def _line(policy: PagePolicy, requirement: Requirement, whole: Arrangement) -> Element:
    """An arrow from what is required to who requires it."""
    requiring, required = requirement.requiring, requirement.required
    *points, before, tip = whole.lines[requiring, required]
    head = _ARROW if before.y > tip.y else -_ARROW
    return h(
        "g",
        h("title", f"{_short(requiring)} requires {_short(_what(requirement))}"),
        h("path", d=_path([*points, before, Point(tip.x, tip.y + head)]), class_="line"),
        h("path", d=f"M{tip.x} {tip.y}l-5 {head}h10z", class_="head"),
        class_="requirement",
        data_from=anchors.node(policy.key, required),
        data_to=anchors.node(policy.key, requiring),
        aria_hidden="true",
    )


def _path(points: Sequence[Point]) -> str:
    """Upright where the next point stands above or below, else a bend that begins and ends upright."""
    start, *further = points
    steps, last = [f"M{start.x} {start.y}"], start
    for x, y in further:
        half = (last.y + y) // 2
        steps.append(f"V{y}" if x == last.x else f"C{last.x} {half} {x} {half} {x} {y}")
        last = Point(x, y)
    return "".join(steps)


def _words(policy: PagePolicy, graph: RequirementsGraph, *, shown: bool) -> Element:
    """What the picture shows, as a list."""
    tabs = {node.name: node.sheet for node in graph.nodes}

    def to_sheet(name: str) -> Element:
        return h("a", _short(name), href=f"#{anchors.sheet(policy.key, tabs[name])}")

    items = []
    for node in graph.nodes:
        required = [
            [to_sheet(each.required), f" ({_short(', '.join(each.criteria))})" if each.criteria else None]
            for each in graph.required_by[node.name]
        ]
        facts = [h("a", _short(_label(fact)), href=_to_fact(policy, fact)) for fact in node.facts]
        said = [
            *([" requires ", _listed(required)] if required else []),
            *([";" if required else None, " reads ", _listed(facts)] if facts else []),
        ]
        items.append(
            h("li", to_sheet(node.name), f" ({_caption(policy, node)})", said or " requires nothing", ".")
        )
    return h("details", h("summary", "The same in words"), h("ul", items), open=shown)


def _listed(items: Sequence[Child]) -> Child:
    return [[", " if number else None, item] for number, item in enumerate(items)]


def _what(requirement: Requirement) -> str:
    rows = f": {', '.join(requirement.criteria)}" if requirement.criteria else ""
    return requirement.required + rows


def _label(fact: Fact) -> str:
    return fact.label or fact.name


def _to_fact(policy: PagePolicy, fact: Fact) -> str:
    return f"#{anchors.fact(fact.name, policy.key if policy.own_dictionary else '')}"


def _short(text: str) -> str:
    return text if len(text) <= _SPOKEN else f"{text[:_SPOKEN]}…"
