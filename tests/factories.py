"""Short ways to the records that a test needs, through the product's own actions."""

from __future__ import annotations

from typing import Any

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.registers.areas.actions import save_place
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers.actions import (
    Belongings,
    TimeDraft,
    prepare_topics,
    publish_offer,
    save_offer,
)
from knotenpunkt.registers.offers.models import Offer, Topic
from knotenpunkt.registers.partners.actions import PhoneDraft, save_contact, save_organisation
from knotenpunkt.registers.partners.models import Level, Organisation

SYSTEM = System("test")
FREIBERG = {"postal_code": "09599", "town": "Freiberg"}
EXACT_FREIBERG = {**FREIBERG, "street": "Körnerweg 8", "latitude": 50.912, "longitude": 13.34}
DOEBELN = {"postal_code": "04720", "town": "Döbeln"}


def make_organisation(name: str = "Haus Wiesenpfad", **values: Any) -> Organisation:
    """A body."""
    return save_organisation(actor=SYSTEM, **({"level": Level.BODY, "name": name} | values))


def make_place(**values: Any) -> Place:
    """A place; in Freiberg, exactly known, unless told otherwise."""
    return save_place(actor=SYSTEM, **(values or EXACT_FREIBERG))


def make_offer(
    title: str,
    *,
    place: dict[str, Any] | None = None,
    times: list[TimeDraft] | None = None,
    topics: list[str] | None = None,
    phone: str = "030 23125 012",
    provider: Organisation | None = None,
    published: bool = True,
    **values: Any,
) -> Offer:
    """An offer with provider, contact and place; published unless told otherwise."""
    organisation = provider or make_organisation()
    contact = save_contact(
        actor=SYSTEM,
        organisation=organisation,
        name="Mira Beispiel",
        email="kontakt@example.org",
        phones=[PhoneDraft(shown=phone, dialled="+493023125012")],
        is_public=True,
    )
    offer = save_offer(
        actor=SYSTEM,
        provider=organisation,
        title=title,
        belongings=Belongings(
            contacts=[contact],
            places=[make_place(**(place or {}))],
            times=times or [],
            topics=_topics(topics or []),
        ),
        **values,
    )
    return publish_offer(actor=SYSTEM, offer=offer) if published else offer


def _topics(keys: list[str]) -> list[Topic]:
    if keys and not Topic.objects.exists():
        prepare_topics()
    return [Topic.objects.get(key=key) for key in keys]
