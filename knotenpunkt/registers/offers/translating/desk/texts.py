"""The texts of one offer: all languages, and each beside the German original."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.kept_input import typed
from knotenpunkt.foundation.core.comparing import Piece, pieces
from knotenpunkt.foundation.core.languages import EASY_GERMAN, OTHERS
from knotenpunkt.foundation.core.versions import (
    ChangedMeanwhile,
    SaidClash,
    seen_in,
    write_marks,
)
from knotenpunkt.registers.offers.desk.edit import desk_offer_or_404, with_undo
from knotenpunkt.registers.offers.models import Offer, OfferText, TextState
from knotenpunkt.registers.offers.translating.actions.writing import (
    OriginalChanged,
    remove_text,
    save_text,
)
from knotenpunkt.registers.offers.translating.desk.hints import PartHints, hints
from knotenpunkt.registers.offers.translating.drafts import TextDraft, text_draft
from knotenpunkt.registers.offers.translating.forms import TextForm, shown_parts
from knotenpunkt.registers.offers.translating.lines import language_line, language_lines
from knotenpunkt.registers.offers.translating.parts import (
    changed_parts,
    fingerprint_of,
    german,
    german_parts,
)
from knotenpunkt.registers.offers.translating.queries import text_of
from knotenpunkt.registers.offers.translating.rules import may_write_texts
from knotenpunkt.registers.offers.translating.wording import (
    PART_LABELS,
    text_language,
)

SAVE, SAVE_CHECKED, LOOK = "speichern", "geprueft", "pruefen"


@dataclass(frozen=True, slots=True)
class Pair:
    """A part in German and its translation beside it."""

    label: str
    german: Sequence[str]
    changes: Sequence[Piece]
    field: Any
    shown: str = ""


@require_safe
@members_only()
def texts(request: DeskRequest, offer_id: UUID) -> HttpResponse:
    """Every language of an offer: where its text stands, who checked it."""
    offer = desk_offer_or_404(request, offer_id)
    context = {
        "offer": offer,
        "lines": language_lines(offer),
        "writable": may_write_texts(request.actor, offer),
    }
    return render(request, "offers/desk/texts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def text(request: DeskRequest, offer_id: UUID, code: str) -> HttpResponse:
    """One text beside its original: write it, check it; read it without the right to."""
    offer = _offer_and_language(request, offer_id, code)
    if not may_write_texts(request.actor, offer):
        if request.method == "POST":
            raise PermissionDenied
        return _page(request, offer, code, None)
    data = typed(request)
    form = TextForm(offer, code, text_of(offer, code), data)
    deed = request.POST.get("tun", "")
    if deed == LOOK:
        return _looked_at(request, offer, form)
    if request.method != "POST":
        return _page(request, offer, code, form)
    if not form.is_valid():
        return _page(request, offer, code, form, status=422)
    return _saved(request, offer, form, checked=deed == SAVE_CHECKED)


def _offer_and_language(request: DeskRequest, offer_id: UUID, language: str) -> Offer:
    if language not in OTHERS:
        raise Http404
    return desk_offer_or_404(request, offer_id)


def _saved(request: DeskRequest, offer: Offer, form: TextForm, *, checked: bool) -> HttpResponse:
    language = form.language
    if form.draft().is_empty and text_of(offer, language) is None:
        form.add_error("title", _("Please write something first."))
        return _page(request, offer, language, form, status=422)
    try:
        saved = save_text(
            actor=request.actor,
            offer=offer,
            draft=form.draft(),
            seen=seen_in(request.POST),
            original=request.POST.get("original", ""),
            checked=checked,
        )
    except ChangedMeanwhile as meanwhile:
        clashes = [_clash(one) for one in meanwhile.clashes]
        return _page(request, offer, language, form, status=409, clashes=clashes)
    except OriginalChanged:
        return _page(request, offer, language, form, status=409, original_changed=True)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _page(request, offer, language, form, status=422)
    messages.success(request, with_undo(_told(saved), offer))
    return HttpResponseRedirect(reverse("offers_desk:texts", kwargs={"offer_id": offer.pk}))


def _told(saved: OfferText | None) -> str:
    if saved is None:
        return _("Removed, because it was empty.")
    name = text_language(saved.language)
    if saved.state == TextState.CHECKED:
        return _("%(language)s: saved as checked.") % {"language": name}
    return _("%(language)s: saved. Nobody has checked it yet.") % {"language": name}


def _clash(one: Any) -> SaidClash:
    return SaidClash(
        field=one.field,
        label=str(PART_LABELS[one.field]),
        mine=[one.mine or _("empty")],
        theirs=[one.theirs or _("empty")],
        mark=one.mark,
    )


def _looked_at(request: DeskRequest, offer: Offer, form: TextForm) -> HttpResponse:
    """Hints on what is typed; nothing is stored. As a fragment, or with the whole page."""
    found = _hints(form)
    if request.headers.get("HX-Request"):
        return render(request, "offers/desk/_hints.html", {"hints": found})
    return _page(request, offer, form.language, form)


def _hints(form: TextForm | None) -> PartHints | None:
    if form is None or form.language != EASY_GERMAN:
        return None
    return hints({part: form.typed(part) for part in ("summary", "description")})


def _page(
    request: DeskRequest,
    offer: Offer,
    language: str,
    form: TextForm | None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    row = text_of(offer, language)
    line = language_line(offer, language)
    context = {
        "offer": offer,
        "line": line,
        "form": form,
        "pairs": _pairs(offer, row, form),
        "is_easy": language == EASY_GERMAN,
        "seen": _seen(request, row, language),
        "original": _original(request, offer, **more),
        "hints": _hints(form),
        "clashes": (),
        "original_changed": False,
        **more,
    }
    return render(request, "offers/desk/text.html", context, status=status)


def _seen(request: DeskRequest, row: OfferText | None, language: str) -> str:
    sent = request.POST.get("gesehen")
    return sent or write_marks((text_draft(row) if row else TextDraft(language)).parts)


def _original(request: DeskRequest, offer: Offer, **more: Any) -> str:
    """The German text that the writer saw; once they are shown the new one, that one."""
    sent = "" if more.get("original_changed") else request.POST.get("original", "")
    return sent or fingerprint_of(german_parts(offer))


def _pairs(offer: Offer, row: OfferText | None, form: TextForm | None) -> list[Pair]:
    changed = changed_parts(row, offer) if row and row.state == TextState.OUTDATED else []
    return [_pair(offer, row, form, part, is_changed=part in changed)
            for part in shown_parts(offer, row)]  # fmt: skip


def _pair(
    offer: Offer, row: OfferText | None, form: TextForm | None, part: str, *, is_changed: bool
) -> Pair:
    now = german(offer, part)
    was = row.source.get(part, "") if row else ""
    return Pair(
        label=str(PART_LABELS[part]),
        german=[line for line in now.split("\n") if line.strip()],
        changes=pieces(was, now) if is_changed and was and now else (),
        field=form[part] if form else None,
        shown=getattr(row, part) if row else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def remove(request: DeskRequest, offer_id: UUID, code: str) -> HttpResponse:
    """Say what removing a text does; then do it."""
    offer = _offer_and_language(request, offer_id, code)
    if not may_write_texts(request.actor, offer):
        raise PermissionDenied
    if text_of(offer, code) is None:
        raise Http404
    if request.method == "POST":
        remove_text(actor=request.actor, offer=offer, language=code)
        messages.success(request, with_undo(_("The text is removed."), offer))
        return HttpResponseRedirect(reverse("offers_desk:texts", kwargs={"offer_id": offer.pk}))
    return render(
        request,
        "offers/desk/text_remove.html",
        {"offer": offer, "line": language_line(offer, code)},
    )
