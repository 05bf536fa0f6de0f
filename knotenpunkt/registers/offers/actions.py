"""Writes to offers."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import Changes, assign, record, store
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers import findable
from knotenpunkt.registers.offers.danger import text_hash
from knotenpunkt.registers.offers.models import (
    Branch,
    EmergencyReview,
    Highlight,
    Offer,
    OfferAtPlace,
    OfferContact,
    OfferTopic,
    Schedule,
    Status,
    Topic,
)
from knotenpunkt.registers.offers.rules import may_add, may_edit, may_offer_for, may_publish
from knotenpunkt.registers.offers.translating.actions.keeping import replace_texts, settle_texts
from knotenpunkt.registers.offers.translating.drafts import TextDraft
from knotenpunkt.registers.offers.translating.parts import PARTS
from knotenpunkt.registers.partners.actions import hide, show
from knotenpunkt.registers.partners.models import Contact, Organisation

# A network's own topics stand behind the shipped ones.
OWN_TOPICS_FROM = 1000
SHIPPED_TOPICS = Path(__file__).parent / "data" / "topics.json"


@dataclass(frozen=True, slots=True)
class TimeDraft:
    """A time to be stored; the fields mean what they mean in `Schedule`."""

    frequency: str
    starts_at: time
    ends_at: time | None = None
    weekday: int | None = None
    nth: int | None = None
    day: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    pauses_in_school_holidays: bool = False
    pauses_on_public_holidays: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Belongings:
    """What hangs on an offer. None leaves it as it is, an empty sequence takes it away."""

    topics: Sequence[Topic] | None = None
    contacts: Sequence[Contact] | None = None
    places: Sequence[Place] | None = None
    times: Sequence[TimeDraft] | None = None
    texts: Sequence[TextDraft] | None = None


@transaction.atomic
def save_offer(
    *,
    actor: Actor,
    offer: Offer | None = None,
    belongings: Belongings | None = None,
    deed: str = "",
    **values: Any,
) -> Offer:
    """Create an offer (provider and title are needed) or change the given fields of one.

    `deed` names what is done where it is more than that, such as undoing. ValidationError, by
    field, when a value cannot be stored.
    """
    _must_keep(actor, offer, values)
    target = offer or Offer()
    if values.get("checked_on"):
        values.setdefault("silence", "")  # somebody speaks for it again
    changes = assign(target, values)
    if changes or offer is None:
        store(target, changes, "changed_at")
    linked = _replace_belongings(actor, target, belongings or Belongings(), is_new=offer is None)
    if linked:
        target.save(update_fields=["changed_at"])
    if changes.keys() & set(PARTS) and offer is not None:
        settle_texts(target)
    if changes or linked:
        deed = deed or ("offers.change" if offer else "offers.create")
        record(actor=actor, deed=deed, on=target, title=target.title, changes=changes | linked)
        findable.touch(target)
    return target


def _must_keep(actor: Actor, offer: Offer | None, values: Mapping[str, Any]) -> None:
    """Whether this actor may write this offer, for this provider, with this status."""
    allowed = may_add(actor) if offer is None else may_edit(actor, offer)
    if "provider" in values:
        allowed = allowed and may_offer_for(actor, values["provider"])
    if "status" in values:
        allowed = allowed and may_publish(actor)
    if not allowed:
        raise PermissionDenied(Right.EDIT_REGISTERS)


def publish_offer(*, actor: Actor, offer: Offer) -> Offer:
    """Let families find this offer, with its provider and those who answer for it."""
    actor.must(Right.PUBLISH)
    findable.prepare_change(offer, {})
    with transaction.atomic():
        published = _set_status(actor, offer, Status.PUBLISHED, "offers.publish")
        show_of(actor=actor, offer=offer)
    return published


@transaction.atomic
def withdraw_offer(*, actor: Actor, offer: Offer) -> Offer:
    """Take this offer out of the finder; nothing of it is lost.

    Its provider and contacts are hidden with it, unless another published offer needs them.
    """
    actor.must(Right.PUBLISH)
    withdrawn = _set_status(actor, offer, Status.WITHDRAWN, "offers.withdraw")
    hide_unneeded(actor=actor, organisations=offer.provider.lineage, contacts=_contacts(offer))
    return withdrawn


@transaction.atomic
def take_back_publishing(*, actor: Actor, offer: Offer) -> Offer:
    """Make a draft of it again, as it was before it was published."""
    actor.must(Right.PUBLISH)
    draft = _set_status(actor, offer, Status.DRAFT, "offers.take_back")
    hide_unneeded(actor=actor, organisations=offer.provider.lineage, contacts=_contacts(offer))
    return draft


def show_of(*, actor: Actor, offer: Offer) -> None:
    """Let everyone see those behind a published offer, as it is now."""
    show(actor=actor, organisations=offer.provider.lineage, contacts=_contacts(offer))


def hide_unneeded(
    *, actor: Actor, organisations: Iterable[Organisation], contacts: Iterable[Contact]
) -> None:
    """Hide those among these that stand behind no published offer any more."""
    others = Offer.objects.filter(Offer.published_when)
    hide(
        actor=actor,
        organisations=[one for one in organisations if not others.filter(_of(one)).exists()],
        contacts=[one for one in contacts if not others.filter(contacts=one).exists()],
    )


def _of(organisation: Organisation) -> Q:
    return Q(provider=organisation) | Q(provider__body=organisation)


def _contacts(offer: Offer) -> list[Contact]:
    links = offer.contact_links.select_related("contact__organisation")
    return [link.contact for link in links]


def _set_status(actor: Actor, offer: Offer, status: Status, deed: str) -> Offer:
    # What stands in the database decides, not what stood there when the offer was read.
    offer.status = (
        Offer.objects.select_for_update().values_list("status", flat=True).get(pk=offer.pk)
    )
    changes = assign(offer, {"status": status.value})
    if changes:
        store(offer, changes, "changed_at")
        record(actor=actor, deed=deed, on=offer, title=offer.title, changes=changes)
        findable.touch(offer)
    return offer


@transaction.atomic
def prepare_topics() -> int:
    """Bring the shipped taxonomy into the network at hand; its own topics stay. Repeatable."""
    known = {topic.key: topic for topic in Topic.objects.all()}
    for position, shipped in enumerate(shipped_topics()):
        topic = known.setdefault(shipped["key"], Topic(key=shipped["key"]))
        topic.parent = known[shipped["parent"]] if shipped["parent"] else None
        topic.branch, topic.words, topic.position = shipped["branch"], shipped["words"], position
        topic.names = {"de": shipped["de"], "en": shipped["en"]}
        topic.save()
    return len(known)


@transaction.atomic
def save_topic(
    *, actor: Actor, key: str, names: Mapping[str, str], parent: str = "", words: Sequence[str] = ()
) -> Topic:
    """Add a topic of the network's own, or change one; shipped ones stay as they ship.

    `names` maps languages to names (German is needed), `parent` is the key of an uppermost topic.
    ValidationError with a sentence when something is wrong.
    """
    actor.must(Right.CHANGE_NETWORK)
    if key in {shipped["key"] for shipped in shipped_topics()}:
        raise ValidationError(
            _("“%(key)s” ships with the product. Please choose another key.") % {"key": key}
        )
    above = Topic.objects.filter(key=parent, parent=None).first()
    if parent and above is None:
        raise ValidationError(_("There is no uppermost topic “%(key)s”.") % {"key": parent})
    topic = Topic.objects.filter(key=key).first() or Topic(position=OWN_TOPICS_FROM)
    values = {"key": key, "names": dict(names), "words": list(words), "parent": above,
              "branch": above.branch if above else Branch.FIELD.value}  # fmt: skip
    changes = assign(topic, values)
    store(topic, changes)
    record(actor=actor, deed="offers.save_topic", on=topic, title=names["de"], changes=changes)
    return topic


@lru_cache(maxsize=1)
def shipped_topics() -> list[dict[str, Any]]:
    """The taxonomy that ships with the product, parents before their children."""
    topics: list[dict[str, Any]] = json.loads(SHIPPED_TOPICS.read_text(encoding="utf-8"))
    return topics


def _replace_belongings(actor: Actor, offer: Offer, wanted: Belongings, *, is_new: bool) -> Changes:
    """`is_new` spares an import the questions whether a new offer has anything yet."""
    changes: Changes = {}
    if wanted.topics is not None:
        changes |= _relink(offer, OfferTopic, "topic", wanted.topics, is_new)
    if wanted.contacts is not None:
        # A contact may be a person: the audit keeps the keys of the records, and no name.
        changes |= _relink(offer, OfferContact, "contact", wanted.contacts, is_new)
    if wanted.places is not None:
        changes |= _relink(offer, OfferAtPlace, "place", wanted.places, is_new)
    if wanted.times is not None:
        changes |= _replace_times(offer, wanted.times, is_new)
    if wanted.texts is not None:
        changes |= replace_texts(offer, wanted.texts, actor=actor, is_new=is_new)
    return changes


def _relink(
    offer: Offer, link: Any, field: str, wanted: Iterable[Topic | Contact | Place], is_new: bool
) -> Changes:
    """Make the links of one kind be exactly `wanted`, in that order."""
    rows = list(dict.fromkeys(wanted))
    links = link.objects.filter(offer=offer).order_by("position").select_related(field)
    before = [] if is_new else list(links)
    if [getattr(row, f"{field}_id") for row in before] == [row.pk for row in rows]:
        return {}
    kept = {getattr(row, f"{field}_id"): row for row in before}
    for gone in kept.keys() - {row.pk for row in rows}:
        kept.pop(gone).delete()
    placed = [(position, row, kept.get(row.pk)) for position, row in enumerate(rows)]
    for position, _row, present in placed:
        if present is not None and present.position != position:
            present.position = position
            present.save(update_fields=["position"])
    link.objects.bulk_create(
        link(offer=offer, position=position, **{field: row})
        for position, row, present in placed
        if present is None
    )
    linked = (getattr(row, field) for row in before)
    return {f"{field}s": [[_noted(row) for row in linked], [_noted(row) for row in rows]]}


def _noted(row: Topic | Contact | Place) -> Any:
    """How the audit remembers what was linked, so that it can be told and taken back."""
    if isinstance(row, Topic):
        return row.key
    if isinstance(row, Place):
        return {"id": str(row.pk), "said": row.one_line}
    return str(row.pk)


def _replace_times(offer: Offer, drafts: Sequence[TimeDraft], is_new: bool) -> Changes:
    """Times that stay the same stay the same rows."""
    before = [] if is_new else list(offer.schedules.filter(at_place=None))
    fields = tuple(TimeDraft.__dataclass_fields__)
    wanted = {_values(draft, fields): draft for draft in drafts}
    present = {_values(row, fields): row for row in before}
    if wanted.keys() == present.keys() and len(before) == len(present):
        return {}
    for row in before:
        if present.get(_values(row, fields)) is not row or _values(row, fields) not in wanted:
            row.delete()
    Schedule.objects.bulk_create(
        Schedule(offer=offer, **asdict(draft))
        for key, draft in wanted.items()
        if key not in present
    )
    return {"times": [[_told(row, fields) for row in before], [asdict(d) for d in drafts]]}


def _told(row: object, fields: Iterable[str]) -> dict[str, Any]:
    return {field: getattr(row, field) for field in fields}


def _values(row: object, fields: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(getattr(row, field)) for field in fields)


def named_topics(keys: Iterable[str], known: Mapping[str, Topic]) -> list[Topic]:
    """The topics of these keys, in this order; unknown keys are left out."""
    return [known[key] for key in keys if key in known]


@transaction.atomic
def sign_emergency_texts(*, actor: Actor, language: str) -> EmergencyReview:
    """Stand behind what is said in an emergency in a language, as it is. Only a person can."""
    actor.must(Right.CHANGE_NETWORK)
    if actor.user_id is None:
        raise PermissionDenied(_("Only a person can review a text."))
    review = EmergencyReview.objects.filter(language=language).first() or EmergencyReview(
        language=language
    )
    changes = assign(review, {"text_hash": text_hash(language)})
    review.signed_by_id = actor.user_id
    review.save()
    record(
        actor=actor,
        deed="offers.sign_emergency_texts",
        on=review,
        title=language,
        changes=changes,
    )
    return review


@transaction.atomic
def set_highlights(
    *,
    actor: Actor,
    source_id: UUID,
    label: str,
    link: str,
    starts_on: date,
    ends_on: date,
    offer_ids: Collection[UUID],
) -> None:
    """Let exactly these offers stand out for a source, from the first day to the last.

    Offers that are not published are taken, too: nobody sees them before they are. Offers that are
    gone are left out. `link` is an address inside the network, such as "aktionen/sommer/".
    """
    actor.must(Right.PUBLISH)
    wanted = set(Offer.objects.filter(pk__in=offer_ids).values_list("pk", flat=True))
    known = {one.offer_id: one for one in Highlight.objects.filter(source_id=source_id)}
    for gone in known.keys() - wanted:
        known[gone].delete()
    told = {"label": label[:120], "link": link, "starts_on": starts_on, "ends_on": ends_on}
    for offer_id in wanted:
        highlight = known.get(offer_id) or Highlight(offer_id=offer_id, source_id=source_id)
        store(highlight, assign(highlight, told))


@transaction.atomic
def end_highlights(*, actor: Actor, source_id: UUID) -> None:
    """Nothing stands out for this source any more."""
    actor.must(Right.PUBLISH)
    Highlight.objects.filter(source_id=source_id).delete()
