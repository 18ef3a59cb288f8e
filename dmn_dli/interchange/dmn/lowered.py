"""An element of a model lowered to FEEL: nothing of XML or boxes is left, so that all know one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

from attrs import field, frozen

from dmn_dli.feel.environment import Environment
from dmn_dli.feel.item_types import ItemType
from dmn_dli.feel.syntax import Node

Kind: TypeAlias = Literal["input", "decision", "function", "service"]


@frozen
class Reading:
    """What an element requires; path: how its expressions call it, `name` or `import.name`."""

    path: tuple[str, ...]
    name: str


@frozen
class LoweredElement:
    """An element of the graph.

    name: as the root model calls it, behind the path of imports where it is of another model.
    own_name, namespace: its variable's name, and the model that holds it.
    type: what its variable admits; its value is brought to that, or null.
    shape: the type of its value as far as that can be told, for those that read it.
    tree: its value, brought to its type, as FEEL over the names of `reads`; of a function the function;
        input data and services have no value of their own.
    reads: what the tree may read, in the order of the file; no other name of the model is in its scope.
    parameters, outputs: of a service, what it takes, in order, and what it gives, by `name`.
    program: the tree as a function of the scope; None of input data and services.
    """

    name: str
    own_name: str
    namespace: str
    kind: Kind
    type: ItemType
    shape: ItemType
    tree: Node
    environment: Environment = field(eq=False)
    reads: tuple[Reading, ...] = ()
    parameters: tuple[Reading, ...] = ()
    outputs: tuple[Reading, ...] = ()
    program: Callable[[Mapping[str, object]], object] | None = field(default=None, eq=False)
