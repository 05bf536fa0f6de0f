"""The change log: who changed what, when, with old and new in words; and who opened what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_safe

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit import queries
from knotenpunkt.foundation.audit.keys import with_merged
from knotenpunkt.foundation.audit.models import Entry, Read
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.comparing import Change
from knotenpunkt.foundation.core.paging import paging
from knotenpunkt.front.desk.changes_in_words import Names, changes_of, names_in
from knotenpunkt.front.desk.deeds import doer, said
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners.queries import ids_of_named
from knotenpunkt.tools.lists.matching import one_text, says, words_of

PAGE = 50
NAMED_FIELDS = 4
OFFER = Offer._meta.label
READS = "gelesen"
# What people call the records, with the labels of the tables behind.
KINDS = {
    "angebote": (gettext_lazy("Offers"), ("offers.Offer", "offers.Picture", "offers.Topic")),
    "partner": (
        gettext_lazy("Organisations and contacts"),
        ("partners.Organisation", "partners.Contact", "partners.Person", "partners.Tag",
         "partners.SubKind", "partners.Profession", "areas.Place", "areas.Region"),
    ),
    "pflege": (
        gettext_lazy("Data care"),
        ("upkeep.Inquiry", "upkeep.Proposal", "upkeep.Rhythm"),
    ),
    "vereinbarungen": (
        gettext_lazy("Agreements"),
        ("agreements.Agreement", "agreements.NotNeeded"),
    ),
    "zustaendigkeiten": (gettext_lazy("Responsibilities"), ("responsibilities.Responsibility",)),
    "bibliothek": (gettext_lazy("Library"), ("library.Material",)),
    "importe": (gettext_lazy("Imports"), ("imports.Run", "imports.Profile", "imports.Upload")),
    "anliegen": (gettext_lazy("Requests of families"), ("inbox.Concern",)),
    "post": (gettext_lazy("Mail"), ("mail.Mailing", "mail.Message", "mail.Suppression")),
    "notizen": (gettext_lazy("Contact notes"), ("notes.Note",)),
    "personen": (
        gettext_lazy("People and rights"),
        ("accounts.Membership", "accounts.Invitation", "accounts.User"),
    ),
    "seiten": (gettext_lazy("Legal texts and help numbers"),
               ("pages.LegalPage", "pages.HelpNumber")),
    "netzwerk": (gettext_lazy("Network"), ("networks.Network", "areas.Outline")),
}  # fmt: skip
PERIODS = {
    "1": gettext_lazy("since yesterday"),
    "7": gettext_lazy("in the last 7 days"),
    "30": gettext_lazy("in the last 30 days"),
    "365": gettext_lazy("in the last year"),
}
# Where a record is looked at: label of its table → address and the name of its key.
PAGES = {
    OFFER: ("offers_desk:detail", "offer_id"),
    "inbox.Concern": ("inbox:detail", "concern_id"),
    "mail.Mailing": ("mail:mailing", "mailing_id"),
    "mail.Message": ("mail:message", "message_id"),
    "notes.Note": ("notes:edit", "note_id"),
    "accounts.Membership": ("desk:member", "member_id"),
    "partners.Organisation": ("partners_desk:organisation", "organisation_id"),
    "partners.Person": ("partners_desk:person", "person_id"),
    "areas.Region": ("areas:region", "region_id"),
    "agreements.Agreement": ("agreements:detail", "agreement_id"),
    "library.Material": ("library:material", "material_id"),
    "responsibilities.Responsibility": ("responsibilities:edit", "one_id"),
    "upkeep.Inquiry": ("upkeep:call", "inquiry_id"),
    "upkeep.Proposal": ("upkeep:proposal", "proposal_id"),
}
# What goes for ever leads nowhere.
GONE = frozenset(
    {"notes.delete", "accounts.take_role", "partners.remove", "partners.remove_person",
     "areas.remove_region", "responsibilities.remove"}
)  # fmt: skip
ERASURE = "privacy.erase"


@dataclass(frozen=True, slots=True)
class Line:
    """One deed, or one read."""

    when: str
    who: str
    what: str
    title: str
    url: str = ""
    changes: Sequence[Change] = field(default_factory=list)

    @property
    def changed(self) -> str:
        """Which fields, in one line; of many the first ones."""
        first = ", ".join(change.label for change in self.changes[:NAMED_FIELDS])
        rest = len(self.changes) - NAMED_FIELDS
        if rest <= 0:
            return first
        more = ngettext("%(first)s and %(n)d more", "%(first)s and %(n)d more", rest)
        return more % {"first": first, "n": rest}


class Filters(forms.Form):
    """By person, kind, period and words."""

    q = forms.CharField(label=gettext_lazy("Words, or a person"), required=False, max_length=200)
    wer = forms.ChoiceField(label=pgettext_lazy("change log", "Who"), required=False)
    was = forms.ChoiceField(label=pgettext_lazy("change log", "What"), required=False)
    seit = forms.ChoiceField(label=pgettext_lazy("change log", "When"), required=False)

    def __init__(self, *args: Any, people: Iterable[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options: Mapping[str, list[tuple[str, Any]]] = {
            "wer": [("", _("everybody")), *((str(one), name) for one, name in people)],
            "was": [("", _("everything")), *((key, kind[0]) for key, kind in KINDS.items())],
            "seit": [("", _("at any time")), *PERIODS.items()],
        }
        for name, options in self.options.items():
            cast(forms.ChoiceField, self.fields[name]).choices = options

    def told(self) -> dict[str, str]:
        """What was chosen and can be used."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


