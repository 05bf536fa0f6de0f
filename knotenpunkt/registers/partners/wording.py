"""How partners are said where they are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from knotenpunkt.registers.partners.models import (
    KINDS_OF_THE_LAW,
    Organisation,
    PartnerKind,
    Person,
    SubKind,
)


def kind_options() -> list[tuple[str, Any]]:
    """The kinds to choose from, those of the law before those of practice, by name."""
    law = [(one.value, str(one.label)) for one in KINDS_OF_THE_LAW]
    practice = [(one.value, str(one.label)) for one in PartnerKind if one not in KINDS_OF_THE_LAW]
    return [
        (_("Named by the law"), sorted(law, key=lambda one: one[1])),
        (_("Further kinds"), practice),
    ]


def sub_kind_options(known: Sequence[SubKind]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The network's own words, below their kinds."""
    return [
        (str(kind.label), inside)
        for kind in PartnerKind
        if (inside := [(str(one.pk), one.name) for one in known if one.kind == kind])
    ]


def organisation_label(one: Organisation) -> str:
    """How an organisation stands in a field: the body and the town tell namesakes apart."""
    town = one.place.town if one.place else ""
    return f"{one.full_name} ({town})" if town else one.full_name


def person_label(one: Person) -> str:
    """How a person stands in a field: "Wiesner, Dr. Jana (Hebamme)"."""
    return f"{one.listed_name} ({one.profession.name})" if one.profession else one.listed_name
