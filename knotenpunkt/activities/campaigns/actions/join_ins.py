"""Reports of join-ins: what partners tell, and what they change in it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.actions.join_in_pictures import (
    Picture,
    copy_picture,
    drop,
    files_of,
    kept,
    remove_change,
)
from knotenpunkt.activities.campaigns.messages import join_ins as letters
from knotenpunkt.activities.campaigns.models import AimedAt, Campaign, JoinIn, JoinInState
from knotenpunkt.activities.campaigns.queries.join_ins import change_of
from knotenpunkt.activities.campaigns.rules.deadlines import takes_join_ins
from knotenpunkt.activities.campaigns.rules.join_ins import PUBLIC_FIELDS, is_within, may_be_changed
from knotenpunkt.activities.mailings.actions.answers import note_answer
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import Changes, assign, record, store
from knotenpunkt.registers.areas.actions import save_place
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.partners.models import Contact, Organisation


class Closed(Exception):
    """Reports are no longer taken, or not yet."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where it is, as somebody typed it."""

    venue: str = ""
    street: str = ""
    postal_code: str = ""
    town: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinInDraft:
    """What is reported. `picture` is a new one; without it the one that is there stays, unless
    `drops_picture`."""

    title: str
    starts_at: datetime
    ends_at: datetime | None = None
    description: str = ""
    place: Place | Address | None = None
    aimed_at: str = AimedAt.EVERYBODY
    for_whom: str = ""
    is_open: bool = True
    entry: str = ""
    website: str = ""
    picture: Picture | None = None
    picture_alt: str = ""
    picture_credit: str = ""
    has_rights: bool = False
    drops_picture: bool = False


SET_APART = {"place", "picture", "drops_picture"}


@transaction.atomic
def report_join_in(
    *,
    actor: Actor,
    campaign: Campaign,
    draft: JoinInDraft,
    key: str,
    contact: Contact | None = None,
    organisation: Organisation | None = None,
    by_partner: bool = False,
    like: JoinIn | None = None,
) -> JoinIn:
    """Take up what a partner reports; the same key a second time is the same join-in.

    By a partner: `Closed` outside the time for it, ValidationError, by field, outside the period.
    `like` is another one whose picture is taken along.
    """
    actor.must(Right.RUN_CAMPAIGNS)
    known: JoinIn | None = JoinIn.objects.filter(campaign=campaign, key=key).first()
    if known is not None:
        return known
    if by_partner:
        _refuse_too_late_or_outside(campaign, draft)
    house = organisation or (contact.organisation if contact else None)
    join_in = JoinIn(campaign=campaign, contact=contact, organisation=house, key=key)
    if like is not None and draft.picture is None and not draft.drops_picture:
        copy_picture(like, join_in)
    return _reported(actor, join_in, draft)


def _refuse_too_late_or_outside(campaign: Campaign, draft: JoinInDraft) -> None:
    if not takes_join_ins(campaign, timezone.now()):
        raise Closed
    refuse_outside(campaign, draft)


def _reported(actor: Actor, join_in: JoinIn, draft: JoinInDraft) -> JoinIn:
    changes = _assign(actor, join_in, draft)
    try:
        with transaction.atomic():
            store(join_in, changes)
    except IntegrityError:  # sent twice at the same moment
        first: JoinIn = JoinIn.objects.get(campaign=join_in.campaign, key=join_in.key)
        return first
    _record(actor, join_in, "campaigns.report_join_in")
    if join_in.contact_id is not None:
        note_answer(contact_id=join_in.contact_id, about=join_in.campaign_id)
    return join_in


def refuse_outside(campaign: Campaign, draft: JoinInDraft) -> None:
    """ValidationError where it would not happen during the campaign."""
    if not is_within(campaign, draft.starts_at, draft.ends_at):
        raise ValidationError({"day": letters.outside(campaign)})


@transaction.atomic
def change_join_in(
    *, actor: Actor, join_in: JoinIn, draft: JoinInDraft, key: str = "", by_partner: bool = False
) -> JoinIn:
    """Change one, and return the row that holds the change.

    What a partner changes in one that is shown waits in a row of its own; the page stays as it is.
    """
    actor.must(Right.RUN_CAMPAIGNS)
    if by_partner:
        if not may_be_changed(join_in, timezone.now()):
            raise Closed
        refuse_outside(join_in.campaign, draft)
        if join_in.state == JoinInState.APPROVED:
            return _propose(actor, join_in, draft, key)
        join_in.state = JoinInState.REPORTED
    former = files_of(join_in)
    changes = _assign(actor, join_in, draft)
    store(join_in, changes, "state", "changed_at")
    drop(former - files_of(join_in))
    _record(actor, join_in, "campaigns.change_join_in", changes)
    return join_in


def _propose(actor: Actor, join_in: JoinIn, draft: JoinInDraft, key: str) -> JoinIn:
    """Beside what is shown, what shall be shown; nothing, when that is the same."""
    waiting = change_of(join_in) or _as_it_is(join_in, key)
    former = files_of(waiting)
    is_new = waiting._state.adding
    _assign(actor, waiting, draft)
    if _says_the_same(join_in, waiting):
        if not is_new:
            _record(actor, waiting, "campaigns.take_back_change_of_join_in")
        remove_change(waiting, join_in)
        return join_in
    waiting.state = JoinInState.REPORTED
    waiting.save()
    drop(former - files_of(waiting) - files_of(join_in))
    if is_new:
        _record(actor, join_in, "campaigns.propose_join_in")
    return waiting


def _as_it_is(join_in: JoinIn, key: str) -> JoinIn:
    told = {name: getattr(join_in, name) for name in PUBLIC_FIELDS}
    return JoinIn(
        campaign=join_in.campaign,
        organisation_id=join_in.organisation_id,
        contact_id=join_in.contact_id,
        replaces=join_in,
        key=key or f"change {join_in.pk}",
        **told,
    )


def _says_the_same(one: JoinIn, other: JoinIn) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in PUBLIC_FIELDS)


def _assign(actor: Actor, join_in: JoinIn, draft: JoinInDraft) -> Changes:
    if draft.ends_at is not None and draft.ends_at < draft.starts_at:
        raise ValidationError({"ends": _("It would end before it begins.")})
    told: dict[str, Any] = {
        one.name: getattr(draft, one.name) for one in fields(draft) if one.name not in SET_APART
    }
    told["place"] = _place(actor, draft.place)
    told |= _picture(join_in, draft)
    if not told.get("picture", join_in.picture_id):
        told |= {"picture_alt": "", "picture_credit": "", "has_rights": False}
    return assign(join_in, told)


def _place(actor: Actor, wanted: Place | Address | None) -> Place | None:
    """A place of the same address, if there is one: a house is not written down twice."""
    if not isinstance(wanted, Address):
        return wanted
    told = {one.name: getattr(wanted, one.name).strip() for one in fields(wanted)}
    if not any(told.values()):
        return None
    known: Place | None = Place.objects.filter(**told).first()
    return known or save_place(actor=actor, **told)


def _picture(join_in: JoinIn, draft: JoinInDraft) -> dict[str, Any]:
    if draft.picture is not None:
        return {
            "picture": kept(draft.picture.large.content),
            "small_picture": kept(draft.picture.small.content),
        }
    return {"picture": None, "small_picture": None} if draft.drops_picture else {}


def _record(actor: Actor, join_in: JoinIn, deed: str, changes: Changes | None = None) -> None:
    record(actor=actor, deed=deed, on=join_in, title=join_in.title, changes=changes or {})
