"""The ways to choose contacts for an audience, as the lists of the desk have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from knotenpunkt.activities.groups.models import Group
from knotenpunkt.activities.groups.queries import contacts_of_group
from knotenpunkt.registers.areas.models import Place, Region
from knotenpunkt.registers.areas.queries import Stretch
from knotenpunkt.registers.offers.desk.filters import about, topic_options
from knotenpunkt.registers.offers.models import Offer, Topic
from knotenpunkt.registers.offers.queries import topics
from knotenpunkt.registers.partners.desk import narrowing
from knotenpunkt.registers.partners.desk.organisations.filters import called, in_stretch, serves_all
from knotenpunkt.registers.partners.models import (
    Audience,
    Contact,
    Involvement,
    Organisation,
    Profession,
    SubKind,
    Tag,
    Tagging,
)
from knotenpunkt.registers.partners.queries import professions, sub_kinds, tags
from knotenpunkt.registers.partners.rules import holds_role, months_ago
from knotenpunkt.registers.partners.wording import sub_kind_options
from knotenpunkt.tools.lists.listing import Filter, choice, text, tick
from knotenpunkt.tools.lists.matching import one_text, says, words_of

MONTHS = (12, 24, 36)
# So far back one is asked in what somebody took part.
REMEMBERED_MONTHS = 48


@dataclass(frozen=True, slots=True)
class Choices:
    """What this network can choose from. `occasions`: title and the last day of each."""

    regions: Sequence[Region]
    tags: Sequence[Tag]
    sub_kinds: Sequence[SubKind]
    professions: Sequence[Profession]
    topics: Sequence[Topic]
    groups: Sequence[Group]
    occasions: Sequence[tuple[str, date]]


def choices(today: date) -> Choices:
    """Seven queries at most."""
    return Choices(
        regions=list(Region.objects.all()),
        tags=tags(),
        sub_kinds=sub_kinds(),
        professions=professions(),
        topics=topics(),
        groups=list(Group.objects.all()),
        occasions=occasions(today),
    )


def occasions(today: date) -> list[tuple[str, date]]:
    """What partners took part in during the last years, the latest first."""
    since = months_ago(today, REMEMBERED_MONTHS)
    rows = Involvement.objects.filter(on__gt=since).order_by()
    found = rows.values_list("title").annotate(last=Max("on"))
    return sorted(found, key=lambda one: (-one[1].toordinal(), one[0]))


def filters(known: Choices, today: date) -> list[Filter]:
    """All filters over contacts, those first that are asked for most."""
    named = [(str(one.pk), one.name) for one in known.professions]
    return [
        narrowing.kind(lambda kind: Q(organisation__kind=kind)),
        choice("unterart", _("Own kind"), sub_kind_options(known.sub_kinds),
               lambda key: Q(organisation__sub_kind=key)),
        narrowing.region(known.regions, [], _working_in, _at(serves_all())),
        choice("thema", _("Topic of their offers"), topic_options(known.topics),
               lambda key: _offering(known.topics, key)),
        choice("gruppe", _("Group"), [(str(one.pk), one.name) for one in known.groups],
               lambda key: contacts_of_group(UUID(key), today)),
        choice("schlagwort", _("Tag"), [(str(one.pk), one.name) for one in known.tags], _tagged),
        choice("beruf", _("Professional group"), named, lambda key: Q(person__profession=key)),
        choice("mitgemacht", _("Took part in"), occasion_options(known.occasions),
               lambda key: _took_part(key, today)),
        tick("ohne-mail", _("Without an e-mail address"), without_mail(today)),
        text("q", _("Words"), with_words),
    ]  # fmt: skip


def occasion_options(known: Sequence[tuple[str, date]]) -> list[tuple[str, Any]]:
    """Anything in the last months, or one occasion by its title."""
    lately = [(str(n), _("in the last %(n)d months") % {"n": n}) for n in MONTHS]
    titles = [(title, f"{title} ({last.year})") for title, last in known]
    return [(_("Anything"), lately), *([(_("One occasion"), titles)] if titles else [])]


def without_mail(today: date) -> Q:
    """Where nobody of the organisation can be written to by mail."""
    by_mail = Contact.objects.filter(holds_role(today)).exclude(email="")
    return ~Q(organisation__in=by_mail.order_by().values("organisation"))


def with_words(typed: str) -> Q:
    """Every word stands in the contact, or in name, body or place of the organisation."""
    kept = Q()
    for word in words_of(typed):
        places = Place.objects.filter(says(one_text("street", "postal_code", "town"), word))
        house = says(one_text("name", "body__name"), word)
        kept &= called(Audience.INTERNAL, word) | _at(house | Q(place__in=_keys(places)))
    return kept


def _working_in(stretch: Stretch) -> Q:
    return _at(in_stretch(stretch))


def _at(kept: Q) -> Q:
    return Q(organisation__in=_keys(Organisation.objects.filter(kept)))


def _keys(rows: QuerySet[Any]) -> QuerySet[Any]:
    keys: QuerySet[Any] = rows.order_by().values("pk")
    return keys


def _offering(known: Sequence[Topic], key: str) -> Q:
    """Whose organisation offers something of this topic, or of one below it, to families."""
    rows = Offer.objects.filter(about(known, key), Offer.published_when)
    return Q(organisation__in=rows.order_by().values("provider"))


def _tagged(key: str) -> Q:
    """The organisation carries the tag, or the person."""
    links = Tagging.objects.filter(tag=key).order_by()
    organisations = links.exclude(organisation=None).values("organisation")
    people = links.exclude(person=None).values("person")
    return Q(organisation__in=organisations) | Q(person__in=people)


def _took_part(key: str, today: date) -> Q:
    """Whose organisation was there: anywhere in so many months, or on one occasion."""
    lately = key in map(str, MONTHS)
    kept = Q(on__gt=months_ago(today, int(key))) if lately else Q(title=key)
    rows = Involvement.objects.filter(kept).order_by()
    return Q(organisation__in=rows.values("organisation"))
