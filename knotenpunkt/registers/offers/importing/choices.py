"""What a column can become, in groups and in plain words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy, pgettext_lazy

from knotenpunkt.registers.offers.imports.cells import label
from knotenpunkt.registers.offers.imports.fields import (
    CARE_FLAGS,
    FACILITY_ID,
    HOURS,
    ID,
    NUMBER,
    RUNNING,
)

GROUPS = (
    (pgettext_lazy("one", "Offer"), (
        "title", "kind", "topics", "summary", "description", "target_group", "conditions",
        "languages", "website", "easy_text", "status", "checked_on")),
    (gettext_lazy("Provider"), ("body", "facility", "body_website", "body_description")),
    (gettext_lazy("Place"), (
        "street", "house_number", "address", "address_extra", "postal_code", "town", "town_line",
        "district", "venue", "latitude", "longitude", "coordinates", "step_free", "online")),
    (gettext_lazy("Contact"), ("contact_name", "contact_function", "phones", "emails")),
    (gettext_lazy("Times"), ("times", "date", "weekday", "starts", "ends", *HOURS)),
    (gettext_lazy("Age, costs, registration"), (
        "ages", "age_from", "age_to", "costs", "free", "registration", "capacity", "free_places",
        "waiting_time")),
    (gettext_lazy("Childcare"), (
        "care_places", "age_groups", *CARE_FLAGS, "inclusive", "lunch")),
    (gettext_lazy("Numbers"), (ID, NUMBER, RUNNING, "body_id", FACILITY_ID)),
)  # fmt: skip
# Where a field is called otherwise than its place among others would make clear.
PLAIN = {
    "title": gettext_lazy("Name of the offer"),
    "body": gettext_lazy("Provider (legal body)"),
    "facility": gettext_lazy("Facility, house"),
    "address": gettext_lazy("Street and house number, or the whole address"),
    "status": gettext_lazy("Active or closed"),
    "free": gettext_lazy("Free of charge: yes or no"),
    "online": gettext_lazy("On screen: yes or no"),
    ID: gettext_lazy("Your own id"),
    RUNNING: gettext_lazy("Running number (counts the rows)"),
    "age_groups": gettext_lazy("Groups by age, one column each"),
    "district": gettext_lazy("Part of town"),
    "ages": gettext_lazy("Age, as “0–3 years”"),
    "times": gettext_lazy("Times, as “Mon 9–11”"),
}
# What can be the same for all rows.
FIXED = ("body", "town", "kind", "topics", "languages")


def field_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of (field, what it is called)."""
    return [(str(name), [(key, plain_label(key)) for key in keys]) for name, keys in GROUPS]


def plain_label(key: str) -> str:
    """What a field is called on these pages."""
    return str(PLAIN.get(key) or label(key))
