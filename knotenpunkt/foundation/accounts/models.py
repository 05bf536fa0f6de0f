"""Tables of people, their roles, invitations, and what happened to an account."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import pgettext_lazy

from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.models import Network, NetworkModel


class UserManager(BaseUserManager["User"]):
    """Finds people by their e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who can sign in; installation-wide, because one person may serve many networks."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_per_address")]

    def __str__(self) -> str:
        return self.name


class Membership(NetworkModel):
    """The role of a person in a network."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    last_sign_in_at = models.DateTimeField(null=True, editable=False)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["network", "user"], name="one_role_per_network")
        ]

    def __str__(self) -> str:
        return self.get_role_display()


class Invitation(NetworkModel):
    """A role that waits for the person it was offered to.

    Of the link only a hash is kept: who reads the database cannot accept it.
    """

    email = models.EmailField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=Role)
    organisation_ids = models.JSONField(
        default=list, help_text="what a provider will keep, as ids of partners.Organisation"
    )
    token_hash = models.CharField(max_length=64)
    invited_by_id = models.UUIDField(null=True, blank=True)
    invited_by_name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["network", "token_hash"])]

    def __str__(self) -> str:
        return self.name

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be accepted."""
        return self.is_waiting and now < self.expires_at

    @property
    def is_waiting(self) -> bool:
        """Neither accepted nor withdrawn; it may have expired."""
        return self.accepted_at is None and self.withdrawn_at is None


class EventKind(models.TextChoices):
    """What can happen to an account."""

    SIGNED_IN = "signed_in", pgettext_lazy("event", "Signed in")
    WRONG_PASSWORD = "wrong_password", pgettext_lazy("event", "Wrong password")
    WRONG_CODE = "wrong_code", pgettext_lazy("event", "Wrong code")
    PASSWORD_CHANGED = "password_changed", pgettext_lazy("event", "Password changed")
    PASSWORD_RESET = "password_reset", pgettext_lazy("event", "New password set by a link")
    ADDRESS_CHANGED = "address_changed", pgettext_lazy("event", "E-mail address changed")
    PASSKEY_ADDED = "passkey_added", pgettext_lazy("event", "Passkey added")
    PASSKEY_REMOVED = "passkey_removed", pgettext_lazy("event", "Passkey removed")
    APP_ADDED = "app_added", pgettext_lazy("event", "Code app set up")
    APP_REMOVED = "app_removed", pgettext_lazy("event", "Code app removed")
    CODES_MADE = "codes_made", pgettext_lazy("event", "New recovery codes made")
    SERVICE_CONNECTED = "service_connected", pgettext_lazy("event", "Sign-on service connected")
    SESSION_ENDED = "session_ended", pgettext_lazy("event", "Signed out elsewhere")
    INVITED = "invited", pgettext_lazy("event", "Invitation accepted")
    ROLE_CHANGED = "role_changed", pgettext_lazy("event", "Role changed")
    ROLE_TAKEN = "role_taken", pgettext_lazy("event", "Role taken away")


class ChangedHistory(Exception):
    """Somebody tried to change what once happened."""


class SecurityEvent(models.Model):
    """One thing that happened to an account: added, never changed, deleted after its term.

    It belongs to the person, who may serve many networks; `network` is where it happened. No
    address of a computer is kept, only the kind of browser.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="events")
    network = models.ForeignKey(Network, on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=30, choices=EventKind)
    detail = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["user", "-at"]),
            models.Index(fields=["network", "-at"]),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ChangedHistory("What happened to an account is not changed.")
        super().save(*args, **kwargs | {"force_insert": True})
