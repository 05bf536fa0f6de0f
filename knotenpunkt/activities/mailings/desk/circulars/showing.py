"""The page of a circular: before it is sent what it would do, afterwards what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotenpunkt.activities.mailings.desk.circulars import words
from knotenpunkt.activities.mailings.desk.circulars.fetching import (
    circular_or_404,
    preview,
    stages,
)
from knotenpunkt.activities.mailings.desk.circulars.listing import recipient_list
from knotenpunkt.activities.mailings.models import Circular, Stage, Way
from knotenpunkt.activities.mailings.queries.circulars import (
    Standing,
    left_out_in_words,
    recipients,
    standings,
)
from knotenpunkt.activities.mailings.queries.planning import minutes_for, plan_of
from knotenpunkt.activities.mailings.queries.returned import came_back
from knotenpunkt.activities.mailings.queries.settings import mailing_settings
from knotenpunkt.activities.mailings.rules.circulars import (
    OVER,
    THANKS,
    UNDER_WAY,
    is_released,
    may_be_changed,
    may_release,
    waits_for_release,
    wants_answers,
    what_is_missing,
)
from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.tools.jobs.models import State as JobState
from knotenpunkt.tools.jobs.queries import job_about
from knotenpunkt.tools.lists.showing import show
from knotenpunkt.tools.lists.wanted import read
from knotenpunkt.tools.mail.models import State


@require_safe
@members_only(Right.READ_INTERNAL)
def circular(request: DeskRequest, circular_id: UUID) -> HttpResponse:
    """One circular."""
    found = circular_or_404(request.actor, circular_id)
    if found.fixed_at is None:
        return render(request, "mailings/circulars/draft.html", _draft(request, found))
    return render(request, "mailings/circulars/sent.html", _sent(request, found))


def _draft(request: DeskRequest, found: Circular) -> dict[str, Any]:
    plan = plan_of(found)
    settings = mailing_settings()
    told = {
        "circular": found,
        "stage": words.stage(found),
        "kind": words.kind(found),
        "stages": stages(found, four_eyes=settings.four_eyes, is_released=is_released(found)),
        "plan": words.plan(plan),
        "left_out": plan.left_out,
        "lacks_consent": plan.lacks_consent,
        "may_set": request.actor.may(Right.CHANGE_NETWORK),
        "duration": words.duration(minutes_for(len(plan.mails))),
        "missing": what_is_missing(found),
        "begins": spoken.moment(found.send_at) if found.send_at else "",
        "problem": _problem(request, found),
        "released_at": spoken.moment(found.released_at) if found.released_at else "",
        "is_released": is_released(found),
        "preview": preview(found, request.network, plan.readers, request.GET.dict()),
        "may_write": request.actor.may(Right.WRITE_TO_MANY),
        "my_address": request.user.email,
    }
    return told | _what_next(request, found, waits=waits_for_release(found, settings))


def _what_next(request: DeskRequest, found: Circular, *, waits: bool) -> dict[str, bool]:
    """Which buttons stand on the page."""
    may = request.actor.may(Right.WRITE_TO_MANY)
    is_whole = not what_is_missing(found)
    return {
        "may_change": may and may_be_changed(found),
        "may_ask": may and waits and is_whole and found.stage == Stage.DRAFT,
        "may_release": may and may_release(found, request.actor.user_id),
        "may_give_back": may and found.stage == Stage.TO_RELEASE,
        "may_send": may and is_whole and not waits,
        "is_planned": found.stage == Stage.SCHEDULED,
        "waits": found.stage == Stage.TO_RELEASE,
    }


def _problem(request: DeskRequest, found: Circular) -> str:
    """Why a planned one could not begin."""
    if found.stage != Stage.SCHEDULED:
        return ""
    job = job_about(request.actor, found.pk)
    failed = job is not None and job.state in (JobState.FAILED, JobState.STOPPED)
    return (job.reason or job.how_far) if job is not None and failed else ""


def _sent(request: DeskRequest, found: Circular) -> dict[str, Any]:
    listing = recipient_list(lambda pk: reverse("partners_desk:organisation", args=[pk]))
    wanted, form = read(listing, request.GET.dict())
    standing = standings([found])[found.pk]
    may = request.actor.may(Right.WRITE_TO_MANY)
    return {
        **progress_of(found, standing),
        "kind": words.kind(found),
        "sent_at": spoken.moment(found.fixed_at) if found.fixed_at else "",
        "figures": list(words.figures(standing, is_answered=found.occasion != THANKS)),
        "left_out": [(label, spoken.number(many)) for label, many in left_out_in_words(standing)],
        "shown": show(listing, wanted, form, recipients(request.actor, found)),
        "list_url": reverse("mailings:circular", args=[found.pk]),
        "views": None,
        "pick": "",
        "may_write": may,
        **_returned(request, found, standing),
        "failed": standing.mails[State.FAILED] if may and _is_quiet(found) else 0,
        "may_follow_up": may and found.stage not in UNDER_WAY and wants_answers(found)
        and standing.written > standing.answered,
        "silent": spoken.number(standing.written - standing.answered),
    }  # fmt: skip


def _returned(request: DeskRequest, found: Circular, standing: Standing) -> dict[str, int]:
    """How many mails came back: of whom a letter would reach, and of whom nothing would."""
    may = request.actor.may(Right.WRITE_TO_MANY)
    if not may or found.stage not in OVER or not standing.mails[State.BOUNCED]:
        return {"returned": 0, "lost": 0}
    rows = came_back(request.actor, found)
    return {"returned": len(rows.reachable), "lost": rows.unreachable}


def _is_quiet(found: Circular) -> bool:
    return found.stage == Stage.SENT


def progress_of(found: Circular, standing: Standing) -> dict[str, Any]:
    """How far the mails of a circular are, as `_progress.html` shows it."""
    is_sending = found.stage == Stage.SENDING
    return {
        "circular": found,
        "stage": words.stage(found),
        "is_under_way": found.stage in UNDER_WAY,
        "is_sending": is_sending,
        "is_paused": found.stage == Stage.PAUSED,
        "is_cut_off": is_sending and standing.waiting > 0 and _is_cut_off(found),
        "remaining": words.duration(minutes_for(standing.waiting)) if is_sending else "",
        "letters": standing.letters,
        **_counted(found, standing),
    }


def _counted(found: Circular, standing: Standing) -> dict[str, Any]:
    """How many mails are where, as a bar and its legend; `mark` changes with every quarter."""
    total, waiting = standing.mails.total(), standing.waiting + standing.mails[State.STOPPED]
    return {
        "mails": total,
        "bar": [100 * part / (total or 1) for part in (standing.arrived, standing.lost)],
        "gone": spoken.number(total - waiting),
        "of": spoken.number(total),
        "legend": [
            ("arrived", _("Sent"), spoken.number(standing.arrived)),
            ("waiting", _("Still waiting"), spoken.number(waiting)),
            ("problem", _("Not arrived"), spoken.number(standing.lost)),
            ("letter", _("As a letter"), spoken.number(standing.letters)),
        ],
        "mark": f"{found.stage}{4 * (total - waiting) // (total or 1)}",
    }


def _is_cut_off(found: Circular) -> bool:
    """Mails wait, and nothing sends them: somebody stopped the work, or it ended badly."""
    job = found.mailing.job if found.mailing else None
    return job is None or not job.is_open


@require_safe
@members_only(Right.READ_INTERNAL)
def progress(request: DeskRequest, circular_id: UUID) -> HttpResponse:
    """How far it is, as a part of its page; loads that page when it ended."""
    found = circular_or_404(request.actor, circular_id)
    told = progress_of(found, standings([found])[found.pk])
    told |= {"may_write": request.actor.may(Right.WRITE_TO_MANY)}
    told |= {"announce": request.GET.get("said") != told["mark"]}
    response = render(request, "mailings/circulars/_progress.html", told)
    if found.stage != Stage.SENDING:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@members_only(Right.READ_INTERNAL)
def text(request: DeskRequest, circular_id: UUID) -> HttpResponse:
    """What was written, as each recipient read it."""
    found = circular_or_404(request.actor, circular_id)
    readers = recipients(request.actor, found).exclude(way=Way.NONE).exclude(contact=None)
    loaded = readers.select_related("contact__person", "contact__organisation__place")
    rows = list(loaded.order_by("contact__name", "pk"))
    context = {
        "circular": found,
        "stage": words.stage(found),
        "preview": preview(found, request.network, rows, request.GET.dict()),
    }
    return render(request, "mailings/circulars/text.html", context)
