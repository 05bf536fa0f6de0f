"""What a person at the desk does with one text: write it, check it, take it away."""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import Changes, record
from knotenpunkt.foundation.core.languages import OTHERS
from knotenpunkt.foundation.core.versions import Seen, own_changes
from knotenpunkt.registers.offers import findable
from knotenpunkt.registers.offers.models import Offer, OfferText, TextOrigin, TextState
from knotenpunkt.registers.offers.translating.actions.keeping import drop_text, put_text
from knotenpunkt.registers.offers.translating.drafts import TextDraft, text_draft
from knotenpunkt.registers.offers.translating.parts import (
    fingerprint_of,
    german_parts,
    longest,
)
from knotenpunkt.registers.offers.translating.rules import may_write_texts


class OriginalChanged(Exception):
    """The German text is another one than the writer had before their eyes; nothing was saved."""


@transaction.atomic
def save_text(
    *,
    actor: Actor,
    offer: Offer,
    draft: TextDraft,
    seen: Seen | None = None,
    original: str = "",
    checked: bool = False,
) -> OfferText | None:
    """Store a text that a person wrote; `checked`: they say that it is right. None: it was emptied.

    `original` is the fingerprint of the German text that they saw. OriginalChanged when it is
    another one by now, ChangedMeanwhile when somebody else changed the same parts.
    """
    offer = _locked(actor, offer)
    _refuse_unstorable(draft)
    if original and original != fingerprint_of(german_parts(offer)):
        raise OriginalChanged
    row = OfferText.objects.filter(offer=offer, language=draft.language).first()
    merged = _merged(draft, row, seen or Seen())
    if merged.is_empty:
        _removed(actor, offer, row)
        return None
    state = _state(merged, row, checked=checked)
    source = None if checked else merged.source
    changes = put_text(offer, replace(merged, state=state, source=source), row, actor=actor)
    deed = "offers.check_text" if checked else "offers.save_text"
    _tell(actor, deed, offer, changes)
    saved: OfferText = OfferText.objects.get(offer=offer, language=draft.language)
    return saved


@transaction.atomic
def check_text(*, actor: Actor, offer: Offer, language: str, original: str = "") -> OfferText:
    """Say that a text is right as it stands, beside the German text as it is now."""
    row = OfferText.objects.get(offer=offer, language=language)
    draft = replace(text_draft(row), source=None)
    saved = save_text(actor=actor, offer=offer, draft=draft, original=original, checked=True)
    if saved is None:
        raise ValidationError(_("There is no text yet that could be checked."))
    return saved


@transaction.atomic
def remove_text(*, actor: Actor, offer: Offer, language: str) -> None:
    """Take a text away; the history can bring it back."""
    offer = _locked(actor, offer)
    _removed(actor, offer, OfferText.objects.filter(offer=offer, language=language).first())


def _removed(actor: Actor, offer: Offer, row: OfferText | None) -> None:
    if row is not None:
        _tell(actor, "offers.remove_text", offer, drop_text(row))


def _locked(actor: Actor, offer: Offer) -> Offer:
    """The offer as it is now, held until the end."""
    current: Offer = Offer.objects.select_for_update().get(pk=offer.pk)
    if not may_write_texts(actor, current):
        raise PermissionDenied(Right.EDIT_REGISTERS)
    return current


def _refuse_unstorable(draft: TextDraft) -> None:
    if draft.language not in OTHERS:
        raise ValidationError(_("Texts are kept in the languages of the product only."))
    for name, text in draft.parts.items():
        if "\0" in text:
            raise ValidationError({name: _("This text holds a sign that cannot be stored.")})
        if len(text) > longest(name):
            told = _("Please shorten this text to %(n)d signs.") % {"n": longest(name)}
            raise ValidationError({name: told})


def _merged(draft: TextDraft, row: OfferText | None, seen: Seen) -> TextDraft:
    """What this person changed, on top of what is stored."""
    if row is None:
        return draft
    stored = text_draft(row)
    told = {name: text.strip() for name, text in draft.parts.items()}
    own = own_changes(told, stored.parts, seen) if seen.marks else set(told)
    changed = {name: told[name] for name in own if told[name] != stored.parts[name]}
    origin = TextOrigin.PERSON.value if changed else stored.origin
    return replace(stored, **changed, origin=origin, source=None if changed else stored.source)


def _state(draft: TextDraft, row: OfferText | None, *, checked: bool) -> str:
    """Whoever writes without a tick has not checked it."""
    if checked:
        return TextState.CHECKED.value
    if row is not None and draft == text_draft(row):
        return str(row.state)
    return TextState.IMPORTED.value


def _tell(actor: Actor, deed: str, offer: Offer, changes: Changes) -> None:
    if not changes:
        return
    offer.save(update_fields=["changed_at"])
    record(actor=actor, deed=deed, on=offer, title=offer.title, changes=changes)
    findable.touch(offer)
