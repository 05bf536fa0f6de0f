"""All about one organisation, or one person, on one page: written out from the queries below."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from knotenpunkt.activities.groups.queries import memberships_of
from knotenpunkt.activities.groups.wording import span, speaker
from knotenpunkt.activities.mailings.queries.consents import words_of_roles
from knotenpunkt.activities.upkeep.queries.proposals import waiting_of
from knotenpunkt.foundation.accounts.actors import Person as Member
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.paging import paging
from knotenpunkt.foundation.core.tables import Cell, Head, Row
from knotenpunkt.front.desk.partners import timeline
from knotenpunkt.registers.agreements.queries import of_partner
from knotenpunkt.registers.agreements.rules import Standing, standing
from knotenpunkt.registers.agreements.wording import standing_cell, time_left, until
from knotenpunkt.registers.areas.distances import distance_km, spoken_distance
from knotenpunkt.registers.offers.desk.columns import checked_cell, state_cell, title_cell
from knotenpunkt.registers.offers.queries import offers_at_desk
from knotenpunkt.registers.offers.rules import may_add
from knotenpunkt.registers.partners.desk.fetching import organisation_or_404, person_or_404
from knotenpunkt.registers.partners.history import entries_of_organisation, entries_of_person
from knotenpunkt.registers.partners.models import (
    Audience,
    Contact,
    Involvement,
    Organisation,
    PartnerKind,
    Person,
    Purpose,
    WayForm,
)
from knotenpunkt.registers.partners.models.contacts import may_see
from knotenpunkt.registers.partners.queries import (
    facilities_of,
    involvement,
    nearby,
    partner_files,
    regions_of,
    represented_by,
    roles_of_organisation,
    roles_of_person,
    tags_of,
)
from knotenpunkt.registers.partners.rules import circle_of, may_keep, months_ago
from knotenpunkt.registers.responsibilities.queries import completed, responsibilities
from knotenpunkt.tools.links.queries import holders_among

EVENTS, PAGE = 12, 50
MOST_OFFERS, MOST_FACTS, MOST_NEAR = 8, 6, 3


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach somebody, with the circle that may see it."""

    icon: str
    text: str
    href: str
    audience: str
    audience_icon: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody at an organisation, or one of the places where a person works."""

    title: str
    note: str
    url: str
    initials: str
    ways: Sequence[Way]
    since: str
    change_url: str
    end_link_url: str
    marks: Sequence[str]
    consent_url: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """One word about how it stands."""

    state: str
    label: str


AUDIENCE_ICONS = {
    Audience.PUBLIC: "eye",
    Audience.PROFESSIONALS: "people",
    Audience.INTERNAL: "lock",
}
WAY_ICONS = {WayForm.PHONE: "phone", WayForm.MOBILE: "phone", WayForm.FAX: "printer"}


@require_safe
@members_only()
def organisation(request: DeskRequest, organisation_id: UUID) -> HttpResponse:
    """All about one organisation."""
    one, actor = organisation_or_404(request, organisation_id), request.actor
    today = timezone.localdate()
    roles = roles_of_organisation(actor, one)
    held = [role for role in roles if role.is_current]
    linked = _linked(actor, held)
    agreements = of_partner(actor, one) if actor.may(Right.READ_INTERNAL) else []
    facts = involvement(organisation=one)
    keeps = may_keep(actor)
    context = {
        "organisation": one,
        "lead": _kind_and_town(one),
        "states": _states(request, one, agreements, held, today),
        "is_left": one.left_on is not None and one.left_on <= today,
        "roles": _with_words(
            actor, held, [_at_organisation(actor, role, today, linked) for role in held]
        ),
        "former": [_at_organisation(actor, role, today) for role in roles if role not in held],
        "reached": _reached(actor, held),
        "address": [part for part in _address(one) if part],
        "confirmed": spoken.full_date(one.confirmed_on) if one.confirmed_on else "",
        "offers": _offers(actor, one, today),
        "facilities": facilities_of(actor, one),
        "regions": regions_of(one),
        "tags": tags_of(one),
        "agreements": [_agreement(party, today) for party in agreements],
        "answers_for": _answers_for(actor, held),
        "groups": _groups(actor, one, today),
        "facts": (told := _participations(facts))[:MOST_FACTS],
        "more_facts": max(len(told) - MOST_FACTS, 0),
        "files": partner_files(actor, one),
        "near": _near(actor, one),
        "events": _events_of_organisation(actor, one, roles) if keeps else [],
        "keeps": keeps,
        "is_coordination": actor.may(Right.EDIT_REGISTERS),
        "may_see_notes": actor.may(Right.READ_INTERNAL),
        "may_add_offer": may_add(actor),
        "mail": _mail_to(actor, held),
    }
    return render(request, "desk/partner.html", context)


def _own_facts(actor: Member, facts: Sequence[Involvement]) -> list[Involvement]:
    """A provider learns what a person took part in for the provider's organisations only."""
    if actor.may(Right.READ_INTERNAL):
        return list(facts)
    kept = represented_by(actor)
    return [fact for fact in facts if fact.organisation_id in kept]


