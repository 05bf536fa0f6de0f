"""How this network writes to many."""

from __future__ import annotations

from knotenpunkt.activities.mailings.models import MailingSettings


def mailing_settings() -> MailingSettings:
    """The settings of the network at hand; as they ship where nobody changed them."""
    found: MailingSettings | None = MailingSettings.objects.first()
    return found or MailingSettings()
