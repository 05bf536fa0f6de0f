"""From a row to the letter that travels."""

from __future__ import annotations

from knotenpunkt.foundation.networks.addresses import whole_address
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.senders import sender_address, sender_name
from knotenpunkt.tools.mail.frames import Frame, as_html, as_text, framed
from knotenpunkt.tools.mail.letters import Letter
from knotenpunkt.tools.mail.models import Message
from knotenpunkt.tools.mail.returns import return_address
from knotenpunkt.tools.mail.rules import ends_by_unsubscribing
from knotenpunkt.tools.mail.sealed import addressee_of, content_of
from knotenpunkt.tools.mail.subscriptions import unsubscribe_key


def letter_of(message: Message, network: Network) -> Letter:
    """In the network's name; who answers writes to its coordinators. Unreadable without the key."""
    addressee, content = addressee_of(message), content_of(message)
    frame = frame_of(message, network, content.why)
    return Letter(
        number=message.pk,
        to=addressee.to,
        to_name=addressee.name,
        subject=content.subject,
        text=as_text(content.text, frame),
        html=as_html(content.subject, content.text, frame),
        sender_name=sender_name(network),
        sender_address=sender_address(network),
        reply_to=network.contact_email,
        return_to=return_address(message.pk),
        unsubscribe_url=frame.end_url,
    )


def frame_of(message: Message, network: Network, why: str = "") -> Frame:
    """What stands around a mail; what can be ended says how, `why` it came as its content says."""
    return framed(network, unsubscribe_url=unsubscribe_url(message, network), why=why)


def unsubscribe_url(message: Message, network: Network) -> str:
    """Where one click ends such mail; "" for service mail."""
    if not ends_by_unsubscribing(message.kind):
        return ""
    return whole_address(network, "mail:unsubscribe", key=unsubscribe_key(message.pk))
