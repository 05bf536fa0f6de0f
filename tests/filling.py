"""Fills a network of a real installation, through the product's own actions.

    python -m tests.filling SLUG COUNT PREFIX

Runs as a process of that installation. Prints the id of each offer as soon as it is published.
"""

from __future__ import annotations

import os
import sys
from datetime import date, time


def fill(slug: str, count: int, prefix: str) -> list[str]:
    """Publish `count` offers, each with everything that can hang on one; returns their ids."""
    from knotenpunkt.foundation.accounts.actions import add_member
    from knotenpunkt.foundation.accounts.actors import System
    from knotenpunkt.foundation.accounts.rights import Role
    from knotenpunkt.foundation.networks.models import Network
    from knotenpunkt.foundation.networks.scope import in_network

    with in_network(Network.objects.get(slug=slug)):
        add_member(
            actor=System("filling"),
            email=f"{prefix.lower()}@example.org",
            name=f"Person {prefix}",
            role=Role.COORDINATOR,
            password="a-long-test-password",
        )
        house = _house(prefix)
    return [_published(slug, house, f"{prefix} {number}") for number in range(1, count + 1)]


def _house(prefix: str) -> dict[str, object]:
    """An organisation with a place and a contact, as the values that its offers need."""
    from knotenpunkt.foundation.accounts.actors import System
    from knotenpunkt.registers.areas.actions import save_place
    from knotenpunkt.registers.partners.actions import PhoneDraft, save_contact, save_organisation
    from knotenpunkt.registers.partners.models import Level

    actor = System("filling")
    place = save_place(actor=actor, street="Testweg 1", postal_code="09599", town="Freiberg")
    provider = save_organisation(actor=actor, level=Level.BODY, name=f"Haus {prefix}", place=place)
    contact = save_contact(
        actor=actor,
        organisation=provider,
        name=f"Frau {prefix}",
        email=f"haus.{prefix.lower()}@example.org",
        phones=[PhoneDraft(shown="030 23125 900", dialled="+493023125900")],
        is_public=True,
    )
    return {"provider": provider, "place": place, "contact": contact}


def _published(slug: str, house: dict[str, object], title: str) -> str:
    """One offer, in a transaction of its own, as a person at the desk would save it."""
    from knotenpunkt.foundation.accounts.actors import System
    from knotenpunkt.foundation.networks.models import Network
    from knotenpunkt.foundation.networks.scope import in_network
    from knotenpunkt.registers.offers.actions import (
        Belongings,
        TimeDraft,
        publish_offer,
        save_offer,
    )
    from knotenpunkt.registers.offers.models import Topic
    from knotenpunkt.registers.offers.translating.drafts import TextDraft

    actor = System("filling")
    with in_network(Network.objects.get(slug=slug)):
        offer = save_offer(
            actor=actor,
            provider=house["provider"],
            title=title,
            summary="Krabbelgruppe für Eltern mit Kindern im ersten Jahr.",
            kind="group",
            languages=["de", "en"],
            checked_on=date(2026, 1, 2),
            belongings=Belongings(
                topics=list(Topic.objects.all()[:1]),
                contacts=[house["contact"]],
                places=[house["place"]],
                times=[TimeDraft(frequency="weekly", weekday=1, starts_at=time(9, 30))],
                texts=[TextDraft(language="de-x-leicht", description="Spielen mit Ihrem Baby.")],
            ),
        )
        publish_offer(actor=actor, offer=offer)
    return str(offer.pk)


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()
    sys.stdout.write("\n".join(fill(sys.argv[1], int(sys.argv[2]), sys.argv[3])) + "\n")
