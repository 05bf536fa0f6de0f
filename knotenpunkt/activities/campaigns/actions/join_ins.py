"""Writes of join-ins: report, change, approve, ask back, refuse, withdraw, look back."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.messages import join_ins as letters
from knotenpunkt.activities.campaigns.models import (
    AimedAt,
    Campaign,
    CampaignFile,
    FileUse,
    JoinIn,
    JoinInState,
    Order,
    OrderState,
)
from knotenpunkt.activities.campaigns.rules.deadlines import takes_join_ins
from knotenpunkt.activities.campaigns.rules.join_ins import PUBLIC_FIELDS, is_within, may_be_changed
from knotenpunkt.activities.mailings.actions.answers import note_answer
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import Changes, assign, record, store
from knotenpunkt.registers.areas.actions import save_place
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.partners.actions import take_part
from knotenpunkt.registers.partners.actions.facts import no_part
from knotenpunkt.registers.partners.models import Contact, Organisation, Person
from knotenpunkt.tools.files.actions import drop_file, keep_file
from knotenpunkt.tools.files.models import StoredFile
from knotenpunkt.tools.files.pictures import Rendering
from knotenpunkt.tools.files.queries import content_of
from knotenpunkt.tools.links.actions import personal_link
from knotenpunkt.tools.mail.actions import send_mail
from knotenpunkt.tools.mail.queries import mail_is_set_up

WEBP = "image/webp"
KIND = "campaign"
FILES = ("picture", "small_picture", "lookback", "small_lookback")


class Closed(Exception):
    """Reports are no longer taken, or not yet."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where it is, as somebody typed it."""

    venue: str = ""
    street: str = ""
    postal_code: str = ""
    town: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in its two widths."""

    large: Rendering
    small: Rendering


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
        if not takes_join_ins(campaign, timezone.now()):
            raise Closed
        refuse_outside(campaign, draft)
    house = organisation or (contact.organisation if contact else None)
    join_in = JoinIn(campaign=campaign, contact=contact, organisation=house, key=key)
    if like is not None and draft.picture is None and not draft.drops_picture:
        _copy_picture(like, join_in)
    changes = _assign(actor, join_in, draft)
    try:
        with transaction.atomic():
            store(join_in, changes)
    except IntegrityError:  # sent twice at the same moment
        first: JoinIn = JoinIn.objects.get(campaign=campaign, key=key)
        return first
    _record(actor, join_in, "campaigns.report_join_in")
    if contact is not None:
        note_answer(contact_id=contact.pk, about=campaign.pk)
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
    former = _files_of(join_in)
    changes = _assign(actor, join_in, draft)
    store(join_in, changes, "state", "changed_at")
    _drop(former - _files_of(join_in))
    _record(actor, join_in, "campaigns.change_join_in", changes)
    return join_in


def _propose(actor: Actor, join_in: JoinIn, draft: JoinInDraft, key: str) -> JoinIn:
    """Beside what is shown, what shall be shown; nothing, when that is the same."""
    waiting = change_of(join_in) or _as_it_is(join_in, key)
    former = _files_of(waiting)
    is_new = waiting._state.adding
    _assign(actor, waiting, draft)
    if _says_the_same(join_in, waiting):
        _remove(waiting)
        return join_in
    waiting.state = JoinInState.REPORTED
    waiting.save()
    _drop(former - _files_of(waiting) - _files_of(join_in))
    if is_new:
        _record(actor, join_in, "campaigns.propose_join_in")
    return waiting


def change_of(join_in: JoinIn) -> JoinIn | None:
    """What waits to replace it."""
    found: JoinIn | None = JoinIn.objects.filter(replaces=join_in).first()
    return found


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
    told["place"] = _place(actor, join_in, draft.place)
    told |= _picture(join_in, draft)
    if not told.get("picture", join_in.picture_id):
        told |= {"picture_alt": "", "picture_credit": "", "has_rights": False}
    return assign(join_in, told)


def _place(actor: Actor, join_in: JoinIn, wanted: Place | Address | None) -> Place | None:
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
            "picture": _kept(draft.picture.large.content),
            "small_picture": _kept(draft.picture.small.content),
        }
    return {"picture": None, "small_picture": None} if draft.drops_picture else {}


def _copy_picture(source: JoinIn, target: JoinIn) -> None:
    """Files of its own, because either may be deleted alone."""
    if source.picture_id and source.small_picture_id:
        target.picture = _kept(content_of(source.picture_id))
        target.small_picture = _kept(content_of(source.small_picture_id))


def _kept(content: bytes) -> StoredFile:
    return keep_file(name="bild.webp", content_type=WEBP, content=content)


@transaction.atomic
def approve(*, actor: Actor, join_in: JoinIn, answer: str = "") -> JoinIn:
    """Show it to everybody, or take over what a partner changed; whoever reported it is told."""
    actor.must(Right.RUN_CAMPAIGNS)
    if _is_decided(join_in, JoinInState.APPROVED):
        return join_in
    shown = _taken_over(join_in) if join_in.replaces_id else join_in
    shown.state = JoinInState.APPROVED
    shown.answer, shown.decided_at = answer, timezone.now()
    shown.save()
    _take_part(actor, shown)
    _record(actor, shown, "campaigns.approve_join_in")
    _tell(actor, shown, letters.approved(shown, answer), f"approved {shown.decided_at}")
    return shown


def _is_decided(join_in: JoinIn, state: JoinInState) -> bool:
    """Whether somebody decided so a moment ago; of two who press at once the second one waits."""
    rows = JoinIn.objects.select_for_update().filter(pk=join_in.pk, replaces=None)
    is_so: bool = rows.values_list("state", flat=True).first() == state
    if is_so:
        join_in.refresh_from_db()
    return is_so


def _taken_over(change: JoinIn) -> JoinIn:
    """The row that is shown, saying what the change says; the change goes."""
    shown: JoinIn = JoinIn.objects.select_for_update().get(pk=change.replaces_id)
    former = _files_of(shown)
    for name in PUBLIC_FIELDS:
        setattr(shown, name, getattr(change, name))
    change.delete()
    shown.save()
    _drop(former - _files_of(shown))
    return shown


@transaction.atomic
def ask_back(*, actor: Actor, join_in: JoinIn, question: str) -> JoinIn:
    """Something is not clear: the question goes by mail and stands on the personal page."""
    actor.must(Right.RUN_CAMPAIGNS)
    _need(question)
    join_in.answer, join_in.decided_at = question, timezone.now()
    join_in.save(update_fields=["answer", "decided_at", "changed_at"])
    _record(actor, join_in, "campaigns.ask_about_join_in")
    contact = join_in.contact
    link = personal_link(actor=actor, holder=contact.pk) if contact else ""
    _tell(actor, join_in, letters.asked(join_in, question, link), f"asked {join_in.decided_at}")
    return join_in


@transaction.atomic
def refuse(*, actor: Actor, join_in: JoinIn, answer: str) -> JoinIn:
    """Do not show it, and say why. A change is dropped; what it should replace stays."""
    actor.must(Right.RUN_CAMPAIGNS)
    _need(answer)
    if _is_decided(join_in, JoinInState.REFUSED):
        return join_in
    letter = letters.refused(join_in, answer)
    stays = join_in.replaces
    if stays is not None:
        _remove(join_in, keep=_files_of(stays))
        stays.answer = answer
        stays.save(update_fields=["answer", "changed_at"])
    else:
        join_in.state, join_in.answer = JoinInState.REFUSED, answer
        join_in.decided_at = timezone.now()
        join_in.save()
        _no_part(actor, join_in)
    told = stays or join_in
    _record(actor, told, "campaigns.refuse_join_in")
    _tell(actor, told, letter, f"refused {timezone.now()}")
    return told


def _need(answer: str) -> None:
    if not answer.strip():
        raise ValidationError({"answer": _("Please write in a sentence why: it is sent by mail.")})


@transaction.atomic
def withdraw(*, actor: Actor, join_in: JoinIn) -> JoinIn:
    """It does not take place; a change that waits goes with it. Taking a change back keeps the
    rest."""
    actor.must(Right.RUN_CAMPAIGNS)
    if join_in.replaces is not None:
        stays = join_in.replaces
        _remove(join_in, keep=_files_of(stays))
        _record(actor, stays, "campaigns.take_back_change_of_join_in")
        return stays
    if (change := change_of(join_in)) is not None:
        _remove(change, keep=_files_of(join_in))
    join_in.state = JoinInState.WITHDRAWN
    join_in.save(update_fields=["state", "changed_at"])
    _no_part(actor, join_in)
    _record(actor, join_in, "campaigns.withdraw_join_in")
    return join_in


@transaction.atomic
def undo(*, actor: Actor, join_in: JoinIn) -> JoinIn:
    """As if nobody had decided: it waits again and is not shown."""
    actor.must(Right.RUN_CAMPAIGNS)
    join_in.state, join_in.decided_at = JoinInState.REPORTED, None
    join_in.save(update_fields=["state", "decided_at", "changed_at"])
    _no_part(actor, join_in)
    _record(actor, join_in, "campaigns.undo_join_in")
    return join_in


@transaction.atomic
def look_back(
    *,
    actor: Actor,
    join_in: JoinIn,
    visitors: int | None,
    picture: Picture | None = None,
    alt: str = "",
    credit: str = "",
) -> JoinIn:
    """How many came, and perhaps a picture, for the campaign's report."""
    actor.must(Right.RUN_CAMPAIGNS)
    former = _files_of(join_in)
    told: dict[str, Any] = {"visitors": visitors}
    if picture is not None:
        told["lookback"] = _kept(picture.large.content)
        told["small_lookback"] = _kept(picture.small.content)
    if picture is not None or join_in.lookback_id:
        told |= {"lookback_alt": alt, "lookback_credit": credit}
    changes = assign(join_in, told)
    store(join_in, changes, "changed_at")
    _drop(former - _files_of(join_in))
    _record(actor, join_in, "campaigns.look_back_on_join_in", changes)
    return join_in


