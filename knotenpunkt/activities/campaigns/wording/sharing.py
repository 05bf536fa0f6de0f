"""Why somebody gets so many packs, said to the coordination and to whoever ordered."""

from __future__ import annotations

from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.models import Giving, Line, Material, Order
from knotenpunkt.activities.campaigns.queries.orders import orderer_of
from knotenpunkt.activities.campaigns.queries.sharing import Proposal, Share
from knotenpunkt.activities.campaigns.wording.counts import packs, pieces_beside
from knotenpunkt.foundation.core import spoken


def ordered_by(order: Order) -> str:
    """The house that ordered, else the person or office."""
    if order.organisation is not None:
        return order.organisation.name
    if order.contact is not None:
        return order.contact.name
    orderer = orderer_of(order)
    return orderer.house or orderer.name or _("Order %(number)d") % {"number": order.number}


def house(order: Order) -> str:
    """The house that ordered and nothing else; "" for somebody without one."""
    return order.organisation.name if order.organisation else orderer_of(order).house


def rule_told(rule: Giving, material: Material) -> str:
    """What a rule does. What was reserved on ordering, no rule takes away."""
    if material.giving != Giving.FIRST_COME:
        return _rule_told(rule)
    if rule == Giving.FIRST_COME:
        return _("What was reserved on ordering stays: who ordered first has got first. Who came "
                 "too late is on the waiting list.")  # fmt: skip
    kept = _("What was reserved on ordering stays. For the rest:")
    return f"{kept} {_rule_told(rule)}"


def _rule_told(rule: Giving) -> str:
    return {
        Giving.PROPORTIONAL: _("First everybody gets one pack, the rest in proportion to the "
                               "order."),
        Giving.BY_SIZE: _("First everybody gets one pack, the rest by the number of children or "
                          "people."),
        Giving.FIRST_COME: _("First everybody gets one pack, then who ordered first gets all."),
    }[rule]  # fmt: skip


def reason(one: Share, proposal: Proposal) -> str:
    """Why this share, for the coordination."""
    if one.by_hand:
        return _("set by hand")
    if one.packs == one.wanted:
        return _("all that was ordered")
    if one.promised and one.packs == one.promised:
        return _reserved(proposal)
    if not one.packs:
        return _none_left(proposal)
    if proposal.material.giving == Giving.FIRST_COME:
        return _("what was still there")
    if one.packs == 1:
        return _("everybody gets one first")
    return _rest(proposal, one.line.order)


def _reserved(proposal: Proposal) -> str:
    if proposal.material.giving == Giving.FIRST_COME:
        return _("was reserved on ordering; more was not there")
    return _("was promised already")


def _none_left(proposal: Proposal) -> str:
    if proposal.material.giving == Giving.FIRST_COME:
        return _("all was reserved already: waits on the list")
    if proposal.rule == Giving.BY_SIZE:
        return _("fewer packs than orders: the largest houses come first")
    return _("fewer packs than orders: who ordered first comes first")


def _rest(proposal: Proposal, order: Order) -> str:
    if proposal.rule == Giving.FIRST_COME:
        return _("one first, the rest by the time of the order")
    if proposal.rule == Giving.PROPORTIONAL:
        return _("one first, the rest in proportion to the order")
    if order.size:
        return _("one first, the rest by number: %(n)s") % {"n": spoken.number(order.size)}
    return _("one first, the rest by number: not said, counted as %(n)s") % {
        "n": spoken.number(proposal.usual_size)
    }


def explained(line: Line) -> str:
    """The same for whoever ordered: what they wanted, what they get, and why."""
    material, granted = line.material, line.granted or 0
    told = {"material": " ".join(material.name.split()), "wanted": packs(line.wanted)}
    if granted >= line.wanted:
        return _("%(material)s: %(packs)s, as ordered") % (told | {"packs": _with_pieces(line)})
    if not granted and line.waits_since:
        return _("%(material)s: ordered %(wanted)s, on the waiting list") % told
    if not granted:
        return _("%(material)s: ordered %(wanted)s, unfortunately none. There was not enough for "
                 "everybody.") % told  # fmt: skip
    told |= {"packs": _with_pieces(line), "why": _why(line)}
    return _("%(material)s: ordered %(wanted)s, you get %(packs)s. %(why)s") % told


def _with_pieces(line: Line) -> str:
    granted = line.granted or 0
    told = pieces_beside(line.material, granted)
    return f"{packs(granted)} ({told})" if told else packs(granted)


def _why(line: Line) -> str:
    if line.proposed is not None and line.proposed == line.granted:
        return _("More was ordered than we have, so we looked at each order.")
    if line.material.giving == Giving.FIRST_COME:
        return _("More was ordered than we have: who ordered first has got first.")
    return {
        Giving.PROPORTIONAL: _("More was ordered than we have: first everybody got one pack, the "
                               "rest went by how much was ordered."),
        Giving.BY_SIZE: _("More was ordered than we have: first everybody got one pack, the rest "
                          "went by the number of children or people."),
        Giving.FIRST_COME: _("More was ordered than we have: first everybody got one pack, the "
                             "rest went to those who ordered first."),
    }[Giving(line.material.shared_by or line.material.giving)]  # fmt: skip
