"""Personal data in mails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from knotenpunkt.foundation.core.personal_data import Expired, Holding, Person
from knotenpunkt.foundation.core.sealing import Unreadable, unsealed
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.tools.mail.actions import forgetting
from knotenpunkt.tools.mail.models import Mailing, Message, Suppression
from knotenpunkt.tools.mail.queries import addressee, content

HOLDINGS = (
    Holding(
        what="subject and text of a mail on its way, sealed",
        why="so that it can be sent, and sent again when the mail server is away",
        legal_basis="Art. 6 (1) e GDPR; with the ground of what the mail is about",
        term="until the mail server took it; one that could not be sent 30 days at most",
        where=("mail.Message.content",),
    ),
    Holding(
        what="who got which mail, and whether it arrived; addresses and names sealed",
        why="so that colleagues see what was written to whom, and which addresses are wrong",
        legal_basis="Art. 6 (1) e GDPR; with the ground of what the mail is about",
        term="180 days, or as long as the network sets (knotenpunkt network change --mail-days)",
        where=(
            "mail.Message.recipient",
            "mail.Message.address_key",
            "mail.Message.about",
            "mail.Message.title",
            "mail.Message.reason",
        ),
    ),
    Holding(
        what="addresses that get no mail, or no newsletters and invitations, and why; sealed",
        why="so that nobody is written to against their will, and no mail goes nowhere",
        legal_basis="Art. 6 (1) e GDPR with Art. 21 GDPR",
        term="until somebody takes the address off the list, or the person is erased",
        where=(
            "mail.Suppression.address",
            "mail.Suppression.address_key",
            "mail.Suppression.reason",
        ),
    ),
    Holding(
        what="who wrote to many, when, and what they called it",
        why="so that colleagues know who has written what to partners",
        legal_basis="Art. 6 (1) e GDPR",
        term="as long as the network; without the name once the account is erased",
        where=("mail.Mailing.actor_id", "mail.Mailing.actor_label", "mail.Mailing.title"),
    ),
)


def export(person: Person) -> list[dict[str, Any]]:
    """Mails to the person, texts of waiting mails that name them, and whether they get none."""
    found = [*map(_told, _to(person))]
    found += [
        {"created_at": message.created_at, "text": content(message).text}
        for message in _naming(person)
    ]
    found += [
        {"created_at": one.created_at, "address": unsealed(one, "address"), "cause": one.cause}
        for one in _suppressed(person)
    ]
    return found


def _told(message: Message) -> dict[str, Any]:
    fields = ("created_at", "title", "kind", "state", "sent_at")
    told = {field: getattr(message, field) for field in fields}
    return told | {"to": addressee(message).to, "text": content(message).text}


def erase(person: Person) -> int:
    """Nothing of the person stays; mails to them or naming them are not sent any more."""
    to, naming, suppressed = list(_to(person)), list(_naming(person)), list(_suppressed(person))
    forgetting.forget(to)
    forgetting.take_back_texts(naming)
    forgetting.forget_addresses(suppressed)
    sent = list(Mailing.objects.filter(actor_id__in=person.ids))
    forgetting.forget_senders(sent)
    return len(to) + len(naming) + len(suppressed) + len(sent)


def expire() -> list[Expired]:
    """Texts that were not sent for a month; addresses after the network's term."""
    now = timezone.now()
    return [
        forgetting.drop_old_texts(now),
        forgetting.drop_old_addresses(now, current_network().mail_days),
    ]


def _to(person: Person) -> Iterator[Message]:
    for message in Message.objects.iterator():
        one = addressee(message)
        named = person.appears_in(one.to) or person.appears_in(one.name)
        if named or message.about in person.ids:
            yield message


def _naming(person: Person) -> Iterator[Message]:
    """Mails to others whose text is still kept and names the person."""
    to = {message.pk for message in _to(person)}
    for message in Message.objects.exclude(content=b"").iterator():
        told = content(message)
        if message.pk not in to and person.appears_in(f"{told.subject}\n{told.text}"):
            yield message


def _suppressed(person: Person) -> Iterator[Suppression]:
    for one in Suppression.objects.iterator():
        try:
            if person.appears_in(unsealed(one, "address")):
                yield one
        except Unreadable:
            continue
