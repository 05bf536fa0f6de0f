"""Signing in, one's own account, and the people of a network."""

from __future__ import annotations

from uuid import UUID

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.accounts.models import Membership, User
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.front import staff
from tests.access.table import COORDINATORS, MEMBERS, NOT_THERE, OPEN, ROLES, Line, moved

COOKIES_ALLOWED = {"desk:sign_in", "desk:forgotten"}
FORMS = {
    "desk:sign_in", "desk:sign_out", "desk:forgotten", "desk:invited", "desk:new_password",
    "desk:prove_address", "account:passkey_sign_in", "account:end_sessions", "sign_on",
    "account:name", "account:password", "desk:address", "account_reauthenticate",
    "mfa_authenticate", "account:add_passkey", "account:passkey", "account:app",
    "account:remove_app", "account:codes", "desk:people_invite", "desk:invitation", "desk:member",
    "desk:take_role", "desk:people_protection",
}  # fmt: skip

SENT_ON = dict.fromkeys(ROLES, 302)
WRITTEN_ONLY = dict.fromkeys(ROLES, 405)
# Who they are was not shown just now: first they are asked once more.
ASKED_ONCE_MORE = moved(MEMBERS)
OF_COORDINATORS = COORDINATORS | {"outsider": 404}
NO_SUCH_LINK = {"key": "nothing"}


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """A member, and an invitation that waits."""
    invitation, _key = staff.invite(
        actor=System("access table"), email="neu@example.org", name="Neu", role=Role.READER
    )
    return {"member": Membership.objects.get(user=people["reader"]).pk, "invited": invitation.pk}


LINES = [
    # Members are already in; an outsider may sign in as somebody else.
    Line("desk:sign_in", SENT_ON | {"nobody": 200, "outsider": 200}),
    Line("desk:sign_in", OPEN, method="post", data={"username": "x@example.org", "password": "x"}),
    Line("desk:sign_out", SENT_ON, method="post"),
    Line("desk:sign_out", WRITTEN_ONLY),
    Line("account_login", SENT_ON),
    Line("account:passkey_sign_in", WRITTEN_ONLY),
    Line("account:passkey_sign_in", OPEN, method="post"),
    Line("mfa_authenticate", SENT_ON),
    Line("sign_on", WRITTEN_ONLY),
    Line("sign_on", NOT_THERE, method="post"),
    Line("sign_on_return", NOT_THERE),
    Line("desk:forgotten", OPEN),
    Line("desk:invited", NOT_THERE, kwargs=NO_SUCH_LINK),
    Line("desk:prove_address", NOT_THERE, kwargs=NO_SUCH_LINK),
    Line("desk:new_password", NOT_THERE, of="invented", key="user_id", kwargs=NO_SUCH_LINK),
    Line("account:home", MEMBERS),
    Line("account:name", MEMBERS),
    Line("account:password", MEMBERS),
    Line("account:end_sessions", moved(MEMBERS), method="post"),
    Line("account:end_sessions", WRITTEN_ONLY),
    Line("account_reauthenticate", MEMBERS),
    Line("account:protect", ASKED_ONCE_MORE),
    Line("account:add_passkey", ASKED_ONCE_MORE),
    Line("account:passkey", ASKED_ONCE_MORE, kwargs={"passkey_id": "1"}),
    Line("account:app", ASKED_ONCE_MORE),
    Line("account:remove_app", ASKED_ONCE_MORE),
    Line("account:codes", ASKED_ONCE_MORE),
    Line("account:codes_file", ASKED_ONCE_MORE),
    Line("desk:address", ASKED_ONCE_MORE),
    Line("desk:people", MEMBERS),
    Line("desk:rights", MEMBERS),
    Line("desk:people_events", OF_COORDINATORS),
    Line("desk:people_invite", OF_COORDINATORS),
    Line("desk:people_protection", OF_COORDINATORS),
    Line("desk:invitation", OF_COORDINATORS, of="invited", key="invitation_id"),
    Line(
        "desk:invitation",
        OF_COORDINATORS | {"coordinator": 404},
        of="invented",
        key="invitation_id",
    ),
    Line("desk:member", OF_COORDINATORS, of="member", key="member_id"),
    Line("desk:take_role", OF_COORDINATORS, of="member", key="member_id"),
    Line("desk:member", OF_COORDINATORS | {"coordinator": 404}, of="invented", key="member_id"),
]
