"""Whoever does a deed: a person, the system itself, or anyone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.rights import RIGHTS, Right, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Anyone. Sees what is published, changes nothing."""

    @property
    def label(self) -> str:
        """How the audit names this actor."""
        return "anyone"

    @property
    def user_id(self) -> UUID | None:
        """The person's id, if it is a person."""
        return None

    def may(self, right: Right) -> bool:
        """Whether this actor has the right in the network at hand."""
        return False

    def must(self, right: Right) -> None:
        """Refuse (PermissionDenied) when the actor lacks the right."""
        if not self.may(right):
            raise PermissionDenied(right)


ANYONE = Actor()


@dataclass(frozen=True, slots=True)
class Person(Actor):
    """Somebody who signed in, in the role they have in the network at hand."""

    user: User
    role: Role

    @property
    def label(self) -> str:
        return self.user.name

    @property
    def user_id(self) -> UUID | None:
        return self.user.pk

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role]


@dataclass(frozen=True, slots=True)
class System(Actor):
    """The installation itself: commands on the server, imports, the demo. `reason` says which."""

    reason: str

    @property
    def label(self) -> str:
        return self.reason

    def may(self, right: Right) -> bool:
        return True
