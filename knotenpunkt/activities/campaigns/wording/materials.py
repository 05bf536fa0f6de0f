"""What a change of a material means for the orders there are, in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.activities.campaigns.actions.materials import MaterialDraft
from knotenpunkt.activities.campaigns.models import Giving, Material
from knotenpunkt.activities.campaigns.queries.materials import Stock
from knotenpunkt.activities.campaigns.wording.orders import packs, pieces
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
        yield _("It stands in no order form any more. %(orders)s stay as they are.") % {
            "orders": orders(stock.orders)
        }
    limit = draft.most_packs
    if limit is not None and (material.most_packs is None or limit < material.most_packs):
        yield _("The new limit holds for orders from now on. Those there are stay as they are.")


def _of_stock(material: Material, wanted: int, stock: Stock) -> str:
    if material.giving == Giving.FIRST_COME:
        return _for_who_waits(wanted - stock.size, stock)
    told = {"wanted": packs(stock.wanted), "stock": packs(wanted)}
    if stock.wanted > wanted:
        return _("%(wanted)s are ordered, and there are %(stock)s: not everybody gets all.") % told
    return _("%(wanted)s are ordered, and there are %(stock)s: it is enough for all.") % told


def _for_who_waits(more: int, stock: Stock) -> str:
    if more > 0 and stock.waiting:
        goes = packs(min(more, stock.waiting))
        return _("%(packs)s go at once to those who wait, and they are told by mail.") % {
            "packs": goes
        }
    left = stock.size + more - stock.given
    return _("%(packs)s are left for new orders then.") % {"packs": packs(left)}


def _of_giving(draft: MaterialDraft, stock: Stock) -> str:
    told = {"orders": orders(stock.orders)}
    if draft.giving == Giving.FIRST_COME:
        return _(
            "%(orders)s get their packs at once, in the order in which they came. Who comes too "
            "late waits on a list. Nobody is told by mail."
        ) % told  # fmt: skip
    return _(
        "%(orders)s are wishes again and are shared after the deadline. What was reserved is free, "
        "and there is no waiting list any more. Nobody is told by mail."
    ) % told  # fmt: skip


def _of_size(material: Material, draft: MaterialDraft) -> str:
    after = _("%(n)s %(unit)s") % {
        "n": spoken.number(draft.pack_size), "unit": draft.unit or _("pieces")
    }  # fmt: skip
    return _("Orders count in packs. A pack was %(before)s and is %(after)s then.") % {
        "before": pieces(material, 1), "after": after
    }  # fmt: skip


def orders(count: int) -> str:
    """ "12 orders"."""
    return ngettext("%(n)s order", "%(n)s orders", count) % {"n": spoken.number(count)}
