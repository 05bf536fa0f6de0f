"""Reads about mail."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.sealing import Unreadable, unsealed
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import Reach, current_network, current_scope
from knotenpunkt.tools.mail.models import Cause, Mailing, MailKind, Message, State, Suppression
from knotenpunkt.tools.mail.rules import ends_by_unsubscribing, is_left_out
from knotenpunkt.tools.mail.sealed import (
    Addressee,
    Content,
    address_keys,
    addressee_of,
    content_of,
)

WORK = "mail.send"


def mail_is_set_up() -> bool:
    """Whether mail can be sent here: by a mail server, or in a demo into its own mailbox."""
    return bool(settings.EMAIL_HOST) or _is_demo()


def _is_demo() -> bool:
    scope = current_scope()
    in_one = scope is not None and scope.reach is Reach.ONE_NETWORK
    return in_one and current_network().is_demo


def messages_about(about: UUID) -> QuerySet[Message]:
    """The mails to a contact or for an organisation, the latest first.

    Who may see the record, the app that owns it decides.
    """
    rows: QuerySet[Message] = Message.objects.filter(about=about)
    return rows


def waiting_mails() -> Iterator[tuple[Message, Addressee, Content]]:
    """The mails of the scope at hand whose text is still kept, opened.

    Those that nobody can read any more are left out.
    """
    for message in Message.objects.exclude(content=b"").iterator():
        try:
            yield message, addressee_of(message), content_of(message)
        except Unreadable:
            continue


def suppressions_of(address: str) -> QuerySet[Suppression]:
    """Why this address gets no mail, or not every mail."""
    rows: QuerySet[Suppression] = Suppression.objects.filter(address_key__in=address_keys(address))
    return rows


def causes_by_address(addresses: Iterable[str]) -> dict[str, frozenset[str]]:
    """Why these addresses get no mail, or not every mail; those that get all are left out.

    One query, however many they are.
    """
    causes: dict[str, set[str]] = defaultdict(set)
    for key, cause in Suppression.objects.order_by().values_list("address_key", "cause"):
        causes[key].add(cause)
    if not causes:
        return {}
    keys = {address: address_keys(address) for address in set(addresses) if address}
    found = {address: frozenset[str]().union(*(causes.get(key, ()) for key in some))
             for address, some in keys.items()}  # fmt: skip
    return {address: why for address, why in found.items() if why}


def left_out(messages: Sequence[Message]) -> dict[UUID, str]:
    """Which of these must not be sent, each with the reason in words."""
    keys = {message.pk: _keys_of(message) for message in messages}
    wanted = {key for some in keys.values() for key in some}
    causes: dict[str, set[str]] = defaultdict(set)
    rows = Suppression.objects.filter(address_key__in=wanted).values_list("address_key", "cause")
    for key, cause in rows:
        causes[key].add(cause)
    found = {
        message.pk: set[str]().union(*(causes[key] for key in keys[message.pk]))
        for message in messages
    }
    return {
        message.pk: _why(found[message.pk])
        for message in messages
        if is_left_out(message.kind, found[message.pk])
    }


def _keys_of(message: Message) -> list[str]:
    """By every version of the master key, because an address may stand on the list for long."""
    try:
        return address_keys(addressee_of(message).to)
    except Unreadable:
        return []


def _why(causes: set[str]) -> str:
    cause = Cause.RETURNED if Cause.RETURNED in causes else Cause.UNSUBSCRIBED
    return str(cause.label)


def unsubscribable(message_id: UUID | None) -> Message:
    """The mail from which somebody ends such mails. Message.DoesNotExist.

    Whoever holds the signed link got the mail: no further right is needed.
    """
    kinds = [kind for kind in MailKind if ends_by_unsubscribing(kind)]
    found: Message = Message.objects.get(pk=message_id, kind__in=kinds)
    return found


def addressee(message: Message) -> Addressee:
    """Who gets a mail; nobody once that was forgotten, or without the master key."""
    try:
        return addressee_of(message)
    except Unreadable:
        return Addressee()


def content(message: Message) -> Content:
    """What a mail says, as long as that is kept and can be read."""
    try:
        return content_of(message)
    except Unreadable:
        return Content()


def undecided(actor: Actor) -> int:
    """How many mails were not sent or are unclear, and can still be sent."""
    rows = mails(actor).filter(state__in=(State.FAILED, State.UNCLEAR))
    return rows.exclude(content=b"").count()


def repeatable(mailing: Mailing) -> QuerySet[Message]:
    """The mails of a mailing that failed and could be sent once more."""
    rows: QuerySet[Message] = Message.objects.filter(mailing=mailing, state=State.FAILED)
    return rows.exclude(content=b"")


def mails(actor: Actor) -> QuerySet[Message]:
    """All mails of the network at hand, the latest first."""
    actor.must(Right.SEE_JOBS)
    rows: QuerySet[Message] = Message.objects.select_related("mailing")
    return rows


def mail_to_see(actor: Actor, message_id: UUID) -> Message:
    """One mail. Message.DoesNotExist."""
    found: Message = mails(actor).select_related("job").get(pk=message_id)
    return found


def matching(words: str) -> Q:
    """Mails to exactly this address, or those whose title holds these words."""
    if "@" in words:
        return Q(address_key__in=address_keys(words))
    return Q(title__icontains=words)


def counted(actor: Actor) -> Counter[str]:
    """How many mails of the network at hand are in which state."""
    actor.must(Right.SEE_JOBS)
    rows = Message.objects.order_by().values_list("state").annotate(Count("pk"))
    return Counter(dict(rows))


def mailings(actor: Actor) -> QuerySet[Mailing]:
    """What was written to many, the latest first."""
    actor.must(Right.SEE_JOBS)
    rows: QuerySet[Mailing] = Mailing.objects.select_related("job")
    return rows


def mailing_to_see(actor: Actor, mailing_id: UUID) -> Mailing:
    """One mailing. Mailing.DoesNotExist."""
    found: Mailing = mailings(actor).get(pk=mailing_id)
    return found


def counted_by_mailing(mailings: Sequence[Mailing]) -> dict[UUID, Counter[str]]:
    """How many mails of these mailings are in which state."""
    rows = Message.objects.order_by().filter(mailing__in=mailings)
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    for mailing, state, count in rows.values_list("mailing", "state").annotate(Count("pk")):
        found[mailing][state] = count
    return found


def suppressions(actor: Actor) -> QuerySet[Suppression]:
    """The addresses that get no mail, or not every mail; the latest first."""
    actor.must(Right.SEE_JOBS)
    rows: QuerySet[Suppression] = Suppression.objects.all()
    return rows


def address_of(suppression: Suppression) -> str:
    """The address; "" without the master key."""
    try:
        return unsealed(suppression, "address")
    except Unreadable:
        return ""


def mailbox(actor: Actor, network: Network) -> QuerySet[Message]:
    """What arrived in the mailbox of a demo. Message.DoesNotExist where there is none."""
    actor.must(Right.OPEN_DESK)
    if not network.is_demo:
        raise Message.DoesNotExist
    arrived = Message.objects.filter(sent_at__isnull=False).exclude(content=b"")
    rows: QuerySet[Message] = arrived.order_by("-sent_at", "id")
    return rows


def names_of(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """What users are called; accounts that are gone are left out."""
    wanted = {one for one in ids if one}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