@transaction.atomic
def take_lookback(*, actor: Actor, join_in: JoinIn) -> CampaignFile | None:
    """Put the picture of how it was among those of the campaign; None without one."""
    actor.must(Right.RUN_CAMPAIGNS)
    if not join_in.lookback_id or not join_in.small_lookback_id:
        return None
    file = CampaignFile(
        campaign_id=join_in.campaign_id,
        use=FileUse.LOOKBACK,
        file=_kept(content_of(join_in.lookback_id)),
        small=_kept(content_of(join_in.small_lookback_id)),
        title=join_in.title,
        alt=join_in.lookback_alt,
        credit=join_in.lookback_credit,
        position=CampaignFile.objects.filter(campaign_id=join_in.campaign_id).count(),
    )
    file.save(force_insert=True)
    _record(actor, join_in, "campaigns.take_lookback")
    return file


def _take_part(actor: Actor, join_in: JoinIn) -> None:
    """A fact about the partner, once for the whole campaign."""
    if join_in.organisation is None:
        return
    day = min(timezone.localdate(), timezone.localtime(join_in.starts_at).date())
    take_part(
        actor=actor,
        organisation=join_in.organisation,
        person=_person(join_in),
        kind=KIND,
        title=join_in.campaign.title,
        on=day,
        source_id=join_in.campaign_id,
    )


