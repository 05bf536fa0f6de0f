"""Personal data in campaigns: who orders, who joins in, who hands over, who can be asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.actions.ending import forget_due
from knotenpunkt.activities.campaigns.actions.forgetting import (
    forget_asked,
    forget_hands,
    forget_orderers,
    forget_reporters,
    forget_reporters_of,
)
from knotenpunkt.activities.campaigns.actions.throwing_away import forget_unopened
from knotenpunkt.activities.campaigns.models import (
    Campaign,
    CampaignContact,
    CampaignFile,
    CampaignText,
    JoinIn,
    Lesson,
    Material,
    News,
    Order,
    PersonToAsk,
)
from knotenpunkt.activities.campaigns.ordering import Orderer
from knotenpunkt.activities.campaigns.queries.orders import (
    note_of,
    orderer_of,
    unsealed_words,
)
from knotenpunkt.activities.campaigns.wording.orders import summary
from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.foundation.core.personal_data import (
    Expired,
    Holding,
    Person,
    telling_names,
    telling_numbers,
)
from knotenpunkt.foundation.networks.scope import current_network_id
from knotenpunkt.registers.partners.models import Contact

KIND = Order._meta.label
"""Somebody who ordered on the public page or by telephone and is no contact."""
CLOCK = System("campaign clock")

HOLDINGS = (
    Holding(
        what="orders of a campaign: which contact ordered, or name, organisation, e-mail address,"
        " telephone number and address as typed (sealed), what they added (sealed), for how many"
        " children or people",
        why="so that partners get the material, can change their order and are told what they get",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="180 days after the end of the campaign, or as the campaign says; figures stay; of a"
        " campaign that never opened a year after its last change",
        where=(
            "campaigns.Order.contact",
            "campaigns.Order.orderer",
            "campaigns.Order.note",
        ),
    ),
    Holding(
        what="orders of a campaign: which member or helper handed the packs over",
        why="so that a missing parcel can be found",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="deleted with the order",
        where=("campaigns.Order.handed_over_by",),
    ),
    Holding(
        what="join-ins: which contact reported an action, and what was answered",
        why="so that somebody can be asked about it, and it can be changed",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="the contact until the orders of the campaign are deleted; the action as long as the"
        " campaign is kept",
        where=("campaigns.JoinIn.contact", "campaigns.JoinIn.answer"),
    ),
    Holding(
        what="join-ins: texts and pictures of an action, and who took a picture",
        why="so that families find the action",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG; who reported it confirmed the rights",
        term="as long as the campaign is kept",
        where=(
            "campaigns.JoinIn.title",
            "campaigns.JoinIn.description",
            "campaigns.JoinIn.picture_credit",
            "campaigns.JoinIn.lookback_credit",
        ),
    ),
    Holding(
        what="campaigns: which contacts answer questions, with the topic they are asked about",
        why="so that partners and families know whom they can ask",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG; shown as the release of the contact says",
        term="as long as the campaign is kept, or until the contact is erased",
        where=("campaigns.CampaignContact.contact",),
    ),
    Holding(
        what="campaigns: who answers questions and is no contact, such as a member of the network:"
        " name, function, telephone number and e-mail address as typed for the page",
        why="so that partners and families know whom they can ask",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG; entered to be published",
        term="as long as the campaign is kept, or until the person is erased; of a campaign that"
        " never opened until a year after its last change",
        where=(
            "campaigns.PersonToAsk.name",
            "campaigns.PersonToAsk.function",
            "campaigns.PersonToAsk.phone",
            "campaigns.PersonToAsk.email",
        ),
    ),
    Holding(
        what="campaigns: texts, news, files, lessons and materials of a campaign, which may name"
        " people",
        why="so that everybody knows what the campaign is about, and the next one goes better",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="as long as the campaign is kept; one that never opened until a year after its last"
        " change",
        where=(
            "campaigns.Campaign.title",
            "campaigns.Campaign.description",
            "campaigns.Campaign.press_text",
            "campaigns.CampaignFile.title",
            "campaigns.CampaignFile.credit",
            "campaigns.CampaignText.title",
            "campaigns.CampaignText.description",
            "campaigns.News.title",
            "campaigns.News.text",
            "campaigns.Lesson.text",
            "campaigns.Material.description",
        ),
    ),
)


def orderers_called(words: str) -> list[Person]:
    """Everybody who ordered without being a contact and has this name, e-mail address or number."""
    known = [(one, orderer_of(one)) for one in _typed_orders()]
    wanted = {key: told for _one, told in known if _is_called(told, words) and (key := _key(told))}
    return [_orderer(key, known) for key in wanted]


def find_orderer(words: str) -> Person | None:
    """The one who ordered without being a contact; None for nobody, and for several namesakes."""
    found = orderers_called(words)
    return found[0] if len(found) == 1 else None


def orderer_by(order_id: UUID) -> Person | None:
    """Who typed this order; None for one that a contact placed or that is forgotten."""
    known = [(one, orderer_of(one)) for one in _typed_orders()]
    key = next((_key(told) for one, told in known if one.pk == order_id), "")
    return _orderer(key, known) if key else None


def _is_called(told: Orderer, words: str) -> bool:
    wanted, numbers = fold(words), telling_numbers([words])
    is_number = bool(numbers) and numbers == telling_numbers([told.phone])
    return bool(wanted) and (wanted in (fold(told.name), fold(told.email)) or is_number)


def _key(told: Orderer) -> str:
    """By what orders are those of one person: of namesakes each has an address of their own."""
    return fold(told.email) or next(iter(telling_numbers([told.phone])), "") or fold(told.name)


def _orderer(key: str, known: Sequence[tuple[Order, Orderer]]) -> Person:
    """Their name only where nobody else has it: neither an orderer nor a contact."""
    own = [(one, told) for one, told in known if _key(told) == key]
    others = [told for _one, told in known if _key(told) != key]
    contacts = list(Contact.objects.values_list("name", "email"))
    shared = [word for told in others for word in (told.name, told.email)]
    ids = frozenset(one.pk for one, _told in own)
    return Person(
        kind=KIND,
        ids=ids,
        networks=frozenset([current_network_id()]),
        names=telling_names(
            (word for _one, told in own for word in (told.name, told.email)),
            [*shared, *(word for pair in contacts for word in pair)],
        ),
        numbers=telling_numbers(
            (told.phone for _one, told in own), [told.phone for told in others]
        ),
        main=min(ids),
    )


def export(person: Person) -> list[dict[str, Any]]:
    """What they ordered, reported, and are named for."""
    return [
        *(_told_order(one) for one in _orders_of(person)),
        *(
            {"campaign": one.campaign.title, "action": one.title, "reported_at": one.reported_at,
             "answer": one.answer}
            for one in JoinIn.objects.filter(contact__in=person.ids).select_related("campaign")
        ),
        *(
            {"campaign": one.campaign.title, "asked_about": one.topic}
            for one in CampaignContact.objects.filter(contact__in=person.ids).select_related(
                "campaign"
            )
        ),
        *(
            {"campaign": one.campaign.title, "named_as": one.name, "function": one.function,
             "phone": one.phone, "email": one.email}
            for one in _named(person)
        ),
    ]  # fmt: skip


def _named(person: Person) -> list[PersonToAsk]:
    """Where the page of a campaign names them as somebody to ask."""
    rows = PersonToAsk.objects.select_related("campaign")
    return [one for one in rows if person.appears_in("\n".join((one.name, one.email, one.phone)))]


def _told_order(one: Order) -> dict[str, Any]:
    typed = orderer_of(one)
    return {
        "campaign": one.campaign.title,
        "number": one.number,
        "placed_at": one.placed_at,
        "ordered": summary(one),
        "note": note_of(one),
        "size": one.size,
        "name": typed.name,
        "organisation": typed.house,
        "email": typed.email,
        "phone": typed.phone,
        "address": typed.address_line,
    }


def erase(person: Person) -> int:
    """Only packs and house of an order stay, and an action without who reported it."""
    handed = [
        one
        for one in Order.objects.exclude(handed_over_by="")
        if person.appears_in(one.handed_over_by)
    ]
    return (
        forget_orderers(list(_orders_of(person)))
        + forget_hands(handed)
        + forget_reporters(JoinIn.objects.filter(contact__in=person.ids))
        + forget_asked(_named(person))
    )


def mentions(person: Person) -> list[str]:
    """Texts of campaigns and actions that name the person; an editor looks at them."""
    return [
        _("campaign “%(title)s”") % {"title": title}
        for title, text in _texts()
        if person.appears_in(text)
    ]


def expire() -> list[Expired]:
    """Orders some time after the end, who reported actions there, and what was never opened."""
    now = timezone.now()
    gone = [*forget_due(actor=CLOCK, now=now), forget_unopened(actor=CLOCK, now=now)]
    over = JoinIn.objects.filter(campaign__forgotten_at__isnull=False, contact__isnull=False)
    return [*gone, forget_reporters_of(over)]


def _typed_orders() -> Iterator[Order]:
    rows = Order.objects.select_related("campaign").prefetch_related("lines__material")
    yield from rows.exclude(orderer=b"")


def _orders_of(person: Person) -> Iterator[Order]:
    """Named by id, ordered by their contact, or recognised by what was typed or added."""
    rows = Order.objects.select_related("campaign").prefetch_related("lines__material")
    for one in rows:
        is_theirs = one.pk in person.ids or one.contact_id in person.ids
        if is_theirs or person.appears_in(f"{unsealed_words(one)}\n{note_of(one)}"):
            yield one


def _texts() -> Iterator[tuple[str, str]]:
    """(campaign, all words of one of its records)."""
    for one in Campaign.objects.iterator():
        words = (one.title, one.goal, one.message, one.description, one.press_text)
        yield one.title, "\n".join(words)
    for model, fields in PARTS:
        for row in model.objects.select_related("campaign"):
            yield row.campaign.title, "\n".join(str(getattr(row, name)) for name in fields)


PARTS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (CampaignText, ("title", "message", "description")),
    (CampaignFile, ("title", "alt", "credit")),
    (CampaignContact, ("topic",)),
    (News, ("title", "text")),
    (Lesson, ("text",)),
    (Material, ("name", "description", "condition")),
    (JoinIn, ("title", "description", "for_whom", "entry", "answer", "picture_alt",
              "picture_credit", "lookback_alt", "lookback_credit")),
)  # fmt: skip