@require_safe
@members_only(Right.READ_AUDIT)
def audit(request: DeskRequest) -> HttpResponse:
    """Deeds, or reads; narrowed and paged."""
    actor, is_reads = request.actor, request.GET.get("teil") == READS
    form = Filters(request.GET, people=queries.doers(actor))
    told, now = form.told(), timezone.now()
    rows = queries.reads(actor) if is_reads else queries.entries(actor)
    if words := told.get("q"):
        rows = rows.filter(_says(words) if is_reads else _says(words) | _about(actor, words))
    page = Paginator(_narrowed(rows, told, now), PAGE).get_page(request.GET.get("seite"))
    kept = told | ({"teil": READS} if is_reads else {})
    context = {
        "form": form,
        "is_reads": is_reads,
        "tabs": _tabs(told, is_reads),
        "chips": list(_chips(form, kept)),
        "lines": _reads(page) if is_reads else _deeds(page),
        "count": page.paginator.count,
        "paging": paging(page, lambda number: f"?{urlencode(kept | {'seite': number})}"),
    }
    return render(request, "desk/audit.html", context)


def _narrowed(rows: QuerySet[Any], told: Mapping[str, str], now: datetime) -> QuerySet[Any]:
    if who := told.get("wer"):
        rows = rows.filter(actor_id=who)
    if what := told.get("was"):
        rows = rows.filter(kind__in=KINDS[what][1])
    if days := told.get("seit"):
        rows = rows.filter(at__gte=now - timedelta(days=int(days)))
    return rows


def _says(typed: str) -> Q:
    return Q(*(says(one_text("title", "actor_label"), word) for word in words_of(typed)))


def _about(actor: Actor, typed: str) -> Q:
    """What is sealed for a person is found by who it is: its words say nothing to a search."""
    people = ids_of_named(actor, typed)
    return Q(person_id__in=with_merged(people)) if people else Q()


def _tabs(told: Mapping[str, str], is_reads: bool) -> list[dict[str, Any]]:
    base = reverse("desk:audit")
    return [
        {"label": label, "url": f"{base}?{urlencode(dict(told) | part)}", "count": None,
         "current": current}
        for label, part, current in (
            (_("Changed"), {}, not is_reads),
            (pgettext_lazy("change log", "Read"), {"teil": READS}, is_reads),
        )
    ]  # fmt: skip


def _chips(form: Filters, kept: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """What narrows the list, each to be taken away."""
    for name, value in form.told().items():
        label = str(dict(form.options.get(name, ())).get(value, value))
        rest = {key: one for key, one in kept.items() if key != name}
        yield {"label": label, "url": f"?{urlencode(rest)}"}


def _deeds(page: Page[Entry]) -> list[Line]:
    """In a fixed number of queries."""
    found = queries.opened(page)
    names = names_in(found)
    return [_deed(entry, names) for entry in found]


def _deed(entry: Entry, names: Names) -> Line:
    return Line(
        when=spoken.moment(entry.at),
        who=doer(entry.actor_label),
        what=said(entry.deed),
        title=said(entry.deed) if entry.deed == ERASURE else entry.title or said(entry.deed),
        url=_page(entry),
        changes=[] if entry.deed == ERASURE else changes_of(entry, names),  # the receipt says it
    )


def _page(entry: Entry) -> str:
    if entry.deed == ERASURE:
        return reverse("desk:privacy_receipt", args=[entry.pk])
    return "" if entry.deed in GONE else _url(entry.kind, entry.object_id)


def _reads(page: Page[Read]) -> list[Line]:
    return [
        Line(
            when=spoken.moment(read.at),
            who=doer(read.actor_label),
            what=_("Opened"),
            title=read.title,
            url=_url(read.kind, read.object_id),
        )
        for read in page
    ]


def _url(kind: str, object_id: Any) -> str:
    """Where the record is looked at; "" for what has no page of its own."""
    name, key = PAGES.get(kind, ("", ""))
    return reverse(name, kwargs={key: object_id}) if name else ""
