"""Circulars: those who read internals see them, those who write to many write and send them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from knotenpunkt.activities.mailings.actions import sending
from knotenpunkt.activities.mailings.actions.releasing import ask_release
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from tests.access.table import COORDINATORS, EDITORS, MEMBERS, Line, moved
from tests.activities.mailings.people import circular_for, everybody, somebody
from tests.factories import SYSTEM


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """A circular at each stage that has pages of its own."""
    somebody(7001, email=False)
    everybody("Alle Kontakte der Rundschreiben")
    draft, asked, planned = (
        circular_for(title=word, by_mail=False) for word in ("Neu", "Gefragt", "Geplant")
    )
    ask_release(actor=SYSTEM, circular=asked)
    sending.schedule(actor=SYSTEM, circular=planned, at=timezone.now() + timedelta(days=9))
    sent = sending.start(actor=SYSTEM, circular=circular_for(title="Fort", by_mail=False))
    return {
        "circular_draft": draft.pk, "circular_asked": asked.pk,
        "circular_planned": planned.pk, "circular_sent": sent.pk,
    }  # fmt: skip


READS = MEMBERS | {"provider": 403}
READS_NONE = READS | {"reader": 404, "editor": 404, "coordinator": 404}
NONE = EDITORS | {"editor": 404, "coordinator": 404}
NEVER = dict.fromkeys(MEMBERS, 405)
KEY = "circular_id"
DRAFT, ASKED, PLANNED, SENT, INVENTED = (
    {"of": of, "key": KEY}
    for of in ("circular_draft", "circular_asked", "circular_planned", "circular_sent", "invented")
)
UNFINISHED = {role: 422 if code == 200 else code for role, code in EDITORS.items()}
FORMS = {
    "mailings:circular_new", "mailings:circular_edit", "mailings:circular_send",
    "mailings:circular_discard", "mailings:circular_stop", "mailings:settings",
}  # fmt: skip
LINES = [
    Line("mailings:circulars", READS),
    Line("mailings:circulars", READS, query="stand=versendet&art=newsletter&q=x&seite=9"),
    Line("mailings:circular", READS, **DRAFT),
    Line("mailings:circular", READS, query="leser=x&suche=kontakt", **DRAFT),
    Line("mailings:circular", READS, **ASKED),
    Line("mailings:circular", READS, **PLANNED),
    Line("mailings:circular", READS, query="stand=briefe&grund=returned&q=x", **SENT),
    Line("mailings:circular", READS_NONE, **INVENTED),
    Line("mailings:circular_text", READS, **SENT),
    Line("mailings:circular_text", READS_NONE, **INVENTED),
    Line("mailings:circular_progress", READS, **SENT),
    Line("mailings:circular_progress", READS_NONE, **INVENTED),
    Line("mailings:circular_new", EDITORS, query="verteiler=x&art=y"),
    Line("mailings:circular_new", UNFINISHED, method="post"),
    Line("mailings:circular_count", EDITORS, query="audience=x&kind=y"),
    Line("mailings:circular_edit", EDITORS, **DRAFT),
    Line("mailings:circular_edit", moved(EDITORS), **SENT),
    Line("mailings:circular_edit", UNFINISHED, method="post", data={"text": "{x}"}, **DRAFT),
    Line("mailings:circular_edit", NONE, **INVENTED),
    Line("mailings:circular_send", EDITORS, **DRAFT),
    Line("mailings:circular_send", UNFINISHED, method="post", **DRAFT),
    Line("mailings:circular_send", moved(EDITORS), method="post", data={"tun": "jetzt"}, **SENT),
    Line("mailings:circular_send", NONE, **INVENTED),
    Line("mailings:circular_discard", EDITORS, **DRAFT),
    Line("mailings:circular_discard", moved(EDITORS), method="post", **SENT),
    Line("mailings:circular_discard", NONE, **INVENTED),
    Line("mailings:circular_stop", EDITORS, **SENT),
    Line("mailings:circular_stop", moved(EDITORS), method="post", **SENT),
    Line("mailings:circular_stop", NONE, **INVENTED),
    Line("mailings:circular_follow_up", moved(EDITORS), method="post", **SENT),
    Line("mailings:circular_follow_up", moved(EDITORS), method="post", **DRAFT),
    Line("mailings:circular_follow_up", NEVER, **SENT),
    Line("mailings:circular_follow_up", NONE, method="post", **INVENTED),
    Line("mailings:circular_by_letter", moved(EDITORS), method="post", **SENT),
    Line("mailings:circular_by_letter", NEVER, **SENT),
    Line("mailings:circular_by_letter", NONE, method="post", **INVENTED),
    *(
        Line("mailings:circular_do", moved(EDITORS), method="post", kwargs={"deed": deed}, **of)
        for deed in (
            "freigabe-erbitten", "freigeben", "zurueckgeben", "planung-zuruecknehmen",
            "unterbrechen", "weiter", "noch-einmal", "probe",
        )
        for of in (ASKED, SENT)
    ),
    Line("mailings:circular_do", NONE, method="post", kwargs={"deed": "zaubern"}, **DRAFT),
    Line("mailings:circular_do", NEVER, kwargs={"deed": "freigeben"}, **DRAFT),
    Line("mailings:circular_do", NONE, method="post", kwargs={"deed": "weiter"}, **INVENTED),
    Line("mailings:settings", COORDINATORS),
    Line("mailings:settings", moved(COORDINATORS), method="post", data={"return_line": "Netz"}),
]  # fmt: skip
