"""The list of orders of a campaign: columns, parts, filters, and the lines of its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from knotenpunkt.activities.campaigns.models import (
    Came,
    Campaign,
    Line,
    Material,
    Order,
    OrderState,
)
from knotenpunkt.activities.campaigns.queries.materials import materials, stations
from knotenpunkt.activities.campaigns.queries.orders import (
    note_of,
    orderer_of,
    with_typed_words,
)
from knotenpunkt.activities.campaigns.wording.orders import SHAPES, summary
from knotenpunkt.activities.campaigns.wording.sharing import ordered_by
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.tables import Cell
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.areas.queries import Stretch, own_regions, regions
from knotenpunkt.registers.partners.desk import narrowing
from knotenpunkt.registers.partners.desk.organisations.filters import in_stretch, serves_all
from knotenpunkt.registers.partners.models import Organisation
from knotenpunkt.tools.lists import listing as lists
from knotenpunkt.tools.lists.listing import Column, Filter, Listing, Tab, choice, text
from knotenpunkt.tools.lists.matching import one_text, says, words_of

NAME = "orders"
WITHOUT = "ohne"
# As short as a column is.
WAYS = {
    Came.LINK: gettext_lazy("own link"),
    Came.PAGE: gettext_lazy("public page"),
    Came.MAIL: gettext_lazy("e-mail"),
    Came.TELEPHONE: gettext_lazy("telephone"),
}


def listing(actor: Actor, campaign: Campaign) -> Listing:
    """The list as this member sees it."""
    return Listing(
        name=NAME,
        columns=_columns(campaign, actor.may(Right.RUN_CAMPAIGNS)),
        tabs=_tabs(),
        filters=_filters(actor, campaign),
        completed=with_lines,
        sort="-kam",
        count=lambda n: ngettext("%(n)s order", "%(n)s orders", n) % {"n": spoken.number(n)},
    )


def with_lines(rows: QuerySet[Order]) -> QuerySet[Order]:
    """With what was ordered."""
    return rows.prefetch_related("lines__material")


def _columns(campaign: Campaign, may_run: bool) -> list[Column]:
    by_number = lists.Order("nummer", _("Number"), ["number"])
    by_house = lists.Order(
        "besteller", _("Who"), [F("organisation__name_key").asc(nulls_last=True), "number"]
    )
    by_time = lists.Order("kam", _("Came"), ["placed_at"])
    return [
        Column(_("Who"), lambda one: _who(campaign, one, may_run), [by_house, by_number]),
        Column(_("What"), lambda one: Cell(summary(one) or "–", label=_("What"))),
        Column(_("Handing over"), _station),
        Column(_("Came"), _came, [by_time]),
        Column(_("State"), _state),
    ]  # fmt: skip


def _who(campaign: Campaign, one: Order, may_run: bool) -> Cell:
    """What a stranger typed about themselves, only those read who run the campaign."""
    url = reverse("campaigns:desk_order", args=[campaign.pk, one.pk])
    typed = orderer_of(one).name if may_run else ""
    name = one.contact.name if one.contact else typed
    house = ordered_by(one)
    is_unknown = one.organisation is None
    number = _("No. %(n)s") % {"n": one.number}
    told = (number, name if name != house else "", _not_tied(is_unknown))
    return Cell(house, note=" · ".join(filter(None, told)), url=url)


def _not_tied(is_unknown: bool) -> str:
    return _("no partner yet") if is_unknown else ""


def _station(one: Order) -> Cell:
    if one.handed_over_at is not None:
        day = spoken.short_date(timezone.localdate(one.handed_over_at))
        return Cell(_("handed over on %(day)s") % {"day": day}, label=_("Handing over"))
    return Cell(one.station.name if one.station else "–", label=_("Handing over"))


def _came(one: Order) -> Cell:
    day = spoken.short_date(timezone.localdate(one.placed_at))
    return Cell(day, note=str(WAYS[Came(one.came)]), label=_("Came"))


def _state(one: Order) -> Cell:
    state = OrderState(one.state)
    if state == OrderState.PLACED and any(line.waits_since for line in one.lines.all()):
        return Cell(_("waiting list"), state="waiting", label=_("State"))
    return Cell(str(state.label), state=SHAPES[state], label=_("State"))


def _tabs() -> list[Tab]:
    waiting = Line.objects.filter(order=OuterRef("pk"), waits_since__isnull=False)
    placed = Q(state=OrderState.PLACED)
    return [
        Tab("alle", pgettext("tab of a list", "All"), Q()),
        Tab("bestellt", pgettext("orders", "Placed"), placed),
        Tab("warteliste", _("Waiting list"), placed & Q(Exists(waiting))),
        Tab("spaet", pgettext("orders", "Late"), Q(state=OrderState.LATE)),
        Tab("ohne-partner", _("No partner yet"),
            Q(organisation=None, state__in=(OrderState.PLACED, OrderState.LATE))),
        Tab("abgesagt", pgettext("orders", "Cancelled"),
            Q(state__in=(OrderState.CANCELLED, OrderState.REFUSED))),
    ]  # fmt: skip


def _filters(actor: Actor, campaign: Campaign) -> list[Filter]:
    known, own = regions(actor), own_regions(actor)
    goods = [(str(one.pk), one.name) for one in materials(actor, campaign)]
    where = [(str(one.pk), one.name) for one in stations(campaign)]
    return [
        text("q", _("Search in this list"), lambda typed: _with_words(actor, campaign.pk, typed),
             said=_("Searched for")),
        choice("material", _("Material"), goods, _with_material),
        choice("ausgabe", _("Handing over"), [*where, (WITHOUT, _("not known yet"))], _at),
        choice("weg", _("Came"), Came.choices, lambda came: Q(came=came)),
        _in_region(known, own),
    ]  # fmt: skip


def _with_words(actor: Actor, campaign_id: UUID, typed: str) -> Q:
    """A number, or words of house, person and town; of who is no partner, what they typed."""
    if typed.strip().isdecimal():
        return Q(number=int(typed.strip()[:9]))
    named = Q()
    for word in words_of(typed):
        named &= says(one_text("organisation__name", "contact__name"), word) | says(
            one_text("organisation__place__town"), word
        )
    if not actor.may(Right.RUN_CAMPAIGNS):
        return named
    return named | Q(pk__in=with_typed_words(campaign_id, typed))


def _with_material(key: str) -> Q:
    lines = Line.objects.filter(material=key).order_by()
    return Q(pk__in=lines.values("order"))


def _at(key: str) -> Q:
    return Q(station=None) if key == WITHOUT else Q(station=key)


def _in_region(known: Sequence[Region], own: Sequence[Region]) -> Filter:
    def houses(kept: Q) -> Q:
        rows = Organisation.objects.filter(kept).order_by()
        return Q(organisation__in=rows.values("pk"))

    def inside(stretch: Stretch) -> Q:
        return houses(in_stretch(stretch))

    return narrowing.region(known, own, inside, houses(serves_all()))


def header(goods: Sequence[Material]) -> list[str]:
    """The columns of the file."""
    wanted = [
        part
        for one in goods
        for part in (
            _("%(material)s: packs ordered") % {"material": one.name},
            _("%(material)s: packs given") % {"material": one.name},
        )
    ]
    return [
        _("No."), _("Came on"), _("How"), _("State"), _("Organisation"), _("Name"),
        _("E-mail address"), _("Telephone"), _("Street"), _("Postal code"), _("Town"),
        _("Children or people"), _("Handing over"), *wanted, _("Note"),
    ]  # fmt: skip


def lines(goods: Sequence[Material], rows: QuerySet[Order]) -> Iterator[list[str]]:
    """One line for each order."""
    full = rows.prefetch_related("lines", "contact__phones")
    for one in full:
        by_material = {line.material_id: line for line in one.lines.all()}
        yield [
            str(one.number),
            f"{timezone.localtime(one.placed_at):%d.%m.%Y %H:%M}",
            str(Came(one.came).label),
            str(OrderState(one.state).label),
            *_address(one),
            str(one.size or ""),
            one.station.name if one.station else "",
            *(part for good in goods for part in _packs(by_material.get(good.pk))),
            note_of(one),
        ]


def _packs(line: Line | None) -> tuple[str, str]:
    if line is None:
        return "", ""
    return str(line.wanted), "" if line.granted is None else str(line.granted)


def _address(one: Order) -> list[str]:
    """Organisation, name, mail, telephone, street, postal code, town."""
    contact, place = one.contact, one.organisation.place if one.organisation else None
    if contact is None:
        typed: Any = orderer_of(one)
        return [ordered_by(one), typed.name, typed.email, typed.phone, typed.street,
                typed.postal_code, typed.town]  # fmt: skip
    phones = [phone.shown for phone in contact.phones.all()]
    return [
        ordered_by(one), contact.name, contact.email, next(iter(phones), ""),
        place.street if place else "", place.postal_code if place else "",
        place.town if place else "",
    ]  # fmt: skip
