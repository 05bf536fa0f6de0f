"""The frame of the desk: first page, signing in and out."""

from __future__ import annotations

from tests.access.table import MEMBERS, OPEN, ROLES, Line

# Forms need a cookie against forged requests; no other public page sets one.
COOKIES_ALLOWED = {"desk:sign_in"}
# Addresses that are there to be written to.
FORMS = {"desk:sign_in", "desk:sign_out"}
LINES = [
    Line("desk:today", MEMBERS),
    # Members are already in; an outsider may sign in as somebody else.
    Line("desk:sign_in", dict.fromkeys(ROLES, 302) | {"nobody": 200, "outsider": 200}),
    Line("desk:sign_in", OPEN, method="post", data={"username": "x@example.org", "password": "x"}),
    Line("desk:sign_out", dict.fromkeys(ROLES, 302), method="post"),
    Line("desk:sign_out", dict.fromkeys(ROLES, 405)),
]
