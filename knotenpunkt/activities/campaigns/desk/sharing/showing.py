"""How a sharing looks: bars of stock, who gets how much, tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.activities.campaigns.models import Giving
from knotenpunkt.activities.campaigns.queries.sharing import Proposal, Share
from knotenpunkt.activities.campaigns.wording.counts import orders, packs, packs_left, packs_missing
from knotenpunkt.activities.campaigns.wording.sharing import ordered_by, reason
from knotenpunkt.foundation.core.spoken import number

WIDTH = 600
# Bars of the chart: one for each number of packs up to this, then one for all above.
MOST_BARS = 9
BAR, GAP, HEIGHT = 46, 14, 120


@dataclass(frozen=True, slots=True)
class StockBar:
    """What is ordered against what there is, as lengths of a bar of `WIDTH`."""

    filled: int
    over: int
    told: str
    note: str
    is_short: bool


def stock_bar(proposal: Proposal) -> StockBar:
    """The accent is what can be given, hatched what is ordered beyond the stock."""
    stock, wanted = proposal.material.packs, proposal.wanted
    whole = max(stock, wanted, 1)
    filled = round(WIDTH * min(stock, wanted) / whole)
    return StockBar(
        filled=filled,
        over=round(WIDTH * wanted / whole) - filled,
        told=_("%(wanted)s ordered, %(stock)s in stock")
        % {"wanted": packs(wanted), "stock": number(stock)},
        note=packs_missing(wanted - stock) if wanted > stock else packs_left(stock - wanted),
        is_short=wanted > stock,
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """How many orders get so many packs; grey is how many wanted so many."""

    label: str
    x: int
    wanted: int
    gets: int
    wanted_height: int
    gets_height: int

    @property
    def middle(self) -> int:
        """Where the label stands."""
        return self.x + BAR // 2

    @property
    def gets_x(self) -> int:
        """The second bar of the pair."""
        return self.x + BAR // 2

    @property
    def half(self) -> int:
        """Width of one bar of the pair."""
        return BAR // 2 - 1

    @property
    def wanted_y(self) -> int:
        """Upper end of the grey bar."""
        return HEIGHT - self.wanted_height

    @property
    def gets_y(self) -> int:
        """Upper end of the filled bar."""
        return HEIGHT - self.gets_height


def chart(proposal: Proposal) -> list[Bar]:
    """Orders by number of packs, wanted and given."""
    wanted = Counter(min(one.wanted, MOST_BARS + 1) for one in proposal.shares)
    gets = Counter(min(one.packs, MOST_BARS + 1) for one in proposal.shares)
    sizes = range(0 if gets[0] else 1, max([*wanted, *gets, 1]) + 1)
    most = max([*wanted.values(), *gets.values(), 1])
    return [
        Bar(
            label=str(size) if size <= MOST_BARS else _("%(n)d and more") % {"n": size},
            x=place * (BAR + GAP),
            wanted=wanted[size],
            gets=gets[size],
            wanted_height=round(HEIGHT * wanted[size] / most),
            gets_height=round(HEIGHT * gets[size] / most),
        )
        for place, size in enumerate(sizes)
    ]


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One order in the table of shares; `typed` is what stands in its field."""

    share: Share
    name: str
    town: str
    reason: str
    typed: str
    is_wrong: bool


def share_rows(
    proposal: Proposal, shares: Sequence[Share], wrong: Mapping[UUID, str]
) -> list[ShareRow]:
    """The rows, with what was typed wrong still in their fields."""
    return [
        ShareRow(
            share=one,
            name=ordered_by(one.line.order),
            town=_size(one, proposal),
            reason=reason(one, proposal),
            typed=wrong.get(one.line.pk, str(one.packs)),
            is_wrong=one.line.pk in wrong,
        )
        for one in shares
    ]


def _size(one: Share, proposal: Proposal) -> str:
    told = _("No. %(number)d") % {"number": one.line.order.number}
    if proposal.rule != Giving.BY_SIZE or not one.line.order.size:
        return told
    size = one.line.order.size
    people = ngettext("for %(n)s child or person", "for %(n)s children or people", size)
    return f"{told}, {people % {'n': number(size)}}"


def consequences(proposal: Proposal) -> list[str]:
    """What happens when it stands, one sentence each."""
    none = sum(not one.packs for one in proposal.shares)
    less = sum(0 < one.packs < one.wanted for one in proposal.shares)
    told = [
        _("%(orders)s together: %(given)s of %(wanted)s.")
        % {
            "orders": orders(len(proposal.shares) - none),
            "given": number(proposal.given),
            "wanted": packs(proposal.wanted),
        }
    ]
    if less:
        gets_less = ngettext(
            "%(n)s order gets less than it wanted.", "%(n)s orders get less than they wanted.", less
        )
        told.append(gets_less % {"n": number(less)})
    if none:
        gets_none = ngettext("%(n)s order gets none.", "%(n)s orders get none.", none)
        told.append(gets_none % {"n": number(none)})
    return [*told, _stays(max(proposal.left, 0))]


def _stays(left: int) -> str:
    if not left:
        return _("Nothing stays in stock.")
    told = ngettext("%(n)s pack stays in stock.", "%(n)s packs stay in stock.", left)
    return told % {"n": number(left)}


def given_of_stock(given: int, stock: int) -> str:
    """ "8 of 13 packs"."""
    return _("%(given)s of %(stock)s") % {"given": number(given), "stock": packs(stock)}
