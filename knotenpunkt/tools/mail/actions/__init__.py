"""Queueing mails, sending them, taking what comes back, and leaving out who wants none."""

from knotenpunkt.tools.mail.actions.queueing import Recipient, post, send_mail

__all__ = ["Recipient", "post", "send_mail"]
