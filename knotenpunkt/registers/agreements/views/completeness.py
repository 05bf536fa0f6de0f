""" "Ist unser Netzwerk vollständig?": the page, one field of it, the paper, the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.core.spoken import full_date, number
from knotenpunkt.foundation.core.tables import Cell, Head, Row
from knotenpunkt.registers.agreements import actions
from knotenpunkt.registers.agreements.completeness import (
    Completeness,
    Field,
    Partner,
    State,
    completeness,
    one_kind,
)
from knotenpunkt.registers.agreements.figures import counted
from knotenpunkt.registers.agreements.forms import NotNeededForm
from knotenpunkt.registers.agreements.models import AgreementKind
from knotenpunkt.registers.agreements.printing import completeness_paper, table_rows
from knotenpunkt.registers.agreements.queries import invited, principles_of_cooperation, to_remind
from knotenpunkt.registers.agreements.rules import may_keep
from knotenpunkt.registers.agreements.views.agreements import keeping, reading
from knotenpunkt.registers.agreements.wording import (
    day_cell,
    field_line,
    field_sentence,
    partner_url,
    signed_cell,
    where,
)
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.partners.models import KINDS_OF_THE_LAW, Organisation, PartnerKind
from knotenpunkt.registers.partners.queries import organisations
from knotenpunkt.tools.lists.files import CONTENT_TYPES, write_file

REGION, SHOWS, FORM = "region", "zeigt", "form"
CANDIDATES = 40
# Words of the address → what is asked, and which agreements count for it.
QUESTIONS = {
    "": AgreementKind.COOPERATION,
    "schutzauftrag": AgreementKind.PROTECTION,
    "fuehrungszeugnisse": AgreementKind.CERTIFICATES,
    "dabei": AgreementKind.COOPERATION,
    "bestaetigt": AgreementKind.COOPERATION,
}
DAYS = {"dabei": "seen", "bestaetigt": "confirmed"}


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field as the page shows it: number, shape, a word or two, and all of it read aloud.

    `share` is how many of a hundred have signed, where only some have.
    """

    number: str
    state: str
    words: str
    share: int
    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One kind in all regions; its name leads to the kind in the whole network."""

    kind: str
    url: str
    fields: Sequence[ShownField]


@dataclass(frozen=True, slots=True)
class Gap:
    """One kind, where it is missing, and who of this kind works elsewhere."""

    kind: str
    places: Sequence[tuple[str, str]]
    elsewhere: str


@require_safe
@reading
def page(request: DeskRequest) -> HttpResponse:
    """Kinds of the law × regions, under one of five questions."""
    asked = request.GET.get(SHOWS, "")
    asked = asked if asked in QUESTIONS else ""
    today = timezone.localdate()
    found = completeness(request.actor, today, about=QUESTIONS[asked])
    context = {
        "lead": _lead(found, asked),
        "tabs": _tabs(asked),
        "regions": [where(region) for region in found.regions],
        "rows": list(_rows(found, asked)),
        "legend": _legend(asked),
        "gaps": list(_gaps(found)),
        "ending": to_remind(today).count(),
        "unsorted": found.unsorted,
        "has_partners": bool(found.partners or found.unsorted),
        "forms": [("xlsx", _("For Excel (XLSX)")), ("csv", _("As plain table (CSV)"))],
        "today": full_date(today),
    }
    return render(request, "agreements/completeness.html", context)


def _lead(found: Completeness, asked: str) -> str:
    """ "In 9 von 88 Feldern fehlt jemand. 62 von 140 Partnern haben unterschrieben."."""
    told = counted(found)
    gaps = ngettext("Somebody is missing in %(n)s of %(all)s fields.",
                    "Somebody is missing in %(n)s of %(all)s fields.", told.gaps)  # fmt: skip
    first = gaps % {"n": number(told.gaps), "all": number(told.fields)}
    if not told.gaps:
        first = _("Nobody is missing in any field.")
    if asked in DAYS or not told.partners:
        return first
    signed = ngettext("%(n)s of %(all)s partners has signed.",
                      "%(n)s of %(all)s partners have signed.", told.signed)  # fmt: skip
    second = signed % {"n": number(told.signed), "all": number(told.partners)}
    return f"{first} {second}"


def _tabs(asked: str) -> list[dict[str, object]]:
    labels = {
        "": _("Cooperation"),
        "schutzauftrag": _("Protection"),
        "fuehrungszeugnisse": _("Certificates"),
        "dabei": _("Last seen"),
        "bestaetigt": _("Last confirmed"),
    }
    base = reverse("agreements:completeness")
    return [
        {"label": label, "url": f"{base}?{SHOWS}={key}" if key else base, "count": None,
         "current": key == asked}
        for key, label in labels.items()
    ]  # fmt: skip


def _rows(found: Completeness, asked: str) -> Iterator[ShownRow]:
    for kind in found.kinds:
        fields = [_shown(one, asked, found) for one in found.row(kind)]
        yield ShownRow(str(kind.label), field_url(kind, None), fields)


def _shown(field: Field, asked: str, found: Completeness) -> ShownField:
    about = DAYS.get(asked, "signed")
    state, words = field_line(field, about, found.today)
    good = field.signed if about == "signed" else field.lately(about, found.today)
    return ShownField(
        number="" if state is State.NOT_NEEDED else number(field.count),
        state=state.value,
        words=words,
        share=round(100 * good / field.count) if state is State.SOME else 0,
        sentence=f"{field.kind.label}, {where(field.region)}: {field_sentence(field)}",
        url=field_url(field.kind, field.region),
    )


def _legend(asked: str) -> list[tuple[str, str]]:
    told = {
        "": (_("all have signed"), _("some have signed"), _("nobody has signed")),
        "dabei": (_("all seen within a year"), _("some seen within a year"), _("longer ago")),
        "bestaetigt": (
            _("all confirmed within a year"), _("some confirmed within a year"), _("longer ago"),
        ),
    }  # fmt: skip
    best, middle, worst = told.get(asked, told[""])
    return [
        (State.ALL.value, best),
        (State.SOME.value, middle),
        (State.NOBODY.value, worst),
        (State.GAP.value, _("gap: nobody is in")),
        (State.NOT_NEEDED.value, _("not needed here")),
    ]


def _gaps(found: Completeness) -> Iterator[Gap]:
    """Kind by kind where somebody is missing; who works elsewhere could be asked first."""
    for kind in found.kinds:
        missing = [one for one in found.row(kind) if one.is_gap]
        if not missing:
            continue
        count = len({one.id for field in found.row(kind) for one in field.partners})
        yield Gap(
            kind=str(kind.label),
            places=[(where(one.region), field_url(kind, one.region)) for one in missing],
            elsewhere=ngettext("%(n)s partner", "%(n)s partners", count) % {"n": number(count)}
            if count
            else pgettext("partners elsewhere", "nobody"),
        )


def field_url(kind: PartnerKind, region: Region | None) -> str:
    """The page of one field."""
    base = reverse("agreements:field", args=[kind.value])
    return f"{base}?{REGION}={region.pk}" if region else base


@require_safe
@reading
def field(request: DeskRequest, kind: str) -> HttpResponse:
    """One field: who is in, who could come, and that nobody is needed."""
    one, found = field_or_404(request, kind)
    context = {
        "field": one,
        "kind": one.kind.label,
        "where": where(one.region),
        "sentence": field_sentence(one),
        "columns": [Head(_("Partner")), Head(_("Agreement")), Head(_("Last seen"), numeric=True),
                    Head(_("Last confirmed"), numeric=True)],
        "rows": [_partner_row(partner, found) for partner in one.partners],
        "candidates": _candidates(one, found),
        "unsigned": one.count - one.signed,
        "sign_url": _sign_url(request, one) if one.count > one.signed else "",
        "new_url": _new_partner_url(one),
        "query": f"?{urlencode(_region_query(one))}" if one.region else "",
        "decided_on": full_date(one.decision.decided_on) if one.decision else "",
        "may_keep": may_keep(request.actor),
    }  # fmt: skip
    return render(request, "agreements/field.html", context)


def field_or_404(request: DeskRequest, kind: str) -> tuple[Field, Completeness]:
    if kind not in {one.value for one in KINDS_OF_THE_LAW}:
        raise Http404
    known = PartnerKind(kind)
    found = one_kind(request.actor, timezone.localdate(), known)
    wanted = request.GET.get(REGION, "")
    if not wanted:
        return found.overall[known], found
    for region in filter(None, found.regions):
        if str(region.pk) == wanted:
            return found.fields[known, region.pk], found
    raise Http404


def _region_query(field: Field) -> dict[str, str]:
    return {REGION: str(field.region.pk)} if field.region else {}


def _sign_url(request: DeskRequest, field: Field) -> str:
    """Where the missing signatures are entered: under the principles that hold, or new ones."""
    query = urlencode({"art": field.kind.value} | _region_query(field))
    principles = principles_of_cooperation(request.actor, timezone.localdate())
    if principles is None:
        return reverse("agreements:new")
    return f"{reverse('agreements:sign', args=[principles.pk])}?{query}"


def _new_partner_url(field: Field) -> str:
    """The form for a new partner, with kind and region filled in."""
    query = urlencode({"art": field.kind.value} | _region_query(field))
    return f"{reverse('partners_desk:new')}?{query}"


def _partner_row(partner: Partner, found: Completeness) -> Row:
    return Row(
        [
            Cell(partner.name, note=partner.body, url=partner_url(partner.id)),
            signed_cell(partner, found.today),
            day_cell(partner.seen, _("Last seen")),
            day_cell(partner.confirmed, _("Last confirmed")),
        ]
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the register who could come: why not yet, and what the one click says."""

    id: str
    name: str
    url: str
    note: str
    action: str
    invite_url: str


