"""Reads about mail."""

from __future__ import annotations

from django.conf import settings


def mail_is_set_up() -> bool:
    """Whether this installation can send mail at all."""
    return bool(settings.EMAIL_HOST)
