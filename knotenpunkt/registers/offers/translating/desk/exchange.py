"""Texts to translators and back: figures, files, the service, and what arrived."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.languages import EASY_GERMAN, OTHERS
from knotenpunkt.registers.offers.models import Offer, TextOrigin, TextRun
from knotenpunkt.registers.offers.queries import offers_at_desk
from knotenpunkt.registers.offers.translating.actions.arriving import (
    TooLate,
    begin,
    plan_file,
    plan_service,
    undo,
)
from knotenpunkt.registers.offers.translating.actions.giving_out import export_texts
from knotenpunkt.registers.offers.translating.desk.matrix import PICK, texts_listing
from knotenpunkt.registers.offers.translating.exchange import REFUSED, TAKEN, Fate
from knotenpunkt.registers.offers.translating.forms import ExportForm, FileForm
from knotenpunkt.registers.offers.translating.queries import (
    get_run,
    in_need,
    latest_runs,
    published,
    standings,
    with_texts,
)
from knotenpunkt.registers.offers.translating.rules import may_exchange
from knotenpunkt.registers.offers.translating.wording import PART_LABELS, text_language
from knotenpunkt.tools.jobs.queries import job_about
from knotenpunkt.tools.lists.wanted import read
from knotenpunkt.tools.translations import formats
from knotenpunkt.tools.translations.services import service
from knotenpunkt.tools.translations.units import UnreadableTexts

SHOWN = 200
FATES = {
    Fate.NEW: gettext_lazy("new"),
    Fate.CHANGED: gettext_lazy("replaces the text that is there"),
    Fate.OUTDATED: gettext_lazy("the German text has changed since: arrives as outdated"),
    Fate.UNCHANGED: gettext_lazy("is there already"),
    Fate.EMPTY: gettext_lazy("not translated"),
    Fate.UNKNOWN: gettext_lazy("left out: this offer or language is not known here"),
    Fate.FORBIDDEN: gettext_lazy("left out: you may not change this offer"),
    Fate.NO_SOURCE: gettext_lazy("left out: the German text beside it is missing"),
    Fate.TOO_LONG: gettext_lazy("left out: too long"),
    Fate.MARKUP: gettext_lazy("left out: it holds markup such as <b>"),
    Fate.OTHER_SCRIPT: gettext_lazy("left out: this seems to be another language"),
    Fate.STILL_GERMAN: gettext_lazy("left out: this is still the German text"),
    Fate.TWICE: gettext_lazy("left out: stands in the file twice"),
}


@dataclass(frozen=True, slots=True)
class RunLine:
    """Texts that arrived, in one line."""

    url: str
    name: str
    languages: str
    when: str
    who: str
    state: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """One text that arrives."""

    title: str
    language: str
    part: str
    german: str
    target: str
    code: str
    fate: str
    is_refused: bool


@require_safe
@members_only()
def overview(request: DeskRequest) -> HttpResponse:
    """How each language stands, and the ways to get it further."""
    exchanging = may_exchange(request.actor)
    context = {
        "standings": [(text_language(one.language), one) for one in standings(request.actor)],
        "matrix_url": reverse("offers_desk:text_matrix"),
        "exchanging": exchanging,
        "form": ExportForm(),
        "service": service() if exchanging else None,
        "service_languages": _service_languages(),
        "runs": [_run_line(run) for run in latest_runs(request.actor)] if exchanging else [],
    }
    return render(request, "offers/desk/text_overview.html", context)


def _service_languages() -> list[tuple[str, str]]:
    """No program writes Leichte Sprache."""
    return [(code, text_language(code)) for code in OTHERS if code != EASY_GERMAN]


@require_POST
@members_only(Right.EDIT_REGISTERS)
def export(request: DeskRequest) -> HttpResponse:
    """A file for a translator. By POST, because the audit is told what left the house."""
    form = ExportForm(request.POST)
    if not form.is_valid():
        raise Http404
    told = form.cleaned_data
    offers = _meant(request)
    data, count = export_texts(
        actor=request.actor,
        offers=offers,
        language=told["sprache"],
        which=told["texte"],
        form=told["form"],
    )
    if not count:
        messages.info(request, _("There is nothing to translate: all these texts are there."))
        return HttpResponseRedirect(reverse("offers_desk:text_overview"))
    answer = HttpResponse(data, content_type=formats.CONTENT_TYPES[told["form"]])
    name = (
        f"texte-{told['sprache']}-{timezone.localdate():%Y-%m-%d}.{formats.ENDINGS[told['form']]}"
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _meant(request: DeskRequest) -> QuerySet[Offer]:
    """The picked offers, else those of the list that the address describes, else all published."""
    rows = offers_at_desk(request.actor)
    if picked := _ids(request.POST.getlist(PICK)):
        return rows.filter(pk__in=picked)
    if not request.GET:
        return published(request.actor)
    wanted, _form = read(texts_listing(), request.GET.dict())
    return rows.filter(wanted.narrowed).filter(wanted.tab.keeps)


def _ids(told: Sequence[str]) -> list[UUID]:
    found = []
    for one in told:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.IMPORT)
def bring(request: DeskRequest) -> HttpResponse:
    """Take a file in; what would become of each text is shown next."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = plan_file(actor=request.actor, data=file.read(), name=file.name)
            return HttpResponseRedirect(_run_url(run))
        except UnreadableTexts as problem:
            form.add_error("file", str(problem))
    status = 422 if form.is_bound else 200
    return render(request, "offers/desk/text_bring.html", {"form": form}, status=status)