def _participations(facts: Sequence[Involvement]) -> list[dict[str, Any]]:
    """Each occasion once, with all who were there."""
    told: dict[tuple[str, date], dict[str, Any]] = {}
    for fact in facts:
        one = told.setdefault(
            (fact.title, fact.on),
            {"title": fact.title, "day": spoken.full_date(fact.on), "people": [], "houses": []},
        )
        if fact.person is not None and fact.person.full_name not in one["people"]:
            one["people"].append(fact.person.full_name)
        if fact.organisation.name not in one["houses"]:
            one["houses"].append(fact.organisation.name)
    return list(told.values())


def _kind_and_town(one: Organisation) -> str:
    """ "Familienbildung in Döbeln"."""
    kind = one.sub_kind.name if one.sub_kind else one.get_kind_display()
    if not one.sub_kind and one.kind == PartnerKind.OTHER:
        kind = one.get_level_display()
    town = one.place.town if one.place else ""
    told = {"kind": kind[:1].upper() + kind[1:], "town": town}
    return _("%(kind)s in %(town)s") % told if town else told["kind"]


def _states(
    request: DeskRequest,
    one: Organisation,
    agreements: Sequence[Any],
    held: Sequence[Contact],
    today: date,
) -> list[State]:
    found = [_standing_of(one, today)]
    if one.is_public:
        found.append(State("published", _("families see it")))
    if one.left_on is not None and one.left_on <= today:
        return found
    if not held:
        found.append(State("missing", _("nobody is named there")))
    found += _about_confirming(request, one, today)
    if request.actor.may(Right.EDIT_REGISTERS) and (waiting := len(waiting_of([one]))):
        told = ngettext("%(n)d change waits", "%(n)d changes wait", waiting) % {"n": waiting}
        found.append(State("waiting", told))
    return found + [
        State("stale", _("Agreement: %(left)s") % {"left": time_left(party.agreement, today)})
        for party in agreements
        if standing(party.agreement, today) == Standing.ENDS_SOON
    ]


def _standing_of(one: Organisation, today: date) -> State:
    if one.left_on is not None and one.left_on <= today:
        told = _("no longer there since %(day)s") % {"day": spoken.full_date(one.left_on)}
        return State("withdrawn", told)
    if one.joined_on is not None:
        return State("active", _("there since %(day)s") % {"day": spoken.full_date(one.joined_on)})
    if one.is_partner:
        return State("active", _("there by its body"))
    return State("none", _("no partner of the network yet"))


def _about_confirming(request: DeskRequest, one: Any, today: date) -> list[State]:
    months = one.confirm_months or request.network.confirm_months
    if one.confirmed_on is None:
        return [State("stale", _("never confirmed"))]
    is_due = one.confirmed_on <= months_ago(today, months)
    return [State("stale", _("to be confirmed"))] if is_due else []


def _address(one: Organisation) -> list[str]:
    place = one.place
    return [place.venue, place.street, place.postal_town] if place else []


