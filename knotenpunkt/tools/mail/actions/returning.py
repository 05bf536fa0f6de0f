"""Taking back what comes to the return address."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.mail.actions.suppressing import keep_from
from knotenpunkt.tools.mail.bounces import Returned, Verdict, understood
from knotenpunkt.tools.mail.models import REASON_LENGTH, Message, State
from knotenpunkt.tools.mail.queries import addressee

# What can still be told by something that comes back; a bounce says more than an answer.
OPEN_TO_RETURN = (State.SENT, State.UNCLEAR, State.SENDING)


def take_back(raw: bytes, to: str = "") -> Verdict | None:
    """Note at its mail what came back. None when it is about no mail of this installation.

    In which network the mail is, its signed address does not tell; each is looked at.
    """
    found = understood(raw, to)
    if found is None:
        return None
    return next(
        (found.verdict for network in Network.objects.all() if _noted(network, found)), None
    )


def _noted(network: Network, found: Returned) -> bool:
    with in_network(network), transaction.atomic():
        rows = Message.objects.select_for_update()
        message: Message | None = rows.filter(pk=found.number).first()
        if message is None:
            return False
        note(message, found)
    return True


def note(message: Message, found: Returned) -> None:
    """Keep at a mail what came back of it."""
    if found.verdict is Verdict.GONE:
        keep_from(addressee(message).to, reason=_reason(found))
    if found.verdict in (Verdict.GONE, Verdict.RETURNED) and message.state != State.BOUNCED:
        _put(message, State.BOUNCED, _reason(found))
    elif message.state in OPEN_TO_RETURN:
        state = State.ANSWERED if found.verdict is Verdict.ANSWERED else State(message.state)
        if found.verdict in (Verdict.AWAY, Verdict.ARRIVED) and state != State.SENT:
            state = State.SENT  # it was unclear, and the other side has it
        _put(message, state, _reason(found))


def _put(message: Message, state: State, reason: str) -> None:
    message.state, message.reason = state, reason[:REASON_LENGTH]
    message.changed_at = timezone.now()
    if state != State.UNCLEAR:
        message.content = b"" if not message.network.is_demo else message.content
        message.sent_at = message.sent_at or message.changed_at
    message.save()


def _reason(found: Returned) -> str:
    told = {
        Verdict.GONE: _("The mailbox does not exist any more."),
        Verdict.RETURNED: _("The mail came back. Later ones may arrive again."),
        Verdict.DELAYED: _("The other mail server is late; it goes on trying."),
        Verdict.AWAY: _("An automatic answer came back, such as “I am on leave”."),
        Verdict.ARRIVED: _("The other mail server has it."),
        Verdict.ANSWERED: _("An answer came to the return address."),
    }[found.verdict]
    return f"{told} ({found.code})" if found.code else told
