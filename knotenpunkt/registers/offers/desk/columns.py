"""What the list of offers at the desk shows of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import Case, F, OuterRef, Prefetch, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.tables import Cell
from knotenpunkt.registers.offers.findings import LONG
from knotenpunkt.registers.offers.models import Offer, OfferAtPlace, OfferTopic, Setting, Status
from knotenpunkt.registers.offers.wording import audience
from knotenpunkt.tools.lists.listing import Column, Order
from knotenpunkt.tools.lists.matching import folded

MOST_TOPICS = 1
MOST_TOWNS = 2
# As they stand on their way: what is not ready yet comes first.
STATE_ORDER = {Status.DRAFT: 1, Status.PUBLISHED: 2, Status.WITHDRAWN: 3}
STATE_LABELS = {
    Status.DRAFT: pgettext_lazy("state of an offer", "Draft"),
    Status.PUBLISHED: pgettext_lazy("state of an offer", "Published"),
    Status.WITHDRAWN: pgettext_lazy("state of an offer", "Withdrawn"),
}


def columns(today: date) -> list[Column]:
    """The columns; built for each request, because a subquery belongs to its network."""
    return [
        Column(_("Offer and provider"), title_cell, [by_title(), by_provider()]),
        Column(_("Topic"), topic_cell),
        Column(_("Town"), town_cell, [by_town()]),
        Column(_("Age"), age_cell),
        Column(pgettext("of an offer", "State"), state_cell(today), [by_state()]),
        Column(_("Last checked"), checked_cell(today), [by_checked()], numeric=True),
    ]


def by_title() -> Order:
    """As in a dictionary: Ä beside A, whatever the database thinks of it."""
    return Order("titel", _("Offer"), [folded("title")])


def by_provider() -> Order:
    """By the name of the facility, then by title."""
    return Order(
        "anbieter", pgettext("who offers it", "Provider"), ["provider__name_key", folded("title")]
    )


def by_town() -> Order:
    """By the town of the first place; offers without a place come last."""
    first = OfferAtPlace.objects.filter(offer=OuterRef("pk")).order_by("position")
    town = folded(Subquery(first.values("place__town")[:1]))
    return Order("ort", _("Town"), [town.asc(nulls_last=True), folded("title")])


def by_state() -> Order:
    """Drafts, published ones, withdrawn ones."""
    told = [When(status=status, then=Value(place)) for status, place in STATE_ORDER.items()]
    return Order("zustand", pgettext("of an offer", "State"), [Case(*told), folded("title")])


def by_checked() -> Order:
    """What nobody ever confirmed comes first."""
    return Order(
        "geprueft", _("Last checked"), [F("checked_on").asc(nulls_first=True), folded("title")]
    )


def completed(rows: QuerySet[Offer]) -> QuerySet[Offer]:
    """With everything that the cells show: three queries, however many rows."""
    return rows.select_related("provider").prefetch_related(
        Prefetch("at_places", OfferAtPlace.objects.select_related("place")),
        Prefetch("topic_links", OfferTopic.objects.select_related("topic")),
    )


def title_cell(offer: Offer) -> Cell:
    """The title leads to the offer's page at the desk; the provider stands below it."""
    url = reverse("offers_desk:detail", kwargs={"offer_id": offer.pk})
    return Cell(offer.title, note=offer.provider.name, url=url)


def topic_cell(offer: Offer) -> Cell:
    """The first topics by name."""
    names = [link.topic.name for link in offer.topic_links.all()]
    return Cell(_shortened(names, MOST_TOPICS))


def town_cell(offer: Offer) -> Cell:
    """The towns, or the way it happens without a way to go."""
    towns = [link.place.town for link in offer.at_places.all() if link.place.town]
    if not towns and offer.setting != Setting.ON_SITE:
        return Cell(offer.get_setting_display())
    return Cell(_shortened(list(dict.fromkeys(towns)), MOST_TOWNS))


def age_cell(offer: Offer) -> Cell:
    """For whom, by age; empty when nobody said."""
    told = spoken.ages(offer.age_from, offer.age_to) or audience(offer)
    return Cell(told)


def state_cell(today: date) -> Callable[[Offer], Cell]:
    """Where it stands; a published offer that nobody looked at for a year says so."""

    def cell(offer: Offer) -> Cell:
        status = Status(offer.status)
        is_old = offer.checked_on is not None and offer.checked_on < today - LONG
        if status is Status.PUBLISHED and is_old:
            return Cell(_("Long unconfirmed"), state="stale")
        return Cell(str(STATE_LABELS[status]), state=status.value)

    return cell


def checked_cell(today: date) -> Callable[[Offer], Cell]:
    """When it was last confirmed, and how long ago that is."""

    def cell(offer: Offer) -> Cell:
        label = _("checked")
        if offer.checked_on is None:
            return Cell(_("never yet"), label=label)
        ago = spoken.how_long_ago(offer.checked_on, today)
        return Cell(spoken.short_date(offer.checked_on), note=ago, label=label)

    return cell


def _shortened(names: list[str], most: int) -> str:
    more = len(names) - most
    told = ", ".join(names[:most])
    return f"{told} +{more}" if more > 0 else told
