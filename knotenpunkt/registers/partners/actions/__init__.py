"""Writes to partners, one module for each noun."""

from knotenpunkt.registers.partners.actions.contacts import (
    PhoneDraft,
    end_role,
    hide,
    save_contact,
    show,
)
from knotenpunkt.registers.partners.actions.enrolling import enrol
from knotenpunkt.registers.partners.actions.facts import confirm, release, set_tags, take_part
from knotenpunkt.registers.partners.actions.files import add_file, remove_file
from knotenpunkt.registers.partners.actions.leaving import (
    come_back,
    leave,
    leave_network,
    resume,
    return_to_network,
    stop,
)
from knotenpunkt.registers.partners.actions.organisations import save_organisation, set_regions
from knotenpunkt.registers.partners.actions.people import save_person, save_profession
from knotenpunkt.registers.partners.actions.removing import (
    remove_organisation,
    remove_person,
    remove_role,
)
from knotenpunkt.registers.partners.actions.representing import represent
from knotenpunkt.registers.partners.actions.words import remove_word, save_sub_kind, save_tag

__all__ = [
    "PhoneDraft",
    "add_file",
    "come_back",
    "confirm",
    "end_role",
    "enrol",
    "hide",
    "leave",
    "leave_network",
    "release",
    "remove_file",
    "remove_organisation",
    "remove_person",
    "remove_role",
    "remove_word",
    "represent",
    "resume",
    "return_to_network",
    "save_contact",
    "save_organisation",
    "save_person",
    "save_profession",
    "save_sub_kind",
    "save_tag",
    "set_regions",
    "set_tags",
    "show",
    "stop",
    "take_part",
]
