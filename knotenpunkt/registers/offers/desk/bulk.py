"""One thing for many offers: first what will happen, then it happens, then it can be taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.registers.offers.bulk.actions import AT_ONCE, do_to_many, undo_many
from knotenpunkt.registers.offers.bulk.kinds import KINDS, WITH_TOPIC
from knotenpunkt.registers.offers.desk import bulk_words as words
from knotenpunkt.registers.offers.desk.filters import topic_options
from knotenpunkt.registers.offers.desk.list import NAME, PICK, offers_listing
from knotenpunkt.registers.offers.models import Offer, Topic
from knotenpunkt.registers.offers.queries import offers_at_desk, topics
from knotenpunkt.tools.jobs.queries import job_about
from knotenpunkt.tools.lists.actions import may_still_undo
from knotenpunkt.tools.lists.models import BulkDeed, BulkStep, Outcome
from knotenpunkt.tools.lists.queries import bulk_deed, outcomes, steps
from knotenpunkt.tools.lists.showing import ordered
from knotenpunkt.tools.lists.wanted import EVERYTHING, read

DEED, TOPIC, SEEN = "tat", "neues-thema", "gesehen"
TITLES_SHOWN = 20
MOST_PICKED = 500


@dataclass(frozen=True, slots=True)
class Left:
    """Offers that it cannot be done to, and why."""

    reason: str
    count: int
    titles: Sequence[str]

    @property
    def more(self) -> int:
        """How many there are besides."""
        return self.count - len(self.titles)


@dataclass(frozen=True, slots=True)
class Preview:
    """What will happen to which offers."""

    offers: Sequence[Offer]
    left: Sequence[Left]
    fingerprint: str

    @property
    def titles(self) -> list[str]:
        """The first ones by title."""
        return [offer.title for offer in self.offers[:TITLES_SHOWN]]

    @property
    def more(self) -> int:
        """How many there are besides."""
        return max(len(self.offers) - TITLES_SHOWN, 0)


class TopicForm(forms.Form):
    """Which topic is meant."""

    def __init__(self, known: Sequence[Topic], given: Mapping[str, str]) -> None:
        super().__init__({TOPIC: given[TOPIC]} if TOPIC in given else None, auto_id="topic-%s")
        self.fields[TOPIC] = forms.ChoiceField(
            label=_("Topic"),
            choices=[("", _("Please choose")), *topic_options(known)],
            error_messages={"required": _("Please choose a topic.")},
        )


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.EDIT_REGISTERS)
def bulk(request: DeskRequest) -> HttpResponse:
    """Show what will happen to the picked offers; do it when that was seen and confirmed."""
    kind = request.GET.get(DEED, "")
    if kind not in KINDS:
        return HttpResponseRedirect(_list_url(request))
    picked = picked_offers(request)
    if not picked:
        messages.info(request, _("Please pick offers first."))
        return HttpResponseRedirect(_list_url(request))
    argument, form = _argument(request, kind)
    if form is not None:
        return _ask_for_topic(request, kind, form, len(picked))
    preview = _preview(kind, argument, picked)
    if request.method == "POST" and request.POST.get(SEEN) == preview.fingerprint:
        return _done(request, kind, argument, preview)
    return _show_preview(request, kind, argument, preview)


def picked_offers(request: DeskRequest) -> list[Offer]:
    """The offers that were ticked, or all that the filters leave; by title, with their topics."""
    rows = offers_at_desk(request.actor)
    if request.GET.get(EVERYTHING):
        listing = offers_listing(request.actor, request.network)
        wanted, _form = read(listing, request.GET.dict())
        rows = ordered(listing, wanted, rows.filter(wanted.narrowed))
    else:
        rows = rows.filter(pk__in=_ids(request)).order_by("title", "pk")
    return list(rows.prefetch_related("topic_links__topic"))


def _ids(request: DeskRequest) -> list[UUID]:
    found = []
    for told in request.GET.getlist(PICK)[:MOST_PICKED]:
        try:
            found.append(UUID(told))
        except ValueError:
            continue
    return found


def _argument(request: DeskRequest, kind: str) -> tuple[str, TopicForm | None]:
    """The topic that is meant, or the form that asks for it."""
    if kind not in WITH_TOPIC:
        return "", None
    form = TopicForm(topics(), request.GET.dict())
    return (form.cleaned_data[TOPIC], None) if form.is_valid() else ("", form)


def _preview(kind: str, argument: str, picked: Sequence[Offer]) -> Preview:
    reasons = {offer.pk: KINDS[kind].hindrance(offer, argument) for offer in picked}
    told: dict[str, list[str]] = {}
    for offer in picked:
        if reasons[offer.pk]:
            told.setdefault(reasons[offer.pk], []).append(offer.title)
    left = [Left(why, len(titles), titles[:TITLES_SHOWN]) for why, titles in told.items()]
    able = [offer for offer in picked if not reasons[offer.pk]]
    return Preview(able, left, _fingerprint(kind, argument, able))


def _fingerprint(kind: str, argument: str, offers: Sequence[Offer]) -> str:
    """What was seen is what is done: another set of offers has another one."""
    ids = sorted(str(offer.pk) for offer in offers)
    return hashlib.sha256("\n".join([kind, argument, *ids]).encode()).hexdigest()


def _ask_for_topic(request: DeskRequest, kind: str, form: TopicForm, count: int) -> HttpResponse:
    kept = [(name, value) for name, values in request.GET.lists() if name != TOPIC
            for value in values]  # fmt: skip
    context = {
        "title": words.asking(kind, count),
        "form": form,
        "kept": kept,
        "back_url": _list_url(request),
    }
    return render(request, "offers/desk/bulk_topic.html", context)


def _show_preview(request: DeskRequest, kind: str, argument: str, preview: Preview) -> HttpResponse:
    count = len(preview.offers)
    topic = _topic_name(argument)
    context = {
        "title": words.question(kind, count, topic),
        "consequence": words.consequence(kind),
        "button": words.button(kind, count),
        "preview": preview,
        "count": number(count),
        "takes_long": count > AT_ONCE,
        "changed_meanwhile": request.method == "POST",
        "seen": SEEN,
        "back_url": _list_url(request),
    }
    return render(request, "offers/desk/bulk.html", context)


def _done(request: DeskRequest, kind: str, argument: str, preview: Preview) -> HttpResponse:
    if not preview.offers:
        return HttpResponseRedirect(_list_url(request))
    deed = do_to_many(
        actor=request.actor,
        kind=kind,
        argument=argument,
        picked=[offer.pk for offer in preview.offers],
        address=_list_query(request),
    )
    return HttpResponseRedirect(reverse("offers_desk:bulk_done", args=[deed.pk]))


@require_safe
@members_only(Right.EDIT_REGISTERS)
def bulk_done(request: DeskRequest, deed_id: UUID) -> HttpResponse:
    """What became of it, how far it is, and the way to take it back."""
    deed = _deed(request, deed_id)
    job = None if _is_over(deed) else job_about(request.actor, deed.pk)
    if job is not None and not job.is_open:
        deed = _deed(request, deed_id)  # it may have ended since it was read
    counts = outcomes(deed)
    topic = _topic_name(deed.argument)
    is_undone = deed.undone_at is not None
    done = counts.get(Outcome.UNDONE if is_undone else Outcome.DONE, 0)
    context = {
        "title": words.result(deed.kind, done, topic, is_undone=is_undone),
        "deed": deed,
        "job": None if _is_over(deed) else job,
        "is_over": _is_over(deed),
        "left": _told_steps(deed, counts, Outcome.LEFT),
        "changed_since": _told_steps(deed, counts, Outcome.CHANGED_SINCE),
        "may_undo": may_still_undo(deed) and done > 0,
        "undo": words.undo(deed.kind, done),
        "list_url": f"{reverse('offers_desk:list')}?{deed.address}",
    }
    return render(request, "offers/desk/bulk_done.html", context)


def _is_over(deed: BulkDeed) -> bool:
    """Nothing of it is still to be done."""
    if deed.undo_started_at is not None:
        return deed.undone_at is not None
    return deed.finished_at is not None


def _told_steps(deed: BulkDeed, counts: Mapping[str, int], outcome: Outcome) -> list[BulkStep]:
    return list(steps(deed, outcome)[:TITLES_SHOWN]) if counts.get(outcome) else []


@require_POST
@members_only(Right.EDIT_REGISTERS)
def bulk_undo(request: DeskRequest, deed_id: UUID) -> HttpResponse:
    """Bring back what stood there before."""
    deed = _deed(request, deed_id)
    if not undo_many(actor=request.actor, deed=deed):
        messages.info(request, _("This was taken back already, or is too long ago."))
    return HttpResponseRedirect(reverse("offers_desk:bulk_done", args=[deed.pk]))


def _deed(request: DeskRequest, deed_id: UUID) -> BulkDeed:
    try:
        return bulk_deed(request.actor, NAME, deed_id)
    except BulkDeed.DoesNotExist as missing:
        raise Http404 from missing


def _topic_name(key: str) -> str:
    return next((topic.name for topic in topics() if topic.key == key), key) if key else ""


def _list_query(request: DeskRequest) -> str:
    """The list that the offers were picked from."""
    wanted, _form = read(offers_listing(request.actor, request.network), request.GET.dict())
    return wanted.view


def _list_url(request: DeskRequest) -> str:
    query = _list_query(request)
    return reverse("offers_desk:list") + (f"?{query}" if query else "")
