"""What a line of the access table says, and what the answers are called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network

ROLES = ("nobody", "reader", "editor", "provider", "coordinator", "outsider")
OPEN = dict.fromkeys(ROLES, 200)
MEMBERS = OPEN | {"nobody": 302, "outsider": 404}
# Those who keep the register; other members are refused.
EDITORS = MEMBERS | {"reader": 403, "provider": 403}
COORDINATORS = EDITORS | {"editor": 403}
# Drafts: who reads the register sees them, all others learn nothing of them.
READERS = dict.fromkeys(ROLES, 404) | {"reader": 200, "editor": 200, "coordinator": 200}
NOT_THERE = dict.fromkeys(ROLES, 404)


@dataclass(frozen=True)
class Line:
    """One address and what each role gets. `of` names the record that stands in it.

    `key` is the name of that record in the address; `kwargs` are further parts of it, which may
    name records, too.
    """

    name: str
    expected: dict[str, int]
    of: str = ""
    key: str = "offer_id"
    query: str = ""
    method: str = "get"
    data: dict[str, str] = field(default_factory=dict)
    kwargs: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return " ".join(filter(None, (self.method, self.name, self.of, *self.kwargs.values())))


# Records that lines name with `of`, made once inside the network that is asked: name → id.
Props = Callable[[Network, dict[str, User | None]], dict[str, UUID]]


def moved(expected: dict[str, int]) -> dict[str, int]:
    """The same, for a deed that leads on to another page when it succeeds."""
    return {role: 302 if code == 200 else code for role, code in expected.items()}
