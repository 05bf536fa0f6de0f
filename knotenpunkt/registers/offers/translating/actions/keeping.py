"""Putting texts beside an offer; whoever calls has asked for the right and writes the audit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.audit.actions import Changes
from knotenpunkt.registers.offers.models import Offer, OfferText, TextState
from knotenpunkt.registers.offers.translating.drafts import TextDraft, remembered, text_draft
from knotenpunkt.registers.offers.translating.parts import (
    PARTS,
    fingerprint_of,
    german_parts,
    parts_of,
    settled,
)

# How a change of one text is called in the audit: "texts.uk".
FIELD = "texts."


def field_of(language: str) -> str:
    """What the audit calls the text in this language."""
    return f"{FIELD}{language}"


def replace_texts(
    offer: Offer, drafts: Sequence[TextDraft], *, actor: Actor, is_new: bool
) -> Changes:
    """Make the texts of an offer be exactly these; those that stay the same stay the same rows."""
    before = {} if is_new else {text.language: text for text in offer.texts.all()}
    wanted = {draft.language: draft for draft in drafts}
    changes: Changes = {}
    for language in before.keys() - wanted.keys():
        changes |= drop_text(before[language])
    for language, draft in wanted.items():
        changes |= put_text(offer, draft, before.get(language), actor=actor)
    return changes


def put_text(
    offer: Offer,
    draft: TextDraft,
    row: OfferText | None,
    *,
    actor: Actor,
    checked_at: datetime | None = None,
) -> Changes:
    """Store one text; nothing where it says the same in the same state.

    `checked_at` is for one that is put back: when it was checked then, though not by whom.
    """
    if row is not None and _says(row, draft, settled(row, offer)):
        return {}
    before = remembered(row)
    row = row or OfferText(offer=offer, language=draft.language)
    for name, text in draft.parts.items():
        setattr(row, name, text.strip())
    row.origin = draft.origin
    _stand_for(row, draft, german_parts(offer))
    _sign(row, draft.state, actor, checked_at)
    row.state = settled(row, offer)
    row.save()
    return {field_of(row.language): [before, remembered(row)]}


def drop_text(row: OfferText) -> Changes:
    """Take one text away."""
    changes: Changes = {field_of(row.language): [remembered(row), None]}
    row.delete()
    return changes


def settle_texts(offer: Offer) -> None:
    """The German original may have changed: texts are outdated by it, or true again."""
    for text in OfferText.objects.filter(offer=offer):
        state = settled(text, offer)
        if state != text.state:
            text.state = state
            text.save(update_fields=["state"])


def with_texts(offer: Offer, changed: Mapping[str, TextDraft | None]) -> list[TextDraft]:
    """All texts of an offer with some of them changed, or (None) without them."""
    rows = OfferText.objects.filter(offer=offer)
    kept: dict[str, TextDraft | None] = {row.language: text_draft(row) for row in rows}
    return [draft for draft in (kept | dict(changed)).values() if draft is not None]


def _says(row: OfferText, draft: TextDraft, state: str) -> bool:
    same = parts_of(row) == {name: text.strip() for name, text in draft.parts.items()}
    stands = draft.source is None or dict(draft.source) == row.source
    return same and stands and state == draft.state


def _stand_for(row: OfferText, draft: TextDraft, now: Mapping[str, str]) -> None:
    """The original that it was made from; of an outdated one nobody knows it any more."""
    if draft.source is None and draft.state == TextState.OUTDATED:
        row.source, row.source_hash = {}, ""
        return
    told = now if draft.source is None else draft.source
    row.source = {name: told.get(name, "") for name in PARTS}
    row.source_hash = fingerprint_of(row.source)


def _sign(row: OfferText, state: str, actor: Actor, earlier: datetime | None) -> None:
    """Who says that it is right, and when; anything else than checked is signed by nobody."""
    row.state = state
    is_checked = state == TextState.CHECKED
    row.checked_at = (earlier or timezone.now()) if is_checked else None
    row.checked_by_id = actor.user_id if is_checked and earlier is None else None
