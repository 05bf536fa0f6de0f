"""Offers and their languages at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.core.languages import OTHERS
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.registers.offers.desk.columns import (
    STATE_LABELS,
    by_provider,
    by_title,
    title_cell,
)
from knotenpunkt.registers.offers.desk.filters import about, topic_options, with_words
from knotenpunkt.registers.offers.desk.filters import by_provider as of_provider
from knotenpunkt.registers.offers.models import Offer, Status, TextState
from knotenpunkt.registers.offers.queries import offers_at_desk, topics
from knotenpunkt.registers.offers.translating.forms import ExportForm, language_choices
from knotenpunkt.registers.offers.translating.lines import LanguageLine, language_lines
from knotenpunkt.registers.offers.translating.queries import in_state, with_texts
from knotenpunkt.registers.offers.translating.rules import may_exchange
from knotenpunkt.registers.offers.translating.wording import (
    LABELS,
    MISSING,
    SHAPES,
    state_label,
    text_language,
)
from knotenpunkt.tools.lists.listing import Cleaned, Column, Filter, Listing, Tab, choice, text
from knotenpunkt.tools.lists.registry import list_page
from knotenpunkt.tools.lists.showing import show
from knotenpunkt.tools.lists.views import views_bar
from knotenpunkt.tools.lists.wanted import read
from knotenpunkt.tools.translations.services import service

NAME, PICK = "offer_texts", "angebot"
ANY = "irgendeine"
list_page(NAME, label=gettext_lazy("Translations"), page="offers_desk:text_matrix")


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One offer with all its languages."""

    id: str
    title: str
    provider: str
    url: str
    lines: Sequence[LanguageLine]


@require_safe
@members_only()
def matrix(request: DeskRequest) -> HttpResponse:
    """Which offer has which text; narrowed, sorted, page by page."""
    listing = texts_listing()
    wanted, form = read(listing, request.GET.dict())
    shown = show(listing, wanted, form, offers_at_desk(request.actor))
    exchanging = may_exchange(request.actor)
    language = request.GET.get("sprache", "")
    context = {
        "shown": shown,
        "list_url": reverse("offers_desk:text_matrix"),
        "views": views_bar(request.actor, NAME, wanted),
        "matrix": [_row(offer) for offer in shown.records],
        "languages": [(code, text_language(code)) for code in OTHERS],
        "legend": [(SHAPES[state], state_label(state)) for state in LABELS],
        "pick": "",
        "picking": PICK if exchanging else "",
        "form": ExportForm(language=language) if exchanging else None,
        "service": service() if exchanging else None,
    }
    return render(request, "offers/desk/text_matrix.html", context)


def texts_listing() -> Listing:
    """How the matrix is narrowed and sorted; built for each request."""
    published, draft = Q(status=Status.PUBLISHED), Q(status=Status.DRAFT)
    known = topics()
    return Listing(
        name=NAME,
        columns=[Column(_("Offer and provider"), title_cell, [by_title(), by_provider()])],
        tabs=[
            Tab("veroeffentlicht", str(STATE_LABELS[Status.PUBLISHED]), published),
            Tab("entwurf", str(STATE_LABELS[Status.DRAFT]), draft),
        ],
        filters=[
            text("q", _("Search in this list"), with_words, said=_("Searched for")),
            state_filter(),
            choice("thema", _("Topic"), topic_options(known), lambda key: about(known, key)),
            text("anbieter", _("Provider"), of_provider),
        ],
        completed=with_texts,
        sort="titel",
        count=lambda n: ngettext("%(n)s offer", "%(n)s offers", n) % {"n": number(n)},
    )


def state_filter() -> Filter:
    """How a text stands, in one language or in any."""
    states = [(MISSING, state_label(MISSING)), *((s.value, str(s.label)) for s in TextState)]
    state = forms.ChoiceField(
        label=_("State of the text"), required=False, choices=[("", _("any")), *states]
    )
    language = forms.ChoiceField(
        label=_("in the language"), required=False, choices=[("", _("any")), *language_choices()]
    )
    return Filter({"zustand": state, "sprache": language}, keeps=_keeps, says=_says)


def _keeps(cleaned: Cleaned) -> Q:
    return in_state(cleaned["zustand"], [cleaned["sprache"]] if cleaned.get("sprache") else OTHERS)


def _says(cleaned: Cleaned) -> str:
    label = state_label(cleaned["zustand"])
    if not cleaned.get("sprache"):
        return _("Text: %(state)s") % {"state": label}
    language = text_language(cleaned["sprache"])
    return _("%(language)s: %(state)s") % {"language": language, "state": label}


def _row(offer: Offer) -> MatrixRow:
    return MatrixRow(
        id=str(offer.pk),
        title=offer.title,
        provider=offer.provider.name,
        url=reverse("offers_desk:texts", kwargs={"offer_id": offer.pk}),
        lines=language_lines(offer),
    )
