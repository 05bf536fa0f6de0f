"""What a change of a material means for the orders there are, in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.activities.campaigns.actions.materials import MaterialDraft
from knotenpunkt.activities.campaigns.models import Giving, Material
from knotenpunkt.activities.campaigns.queries.materials import Stock
from knotenpunkt.activities.campaigns.wording.counts import packs, pieces
from knotenpunkt.foundation.core import spoken


def consequences(material: Material, draft: MaterialDraft, stock: Stock) -> list[str]:
    """One sentence each; none when nobody has ordered it."""
    return list(_consequences(material, draft, stock)) if stock.orders else []


def _consequences(material: Material, draft: MaterialDraft, stock: Stock) -> Iterator[str]:
    gives_alike = draft.giving == material.giving
    if draft.packs != material.packs and gives_alike:
        yield _of_stock(material, draft.packs, stock)
    if not gives_alike:
        yield _of_giving(draft, stock)
    if draft.pack_size != material.pack_size:
        yield _of_size(material, draft)
    if material.is_offered and not draft.is_offered:
        told = ngettext(
            "It stands in no order form any more. %(n)s order stays as it is.",
            "It stands in no order form any more. %(n)s orders stay as they are.",
            stock.orders,
        )
        yield told % {"n": spoken.number(stock.orders)}
    limit = draft.most_packs
    if limit is not None and (material.most_packs is None or limit < material.most_packs):
        yield _("The new limit holds for orders from now on. Those there are stay as they are.")


def _of_stock(material: Material, wanted: int, stock: Stock) -> str:
    if material.giving == Giving.FIRST_COME:
        return _for_who_waits(wanted - stock.size, stock)
    told = {"wanted": packs(stock.wanted), "stock": packs(wanted)}
    if stock.wanted > wanted:
        return _("Ordered: %(wanted)s, in stock: %(stock)s. Not everybody gets all.") % told
    return _("Ordered: %(wanted)s, in stock: %(stock)s. It is enough for all.") % told


def _for_who_waits(more: int, stock: Stock) -> str:
    if more > 0 and stock.waiting:
        goes = min(more, stock.waiting)
        return ngettext(
            "%(n)s pack goes at once to who waits, and they are told by mail.",
            "%(n)s packs go at once to those who wait, and they are told by mail.",
            goes,
        ) % {"n": spoken.number(goes)}
    left = stock.size + more - stock.given
    return ngettext(
        "%(n)s pack is left for new orders then.", "%(n)s packs are left for new orders then.", left
    ) % {"n": spoken.number(left)}


def _of_giving(draft: MaterialDraft, stock: Stock) -> str:
    told = {"n": spoken.number(stock.orders)}
    if draft.giving == Giving.FIRST_COME:
        return ngettext(
            "%(n)s order gets its packs at once. Who comes too late waits on a list. Nobody is "
            "told by mail.",
            "%(n)s orders get their packs at once, in the order in which they came. Who comes too "
            "late waits on a list. Nobody is told by mail.",
            stock.orders,
        ) % told  # fmt: skip
    return ngettext(
        "%(n)s order is a wish again and is shared after the deadline. What was reserved is free, "
        "and there is no waiting list any more. Nobody is told by mail.",
        "%(n)s orders are wishes again and are shared after the deadline. What was reserved is "
        "free, and there is no waiting list any more. Nobody is told by mail.",
        stock.orders,
    ) % told  # fmt: skip


def _of_size(material: Material, draft: MaterialDraft) -> str:
    after = _("%(n)s %(unit)s") % {
        "n": spoken.number(draft.pack_size), "unit": draft.unit or _("pieces")
    }  # fmt: skip
    return _("Orders count in packs. A pack was %(before)s and is %(after)s then.") % {
        "before": pieces(material, 1), "after": after
    }  # fmt: skip
