"""Providers and places by what somebody types of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers.models import OfferAtPlace
from knotenpunkt.registers.offers.rules import may_offer_for
from knotenpunkt.registers.partners.models import Contact, Organisation
from knotenpunkt.registers.partners.queries import name_key, organisations, represented_by

OFFERED = 10
LOOKED_AT = 60
LONGEST = 300
LONGEST_LABEL = 800
MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Named:
    """Something that can be chosen by typing: what goes into the field, and its key."""

    id: str
    label: str


def provider_label(provider: Organisation) -> str:
    """How a provider stands in the field: name, body, and the town that tells namesakes apart."""
    town = provider.place.town if provider.place else ""
    return f"{provider.full_name} ({town})" if town else provider.full_name


def providers(actor: Actor, typed: str, limit: int = OFFERED) -> list[Organisation]:
    """Providers that have all typed words in their name, their body's name or their town."""
    rows = organisations(actor)
    for word in name_key(typed[:LONGEST]).split()[:MOST_WORDS]:
        rows = rows.filter(
            Q(name_key__contains=word)
            | Q(body__name_key__contains=word)
            | Q(place__town__icontains=word)
        )
    return list(rows.order_by("name")[:limit])


def named_so(actor: Actor, typed: str) -> list[Organisation]:
    """Providers that are called exactly so: as the field has them, or by their name alone."""
    wanted = name_key(typed[:LONGEST_LABEL])
    words = wanted.split()
    # Whatever follows it, the name stands first.
    beginnings = [" ".join(words[:count]) for count in range(1, len(words) + 1)]
    found = list(organisations(actor).filter(name_key__in=beginnings)[:LOOKED_AT])
    for spelled in (provider_label, _full_name, _name):
        same = [one for one in found if name_key(spelled(one)) == wanted]
        if same:
            return same
    return []


def _full_name(provider: Organisation) -> str:
    return provider.full_name


def _name(provider: Organisation) -> str:
    return provider.name


def provider_of(actor: Actor, provider_id: str) -> Organisation | None:
    """One provider by its key, when this actor may write offers for it."""
    found = organisations(actor).filter(pk=provider_id).first() if provider_id else None
    if found is None or not may_offer_for(actor, found):
        return None
    return found


def contacts_of(provider: Organisation) -> list[Contact]:
    """Who may answer for offers of this provider: its contacts, and those of its body."""
    rows = Contact.objects.filter(organisation__in=provider.lineage, is_internal=False)
    return list(rows.select_related("organisation").prefetch_related("phones"))


def place_of(place_id: str) -> Place | None:
    """One place by its key."""
    found: Place | None = Place.objects.filter(pk=place_id).first() if place_id else None
    return found


def _places_known_to(actor: Actor) -> Q:
    """A provider is offered what families see, and what is theirs; a draft may be at a home."""
    if actor.may(Right.READ_INTERNAL):
        return Q()
    own = Q(offer__provider__in=represented_by(actor))
    used = OfferAtPlace.objects.filter(OfferAtPlace.published_when | own)
    return Q(pk__in=used.values("place")) | Q(pk__in=organisations(actor).values("place"))


def places(actor: Actor, typed: str, limit: int = OFFERED) -> list[Place]:
    """Places that have all typed words in their address, each address once."""
    rows = Place.objects.filter(_places_known_to(actor))
    for word in typed[:LONGEST].split()[:MOST_WORDS]:
        bare = word.strip(",;")
        rows = rows.filter(
            Q(venue__icontains=bare)
            | Q(street__icontains=bare)
            | Q(town__icontains=bare)
            | Q(postal_code__startswith=bare)
        )
    by_address = {fold(place.one_line): place for place in reversed(rows[:LOOKED_AT])}
    return [place for place in reversed(by_address.values()) if place.one_line][:limit]


def place_named_so(actor: Actor, typed: str) -> Place | None:
    """The place with exactly this address."""
    wanted = fold(typed)
    return next(
        (one for one in places(actor, typed, LOOKED_AT) if fold(one.one_line) == wanted), None
    )