@require_POST
@members_only(Right.IMPORT)
def ask_service(request: DeskRequest) -> HttpResponse:
    """Lay out what the service would be sent; nothing leaves before it is confirmed."""
    language = request.POST.get("sprache", "")
    if service() is None or language not in dict(_service_languages()):
        raise Http404
    needed = with_texts(_meant(request).filter(in_need(language)))
    run = plan_service(actor=request.actor, offers=needed, language=language)
    if not run.rows:
        messages.info(request, _("There is nothing to translate: all these texts are there."))
        return HttpResponseRedirect(reverse("offers_desk:text_overview"))
    return HttpResponseRedirect(_run_url(run))


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(Right.IMPORT)
def run(request: DeskRequest, run_id: UUID) -> HttpResponse:
    """What would become of each text; then it is done, and how far it is."""
    found = _run_or_404(request, run_id)
    if request.method == "POST":
        try:
            begin(actor=request.actor, run=found)
        except TooLate:
            messages.info(request, _("This was taken in already."))
        return HttpResponseRedirect(_run_url(found))
    told = service()
    context = {
        "run": found,
        "line": _run_line(found),
        "is_service": found.origin == TextOrigin.SERVICE,
        "service": told.name if told else "",
        "job": job_about(request.actor, found.pk) if found.applied_at else None,
        "arrived": len(found.before),
        **_report(found),
    }
    return render(request, "offers/desk/text_run.html", context)


@require_POST
@members_only(Right.IMPORT)
def undo_run(request: DeskRequest, run_id: UUID) -> HttpResponse:
    """Bring back what was there before."""
    found = _run_or_404(request, run_id)
    try:
        back, stayed = undo(actor=request.actor, run=found)
    except TooLate:
        messages.info(request, _("This was undone already."))
        return HttpResponseRedirect(_run_url(found))
    told = ngettext("Undone: %(n)s text.", "Undone: %(n)s texts.", back) % {
        "n": spoken.number(back)
    }
    if stayed:
        kept = ngettext(
            "%(n)s text stays, because somebody worked on it since.",
            "%(n)s texts stay, because somebody worked on them since.",
            stayed,
        )
        told = f"{told} {kept % {'n': spoken.number(stayed)}}"
    messages.success(request, told)
    return HttpResponseRedirect(_run_url(found))


def _run_or_404(request: DeskRequest, run_id: UUID) -> TextRun:
    try:
        return get_run(request.actor, run_id)
    except TextRun.DoesNotExist as missing:
        raise Http404 from missing


def _run_url(run: TextRun) -> str:
    return reverse("offers_desk:text_run", kwargs={"run_id": run.pk})


def _run_line(run: TextRun) -> RunLine:
    return RunLine(
        url=_run_url(run),
        name=run.file_name or str(TextOrigin(run.origin).label),
        languages=", ".join(map(text_language, run.languages)),
        when=spoken.moment(run.created_at),
        who=run.by.name if run.by else "",
        state=_run_state(run),
    )


def _run_state(run: TextRun) -> str:
    if run.undone_at:
        return _("undone")
    return _("taken in") if run.applied_at else _("looked at, not taken in yet")


def _report(run: TextRun) -> dict[str, Any]:
    counts = Counter(row["fate"] for row in run.rows)
    taken = sum(counts[fate.value] for fate in TAKEN)
    rows = sorted(run.rows, key=lambda row: row["fate"] not in REFUSED)
    shown = [row for row in rows if row["fate"] not in (Fate.EMPTY, Fate.UNCHANGED)]
    if run.origin == TextOrigin.SERVICE:
        taken, shown = len(run.rows), run.rows
    return {
        "taken": taken,
        "offers": len({row["offer"] for row in run.rows}),
        "counts": [(str(FATES[fate]), counts[fate.value]) for fate in Fate if counts[fate.value]],
        "rows": [_row_line(row) for row in shown[:SHOWN]],
        "hidden": max(len(shown) - SHOWN, 0),
    }


def _row_line(row: dict[str, str]) -> RowLine:
    fate = Fate(row["fate"])
    return RowLine(
        title=row["title"],
        language=text_language(row["language"]) if row["language"] else "",
        part=str(PART_LABELS.get(row["part"], "")),
        german=row["source"],
        target=row["target"],
        code=row["language"],
        fate=str(FATES[fate]),
        is_refused=fate in REFUSED,
    )
