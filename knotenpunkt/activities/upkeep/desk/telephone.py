"""The telephone list: who did not answer, with everything that the call needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.activities.upkeep.actions.asking import NoMail
from knotenpunkt.activities.upkeep.actions.calling import AlreadyAnswered, note_call
from knotenpunkt.activities.upkeep.forms import CallForm
from knotenpunkt.activities.upkeep.models import Inquiry, Outcome
from knotenpunkt.activities.upkeep.queries.entries import contacts_of, offers_of
from knotenpunkt.activities.upkeep.queries.inquiries import (
    Said,
    get_inquiry,
    own_regions,
    regions,
    said,
    to_call,
    to_call_later,
)
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners.models import Contact, Organisation, Phone, WayForm

LATER = "spaeter"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is read and as it is dialled, and whose it is."""

    shown: str
    dialled: str
    whose: str


@dataclass(frozen=True, slots=True)
class Line:
    """One call to be made."""

    url: str
    who: str
    function: str
    organisations: str
    regions: str
    why: str
    since: str
    number: Number | None
    last: str


@require_safe
@members_only(Right.EDIT_REGISTERS)
def calls(request: DeskRequest) -> HttpResponse:
    """Who has to be called now, by region; and who later."""
    later = request.GET.get("teil") == LATER
    region_id = _region_id(request)
    found = (
        to_call_later(request.actor, region_id)
        if later
        else to_call(request.actor, region_id=region_id)
    )
    context = {
        "lines": _lines(found),
        "later": later,
        "tabs": _tabs(later, request.GET.get("region", "")),
        "regions": _region_tabs(request, later, region_id),
        "region": region_id,
    }
    return render(request, "upkeep/calls.html", context)


def _region_id(request: DeskRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("region", ""))
    except ValueError:
        return None


def _tabs(later: bool, region: str) -> list[dict[str, object]]:
    base = reverse("upkeep:calls")
    kept = f"region={region}" if region else ""
    return [
        {"label": pgettext("calls", "Now"), "url": f"{base}?{kept}", "current": not later},
        {"label": pgettext("calls", "Later"), "url": f"{base}?teil={LATER}&{kept}".rstrip("&"),
         "current": later},
    ]  # fmt: skip


def _region_tabs(request: DeskRequest, later: bool, chosen: UUID | None) -> list[dict[str, object]]:
    """All, then one's own regions, then the others."""
    own = own_regions(request.actor)
    known = regions()
    part = f"teil={LATER}&" if later else ""
    base = reverse("upkeep:calls")
    named = [*own, *(one for one in known if one not in own)]
    if not named:
        return []
    everywhere = {
        "label": _("all regions"), "url": f"{base}?{part}".rstrip("&?"), "current": chosen is None
    }  # fmt: skip
    return [everywhere] + [
        {"label": _("%(region)s (yours)") % {"region": one.name} if one in own else one.name,
         "url": f"{base}?{part}region={one.pk}", "current": chosen == one.pk}
        for one in named
    ]  # fmt: skip


def _lines(inquiries: Sequence[Inquiry]) -> list[Line]:
    """Each with a number of a colleague where the one who is asked has none."""
    houses = {member.pk: member for one in inquiries for member in _members(one)}
    colleagues = contacts_of(list(houses.values()))
    return [_line(one, colleagues) for one in inquiries]


def _line(inquiry: Inquiry, colleagues: Sequence[Contact]) -> Line:
    members = _members(inquiry)
    numbers = _numbers(_fresh(inquiry.contact), _serving(colleagues, members))
    known = said(list(inquiry.calls.all())[:1])
    return Line(
        url=reverse("upkeep:call", args=[inquiry.pk]),
        who=_who(inquiry),
        function=inquiry.contact.function if inquiry.contact else "",
        organisations=", ".join(one.name for one in members),
        regions=_regions_of(members),
        why=_why(inquiry),
        since=_since(inquiry),
        number=numbers[0] if numbers else None,
        last=_last(known),
    )


def _serving(contacts: Sequence[Contact], members: Sequence[Organisation]) -> list[Contact]:
    keys = {member.pk for member in members}
    return [one for one in contacts if one.organisation_id in keys]


def _members(inquiry: Inquiry) -> list[Organisation]:
    return [part.organisation for part in inquiry.parts.all()]


def _who(inquiry: Inquiry) -> str:
    contact = inquiry.contact
    if contact is None:
        members = _members(inquiry)
        return members[0].name if members else _("nobody is known")
    return contact.name or contact.function or contact.organisation.name


def _why(inquiry: Inquiry) -> str:
    """Whoever took over from somebody was never written to."""
    return str(inquiry.get_reason_display() if inquiry.reason else _("answers there now"))


def _regions_of(members: Sequence[Organisation]) -> str:
    names = [link.region.name for one in members for link in one.region_links.all()]
    return ", ".join(dict.fromkeys(names))


