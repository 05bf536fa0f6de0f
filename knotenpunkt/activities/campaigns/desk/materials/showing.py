"""How a material and its stock look at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.models import (
    Campaign,
    CampaignState,
    Giving,
    Material,
)
from knotenpunkt.activities.campaigns.queries.materials import Stock
from knotenpunkt.activities.campaigns.wording.counts import orders, packs, packs_left
from knotenpunkt.activities.campaigns.wording.orders import limit, pack_size
from knotenpunkt.foundation.core.spoken import number

WIDTH = 600


@dataclass(frozen=True, slots=True)
class Bar:
    """Ordered against in stock, as lengths of a bar of `WIDTH`."""

    filled: int
    over: int
    told: str
    note: str
    is_short: bool


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """One material in the list."""

    material: Material
    bar: Bar
    facts: str
    giving: str
    state: str
    state_label: str
    edit_url: str
    orders_url: str
    orders: str
    picture_url: str


def bar_of(stock: Stock) -> Bar:
    """The accent is what the stock covers, hatched what is ordered beyond it."""
    whole = max(stock.size, stock.wanted, 1)
    filled = round(WIDTH * min(stock.size, stock.wanted) / whole)
    return Bar(
        filled=filled,
        over=round(WIDTH * stock.wanted / whole) - filled,
        told=_("%(wanted)s ordered, %(stock)s in stock")
        % {"wanted": packs(stock.wanted), "stock": number(stock.size)},
        note=_note(stock),
        is_short=stock.missing > 0,
    )


def _note(stock: Stock) -> str:
    if stock.waiting:
        return _("%(packs)s on the waiting list") % {"packs": packs(stock.waiting)}
    if stock.missing:
        return _("%(packs)s too few") % {"packs": packs(stock.missing)}
    if not stock.size:
        return _("how many there are is not settled yet")
    return packs_left(stock.size - stock.wanted) if stock.wanted else ""


def row_of(campaign: Campaign, material: Material, stock: Stock) -> MaterialRow:
    """A material with everything that the list says of it."""
    here = [campaign.pk, material.pk]
    orders_url = reverse("campaigns:orders", args=[campaign.pk])
    state, label = _state(campaign, material)
    return MaterialRow(
        material=material,
        bar=bar_of(stock),
        facts=" · ".join(filter(None, (pack_size(material), limit(material)))),
        giving=str(Giving(material.giving).label),
        state=state,
        state_label=label,
        edit_url=reverse("campaigns:material", args=here),
        orders_url=f"{orders_url}?material={material.pk}",
        orders=orders(stock.orders),
        picture_url=picture_url(campaign, material),
    )


def _state(campaign: Campaign, material: Material) -> tuple[str, str]:
    if campaign.state == CampaignState.ENDED:
        return "none", _("the campaign has ended")
    if material.is_offered:
        return "published", _("can be ordered")
    return "withdrawn", _("not in the order form")


def picture_url(campaign: Campaign, material: Material) -> str:
    """Where members see the picture, also before the campaign is public."""
    if material.picture_id is None:
        return ""
    name = "campaigns:desk_material_picture"
    return reverse(name, args=[campaign.pk, material.pk, material.picture_id.hex])
