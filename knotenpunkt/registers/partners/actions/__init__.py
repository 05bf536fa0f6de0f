"""Writes to partners, one module for each noun."""

from knotenpunkt.registers.partners.actions.contacts import (
    PhoneDraft,
    end_role,
    hide,
    save_contact,
    show,
)
from knotenpunkt.registers.partners.actions.facts import confirm, release, set_tags, take_part
from knotenpunkt.registers.partners.actions.organisations import save_organisation, set_regions
from knotenpunkt.registers.partners.actions.people import save_person, save_profession
from knotenpunkt.registers.partners.actions.representing import represent

__all__ = [
    "PhoneDraft",
    "confirm",
    "end_role",
    "hide",
    "release",
    "represent",
    "save_contact",
    "save_organisation",
    "save_person",
    "save_profession",
    "set_regions",
    "set_tags",
    "show",
    "take_part",
]
