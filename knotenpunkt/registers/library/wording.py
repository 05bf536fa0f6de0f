"""How materials are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from knotenpunkt.foundation.core import spoken
from knotenpunkt.registers.library.models import (
    Adoption,
    Material,
    MaterialKind,
    Stand,
    Version,
)
from knotenpunkt.registers.partners.models import Organisation

KILO = 1000


@dataclass(frozen=True, slots=True)
class Own:
    """Where one of the reader's own organisations stands with a material."""

    organisation: Organisation
    state: str
    label: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One material in the list."""

    material: Material
    version: Version | None
    kind: str
    for_whom: str
    told: str
    own: Sequence[Own]


def rows(
    materials: Iterable[Material],
    own: Sequence[Organisation],
    stands: Mapping[tuple[UUID, UUID], Adoption],
) -> list[Row]:
    """The list, with the stand of the reader's own organisations."""
    return [
        Row(
            material=one,
            version=one.newest,
            kind=str(one.get_kind_display()),
            for_whom=for_whom(one),
            told=version_line(one.newest) if one.newest else _("no version yet"),
            own=[own_stand(house, one, stands.get((house.pk, one.pk))) for house in own],
        )
        for one in materials
    ]


def for_whom(material: Material) -> str:
    """ "Hebamme, Kinderarzt", or for all."""
    names = [link.profession.name for link in material.profession_links.all()]
    return ", ".join(names) or _("for all professions")


def version_line(version: Version) -> str:
    """ "Fassung 3 vom 12. Sept. 2026"."""
    return _("Version %(number)d of %(date)s") % {
        "number": version.number,
        "date": spoken.short_date(version.published_on),
    }


def own_stand(house: Organisation, material: Material, taken: Adoption | None) -> Own:
    """In a state word: adopted, behind, seen, not yet."""
    newest = material.newest
    if taken is None or newest is None:
        return Own(house, "none", _("not adopted yet"), is_done=False)
    is_newest = taken.version_id == newest.pk
    if is_newest and taken.stand == Stand.ADOPTED:
        label = _("adopted on %(date)s") % {"date": spoken.short_date(taken.on)}
        return Own(house, "published", label, is_done=True)
    if is_newest:
        return Own(house, "waiting", _("seen, not adopted yet"), is_done=False)
    label = _("has version %(number)d") % {"number": taken.version.number}
    return Own(house, "stale", label, is_done=False)


def size(number: int) -> str:
    """ "240 KB", "1,4 MB"."""
    if number < KILO * KILO:
        return _("%(n)d KB") % {"n": max(1, round(number / KILO))}
    return _("%(n)s MB") % {"n": f"{number / KILO / KILO:.1f}".replace(".", _("."))}


@dataclass(frozen=True, slots=True)
class FileRow:
    """A public material as families and professionals find it."""

    id: UUID
    title: str
    purpose: str
    told: str
    file: str
    text: str


def file_row(material: Material) -> FileRow:
    """What it is, which version, and the file with its kind and size."""
    version = material.newest
    if version is None:
        return FileRow(material.pk, material.title, material.purpose, "", "", "")
    file = version.file
    return FileRow(
        id=material.pk,
        title=material.title,
        purpose=material.purpose,
        told=version_line(version),
        file=f"{file.name.rpartition('.')[2].upper()}, {size(file.size)}" if file else "",
        text=version.text,
    )


def plural(kind: MaterialKind) -> str:
    """The heading of a group."""
    return {
        MaterialKind.PROCEDURE: _("Procedures"),
        MaterialKind.FORM: _("Forms"),
        MaterialKind.LEAFLET: _("Leaflets"),
        MaterialKind.OTHER: _("Other materials"),
    }[kind]
