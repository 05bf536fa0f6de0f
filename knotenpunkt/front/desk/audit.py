"""The change log: who changed what, when, with old and new in words; and who opened what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
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
from knotenpunkt.foundation.accounts.rights import Right, Role
from knotenpunkt.foundation.audit import queries
from knotenpunkt.foundation.audit.keys import with_merged
from knotenpunkt.foundation.audit.models import Entry, Read
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.comparing import Change
from knotenpunkt.foundation.core.paging import paging
from knotenpunkt.front.desk.deeds import doer, said
from knotenpunkt.registers.offers.editing import saying
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
}
# What goes for ever leads nowhere.
GONE = frozenset(
    {"notes.delete", "accounts.take_role", "partners.remove", "partners.remove_person",
     "areas.remove_region"}
)  # fmt: skip
ERASURE = "privacy.erase"
FIELDS = {
    "accent": gettext_lazy("Colour"),
    "answer_days": gettext_lazy("Working days until families are called"),
    "area_keys": gettext_lazy("Area keys"),
    "attempts": gettext_lazy("Calls that reached nobody"),
    "body": gettext_lazy("Body"),
    "created": gettext_lazy("New"),
    "email": gettext_lazy("E-mail address"),
    "expected": gettext_lazy("Rows"),
    "function": gettext_lazy("Function"),
    "is_internal": gettext_lazy("Only for members"),
    "is_public": gettext_lazy("Shown to families"),
    "level": gettext_lazy("Level"),
    "name": gettext_lazy("Name"),
    "note_days": gettext_lazy("Days until notes are deleted"),
    "operator": gettext_lazy("Operator"),
    "outcome": gettext_lazy("Outcome"),
    "partners.Organisation.kind": gettext_lazy("Kind of partner"),
    "partners.Organisation.website": gettext_lazy("Website"),
    "phones": gettext_lazy("Telephone numbers"),
    "place": gettext_lazy("Place"),
    "postal_code": gettext_lazy("Postal code"),
    "rejected": gettext_lazy("Rejected"),
    "removed": gettext_lazy("Removed again"),
    "restored": gettext_lazy("As before again"),
    "role": gettext_lazy("Role"),
    "short_name": gettext_lazy("Short name"),
    "shows_neighbours": gettext_lazy("Offers of neighbours"),
    "source": gettext_lazy("Source"),
    "stayed": gettext_lazy("Left as it is"),
    "street": gettext_lazy("Street"),
    "town": gettext_lazy("Town"),
    "unchanged": gettext_lazy("Unchanged"),
    "updated": gettext_lazy("Changed"),
    "warnings": gettext_lazy("Warnings"),
    "withdrawn": gettext_lazy("Withdrawn"),
}


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
    names = saying.Names(
        (name, value)
        for entry in found
        if entry.kind == OFFER
        for name, pair in entry.changes.items()
        for value in pair
    )
    return [_deed(entry, names) for entry in found]


def _deed(entry: Entry, names: saying.Names) -> Line:
    return Line(
        when=spoken.moment(entry.at),
        who=doer(entry.actor_label),
        what=said(entry.deed),
        title=said(entry.deed) if entry.deed == ERASURE else entry.title or said(entry.deed),
        url=_page(entry),
        changes=_changes(entry, names),
    )


def _page(entry: Entry) -> str:
    if entry.deed == ERASURE:
        return reverse("desk:privacy_receipt", args=[entry.pk])
    return "" if entry.deed in GONE else _url(entry.kind, entry.object_id)


def _changes(entry: Entry, names: saying.Names) -> list[Change]:
    if entry.deed == ERASURE:
        return []  # the receipt says it
    if entry.kind == OFFER:
        return [saying.change(name, pair, names) for name, pair in saying.in_order(entry)]
    # The databases keep the keys of a change in orders of their own.
    changes = (_change(entry.kind, name, pair) for name, pair in entry.changes.items())
    return sorted(changes, key=lambda change: change.label)


def _change(kind: str, name: str, pair: Any) -> Change:
    """Of all other records: the values as they stand, choices in words."""
    label = _label(kind, name)
    if not isinstance(pair, list):
        return Change(label, came=_words(kind, name, pair))
    if len(pair) != 2:
        return Change(label, note=_("Details are not kept."))
    return Change(label, gone=_words(kind, name, pair[0]), came=_words(kind, name, pair[1]))


def _label(kind: str, name: str) -> str:
    """What a field is called: of this record, of records in general, of offers."""
    own = FIELDS.get(f"{kind}.{name}") or FIELDS.get(name)
    if own:
        return str(own)
    if name in saying.LABELS:
        return saying.field_label(name)
    column = _column(kind, name)
    return str(column.verbose_name) if column else name


def _words(kind: str, name: str, value: Any) -> list[str]:
    if value in (None, "", [], {}):
        return []
    if isinstance(value, bool):
        return [_("yes") if value else _("no")]
    if isinstance(value, list):
        return [str(one) for one in value]
    if _column(kind, name) is not None and _column(kind, name).is_relation:
        return [_("another record")]  # the audit keeps its key only
    choices = dict(Role.choices) if name == "role" else _choices(kind, name)
    return [str(choices.get(value, value))] if isinstance(value, str) else [str(value)]


def _choices(kind: str, name: str) -> dict[Any, Any]:
    column = _column(kind, name)
    return dict(column.flatchoices) if column and column.choices else {}


def _column(kind: str, name: str) -> Any:
    try:
        return apps.get_model(kind)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None


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
