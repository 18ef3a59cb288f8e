"""A view: what the page shows at a time, with its heading and its place in the menu."""

from __future__ import annotations

from attrs import frozen

from dmn_dli.page.html import Child, Element, h


@frozen
class View:
    """A view of the page.

    anchor: its id (`anchors`). title: its heading. menu: what leads to it; "" leaves it out of the menu.
    group: views of one group stand together under this word in the menu ("" for none). engine: whether it
    waits for the engine, so that a page without one lacks it.
    """

    anchor: str
    title: str
    menu: str
    body: Child
    group: str = ""
    engine: bool = False

    def element(self) -> Element:
        """The view as a section, which its heading names."""
        heading = f"{self.anchor}/title"
        return h(
            "section",
            h("h1", self.title, id=heading, tabindex=-1),
            self.body,
            id=self.anchor,
            class_="view engine" if self.engine else "view",
            aria_labelledby=heading,
        )
