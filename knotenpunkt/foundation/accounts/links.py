"""Secret links: what stands in them, and how it is known again.

An invitation's link carries a random secret; the database keeps only its hash. Links to a new
password or address carry no secret of their own: they are signed, run out, and fit only as long
as the account is as it was when they were made, so each works once.
"""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from knotenpunkt.foundation.accounts.models import User

ADDRESS_HOURS = 24
_INVITATION = signing.Signer(salt="accounts.invitation")
_ADDRESS = "accounts.address"


def hashed(token: str) -> str:
    """What is kept of an invitation's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def signed(token: str) -> str:
    """What stands in the link: "secret:signature"."""
    return _INVITATION.sign(token)


def token_of(written: str) -> str:
    """The secret of a link; "" when it was never ours."""
    try:
        return _INVITATION.unsign(written)
    except signing.BadSignature:
        return ""


def reset_key(user: User) -> str:
    """What a link to a new password carries."""
    return default_token_generator.make_token(user)


def may_reset(user_id: UUID, key: str) -> User | None:
    """Whose password this link may change."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    return user if user and default_token_generator.check_token(user, key) else None


def address_key(user: User, new_email: str) -> str:
    """What a link carries that proves an address."""
    told = [str(user.pk), user.email, new_email, _as_it_is(user)]
    return signing.dumps(told, salt=_ADDRESS)


def proven_address(key: str) -> tuple[User, str] | None:
    """Whose address shall become which, while that person has the former one and its password.

    Somebody who was at their desk may have asked for it: a new password ends that, too.
    """
    try:
        told = signing.loads(key, salt=_ADDRESS, max_age=ADDRESS_HOURS * 3600)
        user_id, former, new, as_it_was = told
    except (signing.BadSignature, ValueError):
        return None
    user = User.objects.filter(pk=user_id, email=former, is_active=True).first()
    if user is None or not constant_time_compare(as_it_was, _as_it_is(user)):
        return None
    return user, new


def _as_it_is(user: User) -> str:
    """What another password changes; it gives nothing of the password away."""
    return salted_hmac(_ADDRESS, user.password, algorithm="sha256").hexdigest()[:32]
