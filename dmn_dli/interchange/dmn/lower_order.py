"""In what order a model's elements are lowered, each after what it requires, and which require each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from attrs import frozen

from dmn_dli.linking.graph import decision_order

Requires = Mapping[str, Sequence[str]]


@frozen
class Order:
    """The order of all elements, and the circles of decisions, each as a way that ends where it began."""

    names: tuple[str, ...]
    circles: tuple[tuple[str, ...], ...]
    circular: frozenset[str]


def lowering_order(requires: Requires, decisions: Collection[str]) -> Order:
    """The order of the elements.

    requires: what each element requires. decisions: those whose values are worked out before those of their
    readers; all others are functions, asked when they are called, which may require each other.

    What decisions require of each other in a circle is left out of account, and so is what functions of a
    circle require.
    """
    informed = {
        name: [each for each in requires[name] if each in decisions] for name in requires if name in decisions
    }
    groups = [group for group in together(informed) if len(group) > 1 or group[0] in informed[group[0]]]
    circular = {name: at for at, group in enumerate(groups) for name in group}
    circles = tuple(_way(group, informed) for group in groups)
    called = {name: at for at, group in enumerate(together(requires)) for name in group}

    def counts(name: str, required: str) -> bool:
        if required in decisions:
            return name not in circular or circular[name] != circular.get(required)
        return called[name] != called[required]

    acyclic = {name: [each for each in needed if counts(name, each)] for name, needed in requires.items()}
    return Order(decision_order(acyclic), circles, frozenset(circular))


def _way(group: Sequence[str], requires: Requires) -> tuple[str, ...]:
    """A way from the group's first name back to a name on it."""
    inside = set(group)
    step = group[0]
    way: dict[str, int] = {}
    while step not in way:
        way[step] = len(way)
        step = next(each for each in requires[step] if each in inside)
    return (*list(way)[way[step] :], step)


def together(requires: Requires) -> list[list[str]]:
    """The names in groups that require each other, each after those it requires: Tarjan's algorithm.

    It calls itself nowhere, since a model may be thousands of elements deep.
    """
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: list[str] = []  # entered, and of no group yet
    grouped: set[str] = set()
    groups: list[list[str]] = []
    for start in requires:
        walk = [] if start in number else [start]
        rest: dict[str, Iterator[str]] = {}
        while walk:
            name = walk[-1]
            if name not in number:
                number[name] = lowest[name] = len(number)
                waiting.append(name)
                rest[name] = iter(requires[name])
            following = next(rest[name], None)
            if following is None:
                walk.pop()
                if walk:
                    lowest[walk[-1]] = min(lowest[walk[-1]], lowest[name])
                if lowest[name] == number[name]:
                    groups.append(_taken(waiting, name))
                    grouped.update(groups[-1])
            elif following not in number:
                walk.append(following)
            elif following not in grouped:
                lowest[name] = min(lowest[name], number[following])
    return groups


def _taken(waiting: list[str], down_to: str) -> list[str]:
    """The last of those that wait, down to that name, in the order in which they came."""
    group = [waiting.pop()]
    while group[-1] != down_to:
        group.append(waiting.pop())
    return group[::-1]