def _candidates(field: Field, found: Completeness) -> list[Candidate]:
    """Of the same kind: first those here who have not joined, then partners of other regions."""
    here = [one for one in found.others if one.works_in(field.region)]
    all_of_them = (*found.partners, *found.others)
    elsewhere = [one for one in all_of_them if not one.works_in(field.region)]
    both = [*here, *elsewhere][:CANDIDATES]
    asked = invited([one.id for one in both])
    return [
        Candidate(
            id=str(one.id),
            name=one.name,
            url=partner_url(one.id),
            note=_candidate_note(one, found, asked.get(one.id)),
            action=_("Has joined") if one in here else _("Works here, too"),
            invite_url=_invite_url(field, one),
        )
        for one in both
    ]


def _candidate_note(one: Partner, found: Completeness, asked: datetime | None) -> str:
    """Where they work, whether they are in, and when they were invited."""
    regions = [region for region in found.regions if one.works_in(region)]
    told = [where(None) if one.everywhere else ", ".join(map(where, regions))]
    if not one.is_in:
        told.append(_("in the register, not in the network"))
    if asked:
        told.append(_("invited on %(day)s") % {"day": full_date(timezone.localdate(asked))})
    return " · ".join(filter(None, told))


def _invite_url(field: Field, one: Partner) -> str:
    base = reverse("agreements:invite", args=[field.kind.value, one.id])
    query = urlencode(_region_query(field))
    return f"{base}?{query}" if query else base