def _linked(actor: Member, roles: Sequence[Contact]) -> frozenset[UUID]:
    """Whose personal link this member may end."""
    if not actor.may(Right.EDIT_REGISTERS):
        return frozenset()
    return holders_among([role.pk for role in roles])


def _at_organisation(
    actor: Member, role: Contact, today: date, linked: Collection[UUID] = ()
) -> Role:
    """A role as the organisation shows it: who it is."""
    url = reverse("partners_desk:person", args=[role.person_id]) if role.person_id else ""
    name = role.name or role.function or _("Office")
    note = role.function if role.name else ""
    return _role(actor, role, today, linked, title=name, note=note, url=url)


def _of_person(actor: Member, role: Contact, today: date, linked: Collection[UUID] = ()) -> Role:
    """A role as its person shows it: where it is."""
    url = reverse("partners_desk:organisation", args=[role.organisation_id])
    name = role.organisation.full_name
    return _role(actor, role, today, linked, title=name, note=role.function, url=url)


def _role(
    actor: Member,
    role: Contact,
    today: date,
    linked: Collection[UUID],
    *,
    title: str,
    note: str,
    url: str,
) -> Role:
    keys = [role.organisation_id, role.pk]
    change = reverse("partners_desk:role", args=keys)
    marks = []
    if role.answers_inquiries:
        marks.append(_("is asked about the entries"))
    if role.is_public:
        marks.append(_("stands with published offers"))
    return Role(
        title=title,
        note=note,
        url=url,
        initials=spoken.initials(title) or "–",
        ways=list(_ways(actor, role)),
        since=_span(role, today),
        change_url=change if may_keep(actor) else "",
        end_link_url=reverse("partners_desk:end_link", args=keys) if role.pk in linked else "",
        marks=marks,
    )


def _with_words(actor: Member, held: Sequence[Contact], roles: Sequence[Role]) -> list[Role]:
    """With what they said about being written to, and where one writes down more of it."""
    said = words_of_roles(actor, held)
    words = {True: _("wants the newsletter"), False: _("wants nothing that goes to many")}
    may_write = actor.may(Right.WRITE_TO_MANY)
    return [
        replace(
            role,
            marks=[*role.marks, *([words[said[contact.pk]]] if contact.pk in said else [])],
            consent_url=reverse("mailings:consent", args=[contact.pk]) if may_write else "",
        )
        for contact, role in zip(held, roles, strict=True)
    ]


def _span(role: Contact, today: date) -> str:
    """ "seit 2019", "bis März 2024"."""
    if role.until is not None:
        return _("until %(day)s") % {"day": spoken.short_date(role.until)}
    return _("since %(year)d") % {"year": role.since.year} if role.since else ""


def _ways(actor: Member, role: Contact) -> Iterable[Way]:
    """The ways that this member may see; the others are left out."""
    circle = circle_of(actor)
    for phone in role.shown_phones(circle):
        called = phone.callable_number if phone.form != WayForm.FAX else ""
        yield _way(
            WAY_ICONS[WayForm(phone.form)],
            phone.shown,
            f"tel:{called}" if called else "",
            phone.audience,
            ", ".join(filter(None, (_purpose(phone.purpose), phone.note))),
        )
    if email := role.shown_email(circle):
        purpose = _purpose(role.email_purpose)
        yield _way("mail", email, f"mailto:{email}", role.email_audience, purpose)


def _purpose(purpose: str) -> str:
    return "" if purpose == Purpose.GENERAL else str(Purpose(purpose).label)


def _way(icon: str, text: str, href: str, audience: str, note: str) -> Way:
    circle = Audience(audience)
    return Way(icon, text, href, str(circle.label), AUDIENCE_ICONS[circle], note)


def _reached(actor: Member, held: Sequence[Contact]) -> list[Way]:
    """The first number and the first address: offices before people."""
    found = [way for role in sorted(held, key=lambda one: bool(one.name))
             for way in _ways(actor, role) if way.icon != "printer"]  # fmt: skip
    phones = [way for way in found if way.icon == "phone"][:1]
    return phones + [way for way in found if way.icon == "mail"][:1]


