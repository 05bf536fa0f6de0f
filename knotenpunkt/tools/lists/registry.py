"""Which lists there are: each says its name and its address where its page is declared."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list whose filters can be kept: its name for people, and the name of its address."""

    label: str | Promise
    page: str

    @property
    def url(self) -> str:
        """Where it stands in the network at hand."""
        return reverse(self.page)


_pages: dict[str, ListPage] = {}


def list_page(name: str, *, label: str | Promise, page: str) -> None:
    """Make a list known. The name is kept with its views, so it stays."""
    _pages[name] = ListPage(label, page)


def known_lists() -> dict[str, ListPage]:
    """All lists by name."""
    return _pages
