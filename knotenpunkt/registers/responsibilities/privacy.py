"""Personal data in responsibilities."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from knotenpunkt.foundation.core.personal_data import Holding, Person
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.registers.responsibilities.models import Responsibility

KIND = Contact._meta.label

HOLDINGS = (
    Holding(
        what="who answers for which topics, for whom and where",
        why="so that families and professionals find the right person to ask",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG; name and ways are shown as the person"
        " released them",
        term="as long as the contact is kept, or until it is removed at the desk",
        where=(
            "responsibilities.Responsibility.contact",
            "responsibilities.Responsibility.title",
            "responsibilities.Responsibility.note",
        ),
    ),
)


def export(person: Person) -> list[dict[str, Any]]:
    """What this person answers for."""
    return [
        {
            "title": one.title,
            "for_whom": one.for_whom,
            "duties": one.duties,
            "topics": [topic.name for topic in one.topics.all()],
            "regions": [region.name for region in one.regions.all()],
            "note": one.note,
        }
        for one in Responsibility.objects.filter(contact_id__in=_contacts(person))
    ]


def erase(person: Person) -> int:
    """Nothing is left of it without the contact."""
    return int(Responsibility.objects.filter(contact_id__in=_contacts(person)).delete()[0])


def mentions(person: Person) -> list[str]:
    """Responsibilities of others whose words name the person."""
    rows = Responsibility.objects.exclude(title="", note="")
    others = rows.exclude(contact_id__in=_contacts(person)).select_related("contact__organisation")
    return [
        _("responsibility at “%(name)s”") % {"name": one.contact.organisation.name}
        for one in others
        if person.appears_in(f"{one.title} {one.note}")
    ]


def _contacts(person: Person) -> frozenset[Any]:
    return person.ids if person.kind == KIND else frozenset()
