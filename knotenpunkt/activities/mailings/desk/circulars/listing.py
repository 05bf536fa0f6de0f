"""The list of circulars, and the list of one's recipients, as `tools.lists` shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from knotenpunkt.activities.mailings.desk.circulars import words
from knotenpunkt.activities.mailings.models import Circular, LeftOut, Recipient, Stage, Way
from knotenpunkt.activities.mailings.queries.circulars import TROUBLED, Standing, standings
from knotenpunkt.activities.mailings.rules.circulars import BEFORE, OVER, THANKS, UNDER_WAY
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.tables import Cell
from knotenpunkt.tools.lists.listing import Column, Listing, Order, Tab, choice, text
from knotenpunkt.tools.lists.matching import one_text, says, words_of
from knotenpunkt.tools.mail.models import MailKind


def circular_list() -> Listing:
    """All circulars of the network."""
    return Listing(
        name="circulars",
        columns=[
            Column(_("Circular"), _title, [Order("titel", _("Circular"), ["title"])]),
            Column(pgettext("circular", "State"), _stage),
            Column(_("To how many"), lambda one: _written(one), numeric=True),
            Column(_("Answered"), lambda one: _answered(one), numeric=True),
            Column(_("When"), _when, [Order("wann", _("When"),
                   [F("fixed_at").asc(nulls_first=True), "created_at"])], numeric=True),
        ],
        tabs=[
            Tab("alle", pgettext("tab of a list", "All"), Q()),
            Tab("entwurf", _("Not sent yet"), Q(stage__in=BEFORE)),
            Tab("unterwegs", _("On their way"), Q(stage__in=UNDER_WAY)),
            Tab("versendet", _("Sent"), Q(stage__in=OVER)),
            Tab("rundbriefe", _("Newsletters so far"),
                Q(kind=MailKind.NEWSLETTER, stage__in=OVER)),
        ],
        filters=[
            text("q", _("Search in this list"), _with_words, said=_("Searched for")),
            choice("art", _("Kind"), MailKind.choices, lambda value: Q(kind=value)),
        ],
        completed=_with_standings,
        sort="-wann",
        count=lambda n: ngettext("%(n)s circular", "%(n)s circulars", n)
        % {"n": spoken.number(n)},
    )  # fmt: skip


def _with_words(typed: str) -> Q:
    kept = Q()
    for word in words_of(typed):
        kept &= says(one_text("title", "subject"), word)
    return kept


def _with_standings(rows: QuerySet[Circular]) -> Any:
    found = list(rows)
    told = standings(found)
    for one in found:
        setattr(one, STANDING, told[one.pk])
    return found


STANDING = "standing"


def _standing(one: Circular) -> Standing:
    found: Standing = getattr(one, STANDING)
    return found


def _title(one: Circular) -> Cell:
    told = (words.kind(one), one.audience.name if one.audience else "")
    url = reverse("mailings:circular", args=[one.pk])
    return Cell(one.title, note=" · ".join(filter(None, told)), url=url)


def _stage(one: Circular) -> Cell:
    told = words.stage(one)
    return Cell(told.label, pgettext("circular", "State"), state=told.state)


def _written(one: Circular) -> Cell:
    many = _standing(one).written
    return Cell(spoken.number(many) if one.fixed_at else "–", _("To how many"))


def _answered(one: Circular) -> Cell:
    standing = _standing(one)
    if not standing.answered or one.occasion == THANKS:
        return Cell("–", _("Answered"))
    return Cell(
        spoken.number(standing.answered), _("Answered"),
        note=words.share(standing.answered, standing.written),
    )  # fmt: skip


def _when(one: Circular) -> Cell:
    if one.fixed_at:
        return Cell(spoken.moment(one.fixed_at), _("When"))
    if one.stage == Stage.SCHEDULED and one.send_at:
        return Cell(spoken.moment(one.send_at), _("When"), note=pgettext("circular", "Planned"))
    return Cell("–", _("When"))


def recipient_list(portrait: Callable[[UUID], str]) -> Listing:
    """The recipients of one circular; `portrait` is the address of an organisation's page."""
    return Listing(
        name="recipients",
        columns=[
            Column(_("Recipient"), lambda row: _who(row, portrait),
                   [Order("name", _("Recipient"), ["contact__name", "organisation__name"])]),
            Column(_("Way"), lambda row: Cell(str(Way(row.way).label), _("Way"))),
            Column(pgettext("mail", "State"), _state),
            Column(_("Answered"), _answer, [Order("antwort", _("Answered"),
                   [F("answered_at").asc(nulls_last=True)])], numeric=True),
        ],
        tabs=[
            Tab("alle", pgettext("tab of a list", "All"), ~Q(way=Way.NONE)),
            Tab("offen", _("No answer"), ~Q(way=Way.NONE) & Q(answered_at=None)),
            Tab("beantwortet", _("Answered"), Q(answered_at__isnull=False)),
            Tab("problem", _("Not arrived"), Q(way=Way.MAIL, message__state__in=TROUBLED)),
            Tab("briefe", _("Letters"), Q(way=Way.LETTER)),
            Tab("ausgelassen", _("Left out"), Q(way=Way.NONE)),
        ],
        filters=[
            text("q", _("Search in this list"), _people, said=_("Searched for")),
            choice("grund", _("Left out because"), LeftOut.choices,
                   lambda value: Q(left_out=value)),
        ],
        completed=lambda rows: rows.select_related("contact__person", "organisation", "message"),
        sort="name",
        count=lambda n: ngettext("%(n)s recipient", "%(n)s recipients", n)
        % {"n": spoken.number(n)},
    )  # fmt: skip


def _people(typed: str) -> Q:
    kept = Q()
    for word in words_of(typed):
        kept &= says(one_text("contact__name", "organisation__name"), word)
    return kept


def _who(row: Recipient, portrait: Callable[[UUID], str]) -> Cell:
    house = row.organisation
    named = row.contact.name if row.contact else ""
    if house is None:
        return Cell(named or _("(no longer kept)"))
    return Cell(named or house.name, note=house.name if named else "", url=portrait(house.pk))


def _state(row: Recipient) -> Cell:
    told = words.of_recipient(row)
    note = str(LeftOut(row.left_out).label) if row.left_out else ""
    reason = row.message.reason if row.message else ""
    return Cell(told.label, pgettext("mail", "State"), note=note or reason, state=told.state)


def _answer(row: Recipient) -> Cell:
    at = spoken.moment(row.answered_at) if row.answered_at else "–"
    return Cell(at, _("Answered"))
