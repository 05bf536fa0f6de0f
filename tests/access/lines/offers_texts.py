"""Texts of offers in other languages: the page of one offer, the matrix, files and the service."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers.models import Offer, TextRun
from knotenpunkt.registers.offers.translating.actions.writing import save_text
from knotenpunkt.registers.offers.translating.drafts import TextDraft
from knotenpunkt.registers.partners.models import Representative
from tests.access.table import EDITORS, MEMBERS, NOT_THERE, Line, moved
from tests.factories import SYSTEM, make_offer, make_organisation

# Members read; who keeps the offer writes. Of a published one a provider only reads.
READ = MEMBERS | {"provider": 404}
WRITE = EDITORS | {"provider": 404}
OWN_DRAFT = MEMBERS | {"reader": 403}
POST_ONLY = dict.fromkeys(MEMBERS, 405)
# There is no service unless an installation names one.
NO_SERVICE = dict.fromkeys(MEMBERS, 404) | {"nobody": 302, "reader": 403, "provider": 403}
FORMS = {
    "offers_desk:text", "offers_desk:text_remove", "offers_desk:text_bring",
    "offers_desk:text_run", "offers_desk:text_undo", "offers_desk:text_export",
    "offers_desk:text_service",
}  # fmt: skip
TURKISH, UNKNOWN = {"code": "tr"}, {"code": "xx"}
SENT = {"tun": "speichern", "title": "Emzirme"}
EXPORT = {"sprache": "tr", "texte": "noetig", "form": "xlsx"}

LINES = [
    Line("offers_desk:texts", READ, of="published"),
    Line("offers_desk:texts", MEMBERS, of="text_draft"),
    Line("offers_desk:texts", NOT_THERE | {"nobody": 302}, of="neighbour"),
    Line("offers_desk:text", READ, of="published", kwargs=TURKISH),
    Line("offers_desk:text", MEMBERS, of="text_own", kwargs=TURKISH),
    Line("offers_desk:text", NOT_THERE | {"nobody": 302}, of="published", kwargs=UNKNOWN),
    Line("offers_desk:text", NOT_THERE | {"nobody": 302}, of="neighbour", kwargs=TURKISH),
    *(
        Line("offers_desk:text", moved(told), of=of, kwargs=TURKISH, method="post", data=SENT)
        for of, told in (("published", WRITE), ("text_own", EDITORS), ("text_draft", OWN_DRAFT))
    ),
    Line("offers_desk:text_remove", WRITE, of="published", kwargs=TURKISH),
    Line("offers_desk:text_remove", EDITORS, of="text_own", kwargs=TURKISH),
    Line("offers_desk:text_overview", MEMBERS),
    Line("offers_desk:text_matrix", MEMBERS, query="zustand=missing&sprache=tr"),
    Line("offers_desk:text_export", POST_ONLY),
    Line("offers_desk:text_export", EDITORS, method="post", data=EXPORT),
    Line("offers_desk:text_bring", EDITORS),
    Line("offers_desk:text_service", POST_ONLY),
    Line("offers_desk:text_service", NO_SERVICE, method="post", data={"sprache": "tr"}),
    Line("offers_desk:text_run", EDITORS, of="text_run", key="run_id"),
    Line("offers_desk:text_run", NOT_THERE | {"nobody": 302, "reader": 403, "provider": 403},
         of="invented", key="run_id"),
    Line("offers_desk:text_undo", POST_ONLY, of="text_run", key="run_id"),
    Line("offers_desk:text_undo", moved(EDITORS), of="text_run", key="run_id", method="post"),
]  # fmt: skip


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """A published offer and a draft of the provider's own, texts on them, and a run."""
    house = make_organisation("Haus der Übersetzungen")
    Representative.objects.create(organisation=house, user=people["provider"])
    own = make_offer("Stillcafé am Markt", provider=house)
    draft = make_offer("Stillcafé am Bach", provider=house, published=False)
    published = Offer.objects.get(title="Krabbelgruppe")
    for offer in (own, published):
        save_text(actor=SYSTEM, offer=offer, draft=TextDraft("tr", "Emzirme kahvesi"))
    run = TextRun.objects.create(origin="file", languages=["tr"], applied_at=timezone.now())
    return {"text_own": own.pk, "text_draft": draft.pk, "text_run": run.pk}
