"""Personal data in agreements."""

from __future__ import annotations

from django.utils.translation import gettext as _

from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.personal_data import Holding, Person
from knotenpunkt.registers.agreements.models import Agreement, NotNeeded

HOLDINGS = (
    Holding(
        what="agreements with organisations: their title, a note of the desk, their files with the"
        " signatures of those who act for the partners; decisions that nobody is needed, with why",
        why="so that a network can show who stands behind its principles (§ 3 (3) KKG, § 8a (4) and"
        " § 72a (4) SGB VIII)",
        legal_basis="Art. 6 (1) e GDPR with § 3 (3) KKG, § 8a (4), § 72a (4) SGB VIII",
        term="as long as the agreement is kept; files until somebody deletes them",
        where=(
            "agreements.Agreement.title",
            "agreements.Agreement.note",
            "agreements.Agreement.end_reason",
            "agreements.NotNeeded.reason",
            "agreements.Paper.file",
        ),
    ),
)


def mentions(person: Person) -> list[str]:
    """Agreements and decisions whose words name the person; an editor looks at them."""
    agreements = [
        _("agreement of %(day)s") % {"day": spoken.full_date(one.signed_on)}
        for one in Agreement.objects.iterator()
        if person.appears_in(f"{one.title} {one.note} {one.end_reason}")
    ]
    decisions = [
        _("decision of %(day)s that nobody is needed") % {"day": spoken.full_date(one.decided_on)}
        for one in NotNeeded.objects.iterator()
        if person.appears_in(one.reason)
    ]
    return [*agreements, *decisions]
