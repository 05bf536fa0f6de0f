"""Personal data in the library."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from knotenpunkt.foundation.core.personal_data import Holding, Person
from knotenpunkt.registers.library.models import Adoption, Material, Version
from knotenpunkt.registers.partners.models import Contact

KIND = Contact._meta.label

HOLDINGS = (
    Holding(
        what="who said for their organisation that a version was seen or adopted",
        why="so that the network knows who works by which version",
        legal_basis="Art. 6 (1) e GDPR with § 3 (1) and (3) KKG",
        term="as long as the contact is kept; that the organisation adopted it stays, without the"
        " person",
        where=("library.Adoption.contact",),
    ),
    Holding(
        what="names that an author wrote into a material of the network",
        why="a procedure may say whom to call",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="until the material is deleted; an erasure lists the materials that name the person",
        where=(
            "library.Material.title",
            "library.Material.purpose",
            "library.Version.changed",
            "library.Version.text",
        ),
    ),
)


def export(person: Person) -> list[dict[str, Any]]:
    """What this person said about versions."""
    rows = Adoption.objects.filter(contact_id__in=_contacts(person))
    return [
        {
            "material": row.version.material.title,
            "version": row.version.number,
            "organisation": row.organisation.name,
            "stand": row.stand,
            "on": row.on,
        }
        for row in rows.select_related("version__material", "organisation")
    ]


def mentions(person: Person) -> list[str]:
    """Materials whose words name the person."""
    told = {
        _("material “%(title)s”") % {"title": one.title}
        for one in Material.objects.all()
        if person.appears_in(f"{one.title} {one.purpose}")
    }
    for version in Version.objects.select_related("material"):
        if person.appears_in(f"{version.changed} {version.text}"):
            named = {"title": version.material.title, "number": version.number}
            told.add(_("material “%(title)s”, version %(number)s") % named)
    return sorted(told)


def _contacts(person: Person) -> frozenset[Any]:
    return person.ids if person.kind == KIND else frozenset()