def _no_part(actor: Actor, join_in: JoinIn) -> None:
    """The fact goes when nothing else says that they took part."""
    house, contact = join_in.organisation_id, join_in.contact_id
    others = JoinIn.objects.filter(
        campaign=join_in.campaign_id, organisation=house, contact=contact,
        state=JoinInState.APPROVED,
    ).exclude(pk=join_in.pk)  # fmt: skip
    orders = Order.objects.filter(
        campaign=join_in.campaign_id, organisation=house, contact=contact, state=OrderState.PLACED
    )
    if join_in.organisation is None or others.exists() or orders.exists():
        return
    no_part(
        actor=actor,
        organisation=join_in.organisation,
        person=_person(join_in),
        source_id=join_in.campaign_id,
    )


def _person(join_in: JoinIn) -> Person | None:
    return join_in.contact.person if join_in.contact else None


def _files_of(join_in: JoinIn) -> set[Any]:
    told = {getattr(join_in, f"{name}_id") for name in FILES}
    return told - {None}


def _remove(join_in: JoinIn, keep: set[Any] | None = None) -> None:
    """A change goes, with the pictures that only it has."""
    shared = keep if keep is not None else _files_of(join_in.replaces) if join_in.replaces else ()
    own = _files_of(join_in).difference(shared)
    if not join_in._state.adding:
        join_in.delete()
    _drop(own)


def _drop(files: set[Any]) -> None:
    for one in files:
        drop_file(one)


def _record(actor: Actor, join_in: JoinIn, deed: str, changes: Changes | None = None) -> None:
    record(actor=actor, deed=deed, on=join_in, title=join_in.title, changes=changes or {})


def _tell(actor: Actor, join_in: JoinIn, letter: letters.Letter, key: str) -> None:
    """Whoever reported it gets a mail, where there is an address."""
    contact = join_in.contact
    if contact is None or not contact.email or not mail_is_set_up():
        return
    send_mail(
        actor=actor,
        to=contact.email,
        name=contact.name,
        subject=letter.subject,
        text=letter.text,
        title=_("Answer about a join-in"),
        key=f"join-in {join_in.pk} {key}",
        about=contact.pk,
    )
