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


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes to whom. `number` makes it the same mail, also when it is sent a second time."""

    number: UUID
    to: str
    subject: str
    text: str
    sender_name: str = ""
    reply_to: str = ""

    @property
    def sender(self) -> str:
        """The address that it comes from."""
        return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]

    def as_bytes(self) -> bytes:
        """What goes over the wire, without the last line."""
        mail = EmailMessage(policy=SMTP)
        name = parseaddr(settings.DEFAULT_FROM_EMAIL)[0] or self.sender_name
        mail["From"] = Address(one_line(name), addr_spec=in_ascii(self.sender))
        mail["To"] = Address(addr_spec=in_ascii(self.to))
        mail["Subject"] = one_line(self.subject)
        mail["Date"] = formatdate(localtime=True)
        mail["Message-ID"] = f"<{self.number}@{domain_of(in_ascii(self.sender))}>"
        mail["Auto-Submitted"] = "auto-generated"  # nobody's holiday reply comes back
        if self.reply_to:
            mail["Reply-To"] = Address(addr_spec=in_ascii(self.reply_to))
        mail.set_content(self.text, charset="utf-8", cte="quoted-printable")
        return mail.as_bytes()


def refuse_unusable(to: str, subject: str) -> None:
    """ValidationError for what is no address of one person, or would change the head of a mail."""
    validate_email(to)
    if one_line(subject) != subject or not subject.strip():
        raise ValidationError(_("The subject of a mail is one line."))


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
