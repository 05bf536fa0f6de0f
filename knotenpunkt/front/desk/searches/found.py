"""What a family finds with some words now, and would find if a word meant something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.registers.offers.findable import ENTRY_KIND
from knotenpunkt.tools.search.lexicon import OwnMeaning
from knotenpunkt.tools.search.queries import Request, search

SHOWN = 5


@dataclass(frozen=True, slots=True)
class FoundOffer:
    """One of the first offers; `is_new` where it was not among them before."""

    title: str
    url: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The first offers, and in words how sure the search is of them."""

    offers: Sequence[FoundOffer]
    told: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a search finds before a word is changed, and after."""

    text: str
    before: Found
    after: Found

    @property
    def is_same(self) -> bool:
        """Whether nothing is different."""
        return [one.url for one in self.before.offers] == [one.url for one in self.after.offers]


def found_by(
    text: str, words: Sequence[OwnMeaning] | None = None, before: Found | None = None
) -> Found:
    """With the network's own words, or with these in their place."""
    wanted = Request(
        text=text, kinds=frozenset({ENTRY_KIND}), neighbours=False, limit=SHOWN, own_words=words
    )
    answer = search(wanted)
    known = {one.url for one in before.offers} if before else None
    offers = [_offer(str(hit.object_id), hit.title, known) for hit in answer.hits]
    return Found(offers, _told(answer.total, is_sure=answer.confident), answer.confident)


def _offer(offer_id: str, title: str, known: set[str] | None) -> FoundOffer:
    url = reverse("offers:detail", kwargs={"offer_id": offer_id})
    return FoundOffer(title, url, known is not None and url not in known)


def _told(total: int, *, is_sure: bool) -> str:
    if not total:
        return _("Nothing is found.")
    if not is_sure:
        return _("Nothing fits well. Families see this, with a word of warning:")
    told = ngettext("%(n)d offer fits. First stands:", "%(n)d offers fit. First stand:", total)
    return told % {"n": total}


def compared(text: str, before: Sequence[OwnMeaning], after: Sequence[OwnMeaning]) -> Comparison:
    """The same search with two lists of own words."""
    first = found_by(text, before)
    return Comparison(text, first, found_by(text, after, first))
