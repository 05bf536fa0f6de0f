"""One thing for many offers: first what will happen, then it happens, then it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.offers.bulk.actions import OFFERS
from knotenpunkt.registers.offers.bulk.kinds import WITH_TOPIC
from knotenpunkt.registers.offers.desk.bulk_words import OfferWords
from knotenpunkt.registers.offers.desk.filters import topic_options
from knotenpunkt.registers.offers.desk.list import PICK, offers_listing
from knotenpunkt.registers.offers.queries import offers_at_desk, topics
from knotenpunkt.tools.lists.many import pages

TOPIC = "neues-thema"


class TopicForm(forms.Form):
    """Which topic is meant."""

    def __init__(self, given: Mapping[str, str]) -> None:
        super().__init__({TOPIC: given[TOPIC]} if TOPIC in given else None, auto_id="topic-%s")
        self.fields[TOPIC] = forms.ChoiceField(
            label=_("Topic"),
            choices=[("", _("Please choose")), *topic_options(topics())],
            error_messages={"required": _("Please choose a topic.")},
        )


def _argument_form(request: DeskRequest, kind: str) -> forms.Form | None:
    return TopicForm(request.GET.dict()) if kind in WITH_TOPIC else None


def _rows(request: DeskRequest) -> QuerySet[Any]:
    return offers_at_desk(request.actor).prefetch_related("topic_links__topic")


PAGES = pages.BulkPages(
    many=OFFERS,
    words=OfferWords(),
    pick=PICK,
    listing=lambda request: offers_listing(request.actor, request.network),
    rows=_rows,
    list_page="offers_desk:list",
    done_page="offers_desk:bulk_done",
    undo_page="offers_desk:bulk_undo",
    record_page="offers_desk:detail",
    argument_form=_argument_form,
)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def bulk(request: DeskRequest) -> HttpResponse:
    """Show what will happen to the picked offers; do it when that was seen and confirmed."""
    return pages.bulk(PAGES, request)


@require_safe
@members_only(Right.EDIT_REGISTERS)
def bulk_done(request: DeskRequest, deed_id: UUID) -> HttpResponse:
    """What became of it, how far it is, and the way to take it back."""
    return pages.bulk_done(PAGES, request, deed_id)


@require_POST
@members_only(Right.EDIT_REGISTERS)
def bulk_undo(request: DeskRequest, deed_id: UUID) -> HttpResponse:
    """Bring back what stood there before."""
    return pages.bulk_undo(PAGES, request, deed_id)
