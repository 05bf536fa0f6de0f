"""Numbers of packs, pieces and orders, as they are said everywhere."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.activities.campaigns.models import Material
from knotenpunkt.foundation.core import spoken


def packs(count: int) -> str:
    """ "1 pack", "3 packs"."""
    return ngettext("%(n)s pack", "%(n)s packs", count) % {"n": spoken.number(count)}


def orders(count: int) -> str:
    """ "1 order", "12 orders"."""
    return ngettext("%(n)s order", "%(n)s orders", count) % {"n": spoken.number(count)}


def packs_missing(count: int) -> str:
    """ "3 packs are missing"."""
    told = ngettext("%(n)s pack is missing", "%(n)s packs are missing", count)
    return told % {"n": spoken.number(count)}


def packs_left(count: int) -> str:
    """ "3 packs stay", or that it is exactly enough."""
    if not count:
        return _("exactly enough")
    return ngettext("%(n)s pack stays", "%(n)s packs stay", count) % {"n": spoken.number(count)}


def pieces(material: Material, packs: int) -> str:
    """ "100 Postkarten"; "1 × Postkarten", because the word for a single one is not known."""
    if packs * material.pack_size == 1 and material.unit:
        return f"1 × {material.unit}"
    count = spoken.number(packs * material.pack_size)
    return _("%(n)s %(unit)s") % {"n": count, "unit": material.unit or _("pieces")}


def pieces_beside(material: Material, packs: int) -> str:
    """The same beside the number of packs; "" where a pack is one piece."""
    return "" if material.pack_size == 1 else pieces(material, packs)