def _mail_to(actor: Member, held: Sequence[Contact]) -> str:
    """Whom to write to: who is asked, else the first with an address."""
    known = [one for one in held if may_see(circle_of(actor), one.email_audience) and one.email]
    return known[0].email if known else ""


OFFER_COLUMNS = 3


def _offers(actor: Member, one: Organisation, today: date) -> dict[str, Any]:
    """The offers of the organisation and of its facilities, what is not published last."""
    of_it = offers_at_desk(actor).filter(provider=one) | offers_at_desk(actor).filter(
        provider__body=one
    )
    rows = list(of_it.select_related("provider").order_by("status", "title")[: MOST_OFFERS + 1])
    count = len(rows) if len(rows) <= MOST_OFFERS else of_it.count()
    state, checked = state_cell(today), checked_cell(today)
    return {
        "count": count,
        "columns": [Head(_("Offer")), Head(pgettext("of an offer", "State")),
                    Head(_("Last checked"), numeric=True)],
        "rows": [Row([_offer_cell(offer, one), state(offer), _numeric(checked(offer))])
                 for offer in rows[:MOST_OFFERS]],
        "more": max(count - MOST_OFFERS, 0),
    }  # fmt: skip


def _offer_cell(offer: Any, one: Organisation) -> Cell:
    cell = title_cell(offer)
    return Cell(cell.text, note="" if offer.provider_id == one.pk else cell.note, url=cell.url)


def _numeric(cell: Cell) -> Cell:
    return Cell(cell.text, label=cell.label, note=cell.note, numeric=True)


def _agreement(party: Any, today: date) -> dict[str, Any]:
    agreement = party.agreement
    return {
        "title": agreement.title,
        "norm": agreement.norm,
        "url": reverse("agreements:detail", args=[agreement.pk]),
        "signed": spoken.short_date(party.signed_on),
        "by": party.organisation.name,
        "until": until(agreement),
        "left": time_left(agreement, today),
        "state": standing_cell(agreement, today),
    }


def _answers_for(actor: Member, held: Sequence[Contact]) -> list[dict[str, Any]]:
    """The topics for which people here answer."""
    if not actor.may(Right.READ_INTERNAL):
        return []
    rows = completed(responsibilities(actor).filter(contact__in=[one.pk for one in held]))
    return [
        {
            "who": str(row.contact),
            "topics": ", ".join(link.topic.name for link in row.topic_links.all()),
            "url": reverse("responsibilities:edit", args=[row.pk])
            if actor.may(Right.EDIT_REGISTERS) else "",
        }
        for row in rows
    ]  # fmt: skip


def _groups(actor: Member, partner: Organisation | Person, today: date) -> list[dict[str, Any]]:
    """The groups that a partner is in; those it was in are marked."""
    of_house = isinstance(partner, Organisation)
    return [
        {
            "name": one.group.name,
            "url": reverse("groups:detail", args=[one.group_id]),
            "function": str(one.get_function_display()),
            "who": speaker(one) if of_house else one.organisation.name,
            "span": span(one),
            "is_former": one.until is not None and one.until < today,
        }
        for one in memberships_of(actor, partner)
    ]


def _near(actor: Member, one: Organisation) -> list[dict[str, str]]:
    """The next partners, with the way there."""
    place: Any = one.place
    if place is None or not place.has_coordinates:
        return []
    told = []
    for other in nearby(actor, one):
        there: Any = other.place
        km = distance_km(place.latitude, place.longitude, there.latitude, there.longitude)
        told.append((km, other, there.is_approximate or place.is_approximate))
    told.sort(key=lambda row: (row[0], row[1].name))
    return [
        {
            "name": other.name,
            "url": reverse("partners_desk:organisation", args=[other.pk]),
            "distance": spoken_distance(km, approximate),
        }
        for km, other, approximate in told[:MOST_NEAR]
    ]


