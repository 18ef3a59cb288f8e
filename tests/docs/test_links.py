"""Nobody follows a link of ours to nowhere, or looks at a picture that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, read, without_blocks

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_ANCHOR = re.compile(r'<a id="([^"]+)">')
# A person's or a machine's own folders; a home is written out in none of our pages.
_MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|tmp|work|Users|var|opt)/|[A-Z]:\\")


def _anchors(page: Path) -> set[str]:
    """The anchors of a page, as the usual renderers derive them from its headings."""
    headings = [re.sub(r"[^\w\- ]", "", text).strip().lower() for text in _HEADING.findall(read(page))]
    return {heading.replace(" ", "-") for heading in headings} | set(_ANCHOR.findall(read(page)))


def _links(page: Path) -> list[str]:
    return [link for link in _LINK.findall(without_blocks(page)) if "://" not in link]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    broken = []
    for link in _links(page):
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.is_file():
            continue
        reached.add(page)
        waiting += [(page.parent / link.partition("#")[0]).resolve() for link in _links(page)]
    assert set(PAGES) - reached == set()


def test_every_picture_is_shown() -> None:
    shown = {(page.parent / link).resolve() for page in PAGES for link in _links(page)}
    pictures = set((ROOT / "docs" / "pictures").iterdir())
    assert pictures - shown == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_page_names_a_folder_of_one_machine(page: Path) -> None:
    assert _MACHINE_PATH.findall(read(page)) == []
