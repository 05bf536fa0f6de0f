"""Mail: what was written to whom, who gets none, the mailbox of a demo, the link that ends it."""

from __future__ import annotations

from uuid import UUID

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.tools.mail.actions import Recipient, post, send_mail
from knotenpunkt.tools.mail.actions.suppressing import unsubscribe
from knotenpunkt.tools.mail.models import MailKind, Message, Suppression
from knotenpunkt.tools.mail.subscriptions import unsubscribe_key
from tests.access.table import COORDINATORS, MEMBERS, NOT_THERE, OPEN, Line, moved

# A stranger to the address is asked to sign in, a member without the right meets 403.
HIDDEN = NOT_THERE | {"nobody": 302, "reader": 403, "editor": 403, "provider": 403}
NO_DEMO = dict.fromkeys(MEMBERS, 404) | {"nobody": 302}
NEVER = dict.fromkeys(MEMBERS, 405)
MESSAGE, MAILING, OFF = "message_id", "mailing_id", "suppression_id"
LINES = [
    Line("mail:list", COORDINATORS),
    Line("mail:list", COORDINATORS, query="stand=zurueck&q=wer@example.org&art=newsletter&seite=7"),
    Line("mail:message", COORDINATORS, of="mail", key=MESSAGE),
    Line("mail:message", HIDDEN, of="invented", key=MESSAGE),
    Line("mail:try_again", moved(COORDINATORS), of="mail", key=MESSAGE, method="post"),
    Line("mail:try_again", NEVER, of="mail", key=MESSAGE),
    Line("mail:settle", moved(COORDINATORS), of="mail", key=MESSAGE, method="post"),
    Line("mail:settle", NEVER, of="mail", key=MESSAGE),
    Line("mail:mailings", COORDINATORS),
    Line("mail:mailing", COORDINATORS, of="mailing", key=MAILING),
    Line("mail:mailing", HIDDEN, of="invented", key=MAILING),
    Line("mail:stop", moved(COORDINATORS), of="mailing", key=MAILING, method="post"),
    Line("mail:stop", NEVER, of="mailing", key=MAILING),
    Line("mail:go_on", moved(COORDINATORS), of="mailing", key=MAILING, method="post"),
    Line("mail:go_on", NEVER, of="mailing", key=MAILING),
    Line("mail:send_failed", moved(COORDINATORS), of="mailing", key=MAILING, method="post"),
    Line("mail:send_failed", NEVER, of="mailing", key=MAILING),
    Line("mail:suppressed", COORDINATORS),
    Line("mail:suppressed", COORDINATORS, query="q=nadja@example.org"),
    Line("mail:take_off", COORDINATORS, of="suppression", key=OFF),
    Line("mail:take_off", HIDDEN, of="invented", key=OFF),
    # Of those who may, the first one does it; then there is nothing left to take off.
    Line(
        "mail:take_off", HIDDEN | {"coordinator": 302}, of="other_suppression", key=OFF,
        method="post",
    ),
    # Only demos have one; tests/tools/mail/test_mailbox.py opens it.
    Line("mail:mailbox", NO_DEMO),
    Line("mail:received", NO_DEMO, of="mail", key=MESSAGE),
    # Whoever holds the link, with or without an account; only the button ends anything.
    Line("mail:unsubscribe", OPEN, of="subscribed", key="key"),
    Line("mail:unsubscribe", OPEN, of="subscribed", key="key", method="post"),
    Line("mail:unsubscribe", NOT_THERE, kwargs={"key": "erfunden:unterschrift"}),
]  # fmt: skip
FORMS = {"mail:try_again", "mail:settle", "mail:stop", "mail:go_on", "mail:send_failed",
         "mail:take_off", "mail:unsubscribe"}  # fmt: skip


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID | str]:
    """A mail, one to many, and two addresses that get none."""
    system = System("access table")
    to = "kontakt@mitte.example.org"
    mail = send_mail(actor=system, to=to, subject="Hallo", text="Guten Tag", title="Erinnerung")
    mailing = post(
        actor=system, title="Rundbrief im Herbst", recipients=[Recipient(to)], subject="Herbst",
        text="Guten Tag", kind=MailKind.NEWSLETTER,
    )  # fmt: skip
    for address in ("nadja@example.org", "olaf@example.org"):
        unsubscribe(address)
    first, second = Suppression.objects.values_list("pk", flat=True)
    subscribed = Message.objects.get(mailing=mailing)
    return {
        "mail": mail.pk, "mailing": mailing.pk, "suppression": first, "other_suppression": second,
        "subscribed": unsubscribe_key(subscribed.pk),
    }  # fmt: skip
