"""Agreements and completeness: members who read the register see them, those who keep it change."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.agreements.actions import (
    Handed,
    add_paper,
    add_parties,
    decide_not_needed,
    save_agreement,
)
from knotenpunkt.registers.partners.actions import save_organisation
from knotenpunkt.registers.partners.models import Level, PartnerKind
from tests.access.table import EDITORS, MEMBERS, ROLES, Line, moved


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """An agreement with a party and a file, a court that is not needed."""
    actor, today = System("test"), timezone.localdate()
    school = save_organisation(
        actor=actor, level=Level.BODY, name="Schule am Bach", kind=PartnerKind.SCHOOL
    )
    agreement = save_agreement(actor=actor, kind="cooperation", title="Grundsätze", signed_on=today)
    add_parties(actor=actor, agreement=agreement, organisations=[school], on=today)
    paper = add_paper(
        actor=actor, agreement=agreement, handed=Handed("Seite.pdf", b"%PDF-1.7\n%%EOF\n")
    )
    decide_not_needed(
        actor=actor, kind=PartnerKind.FAMILY_COURT, region=None, reason="sitzt nebenan", on=today
    )
    return {
        "agreement": agreement.pk,
        "agreement_party": agreement.parties.get().pk,
        "agreement_paper": paper.pk,
        "agreement_partner": school.pk,
    }


READING = MEMBERS | {"provider": 403}
UNKNOWN_TO_READERS = READING | {"reader": 404, "editor": 404, "coordinator": 404}
UNKNOWN = EDITORS | {"editor": 404, "coordinator": 404}
ONLY_POSTED = dict.fromkeys(ROLES, 405)
FORMS = {"agreements:new", "agreements:edit", "agreements:end", "agreements:sign_confirm",
         "agreements:remove_party", "agreements:remove_paper", "agreements:not_needed",
         "agreements:invite"}  # fmt: skip
KEY = "agreement_id"
PARTY = {"agreement_id": "agreement", "party_id": "agreement_party"}
PAPER = {"agreement_id": "agreement", "paper_id": "agreement_paper"}
NO_PARTY = {"agreement_id": "agreement", "party_id": "invented"}
NO_PAPER = {"agreement_id": "agreement", "paper_id": "invented"}
SCHOOL, COURT = {"kind": "school"}, {"kind": "family_court"}
PARTNER = {"kind": "school", "partner_id": "agreement_partner"}
LINES = [
    Line("agreements:list", READING),
    Line("agreements:list", READING, query="stand=alle&q=grund+schule&art=cooperation&seite=99"),
    Line("agreements:new", EDITORS),
    Line("agreements:new", EDITORS, method="post"),
    Line("agreements:detail", READING, of="agreement", key=KEY),
    Line("agreements:detail", UNKNOWN_TO_READERS, of="invented", key=KEY),
    *(Line(f"agreements:{name}", EDITORS, of="agreement", key=KEY)
      for name in ("edit", "end", "sign")),
    *(Line(f"agreements:{name}", UNKNOWN, of="invented", key=KEY)
      for name in ("edit", "end", "sign", "sign_confirm")),
    Line("agreements:sign_confirm", moved(EDITORS), of="agreement", key=KEY),
    Line("agreements:reopen", moved(EDITORS), of="agreement", key=KEY, method="post"),
    Line("agreements:reopen", ONLY_POSTED, of="agreement", key=KEY),
    Line("agreements:remove_party", EDITORS, kwargs=PARTY),
    Line("agreements:remove_party", UNKNOWN, kwargs=NO_PARTY),
    Line("agreements:add_paper", EDITORS | {"editor": 422, "coordinator": 422}, of="agreement",
         key=KEY, method="post"),
    Line("agreements:add_paper", ONLY_POSTED, of="agreement", key=KEY),
    Line("agreements:paper", READING, kwargs=PAPER),
    Line("agreements:paper", UNKNOWN_TO_READERS, kwargs=NO_PAPER),
    Line("agreements:remove_paper", EDITORS, kwargs=PAPER),
    Line("agreements:remove_paper", UNKNOWN, kwargs=NO_PAPER),
    Line("agreements:completeness", READING),
    Line("agreements:completeness", READING, query="zeigt=bestaetigt"),
    Line("agreements:completeness_paper", READING),
    Line("agreements:completeness_table", READING, query="form=csv"),
    Line("agreements:completeness_table", UNKNOWN_TO_READERS, query="form=doc"),
    Line("agreements:field", READING, kwargs=COURT),
    Line("agreements:field", UNKNOWN_TO_READERS, kwargs={"kind": "association"}),
    Line("agreements:field", UNKNOWN_TO_READERS, kwargs=SCHOOL, query="region=anderswo"),
    Line("agreements:not_needed", EDITORS, kwargs=COURT),
    Line("agreements:not_needed", UNKNOWN, kwargs=SCHOOL, query="region=anderswo"),
    Line("agreements:invite", EDITORS, kwargs=PARTNER),
    Line("agreements:invite", UNKNOWN, kwargs=PARTNER | {"partner_id": "invented"}),
    Line("agreements:join", UNKNOWN, kwargs=SCHOOL, method="post"),
    Line("agreements:join", ONLY_POSTED, kwargs=SCHOOL),
    Line("agreements:needed_again", UNKNOWN, kwargs=SCHOOL, method="post"),
    Line("agreements:needed_again", ONLY_POSTED, kwargs=COURT),
]  # fmt: skip
