"""What a personal page shows: every entry, who may see each part of it, and what waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.activities.upkeep import wording
from knotenpunkt.activities.upkeep.messages import greeting
from knotenpunkt.activities.upkeep.models import Wish
from knotenpunkt.activities.upkeep.queries.contacts import key_of_contact
from knotenpunkt.activities.upkeep.queries.entries import contacts_of, offers_of
from knotenpunkt.activities.upkeep.queries.inquiries import open_inquiry_of
from knotenpunkt.activities.upkeep.queries.proposals import (
    OpenProposal,
    answer_of,
    latest_answers,
    waiting_of,
)
from knotenpunkt.activities.upkeep.queries.states import stands
from knotenpunkt.activities.upkeep.rules import State
from knotenpunkt.foundation.core import spoken
from knotenpunkt.front.personal.door import Visit
from knotenpunkt.front.personal.joining import joinings
from knotenpunkt.front.personal.ordering import orderings
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.pages import offer_page
from knotenpunkt.registers.partners.models import Audience, Contact, Organisation

KINDS = {"einrichtung": "organisation", "kontakt": "contact", "angebot": "offer"}
ICONS = {Audience.PUBLIC: "globe", Audience.PROFESSIONALS: "people", Audience.INTERNAL: "lock"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is stored, and who may see it ("" where the whole entry says it)."""

    label: str
    lines: Sequence[str]
    audience: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """A change that waits for approval."""

    text: str
    lines: Sequence[str]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An organisation, a contact or an offer."""

    id: UUID
    icon: str
    kind: str
    title: str
    facts: Sequence[Fact]
    seen_by: str
    seen_icon: str
    change_url: str
    end_url: str = ""
    checked: str = ""
    is_silent: bool = False
    waits: Sequence[Wait] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the network answered to a change."""

    title: str
    state: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """ "Stimmt das noch?": the entries, and whether they have to be confirmed."""

    entries: Sequence[Entry]
    is_open: bool
    confirmed: str
    can_confirm: bool


def page(visit: Visit) -> dict[str, object]:
    """Everything of the page."""
    return {
        "visit": visit,
        "greeting": greeting(visit.contact).rstrip(","),
        "section": _section(visit),
        "orderings": orderings(visit),
        "joinings": joinings(visit),
        "answers": [_answer(one) for one in latest_answers(key_of_contact(visit.contact))],
        "form_token": visit.form_token,
    }


def _section(visit: Visit) -> Section:
    organisations = visit.organisations
    told = waiting_of(organisations or [visit.contact.organisation])
    own = {one.proposal.pk for one in told if one.proposal.key_id == key_of_contact(visit.contact)}
    found = stands(organisations) if organisations else {}
    last = [one.confirmed_on for one in found.values()]
    return Section(
        entries=list(_entries(visit, told, own)),
        is_open=any(one.state is not State.CONFIRMED for one in found.values())
        or open_inquiry_of(visit.contact) is not None,
        confirmed=_confirmed(last),
        can_confirm=bool(organisations),
    )


def _confirmed(days: Sequence[date | None]) -> str:
    known = [day for day in days if day is not None]
    if not known or len(known) < len(days):
        return ""
    ago = spoken.how_long_ago(min(known), timezone.localdate())
    return _("Last confirmed: %(ago)s, on %(day)s") % {
        "ago": ago,
        "day": spoken.full_date(min(known)),
    }


def _entries(visit: Visit, told: Sequence[OpenProposal], own: set[UUID]) -> Iterator[Entry]:
    if not visit.organisations:
        yield _contact(visit, visit.contact, told, own)
        return
    contacts = contacts_of(visit.organisations)
    for one in visit.organisations:
        yield _organisation(visit, one, told, own)
    for contact in contacts:
        yield _contact(visit, contact, told, own)
    for offer in offers_of(visit.organisations):
        yield _offer(visit, offer, told, own)


def _organisation(
    visit: Visit, one: Organisation, told: Sequence[OpenProposal], own: set[UUID]
) -> Entry:
    facts = [
        Fact(_("Address"), [one.place.address_line if one.place else ""]),
        Fact(_("Description"), [one.description]),
        Fact(_("Website"), [one.website]),
    ]
    return Entry(
        id=one.pk,
        icon="building",
        kind=str(one.get_level_display()) if one.level == "body" else str(_("Facility")),
        title=one.name,
        facts=_known(facts),
        seen_by=_seen_by(one.is_public),
        seen_icon=_seen_icon(one.is_public),
        change_url=_change(visit, "einrichtung", one.pk),
        waits=_waits(visit, one.pk, told, own),
    )


