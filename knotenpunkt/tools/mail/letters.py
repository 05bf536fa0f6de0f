"""A mail as it travels: German letters, one recipient, nothing smuggled into its head."""

from __future__ import annotations

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

ONE_CLICK = "List-Unsubscribe=One-Click"
LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes to whom. `number` makes it the same mail, also when it is sent a second time.

    `return_to` is where it goes when it cannot be delivered, `unsubscribe_url` the https address
    at which one click ends such mail.
    """

    number: UUID
    to: str
    subject: str
    text: str
    html: str = ""
    to_name: str = ""
    sender_name: str = ""
    sender_address: str = ""
    reply_to: str = ""
    return_to: str = ""
    unsubscribe_url: str = ""

    @property
    def sender(self) -> str:
        """The address that it comes from."""
        return self.sender_address or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]

    @property
    def return_path(self) -> str:
        """Whom servers tell when it cannot be delivered."""
        return self.return_to or self.sender

    def as_bytes(self) -> bytes:
        """What goes over the wire, without the last line."""
        mail = EmailMessage(policy=SMTP)
        name = self.sender_name or parseaddr(settings.DEFAULT_FROM_EMAIL)[0]
        mail["From"] = Address(one_line(name), addr_spec=in_ascii(self.sender))
        mail["To"] = Address(one_line(self.to_name), addr_spec=in_ascii(self.to))
        mail["Subject"] = one_line(self.subject)
        mail["Date"] = formatdate(localtime=True)
        mail["Message-ID"] = f"<{self.number}@{domain_of(in_ascii(self.sender))}>"
        mail["Auto-Submitted"] = "auto-generated"  # nobody's holiday reply comes back
        if self.reply_to:
            mail["Reply-To"] = Address(addr_spec=in_ascii(self.reply_to))
        self._offer_to_unsubscribe(mail)
        mail.set_content(self.text, charset="utf-8", cte="quoted-printable")
        if self.html:
            mail.add_alternative(self.html, subtype="html", charset="utf-8", cte="quoted-printable")
        return mail.as_bytes()

    def _offer_to_unsubscribe(self, mail: EmailMessage) -> None:
        """RFC 8058: both heads, and only over https."""
        if self.unsubscribe_url.startswith("https://"):
            mail["List-Unsubscribe"] = f"<{self.unsubscribe_url}>"
            mail["List-Unsubscribe-Post"] = ONE_CLICK


def refuse_unusable(to: str, subject: str) -> None:
    """ValidationError for what is no address of one person, or would change the head of a mail."""
    if not usable_address(to):
        raise ValidationError(_("“%(address)s” is no e-mail address.") % {"address": to})
    if one_line(subject) != subject or not subject.strip():
        raise ValidationError(_("The subject of a mail is one line."))


def usable_address(to: str) -> bool:
    """Whether one person can be written to there."""
    try:
        validate_email(to)
        in_ascii(to)
    except (ValidationError, UnicodeError):
        return False
    return True


def one_line(text: str) -> str:
    """Without what begins a new line in a head."""
    return "".join(sign for sign in text if sign.isprintable())


def domain_of(address: str) -> str:
    """What stands behind the @."""
    return address.rpartition("@")[2]


def in_ascii(address: str) -> str:
    """An address as mail servers know it: "x@müller.de" → "x@xn--mller-kva.de"."""
    local, _at, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode('ascii')}"
