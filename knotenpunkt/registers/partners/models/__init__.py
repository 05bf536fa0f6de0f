"""Tables of partners: organisations, people, their roles and ways, and what hangs on them."""

from knotenpunkt.registers.partners.models.contacts import (
    Audience,
    Contact,
    Given,
    Ground,
    Phone,
    Purpose,
    Release,
    ReleasedField,
    WayForm,
)
from knotenpunkt.registers.partners.models.duplicates import DuplicateKind, Merge, NotSame
from knotenpunkt.registers.partners.models.facts import Involvement, PartnerFile, Tag, Tagging
from knotenpunkt.registers.partners.models.organisations import (
    KINDS_OF_THE_LAW,
    Level,
    Organisation,
    PartnerKind,
    Representative,
    Serves,
    SubKind,
)
from knotenpunkt.registers.partners.models.people import Person, Profession

__all__ = [
    "KINDS_OF_THE_LAW",
    "Audience",
    "Contact",
    "DuplicateKind",
    "Given",
    "Ground",
    "Involvement",
    "Level",
    "Merge",
    "NotSame",
    "Organisation",
    "PartnerFile",
    "PartnerKind",
    "Person",
    "Phone",
    "Profession",
    "Purpose",
    "Release",
    "ReleasedField",
    "Representative",
    "Serves",
    "SubKind",
    "Tag",
    "Tagging",
    "WayForm",
]
