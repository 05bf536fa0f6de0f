"""The house checks itself: no personal data without a purpose, a term and an owner."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.apps import apps
from django.db.models import EmailField, Field, JSONField

from knotenpunkt.foundation.privacy.queries import holdings
from knotenpunkt.foundation.privacy.rooms import rooms

PERSONAL = re.compile(
    r"(^|_)(name|email|mail|phone|phones|number|shown|dialled|contact|person|user|actor|label|"
    r"signed|by|birth|street|venue|password|login|operator|summary|description|body|text|title)(_|$)"
)

# Fields that look like a person and are none; each with its reason.
NOT_PERSONAL = {
    "offers.EmergencyReview.text_hash": "a hash of texts that ship with the product",
    "agreements.Agreement.signed_on": "a day",
    "agreements.Party.signed_on": "a day",
    "upkeep.Notice.by_mail": "whether a mail went out",
    "offers.Highlight.label": "the title of a campaign",
    "mailings.Circular.by_letter": "whether letters go out",
    "mailings.Circular.by_mail": "whether mails go out",
    "accounts.Membership.network": "a network",
    "accounts.Invitation.organisation_ids": "organisations",
    "networks.Network.second_factor_roles": "roles",
    "networks.Network.name": "the name of a network",
    "networks.Network.short_name": "the name of a network",
    "networks.Network.operator": "an authority or association",
    "networks.Network.operator_address": "its office",
    "audit.Entry.object_id": "a record",
    "imports.Profile.name": "the name of a list's format",
    "imports.Profile.mapping": "names of columns",
    "imports.Run.undone": "counts, and ids of records",
    "imports.Step.after": "fingerprints that say nothing of what they stand for",
    "search.Entry.text_hash": "a hash of a public text",
    "search.Entry.points": "where offers take place",
    "search.Entry.facets": "values to filter by",
    "areas.Outline.name": "a county or municipality",
    "areas.Outline.geometry": "a border",
    "areas.Place.access": "facts about a building",
    "areas.Region.name": "a former county, municipality or quarter",
    "areas.Region.area_keys": "area keys",
    "areas.Region.postal_codes": "postal codes",
    "areas.SchoolHolidays.name": "the name of holidays",
    "networks.Network.mail_days": "a number of days",
    "library.Version.number": "counts the versions of a paper",
    "responsibilities.Responsibility.duties": "kinds of duties",
    "networks.Network.area_keys": "area keys",
    "offers.Topic.names": "names of topics",
    "offers.Topic.words": "words of topics",
    "campaigns.Campaign.facts": "counts",
    "campaigns.Campaign.highlights": "offers",
    "campaigns.Campaign.hosted_by_network": "a network",
    "campaigns.Campaign.settled_steps": "steps of the preparation",
    "campaigns.CampaignLink.title": "the title of a page elsewhere",
    "campaigns.Material.name": "a thing that is ordered",
    "campaigns.Material.shared_by": "a way of sharing",
    "campaigns.Order.number": "counts the orders of a campaign",
    "campaigns.Station.name": "an office, or a round",
    "campaigns.Station.postal_codes": "postal codes",
    "lists.BulkDeed.picked": "ids of records",
    "offers.Offer.phases": "phases of life",
    "offers.Offer.languages": "languages",
    "offers.TextRun.languages": "languages",
    "offers.OfferContact.offer": "an offer",
    "partners.Organisation.body": "an organisation",
    "partners.Profession.name": "a professional group",
    "partners.SubKind.name": "a kind of organisation",
    "partners.Phone.contact": "the contact itself is named",
    "pages.HelpNumber.number": "a public telephone",
    "pages.HelpNumber.label": "the office that answers it",
    "pages.HelpNumber.label_en": "the office that answers it",
    "pages.LegalPage.title": "the title of a legal page",
    "pages.LegalPage.signed_at": "a date; the name beside it is named",
}


def _label(field: Field) -> str:  # type: ignore[type-arg]
    return f"{field.model._meta.label}.{field.name}"


def _fields() -> Iterator[Field]:  # type: ignore[type-arg]
    for model in apps.get_models():
        if model.__module__.startswith("knotenpunkt."):
            yield from model._meta.concrete_fields


def _looks_personal(field: Field) -> bool:  # type: ignore[type-arg]
    return isinstance(field, EmailField | JSONField) or bool(PERSONAL.search(field.name))


def test_each_field_that_looks_personal_is_named_in_a_privacy_file() -> None:
    named = {place for _app, holding in holdings() for place in holding.where}
    forgotten = {
        label
        for field in _fields()
        if _looks_personal(field) and (label := _label(field)) not in named | NOT_PERSONAL.keys()
    }
    assert not forgotten, (
        f"Name {sorted(forgotten)} in the `where` of a Holding in the app's privacy.py, or, when"
        " it can never hold a person, in NOT_PERSONAL with the reason."
    )


def test_each_named_field_exists() -> None:
    there = {_label(field) for model in apps.get_models() for field in model._meta.fields}
    for app, holding in holdings():
        assert set(holding.where) <= there, (app, set(holding.where) - there)


def test_each_exception_is_still_a_field_and_is_not_named_twice() -> None:
    named = {place for _app, holding in holdings() for place in holding.where}
    assert not NOT_PERSONAL.keys() & named
    assert NOT_PERSONAL.keys() <= {_label(field) for field in _fields()}


def test_each_holding_says_what_why_on_which_ground_and_until_when() -> None:
    for app, holding in holdings():
        told = (holding.what, holding.why, holding.legal_basis, holding.term, holding.where)
        assert all(told), app


def test_the_top_storey_is_asked_first() -> None:
    order = [room.app for room in rooms()]
    expected = ["offers", "partners", "imports", "audit", "accounts", "networks"]
    assert [app for app in order if app in expected] == expected
