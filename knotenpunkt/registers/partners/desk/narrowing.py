"""The ways to narrow both lists of partners."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from knotenpunkt.registers.areas.models import Region, RegionKind
from knotenpunkt.registers.areas.queries import Stretch, stretch_of
from knotenpunkt.registers.partners.models import (
    Contact,
    Involvement,
    Phone,
    Tag,
    Tagging,
)
from knotenpunkt.registers.partners.rules import holds_role, is_due, months_ago
from knotenpunkt.registers.partners.wording import kind_options
from knotenpunkt.tools.lists.listing import Filter, choice

MINE, EVERYWHERE = "meine", "alle"
NEVER, DUE, OTHERS = "nie", "faellig", "nicht-"
MONTHS = (3, 6, 12)
SEEN_MONTHS = (12, 36)


def region(
    known: Sequence[Region],
    own: Sequence[Region],
    keeps: Callable[[Stretch], Q],
    nowhere: Q | None = None,
) -> Filter:
    """By region, with its parts; one's own regions stand first.

    `nowhere` keeps what named no region, where that can be.
    """
    options: list[tuple[str, Any]] = []
    if own:
        names = ", ".join(one.name for one in own)
        options.append((MINE, _("My region: %(names)s") % {"names": names}))
    for kind in RegionKind:
        inside = [(str(one.pk), one.name) for one in known if one.kind == kind]
        options += [(str(kind.label), inside)] if inside else []
    if nowhere is not None:
        options.append((EVERYWHERE, _("the whole network")))

    def kept(wanted: str) -> Q:
        if wanted == EVERYWHERE and nowhere is not None:
            return nowhere
        chosen = own if wanted == MINE else [one for one in known if str(one.pk) == wanted]
        return keeps(stretch_of((one.pk for one in chosen), known))

    return choice("region", _("Region"), options, kept)


def tag(known: Sequence[Tag], partner: str) -> Filter:
    """By a tag; `partner` is the side of the link, organisation or person."""

    def kept(wanted: str) -> Q:
        links = Tagging.objects.filter(tag=wanted).order_by()
        return Q(pk__in=links.values(partner))

    options = [(str(one.pk), one.name) for one in known]
    return choice("schlagwort", _("Tag"), options, kept)


def kind(keeps: Callable[[str], Q]) -> Filter:
    """By the kind of the law, or of practice."""
    return choice("art", _("Kind of partner"), kind_options(), keeps)


def confirmed(today: date, usual_months: int) -> Filter:
    """By the day on which somebody last said that the entry is still true."""
    options = [
        (DUE, _("due again")),
        *((str(n), _("in the last %(n)d months") % {"n": n}) for n in MONTHS),
        *((f"{OTHERS}{n}", _("not in the last %(n)d months") % {"n": n}) for n in MONTHS),
        (NEVER, _("never yet")),
    ]

    def kept(wanted: str) -> Q:
        if wanted == DUE:
            return is_due(today, usual_months)
        if wanted == NEVER:
            return Q(confirmed_on=None)
        since = months_ago(today, int(wanted.removeprefix(OTHERS)))
        recent = Q(confirmed_on__gt=since)
        return Q(confirmed_on__lte=since) if wanted.startswith(OTHERS) else recent

    return choice("bestaetigt", _("Last confirmed"), options, kept)


def seen(today: date, partner: str) -> Filter:
    """By what they took part in last."""
    options = [
        *((str(n), _("in the last %(n)d months") % {"n": n}) for n in SEEN_MONTHS),
        *((f"{OTHERS}{n}", _("not in the last %(n)d months") % {"n": n}) for n in SEEN_MONTHS),
        (NEVER, _("never yet")),
    ]

    def kept(wanted: str) -> Q:
        facts = Involvement.objects.filter(**{partner: OuterRef("pk")})
        if wanted == NEVER:
            return ~Q(Exists(facts))
        since = months_ago(today, int(wanted.removeprefix(OTHERS)))
        recent = Q(Exists(facts.filter(on__gt=since)))
        return ~recent if wanted.startswith(OTHERS) else recent

    return choice("gesehen", _("Last seen"), options, kept)


def reachable(today: date) -> Q:
    """Where somebody has a role today with a telephone number or an e-mail address.

    Asked once for all organisations, not anew for each.
    """
    numbers = Phone.objects.order_by().values("contact")
    rows = Contact.objects.filter(holds_role(today)).filter(~Q(email="") | Q(pk__in=numbers))
    return Q(pk__in=rows.order_by().values("organisation"))
