"""Writing what a form says: an offer with its provider, places and contacts, in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.versions import ChangedMeanwhile, fingerprint, own_changes
from knotenpunkt.registers.areas.actions import save_place
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers import findable, rules
from knotenpunkt.registers.offers.actions import (
    Belongings,
    TimeDraft,
    hide_unneeded,
    publish_offer,
    save_offer,
    show_of,
    take_back_publishing,
    withdraw_offer,
)
from knotenpunkt.registers.offers.editing.drafts import (
    ContactDraft,
    OfferDraft,
    PlaceDraft,
    ProviderDraft,
)
from knotenpunkt.registers.offers.editing.resets import Plan, audit_state
from knotenpunkt.registers.offers.editing.states import (
    PLAIN,
    day_of,
    draft_state,
    offer_state,
    repeating,
    time_draft,
    time_values,
)
from knotenpunkt.registers.offers.models import Offer, Status, Topic
from knotenpunkt.registers.offers.queries import get_offer
from knotenpunkt.registers.offers.translating.actions.keeping import FIELD, with_texts
from knotenpunkt.registers.offers.translating.drafts import TextDraft, text_draft
from knotenpunkt.registers.partners.actions import save_contact, save_organisation
from knotenpunkt.registers.partners.models import Contact, Level, Organisation
from knotenpunkt.registers.partners.queries import name_key
from knotenpunkt.registers.partners.rules import must_propose

TITLE_LENGTH = 300
# What holds for one run of a course and not for the next.
NOT_COPIED = frozenset({"free_places", "waiting_time"})


def keep_offer(*, actor: Actor, draft: OfferDraft, offer: Offer | None = None) -> Offer:
    """Store what a form says. Of an offer that exists only what the person changed is written.

    ChangedMeanwhile when somebody else changed the same since, ValidationError by field when a
    value cannot be stored.
    """
    if offer is not None and offer.is_published:
        topics = sorted(draft.topics, key=lambda topic: (topic.position, topic.key))
        findable.prepare_change(offer, draft.values, topics)
    return _keep(actor, draft, offer)


@transaction.atomic
def _keep(actor: Actor, draft: OfferDraft, offer: Offer | None) -> Offer:
    if offer is None:
        return _write(actor, draft, None, set(draft_state(draft)))
    # The lock is held until the end: nobody comes between looking and writing.
    Offer.objects.select_for_update().only("pk").get(pk=offer.pk)
    current = get_offer(actor, offer.pk)
    changed = own_changes(draft_state(draft), offer_state(current), draft.seen)
    return _write(actor, draft, current, changed)


def _write(actor: Actor, draft: OfferDraft, offer: Offer | None, changed: set[str]) -> Offer:
    values = {name: draft.values[name] for name in PLAIN if name in changed}
    provider = offer.provider if offer else None
    before = _behind(offer) if offer else None
    if provider is None or "provider" in changed:
        provider = values["provider"] = _provider(actor, draft.provider)
    if draft.checked_today:
        values["checked_on"] = timezone.localdate()
    belongings = Belongings(
        topics=draft.topics if "topics" in changed else None,
        contacts=_contacts(actor, draft.contacts, provider) if "contacts" in changed else None,
        places=_places(actor, draft.places, offer) if "places" in changed else None,
        times=draft.times if "times" in changed else None,
    )
    saved = save_offer(actor=actor, offer=offer, belongings=belongings, **values)
    if saved.is_published and before is not None:
        _keep_visible(actor, saved, before)
    return saved


@dataclass(frozen=True, slots=True)
class _Behind:
    """Who stood behind an offer: they may not be needed any more."""

    organisations: list[Organisation]
    contacts: list[Contact]


def _behind(offer: Offer) -> _Behind:
    return _Behind(offer.provider.lineage, [link.contact for link in offer.contact_links.all()])


def _keep_visible(actor: Actor, offer: Offer, before: _Behind) -> None:
    """Who stands behind a published offer is seen; who no longer does is hidden if unneeded."""
    fresh = get_offer(actor, offer.pk)
    show_of(actor=actor, offer=fresh)
    hide_unneeded(actor=actor, organisations=before.organisations, contacts=before.contacts)
    findable.touch(fresh)


def _provider(actor: Actor, draft: ProviderDraft) -> Organisation:
    if draft.known is not None:
        return draft.known
    if not draft.body:
        return save_organisation(
            actor=actor, level=Level.BODY.value, name=draft.name, kind=draft.kind
        )
    return save_organisation(
        actor=actor,
        level=Level.FACILITY.value,
        name=draft.name,
        kind=draft.kind,
        body=_body(actor, draft.body),
    )


def _body(actor: Actor, name: str) -> Organisation:
    """Bodies are shared by their names."""
    known = Organisation.objects.filter(level=Level.BODY, name_key=name_key(name)).first()
    return known or save_organisation(actor=actor, level=Level.BODY.value, name=name)


def _contacts(
    actor: Actor, drafts: Sequence[ContactDraft], provider: Organisation
) -> list[Contact]:
    return [_contact(actor, draft, provider) for draft in drafts]


def _contact(actor: Actor, draft: ContactDraft, provider: Organisation) -> Contact:
    values = {"name": draft.name, "function": draft.function, "email": draft.email}
    known = draft.known
    if known is not None:
        if draft.phones is None and _says_the_same(known, values):
            return known
        _refuse_unasked(actor, known)
    return save_contact(
        actor=actor,
        organisation=known.organisation if known else provider,
        contact=known,
        phones=draft.phones,
        **values,
    )


def _refuse_unasked(actor: Actor, contact: Contact) -> None:
    """A draft is no way around: a contact that others read changes after approval."""
    if must_propose(actor, contact):
        raise ValidationError({"contacts": _(
            "Families see “%(name)s” already, and your network looks at changes first. Please "
            "leave this contact as it is here, and propose the change at your organisation."
        ) % {"name": contact}})  # fmt: skip


def _says_the_same(record: Any, values: Mapping[str, Any]) -> bool:
    return all(getattr(record, name) == value for name, value in values.items())


def _places(actor: Actor, drafts: Sequence[PlaceDraft], offer: Offer | None) -> list[Place]:
    return [_place(actor, draft, offer) for draft in drafts]


def _place(actor: Actor, draft: PlaceDraft, offer: Offer | None) -> Place:
    """A house says the same for everyone in it; another address is another place.

    Only a place that nobody else uses moves itself.
    """
    known = draft.known
    if known is None:
        return _new_place(actor, draft)
    same_address = _says_the_same(known, draft.address)
    if same_address and _says_the_same(known, draft.house):
        return known
    shared = _is_shared(known, offer)
    if shared and (not same_address or not actor.may(Right.EDIT_REGISTERS)):
        return _new_place(actor, draft)
    changed: dict[str, Any] = {**({} if same_address else draft.address), **draft.house}
    place = save_place(actor=actor, place=known, **changed)
    for other in Offer.objects.filter(at_places__place=place):
        findable.touch(other)
    return place


def _new_place(actor: Actor, draft: PlaceDraft) -> Place:
    values: dict[str, Any] = {**draft.address, **draft.house}
    return save_place(actor=actor, **values)


def _is_shared(place: Place, offer: Offer | None) -> bool:
    others = place.offers_here.exclude(offer=offer) if offer else place.offers_here.all()
    return bool(others.exists() or place.organisations.exists())


@transaction.atomic
def duplicate_offer(*, actor: Actor, offer: Offer) -> Offer:
    """A draft that says the same: texts, topics, places, times and contacts; no pictures."""
    title = _("Copy of %(title)s") % {"title": offer.title}
    values = {name: getattr(offer, name) for name in PLAIN if name not in NOT_COPIED}
    return save_offer(
        actor=actor,
        provider=offer.provider,
        belongings=Belongings(
            topics=[link.topic for link in offer.topic_links.all()],
            contacts=[link.contact for link in offer.contact_links.all()],
            places=[link.place for link in offer.at_places.all()],
            times=[time_draft(row) for row in repeating(offer)],
            texts=[text_draft(row) for row in offer.texts.all()],
        ),
        deed="offers.duplicate",
        **values | {"title": title[:TITLE_LENGTH]},
    )


@transaction.atomic
def take_back(
    *, actor: Actor, offer: Offer, plan: Plan, also: Sequence[str] = (), deed: str
) -> Offer:
    """Bring fields back to what they said before; conflicts only where `also` names them.

    ChangedMeanwhile when somebody saved since the plan was shown; PermissionDenied for a provider
    whose changes of a published offer wait for approval.
    """
    Offer.objects.select_for_update().only("pk").get(pk=offer.pk)
    current = get_offer(actor, offer.pk)
    if rules.must_propose(actor, current):
        raise PermissionDenied(Right.EDIT_REGISTERS)
    if fingerprint(audit_state(current)) != plan.mark:
        raise ChangedMeanwhile([])
    back = plan.chosen(also)
    status = back.pop("status", None)
    before = _behind(current)
    saved = _bring_back(actor, current, back, deed) if back else current
    if status is not None:
        STEPS[status](actor=actor, offer=saved)
    if saved.is_published:
        _keep_visible(actor, saved, before)
    return saved


# How a state is reached again.
STEPS = {
    Status.PUBLISHED.value: publish_offer,
    Status.WITHDRAWN.value: withdraw_offer,
    Status.DRAFT.value: take_back_publishing,
}


def _bring_back(actor: Actor, offer: Offer, back: Mapping[str, Any], deed: str) -> Offer:
    values = {name: back[name] for name in PLAIN if name in back}
    if "checked_on" in back:
        values["checked_on"] = day_of(back["checked_on"])
    if "provider" in back:
        values["provider"] = Organisation.objects.get(pk=back["provider"])
    return save_offer(
        actor=actor, offer=offer, belongings=_former(offer, back), deed=deed, **values
    )


def _former(offer: Offer, back: Mapping[str, Any]) -> Belongings:
    """What hung on an offer, as far as it is still there."""
    return Belongings(
        topics=_still_there(Topic, "key", back["topics"]) if "topics" in back else None,
        contacts=_still_there(Contact, "pk", back["contacts"]) if "contacts" in back else None,
        places=_still_there(Place, "pk", [one["id"] for one in back["places"]])
        if "places" in back
        else None,
        times=[TimeDraft(**time_values(one)) for one in back["times"]] if "times" in back else None,
        texts=_former_texts(offer, back),
    )


def _former_texts(offer: Offer, back: Mapping[str, Any]) -> list[TextDraft] | None:
    """Whole, as older entries of the audit have them, or language by language."""
    whole = [TextDraft(**one) for one in back["texts"]] if "texts" in back else None
    told = {name.removeprefix(FIELD): one for name, one in back.items() if name.startswith(FIELD)}
    if not told:
        return whole
    changed = {language: TextDraft(**one) if one else None for language, one in told.items()}
    return with_texts(offer, changed)


def _still_there(model: Any, key: str, wanted: Sequence[str]) -> list[Any]:
    found = {str(getattr(row, key)): row for row in model.objects.filter(**{f"{key}__in": wanted})}
    return [found[one] for one in wanted if one in found]
