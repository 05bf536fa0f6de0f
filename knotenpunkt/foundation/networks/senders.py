"""In whose name a network writes: the address and the name that its mails come from."""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from knotenpunkt.foundation.networks.models import Network


def sender_name(network: Network) -> str:
    """What mail programs show as the sender."""
    return network.mail_name or parseaddr(settings.DEFAULT_FROM_EMAIL)[0] or network.name


def sender_address(network: Network) -> str:
    """The network's own address, as long as the installation may send for its domain."""
    if network.mail_address and _domain(network.mail_address) in allowed_domains():
        return network.mail_address
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def allowed_domains() -> list[str]:
    """The domains for which the mail server of this installation may send."""
    own = _domain(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    named: list[str] = settings.MAIL_DOMAINS
    return [domain.casefold() for domain in named] or ([own] if own else [])


def checked_mail_address(address: str) -> str:
    """An address of an allowed domain, or none; ValidationError with a sentence."""
    address = address.strip()
    if address and _domain(address) not in allowed_domains():
        raise ValidationError(
            _("Mail can only be sent from addresses of %(domains)s. Other servers would refuse it.")
            % {"domains": ", ".join(allowed_domains()) or _("no domain yet")}
        )
    return address


def checked_mail_name(name: str) -> str:
    """One line that looks like a name and not like another sender's address."""
    name = " ".join(name.split())
    if not name.isprintable() or any(sign in name for sign in '@<>"'):
        raise ValidationError(_("The name of the sender is one line without @, < and >."))
    return name


def _domain(address: str) -> str:
    return address.rpartition("@")[2].casefold()
