"""Personal data in offers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.core.personal_data import Expired, Holding, Person
from knotenpunkt.registers.offers.importing.erasing import forget_files
from knotenpunkt.registers.offers.models import Offer, OfferContact
from knotenpunkt.registers.offers.translating.actions.arriving import drop_old_runs, forget_runs
from knotenpunkt.registers.offers.translating.parts import PARTS
from knotenpunkt.registers.partners.models import Contact

TEXTS = ("title", "summary", "description", "registration_note", "costs_note", "times_note",
         "waiting_time")  # fmt: skip

HOLDINGS = (
    Holding(
        what="who checked a text in another language, who took texts in, and the name of their"
        " file",
        why="so that one knows whom to ask about a wording",
        legal_basis="Art. 6 (1) e GDPR",
        term="as long as the text is kept; texts that arrived in a file thirty days; the name goes"
        " with the account",
        where=("offers.OfferText.checked_by", "offers.TextRun.by", "offers.TextRun.file_name"),
    ),
    Holding(
        what="who checked what is said in an emergency, language by language",
        why="words that families act on in danger need somebody who stands behind them",
        legal_basis="Art. 6 (1) e GDPR",
        term="as long as the words stay as they are; the name goes with the account",
        where=("offers.EmergencyReview.signed_by", "offers.EmergencyReview.signed_at"),
    ),
    Holding(
        what="which contact answers for which offer",
        why="so that a family knows whom to call",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="as long as the contact is kept",
        where=("offers.OfferContact.contact",),
    ),
    Holding(
        what="pictures of offers: who took them, who can be recognised on them, and where their"
        " consent is kept",
        why="so that only pictures are shown that may be, and whoever took them is named",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG; of people on pictures their consent,"
        " Art. 6 (1) a GDPR",
        term="until the picture is removed at the desk, with its files; an erasure lists the"
        " pictures that name the person",
        where=(
            "offers.OfferPicture.alt",
            "offers.OfferPicture.source",
            "offers.OfferPicture.consent_note",
        ),
    ),
    Holding(
        what="names that an author wrote into the text of an offer, and their copy in the search",
        why="the text of a provider says who leads a course",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="until the text is edited; an erasure lists the texts that name the person",
        where=(
            "offers.Offer.title",
            "offers.Offer.summary",
            "offers.Offer.description",
            *(f"offers.OfferText.{part}" for part in PARTS),
            "offers.OfferText.source",
            "offers.TextRun.rows",
            "offers.TextRun.before",
            "search.Entry.title",
            "search.Entry.summary",
            "search.Entry.text",
            "search.Entry.provider",
        ),
    ),
)


def export(person: Person) -> list[dict[str, Any]]:
    """The offers that the person answers for."""
    return [{"id": offer_id, "title": title} for offer_id, title in _links(person).values_list(
        "offer_id", "offer__title"
    )]  # fmt: skip


def erase(person: Person) -> int:
    """Nobody answers for these offers any more."""
    forgotten = forget_files(person) if person.kind == Contact._meta.label else 0
    return int(_links(person).delete()[0]) + forgotten + forget_runs(person)


def expire() -> list[Expired]:
    """Forget texts that arrived together more than thirty days ago."""
    return [drop_old_runs(now=timezone.now())]


def mentions(person: Person) -> list[str]:
    """Offers whose texts name the person."""
    offers = Offer.objects.select_related("provider").prefetch_related("texts", "pictures")
    return [
        _("offer “%(title)s” of %(provider)s")
        % {"title": offer.title, "provider": offer.provider.name}
        for offer in offers
        if any(map(person.appears_in, _texts(offer)))
    ]


def _links(person: Person) -> QuerySet[OfferContact]:
    ids = person.ids if person.kind == Contact._meta.label else frozenset()
    rows: QuerySet[OfferContact] = OfferContact.objects.filter(contact_id__in=ids)
    return rows


def _texts(offer: Offer) -> Iterator[str]:
    yield from (getattr(offer, field) for field in TEXTS)
    for text in offer.texts.all():
        yield from (getattr(text, part) for part in PARTS)
        yield from text.source.values()
    for picture in offer.pictures.all():
        yield from (picture.alt, picture.source, picture.consent_note)
