"""Who answers for what, at the desk: the list, the form, gaps, the file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.paging import paging
from knotenpunkt.registers.offers.models import Topic
from knotenpunkt.registers.offers.queries import topics
from knotenpunkt.registers.partners.models import Audience, Contact
from knotenpunkt.registers.responsibilities import actions, gaps, queries, wording
from knotenpunkt.registers.responsibilities.forms import ResponsibilityForm, filled
from knotenpunkt.registers.responsibilities.listing import NAME, listing
from knotenpunkt.registers.responsibilities.models import ForWhom, Responsibility
from knotenpunkt.registers.responsibilities.rules import may_edit
from knotenpunkt.tools.lists.files import CONTENT_TYPES
from knotenpunkt.tools.lists.registry import list_page
from knotenpunkt.tools.lists.showing import ordered, show
from knotenpunkt.tools.lists.views import views_bar
from knotenpunkt.tools.lists.wanted import read

PICK, CONTACT = "wahl", "kontakt"
CONTACTS_ON_A_PAGE, MOST_CONTACTS, MOST_PICKED = 20, 50, 500
list_page(NAME, label=gettext_lazy("Responsibilities"), page="responsibilities:list")
reading = members_only(Right.READ_INTERNAL)
editing = members_only(Right.EDIT_REGISTERS)


@require_safe
@reading
def listed(request: DeskRequest) -> HttpResponse:
    """All of them, narrowed, sorted, page by page."""
    described = listing(topics(), queries.regions(), may_edit=may_edit(request.actor))
    wanted, form = read(described, request.GET.dict())
    rows = queries.responsibilities(request.actor)
    context = {
        "shown": show(described, wanted, form, rows),
        "list_url": reverse("responsibilities:list"),
        "views": views_bar(request.actor, NAME, wanted),
        "may_edit": may_edit(request.actor),
        "pick": PICK if may_edit(request.actor) else "",
    }
    return render(request, "responsibilities/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editing
def new(request: DeskRequest) -> HttpResponse:
    """For one contact or for several at once: first who, then what for."""
    source = request.POST if request.method == "POST" else request.GET
    chosen = queries.chosen_contacts(request.actor, _ids(source.getlist(CONTACT))[:MOST_CONTACTS])
    if not chosen or "q" in request.GET:
        return _choose(request, chosen)
    form = ResponsibilityForm(
        typed(request), topics=topics(), regions=queries.regions(), initial=_first_values(request)
    )
    if request.method == "POST" and form.is_valid() and _added(request, form, chosen):
        return HttpResponseRedirect(reverse("responsibilities:list"))
    return _form_page(request, form, chosen, None)


def _added(request: DeskRequest, form: ResponsibilityForm, chosen: list[Contact]) -> bool:
    try:
        made = actions.add_responsibilities(actor=request.actor, contacts=chosen, **form.values())
    except ValidationError as problem:
        form.add_error(None, problem.messages)
        return False
    told = ngettext("%(n)d responsibility is kept.", "%(n)d responsibilities are kept.", len(made))
    messages.success(request, told % {"n": len(made)})
    return True


def _first_values(request: DeskRequest) -> dict[str, Any]:
    """What a gap knows already: for whom, the topic, the region."""
    whom = request.GET.get("wer", "")
    return {
        "for_whom": whom if whom in ForWhom.values else ForWhom.FAMILIES.value,
        "topics": request.GET.getlist("thema"),
        "duties": request.GET.getlist("aufgabe"),
        "regions": request.GET.getlist("region"),
    }


def _choose(request: DeskRequest, chosen: list[Contact]) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "")[:200].strip()
    rows = queries.contacts_like(request.actor, words)
    page = Paginator(rows, CONTACTS_ON_A_PAGE).get_page(request.GET.get("seite"))
    told = request.GET.copy()
    told.setlist(CONTACT, [str(one.pk) for one in chosen])

    def url(number: int) -> str:
        told["q"], told["seite"] = words, str(number)
        return f"?{told.urlencode()}"

    kept = [(word, value) for word in ("wer", "thema", "aufgabe", "region")
            for value in request.GET.getlist(word)]  # fmt: skip
    context = {
        "words": words,
        "found": [one for one in page if one not in chosen],
        "chosen": chosen,
        "kept": kept,
        "paging": paging(page, url),
        "is_empty": not page.paginator.count and not words,
    }
    return render(request, "responsibilities/choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editing
def edit(request: DeskRequest, one_id: UUID) -> HttpResponse:
    """Change one."""
    one = _one_or_404(request, one_id)
    form = ResponsibilityForm(
        typed(request), topics=topics(), regions=queries.regions(), initial=filled(one)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_responsibility(actor=request.actor, responsibility=one, **form.values())
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("Your change is kept."))
            return HttpResponseRedirect(reverse("responsibilities:list"))
    return _form_page(request, form, [one.contact], one)


def _form_page(
    request: DeskRequest,
    form: ResponsibilityForm,
    chosen: list[Contact],
    one: Responsibility | None,
) -> HttpResponse:
    context = {
        "form": form,
        "one": one,
        "chosen": [_as_families_see(contact) for contact in chosen],
        "topic_groups": _topic_groups(form, topics()),
    }
    return render(request, "responsibilities/edit.html", context)


def _as_families_see(contact: Contact) -> dict[str, Any]:
    """Who it is, and what everybody will see of them."""
    ways = wording.ways(contact, Audience.PUBLIC, ForWhom.FAMILIES)
    name = contact.shown_name(Audience.PUBLIC)
    return {
        "id": contact.pk,
        "name": contact.name or contact.function or contact.organisation.name,
        "organisation": contact.organisation.name,
        "shown": [part for part in (name or contact.function, *(way.shown for way in ways))
                  if part],
        "is_bare": not ways,
    }  # fmt: skip


def _topic_groups(form: ResponsibilityForm, known: list[Topic]) -> list[dict[str, Any]]:
    """The boxes of the topics below those above them; a group with a tick is unfolded."""
    boxes = {str(box.data["value"]): box for box in form["topics"].subwidgets}
    above = [topic for topic in known if topic.parent_id is None]
    groups = []
    for top in above:
        keys = [top.key, *(one.key for one in known if one.parent_id == top.pk)]
        told = [boxes[key] for key in keys]
        ticked = sum(1 for box in told if box.data["selected"])
        groups.append({"name": top.name, "boxes": told, "ticked": ticked})
    return groups


@require_http_methods(["GET", "HEAD", "POST"])
@editing
def remove(request: DeskRequest) -> HttpResponse:
    """Take some away, after showing which."""
    source = request.POST if request.method == "POST" else request.GET
    ids = _ids(source.getlist(PICK))[:MOST_PICKED]
    those = list(queries.completed(queries.responsibilities(request.actor).filter(pk__in=ids)))
    if request.method == "POST" and those:
        count = actions.remove_responsibilities(actor=request.actor, those=those)
        told = ngettext("%(n)d responsibility is removed.", "%(n)d responsibilities are removed.",
                        count)  # fmt: skip
        messages.success(request, told % {"n": count})
    if request.method == "POST" or not those:
        return HttpResponseRedirect(reverse("responsibilities:list"))
    told_of = [(one, wording.task(one)) for one in those]
    return render(request, "responsibilities/remove.html", {"those": told_of, "pick": PICK})


@require_safe
@reading
def gaps_page(request: DeskRequest) -> HttpResponse:
    """For which topics and places nobody answers."""
    whom = request.GET.get("wer", "")
    for_whom = whom if whom in (ForWhom.FAMILIES, ForWhom.PROFESSIONALS) else ForWhom.FAMILIES.value
    today = timezone.localdate()
    regions = queries.regions()
    lines = gaps.lines(queries.shown(request.actor, today), for_whom, topics(), regions)
    context = {
        "lines": lines,
        "regions": [square.region for square in lines[0].squares] if lines else [],
        "missing": sum(len(line.missing) for line in lines),
        "for_whom": for_whom,
        "tabs": [
            {"label": label, "url": f"?wer={value}", "count": None, "current": value == for_whom}
            for value, label in (
                (ForWhom.FAMILIES.value, _("For families")),
                (ForWhom.PROFESSIONALS.value, _("For professionals")),
            )
        ],
        "may_edit": may_edit(request.actor),
    }
    return render(request, "responsibilities/gaps.html", context)


@require_POST
@editing
def export(request: DeskRequest) -> HttpResponse:
    """The list that the address describes, as CSV or XLSX."""
    form = request.POST.get("form", "")
    if form not in CONTENT_TYPES:
        raise Http404
    described = listing(topics(), queries.regions())
    wanted, _form = read(described, request.GET.dict())
    rows = queries.responsibilities(request.actor).filter(wanted.narrowed)
    written = actions.export_responsibilities(
        actor=request.actor, those=ordered(described, wanted, rows), form=form
    )
    answer = FileResponse(
        written.file,
        as_attachment=True,
        filename=f"zustaendigkeiten-{timezone.localdate():%Y-%m-%d}.{form}",
        content_type=CONTENT_TYPES[form],
    )
    return cast("HttpResponse", answer)


def _one_or_404(request: DeskRequest, one_id: UUID) -> Responsibility:
    try:
        return queries.get_responsibility(request.actor, one_id)
    except Responsibility.DoesNotExist as missing:
        raise Http404 from missing


def _ids(told: Iterable[str]) -> list[UUID]:
    """What is no id names nobody."""
    found = []
    for one in told:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found
