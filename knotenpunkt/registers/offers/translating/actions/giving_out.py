"""Texts as a file for translators; the audit tells that they left the house."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.offers.translating.exchange import texts_for
from knotenpunkt.registers.offers.translating.queries import with_texts
from knotenpunkt.registers.offers.translating.wording import text_language
from knotenpunkt.tools.translations import formats


@transaction.atomic
def export_texts(
    *, actor: Actor, offers: QuerySet[Offer], language: str, which: str, form: str
) -> tuple[bytes, int]:
    """The German texts of these offers with what is there already, and how many they are.

    LookupError for another form.
    """
    actor.must(Right.EDIT_REGISTERS)
    rows = with_texts(offers.order_by("title", "pk"))
    texts = texts_for(rows.iterator(chunk_size=500), language, which=which)
    network = current_network()
    data = formats.write(texts, form, original=network.slug, heads=_heads())
    told = ngettext("%(n)s text for %(language)s", "%(n)s texts for %(language)s", len(texts.units))
    title = told % {"n": number(len(texts.units)), "language": text_language(language)}
    record(actor=actor, deed="offers.export_texts", on=network, title=title)
    return data, len(texts.units)


def _heads() -> tuple[str, ...]:
    return _("Offer"), _("What it is"), _("German"), _("Translation"), _("Key, please keep")
