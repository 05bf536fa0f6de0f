"""The deeds that can be done to many offers at once."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.offers.actions import (
    Belongings,
    publish_offer,
    save_offer,
    take_back_publishing,
    withdraw_offer,
)
from knotenpunkt.registers.offers.models import Offer, OfferTopic, Status, Topic
from knotenpunkt.tools.lists.bulk import BulkKind

PUBLISH, WITHDRAW, CHECKED = "veroeffentlichen", "zurueckziehen", "geprueft"
ADD_TOPIC, REMOVE_TOPIC = "thema-dazu", "thema-weg"
# These ask which topic is meant.
WITH_TOPIC = (ADD_TOPIC, REMOVE_TOPIC)
UNDO = "offers.undo"


def _status(offer: Offer) -> str:
    return str(offer.status)


def _restore_status(actor: Actor, offer: Offer, before: str) -> None:
    deeds = {
        Status.DRAFT: take_back_publishing,
        Status.PUBLISHED: publish_offer,
        Status.WITHDRAWN: withdraw_offer,
    }
    deeds[Status(before)](actor=actor, offer=offer)


def _publish(actor: Actor, offer: Offer, _argument: str) -> None:
    publish_offer(actor=actor, offer=offer)


def _published_already(offer: Offer, _argument: str) -> str:
    return _("is published already") if offer.is_published else ""


def _withdraw(actor: Actor, offer: Offer, _argument: str) -> None:
    withdraw_offer(actor=actor, offer=offer)


def _not_published(offer: Offer, _argument: str) -> str:
    if offer.status == Status.DRAFT:
        return _("is a draft: families do not see it anyway")
    return _("is withdrawn already") if offer.status == Status.WITHDRAWN else ""


def _checked_on(offer: Offer) -> str | None:
    return offer.checked_on.isoformat() if offer.checked_on else None


def _check(actor: Actor, offer: Offer, _argument: str) -> None:
    save_offer(actor=actor, offer=offer, checked_on=timezone.localdate())


def _checked_today(offer: Offer, _argument: str) -> str:
    return (
        _("carries the date of today already") if offer.checked_on == timezone.localdate() else ""
    )


def _restore_checked(actor: Actor, offer: Offer, before: str | None) -> None:
    day = date.fromisoformat(before) if before else None
    save_offer(actor=actor, offer=offer, deed=UNDO, checked_on=day)


def _topics(offer: Offer) -> list[str]:
    """Keys in their order, as they are now."""
    links = OfferTopic.objects.filter(offer=offer).order_by("position")
    return list(links.values_list("topic__key", flat=True))


def _add_topic(actor: Actor, offer: Offer, key: str) -> None:
    _set_topics(actor, offer, [*_topics(offer), key])


def _has_topic(offer: Offer, key: str) -> str:
    return _("has the topic already") if key in _shown_topics(offer) else ""


def _remove_topic(actor: Actor, offer: Offer, key: str) -> None:
    _set_topics(actor, offer, [one for one in _topics(offer) if one != key])


def _lacks_topic(offer: Offer, key: str) -> str:
    topics = _shown_topics(offer)
    if key not in topics:
        return _("does not have the topic")
    return _("has no other topic, families would not find it by topic") if topics == [key] else ""


def _restore_topics(actor: Actor, offer: Offer, before: list[str]) -> None:
    _set_topics(actor, offer, before, deed=UNDO)


def _set_topics(actor: Actor, offer: Offer, keys: list[str], deed: str = "") -> None:
    known = {topic.key: topic for topic in Topic.objects.filter(key__in=keys)}
    topics = [known[key] for key in keys if key in known]
    save_offer(actor=actor, offer=offer, belongings=Belongings(topics=topics), deed=deed)


def _shown_topics(offer: Offer) -> list[str]:
    """As they were read together with the offers."""
    return [link.topic.key for link in offer.topic_links.all()]


KINDS = {
    kind.key: kind
    for kind in (
        BulkKind(PUBLISH, _published_already, _status, _publish, _restore_status),
        BulkKind(WITHDRAW, _not_published, _status, _withdraw, _restore_status),
        BulkKind(CHECKED, _checked_today, _checked_on, _check, _restore_checked),
        BulkKind(ADD_TOPIC, _has_topic, _topics, _add_topic, _restore_topics),
        BulkKind(REMOVE_TOPIC, _lacks_topic, _topics, _remove_topic, _restore_topics),
    )
}