def _since(inquiry: Inquiry) -> str:
    if inquiry.call_again_on:
        return _("again on %(day)s") % {"day": spoken.short_date(inquiry.call_again_on)}
    if inquiry.to_call_since is None:
        return ""
    day = timezone.localdate(inquiry.to_call_since)
    return spoken.how_long_ago(day, timezone.localdate())


def _last(known: Sequence[Said]) -> str:
    if not known:
        return ""
    one = known[0]
    told = f"{spoken.moment(one.call.at)}: {one.call.get_outcome_display()}"
    return f"{told}. {one.note}" if one.note else told


def _numbers(contact: Contact | None, others: Sequence[Contact]) -> list[Number]:
    """Those of whom is asked first, then those of colleagues."""
    rows = [*([contact] if contact else []), *(one for one in others if one != contact)]
    found = [
        Number(phone.shown, phone.callable_number, one.name or one.function)
        for one in rows
        for phone in one.phones.all()
        if _can_be_called(phone)
    ]
    # The same number of several colleagues is dialled once.
    return list({one.dialled or one.shown: one for one in reversed(found)}.values())[::-1]


def _can_be_called(phone: Phone) -> bool:
    return phone.form != WayForm.FAX


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def call(request: DeskRequest, inquiry_id: UUID) -> HttpResponse:
    """One call: the numbers, what is stored, what was said, and how it went."""
    try:
        inquiry = get_inquiry(request.actor, inquiry_id)
    except Inquiry.DoesNotExist as missing:
        raise Http404 from missing
    has_mail = inquiry.contact is not None and bool(inquiry.contact.email)
    form = CallForm(typed(request), has_mail=has_mail)
    if request.method == "POST" and form.is_valid():
        return _noted(request, inquiry, form)
    status = 422 if request.method == "POST" else 200
    return render(request, "upkeep/call.html", _page(inquiry, form), status=status)


def _noted(request: DeskRequest, inquiry: Inquiry, form: CallForm) -> HttpResponse:
    told = form.cleaned_data
    outcome = Outcome(told["outcome"])
    try:
        note_call(
            actor=request.actor, inquiry_id=inquiry.pk, outcome=outcome, note=told["note"],
            again_on=told["again_on"],
        )  # fmt: skip
    except AlreadyAnswered:
        messages.info(request, _("This was answered in the meantime."))
        return HttpResponseRedirect(reverse("upkeep:calls"))
    except NoMail:
        form.add_error("outcome", _("No mail can be sent from here at the moment."))
        return render(request, "upkeep/call.html", _page(inquiry, form), status=422)
    messages.success(request, _said_of(outcome, _who(inquiry)))
    return HttpResponseRedirect(reverse("upkeep:calls"))


def _said_of(outcome: Outcome, who: str) -> str:
    told = {
        Outcome.TRUE: _("%(who)s: everything is confirmed as of today."),
        Outcome.CHANGED: _("%(who)s: everything is confirmed as of today."),
        Outcome.WRITTEN: _("%(who)s gets the mail once more."),
        Outcome.NOT_REACHED: _("%(who)s comes back to the list on that day."),
    }[outcome]
    return told % {"who": who}


def _page(inquiry: Inquiry, form: CallForm) -> dict[str, object]:
    members = _members(inquiry)
    contacts = contacts_of(members)
    return {
        "inquiry": inquiry,
        "form": form,
        "who": _who(inquiry),
        "why": _why(inquiry) if inquiry.is_open else str(inquiry.get_reason_display()),
        "numbers": _numbers(_fresh(inquiry.contact), contacts),
        "members": members,
        "contacts": contacts,
        "offers": [_offer(one) for one in offers_of(members)],
        "said": [
            (spoken.moment(one.call.at), one.call.get_outcome_display(), one.note,
             one.call.by.name if one.call.by else "")
            for one in said(list(inquiry.calls.all()))
        ],
        "history": list(_history(inquiry)),
        "regions": _regions_of(members),
    }  # fmt: skip


def _fresh(contact: Contact | None) -> Contact | None:
    return contact if contact is None or contact.is_current else None


def _offer(offer: Offer) -> tuple[str, str, str]:
    checked = offer.checked_on
    told = spoken.short_date(checked) if checked else _("never checked")
    return offer.title, reverse("offers_desk:edit", args=[offer.pk]), told


def _history(inquiry: Inquiry) -> list[tuple[str, str]]:
    steps = [
        (inquiry.asked_at, _("Mail sent")),
        (inquiry.reminded_at, _("Last reminder")),
        (inquiry.to_call_since, _("On the telephone list")),
        (inquiry.closed_at, _("Answered")),
    ]
    return [(spoken.moment(at), told) for at, told in steps if at is not None]
