"""Tables of people and their roles."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.models import NetworkModel


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

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["network", "user"], name="one_role_per_network")
        ]

    def __str__(self) -> str:
        return self.get_role_display()
