"""The personal page of a contact and what its buttons do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from knotenpunkt.activities.upkeep.actions.confirming import confirm_all
from knotenpunkt.activities.upkeep.actions.linking import send_link_again
from knotenpunkt.activities.upkeep.actions.proposing import Author, Came, end_offer, propose
from knotenpunkt.activities.upkeep.actions.proposing import hand_over as pass_on
from knotenpunkt.activities.upkeep.actions.proposing import take_back as withdraw
from knotenpunkt.activities.upkeep.actions.releasing import say_who_sees
from knotenpunkt.activities.upkeep.forms import (
    ContactForm,
    EntryForm,
    OfferForm,
    OrganisationForm,
    SuccessorForm,
)
from knotenpunkt.activities.upkeep.models import Way
from knotenpunkt.activities.upkeep.queries.contacts import holder
from knotenpunkt.activities.upkeep.queries.entries import (
    Record,
    contacts_of,
    offered_by,
    values_of,
)
from knotenpunkt.activities.upkeep.wording import consent
from knotenpunkt.foundation.networks.views import NetworkRequest
from knotenpunkt.front.personal import joining
from knotenpunkt.front.personal.door import (
    ACTOR,
    SENDS,
    Visit,
    at_the_door,
    is_from_this_page,
    private,
)
from knotenpunkt.front.personal.showing import KINDS
from knotenpunkt.front.personal.showing import page as shown
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners.models import Contact, Organisation
from knotenpunkt.tools.links.queries import recognised

DONE = "getan"
# What an address may say that was done; the page has a sentence for each.
SAID = {
    "bestaetigt", "nichts", "geaendert", "wartet", "beendet", "abgegeben", "zurueck", "sichtbar",
    "abgesagt",
}  # fmt: skip


@at_the_door
def page(request: NetworkRequest, visit: Visit) -> HttpResponse:
    """ "Was steht an?". Opening it does nothing; its one button confirms everything."""
    if request.method == "POST":
        confirm_all(actor=ACTOR, organisations=visit.organisations, way=Way.LINK)
        return _back(visit, "bestaetigt")
    done = request.GET.get(DONE, "")
    told = {"done": done in SAID and done, "joined": done in joining.SAID and done}
    return render(request, "personal/page.html", shown(visit) | told)


@at_the_door
def change(request: NetworkRequest, visit: Visit, kind: str, record_id: UUID) -> HttpResponse:
    """Change one entry."""
    entry = _own_entry(visit, kind, record_id)
    form = _form(visit, entry, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return _back(visit, _changed(visit, entry, form))
        except ValidationError as refused:
            _refuse(form, refused)
    context = {
        "visit": visit, "form": form, "entry": entry, "kind": KINDS[kind],
        "form_token": visit.form_token, "is_own": getattr(form, "is_own", False),
        "consents": [consent("phone", one) for one in ("public", "professionals")],
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "personal/change.html", context, status=status)


def _changed(visit: Visit, entry: Record, form: EntryForm) -> str:
    """What became of it, as the next page says it. Who may see something holds in any case."""
    seen = 0
    if isinstance(form, ContactForm) and isinstance(entry, Contact):
        seen = say_who_sees(actor=ACTOR, contact=entry, audiences=form.audiences())
    author = Author(contact=visit.contact)
    came = propose(actor=ACTOR, author=author, entry=entry, wanted=form.wanted())
    if came is Came.NOTHING:
        return "sichtbar" if seen else "nichts"
    return "geaendert" if came is Came.LIVE else "wartet"


def _refuse(form: EntryForm, refused: ValidationError) -> None:
    told = refused.message_dict if hasattr(refused, "error_dict") else {None: refused.messages}
    for name, sentences in told.items():
        form.add_error(name if name in form.fields else None, sentences)


def _own_entry(visit: Visit, kind: str, record_id: UUID) -> Record:
    """An entry that stands on this page; 404 for every other."""
    if kind not in KINDS:
        raise Http404
    found = [one for one in _entries(visit, kind, record_id) if one.pk == record_id]
    if not found:
        raise Http404
    return found[0]


def _entries(visit: Visit, kind: str, record_id: UUID) -> Sequence[Record]:
    if kind == "kontakt":
        return [visit.contact, *contacts_of(visit.organisations)]
    if kind == "einrichtung":
        return list(visit.organisations)
    offer = offered_by(visit.organisations, record_id)
    return [offer] if offer else []


def _form(visit: Visit, entry: Record, data: Any) -> EntryForm:
    initial = values_of(entry)
    if isinstance(entry, Organisation):
        return OrganisationForm(data, initial=initial)
    if isinstance(entry, Contact):
        return ContactForm(data, initial=initial, contact=entry, is_own=visit.owns(entry))
    contacts = contacts_of(visit.organisations)
    return OfferForm(data, initial=initial, offer=entry, contacts=contacts)


@at_the_door
def end(request: NetworkRequest, visit: Visit, record_id: UUID) -> HttpResponse:
    """ "Das machen wir nicht mehr"."""
    offer = _own_entry(visit, "angebot", record_id)
    if request.method == "POST" and isinstance(offer, Offer):
        end_offer(actor=ACTOR, author=Author(contact=visit.contact), offer=offer)
        return _back(visit, "beendet")
    context = {"visit": visit, "offer": offer, "form_token": visit.form_token}
    return render(request, "personal/end.html", context)


@at_the_door
def hand_over(request: NetworkRequest, visit: Visit) -> HttpResponse:
    """ "Ich bin nicht mehr zuständig"."""
    form = SuccessorForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = dict(form.cleaned_data)
        note = told.pop("note")
        del told["knows_nobody"]
        pass_on(actor=ACTOR, contact=visit.contact, successor=told, note=note)
        return _back(visit, "abgegeben")
    context = {"visit": visit, "form": form, "form_token": visit.form_token}
    return render(request, "personal/hand_over.html", context, status=422 if form.is_bound else 200)


@at_the_door
def take_back(request: NetworkRequest, visit: Visit, proposal_id: UUID) -> HttpResponse:
    """A change that waits is no longer wanted."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("personal:page", args=[visit.token]))
    withdraw(actor=ACTOR, author=Author(contact=visit.contact), proposal_id=proposal_id)
    return _back(visit, "zurueck")


@csrf_exempt
@never_cache
@require_POST
@sensitive_post_parameters()
@private
def new_link(request: NetworkRequest, token: str) -> HttpResponse:
    """A link whose time is over asks for a new one: it goes to the address that is stored."""
    link = recognised(token)
    contact = holder(link.holder) if link and is_from_this_page(request, token) else None
    if contact is None:
        raise Http404
    if SENDS.holds(token):
        return render(request, "personal/stale.html", {"too_often": True}, status=429)
    send_link_again(actor=ACTOR, contact=contact)
    return render(request, "personal/sent.html")


def _back(visit: Visit, done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('personal:page', args=[visit.token])}?{DONE}={done}")
