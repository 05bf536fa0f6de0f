"""What a column of a contact list can become, in groups and in plain words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from knotenpunkt.registers.partners.imports.fields import ID, NUMBER, RUNNING, VOCABULARY

GROUPS = (
    (_("Facility or organisation"), (
        "name", "body", "department", "kind", "website", "regions", "tags", "note",
        "confirmed_on", "office_phones", "office_emails")),
    (_("Place"), (
        "street", "house_number", "address", "address_extra", "postal_code", "town", "town_line")),
    (_("People"), (
        "contact_name", "full_name", "salutation", "person_title", "given_name", "family_name",
        "contact_function", "profession", "phones", "mobiles", "faxes", "emails", "since",
        "left_on", "status")),
    (_("Numbers"), (ID, NUMBER, RUNNING)),
)  # fmt: skip
# Where a field is called otherwise than its place among others would make clear.
PLAIN = {
    "name": _("Name of the facility or organisation"),
    "contact_name": _("Contact person, or several"),
    "full_name": _("Name: a person where the row names an organisation too"),
    "address": _("Street and house number, or the whole address"),
    ID: _("Your own id"),
    RUNNING: _("Running number (counts the rows)"),
    "left_on": _("Left: on which day, or yes"),
    "status": _("Active or left"),
}
# What can be the same for all rows.
FIXED = ("body", "kind", "town", "regions", "tags")


def field_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of (field, what it is called)."""
    return [(str(name), [(key, plain_label(key)) for key in keys]) for name, keys in GROUPS]


def plain_label(key: str) -> str:
    """What a field is called on these pages."""
    return str(PLAIN.get(key) or VOCABULARY.fields[key].label)
