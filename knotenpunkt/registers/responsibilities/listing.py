"""The list of responsibilities at the desk: its columns, parts and filters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.tables import Cell
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.offers.desk.filters import topic_options
from knotenpunkt.registers.offers.models import Topic
from knotenpunkt.registers.responsibilities.models import Duty, ForWhom, Responsibility
from knotenpunkt.registers.responsibilities.queries import completed
from knotenpunkt.registers.responsibilities.wording import task
from knotenpunkt.tools.lists.listing import Column, Filter, Listing, Order, Tab, choice, text
from knotenpunkt.tools.lists.matching import folded, one_text, says, words_of

NAME = "responsibilities"


def listing(
    topics: Sequence[Topic], regions: Sequence[Region], *, may_edit: bool = True
) -> Listing:
    """How the list is built, with what this network can choose from."""
    isef = Q(Contains(Cast("duties", TextField()), f'"{Duty.ISEF.value}"'))
    return Listing(
        name=NAME,
        columns=_columns(may_edit=may_edit),
        tabs=[
            Tab("alle", pgettext("tab of a list", "All"), Q()),
            Tab("familien", _("For families"), Q(for_whom__in=(ForWhom.FAMILIES, ForWhom.BOTH))),
            Tab("fachkraefte", _("For professionals"),
                Q(for_whom__in=(ForWhom.PROFESSIONALS, ForWhom.BOTH))),
            Tab("isef", _("iseF"), isef),
        ],
        filters=_filters(topics, regions),
        completed=completed,
        sort="organisation",
        count=lambda n: ngettext("%(n)s responsibility", "%(n)s responsibilities", n)
        % {"n": spoken.number(n)},
    )  # fmt: skip


def _columns(*, may_edit: bool) -> list[Column]:
    house = Order("organisation", _("Organisation"), ["contact__organisation__name_key",
                                                      folded("contact__name")])  # fmt: skip
    name = Order("name", _("Contact"), [folded("contact__name")])
    return [
        Column(_("Contact"), partial(_contact, may_edit=may_edit), [name, house]),
        Column(_("What for"), _about),
        Column(_("Who may ask"), _for_whom),
        Column(_("Age"), lambda one: Cell(spoken.ages(one.age_from, one.age_to) or _("all ages"))),
        Column(_("Where"), _where),
    ]


def _contact(one: Responsibility, *, may_edit: bool) -> Cell:
    """Leads to the form; who only reads finds all of it in the row."""
    contact = one.contact
    told = contact.name or contact.function or contact.organisation.name
    url = reverse("responsibilities:edit", kwargs={"one_id": one.pk}) if may_edit else ""
    return Cell(told, note=contact.organisation.name, url=url)


def _about(one: Responsibility) -> Cell:
    told = task(one)
    more = f" +{told.more + len(told.about) - 2}" if told.more + len(told.about) > 2 else ""
    return Cell(", ".join(told.about[:2]) + more, note=one.note)


def _for_whom(one: Responsibility) -> Cell:
    return Cell(str(one.get_for_whom_display()))


def _where(one: Responsibility) -> Cell:
    names = [link.region.name for link in one.region_links.all()]
    more = f" +{len(names) - 2}" if len(names) > 2 else ""
    return Cell(", ".join(names[:2]) + more if names else _("whole network"))


def _filters(topics: Sequence[Topic], regions: Sequence[Region]) -> list[Filter]:
    filters = [
        text("q", _("Search in this list"), _with_words, said=_("Searched for")),
        choice("thema", _("Topic"), topic_options(topics), lambda key: _about_topic(topics, key)),
        choice("aufgabe", _("For professionals"), Duty.choices,
               lambda duty: Q(Contains(Cast("duties", TextField()), f'"{duty}"'))),
    ]  # fmt: skip
    if regions:
        named = [(str(region.pk), region.name) for region in regions]
        filters.append(choice("region", _("Region"), named, _in_region))
    return filters


def _with_words(typed: str) -> Q:
    kept = Q()
    for word in words_of(typed):
        kept &= says(
            one_text("title", "note", "contact__name", "contact__function",
                     "contact__organisation__name"),
            word,
        )  # fmt: skip
    return kept


def _about_topic(topics: Sequence[Topic], key: str) -> Q:
    wanted = next(topic for topic in topics if topic.key == key)
    ids = [topic.pk for topic in topics if wanted.pk in (topic.pk, topic.parent_id)]
    return Q(pk__in=Responsibility.objects.filter(topic_links__topic__in=ids).values("pk"))


def _in_region(region: str) -> Q:
    within = Responsibility.objects.filter(region_links__region_id=UUID(region)).values("pk")
    return Q(pk__in=within) | Q(region_links__isnull=True)