def _contact(visit: Visit, one: Contact, told: Sequence[OpenProposal], own: set[UUID]) -> Entry:
    is_own = bool(one.name) and visit.owns(one)
    facts = [_way(_("Name"), one.name, one.name_audience), Fact(_("Function"), [one.function])]
    ways = [_way(_("E-mail address"), one.email, one.email_audience)]
    ways += [_way(_("Telephone"), phone.shown, phone.audience) for phone in one.phones.all()]
    # What a colleague told the coordination only is nobody else's.
    hidden = "" if visit.owns(one) else ICONS[Audience.INTERNAL]
    facts += [way for way in ways if not hidden or way.icon != hidden]
    return Entry(
        id=one.pk,
        icon="user" if one.name else "phone",
        kind=str(_("You")) if is_own else str(_("Contact")),
        title=one.name or one.function or one.organisation.name,
        facts=_known(facts),
        seen_by="",
        seen_icon="",
        change_url=_change(visit, "kontakt", one.pk),
        waits=_waits(visit, one.pk, told, own, is_private=not visit.owns(one)),
    )


def _way(label: str, value: str, audience: str) -> Fact:
    who = Audience(audience)
    return Fact(label, [value], str(wording.AUDIENCES[who]), ICONS[who])


def _offer(visit: Visit, one: Offer, told: Sequence[OpenProposal], own: set[UUID]) -> Entry:
    shown = offer_page(one, [], timezone.localdate())
    facts = [Fact(_("In short"), [one.summary])]
    facts += [Fact(str(fact.label), [str(line) for line in fact.lines]) for fact in shown.facts]
    names = [link.contact.name or link.contact.function for link in one.contact_links.all()]
    facts.append(Fact(_("Contact"), [", ".join(filter(None, names))]))
    facts.append(Fact(_("Website"), [one.website]))
    return Entry(
        id=one.pk,
        icon="calendar",
        kind=str(_("Offer")),
        title=one.title,
        facts=_known(facts),
        seen_by=_seen_by(True),
        seen_icon=_seen_icon(True),
        change_url=_change(visit, "angebot", one.pk),
        end_url=reverse("personal:end", args=[visit.token, one.pk]),
        checked=shown.checked,
        is_silent=bool(one.silence),
        waits=_waits(visit, one.pk, told, own),
    )


def _known(facts: Sequence[Fact]) -> list[Fact]:
    """Only what is stored."""
    return [fact for fact in facts if any(fact.lines)]


def _seen_by(is_public: bool) -> str:
    return str(_("public")) if is_public else str(_("only in the network"))


def _seen_icon(is_public: bool) -> str:
    return ICONS[Audience.PUBLIC if is_public else Audience.PROFESSIONALS]


def _change(visit: Visit, kind: str, record_id: UUID) -> str:
    return reverse("personal:change", args=[visit.token, kind, record_id])


def _waits(
    visit: Visit,
    record_id: UUID,
    told: Sequence[OpenProposal],
    own: set[UUID],
    *,
    is_private: bool = False,
) -> list[Wait]:
    """`is_private`: of a colleague, whose ways may be for the coordination only."""
    return [
        Wait(
            text=_wait_text(one),
            lines=_changed_lines(one, is_private=is_private)
            if one.proposal.pk in own or not is_private
            else [],
            url=reverse("personal:take_back", args=[visit.token, one.proposal.pk])
            if one.proposal.pk in own
            else "",
        )
        for one in told
        if one.proposal.record_id == record_id and not one.is_erased
    ]


def _wait_text(one: OpenProposal) -> str:
    if one.proposal.wish == Wish.END:
        return _("You told us that this offer has ended. We look at it.")
    if one.proposal.wish == Wish.HAND_OVER:
        return _("You told us that somebody else is responsible. We look at it.")
    return _("Your change waits for approval:")


def _changed_lines(one: OpenProposal, *, is_private: bool) -> list[str]:
    if one.proposal.wish != Wish.CHANGE:
        return []
    subject = one.proposal.subject
    return [
        f"{wording.field_label(subject, name)}: {wording.shown(name, new) or wording.nothing()}"
        for name, (_old, new) in one.changes.items()
        if name != "contacts" and not (is_private and name == "phones")
    ]


def _answer(one: OpenProposal) -> Answer:
    return Answer(
        title=one.title,
        state=wording.DECISIONS[one.proposal.decision],
        label=one.proposal.get_decision_display(),
        text=answer_of(one.proposal),
    )
