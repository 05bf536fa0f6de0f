"""Offers that nobody confirms: they step back, then leave the finder, after it was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from knotenpunkt.activities.upkeep import messages
from knotenpunkt.activities.upkeep.actions.asking import LINK_DAYS
from knotenpunkt.activities.upkeep.models import Inquiry, Notice, Part, Rhythm
from knotenpunkt.activities.upkeep.queries.contacts import responsible_contacts
from knotenpunkt.activities.upkeep.queries.states import rhythm
from knotenpunkt.activities.upkeep.rules import greys_on, interval, leaves_on
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.registers.offers import findable
from knotenpunkt.registers.offers.actions import save_offer
from knotenpunkt.registers.offers.models import Offer, Silence
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.tools.links.actions import personal_link
from knotenpunkt.tools.mail.actions import send_mail
from knotenpunkt.tools.mail.queries import mail_is_set_up


@dataclass(frozen=True, slots=True)
class Stepped:
    """How many offers stepped back, were told of, and left."""

    grey: int = 0
    told: int = 0
    out: int = 0


@transaction.atomic
def step_back(*, actor: Actor) -> Stepped:
    """Bring all published offers to where their silence has led. Nothing while nobody asks."""
    pace, network, today = rhythm(), current_network(), timezone.localdate()
    Notice.objects.filter(offer__silence="").delete()
    if not pace.is_on:
        return Stepped()
    offers = [one for one in _silent_offers(pace) if one.silence != Silence.OUT]
    with findable.at_the_end():
        grey = [one for one in offers if _greys(actor, one, network, pace, today)]
        out = [one for one in offers if _leaves(actor, one, network, pace, today)]
    told = _tell(actor, [one for one in offers if one not in out], network, pace, today)
    return Stepped(len(grey), told, len(out))


def _silent_offers(pace: Rhythm) -> list[Offer]:
    """Published offers of organisations that were asked long enough ago without an answer."""
    before = timezone.now() - timedelta(days=pace.call_days)
    asked = Inquiry.objects.filter(
        Q(asked_at__lte=before) | Q(to_call_since__lte=before), closed_at=None
    )
    silent = Part.objects.filter(is_open=True, inquiry__in=asked).values("organisation")
    rows = Offer.objects.filter(Offer.published_when, provider__in=silent)
    return list(rows.select_related("provider__body", "provider__place", "leave_notice"))


def said_on(offer: Offer) -> date:
    """When it was confirmed last; of one that never was, the day on which it came."""
    return offer.checked_on or timezone.localdate(offer.created_at)


def _greys(actor: Actor, offer: Offer, network: Network, pace: Rhythm, today: date) -> bool:
    day = greys_on(said_on(offer), interval(offer.provider, network), pace)
    if offer.silence or today < day:
        return False
    save_offer(actor=actor, offer=offer, deed="offers.grey", silence=Silence.GREY.value)
    return True


def _leaves(actor: Actor, offer: Offer, network: Network, pace: Rhythm, today: date) -> bool:
    """Never without a notice, however long it was silent before."""
    day = leaves_on(said_on(offer), interval(offer.provider, network), pace)
    notice = _notice(offer)
    if today < day or notice is None or today < notice.on + timedelta(days=pace.notice_days):
        return False
    save_offer(actor=actor, offer=offer, deed="offers.leave_finder", silence=Silence.OUT.value)
    return True


def _notice(offer: Offer) -> Notice | None:
    found: Notice | None = getattr(offer, "leave_notice", None)
    return found


def _tell(
    actor: Actor, offers: Iterable[Offer], network: Network, pace: Rhythm, today: date
) -> int:
    """One mail for all offers of one person that leave soon."""
    soon = [
        one
        for one in offers
        if one.silence == Silence.GREY
        and _notice(one) is None
        and leaves_on(said_on(one), interval(one.provider, network), pace)
        <= today + timedelta(days=pace.notice_days)
    ]
    asked = responsible_contacts([one.provider for one in soon])
    groups: dict[Contact | None, list[Offer]] = defaultdict(list)
    for one in soon:
        groups[asked[one.provider_id]].append(one)
    for contact, members in groups.items():
        _notify(actor, network, contact, members, today + timedelta(days=pace.notice_days))
    return len(soon)


def _notify(
    actor: Actor, network: Network, contact: Contact | None, offers: Sequence[Offer], day: date
) -> None:
    by_mail = contact is not None and bool(contact.email) and mail_is_set_up()
    for one in offers:
        Notice(offer=one, on=timezone.localdate(), by_mail=by_mail).save(force_insert=True)
        record(actor=actor, deed="upkeep.notice", on=one, title=one.title)
    if contact is None or not by_mail:
        return
    with translation.override(settings.LANGUAGE_CODE):
        link = personal_link(actor=actor, holder=contact.pk, days=LINK_DAYS)
        letter = messages.leaving(network, contact, offers, link=link, day=day)
        send_mail(
            actor=actor, to=contact.email, subject=letter.subject, text=letter.text,
            title=_("Offers leave the finder soon"), about=contact.pk, name=contact.name,
            key=f"upkeep leaving {contact.pk} {timezone.localdate()}",
        )  # fmt: skip
