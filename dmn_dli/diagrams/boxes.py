"""Boxes of cases: those that the paths of a diagram are, and how far a box may grow within a set of cases.

smoker   age < 18   < 65   else     The path `no`, `< 18` is a box of one case, the path `yes`
yes         ■        ■      ■       a box of three. The first is not prime: in it `smoker`
no          ■                       could be `yes` as well, and all its cases be in the set.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from dmn_dli.diagrams.fold import Box, Node, fold, open_children


def paths(nodes: Sequence[Node], root: int, wanted: Container[int], known: Box) -> Iterator[Box]:
    """Disjoint boxes of all that leads to the wanted terminals (by number), those of first atoms first.

    known: the one atom of each variable that is known; boxes do not name it.
    """
    reaches = fold(
        nodes,
        root,
        lambda number: ~number in wanted,
        lambda node, reaches: any(reaches[child] for child in open_children(node, known)),
        known,
    )
    waiting: list[tuple[int, Box]] = [(root, {})]
    while waiting:
        number, box = waiting.pop()
        if not reaches[number]:
            continue
        if number < 0:
            yield box
            continue
        node = nodes[number]
        children = reversed(dict.fromkeys(open_children(node, known)))
        if node[0] in known:
            waiting += [(child, box) for child in children]
        else:
            waiting += [(child, {**box, node[0]: edge(node, child)}) for child in children]


def edge(node: Node, child: int) -> int:
    """The atoms with which a node goes on with a child."""
    return sum(1 << atom for atom, each in enumerate(node[1:]) if each == child)


def admitted(
    nodes: Sequence[Node], root: int, accepted: Container[int], box: Box, variable: int, size: int
) -> int:
    """The atoms of a variable, of `size` many, with which all cases of a box lead to accepted terminals.

    What the box itself says of the variable is left out of account.
    """
    # No fold: most attempts to grow a box fail early, and this search then leaves most of the diagram unseen.
    whole = (1 << size) - 1
    known: dict[int, int] = {}

    def visit(number: int) -> int:
        found = known.get(number)
        if found is None:
            if number < 0:
                found = whole if ~number in accepted else 0
            elif nodes[number][0] == variable:
                found = sum(1 << atom for atom, child in enumerate(nodes[number][1:]) if visit(child))
            else:
                found = whole
                for child in open_children(nodes[number], box):
                    found &= visit(child)
                    if not found:
                        break
            known[number] = found
        return found

    return visit(root)
