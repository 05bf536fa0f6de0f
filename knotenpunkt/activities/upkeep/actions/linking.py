"""A new link to somebody's page, because the former one is over."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from knotenpunkt.activities.upkeep import messages
from knotenpunkt.activities.upkeep.actions.asking import LINK_DAYS
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.tools.links.actions import personal_link
from knotenpunkt.tools.mail.actions import send_mail
from knotenpunkt.tools.mail.queries import mail_is_set_up


@transaction.atomic
def send_link_again(*, actor: Actor, contact: Contact) -> bool:
    """To the address that is stored, and at most once a day; whether it can be sent at all."""
    if not contact.email or not mail_is_set_up():
        return False
    until = timezone.localdate() + timedelta(days=LINK_DAYS)
    with translation.override(settings.LANGUAGE_CODE):
        link = personal_link(actor=actor, holder=contact.pk, days=LINK_DAYS)
        letter = messages.link_again(current_network(), contact, link, until)
        send_mail(
            actor=actor, to=contact.email, subject=letter.subject, text=letter.text,
            title=_("New link to a personal page"), about=contact.pk, name=contact.name,
            key=f"upkeep link {contact.pk} {timezone.localdate()}",
        )  # fmt: skip
    name = contact.organisation.name
    record(actor=actor, deed="upkeep.send_link", on=contact, title=name)
    return True