def _events_of_organisation(
    actor: Member, one: Organisation, roles: Sequence[Contact]
) -> list[timeline.Event]:
    entries = entries_of_organisation(actor, one)[:EVENTS]
    events = [
        *timeline.deeds(actor, entries, one.name),
        *timeline.of_notes(actor, organisation=one),
        *timeline.of_mails(actor, [one.pk, *timeline.contact_ids(roles)]),
        *timeline.of_involvement(involvement(organisation=one)),
    ]
    return timeline.latest(events, EVENTS)


@require_safe
@members_only()
def history(request: DeskRequest, organisation_id: UUID) -> HttpResponse:
    """Every deed on an organisation and its contacts, with old and new."""
    one = organisation_or_404(request, organisation_id)
    entries = entries_of_organisation(request.actor, one)
    back = reverse("partners_desk:organisation", args=[one.pk])
    return _history(request, entries, one.name, back)


@require_safe
@members_only()
def person_history(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """Every deed on a person and their roles, with old and new."""
    one = person_or_404(request, person_id)
    entries = entries_of_person(request.actor, one)
    back = reverse("partners_desk:person", args=[one.pk])
    return _history(request, entries, one.full_name, back)


def _history(request: DeskRequest, entries: Any, name: str, back: str) -> HttpResponse:
    page = Paginator(entries, PAGE).get_page(request.GET.get("seite"))
    context = {
        "name": name,
        "events": timeline.deeds(request.actor, page, name),
        "paging": paging(page, lambda number: f"?seite={number}"),
        "back_url": back,
    }
    return render(request, "desk/partner_history.html", context)


@require_safe
@members_only()
def person(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """All about one person: what they do where, how they are reached, what happened."""
    one, actor = person_or_404(request, person_id), request.actor
    today = timezone.localdate()
    roles = roles_of_person(actor, one)
    held = [role for role in roles if role.is_current]
    linked = _linked(actor, held)
    facts = _own_facts(actor, involvement(person=one))
    keeps = actor.may(Right.EDIT_REGISTERS)
    context = {
        "person": one,
        "states": _states_of_person(request, one, held, today),
        "is_left": one.left_on is not None and one.left_on <= today,
        "roles": _with_words(
            actor, held, [_of_person(actor, role, today, linked) for role in held]
        ),
        "former": [_of_person(actor, role, today) for role in roles if role not in held],
        "reached": _reached(actor, held),
        "confirmed": spoken.full_date(one.confirmed_on) if one.confirmed_on else "",
        "tags": tags_of(one),
        "answers_for": _answers_for(actor, held),
        "groups": _groups(actor, one, today),
        "facts": (told := _participations(facts))[:MOST_FACTS],
        "more_facts": max(len(told) - MOST_FACTS, 0),
        "events": _events_of_person(actor, one, roles, facts) if keeps else [],
        "is_coordination": keeps,
        "may_see_notes": actor.may(Right.READ_INTERNAL),
        "mail": _mail_to(actor, held),
    }
    return render(request, "desk/partner_person.html", context)


def _states_of_person(
    request: DeskRequest, one: Person, held: Sequence[Contact], today: date
) -> list[State]:
    if one.left_on is not None and one.left_on <= today:
        told = _("no longer there since %(day)s") % {"day": spoken.full_date(one.left_on)}
        return [State("withdrawn", told)]
    first = State("active", _("there")) if held else State("missing", _("without a task"))
    return [first, *_about_confirming(request, one, today)]


def _events_of_person(
    actor: Member, one: Person, roles: Sequence[Contact], facts: Sequence[Involvement]
) -> list[timeline.Event]:
    entries = entries_of_person(actor, one)[:EVENTS]
    events = [
        *timeline.deeds(actor, entries, one.full_name),
        *timeline.of_notes(actor, contact__in=[role.pk for role in roles]),
        *timeline.of_mails(actor, timeline.contact_ids(roles)),
        *timeline.of_involvement(facts),
    ]
    return timeline.latest(events, EVENTS)
