"""The address to which a mail comes back when it cannot be delivered.

It carries the number of the mail and a signature: nobody else can say that a mail came back. All
of it is letters and digits in one case, because servers on the way change the case.
"""

from __future__ import annotations

import re
from base64 import b32decode, b32encode
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "knotenpunkt.mail.return"
NUMBER_SIGNS, SIGNATURE_SIGNS = 26, 16
TOKEN = re.compile(rf"\+([a-z2-7]{{{NUMBER_SIGNS}}})([a-z2-7]{{{SIGNATURE_SIGNS}}})@", re.I)


def return_address(number: UUID) -> str:
    """Where this mail comes back to; "" when the installation takes nothing back."""
    if not settings.MAIL_RETURN:
        return ""
    local, _at, domain = settings.MAIL_RETURN.rpartition("@")
    return f"{local}+{_written(number.bytes)}{_signature(number)}@{domain}"


def returned(addresses: str) -> UUID | None:
    """Which mail an address in this text stands for; None when we never wrote it."""
    for found in TOKEN.finditer(addresses):
        number = _number(found[1])
        if number and constant_time_compare(found[2].lower(), _signature(number)):
            return number
    return None


def _number(written: str) -> UUID | None:
    try:
        return UUID(bytes=b32decode(written.upper() + "======"))
    except ValueError:
        return None


def _signature(number: UUID) -> str:
    return _written(salted_hmac(SALT, number.hex, algorithm="sha256").digest()[:10])


def _written(octets: bytes) -> str:
    return b32encode(octets).decode().rstrip("=").lower()
