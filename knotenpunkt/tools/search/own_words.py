"""A network's own words, read: what only people here say, and what they mean by it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.tools.search.lexicon import OwnMeaning
from knotenpunkt.tools.search.models import OwnWord


def own_meanings() -> list[OwnMeaning]:
    """The own words of the network at hand."""
    rows = OwnWord.objects.values_list("said", "means")
    return [OwnMeaning(said, tuple(means)) for said, means in rows]


def own_words(actor: Actor) -> QuerySet[OwnWord]:
    """The own words of the network at hand, for those who work at its desk."""
    actor.must(Right.OPEN_DESK)
    rows: QuerySet[OwnWord] = OwnWord.objects.all()
    return rows


def get_own_word(actor: Actor, word_id: UUID) -> OwnWord:
    """One own word; OwnWord.DoesNotExist when there is none of that id in this network."""
    found: OwnWord = own_words(actor).get(pk=word_id)
    return found


def own_word_said(actor: Actor, said: str) -> OwnWord | None:
    """The own word that is written so, in any spelling."""
    return own_words(actor).filter(folded=fold(said)).first()