@require_POST
@keeping
def join(request: DeskRequest, kind: str) -> HttpResponse:
    """Somebody of the register is in from now on, and works in this region."""
    one, _found = field_or_404(request, kind)
    partner = partner_or_404(request, one.kind, request.POST.get("partner", ""))
    actions.take_in(actor=request.actor, organisation=partner, region=one.region)
    told = _("%(name)s is in now: %(where)s.")
    messages.success(request, told % {"name": partner.name, "where": where(one.region)})
    return HttpResponseRedirect(field_url(one.kind, one.region))


def partner_or_404(request: DeskRequest, kind: PartnerKind, told: object) -> Organisation:
    """An organisation of the register, of this kind."""
    try:
        return organisations(request.actor).get(pk=UUID(str(told)), kind=kind)
    except (ValueError, Organisation.DoesNotExist) as missing:
        raise Http404 from missing


@require_http_methods(["GET", "HEAD", "POST"])
@keeping
def not_needed(request: DeskRequest, kind: str) -> HttpResponse:
    """Record that nobody is needed here, with the reason."""
    one, _found = field_or_404(request, kind)
    reason = one.decision.reason if one.decision else ""
    form = NotNeededForm(typed(request), initial={"reason": reason})
    if request.method == "POST" and form.is_valid():
        actions.decide_not_needed(
            actor=request.actor,
            kind=one.kind,
            region=one.region,
            reason=form.cleaned_data["reason"],
            on=timezone.localdate(),
        )
        messages.success(request, _("The decision is kept. It can be taken back at any time."))
        return HttpResponseRedirect(reverse("agreements:completeness"))
    context = {
        "form": form,
        "kind": one.kind.label,
        "where": where(one.region),
        "back_url": field_url(one.kind, one.region),
        "count": one.count,
    }
    return render(request, "agreements/not_needed.html", context)


@require_POST
@keeping
def needed_again(request: DeskRequest, kind: str) -> HttpResponse:
    """Somebody is needed here after all."""
    one, _found = field_or_404(request, kind)
    if one.decision is None:
        raise Http404
    actions.take_back_not_needed(actor=request.actor, decision=one.decision)
    messages.success(request, _("The decision is taken back."))
    return HttpResponseRedirect(field_url(one.kind, one.region))


@require_safe
@reading
def paper(request: DeskRequest) -> HttpResponse:
    """The page as a PDF for the steering group."""
    found = completeness(request.actor, timezone.localdate())
    answer = HttpResponse(completeness_paper(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{_file_name("pdf")}"'
    return answer


@require_safe
@reading
def table(request: DeskRequest) -> HttpResponse:
    """The counts as CSV or XLSX; they name nobody."""
    form = request.GET.get(FORM, "")
    if form not in CONTENT_TYPES:
        raise Http404
    head, *rows = table_rows(completeness(request.actor, timezone.localdate()))
    answer = FileResponse(
        write_file(form, head, rows).file,
        as_attachment=True,
        filename=_file_name(form),
        content_type=CONTENT_TYPES[form],
    )
    return cast("HttpResponse", answer)


def _file_name(form: str) -> str:
    return f"vollstaendigkeit-{timezone.localdate():%Y-%m-%d}.{form}"
